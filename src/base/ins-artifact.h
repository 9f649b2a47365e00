/* ins-artifact.h: an immutable result that has a key
 *
 * What a step returns: reference counted, never changed once it is returned, shared between
 * threads.  A concrete artifact is a struct whose first member is InsArtifact.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InsArtifact InsArtifact;

/**
 * InsArtifactType:
 * @kind: name of the kind, as the project file has it
 * @free: releases what the artifact holds and the artifact itself
 * @size: bytes in memory, for the cache's bound
 * @to_variant: what the project file keeps; (transfer floating)
 * @from_variant: reads it back; the variant is hostile: NULL and INS_ERROR_DAMAGED when anything
 *   does not fit.  What was not kept (lines of the source file) makes it incomplete.
 * @is_complete: (nullable): whether later steps can compute from it; NULL = always
 */
typedef struct
{
  const char *kind;
  void (*free) (InsArtifact *artifact);
  gsize (*size) (const InsArtifact *artifact);
  GVariant *(*to_variant) (const InsArtifact *artifact);
  InsArtifact *(*from_variant) (GVariant *variant, GError **error);
  gboolean (*is_complete) (const InsArtifact *artifact);
} InsArtifactType;

struct _InsArtifact
{
  const InsArtifactType *type;
  gatomicrefcount ref_count;
  char *key; /* set by the runner: SHA-256 in hexadecimal */
};

/* @size: sizeof of the concrete struct; filled with zeros.  Returns: (transfer full) */
gpointer ins_artifact_alloc (const InsArtifactType *type, gsize size);
gpointer ins_artifact_ref (gpointer artifact);
void ins_artifact_unref (gpointer artifact);
gboolean ins_artifact_is_complete (gconstpointer artifact);

/* Arrays in variants: raw little-endian bytes ("ay"), so that they load at memory speed.  The
 * readers return NULL unless exactly @n items are there.  Returns: (transfer floating / full) */
GVariant *ins_variant_from_doubles (const double *values, gsize n);
double *ins_variant_to_doubles (GVariant *bytes, gsize n);
GVariant *ins_variant_from_ints (const gint32 *values, gsize n);
gint32 *ins_variant_to_ints (GVariant *bytes, gsize n);

#define ins_clear_artifact(p) g_clear_pointer ((p), ins_artifact_unref)

G_END_DECLS
