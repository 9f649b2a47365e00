/* ins-linkage-pairs.c: average and complete linkage
 *
 * Rounds of reciprocal nearest neighbours (Benzécri 1982, Bruynooghe 1978, Murtagh 1983): both
 * methods are reducible, so any two clusters that are each other's nearest may be joined at once.
 * The first rounds work out every distance from the points and keep none, n² d time each; when
 * two fifths of the points are left as clusters, or few pairs are found, a matrix of the distances
 * between them takes over (ins-linkage-matrix.c): O(n²) time, 1.3 n² bytes usually and 8 n² at
 * worst, which are checked before they are taken.
 *
 * Equal points are joined first, at height 0 (differences whose squares underflow count as 0, but
 * only later).  Ties between clusters go to the lower one in an order shuffled once: in the data's
 * order a row of points at equal steps would give one pair a round.  NaN does not get here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-linkage-private.h"

#include <math.h>
#include <string.h>

#include "base/ins-random.h"
#include "num/ins-distances.h"

#define TILE INS_DISTANCES_TILE
#define ROWS 8          /* clusters per block */
#define FRUITFUL 8      /* pairs are at least 1 / FRUITFUL of the clusters */
#define KEPT 2.5        /* a matrix when as small a part of the places are clusters */
#define SHUFFLE_SEED 10 /* any */
#define CHUNK 512       /* numbers of which the least is sought at once */

/* ---- rounds ---- */

void
ins_linkage_round_merge (InsLinkageRound *round, gsize a, gsize b, double height)
{
  gint32 i = round->ids[a], j = round->ids[b];

  if (round->method == INS_LINKAGE_COMPLETE)
    height = sqrt (height);
  round->merges[round->n_merges++] = (InsMerge){ height, MIN (i, j), MAX (i, j) };
}

static inline gboolean
leads_pair (const InsLinkageRound *round, gsize i)
{
  return round->nearest[i] > i && round->nearest[round->nearest[i]] == i;
}

gboolean
ins_linkage_round_is_fruitful (const InsLinkageRound *round)
{
  gsize pairs = 0;

  for (gsize i = 0; i < round->n; i++)
    pairs += leads_pair (round, i);
  return pairs * FRUITFUL >= round->n;
}

void
ins_linkage_round_join (InsLinkageRound *round)
{
  gsize n_next = 0;

  for (gsize i = 0; i < round->n; i++)
    {
      guint32 j = round->nearest[i];
      gboolean leads = leads_pair (round, i);
      if (j < i && round->nearest[j] == i)
        continue;
      if (leads)
        ins_linkage_round_merge (round, i, j, round->least[i]);
      round->first[n_next] = (guint32)i;
      round->second[n_next++] = leads ? j : INS_LINKAGE_ALONE;
    }
  round->n_next = n_next;
  ins_run_advance (round->run, round->n - n_next);
}

void
ins_linkage_round_next (InsLinkageRound *round)
{
  g_autofree gint32 *ids = g_memdup2 (round->ids, round->n * sizeof (gint32));
  g_autofree double *sizes = g_memdup2 (round->sizes, round->n * sizeof (double));

  for (gsize i = 0; i < round->n_next; i++)
    {
      guint32 a = round->first[i], b = round->second[i];
      round->ids[i] = ids[a];
      round->sizes[i] = sizes[a] + (b != INS_LINKAGE_ALONE ? sizes[b] : 0);
    }
  round->n = round->n_next;
}

INS_ALWAYS_INLINE void
chunk_least_body (const double *row, const double *add, gsize n, double *least)
{
  double lanes[TILE];
  gsize i = 0;

  for (gsize l = 0; l < TILE; l++)
    lanes[l] = INFINITY;
  for (; i + TILE <= n; i += TILE)
    for (gsize l = 0; l < TILE; l++)
      {
        double value = row[i + l] + add[i + l];
        lanes[l] = value < lanes[l] ? value : lanes[l];
      }
  for (gsize l = 0; i + l < n; l++)
    {
      double value = row[i + l] + add[i + l];
      lanes[l] = value < lanes[l] ? value : lanes[l];
    }
  for (gsize width = TILE / 2; width > 0; width /= 2)
    for (gsize l = 0; l < width; l++)
      lanes[l] = lanes[l + width] < lanes[l] ? lanes[l + width] : lanes[l];
  *least = lanes[0];
}
INS_KERNEL (chunk_least, (const double *row, const double *add, gsize n, double *least),
            (row, add, n, least))

