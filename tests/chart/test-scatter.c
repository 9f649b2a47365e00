/* test-scatter.c: sprites, labels that do not hide each other, speed's short cuts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-point-layer.h"
#include "chart/ins-scatter-private.h"
#include "sample-charts.h"
#include <string.h>

static PangoContext *
test_context (void)
{
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_resolution (pango, 72);
  return pango;
}

/* Two clouds of @k groups whose names want the same places. */
static InsChart *
crowded (gsize k, const char *const *names)
{
  g_autofree double *x = g_new0 (double, 100 * k), *y = g_new0 (double, 100 * k);
  g_autofree gint32 *group = g_new0 (gint32, 100 * k);
  g_autofree InsChartGroup *groups = g_new0 (InsChartGroup, k);
  InsScatterData data = { 0 };
  sample_state = 3;
  for (gsize i = 0; i < 100 * k; i++)
    {
      group[i] = (gint32)(i % k);
      x[i] = sample_normal () + 0.3 * (i % k % 5);
      y[i] = sample_normal () + 0.3 * (i % k / 5);
    }
  for (gsize g = 0; g < k; g++)
    groups[g] = (InsChartGroup){ names[g % 4], (int)g % 8, (int)g };
  data.n = 100 * k;
  data.x = x;
  data.y = y;
  data.group = group;
  data.n_groups = k;
  data.groups = groups;
  return ins_scatter_chart_new (&data);
}

static void
test_labels (void)
{
  const char *names[] = { "Insiders", "Customers at risk of leaving", "New",
                          "\330\247\331\204\330\271\331\205\331\204\330\247\330\241" };
  const int sizes[][2] = { { 900, 560 }, { 340, 300 }, { 320, 240 }, { 1200, 300 } };
  PangoContext *pango = test_context ();
  for (gsize k = 1; k <= 23; k += 2)
    for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        InsChart *chart = crowded (k, names);
        InsScatter *self = (InsScatter *)chart;
        gsize placed = 0;
        ins_chart_layout (chart, pango, sizes[s][0], sizes[s][1], ins_theme_get (INS_THEME_LIGHT));
        for (gsize i = 0; i < k; i++)
          if (self->labels[i].placed)
            {
              placed++;
              g_assert_true (ins_box_is_inside (&self->labels[i].box, &self->plot));
              for (gsize j = 0; j < i; j++)
                g_assert_false (self->labels[j].placed
                                && ins_box_overlaps (&self->labels[i].box, &self->labels[j].box));
            }
        g_assert_cmpuint (placed + self->n_dropped, ==, k);
        g_assert_cmpuint (placed, >=, MIN (k, 2));
        ins_chart_unref (chart);
      }
  g_object_unref (pango);
}

/* A name stands where its group is, not just anywhere: on a narrow screen rather none at all. */
static void
check_label_place (double width, double height, gboolean all)
{
  InsChart *chart = sample_scatter_of (3000, FALSE);
  InsScatter *self = (InsScatter *)chart;
  PangoContext *pango = test_context ();
  ins_chart_layout (chart, pango, width, height, ins_theme_get (INS_THEME_LIGHT));
  for (gsize i = 0; i < self->n_groups; i++)
    {
      const InsScatterLabel *label = &self->labels[i];
      gsize own = 0, others = 0;
      for (gsize r = 0; r < self->n; r++)
        if (ins_box_contains (&label->box, self->points.px[r], self->points.py[r]))
          {
            if (self->group[r] == label->group)
              own++;
            else
              others++;
          }
      g_assert_true (label->placed || !all);
      if (label->placed)
        g_assert_cmpuint (3 * own, >=, others);
      if (all)
        g_assert_cmpuint (own, >, others);
    }
  g_object_unref (pango);
  ins_chart_unref (chart);
}

static void
test_label_place (void)
{
  check_label_place (900, 560, TRUE);
  check_label_place (340, 300, FALSE);
  check_label_place (300, 420, FALSE);
}

