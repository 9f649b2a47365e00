/* ins-linkage-tree.c: the cluster nearest in Ward's sense, over a kd-tree
 *
 * Joining clusters of s and t points at distance r costs 2 s t / (s + t) r² (scipy's squared
 * height), so a node whose box is r away and whose smallest cluster has m points cannot cost less
 * than 2 s m / (s + m) r².  Leaves hold up to 32 clusters, column after column, so that one run of
 * vector instructions costs them all.  The cost is the same bit by bit from either side.
 *
 * Build: O(n log n) with median splits along the widest side of the box.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-linkage-private.h"

#include <math.h>
#include <string.h>

#include "num/ins-select.h"
#include "num/ins-simd.h"

#define LEAF 32
#define DEPTH 64
#define NOWHERE 1e160       /* coordinate of an empty place: infinitely far */
#define SAFE (1 - 0x1p-48)  /* keeps rounding from making a bound too large */
#define TIE_MIX 2654435769u /* odd: the ids in another order */

typedef struct
{
  guint32 left, right; /* left is 0 for a leaf; then right is the leaf's number */
  guint32 parent;
  guint32 alive;
  double least_size;
} Node;

struct _InsWardTree
{
  gsize d;
  gsize n_nodes, n_leaves;
  Node *nodes;
  double *boxes;   /* per node: d lower, then d upper bounds */
  double *points;  /* per leaf: d × LEAF */
  double *sizes;   /* per leaf: LEAF */
  guint32 *ids;    /* per leaf: LEAF */
  guint32 *place;  /* per id: leaf × LEAF + position */
  guint32 *holder; /* per leaf: its node */
};

static gsize
max_leaves (gsize n)
{
  return (n + LEAF - 1) / LEAF;
}

gsize
ins_ward_tree_bytes (gsize n, gsize d)
{
  gsize leaves = max_leaves (n);

  return 2 * leaves * (sizeof (Node) + 2 * d * sizeof (double))
         + leaves * (LEAF * ((d + 1) * sizeof (double) + sizeof (guint32)) + sizeof (guint32))
         + n * sizeof (guint32);
}

InsWardTree *
ins_ward_tree_new (gsize n, gsize d)
{
  InsWardTree *tree = g_new0 (InsWardTree, 1);
  gsize leaves = max_leaves (n);

  tree->d = d;
  tree->nodes = g_new (Node, 2 * leaves);
  tree->boxes = g_new (double, 2 * leaves * 2 * d);
  tree->points = g_new (double, leaves *d *LEAF);
  tree->sizes = g_new (double, leaves *LEAF);
  tree->ids = g_new (guint32, leaves * LEAF);
  tree->place = g_new (guint32, n);
  tree->holder = g_new (guint32, leaves);
  return tree;
}

void
ins_ward_tree_free (InsWardTree *tree)
{
  if (tree == NULL)
    return;
  g_free (tree->nodes);
  g_free (tree->boxes);
  g_free (tree->points);
  g_free (tree->sizes);
  g_free (tree->ids);
  g_free (tree->place);
  g_free (tree->holder);
  g_free (tree);
}

/* ---- building ---- */

typedef struct
{
  InsWardTree *tree;
  guint32 *ids;
  const double *centres, *sizes;
  InsRun *run;
} Build;

static void
bound (Build *b, gsize begin, gsize end, Node *node, double *box)
{
  gsize d = b->tree->d;

  node->least_size = INFINITY;
  for (gsize j = 0; j < d; j++)
    {
      box[j] = INFINITY;
      box[d + j] = -INFINITY;
    }
  for (gsize i = begin; i < end; i++)
    {
      const double *centre = b->centres + b->ids[i] * d;
      node->least_size = MIN (node->least_size, b->sizes[b->ids[i]]);
      for (gsize j = 0; j < d; j++)
        {
          box[j] = MIN (box[j], centre[j]);
          box[d + j] = MAX (box[d + j], centre[j]);
        }
    }
}

