/* test-dendrogram.c: order, ends and clusters of the drawn tree, against slow ways to find them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-dendrogram-private.h"
#include "num/ins-linkage.h"
#include <math.h>
#include <string.h>

typedef struct
{
  InsLinkage *tree;
  gint32 *labels;
  InsChartGroup groups[6];
} Fixture;

static void
fixture_init (Fixture *f, gsize n, gsize k, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (InsMatrix) x = ins_matrix_new (n, 2);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n * 2; i++)
    x->data[i] = g_rand_double_range (rand, 0, 10) + (double)(i % 3) * 6;
  f->tree = ins_linkage_fit (x, INS_LINKAGE_WARD, run, &error);
  g_assert_no_error (error);
  f->labels = g_new0 (gint32, n);
  ins_linkage_cut (f->tree, k, f->labels);
  for (int i = 0; i < 6; i++)
    f->groups[i] = (InsChartGroup){ "Group", i - 1, i };
}

static void
fixture_clear (Fixture *f)
{
  ins_linkage_free (f->tree);
  g_free (f->labels);
}

static InsDendrogram *
make (Fixture *f, gsize k, gsize truncate, InsHeightScale scale)
{
  InsDendrogramData data = { f->tree->n,
                             f->tree->left,
                             f->tree->right,
                             f->tree->height,
                             f->tree->size,
                             k,
                             ins_linkage_cut_height (f->tree, k),
                             f->labels,
                             k,
                             f->groups,
                             truncate,
                             scale };
  return (InsDendrogram *)ins_dendrogram_chart_new (&data);
}

/* The slow way: leaves below a node by walking down. */
static void
leaves_below (const InsLinkage *tree, gint32 node, GArray *out)
{
  if (node < (gint32)tree->n)
    {
      guint32 leaf = (guint32)node;
      g_array_append_val (out, leaf);
      return;
    }
  leaves_below (tree, tree->left[node - (gint32)tree->n], out);
  leaves_below (tree, tree->right[node - (gint32)tree->n], out);
}

static void
test_rows (void)
{
  for (guint32 seed = 1; seed <= 5; seed++)
    {
      Fixture f;
      InsDendrogram *self;
      fixture_init (&f, 60 + seed * 7, 4, seed);
      self = make (&f, 4, 0, INS_HEIGHT_LINEAR);
      for (gint32 node = 0; node < (gint32)self->n_nodes; node++)
        {
          g_autoptr (GArray) fast = ins_chart_get_rows (&self->parent, node);
          g_autoptr (GArray) slow = g_array_new (FALSE, FALSE, sizeof (guint32));
          leaves_below (f.tree, node, slow);
          g_assert_cmpmem (fast->data, fast->len * 4, slow->data, slow->len * 4);
        }
      ins_chart_unref (&self->parent);
      fixture_clear (&f);
    }
}

/* The ends stand for all leaves once, in order; the names of clusters are those of the labels. */
static void
test_ends (void)
{
  const gsize truncations[] = { 0, 1, 2, 5, 12, 59, 60, 61, 1000 };
  Fixture f;
  fixture_init (&f, 60, 4, 11);
  for (gsize t = 0; t < G_N_ELEMENTS (truncations); t++)
    {
      InsDendrogram *self = make (&f, 4, truncations[t], INS_HEIGHT_SQRT);
      gsize expected = truncations[t] == 0 || truncations[t] > 60 ? 60 : truncations[t], leaves = 0;
      g_assert_cmpuint (self->n_ends, ==, expected);
      for (gsize e = 0; e < self->n_ends; e++)
        {
          guint32 end = self->ends[e];
          g_assert_cmpuint (self->start[end], ==, leaves);
          leaves += self->count[end];
          g_assert_cmpfloat (self->at[end], ==, e + 0.5);
          for (guint32 i = 0; i < self->count[end]; i++)
            {
              gint32 label = f.labels[self->order[self->start[end] + i]];
              if (self->cluster[end] >= 0)
                g_assert_cmpint (label, ==, self->cluster[end]);
            }
        }
      g_assert_cmpuint (leaves, ==, 60);
      /* no branch crosses another: every node lies between its children */
      for (gsize node = self->first_inner; node < self->n_nodes && self->n_ends > 1; node++)
        {
          gint32 a = ins_dendrogram_child (self, (gint32)node, FALSE);
          gint32 b = ins_dendrogram_child (self, (gint32)node, TRUE);
          g_assert_cmpfloat (self->at[a], <, self->at[node]);
          g_assert_cmpfloat (self->at[node], <, self->at[b]);
        }
      ins_chart_unref (&self->parent);
    }
  fixture_clear (&f);
}

