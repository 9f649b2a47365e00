/* ins-relation.c: results as tables with named columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "store/ins-relation.h"

#include <math.h>

#define NOT_SCALED G_MAXUINT32

/* Columns of "customers" after the features. */
enum
{
  CUSTOMER_X,
  CUSTOMER_Y,
  CUSTOMER_CLUSTER,
  CUSTOMER_CLUSTER_NAME,
  CUSTOMER_IS_INSIDER,
  CUSTOMER_SILHOUETTE,
  CUSTOMER_MEMBERSHIP,
  N_CUSTOMER
};

/* Columns of "clusters" before the features' means and medians. */
enum
{
  CLUSTER_NUMBER,
  CLUSTER_NAME,
  CLUSTER_NOTE,
  CLUSTER_IS_INSIDER,
  CLUSTER_CUSTOMERS,
  CLUSTER_SHARE_CUSTOMERS,
  CLUSTER_REVENUE,
  CLUSTER_SHARE_REVENUE,
  CLUSTER_SILHOUETTE,
  N_CLUSTER
};

typedef struct
{
  const char *name;
  InsCellType type;
} Column;

static const Column customer_columns[N_CUSTOMER] = {
  { "embedding_x", INS_CELL_REAL },   { "embedding_y", INS_CELL_REAL },
  { "cluster", INS_CELL_INTEGER },    { "cluster_name", INS_CELL_TEXT },
  { "is_insider", INS_CELL_INTEGER }, { "silhouette", INS_CELL_REAL },
  { "membership", INS_CELL_REAL },
};

static const Column cluster_columns[N_CLUSTER] = {
  { "cluster", INS_CELL_INTEGER },   { "cluster_name", INS_CELL_TEXT },
  { "note", INS_CELL_TEXT },         { "is_insider", INS_CELL_INTEGER },
  { "customers", INS_CELL_INTEGER }, { "share_customers", INS_CELL_REAL },
  { "revenue", INS_CELL_REAL },      { "share_revenue", INS_CELL_REAL },
  { "silhouette", INS_CELL_REAL },
};

static const Column waterfall_columns[] = {
  { "position", INS_CELL_INTEGER }, { "rule", INS_CELL_TEXT },         { "title", INS_CELL_TEXT },
  { "lines", INS_CELL_INTEGER },    { "customers", INS_CELL_INTEGER }, { "revenue", INS_CELL_REAL },
};

static const Column sweep_columns[] = {
  { "model", INS_CELL_TEXT },
  { "k", INS_CELL_INTEGER },
  { "silhouette", INS_CELL_REAL },
  { "silhouette_picture", INS_CELL_REAL },
  { "calinski_harabasz", INS_CELL_REAL },
  { "davies_bouldin", INS_CELL_REAL },
  { "within", INS_CELL_REAL },
  { "smallest_share", INS_CELL_REAL },
  { "top_share", INS_CELL_REAL },
  { "allowed", INS_CELL_INTEGER },
  { "best", INS_CELL_INTEGER },
};

static const Column rejected_columns[] = {
  { "line", INS_CELL_INTEGER }, { "column", INS_CELL_TEXT }, { "reason", INS_CELL_TEXT },
  { "amount", INS_CELL_REAL },  { "text", INS_CELL_TEXT },
};

/* ---- making ---- */

static void
add_column (InsRelation *relation, GPtrArray *names, GArray *types, const char *name,
            InsCellType type)
{
  g_ptr_array_add (names, g_strdup (name));
  g_array_append_val (types, type);
}

static void
add_columns (InsRelation *relation, GPtrArray *names, GArray *types, const Column *columns, gsize n)
{
  for (gsize i = 0; i < n; i++)
    add_column (relation, names, types, columns[i].name, columns[i].type);
}

static void
add_customer_id (InsRelation *relation, GPtrArray *names, GArray *types)
{
  add_column (relation, names, types, "customer_id",
              relation->results->features->ids_are_numbers ? INS_CELL_INTEGER : INS_CELL_TEXT);
}

static void
add_features (InsRelation *relation, GPtrArray *names, GArray *types)
{
  const InsFeatures *features = relation->results->features;

  for (gsize i = 0; i < features->n_features; i++)
    add_column (relation, names, types, features->infos[i].name,
                features->infos[i].type == INS_FEATURE_TEXT ? INS_CELL_TEXT : INS_CELL_REAL);
}