static void
fill_leaf (Build *b, gsize begin, gsize end, guint32 leaf)
{
  InsWardTree *tree = b->tree;
  double *points = tree->points + (gsize)leaf * tree->d * LEAF;

  for (gsize i = 0; i < LEAF; i++)
    {
      gboolean used = begin + i < end;
      guint32 id = used ? b->ids[begin + i] : 0;
      tree->sizes[leaf * LEAF + i] = used ? b->sizes[id] : 1;
      tree->ids[leaf * LEAF + i] = id;
      for (gsize j = 0; j < tree->d; j++)
        points[j * LEAF + i] = used ? b->centres[id * tree->d + j] : NOWHERE;
      if (used)
        tree->place[id] = (guint32)(leaf * LEAF + i);
    }
}

static guint32
build_node (Build *b, gsize begin, gsize end, guint32 parent)
{
  InsWardTree *tree = b->tree;
  guint32 number = (guint32)tree->n_nodes++;
  Node *node = &tree->nodes[number];
  double *box = tree->boxes + (gsize)number * 2 * tree->d;
  gsize leaves = max_leaves (end - begin), widest = 0, middle;

  *node = (Node){ .parent = parent, .alive = (guint32)(end - begin) };
  bound (b, begin, end, node, box);
  if (leaves <= 1 || !ins_run_tick (b->run))
    {
      node->right = (guint32)tree->n_leaves++;
      tree->holder[node->right] = number;
      fill_leaf (b, begin, MIN (end, begin + LEAF), node->right);
      return number;
    }
  for (gsize j = 1; j < tree->d; j++)
    if (box[tree->d + j] - box[j] > box[tree->d + widest] - box[widest])
      widest = j;
  middle = begin + (end - begin) * (leaves / 2) / leaves;
  ins_select_ids (b->ids, begin, end, middle, b->centres + widest, tree->d);
  node->left = build_node (b, begin, middle, number);
  node->right = build_node (b, middle, end, number);
  return number;
}

void
ins_ward_tree_build (InsWardTree *tree, guint32 *ids, gsize n, const double *centres,
                     const double *sizes, InsRun *run)
{
  Build build = { tree, ids, centres, sizes, run };

  tree->n_nodes = tree->n_leaves = 0;
  build_node (&build, 0, n, G_MAXUINT32);
}

/* ---- changing ---- */

static void
put (InsWardTree *tree, guint32 id, const double *centre, double size)
{
  guint32 leaf = tree->place[id] / LEAF, at = tree->place[id] % LEAF;
  double *points = tree->points + (gsize)leaf * tree->d * LEAF;

  tree->sizes[tree->place[id]] = size;
  for (gsize j = 0; j < tree->d; j++)
    points[j * LEAF + at] = centre != NULL ? centre[j] : NOWHERE;
}

void
ins_ward_tree_change (InsWardTree *tree, guint32 id, const double *centre, double size)
{
  gsize d = tree->d;

  put (tree, id, centre, size);
  for (guint32 v = tree->holder[tree->place[id] / LEAF]; v != G_MAXUINT32;
       v = tree->nodes[v].parent)
    {
      double *box = tree->boxes + (gsize)v * 2 * d;
      for (gsize j = 0; j < d; j++)
        {
          box[j] = MIN (box[j], centre[j]);
          box[d + j] = MAX (box[d + j], centre[j]);
        }
    }
}

void
ins_ward_tree_remove (InsWardTree *tree, guint32 id)
{
  put (tree, id, NULL, 1);
  for (guint32 v = tree->holder[tree->place[id] / LEAF]; v != G_MAXUINT32;
       v = tree->nodes[v].parent)
    tree->nodes[v].alive--;
}

/* ---- asking ---- */

typedef struct
{
  double cost;
  guint32 id, key;
} Best;

INS_ALWAYS_INLINE double
node_bound (const double *box, gsize d, const double *centre, double size, double least)
{
  double r = 0;

#pragma GCC unroll 8
  for (gsize j = 0; j < d; j++)
    {
      double below = box[j] - centre[j], above = centre[j] - box[d + j];
      double u = below > above ? below : above;
      u = u > 0 ? u : 0;
      r += u * u;
    }
  return r * (2 * size * least / (size + least)) * SAFE;
}

