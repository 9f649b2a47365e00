/* ins-linkage.c: agglomerative hierarchical clustering
 *
 * The methods give n - 1 merges, each told by two points, in any order; sorting them by height
 * and following the clusters gives scipy's matrix Z.  Equal heights are ordered by the points, so
 * that the result depends on nothing else.  O(n log n) time and O(n) memory besides the methods'
 * own.  Missing, infinite and huge numbers are refused; equal points join at height 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "num/ins-linkage.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-memory.h"
#include "base/ins-stats.h"
#include "num/ins-distinct.h"
#include "num/ins-input.h"
#include "num/ins-linkage-private.h"

/* ---- from merges to the tree ---- */

static int
compare_merges (gconstpointer a, gconstpointer b)
{
  const InsMerge *x = a, *y = b;

  if (x->height != y->height)
    return x->height < y->height ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

static InsLinkage *
linkage_new (gsize n)
{
  InsLinkage *linkage = g_new0 (InsLinkage, 1);

  linkage->n = n;
  linkage->left = g_new (gint32, n);
  linkage->right = g_new (gint32, n);
  linkage->height = g_new (double, n);
  linkage->size = g_new (gint32, n);
  return linkage;
}

static gint32
find_root (gint32 *parent, gint32 i)
{
  while (parent[i] != i)
    {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
  return i;
}

/* Sorts @merges. */
static InsLinkage *
linkage_from_merges (InsMerge *merges, gsize n)
{
  InsLinkage *linkage = linkage_new (n);
  g_autofree gint32 *parent = g_new (gint32, n);
  g_autofree gint32 *number = g_new (gint32, n); /* of the cluster, by root */
  g_autofree gint32 *size = g_new (gint32, n);

  qsort (merges, n - 1, sizeof (InsMerge), compare_merges);
  for (gsize i = 0; i < n; i++)
    {
      parent[i] = number[i] = (gint32)i;
      size[i] = 1;
    }
  for (gsize i = 0; i + 1 < n; i++)
    {
      gint32 a = find_root (parent, merges[i].a), b = find_root (parent, merges[i].b);
      gint32 large = size[a] >= size[b] ? a : b, small = large == a ? b : a;
      linkage->left[i] = MIN (number[a], number[b]);
      linkage->right[i] = MAX (number[a], number[b]);
      linkage->height[i] = merges[i].height;
      linkage->size[i] = size[a] + size[b];
      parent[small] = large;
      size[large] += size[small];
      number[large] = (gint32)(n + i);
    }
  return linkage;
}

/* ---- what the methods share ---- */

double *
ins_linkage_centred_rows (const InsMatrix *x)
{
  double *rows = g_new (double, MAX (x->rows * x->cols, 1));

  for (gsize j = 0; j < x->cols; j++)
    {
      const double *column = ins_matrix_col (x, j);
      InsSum sum = { 0 };
      double mean;
      for (gsize i = 0; i < x->rows; i++)
        ins_sum_add (&sum, column[i]);
      mean = ins_sum_get (&sum) / (double)x->rows;
      for (gsize i = 0; i < x->rows; i++)
        rows[i * x->cols + j] = column[i] - mean;
    }
  return rows;
}

gsize
ins_linkage_join_equal (const double *rows, gsize n, gsize d, InsMerge *merges, guint32 *ids,
                        double *sizes, InsRun *run)
{
  g_autofree guint32 *first = g_new (guint32, n);
  gsize n_ids = 0, n_merges = 0;

  ins_distinct_rows (rows, n, d, d, 1, n, first, run);
  for (guint32 i = 0; i < n; i++)
    {
      sizes[i] = 0;
      sizes[first[i]] += 1;
      if (first[i] == i)
        ids[n_ids++] = i;
      else
        merges[n_merges++] = (InsMerge){ 0, (gint32)first[i], (gint32)i };
    }
  return n_ids;
}

/* ---- fitting ---- */

guint64
ins_linkage_memory (gsize n, gsize d, InsLinkageMethod method)
{
  double points = (double)n, columns = (double)d;
  double bytes = points * (sizeof (InsMerge) + 36 + 8 * columns); /* merges, Z, one copy */

  switch (method)
    {
    case INS_LINKAGE_WARD:
      bytes += points * 44 + (double)ins_ward_tree_bytes (n, d);
      break;
    case INS_LINKAGE_SINGLE:
      bytes += points * 20;
      break;
    case INS_LINKAGE_AVERAGE:
    case INS_LINKAGE_COMPLETE:
    default:
      bytes += points * (16 * columns + 96) + 1.3 * points * points; /* a matrix of 2 / 5 of them */
      break;
    }
  return bytes < 1.8e19 ? (guint64)bytes : G_MAXUINT64;
}

static const char *
method_text (InsLinkageMethod method)
{
  switch (method)
    {
    case INS_LINKAGE_SINGLE:
      return _ ("Single linkage of %s customers");
    case INS_LINKAGE_AVERAGE:
      return _ ("Average linkage of %s customers");
    case INS_LINKAGE_COMPLETE:
      return _ ("Complete linkage of %s customers");
    case INS_LINKAGE_WARD:
    default:
      return _ ("Ward's method for %s customers");
    }
}

gboolean
ins_linkage_check_memory (guint64 bytes, gsize n, InsLinkageMethod method, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (method_text (method), "%s", 2);
  g_autofree char *number = g_strdup_printf ("%" G_GSIZE_FORMAT, n);
  g_autofree char *what = g_strjoinv (number, parts);
  gboolean thrifty = method == INS_LINKAGE_WARD || method == INS_LINKAGE_SINGLE;

  return ins_memory_check (bytes, what,
                           thrifty ? NULL : _ ("choose Ward's method, which needs little."), error);
}

static gboolean
check_input (const InsMatrix *x, GError **error)
{
  if (x->rows < 2 || x->cols < 1 || x->rows > G_MAXINT32 / 2)
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_INPUT,
                           _ ("Hierarchical clustering needs at least two customers and one "
                              "feature; loosen the filters or choose more features"));
      return FALSE;
    }
  return ins_input_check (x, error);
}

