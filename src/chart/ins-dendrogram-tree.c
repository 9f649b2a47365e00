/* ins-dendrogram-tree.c: order, clusters and ends of a linkage
 *
 * Time and memory O(n); no recursion, chains of any depth are fine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-dendrogram-private.h"

#include <math.h>

/* Every node but the root is merged exactly once, after it was made. */
gboolean
ins_dendrogram_check (const InsDendrogramData *data)
{
  g_autofree guint8 *used = NULL;

  if (data->n == 0 || data->n > G_MAXINT32 / 2)
    return FALSE;
  if (data->n > 1 && (!data->left || !data->right || !data->height))
    return FALSE;
  used = g_new0 (guint8, 2 * data->n);
  for (gsize i = 0; i + 1 < data->n; i++)
    {
      gint32 made = (gint32)(data->n + i), a = data->left[i], b = data->right[i];
      if (a < 0 || b < 0 || a >= made || b >= made || a == b || used[a] || used[b]
          || !isfinite (data->height[i]))
        return FALSE;
      used[a] = used[b] = 1;
    }
  return TRUE;
}

static void
count_leaves (InsDendrogram *self)
{
  for (gsize node = 0; node < self->n_nodes; node++)
    {
      gint32 a, b;
      if (node < self->n)
        {
          self->count[node] = 1;
          self->cluster[node] = self->group ? self->group[node] : -1;
          if (self->cluster[node] < 0 || (gsize)self->cluster[node] >= self->n_groups)
            self->cluster[node] = -1;
          continue;
        }
      a = ins_dendrogram_child (self, (gint32)node, FALSE);
      b = ins_dendrogram_child (self, (gint32)node, TRUE);
      self->count[node] = self->count[a] + self->count[b];
      self->cluster[node] = self->cluster[a] == self->cluster[b] ? self->cluster[a] : -1;
      self->up[a] = self->up[b] = (gint32)node;
    }
  self->up[self->n_nodes - 1] = -1;
}

/* From the root down: where each node's leaves begin. */
static void
order_leaves (InsDendrogram *self)
{
  self->start[self->n_nodes - 1] = 0;
  for (gsize node = self->n_nodes; node-- > self->n;)
    {
      gint32 a = ins_dendrogram_child (self, (gint32)node, FALSE);
      gint32 b = ins_dendrogram_child (self, (gint32)node, TRUE);
      self->start[a] = self->start[node];
      self->start[b] = self->start[node] + self->count[a];
    }
  for (gsize leaf = 0; leaf < self->n; leaf++)
    self->order[self->start[leaf]] = (guint32)leaf;
}

/* The ends are the nodes below @first_inner whose parent is not. */
static void
find_ends (InsDendrogram *self)
{
  g_autofree gint32 *end_at = g_new (gint32, self->n);

  for (gsize i = 0; i < self->n; i++)
    end_at[i] = -1;
  for (gsize node = 0; node < self->first_inner; node++)
    if (self->up[node] < 0 || self->up[node] >= (gint32)self->first_inner)
      end_at[self->start[node]] = (gint32)node;
  for (gsize i = 0; i < self->n; i++)
    if (end_at[i] >= 0)
      {
        self->at[end_at[i]] = self->n_ends + 0.5;
        self->ends[self->n_ends++] = (guint32)end_at[i];
      }
  for (gsize node = self->first_inner; node < self->n_nodes; node++)
    self->at[node] = (self->at[ins_dendrogram_child (self, (gint32)node, FALSE)]
                      + self->at[ins_dendrogram_child (self, (gint32)node, TRUE)])
                     / 2;
}

void
ins_dendrogram_build (InsDendrogram *self, gsize truncate)
{
  gsize shown = truncate > 0 && truncate < self->n ? truncate : self->n;

  self->n_nodes = 2 * self->n - 1;
  self->first_inner = self->n_nodes - (shown - 1);
  self->order = g_new0 (guint32, self->n);
  self->start = g_new0 (guint32, self->n_nodes);
  self->count = g_new0 (guint32, self->n_nodes);
  self->up = g_new0 (gint32, self->n_nodes);
  self->cluster = g_new0 (gint32, self->n_nodes);
  self->ends = g_new0 (guint32, self->n);
  self->at = g_new0 (double, self->n_nodes);
  for (gsize i = 0; i < self->n_nodes; i++)
    self->at[i] = NAN;
  count_leaves (self);
  order_leaves (self);
  find_ends (self);
}

gsize
ins_dendrogram_clusters_at (const InsDendrogram *self, double height)
{
  gsize k = self->n > 0;
  for (gsize i = 0; i + 1 < self->n; i++)
    k += self->height[i] > height;
  return k;
}