INS_ALWAYS_INLINE void
ask_leaf (const InsWardTree *tree, guint32 leaf, gsize d, guint32 self, const double *centre,
          double size, Best *best)
{
  const double *points = tree->points + (gsize)leaf * d * LEAF;
  const double *sizes = tree->sizes + (gsize)leaf * LEAF;
  const guint32 *ids = tree->ids + (gsize)leaf * LEAF;
  double cost[LEAF], least[LEAF / 2];

  for (gsize i = 0; i < LEAF; i++)
    cost[i] = 0;
#pragma GCC unroll 8
  for (gsize j = 0; j < d; j++)
    for (gsize i = 0; i < LEAF; i++)
      {
        double u = points[j * LEAF + i] - centre[j];
        cost[i] += u * u;
      }
  for (gsize i = 0; i < LEAF; i++)
    cost[i] *= 2 * size * sizes[i] / (size + sizes[i]);
  for (gsize i = 0; i < LEAF / 2; i++)
    least[i] = cost[i] < cost[i + LEAF / 2] ? cost[i] : cost[i + LEAF / 2];
  for (gsize i = 0; i < LEAF / 4; i++)
    least[i] = least[i] < least[i + LEAF / 4] ? least[i] : least[i + LEAF / 4];
  for (gsize i = 0; i < LEAF / 8; i++)
    least[i] = least[i] < least[i + LEAF / 8] ? least[i] : least[i + LEAF / 8];
  if (!(least[0] <= best->cost) && !(least[1] <= best->cost) && !(least[2] <= best->cost)
      && !(least[3] <= best->cost))
    return;
  for (gsize i = 0; i < LEAF; i++)
    if (cost[i] <= best->cost && ids[i] != self && cost[i] < INFINITY)
      {
        guint32 key = ids[i] * TIE_MIX;
        if (cost[i] < best->cost || key < best->key)
          *best = (Best){ cost[i], ids[i], key };
      }
}

typedef struct
{
  guint32 node;
  double bound;
} Waiting;

INS_ALWAYS_INLINE void
ask (const InsWardTree *tree, gsize d, guint32 self, const double *centre, double size, Best *best)
{
  Waiting stack[DEPTH];
  gsize waiting = 0;
  guint32 v = 0;

  for (;;)
    {
      const Node *node = &tree->nodes[v];
      if (node->left != 0)
        {
          guint32 near = node->left, far = node->right;
          const Node *l = &tree->nodes[near], *r = &tree->nodes[far];
          double a = node_bound (tree->boxes + (gsize)near * 2 * d, d, centre, size, l->least_size);
          double b = node_bound (tree->boxes + (gsize)far * 2 * d, d, centre, size, r->least_size);
          a = l->alive > 0 ? a : INFINITY;
          b = r->alive > 0 ? b : INFINITY;
          if (b < a)
            {
              guint32 swap = near;
              double keep = a;
              near = far;
              far = swap;
              a = b;
              b = keep;
            }
          if (b <= best->cost && b < INFINITY)
            stack[waiting++] = (Waiting){ far, b };
          if (a <= best->cost && a < INFINITY)
            {
              v = near;
              continue;
            }
        }
      else
        ask_leaf (tree, node->right, d, self, centre, size, best);
      while (waiting > 0 && !(stack[waiting - 1].bound <= best->cost))
        waiting--;
      if (waiting == 0)
        return;
      v = stack[--waiting].node;
    }
}

INS_ALWAYS_INLINE void
nearest_body (const InsWardTree *tree, guint32 self, const double *centre, double size, Best *best){
#define INS_FEW(known) ask (tree, known, self, centre, size, best)
  INS_BY_COLUMNS (tree->d, INS_FEW, ask (tree, tree->d, self, centre, size, best))
#undef INS_FEW
} INS_KERNEL (nearest,
              (const InsWardTree *tree, guint32 self, const double *centre, double size,
               Best *best),
              (tree, self, centre, size, best))

    guint32 ins_ward_tree_nearest (const InsWardTree *tree, guint32 id, const double *centre,
                                   double size, double *cost)
{
  Best best = { INFINITY, G_MAXUINT32, G_MAXUINT32 };

  nearest (tree, id, centre, size, &best);
  *cost = best.cost;
  return best.id;
}