static void
test_cut (void)
{
  Fixture f;
  InsDendrogram *self;
  fixture_init (&f, 200, 5, 3);
  self = make (&f, 5, 30, INS_HEIGHT_LOG);
  for (gsize k = 1; k <= 20; k++)
    {
      double height = ins_linkage_cut_height (f.tree, k);
      g_assert_cmpuint (ins_dendrogram_clusters_at (self, height), ==,
                        ins_linkage_clusters_at (f.tree, height));
      g_assert_cmpuint (ins_dendrogram_clusters_at (self, height), ==, k);
    }
  ins_chart_unref (&self->parent);
  fixture_clear (&f);
}

/* The handle can be caught where the cut is, and says its height. */
static void
test_handle (void)
{
  const int sizes[][2] = { { 900, 560 }, { 340, 300 }, { 320, 240 } };
  Fixture f;
  fixture_init (&f, 200, 5, 4);
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (int scale = 0; scale < 3; scale++)
      {
        InsDendrogram *self = make (&f, 5, 40, scale);
        PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
        gsize handles = 0;
        InsChartHit hit;
        ins_chart_layout (&self->parent, pango, sizes[s][0], sizes[s][1],
                          ins_theme_get (INS_THEME_LIGHT));
        for (int y = 0; y < sizes[s][1]; y++)
          if (ins_chart_hit (&self->parent, sizes[s][0] - 40, y, &hit) && hit.handle)
            {
              handles++;
              g_assert_cmpfloat (hit.value, ==, self->cut);
              g_assert_cmpfloat (hit.width, >=, 24);
            }
        g_assert_cmpuint (handles, >=, 18);
        /* the height under the pointer, for dragging */
        g_assert_cmpfloat (
            ins_chart_get_value_at (&self->parent, 100, self->plot.y), >=,
            ins_chart_get_value_at (&self->parent, 100, self->plot.y + self->plot.height / 2));
        g_object_unref (pango);
        ins_chart_unref (&self->parent);
      }
  fixture_clear (&f);
}

/* What is no tree is refused, not walked. */
static void
test_damaged (void)
{
  gint32 left[] = { 0, 2, 4 }, right[] = { 1, 3, 5 };
  double height[] = { 1, 2, 3 };
  InsDendrogramData data = { .n = 4, .left = left, .right = right, .height = height };
  g_assert_true (ins_dendrogram_check (&data));
  right[1] = 7; /* not made yet */
  g_assert_false (ins_dendrogram_check (&data));
  right[1] = 0; /* merged already */
  g_assert_false (ins_dendrogram_check (&data));
  right[1] = -1;
  g_assert_false (ins_dendrogram_check (&data));
  right[1] = 2; /* with itself */
  g_assert_false (ins_dendrogram_check (&data));
  right[1] = 3;
  height[1] = NAN;
  g_assert_false (ins_dendrogram_check (&data));
  data.n = 0;
  g_assert_false (ins_dendrogram_check (&data));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dendrogram/rows", test_rows);
  g_test_add_func ("/dendrogram/ends", test_ends);
  g_test_add_func ("/dendrogram/cut", test_cut);
  g_test_add_func ("/dendrogram/handle", test_handle);
  g_test_add_func ("/dendrogram/damaged", test_damaged);
  return g_test_run ();
}
