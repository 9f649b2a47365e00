/* ins-linkage-ward.c: Ward's method in O(n d) memory
 *
 * Rounds of reciprocal nearest neighbours (Benzécri 1982, Bruynooghe 1978, Murtagh 1983): as
 * Ward's method is reducible, any two clusters that are each other's nearest may be joined at
 * once, and sorting by height gives the tree that joining the closest pair each time gives.  The
 * neighbours are found in parallel in a kd-tree of the centres; joining changes the tree in place
 * and it is built anew when a quarter of the clusters have gone.
 *
 * Time about n log n for few columns, rising to n² d for many.  Equal points are joined first, at
 * height 0: among them every neighbour would be a tie.  NaN does not get here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-linkage-private.h"

#include <math.h>

#define BLOCK 32               /* clusters that ask, per block */
#define NONE G_MAXUINT32       /* neighbour not known */
#define GONE (G_MAXUINT32 - 1) /* joined with another */
#define REBUILD 4              /* when 1 / REBUILD of the clusters have gone */

typedef struct
{
  gsize d;
  double *centres; /* by id, row after row */
  double *sizes;
  guint32 *neighbour;
  double *cost;
  guint32 *active; /* ids of clusters, in the tree's order */
  gsize n_active;
  guint32 *asking; /* ids whose neighbour is not known */
  gsize n_asking;
  InsWardTree *tree;
  InsMerge *merges;
  gsize n_merges;
  InsRun *run;
} Ward;

static void
add_merge (Ward *w, guint32 a, guint32 b, double height)
{
  w->merges[w->n_merges++] = (InsMerge){ height, (gint32)MIN (a, b), (gint32)MAX (a, b) };
}

/* ---- rounds ---- */

static void
ask_block (gsize begin, gsize end, gsize block, gpointer data)
{
  Ward *w = data;

  for (gsize i = begin; i < end; i++)
    {
      guint32 id = w->asking[i];
      if (i % 8 == 0 && !ins_run_tick (w->run))
        return;
      w->neighbour[id] =
          ins_ward_tree_nearest (w->tree, id, w->centres + id * w->d, w->sizes[id], &w->cost[id]);
    }
}

static gboolean
ask_neighbours (Ward *w)
{
  w->n_asking = 0;
  for (gsize i = 0; i < w->n_active; i++)
    if (w->neighbour[w->active[i]] == NONE)
      w->asking[w->n_asking++] = w->active[i];
  return ins_run_parallel (w->run, w->n_asking, BLOCK, ask_block, w);
}

/* @a takes in @b. */
static void
join (Ward *w, guint32 a, guint32 b)
{
  double s = w->sizes[a], t = w->sizes[b];
  double *ca = w->centres + a * w->d, *cb = w->centres + b * w->d;

  add_merge (w, a, b, sqrt (w->cost[a]));
  for (gsize j = 0; j < w->d; j++)
    ca[j] = (s * ca[j] + t * cb[j]) / (s + t);
  w->sizes[a] = s + t;
  ins_ward_tree_change (w->tree, a, ca, s + t);
  ins_ward_tree_remove (w->tree, b);
  w->neighbour[a] = NONE;
  w->neighbour[b] = GONE;
}

/* Joins all pairs that chose each other.  Returns: how many. */
static gsize
join_pairs (Ward *w)
{
  gsize n_joined = 0;

  for (gsize i = 0; i < w->n_active; i++)
    {
      guint32 a = w->active[i], b = w->neighbour[a];
      if (b < GONE && a < b && w->neighbour[b] == a)
        {
          join (w, a, b);
          n_joined++;
        }
    }
  return n_joined;
}

/* Drops the clusters that have gone; who chose one that changed has to ask again. */
static void
forget (Ward *w)
{
  gsize kept = 0;

  for (gsize i = 0; i < w->n_active; i++)
    if (w->neighbour[w->active[i]] != GONE)
      w->active[kept++] = w->active[i];
  w->n_active = kept;
  for (gsize i = 0; i < kept; i++)
    {
      guint32 *b = &w->neighbour[w->active[i]];
      if (*b < GONE && w->neighbour[*b] >= GONE)
        w->asking[w->n_asking++] = w->active[i];
    }
  for (gsize i = 0; i < w->n_asking; i++)
    w->neighbour[w->asking[i]] = NONE;
}

static gboolean
run_rounds (Ward *w)
{
  gsize since = 0, built = 0;

  while (w->n_active > 1)
    {
      gsize n_joined;
      if (built == 0 || since * REBUILD >= built)
        {
          ins_ward_tree_build (w->tree, w->active, w->n_active, w->centres, w->sizes, w->run);
          built = w->n_active;
          since = 0;
        }
      if (!ask_neighbours (w))
        return FALSE;
      n_joined = join_pairs (w);
      w->n_asking = 0;
      if (n_joined > 0)
        forget (w);
      else /* rounding made a circle: ask all again, then the nearest pair chooses each other */
        for (gsize i = 0; i < w->n_active; i++)
          w->neighbour[w->active[i]] = NONE;
      since += n_joined;
      ins_run_advance (w->run, n_joined);
    }
  return TRUE;
}

gboolean
ins_linkage_ward (const InsMatrix *x, InsMerge *merges, InsRun *run)
{
  gsize n = x->rows;
  g_autofree double *centres = ins_linkage_centred_rows (x);
  g_autofree double *sizes = g_new0 (double, n);
  g_autofree double *cost = g_new (double, n);
  g_autofree guint32 *neighbour = g_new (guint32, n);
  g_autofree guint32 *active = g_new (guint32, n);
  g_autofree guint32 *asking = g_new (guint32, n);
  g_autoptr (InsWardTree) tree = ins_ward_tree_new (n, x->cols);
  Ward w = { .d = x->cols,
             .centres = centres,
             .sizes = sizes,
             .neighbour = neighbour,
             .cost = cost,
             .active = active,
             .asking = asking,
             .tree = tree,
             .merges = merges,
             .run = run };

  w.n_active = ins_linkage_join_equal (centres, n, w.d, merges, active, sizes, run);
  w.n_merges = n - w.n_active;
  for (gsize i = 0; i < w.n_active; i++)
    neighbour[active[i]] = NONE;
  ins_run_advance (run, w.n_merges);
  return run_rounds (&w);
}