static void
find_scaled_rows (InsRelation *relation)
{
  const InsFeatures *features = relation->results->features;
  const InsScaled *scaled = relation->results->scaled;

  relation->scaled_row = g_new (guint32, features->n);
  for (gsize i = 0; i < features->n; i++)
    relation->scaled_row[i] = NOT_SCALED;
  for (gsize i = 0; scaled != NULL && i < scaled->n; i++)
    relation->scaled_row[scaled->rows[i]] = (guint32)i;
}

static void
add_embedding (InsRelation *relation, GPtrArray *names, GArray *types)
{
  const InsMatrix *scores = relation->results->embedding->scores;

  for (gsize i = 0; i < scores->cols; i++)
    {
      g_autofree char *name = i < 2 ? g_strdup (i == 0 ? "embedding_x" : "embedding_y")
                                    : g_strdup_printf ("embedding_%" G_GSIZE_FORMAT, i + 1);
      add_column (relation, names, types, name, INS_CELL_REAL);
    }
}

static void
add_profile (InsRelation *relation, GPtrArray *names, GArray *types)
{
  const InsFeatures *features = relation->results->features;
  const InsProfile *profile = relation->results->profile;

  for (gsize i = 0; i < 2 * profile->n_features; i++)
    {
      g_autofree char *name = g_strconcat (i % 2 == 0 ? "mean_" : "median_",
                                           features->infos[profile->features[i / 2]].name, NULL);
      add_column (relation, names, types, name, INS_CELL_REAL);
    }
}

static void
describe (InsRelation *relation, GPtrArray *names, GArray *types)
{
  const InsResults *results = relation->results;

  switch (relation->kind)
    {
    case INS_RELATION_CUSTOMERS:
      add_customer_id (relation, names, types);
      add_features (relation, names, types);
      add_columns (relation, names, types, customer_columns, N_CUSTOMER);
      find_scaled_rows (relation);
      relation->n_rows = results->features->n;
      break;
    case INS_RELATION_FEATURES:
      add_customer_id (relation, names, types);
      add_features (relation, names, types);
      relation->n_rows = results->features->n;
      break;
    case INS_RELATION_EMBEDDING:
      add_customer_id (relation, names, types);
      add_embedding (relation, names, types);
      relation->n_rows = results->scaled->n;
      break;
    case INS_RELATION_CLUSTERS:
      add_columns (relation, names, types, cluster_columns, N_CLUSTER);
      add_profile (relation, names, types);
      relation->n_rows = results->profile->k;
      break;
    case INS_RELATION_WATERFALL:
      add_columns (relation, names, types, waterfall_columns, G_N_ELEMENTS (waterfall_columns));
      relation->n_rows = ins_results_get_waterfall (results)->len;
      break;
    case INS_RELATION_SWEEP:
      add_columns (relation, names, types, sweep_columns, G_N_ELEMENTS (sweep_columns));
      relation->n_rows = results->sweep->n_rows;
      break;
    case INS_RELATION_REJECTED:
      add_columns (relation, names, types, rejected_columns, G_N_ELEMENTS (rejected_columns));
      relation->n_rows = results->import->rejected->len;
      break;
    case INS_N_RELATIONS:
    default:
      g_assert_not_reached ();
    }
}

gboolean
ins_relation_is_available (InsRelationKind kind, const InsResults *results)
{
  gboolean available = FALSE;

  g_return_val_if_fail (results != NULL, FALSE);

  switch (kind)
    {
    case INS_RELATION_CUSTOMERS:
    case INS_RELATION_FEATURES:
      available = results->features != NULL;
      break;
    case INS_RELATION_EMBEDDING:
      available =
          results->features != NULL && results->scaled != NULL && results->embedding != NULL;
      break;
    case INS_RELATION_CLUSTERS:
      available =
          results->features != NULL && results->clustering != NULL && results->profile != NULL;
      break;
    case INS_RELATION_WATERFALL:
      available = ins_results_get_waterfall (results) != NULL;
      break;
    case INS_RELATION_SWEEP:
      available = results->sweep != NULL;
      break;
    case INS_RELATION_REJECTED:
      available = results->import != NULL && results->import->rejected != NULL;
      break;
    case INS_N_RELATIONS:
    default:
      break;
    }
  return available;
}

InsRelation *
ins_relation_new (InsRelationKind kind, const InsResults *results, const InsIdentity *identities)
{
  InsRelation *relation;
  GPtrArray *names;
  GArray *types;

  g_return_val_if_fail (ins_relation_is_available (kind, results), NULL);

  relation = g_new0 (InsRelation, 1);
  relation->kind = kind;
  relation->results = results;
  relation->identities = identities;
  names = g_ptr_array_new ();
  types = g_array_new (FALSE, FALSE, sizeof (InsCellType));
  describe (relation, names, types);
  relation->n_columns = names->len;
  g_ptr_array_add (names, NULL);
  relation->names = (char **)g_ptr_array_free (names, FALSE);
  relation->types = (InsCellType *)(void *)g_array_free (types, FALSE);
  return relation;
}

