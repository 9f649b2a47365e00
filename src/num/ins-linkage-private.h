/* ins-linkage-private.h: what the files of hierarchical clustering share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "num/ins-linkage.h"

G_BEGIN_DECLS

/* Two clusters become one: each is told by one of its points. */
typedef struct
{
  double height;
  gint32 a, b;
} InsMerge;

/* The n - 1 merges in any order.  Return FALSE if cancelled; ins_linkage_pairwise() also, and with
 * INS_ERROR_MEMORY, before it takes a matrix for which there is no room. */
gboolean ins_linkage_ward (const InsMatrix *x, InsMerge *merges, InsRun *run);
gboolean ins_linkage_single (const InsMatrix *x, InsMerge *merges, InsRun *run);
gboolean ins_linkage_pairwise (const InsMatrix *x, InsLinkageMethod method, InsMerge *merges,
                               InsRun *run, GError **error);

/* INS_ERROR_MEMORY unless @bytes are there for @n customers. */
gboolean ins_linkage_check_memory (guint64 bytes, gsize n, InsLinkageMethod method, GError **error);

/* x centred by its column means, row after row: differences keep their accuracy far from 0. */
double *ins_linkage_centred_rows (const InsMatrix *x);

/* Joins every point to the first one of its place, at height 0: among equal points every neighbour
 * would be a tie.  @rows: of ins_linkage_centred_rows().  @ids: the points that are left, rising.
 * @sizes: by id, how many stand there.  Returns: how many are left; the merges are the others'. */
gsize ins_linkage_join_equal (const double *rows, gsize n, gsize d, InsMerge *merges, guint32 *ids,
                              double *sizes, InsRun *run);

/* ---- rounds of reciprocal neighbours, for average and complete linkage ---- */

#define INS_LINKAGE_ALONE G_MAXUINT32

/* Clusters 0 … n - 1 that are left, and what becomes of them.  Complete linkage has squares for
 * distances throughout: the largest stays the largest. */
typedef struct
{
  InsLinkageMethod method;
  gsize n;
  double *sizes;    /* points */
  gint32 *ids;      /* one of the points */
  guint32 *nearest; /* ties: the lowest */
  double *least;    /* distance to it */
  gsize n_next;
  guint32 *first;  /* per cluster of the next round: what becomes it */
  guint32 *second; /* and what joins it; or INS_LINKAGE_ALONE */
  InsMerge *merges;
  gsize n_merges;
  InsRun *run;
} InsLinkageRound;

/* Enough pairs for going through all distances once. */
gboolean ins_linkage_round_is_fruitful (const InsLinkageRound *round);
/* Joins all pairs that are each other's nearest: @first and @second. */
void ins_linkage_round_join (InsLinkageRound *round);
void ins_linkage_round_merge (InsLinkageRound *round, gsize a, gsize b, double height);
/* To the next round: sizes and ids. */
void ins_linkage_round_next (InsLinkageRound *round);
/* The least of @row (@add added) and the first place where it stands. */
guint32 ins_linkage_least (const double *row, const double *add, gsize n, double *least);

/* Fills distances of cluster @c to the clusters 0 … @n - 1. */
typedef void (*InsLinkageDistances) (gpointer data, gsize c, gsize n, double *out);
/* Goes on until one cluster is left, with a matrix of the distances; the caller has checked that
 * it has room.  Returns: FALSE if cancelled. */
gboolean ins_linkage_with_matrix (InsLinkageRound *round, InsLinkageDistances distances,
                                  gpointer data);
guint64 ins_linkage_matrix_bytes (gsize n);
/* Average linkage of what is so far apart.  Returns: FALSE if cancelled. */
gboolean ins_linkage_average (const InsMatrix *distances, InsMerge *merges, InsRun *run);

/* ---- nearest cluster in Ward's sense ---- */

/**
 * InsWardTree: a kd-tree over the centres of the clusters that are there
 *
 * Clusters may grow, move and vanish in place; boxes only widen until the tree is built anew.
 */
typedef struct _InsWardTree InsWardTree;

InsWardTree *ins_ward_tree_new (gsize n, gsize d);
void ins_ward_tree_free (InsWardTree *tree);
gsize ins_ward_tree_bytes (gsize n, gsize d);
/* Over clusters @ids[0 … n - 1]; @centres: by id, row after row.  Sorts @ids by place.
 * Cancelled, the tree lacks some. */
void ins_ward_tree_build (InsWardTree *tree, guint32 *ids, gsize n, const double *centres,
                          const double *sizes, InsRun *run);
void ins_ward_tree_change (InsWardTree *tree, guint32 id, const double *centre, double size);
void ins_ward_tree_remove (InsWardTree *tree, guint32 id);
/* The cluster that costs least to join with @id; ties: a fixed order of the ids, the same for
 * every asker.  May be called from many threads at once. */
guint32 ins_ward_tree_nearest (const InsWardTree *tree, guint32 id, const double *centre,
                               double size, double *cost);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsWardTree, ins_ward_tree_free)

G_END_DECLS