guint32
ins_linkage_least (const double *row, const double *add, gsize n, double *least)
{
  gsize from = 0;

  *least = INFINITY;
  for (gsize i = 0; i < n; i += CHUNK)
    {
      double here;
      chunk_least (row + i, add + i, MIN (CHUNK, n - i), &here);
      if (here < *least)
        {
          *least = here;
          from = i;
        }
    }
  while (from + 1 < n && row[from] + add[from] != *least)
    from++;
  return (guint32)from;
}

/* ---- distances from the points ---- */

/* Clusters are ordered by falling number of places, and the places lie in layers: layer l has the
 * (l + 1)-th place of every cluster that has so many, cluster by cluster.  So a layer is a run of
 * numbers that adds to the first clusters, one by one. */
typedef struct
{
  InsLinkageRound round;
  gsize d, n_places; /* different points */
  double *data;      /* layer after layer, column after column */
  double *weights;   /* by place: points there */
  guint32 *layers;   /* borders */
  gsize n_layers;
  double *shares;  /* by cluster: 1 / points */
  double *nothing; /* n_places zeros */
} Pairs;

/* What one point adds to the sums of @n clusters by a place of each. */
INS_ALWAYS_INLINE void
add_point_body (const double *data, gsize stride, gsize n, gsize d, const double *point,
                double weight, const double *weights, double *acc)
{
  double sums[TILE];

  for (gsize i = 0; i < n; i += TILE)
    {
      gsize m = MIN (TILE, n - i);
      memset (sums, 0, sizeof sums);
      if (m == TILE)
        ins_distances_tile (data + i, stride, TILE, d, point, weight, FALSE, sums);
      else
        ins_distances_tile (data + i, stride, m, d, point, weight, FALSE, sums);
      for (gsize l = 0; l < m; l++)
        acc[i + l] += weights[i + l] * sums[l];
    }
}
INS_KERNEL (add_point,
            (const double *data, gsize stride, gsize n, gsize d, const double *point, double weight,
             const double *weights, double *acc),
            (data, stride, n, d, point, weight, weights, acc))

/* The same for the largest squares. */
INS_ALWAYS_INLINE void
widen_by_point_body (const double *data, gsize stride, gsize n, gsize d, const double *point,
                     double *acc)
{
  gsize i = 0;

  for (; i + TILE <= n; i += TILE)
    ins_distances_tile (data + i, stride, TILE, d, point, 1, TRUE, acc + i);
  if (i < n)
    ins_distances_tile (data + i, stride, n - i, d, point, 1, TRUE, acc + i);
}
INS_KERNEL (widen_by_point,
            (const double *data, gsize stride, gsize n, gsize d, const double *point, double *acc),
            (data, stride, n, d, point, acc))

static inline gsize
layer_size (const Pairs *p, gsize layer)
{
  return p->layers[layer + 1] - p->layers[layer];
}

/* Sums of the weighted distances between the points of cluster @c and those of the first @n, or
 * the largest squares. */
static void
sum_distances (const Pairs *p, gsize c, gsize n, gboolean squares, double *out)
{
  g_autofree double *point = g_new (double, p->d);

  memset (out, 0, n * sizeof *out);
  for (gsize l = 0; l < p->n_layers && layer_size (p, l) > c; l++)
    {
      gsize place = p->layers[l] + c;
      for (gsize j = 0; j < p->d; j++)
        point[j] = p->data[j * p->n_places + place];
      for (gsize k = 0; k < p->n_layers; k++)
        {
          const double *layer = p->data + p->layers[k];
          gsize m = MIN (layer_size (p, k), n);
          if (squares)
            widen_by_point (layer, p->n_places, m, p->d, point, out);
          else
            add_point (layer, p->n_places, m, p->d, point, p->weights[place],
                       p->weights + p->layers[k], out);
        }
    }
}