void
ins_relation_free (InsRelation *relation)
{
  if (relation == NULL)
    return;
  g_strfreev (relation->names);
  g_free (relation->types);
  g_free (relation->scaled_row);
  g_free (relation);
}

gboolean
ins_relation_is_own_column (const InsRelation *relation, gsize column)
{
  gboolean own = TRUE;

  g_return_val_if_fail (relation != NULL, FALSE);

  switch (relation->kind)
    {
    case INS_RELATION_CUSTOMERS:
      own = column == 0 || column + N_CUSTOMER >= relation->n_columns;
      break;
    case INS_RELATION_FEATURES:
      own = column == 0;
      break;
    case INS_RELATION_CLUSTERS:
      own = column < N_CLUSTER;
      break;
    case INS_RELATION_EMBEDDING:
    case INS_RELATION_WATERFALL:
    case INS_RELATION_SWEEP:
    case INS_RELATION_REJECTED:
    case INS_N_RELATIONS:
    default:
      break;
    }
  return own;
}

/* ---- cells ---- */

static void
set_text (InsCell *cell, const char *text)
{
  cell->type = text != NULL ? INS_CELL_TEXT : INS_CELL_NULL;
  cell->text = text;
}

static void
set_integer (InsCell *cell, gint64 value)
{
  cell->type = INS_CELL_INTEGER;
  cell->integer = value;
}

static void
set_real (InsCell *cell, double value)
{
  cell->type = isnan (value) ? INS_CELL_NULL : INS_CELL_REAL;
  cell->real = value;
}

static void
get_feature (const InsRelation *relation, gsize row, gsize column, InsCell *cell)
{
  const InsFeatures *features = relation->results->features;

  if (column == 0 && features->ids_are_numbers)
    set_integer (cell, g_ascii_strtoll (features->ids[row], NULL, 10));
  else if (column == 0)
    set_text (cell, features->ids[row]);
  else if (features->infos[column - 1].type == INS_FEATURE_TEXT)
    {
      double word = ins_matrix_get (features->values, row, column - 1);
      set_text (cell, isnan (word) ? NULL : features->words[column - 1][(gsize)word]);
    }
  else
    set_real (cell, ins_matrix_get (features->values, row, column - 1));
}

static void
get_customer (const InsRelation *relation, gsize row, gsize column, InsCell *cell)
{
  const InsEmbedding *embedding = relation->results->embedding;
  const InsClustering *clustering = relation->results->clustering;
  const InsIdentity *identities = relation->identities;
  guint32 scaled = relation->scaled_row[row];
  gint32 label;

  cell->type = INS_CELL_NULL;
  if (column == CUSTOMER_IS_INSIDER && clustering != NULL)
    set_integer (cell, 0);
  if (scaled == NOT_SCALED)
    return;
  if (column == CUSTOMER_X || column == CUSTOMER_Y)
    {
      if (embedding != NULL)
        set_real (cell, ins_matrix_get (embedding->scores, scaled, column));
      return;
    }
  if (clustering == NULL)
    return;
  label = clustering->labels[scaled];
  if (column == CUSTOMER_CLUSTER)
    set_integer (cell, label);
  else if (column == CUSTOMER_CLUSTER_NAME && identities != NULL && label >= 0)
    set_text (cell, identities[label].name);
  else if (column == CUSTOMER_IS_INSIDER && identities != NULL && label >= 0)
    set_integer (cell, identities[label].is_insider ? 1 : 0);
  else if (column == CUSTOMER_SILHOUETTE && clustering->silhouettes != NULL)
    set_real (cell, clustering->silhouettes[scaled]);
  else if (column == CUSTOMER_MEMBERSHIP && clustering->membership != NULL)
    set_real (cell, clustering->membership[scaled]);
}

static double
mean_silhouette (const InsClustering *clustering, gsize cluster)
{
  double sum = 0;
  gsize n = 0;

  for (gsize i = 0; clustering->silhouettes != NULL && i < clustering->n; i++)
    if (clustering->labels[i] == (gint32)cluster && !isnan (clustering->silhouettes[i]))
      {
        sum += clustering->silhouettes[i];
        n++;
      }
  return n > 0 ? sum / (double)n : NAN;
}

