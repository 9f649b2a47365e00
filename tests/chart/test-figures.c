/* test-figures.c: every figure from made-up results: titles tell true numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-error.h"
#include "report/ins-figures.h"
#include <math.h>
#include <string.h>

#define N 60
#define K 3

/* Results on the stack; nothing here is reference counted. */
typedef struct
{
  InsResults results;
  InsImport import;
  InsFiltered filtered;
  InsFeatures features;
  InsScaled scaled;
  InsEmbedding embedding;
  InsClustering clustering;
  InsSweep sweep;
  InsProfile profile;
  InsIdentity identities[K];
  InsFigureInput input;

  guint32 months[14];
  InsWaterfallBar bars[3];
  char *ids[N + 1];
  InsFeatureInfo infos[2];
  guint32 rows[N], columns[2];
  char *names[3];
  double ratio[2];
  gint32 labels[N];
  gsize sizes[K];
  double silhouettes[N];
  InsSweepRow sweep_rows[8];
  char *models[2];
  gsize knees[1];
  guint32 described[2];
  gsize customers[K];
  double share_customers[K], revenue[K], share_revenue[K];
} Fixture;

static void
fill_data (Fixture *f)
{
  for (int i = 0; i < 14; i++)
    f->months[i] = (guint32)(1000 + 37 * i * (i == 12 ? 9 : 1));
  f->import.source_name = (char *)"shop.csv";
  f->import.n_rows = 541909;
  f->import.first_month = 46 * 12 + 10; /* November 2016 */
  f->import.n_months = 14;
  f->import.lines_per_month = f->months;
  f->bars[0] = (InsWaterfallBar){ (char *)"imported", 1000, 80, 5000 };
  f->bars[1] = (InsWaterfallBar){ (char *)"customer", 800, 80, 4400 };
  f->bars[2] = (InsWaterfallBar){ (char *)"price", 730, 60, 4500 };
  f->filtered.bars = g_ptr_array_new ();
  for (int i = 0; i < 3; i++)
    g_ptr_array_add (f->filtered.bars, &f->bars[i]);
  f->infos[0] = (InsFeatureInfo){
    .name = "gross_revenue", .title = "Revenue", .unit = "money", .definition = "What was paid"
  };
  f->infos[1] = (InsFeatureInfo){ .name = "recency_days",
                                  .title = "Recency",
                                  .unit = "days",
                                  .definition = "Days since the last purchase" };
  f->features.n = N;
  f->features.ids = f->ids;
  f->features.n_features = 2;
  f->features.infos = f->infos;
  f->features.values = ins_matrix_new (N, 2);
  f->features.bars = f->filtered.bars;
  for (int i = 0; i < N; i++)
    {
      f->ids[i] = g_strdup_printf ("%d", 12346 + i);
      f->rows[i] = (guint32)i;
      f->labels[i] = i < 5 ? 0 : i < 25 ? 1 : 2;
      f->silhouettes[i] = f->labels[i] == 0 ? 0.6 : f->labels[i] == 1 ? 0.4 : 0.1;
      ins_matrix_set (f->features.values, i, 0, 100 + i);
      ins_matrix_set (f->features.values, i, 1, i % 9);
    }
}

