/* test-features.c: box plots, scatter matrix, correlations and biplot: figures and places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-pairs-private.h"
#include "chart/ins-scatter-private.h"
#include "sample-charts.h"
#include <string.h>

static PangoContext *pango;

static void
lay (InsChart *chart, double width, double height)
{
  ins_chart_layout (chart, pango, width, height, ins_theme_get (INS_THEME_LIGHT));
}

static void
expect_line (const char *csv, const char *line)
{
  if (strstr (csv, line) == NULL)
    g_error ("no line “%s” in:\n%s", line, csv);
}

/* Quartiles as numpy's; whiskers within 1.5 interquartile ranges as the axis shows them. */
static void
test_box_figures (void)
{
  const double values[] = { 5, 1, 9, 3, 7, 2, 8, 4, 6, 100, NAN, 50, 60, -3 };
  const gint32 group[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, -1 };
  const InsChartVariable variables[] = { { "Plain", "money", values, FALSE },
                                         { "Log", "days", values, TRUE } };
  const InsChartGroup groups[] = { { "A", -1, 0 }, { "B", 0, 1 }, { "C", 1, 2 } };
  InsChart *chart = ins_box_chart_new (variables, 2, group, G_N_ELEMENTS (group), groups, 3);
  g_autofree char *csv = ins_chart_to_csv (chart), *item = NULL, *empty = NULL, *words = NULL;

  expect_line (csv, "feature,group,customers,low,quartile_1,median,quartile_3,high,outliers\n");
  expect_line (csv, "\nPlain,A,10,1,3.25,5.5,7.75,9,1\n");
  expect_line (csv, "\nPlain,B,0,,,,,,0\n");
  expect_line (csv, "\nPlain,C,2,50,52.5,55,57.5,60,0\n");
  expect_line (csv, "\nLog,A,10,1,3.25,5.5,7.75,9,1\n"); /* 100 is beyond 24.8 */
  item = ins_chart_describe_item (chart, 3);
  g_assert_cmpstr (item, ==,
                   "A, Log: median 5.50\302\240days, half between 3.25\302\240days and "
                   "7.75\302\240days, 10 customers");
  empty = ins_chart_describe_item (chart, 1);
  g_assert_cmpstr (empty, ==, "B, Plain: no values");
  words = ins_chart_describe (chart);
  expect_line (words, "Plain: median from 5.50 (A) to 55 (C)");
  ins_chart_unref (chart);
}

/* Where not all fit the first ones stay, beside each other and off each other. */
static void
test_box_places (void)
{
  const int sizes[][2] = { { 900, 560 }, { 400, 300 }, { 300, 700 }, { 240, 180 } };
  InsChart *chart = sample_box ();

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      InsChartHit hit, other;
      int n = 0;
      lay (chart, sizes[s][0], sizes[s][1]);
      while (ins_chart_locate (chart, n, &hit))
        {
          g_assert_cmpint (hit.group, ==, n % SAMPLE_GROUPS);
          g_assert_cmpfloat (hit.x + hit.width, <=, sizes[s][0]);
          g_assert_cmpfloat (hit.y + hit.height, <=, sizes[s][1]);
          for (int i = 0; i < n; i++)
            {
              g_assert_true (ins_chart_locate (chart, i, &other));
              g_assert_true (other.x + other.width <= hit.x
                             || other.y + other.height <= hit.y + 0.01
                             || hit.x + hit.width <= other.x);
            }
          n++;
        }
      g_assert_cmpint (n % SAMPLE_GROUPS, ==, 0);
      g_assert_cmpint (n, >=, SAMPLE_GROUPS);
      g_assert_cmpint (ins_chart_move (chart, 0, 0, 1), ==, 1);
      g_assert_cmpint (ins_chart_move (chart, 0, 1, 0), ==, n > SAMPLE_GROUPS ? SAMPLE_GROUPS : 0);
      for (int i = n; i < 5 * SAMPLE_GROUPS; i++)
        g_assert_false (ins_chart_locate (chart, i, &hit));
    }
  lay (chart, 900, 560);
  g_assert_true (ins_chart_locate (chart, 5 * SAMPLE_GROUPS - 1, NULL));
  ins_chart_unref (chart);
}

