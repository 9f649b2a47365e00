/* ins-linkage-matrix.c: average and complete linkage once the distances are kept
 *
 * A full matrix, so that every row is one run of numbers and belongs to one thread.  A round
 * (ins-linkage-pairs.c) goes through it once: it joins rows and columns of each pair, moves the
 * columns together and finds the new neighbours, n² steps while a good part of the clusters goes
 * each time.  Where few pairs are found, as around one large group, the nearest-neighbour chain
 * (Benzécri 1982, Murtagh 1983) joins a quarter of the clusters one by one, O(n) steps each, before
 * the next round.  Hence O(n²) time.
 *
 * Lance & Williams 1967 for the distances of a joined cluster.  What two pairs have to do with each
 * other is worked out in one order from either side, so that the matrix is symmetric bit by bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-linkage-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "num/ins-simd.h"

#define ROWS 8    /* per block */
#define STRIPE 32 /* rows mirrored at once */
#define LINE 8    /* doubles in a line of the cache */
#define CHAINED 4 /* a chain goes on until 1 / CHAINED of the clusters have gone */
#define HUGE_PAGE (2u << 20)

typedef struct
{
  InsLinkageRound *round;
  InsLinkageDistances distances;
  gpointer data;
  double *numbers;
  double **rows;  /* by cluster, into @numbers */
  double **next;  /* the same for the next round */
  guint32 *pairs; /* those of the next round that are */
  gsize n_pairs;
  double *gone; /* by cluster: infinite for those that have gone, else 0 */
} Matrix;

static gsize
stride (gsize n)
{
  return ((n + LINE - 1) / LINE | 1) * LINE; /* odd, so that a column is spread over the cache */
}

static double
matrix_bytes (gsize n)
{
  return ((double)n * (double)stride (n) * sizeof (double) / HUGE_PAGE + 1) * HUGE_PAGE;
}

guint64
ins_linkage_matrix_bytes (gsize n)
{
  double bytes = matrix_bytes (n);

  return bytes < 1.8e19 ? (guint64)bytes : G_MAXUINT64;
}

/* ---- one distance, one row ---- */

INS_ALWAYS_INLINE double
joined (double a, double b, double s, double t, gboolean complete)
{
  if (complete)
    return a > b ? a : b;
  return (s * a + t * b) / (s + t);
}

/* out[j]: distance to j of clusters with rows @a and @b, of @s and @t points. */
INS_ALWAYS_INLINE void
join_rows_body (const double *a, const double *b, double s, double t, gsize n, gboolean complete,
                double *out)
{
  if (complete)
    for (gsize j = 0; j < n; j++)
      out[j] = joined (a[j], b[j], s, t, TRUE);
  else
    for (gsize j = 0; j < n; j++)
      out[j] = joined (a[j], b[j], s, t, FALSE);
}
INS_KERNEL (join_rows,
            (const double *a, const double *b, double s, double t, gsize n, gboolean complete,
             double *out),
            (a, b, s, t, n, complete, out))

/* ---- filling ---- */

static void
fill_lower (gsize begin, gsize end, gsize block, gpointer data)
{
  Matrix *m = data;

  for (gsize i = begin; i < end && ins_run_tick (m->round->run); i++)
    m->distances (m->data, i, i, m->rows[i]);
}

static void
mirror_stripe (gsize begin, gsize end, gsize block, gpointer data)
{
  Matrix *m = data;
  InsLinkageRound *r = m->round;

  for (gsize j = begin; j < r->n; j++)
    for (gsize i = begin; i < MIN (end, j); i++)
      m->rows[i][j] = m->rows[j][i];
  for (gsize i = begin; i < end && ins_run_tick (r->run); i++)
    {
      m->rows[i][i] = INFINITY;
      r->nearest[i] = ins_linkage_least (m->rows[i], m->gone, r->n, &r->least[i]);
    }
}

/* ---- a round ---- */

