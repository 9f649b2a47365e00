/* bench-kernels.c: our side of the comparison with scikit-learn and scipy
 *
 * usage: bench-kernels POINTS.csv THREADS REPEATS KERNEL
 * POINTS.csv: numbers only, no header.  Prints one line of JSON: the median seconds and what the
 * result is worth, so that a time never stands without its quality.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ins-stats.h"
#include "base/ins-text.h"
#include "num/ins-kmeans.h"
#include "num/ins-linkage.h"
#include "num/ins-pca.h"
#include "num/ins-silhouette.h"

static InsMatrix *
read_points (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) first = NULL;
  InsMatrix *points;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    exit (1);
  lines = g_strsplit (g_strstrip (text), "\n", -1);
  first = g_strsplit (lines[0], ",", -1);
  points = ins_matrix_new (g_strv_length (lines), g_strv_length (first));
  for (gsize i = 0; i < points->rows; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ",", -1);
      for (gsize j = 0; j < points->cols; j++)
        ins_matrix_set (points, i, j, g_ascii_strtod (fields[j], NULL));
    }
  return points;
}

/* Σ inertia of k = 2 … 25 with ten starts each */
static double
sweep (const InsMatrix *points, InsRun *run)
{
  const InsKmeansOptions options = { 10, 300, 1e-4, 42 };
  InsKmeans *results[24];
  InsSum sum = { 0 };

  if (!ins_kmeans_sweep (points, 2, 25, &options, results, run, NULL))
    exit (1);
  for (int i = 0; i < 24; i++)
    {
      ins_sum_add (&sum, results[i]->inertia);
      ins_kmeans_free (results[i]);
    }
  return ins_sum_get (&sum);
}

/* Σ heights */
static double
linkage (const InsMatrix *points, InsLinkageMethod method, InsRun *run)
{
  g_autoptr (InsLinkage) tree = ins_linkage_fit (points, method, run, NULL);
  InsSum sum = { 0 };

  if (tree == NULL)
    exit (1);
  for (gsize i = 0; i + 1 < tree->n; i++)
    ins_sum_add (&sum, tree->height[i]);
  return ins_sum_get (&sum);
}

/* Mean silhouette of the 23 clusters that Ward's tree has */
static double
silhouette (const InsMatrix *points, const gint32 *labels, InsRun *run)
{
  g_autofree double *values = g_new (double, points->rows);

  if (!ins_silhouette_samples (points, labels, values, run, NULL))
    exit (1);
  return ins_silhouette_mean (values, points->rows);
}

static double
pca (const InsMatrix *points, InsRun *run)
{
  g_autoptr (InsPca) result = ins_pca_fit (points, 2, run, NULL);

  return result->ratio[0] + result->ratio[1];
}

static double
measure (const char *kernel, const InsMatrix *points, const gint32 *labels, InsRun *run)
{
  static const char *const methods[] = { "ward", "single", "average", "complete", NULL };

  for (int m = 0; methods[m] != NULL; m++)
    if (strcmp (kernel, methods[m]) == 0)
      return linkage (points, (InsLinkageMethod)m, run);
  if (strcmp (kernel, "silhouette") == 0)
    return silhouette (points, labels, run);
  if (strcmp (kernel, "kmeans") == 0)
    return sweep (points, run);
  return pca (points, run);
}

int
main (int argc, char **argv)
{
  g_autoptr (InsMatrix) points = argc == 5 ? read_points (argv[1]) : NULL;
  g_autoptr (InsRun) run = NULL;
  g_autofree gint32 *labels = NULL;
  g_autofree double *seconds = NULL;
  char median[INS_TEXT_SIZE], quality[INS_TEXT_SIZE];
  double value = 0;
  int repeats;

  if (points == NULL)
    return 2;
  run = ins_run_new ((guint)atoi (argv[2]), NULL);
  repeats = MAX (1, atoi (argv[3]));
  seconds = g_new (double, repeats);
  labels = g_new (gint32, points->rows);
  if (strcmp (argv[4], "silhouette") == 0)
    {
      g_autoptr (InsLinkage) tree = ins_linkage_fit (points, INS_LINKAGE_WARD, run, NULL);
      ins_linkage_cut (tree, 23, labels);
    }
  for (int i = 0; i < repeats; i++)
    {
      gint64 start = g_get_monotonic_time ();
      value = measure (argv[4], points, labels, run);
      seconds[i] = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
    }
  printf ("{\"seconds\": %s, \"quality\": %s}\n",
          ins_double_to_text (ins_median (seconds, (gsize)repeats), median),
          ins_double_to_text (value, quality));
  return 0;
}