static void
get_cluster (const InsRelation *relation, gsize row, gsize column, InsCell *cell)
{
  const InsProfile *profile = relation->results->profile;
  const InsIdentity *identity = relation->identities ? &relation->identities[row] : NULL;

  switch (column)
    {
    case CLUSTER_NUMBER:
      set_integer (cell, (gint64)row);
      break;
    case CLUSTER_NAME:
      set_text (cell, identity ? identity->name : NULL);
      break;
    case CLUSTER_NOTE:
      set_text (cell, identity ? identity->note : NULL);
      break;
    case CLUSTER_IS_INSIDER:
      set_integer (cell, identity != NULL && identity->is_insider ? 1 : 0);
      break;
    case CLUSTER_CUSTOMERS:
      set_integer (cell, (gint64)profile->customers[row]);
      break;
    case CLUSTER_SHARE_CUSTOMERS:
      set_real (cell, profile->share_customers[row]);
      break;
    case CLUSTER_REVENUE:
      set_real (cell, profile->revenue[row]);
      break;
    case CLUSTER_SHARE_REVENUE:
      set_real (cell, profile->share_revenue[row]);
      break;
    case CLUSTER_SILHOUETTE:
      set_real (cell, mean_silhouette (relation->results->clustering, row));
      break;
    default:
      column -= N_CLUSTER;
      set_real (cell, ins_matrix_get (column % 2 == 0 ? profile->mean : profile->median, row,
                                      column / 2));
      break;
    }
}

static void
get_waterfall (const InsRelation *relation, gsize row, gsize column, InsCell *cell)
{
  GPtrArray *bars = ins_results_get_waterfall (relation->results);
  const InsWaterfallBar *bar = g_ptr_array_index (bars, row);

  if (column == 0)
    set_integer (cell, (gint64)row + 1);
  else if (column == 1)
    set_text (cell, bar->rule);
  else if (column == 2)
    set_text (cell, ins_waterfall_bar_get_title (bar));
  else if (column == 3)
    set_integer (cell, (gint64)bar->lines);
  else if (column == 4)
    set_integer (cell, (gint64)bar->customers);
  else
    set_real (cell, bar->revenue);
}

static void
get_sweep (const InsRelation *relation, gsize row, gsize column, InsCell *cell)
{
  const InsSweepRow *line = &relation->results->sweep->rows[row];
  const double reals[] = { line->metrics.silhouette,
                           line->metrics.silhouette_picture,
                           line->metrics.calinski_harabasz,
                           line->metrics.davies_bouldin,
                           line->metrics.within,
                           line->smallest_share,
                           line->top_share };

  if (column == 0)
    set_text (cell, line->model);
  else if (column == 1)
    set_integer (cell, (gint64)line->k);
  else if (column < 2 + G_N_ELEMENTS (reals))
    set_real (cell, reals[column - 2]);
  else
    set_integer (cell, (column == 9 ? line->allowed : line->best) ? 1 : 0);
}

static void
get_rejected (const InsRelation *relation, gsize row, gsize column, InsCell *cell)
{
  const InsRejected *line = g_ptr_array_index (relation->results->import->rejected, row);

  if (column == 0)
    set_integer (cell, (gint64)line->line);
  else if (column == 3)
    set_real (cell, line->amount);
  else
    set_text (cell, column == 1 ? line->column : column == 2 ? line->reason : line->text);
}

void
ins_relation_get (const InsRelation *relation, gsize row, gsize column, InsCell *cell)
{
  const InsResults *results;

  g_return_if_fail (relation != NULL && cell != NULL);
  g_return_if_fail (row < relation->n_rows && column < relation->n_columns);

  results = relation->results;
  switch (relation->kind)
    {
    case INS_RELATION_CUSTOMERS:
      if (column <= results->features->n_features)
        get_feature (relation, row, column, cell);
      else
        get_customer (relation, row, column - 1 - results->features->n_features, cell);
      break;
    case INS_RELATION_FEATURES:
      get_feature (relation, row, column, cell);
      break;
    case INS_RELATION_EMBEDDING:
      if (column == 0)
        get_feature (relation, results->scaled->rows[row], 0, cell);
      else
        set_real (cell, ins_matrix_get (results->embedding->scores, row, column - 1));
      break;
    case INS_RELATION_CLUSTERS:
      get_cluster (relation, row, column, cell);
      break;
    case INS_RELATION_WATERFALL:
      get_waterfall (relation, row, column, cell);
      break;
    case INS_RELATION_SWEEP:
      get_sweep (relation, row, column, cell);
      break;
    case INS_RELATION_REJECTED:
      get_rejected (relation, row, column, cell);
      break;
    case INS_N_RELATIONS:
    default:
      g_assert_not_reached ();
    }
}
