/* test-hard.c: data no chart likes: none, one, missing, constant, huge, long and right-to-left
 * names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-chart.h"
#include <float.h>
#include <math.h>
#include <string.h>

#define N 40

static const char *const long_name =
    "Customers who bought once in the weeks before Christmas and whom we have not seen since, "
    "although we wrote to them twice \342\200\234with love\342\200\235";
static const char *const arabic = "\330\247\331\204\330\271\331\205\331\204\330\247\330\241 "
                                  "\330\247\331\204\330\243\331\201\330\266\331\204";

static InsChartGroup groups[12];
static char *ids[N];

/* Lays out, draws, asks everything; @chart is used up. */
static void
torture (InsChart *chart)
{
  static const int sizes[][2] = { { 600, 400 }, { 320, 240 }, { 90, 60 } };
  g_autofree char *text = NULL, *csv = NULL;
  guint8 selected[N];
  InsChartState state = { selected, N, 0, 1, FALSE, 0, 0, 0, 0, 5 };

  memset (selected, 1, sizeof selected);
  ins_chart_set_titles (chart, long_name, arabic);
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      cairo_surface_t *surface =
          cairo_image_surface_create (CAIRO_FORMAT_ARGB32, sizes[s][0], sizes[s][1]);
      cairo_t *cr = cairo_create (surface);
      PangoContext *pango = pango_cairo_create_context (cr);
      InsChartHit hit;
      ins_chart_layout (chart, pango, sizes[s][0], sizes[s][1], ins_theme_get (INS_THEME_LIGHT));
      ins_chart_draw (chart, cr);
      for (int item = -1; item < 5; item++)
        {
          g_autofree char *words = ins_chart_describe_item (chart, item);
          g_autoptr (GArray) rows = ins_chart_get_rows (chart, item);
          state.hover = item;
          ins_chart_draw_state (chart, cr, &state);
          if (ins_chart_locate (chart, item, &hit))
            g_assert_true (isfinite (hit.x + hit.y + hit.width + hit.height));
          ins_chart_move (chart, item, 1, 0);
          ins_chart_move (chart, item, 0, -1);
        }
      for (int x = -10; x < sizes[s][0] + 10; x += 17)
        for (int y = -10; y < sizes[s][1] + 10; y += 13)
          ins_chart_hit (chart, x, y, &hit);
      ins_chart_hit (chart, NAN, INFINITY, &hit);
      g_array_unref (ins_chart_pick (chart, -1e9, -1e9, 1e9, 1e9));
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      g_object_unref (pango);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
  text = ins_chart_describe (chart);
  csv = ins_chart_to_csv (chart);
  g_assert_cmpuint (strlen (text), >, 10);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (csv), >=, 2);
  ins_chart_unref (chart);
}

typedef struct
{
  const char *name;
  gsize n;
  double values[N];
} Hard;

static Hard hards[] = { { "none", 0 },     { "one", 1 },      { "two", 2 },  { "missing", N },
                        { "constant", N }, { "huge", N },     { "tiny", N }, { "infinite", N },
                        { "one-huge", N }, { "negative", N }, { "mixed", N } };

static void
fill (void)
{
  for (gsize h = 0; h < G_N_ELEMENTS (hards); h++)
    for (int i = 0; i < N; i++)
      {
        const double values[] = { 1,
                                  7,
                                  i + 1,
                                  NAN,
                                  3,
                                  (i % 2 ? 1e300 : -1e300) * (i + 1),
                                  i * 1e-300,
                                  i % 3 ? INFINITY : -INFINITY,
                                  i == 5 ? DBL_MAX : i,
                                  -1.0 * i,
                                  i % 4 == 0   ? NAN
                                  : i % 4 == 1 ? INFINITY
                                               : 0.1 * i };
        hards[h].values[i] = values[h];
      }
  for (int i = 0; i < 12; i++)
    groups[i] = (InsChartGroup){ i == 0   ? long_name
                                 : i == 1 ? arabic
                                 : i == 2 ? ""
                                 : i == 3 ? "\xff\xfe not UTF-8"
                                          : "Group",
                                 i - 2, 3 * i - 4 };
  for (int i = 0; i < N; i++)
    ids[i] = g_strdup_printf ("\"%d\",\n", i);
}

static void
test_scatter (gconstpointer data)
{
  const Hard *hard = data;
  gint32 group[N];
  double size[N];
  for (int numbers = 0; numbers < 2; numbers++)
    for (gsize k = 0; k <= 12; k += 4)
      {
        InsScatterData scatter = { hard->n,
                                   hard->values,
                                   hard->values,
                                   group,
                                   numbers ? size : NULL,
                                   (const char *const *)ids,
                                   k,
                                   groups,
                                   long_name,
                                   arabic,
                                   numbers };
        for (int i = 0; i < N; i++)
          {
            group[i] = i % 15 - 1; /* some out of range */
            size[i] = i % 7 == 0 ? NAN : i % 5 == 0 ? -3 : i;
          }
        torture (ins_scatter_chart_new (&scatter));
      }
}

static void
test_line (gconstpointer data)
{
  const Hard *hard = data;
  double x[N];
  InsLinePanel panels[] = { { long_name, arabic, hard->values, 0, long_name, TRUE },
                            { long_name, "", hard->values, -1, NULL, FALSE },
                            { NULL, NULL, hard->values, 5, NULL, FALSE },
                            { "", NULL, hard->values, 999, "x", FALSE } };
  for (int i = 0; i < N; i++)
    x[i] = i;
  for (gsize p = 0; p <= G_N_ELEMENTS (panels); p++)
    {
      torture (ins_line_chart_new (x, hard->n, arabic, panels, p, 3));
      torture (ins_line_chart_new (hard->values, hard->n, NULL, panels, p, NAN));
    }
}