/* A sprite is what cairo draws, to within rounding, wherever it falls. */
static void
test_sprites (void)
{
  const InsTheme *theme = ins_theme_get (INS_THEME_LIGHT);
  InsBox box = { 10, 20, 40, 30 };
  for (int shape = 0; shape < INS_N_SHAPES; shape++)
    for (int gold = 0; gold < 2; gold++)
      {
        const InsColour *colour = gold ? &theme->gold : &theme->clusters[shape];
        cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 120, 120);
        cairo_surface_t *direct = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 120, 120);
        cairo_t *cr = cairo_create (surface), *other = cairo_create (direct);
        InsPointLayer *layer = ins_point_layer_new (&box, 2, 2);
        InsSprite *sprite = ins_sprite_new (layer, theme, colour, shape, 4, 0.8);
        double x = 30 + 3.0 / 16, y = 35 + 1.0 / 16; /* the middle of a phase */
        guint64 difference = 0;

        cairo_set_source_rgb (cr, 1, 1, 1);
        cairo_paint (cr);
        cairo_set_source_rgb (other, 1, 1, 1);
        cairo_paint (other);
        ins_point_layer_add (layer, sprite, x, y);
        ins_point_layer_add (layer, sprite, NAN, 3);        /* nowhere */
        ins_point_layer_add (layer, sprite, 1e300, -1e300); /* far away */
        cairo_scale (cr, 2, 2);
        ins_point_layer_show (layer, cr);
        cairo_scale (other, 2, 2);
        ins_marker_draw (other, theme, colour, shape, x, y, 4, 0.8);
        cairo_surface_flush (surface);
        cairo_surface_flush (direct);
        for (int i = 0; i < 120 * cairo_image_surface_get_stride (surface); i++)
          {
            int a = cairo_image_surface_get_data (surface)[i];
            int b = cairo_image_surface_get_data (direct)[i];
            if (i % 4 != 3)
              difference = MAX (difference, (guint64)ABS (a - b));
          }
        g_assert_cmpuint (difference, <=, 12);
        ins_sprite_free (sprite);
        ins_point_layer_free (layer);
        cairo_destroy (cr);
        cairo_destroy (other);
        cairo_surface_destroy (surface);
        cairo_surface_destroy (direct);
      }
}

/* What lies under a point, against looking at all of them. */
static void
test_nearest (void)
{
  InsChart *chart = sample_scatter_of (4000, FALSE);
  InsScatter *self = (InsScatter *)chart;
  PangoContext *pango = test_context ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  ins_chart_layout (chart, pango, 700, 500, ins_theme_get (INS_THEME_DARK));
  for (int t = 0; t < 3000; t++)
    {
      double x = g_rand_double_range (rand, -20, 720), y = g_rand_double_range (rand, -20, 520);
      double best = G_MAXDOUBLE;
      InsChartHit hit;
      for (gsize r = 0; r < self->n; r++)
        best = MIN (best, hypot (self->points.px[r] - x, self->points.py[r] - y));
      if (ins_chart_hit (chart, x, y, &hit))
        g_assert_cmpfloat_with_epsilon (
            hypot (self->points.px[hit.item] - x, self->points.py[hit.item] - y), best, 1e-9);
      else
        g_assert_cmpfloat (best, >=, 8);
    }
  g_object_unref (pango);
  ins_chart_unref (chart);
}

/* The rows in a band, against looking at all of them. */
static void
test_band (void)
{
  InsChart *chart = sample_scatter_of (2000, FALSE);
  InsScatter *self = (InsScatter *)chart;
  PangoContext *pango = test_context ();
  g_autoptr (GArray) rows = NULL;
  gsize expected = 0;
  ins_chart_layout (chart, pango, 700, 500, ins_theme_get (INS_THEME_DARK));
  rows = ins_chart_pick (chart, 500, 320, 200, 120);
  for (gsize r = 0; r < self->n; r++)
    expected += self->points.px[r] >= 200 && self->points.px[r] <= 500 && self->points.py[r] >= 120
                && self->points.py[r] <= 320;
  g_assert_cmpuint (expected, >, 100);
  g_assert_cmpuint (rows->len, ==, expected);
  g_object_unref (pango);
  ins_chart_unref (chart);
}

/* More points than VECTOR_POINTS become one picture: the file stays small. */
static void
test_many (void)
{
  g_autoptr (GError) error = NULL;
  InsChart *few = sample_scatter_of (19000, FALSE), *many = sample_scatter_of (60000, FALSE);
  const InsTheme *theme = ins_theme_get (INS_THEME_PRINT);
  g_autoptr (GBytes) paths = ins_chart_render (few, "svg", 600, 400, theme, &error);
  g_autoptr (GBytes) picture = ins_chart_render (many, "svg", 600, 400, theme, &error);
  const char *a, *b;
  g_assert_no_error (error);
  a = g_bytes_get_data (paths, NULL);
  b = g_bytes_get_data (picture, NULL);
  g_assert_null (g_strstr_len (a, (gssize)g_bytes_get_size (paths), "<image"));
  g_assert_nonnull (g_strstr_len (b, (gssize)g_bytes_get_size (picture), "<image"));
  g_assert_cmpuint (g_bytes_get_size (picture), <, 6000000);
  ins_chart_unref (few);
  ins_chart_unref (many);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scatter/labels", test_labels);
  g_test_add_func ("/scatter/label-place", test_label_place);
  g_test_add_func ("/scatter/sprites", test_sprites);
  g_test_add_func ("/scatter/nearest", test_nearest);
  g_test_add_func ("/scatter/band", test_band);
  g_test_add_func ("/scatter/many", test_many);
  return g_test_run ();
}