static inline double
join_columns (const InsLinkageRound *r, const double *row, gsize pair)
{
  guint32 a = r->first[pair], b = r->second[pair];

  return joined (row[a], row[b], r->sizes[a], r->sizes[b], r->method == INS_LINKAGE_COMPLETE);
}

/* The columns of each pair become one. */
static void
keep_row (const Matrix *m, const double *row, double *out)
{
  const InsLinkageRound *r = m->round;

  for (gsize i = 0; i < r->n_next; i++)
    out[i] = row[r->first[i]];
  for (gsize i = 0; i < m->n_pairs; i++)
    out[m->pairs[i]] = join_columns (r, row, m->pairs[i]);
}

/* Row of the pair @pair.  Where it meets a pair before it, that one is joined first. */
static void
join_pair (const Matrix *m, gsize pair, double *both, double *out)
{
  const InsLinkageRound *r = m->round;
  gboolean complete = r->method == INS_LINKAGE_COMPLETE;
  guint32 a = r->first[pair], b = r->second[pair];

  join_rows (m->rows[a], m->rows[b], r->sizes[a], r->sizes[b], r->n, complete, both);
  keep_row (m, both, out);
  for (gsize i = 0; m->pairs[i] < pair; i++)
    out[m->pairs[i]] =
        joined (join_columns (r, m->rows[a], m->pairs[i]),
                join_columns (r, m->rows[b], m->pairs[i]), r->sizes[a], r->sizes[b], complete);
}

static void
next_rows (gsize begin, gsize end, gsize block, gpointer data)
{
  Matrix *m = data;
  InsLinkageRound *r = m->round;
  g_autofree double *both = g_new (double, r->n);
  g_autofree double *out = g_new (double, r->n_next);

  for (gsize i = begin; i < end && ins_run_tick (r->run); i++)
    {
      double *row = m->rows[r->first[i]]; /* nobody else's */
      if (r->second[i] == INS_LINKAGE_ALONE)
        keep_row (m, row, out);
      else
        join_pair (m, i, both, out);
      out[i] = INFINITY;
      memcpy (row, out, r->n_next * sizeof *row);
      m->next[i] = row;
      r->nearest[i] = ins_linkage_least (row, m->gone, r->n_next, &r->least[i]);
    }
}

/* Makes the clusters of @first and @second.  Returns: FALSE if cancelled. */
static gboolean
go_through (Matrix *m)
{
  InsLinkageRound *r = m->round;
  double **rows = m->rows;

  memset (m->gone, 0, r->n * sizeof *m->gone);
  m->n_pairs = 0;
  for (guint32 i = 0; i < r->n_next; i++)
    if (r->second[i] != INS_LINKAGE_ALONE)
      m->pairs[m->n_pairs++] = i;
  if (!ins_run_parallel (r->run, r->n_next, ROWS, next_rows, m))
    return FALSE;
  ins_linkage_round_next (r);
  m->rows = m->next;
  m->next = rows;
  return TRUE;
}

/* ---- the chain ---- */

/* @a goes into @b. */
static void
join_into (Matrix *m, guint32 a, guint32 b, double height)
{
  InsLinkageRound *r = m->round;
  double *row = m->rows[b];

  ins_linkage_round_merge (r, a, b, height);
  join_rows (m->rows[a], row, r->sizes[a], r->sizes[b], r->n, r->method == INS_LINKAGE_COMPLETE,
             row);
  r->sizes[b] += r->sizes[a];
  m->gone[a] = INFINITY;
  for (gsize c = 0; c < r->n; c++)
    m->rows[c][b] = row[c];
  row[b] = INFINITY;
  ins_run_advance (r->run, 1);
}

static void
keep_the_living (Matrix *m)
{
  InsLinkageRound *r = m->round;

  r->n_next = 0;
  for (guint32 i = 0; i < r->n; i++)
    if (m->gone[i] == 0)
      {
        r->first[r->n_next] = i;
        r->second[r->n_next++] = INS_LINKAGE_ALONE;
      }
}

