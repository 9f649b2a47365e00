/* ins-rfm.c: recency, frequency and monetary scores and the named grid
 *
 * Scores are fifths: 1 + the number of quantile edges (20, 40, 60, 80 %, type 7 of Hyndman & Fan
 * 1996) strictly below the value; recency is turned round, so 5 is always best.  The first field of
 * the grid that holds the three scores names the customer.  O(n) time and memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-features-private.h"

#include "base/ins-stats.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name; /* in files as it stands here */
  guint8 r[2], f[2], m[2];
} Field;

static const Field grid[] = {
  { N_ ("Champions"), { 4, 5 }, { 4, 5 }, { 4, 5 } },
  { N_ ("Loyal Customers"), { 2, 5 }, { 3, 5 }, { 3, 5 } },
  { N_ ("Potential Loyalist"), { 3, 5 }, { 1, 3 }, { 1, 3 } },
  { N_ ("New Customers"), { 4, 5 }, { 1, 1 }, { 1, 1 } },
  { N_ ("Promising"), { 3, 4 }, { 1, 1 }, { 1, 1 } },
  { N_ ("Need Attention"), { 2, 3 }, { 2, 3 }, { 2, 3 } },
  { N_ ("About To Sleep"), { 2, 3 }, { 1, 2 }, { 1, 2 } },
  { N_ ("At Risk"), { 1, 2 }, { 2, 5 }, { 2, 5 } },
  { N_ ("Can't Lose Them"), { 1, 1 }, { 4, 5 }, { 4, 5 } },
  { N_ ("Lost"), { 1, 2 }, { 1, 2 }, { 1, 2 } },
};

static gboolean
holds (const guint8 range[2], guint score)
{
  return range[0] <= score && score <= range[1];
}

/* The segment's place in the grid for scores 1 … 5. */
static guint
find_segment (guint r, guint f, guint m)
{
  for (guint i = 0; i < G_N_ELEMENTS (grid); i++)
    if (holds (grid[i].r, r) && holds (grid[i].f, f) && holds (grid[i].m, m))
      return i;
  return G_N_ELEMENTS (grid);
}

static void
score_fifths (const double *values, gsize n, gboolean reversed, double *scores)
{
  g_autofree double *sorted = g_memdup2 (values, n * sizeof (double));
  static const double fifths[4] = { 0.2, 0.4, 0.6, 0.8 };
  double edges[4];

  ins_sort_doubles (sorted, n);
  for (guint i = 0; i < 4; i++)
    edges[i] = ins_quantile_sorted (sorted, n, fifths[i]);
  for (gsize row = 0; row < n; row++)
    {
      guint score = 1;

      for (guint i = 0; i < 4; i++)
        score += edges[i] < values[row];
      scores[row] = reversed ? 6 - score : score;
    }
}

char **
ins_rfm_score (InsMatrix *values)
{
  gsize n = values->rows;
  double *r = ins_matrix_col (values, INS_FEATURE_R_SCORE);
  double *f = ins_matrix_col (values, INS_FEATURE_F_SCORE);
  double *m = ins_matrix_col (values, INS_FEATURE_M_SCORE);
  double *segment = ins_matrix_col (values, INS_FEATURE_RFM_SEGMENT);
  char **words = g_new0 (char *, G_N_ELEMENTS (grid) + 2);

  score_fifths (ins_matrix_col (values, INS_FEATURE_RECENCY_DAYS), n, TRUE, r);
  score_fifths (ins_matrix_col (values, INS_FEATURE_INVOICE_COUNT), n, FALSE, f);
  score_fifths (ins_matrix_col (values, INS_FEATURE_GROSS_REVENUE), n, FALSE, m);
  for (gsize row = 0; row < n; row++)
    segment[row] = find_segment (r[row], f[row], m[row]);
  for (gsize i = 0; i < G_N_ELEMENTS (grid); i++)
    words[i] = g_strdup (grid[i].name);
  words[G_N_ELEMENTS (grid)] = g_strdup (N_ ("Others"));
  return words;
}