static void
fill_model (Fixture *f)
{
  f->columns[1] = 1;
  f->names[0] = (char *)"gross_revenue";
  f->names[1] = (char *)"recency_days";
  f->scaled = (InsScaled){ .n = N,
                           .rows = f->rows,
                           .d = 2,
                           .columns = f->columns,
                           .names = f->names,
                           .bars = f->filtered.bars };
  f->ratio[0] = 0.6;
  f->ratio[1] = 0.25;
  f->embedding = (InsEmbedding){ .method = (char *)"pca",
                                 .scores = ins_matrix_new (N, 2),
                                 .loadings = ins_matrix_new (2, 2),
                                 .ratio = f->ratio,
                                 .axes_mean_something = TRUE };
  for (int i = 0; i < 4; i++)
    f->embedding.loadings->data[i] = i == 2 ? -0.6 : i == 1 ? 0.6 : 0.8;
  for (int i = 0; i < N; i++)
    {
      ins_matrix_set (f->embedding.scores, i, 0, f->labels[i] * 3 + i % 7 * 0.1);
      ins_matrix_set (f->embedding.scores, i, 1, i % 11 * 0.2);
    }
  f->clustering = (InsClustering){ .model = (char *)"kmeans",
                                   .fitted_on = (char *)"shop.csv",
                                   .n = N,
                                   .k = K,
                                   .labels = f->labels,
                                   .sizes = f->sizes,
                                   .silhouettes = f->silhouettes };
  for (int i = 0; i < 8; i++)
    {
      f->sweep_rows[i] = (InsSweepRow){ .model = (char *)"kmeans",
                                        .k = (gsize)i + 2,
                                        .labels = f->labels,
                                        .silhouettes = f->silhouettes };
      f->sweep_rows[i].metrics =
          (InsMetrics){ 0.3 - 0.02 * fabs (i - 1.0), NAN, 500 - 10 * fabs (i - 4.0), 1 + 0.1 * i,
                        1000.0 / (i + 1) };
    }
  f->models[0] = (char *)"kmeans";
  f->knees[0] = 4;
  f->sweep = (InsSweep){ .n = N,
                         .n_rows = 8,
                         .rows = f->sweep_rows,
                         .n_models = 1,
                         .models = f->models,
                         .knees = f->knees };
}

static void
fill_profile (Fixture *f)
{
  const double share[] = { 0.481, 0.3, 0.219 };
  const gsize customers[] = { 5, 20, 35 };
  f->described[1] = 1;
  f->profile = (InsProfile){ .k = K,
                             .n_features = 2,
                             .features = f->described,
                             .customers = f->customers,
                             .share_customers = f->share_customers,
                             .revenue = f->revenue,
                             .share_revenue = f->share_revenue,
                             .ratio = ins_matrix_new (K, 2) };
  for (int c = 0; c < K; c++)
    {
      f->customers[c] = customers[c];
      f->share_customers[c] = customers[c] / 60.0;
      f->share_revenue[c] = share[c];
      ins_matrix_set (f->profile.ratio, c, 0, 5.8 - 2 * c);
      ins_matrix_set (f->profile.ratio, c, 1, 0.3 + c);
      f->identities[c] = (InsIdentity){ .name = (char *)(c == 0   ? "Insiders"
                                                         : c == 1 ? "Loyal"
                                                                  : "Lost"),
                                        .note = (char *)"",
                                        .colour = c - 1,
                                        .shape = c,
                                        .is_insider = c == 0 };
    }
}

static void
fixture_init (Fixture *f)
{
  memset (f, 0, sizeof *f);
  fill_data (f);
  fill_model (f);
  fill_profile (f);
  f->results.import = &f->import;
  f->results.filtered = &f->filtered;
  f->results.features = &f->features;
  f->results.scaled = &f->scaled;
  f->results.embedding = &f->embedding;
  f->results.clustering = &f->clustering;
  f->results.sweep = &f->sweep;
  f->results.profile = &f->profile;
  f->input.results = &f->results;
  f->input.identities = f->identities;
  f->input.currency = "£";
  f->input.run_id = "8c1e77aa99";
}

static void
fixture_clear (Fixture *f)
{
  g_ptr_array_unref (f->filtered.bars);
  ins_matrix_unref (f->features.values);
  ins_matrix_unref (f->embedding.scores);
  ins_matrix_unref (f->embedding.loadings);
  ins_matrix_unref (f->profile.ratio);
  for (int i = 0; i < N; i++)
    g_free (f->ids[i]);
}

static char *
title_of (Fixture *f, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InsChart) chart = ins_figure_create (name, &f->input, &error);
  g_assert_no_error (error);
  g_assert_nonnull (chart);
  return g_strdup (ins_chart_get_title (chart));
}