/* Joins a quarter of the clusters; ties: the last but one of the chain, then the lowest. */
static gboolean
follow_chain (Matrix *m)
{
  InsLinkageRound *r = m->round;
  g_autofree guint32 *chain = g_new (guint32, r->n);
  gsize length = 0, left = r->n;
  guint32 start = 0;

  while (left > 1 && left * CHAINED > r->n * (CHAINED - 1))
    {
      guint32 last, nearest;
      double least;
      if (!ins_run_tick (r->run))
        return FALSE;
      while (m->gone[start] > 0)
        start++;
      if (length == 0)
        chain[length++] = start;
      last = chain[length - 1];
      nearest = ins_linkage_least (m->rows[last], m->gone, r->n, &least);
      if (length < 2 || least < m->rows[last][chain[length - 2]])
        {
          chain[length++] = nearest;
          continue;
        }
      join_into (m, last, chain[length - 2], least);
      length -= 2;
      left--;
    }
  keep_the_living (m);
  return TRUE;
}

/* ---- all of it ---- */

static gboolean
run_rounds (Matrix *m)
{
  InsLinkageRound *r = m->round;

  if (!ins_run_parallel (r->run, r->n, ROWS, fill_lower, m)
      || !ins_run_parallel (r->run, r->n, STRIPE, mirror_stripe, m))
    return FALSE;
  while (r->n > 1)
    {
      if (ins_linkage_round_is_fruitful (r))
        ins_linkage_round_join (r);
      else if (!follow_chain (m))
        return FALSE;
      if (!go_through (m))
        return FALSE;
    }
  return TRUE;
}

/* Large pages, as a column jumps through the matrix.  Free with free(). */
static double *
numbers_new (gsize n)
{
  gsize bytes = (gsize)(ins_linkage_matrix_bytes (n) / HUGE_PAGE) * HUGE_PAGE;
  double *numbers = aligned_alloc (HUGE_PAGE, bytes);

  if (numbers == NULL)
    g_error ("could not get %" G_GSIZE_FORMAT " bytes", bytes);
#ifdef MADV_HUGEPAGE
  madvise (numbers, bytes, MADV_HUGEPAGE);
#endif
  return numbers;
}

gboolean
ins_linkage_with_matrix (InsLinkageRound *round, InsLinkageDistances distances, gpointer data)
{
  gsize n = round->n;
  g_autofree double **rows = g_new (double *, n);
  g_autofree double **next = g_new (double *, n);
  g_autofree guint32 *pairs = g_new (guint32, n);
  g_autofree double *gone = g_new0 (double, n);
  double *numbers = numbers_new (n);
  Matrix m = { round, distances, data, numbers, rows, next, pairs, 0, gone };
  gboolean done;

  for (gsize i = 0; i < n; i++)
    rows[i] = numbers + i * stride (n);
  done = run_rounds (&m);
  free (numbers);
  return done;
}

static void
copy_distances (gpointer data, gsize c, gsize n, double *out)
{
  memcpy (out, ins_matrix_col (data, c), n * sizeof *out);
}

gboolean
ins_linkage_average (const InsMatrix *distances, InsMerge *merges, InsRun *run)
{
  gsize n = distances->rows;
  g_autofree double *sizes = g_new (double, n), *least = g_new (double, n);
  g_autofree gint32 *ids = g_new (gint32, n);
  g_autofree guint32 *nearest = g_new (guint32, n);
  g_autofree guint32 *first = g_new (guint32, n), *second = g_new (guint32, n);
  InsLinkageRound round = { .method = INS_LINKAGE_AVERAGE,
                            .n = n,
                            .sizes = sizes,
                            .ids = ids,
                            .nearest = nearest,
                            .least = least,
                            .first = first,
                            .second = second,
                            .merges = merges,
                            .run = run };

  for (gsize i = 0; i < n; i++)
    {
      sizes[i] = 1;
      ids[i] = (gint32)i;
    }
  return ins_linkage_with_matrix (&round, copy_distances, (gpointer)distances);
}