/* Every panel shows its two features: right and up is more. */
static void
test_pairs_panels (void)
{
  InsChart *chart = sample_pairs ();
  InsPairsChart *self = (InsPairsChart *)chart;
  g_autofree char *csv = NULL;

  lay (chart, 900, 560);
  g_assert_cmpuint (self->shown, ==, 4);
  for (gsize row = 1; row < 4; row++)
    for (gsize column = 0; column < row; column++)
      {
        const InsPoints *points = &self->points[ins_pairs_panel (row, column)];
        const double *x = self->variables[column].values, *y = self->variables[row].values;
        for (gsize i = 0; i + 1 < self->n; i++)
          {
            g_assert_true (ins_box_contains (&points->plot, points->px[i], points->py[i]));
            g_assert_true (x[i] == x[i + 1]
                           || (x[i] < x[i + 1]) == (points->px[i] < points->px[i + 1]));
            g_assert_true (y[i] == y[i + 1]
                           || (y[i] < y[i + 1]) == (points->py[i] > points->py[i + 1]));
          }
      }
  for (gsize c = 0; c < 4 * SAMPLE_GROUPS; c++)
    {
      double most = 0;
      for (int s = 0; s < INS_PAIRS_STEPS; s++)
        most = MAX (most, self->density[c * INS_PAIRS_STEPS + s]);
      g_assert_cmpfloat (most, ==, 1);
    }
  csv = ins_chart_to_csv (chart);
  g_assert_true (g_str_has_prefix (csv, "customer_id,Revenue,Recency,Recency,Return rate,group\n"));
  lay (chart, 300, 200);
  g_assert_cmpuint (self->shown, <, 4);
  g_assert_cmpuint (self->shown, >=, 2);
  ins_chart_unref (chart);
}

/* The legend keeps off the panels, whatever the size. */
static void
test_pairs_legend (void)
{
  InsChart *chart = sample_pairs ();
  InsPairsChart *self = (InsPairsChart *)chart;

  for (double width = 250; width < 1300; width += 150)
    for (double height = 200; height < 800; height += 120)
      {
        gsize lines;
        lay (chart, width, height);
        if (self->legend_columns < 1)
          continue;
        lines = (self->legend_n + (gsize)self->legend_columns - 1) / (gsize)self->legend_columns;
        for (gsize row = 1; row < self->shown; row++)
          {
            const InsBox *plot = &self->points[ins_pairs_panel (row, row - 1)].plot;
            if (self->y + (double)lines * chart->em * 1.4 > plot->y + 1)
              g_assert_cmpfloat (self->legend_x, >=, ins_box_right (plot));
          }
      }
  ins_chart_unref (chart);
}

static void
test_correlation_cells (void)
{
  InsChart *chart = sample_correlation ();
  g_autofree char *csv = ins_chart_to_csv (chart), *words = ins_chart_describe (chart);
  InsChartHit hit;

  expect_line (csv, "feature,Revenue,Items,Invoices,Revenue per invoice,Recency\n");
  expect_line (csv, "\nRecency,-0.13,-0.14,-0.26,,1\n");
  expect_line (words,
               "Revenue and Items: 0.92; Items and Invoices: 0.59; Revenue and Invoices: 0.58.");
  lay (chart, 640, 400);
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++)
      g_assert_cmpint (ins_chart_locate (chart, i * 5 + j, &hit), ==, j < i);
  g_assert_cmpint (ins_chart_move (chart, 5, 0, 1), ==, 10);
  g_assert_cmpint (ins_chart_move (chart, 10, 1, 0), ==, 11);
  g_assert_cmpint (ins_chart_move (chart, 11, 1, 0), ==, 11); /* the diagonal */
  ins_chart_unref (chart);
}

/* Arrows point as their loadings do, inside the plot; no name lies upon another. */
static void
test_biplot_arrows (void)
{
  InsChart *chart = sample_biplot ();
  InsScatter *self = (InsScatter *)chart;
  g_autofree char *csv = ins_chart_to_csv (chart);
  const int sizes[][2] = { { 900, 560 }, { 400, 300 }, { 240, 180 } };

  expect_line (csv, "\nloading,Revenue per invoice,0.2,0.75,\n");
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      lay (chart, sizes[s][0], sizes[s][1]);
      for (gsize i = 0; i < self->n_arrows; i++)
        {
          const InsScatterArrow *arrow = &self->arrows[i];
          g_assert_true (ins_box_contains (&self->plot, arrow->px, arrow->py));
          g_assert_cmpint (arrow->px > ins_axis_map (&self->x_axis, 0), ==, arrow->x > 0);
          g_assert_cmpint (arrow->py<ins_axis_map (&self->y_axis, 0), ==, arrow->y> 0);
          for (gsize j = 0; j < i; j++)
            g_assert_false (arrow->placed && self->arrows[j].placed
                            && ins_box_overlaps (&arrow->box, &self->arrows[j].box));
          for (gsize g = 0; g < self->n_groups; g++)
            g_assert_false (arrow->placed && self->labels[g].placed
                            && ins_box_overlaps (&arrow->box, &self->labels[g].box));
        }
      g_assert_true (self->arrows[0].placed || s == 2);
    }
  ins_chart_unref (chart);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_resolution (pango, 72);
  g_test_add_func ("/features/box/figures", test_box_figures);
  g_test_add_func ("/features/box/places", test_box_places);
  g_test_add_func ("/features/pairs/panels", test_pairs_panels);
  g_test_add_func ("/features/pairs/legend", test_pairs_legend);
  g_test_add_func ("/features/correlation/cells", test_correlation_cells);
  g_test_add_func ("/features/biplot/arrows", test_biplot_arrows);
  result = g_test_run ();
  g_object_unref (pango);
  return result;
}
