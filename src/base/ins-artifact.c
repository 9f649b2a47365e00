/* ins-artifact.c: reference counting of results, and arrays as little-endian bytes
 *
 * The counter is moved with GLib's inline atomics, which a thread sanitizer can see, unlike the
 * functions inside the library.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-artifact.h"

#include <string.h>

gpointer
ins_artifact_alloc (const InsArtifactType *type, gsize size)
{
  InsArtifact *artifact;

  g_return_val_if_fail (type != NULL && type->free != NULL, NULL);
  g_return_val_if_fail (size >= sizeof (InsArtifact), NULL);

  artifact = g_malloc0 (size);
  artifact->type = type;
  artifact->ref_count = 1;
  return artifact;
}

gpointer
ins_artifact_ref (gpointer artifact)
{
  InsArtifact *self = artifact;

  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ins_artifact_unref (gpointer artifact)
{
  InsArtifact *self = artifact;

  g_return_if_fail (self != NULL);
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_clear_pointer (&self->key, g_free);
  self->type->free (self);
}

gboolean
ins_artifact_is_complete (gconstpointer artifact)
{
  const InsArtifact *self = artifact;

  g_return_val_if_fail (self != NULL, FALSE);
  return self->type->is_complete == NULL || self->type->is_complete (self);
}

/* ---- arrays ---- */

static void
swap_to_little_endian (guint8 *bytes, gsize n, gsize width)
{
#if G_BYTE_ORDER != G_LITTLE_ENDIAN
  for (gsize i = 0; i < n; i++, bytes += width)
    for (gsize b = 0; b < width / 2; b++)
      {
        guint8 keep = bytes[b];
        bytes[b] = bytes[width - 1 - b];
        bytes[width - 1 - b] = keep;
      }
#endif
}

static GVariant *
variant_from_array (gconstpointer values, gsize n, gsize width)
{
  guint8 *bytes = g_malloc (MAX (n * width, 1));

  if (n > 0)
    memcpy (bytes, values, n * width);
  swap_to_little_endian (bytes, n, width);
  return g_variant_new_from_data (G_VARIANT_TYPE_BYTESTRING, bytes, n * width, TRUE, g_free, bytes);
}

static gpointer
variant_to_array (GVariant *variant, gsize n, gsize width)
{
  gsize length;
  gconstpointer data;
  guint8 *bytes;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_BYTESTRING) || n > G_MAXSSIZE / width)
    return NULL;
  data = g_variant_get_fixed_array (variant, &length, 1);
  if (length != n * width)
    return NULL;
  bytes = g_malloc (MAX (length, 1));
  if (length > 0)
    memcpy (bytes, data, length);
  swap_to_little_endian (bytes, n, width);
  return bytes;
}

GVariant *
ins_variant_from_doubles (const double *values, gsize n)
{
  g_return_val_if_fail (values != NULL || n == 0, NULL);
  return variant_from_array (values, n, sizeof (double));
}

double *
ins_variant_to_doubles (GVariant *bytes, gsize n)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  return variant_to_array (bytes, n, sizeof (double));
}

GVariant *
ins_variant_from_ints (const gint32 *values, gsize n)
{
  g_return_val_if_fail (values != NULL || n == 0, NULL);
  return variant_from_array (values, n, sizeof (gint32));
}

gint32 *
ins_variant_to_ints (GVariant *bytes, gsize n)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  return variant_to_array (bytes, n, sizeof (gint32));
}