static void
cluster_distances (gpointer data, gsize c, gsize n, double *out)
{
  const Pairs *p = data;
  gboolean complete = p->round.method == INS_LINKAGE_COMPLETE;

  sum_distances (p, c, n, complete, out);
  for (gsize e = 0; e < n && !complete; e++)
    out[e] *= p->shares[c] * p->shares[e];
}

static void
find_nearest (gsize begin, gsize end, gsize block, gpointer data)
{
  Pairs *p = data;
  InsLinkageRound *r = &p->round;
  gboolean places = r->n == p->n_places; /* squares are enough */
  g_autofree double *row = g_new (double, r->n);

  for (gsize c = begin; c < end && ins_run_tick (r->run); c++)
    {
      if (places)
        sum_distances (p, c, r->n, TRUE, row);
      else
        cluster_distances (p, c, r->n, row);
      row[c] = INFINITY;
      r->nearest[c] = ins_linkage_least (row, p->nothing, r->n, &r->least[c]);
      if (places && r->method == INS_LINKAGE_AVERAGE)
        r->least[c] = sqrt (r->least[c]);
    }
}

/* ---- to the next round ---- */

static gsize
count_places (const Pairs *p, guint32 cluster)
{
  gsize count = 0;

  if (cluster != INS_LINKAGE_ALONE)
    while (count < p->n_layers && layer_size (p, count) > cluster)
      count++;
  return count;
}

/* Orders the clusters that have been made by falling number of places.  Returns: the borders of
 * the layers they will have. */
static guint32 *
order_by_places (Pairs *p)
{
  InsLinkageRound *r = &p->round;
  gsize n = r->n_next, most = 2 * p->n_layers;
  g_autofree guint32 *first = g_memdup2 (r->first, n * sizeof (guint32));
  g_autofree guint32 *second = g_memdup2 (r->second, n * sizeof (guint32));
  g_autofree guint32 *more = g_new0 (guint32, most + 1); /* how many have more places than that */
  guint32 *layers = g_new0 (guint32, most + 1);

  for (gsize i = 0; i < n; i++)
    for (gsize l = count_places (p, first[i]) + count_places (p, second[i]); l-- > 0;)
      more[l]++;
  for (gsize l = 0; l < most; l++)
    layers[l + 1] = layers[l] + more[l];
  for (gsize i = 0; i < n; i++)
    {
      gsize count = count_places (p, first[i]) + count_places (p, second[i]);
      guint32 to = more[count]++; /* behind those that have more */
      r->first[to] = first[i];
      r->second[to] = second[i];
    }
  return layers;
}

/* Puts the places into the layers of the clusters that have been made. */
static void
regroup (Pairs *p)
{
  const InsLinkageRound *r = &p->round;
  g_autofree guint32 *layers = order_by_places (p);
  g_autofree double *data = g_new (double, p->n_places * p->d);
  g_autofree double *weights = g_new (double, p->n_places);
  gsize most = 2 * p->n_layers, n_layers = 0;

  for (gsize i = 0; i < r->n_next; i++)
    {
      guint32 parts[2] = { r->first[i], r->second[i] };
      gsize layer = 0;
      for (guint part = 0; part < 2; part++)
        for (gsize l = 0, count = count_places (p, parts[part]); l < count; l++, layer++)
          {
            gsize to = layers[layer] + i, from = p->layers[l] + parts[part];
            weights[to] = p->weights[from];
            for (gsize j = 0; j < p->d; j++)
              data[j * p->n_places + to] = p->data[j * p->n_places + from];
          }
    }
  while (n_layers < most && layers[n_layers + 1] > layers[n_layers])
    n_layers++;
  p->n_layers = n_layers;
  g_free (p->data);
  g_free (p->weights);
  g_free (p->layers);
  p->data = g_steal_pointer (&data);
  p->weights = g_steal_pointer (&weights);
  p->layers = g_steal_pointer (&layers);
}

