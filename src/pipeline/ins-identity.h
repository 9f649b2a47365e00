/* ins-identity.h: clusters have names, not numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-results.h"

G_BEGIN_DECLS

#define INS_COLOUR_GOLD -1 /* the Insiders' */
#define INS_N_COLOURS 8

/**
 * InsIdentity:
 * @name: unique within a clustering
 * @note: "" if there is none
 * @colour: 0 … INS_N_COLOURS - 1 of the theme's, or INS_COLOUR_GOLD
 * @shape: 0 … : marker
 * @is_insider: whether its customers are Insiders
 * @is_proposed: nobody has named it yet
 */
typedef struct
{
  char *name;
  char *note;
  int colour;
  int shape;
  gboolean is_insider;
  gboolean is_proposed;
} InsIdentity;

void ins_identity_clear (InsIdentity *identity);
void ins_identity_copy (InsIdentity *to, const InsIdentity *from);

/* Names for @clustering's k clusters: "Insiders" (gold) for the most valuable, the others by what
 * they do (recency and value against the base).  If @old_clustering and @old are given, a cluster
 * that shares at least half of its customers (Jaccard) with an old one keeps that one's identity.
 * A name or note that somebody wrote also goes to a cluster that holds at least half of the old
 * one's customers who are still there.
 * Returns: (transfer full): k identities; free each, then the array. */
InsIdentity *ins_identities_propose (const InsResults *results, const InsResults *old_results,
                                     const InsIdentity *old);
void ins_identities_free (InsIdentity *identities, gsize k);

G_END_DECLS