static void
expect_title (Fixture *f, const char *name, const char *expected)
{
  g_autofree char *title = title_of (f, name);
  g_assert_cmpstr (title, ==, expected);
}

#define NB "\302\240"

static void
test_titles (void)
{
  Fixture f;
  fixture_init (&f);
  expect_title (&f, "scatter", "Insiders: 5 customers bring 48.1" NB "% of revenue");
  expect_title (&f, "bars", "Insiders: 8.3" NB "% of customers bring 48.1" NB "% of revenue");
  expect_title (&f, "elbow", "The elbow bends at k = 4");
  expect_title (&f, "silhouette-k", "Silhouette is best at k = 3 (0.30)");
  expect_title (&f, "choose-k", "1 of 4 indices speaks for k = 3");
  expect_title (&f, "silhouette", "“Insiders” holds together best (0.60), “Lost” least (0.10)");
  expect_title (&f, "waterfall", "73.0" NB "% of the lines are kept: 730 of 1,000");
  expect_title (&f, "months", "November 2017 is the busiest month: 4,996 lines");
  expect_title (&f, "scree", "Two components hold 85.0" NB "% of the variance");
  expect_title (&f, "profile", "Insiders: Revenue 5.8× the average, Recency 0.3×");
  expect_title (&f, "box",
                "Revenue separates the groups most: median £142 in “Lost”, £102 in “Insiders”");
  expect_title (&f, "pairs", "Revenue and Recency separate the groups most");
  expect_title (&f, "biplot", "Component 1 follows Revenue, component 2 Recency");
  expect_title (&f, "correlation", "No two features go closely together: at most 0.05");
  f.input.measure = "customers";
  expect_title (&f, "waterfall", "75.0" NB "% of the customers are kept: 60 of 80");
  f.input.measure = "revenue";
  expect_title (&f, "waterfall", "90.0" NB "% of the revenue is kept: £4,500 of £5,000");
  f.input.feature = "recency_days";
  expect_title (&f, "histogram", "Recency: half of the customers are at 4" NB "days or below");
  f.input.k = 5; /* another row of the sweep: no names */
  expect_title (&f, "silhouette", "“Group 1” holds together best (0.60), “Group 3” least (0.10)");
  fixture_clear (&f);
}

/* Without Insiders, without revenue, without names: still a sentence. */
static void
test_poor (void)
{
  Fixture f;
  fixture_init (&f);
  f.input.identities = NULL;
  f.input.run_id = NULL;
  expect_title (&f, "scatter", "60 customers in 3 groups");
  f.input.identities = f.identities;
  for (int c = 0; c < K; c++)
    f.share_revenue[c] = NAN;
  expect_title (&f, "scatter", "Insiders: 5 customers, 8.3" NB "% of the base");
  expect_title (&f, "bars", "Insiders: 8.3" NB "% of customers");
  f.knees[0] = 0;
  expect_title (&f, "elbow", "The elbow has no clear bend");
  f.results.clustering = NULL;
  expect_title (&f, "scatter", "60 customers in the plane");
  expect_title (&f, "choose-k", "What four indices say about k");
  fixture_clear (&f);
}