InsLinkage *
ins_linkage_fit (const InsMatrix *x, InsLinkageMethod method, InsRun *run, GError **error)
{
  g_autofree InsMerge *merges = NULL;
  gboolean done;

  g_return_val_if_fail (x != NULL && run != NULL, NULL);

  if (!check_input (x, error)
      || !ins_linkage_check_memory (ins_linkage_memory (x->rows, x->cols, method), x->rows, method,
                                    error))
    return NULL;
  merges = g_new (InsMerge, x->rows);
  ins_run_begin (run, _ ("Joining the nearest groups"), x->rows - 1);
  if (method == INS_LINKAGE_AVERAGE || method == INS_LINKAGE_COMPLETE)
    done = ins_linkage_pairwise (x, method, merges, run, error);
  else
    done = (method == INS_LINKAGE_WARD ? ins_linkage_ward (x, merges, run)
                                       : ins_linkage_single (x, merges, run))
           || ins_run_check (run, error);
  if (!done)
    return NULL;
  return linkage_from_merges (merges, x->rows);
}

InsLinkage *
ins_linkage_fit_distances (const InsMatrix *distances, InsRun *run, GError **error)
{
  g_autofree InsMerge *merges = NULL;

  g_return_val_if_fail (distances != NULL && run != NULL, NULL);
  g_return_val_if_fail (distances->rows == distances->cols && distances->rows >= 2, NULL);

  merges = g_new (InsMerge, distances->rows);
  if (!ins_linkage_average (distances, merges, run))
    {
      ins_run_check (run, error);
      return NULL;
    }
  return linkage_from_merges (merges, distances->rows);
}

void
ins_linkage_free (InsLinkage *linkage)
{
  if (linkage == NULL)
    return;
  g_free (linkage->left);
  g_free (linkage->right);
  g_free (linkage->height);
  g_free (linkage->size);
  g_free (linkage);
}

/* ---- reading the tree ---- */

void
ins_linkage_order (const InsLinkage *linkage, gint32 *order)
{
  g_autofree gint32 *stack = NULL;
  gsize n, waiting = 0, out = 0;

  g_return_if_fail (linkage != NULL && linkage->n > 0 && order != NULL);

  n = linkage->n;
  stack = g_new (gint32, n + 1);
  stack[waiting++] = (gint32)(2 * n - 2);
  while (waiting > 0)
    {
      gint32 node = stack[--waiting];
      if ((gsize)node < n)
        {
          order[out++] = node;
          continue;
        }
      stack[waiting++] = linkage->right[node - n];
      stack[waiting++] = linkage->left[node - n];
    }
}

void
ins_linkage_cut (const InsLinkage *linkage, gsize k, gint32 *labels)
{
  g_autofree gint32 *root = NULL; /* by node: the cluster it belongs to */
  g_autofree gint32 *order = NULL;
  g_autofree gint32 *label = NULL; /* by root */
  gsize n;
  gint32 next = 0;

  g_return_if_fail (linkage != NULL && linkage->n > 0 && labels != NULL);

  n = linkage->n;
  k = CLAMP (k, 1, n);
  root = g_new (gint32, 2 * n);
  label = g_new (gint32, 2 * n);
  order = g_new (gint32, n);
  memset (label, -1, 2 * n * sizeof (gint32));
  root[2 * n - 2] = (gint32)(2 * n - 2);
  for (gsize i = n - 1; i-- > 0;)
    {
      gboolean undone = i + k >= n;
      root[linkage->left[i]] = undone ? linkage->left[i] : root[n + i];
      root[linkage->right[i]] = undone ? linkage->right[i] : root[n + i];
    }
  ins_linkage_order (linkage, order);
  for (gsize i = 0; i < n; i++)
    {
      gint32 of = root[order[i]];
      if (label[of] < 0)
        label[of] = next++;
      labels[order[i]] = label[of];
    }
}

double
ins_linkage_cut_height (const InsLinkage *linkage, gsize k)
{
  gsize n;

  g_return_val_if_fail (linkage != NULL && linkage->n > 0, NAN);

  n = linkage->n;
  if (n < 2)
    return 0;
  if (k <= 1) /* above everything */
    return linkage->height[n - 2] > 0 ? linkage->height[n - 2] * 1.05 : 1;
  if (k >= n)
    return linkage->height[0] / 2;
  return linkage->height[n - k - 1] / 2 + linkage->height[n - k] / 2;
}

gsize
ins_linkage_clusters_at (const InsLinkage *linkage, double height)
{
  gsize low = 0, high;

  g_return_val_if_fail (linkage != NULL && linkage->n > 0, 0);

  high = linkage->n - 1; /* how many merges are at most that high */
  while (low < high)
    {
      gsize middle = (low + high) / 2;
      if (linkage->height[middle] <= height)
        low = middle + 1;
      else
        high = middle;
    }
  return linkage->n - low;
}