/* Rounds without a matrix.  Returns: FALSE if cancelled. */
static gboolean
join_from_points (Pairs *p)
{
  InsLinkageRound *r = &p->round;

  while (r->n > 1 && r->n > p->n_places / KEPT)
    {
      if (!ins_run_parallel (r->run, r->n, ROWS, find_nearest, p))
        return FALSE;
      if (!ins_linkage_round_is_fruitful (r))
        break;
      ins_linkage_round_join (r);
      regroup (p);
      ins_linkage_round_next (r);
      for (gsize i = 0; i < r->n; i++)
        p->shares[i] = 1 / r->sizes[i];
    }
  return TRUE;
}

/* ---- preparation ---- */

static void
shuffle (guint32 *ids, gsize n)
{
  for (gsize i = n; i > 1; i--)
    {
      gsize other = ins_random_below (SHUFFLE_SEED, 0, i, (guint32)i);
      guint32 id = ids[i - 1];
      ids[i - 1] = ids[other];
      ids[other] = id;
    }
}

/* Every place is a cluster. */
static void
pairs_init (Pairs *p, const InsMatrix *x)
{
  g_autofree double *rows = ins_linkage_centred_rows (x);
  g_autofree guint32 *ids = g_new (guint32, x->rows);
  g_autofree double *sizes = g_new (double, x->rows);
  InsLinkageRound *r = &p->round;
  gsize n = ins_linkage_join_equal (rows, x->rows, x->cols, r->merges, ids, sizes, r->run);

  shuffle (ids, n);
  p->d = x->cols;
  p->n_places = r->n = n;
  r->n_merges = x->rows - n;
  r->sizes = g_new (double, n);
  r->ids = g_new (gint32, n);
  r->nearest = g_new (guint32, n);
  r->least = g_new (double, n);
  r->first = g_new (guint32, n);
  r->second = g_new (guint32, n);
  p->data = g_new (double, n * p->d);
  p->weights = g_new (double, n);
  p->layers = g_new0 (guint32, 2);
  p->layers[1] = (guint32)n;
  p->n_layers = 1;
  p->shares = g_new (double, n);
  p->nothing = g_new0 (double, n);
  for (gsize i = 0; i < n; i++)
    {
      r->ids[i] = (gint32)ids[i];
      r->sizes[i] = p->weights[i] = sizes[ids[i]];
      p->shares[i] = 1 / r->sizes[i];
      for (gsize j = 0; j < p->d; j++)
        p->data[j * n + i] = rows[ids[i] * p->d + j];
    }
  ins_run_advance (r->run, r->n_merges);
}

static void
pairs_clear (Pairs *p)
{
  g_free (p->round.sizes);
  g_free (p->round.ids);
  g_free (p->round.nearest);
  g_free (p->round.least);
  g_free (p->round.first);
  g_free (p->round.second);
  g_free (p->data);
  g_free (p->weights);
  g_free (p->layers);
  g_free (p->shares);
  g_free (p->nothing);
}

gboolean
ins_linkage_pairwise (const InsMatrix *x, InsLinkageMethod method, InsMerge *merges, InsRun *run,
                      GError **error)
{
  Pairs p = { .round = { .method = method, .merges = merges, .run = run } };
  gboolean done;

  pairs_init (&p, x);
  done = join_from_points (&p);
  if (!done)
    ins_run_check (run, error);
  else if (p.round.n > 1)
    done = ins_linkage_check_memory (ins_linkage_matrix_bytes (p.round.n), x->rows, method, error)
           && (ins_linkage_with_matrix (&p.round, cluster_distances, &p)
               || ins_run_check (run, error));
  pairs_clear (&p);
  return done;
}