static void
test_silhouette (gconstpointer data)
{
  const Hard *hard = data;
  gint32 group[N];
  for (int i = 0; i < N; i++)
    group[i] = i % 14 - 1;
  torture (ins_silhouette_chart_new (hard->values, group, hard->n, (const char *const *)ids, groups,
                                     12));
  torture (ins_silhouette_chart_new (hard->values, group, hard->n, NULL, NULL, 0));
}

static void
test_bars (gconstpointer data)
{
  const Hard *hard = data;
  InsBar bars[N];
  InsWaterfallStep steps[N];
  const char *units[] = { "money", "percent", "ratio", "lines", "", NULL };
  const char *labels[N];
  for (int i = 0; i < N; i++)
    {
      labels[i] = groups[i % 12].name;
      bars[i] = (InsBar){ labels[i], hard->values[i], i - 3, i % 2 };
      steps[i] = (InsWaterfallStep){ labels[i], hard->values[i] };
    }
  for (gsize u = 0; u < G_N_ELEMENTS (units); u++)
    {
      InsChart *chart = ins_bar_chart_new (bars, hard->n, long_name, units[u]);
      ins_bar_chart_set_reference (chart, hard->values, long_name, arabic);
      torture (chart);
      torture (ins_bar_chart_new (bars, hard->n, NULL, units[u]));
      torture (ins_waterfall_chart_new (steps, hard->n, arabic, units[u]));
      torture (ins_column_chart_new (hard->values, labels, hard->n, long_name, units[u]));
      torture (ins_histogram_chart_new (hard->values, hard->n, arabic, units[u], 0, u % 2));
      torture (ins_histogram_chart_new (hard->values, hard->n, NULL, units[u], 7, u % 2));
      torture (ins_heat_chart_new (hard->values, labels, hard->n / 10, groups, 10, units[u]));
      torture (ins_heat_chart_new (hard->values, labels, hard->n, groups, 1, units[u]));
    }
}

static void
test_features (gconstpointer data)
{
  const Hard *hard = data;
  const char *units[] = { "money", "percent", "days", "", NULL };
  const char *labels[N];
  double correlations[25];
  gint32 group[N];

  for (int i = 0; i < N; i++)
    {
      labels[i] = groups[i % 12].name;
      group[i] = i % 15 - 1; /* some out of range */
    }
  for (int i = 0; i < 25; i++)
    correlations[i] = hard->values[i / 5 * (i % 5)];
  for (gsize m = 0; m <= 12; m += m == 3 ? 9 : 1)
    {
      InsChartVariable variables[12];
      for (gsize v = 0; v < m; v++)
        variables[v] = (InsChartVariable){ v % 3 == 2 ? NULL : labels[v], units[v % 5],
                                           hards[v % 2 ? 4 : hard - hards].values, v % 2 == 0 };
      for (gsize k = 0; k <= 12; k += 6)
        {
          InsScatterData scatter = { hard->n, hard->values, hard->values, group, NULL, NULL,
                                     k,       groups,       NULL,         NULL,  TRUE };
          InsChart *chart = ins_scatter_chart_new (&scatter);
          ins_scatter_chart_set_arrows (chart, labels, hard->values, hards[9].values, hard->n);
          torture (chart);
          torture (ins_box_chart_new (variables, m, group, hard->n, groups, k));
          torture (ins_pairs_chart_new (variables, MIN (m, 6), group, hard->n, NULL, groups, k));
        }
    }
  for (gsize n = 0; n <= 5; n++)
    torture (ins_correlation_chart_new (correlations, labels, n));
}

/* A chain: the deepest tree there is. */
static void
test_dendrogram (gconstpointer data)
{
  const Hard *hard = data;
  gint32 left[N], right[N], size[N], group[N];
  for (int i = 0; i < N; i++)
    {
      left[i] = i + 1 <= 1 ? 0 : i + 1;
      right[i] = i == 0 ? 1 : N + i - 1;
      size[i] = i + 2;
      group[i] = i % 13 - 1;
    }
  for (int scale = 0; scale < 3; scale++)
    for (gsize truncate = 0; truncate < 60; truncate += 12)
      {
        InsDendrogramData d = { hard->n, left,  right, hard->values, size,     3,
                                scale,   group, 12,    groups,       truncate, scale };
        torture (ins_dendrogram_chart_new (&d));
        d.cut = NAN;
        d.group = NULL;
        d.groups = NULL;
        torture (ins_dendrogram_chart_new (&d));
        for (int i = 0; i < N; i++)
          right[i] = (right[i] * 7) % 50; /* no tree at all */
        d.height = hards[2].values;
        torture (ins_dendrogram_chart_new (&d));
        for (int i = 0; i < N; i++)
          right[i] = i == 0 ? 1 : (gint32)hard->n + i - 1;
      }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } tests[] = { { "scatter", test_scatter },       { "line", test_line },
                { "silhouette", test_silhouette }, { "bars", test_bars },
                { "dendrogram", test_dendrogram }, { "features", test_features } };
  g_test_init (&argc, &argv, NULL);
  fill ();
  for (gsize t = 0; t < G_N_ELEMENTS (tests); t++)
    for (gsize h = 0; h < G_N_ELEMENTS (hards); h++)
      {
        g_autofree char *path = g_strdup_printf ("/hard/%s/%s", tests[t].name, hards[h].name);
        g_test_add_data_func (path, &hards[h], tests[t].func);
      }
  return g_test_run ();
}