/* A figure is there exactly when its stages are, and says what to do when not. */
static void
test_available (void)
{
  Fixture f;
  gsize n;
  const InsFigure *figures = ins_figures_list (&n);
  g_autoptr (GError) error = NULL;

  fixture_init (&f);
  g_assert_cmpuint (n, >=, 12);
  for (gsize i = 0; i < n; i++)
    {
      InsResults empty = { { NULL } };
      InsFigureInput nothing = { .results = &empty };
      g_autoptr (GError) missing = NULL;
      g_assert_false (figures[i].is_available (&nothing));
      g_assert_null (ins_figure_create (figures[i].name, &nothing, &missing));
      g_assert_error (missing, INS_ERROR, INS_ERROR_FAILED);
      g_assert_nonnull (strstr (missing->message, figures[i].name));
      g_assert_cmpint (figures[i].is_available (&f.input), ==,
                       strcmp (figures[i].name, "dendrogram") != 0);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpstr (figures[i].name, !=, figures[j].name);
    }
  g_assert_null (ins_figure_create ("pie", &f.input, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "silhouette-k"));
  g_clear_error (&error);
  f.input.k = 17;
  g_assert_null (ins_figure_create ("silhouette", &f.input, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_clear_error (&error);
  f.input.feature = "no_such_feature";
  g_assert_null (ins_figure_create ("histogram", &f.input, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  fixture_clear (&f);
}

/* The whole list can be drawn; groups of the bars are the clusters' numbers. */
static void
test_drawn (void)
{
  Fixture f;
  gsize n;
  const InsFigure *figures = ins_figures_list (&n);

  fixture_init (&f);
  for (gsize i = 0; i < n; i++)
    if (figures[i].is_available (&f.input))
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (InsChart) chart = ins_figure_create (figures[i].name, &f.input, &error);
        g_autoptr (GBytes) bytes = NULL;
        g_autofree char *words = ins_chart_describe (chart);
        bytes = ins_chart_render (chart, "pdf", 500, 300, ins_theme_get (INS_THEME_PRINT), &error);
        g_assert_no_error (error);
        g_assert_cmpuint (g_bytes_get_size (bytes), >, 2000);
        g_assert_cmpuint (strlen (words), >, 40);
      }
  fixture_clear (&f);
}

/* Features stand in the order in which they separate the groups; without groups only what needs
 * none is there. */
static void
test_features (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (InsChart) chart = NULL;
  g_autofree char *csv = NULL;

  fixture_init (&f);
  f.columns[0] = 1; /* the model saw recency first */
  f.columns[1] = 0;
  chart = ins_figure_create ("box", &f.input, &error);
  g_assert_no_error (error);
  csv = ins_chart_to_csv (chart);
  g_assert_nonnull (strstr (csv, "outliers\nRevenue,Insiders,5,100,101,102,103,104,0\n"));
  f.scaled.d = 1;
  g_assert_null (ins_figure_create ("pairs", &f.input, &error));
  g_assert_nonnull (strstr (error->message, "two features"));
  g_clear_error (&error);
  f.scaled.d = 2;
  f.results.clustering = NULL;
  g_assert_null (ins_figure_create ("box", &f.input, &error));
  g_clear_error (&error);
  f.input.measure = "spearman";
  expect_title (&f, "correlation", "No two features go closely together: at most 0.05");
  f.embedding.ratio = NULL; /* no principal components */
  g_assert_null (ins_figure_create ("biplot", &f.input, &error));
  g_assert_nonnull (strstr (error->message, "pca"));
  fixture_clear (&f);
}

static void
test_bar_groups (void)
{
  Fixture f;
  g_autoptr (GError) error = NULL;
  g_autoptr (InsChart) chart = NULL;
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  const int expected[K] = { 2, 0, 1 };

  fixture_init (&f);
  f.share_revenue[2] = 0.6; /* the third cluster is the largest bar */
  chart = ins_figure_create ("bars", &f.input, &error);
  g_assert_no_error (error);
  ins_chart_layout (chart, pango, 600, 400, ins_theme_get (INS_THEME_LIGHT));
  for (int bar = 0; bar < K; bar++)
    {
      InsChartHit hit;
      g_assert_true (ins_chart_locate (chart, bar, &hit));
      g_assert_cmpint (hit.group, ==, expected[bar]);
    }
  g_object_unref (pango);
  fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures/titles", test_titles);
  g_test_add_func ("/figures/poor", test_poor);
  g_test_add_func ("/figures/available", test_available);
  g_test_add_func ("/figures/drawn", test_drawn);
  g_test_add_func ("/figures/features", test_features);
  g_test_add_func ("/figures/bar-groups", test_bar_groups);
  return g_test_run ();
}
