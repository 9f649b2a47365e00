/* ins-results.h: the stages of an analysis and what each of them yields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-features.h"
#include "data/ins-import.h"
#include "num/ins-linkage.h"
#include "num/ins-scale.h"

G_BEGIN_DECLS

/* In the order they run; each has exactly one step and yields one artifact. */
typedef enum
{
  INS_STAGE_DATA,
  INS_STAGE_FILTER,
  INS_STAGE_FEATURES,
  INS_STAGE_PREPARE,
  INS_STAGE_EMBED,
  INS_STAGE_CLUSTER,
  INS_STAGE_SWEEP,
  INS_STAGE_PROFILE,
  INS_N_STAGES
} InsStage;

const char *ins_stage_to_text (InsStage stage); /* "data", "filter", … stable, for files */

/**
 * InsScaled: the customers and features the models see
 * @n: customers; @rows: their rows in InsFeatures (ascending)
 * @d: features used; @columns: their columns in InsFeatures; @names: (owned) their names
 * @scalings: d
 * @fills: d: what a missing value became before scaling; NaN = customers without it are left out
 * @x: n × d
 * @bars: (element-type InsWaterfallBar): the features' bars, and "missing" if customers left here
 */
typedef struct
{
  InsArtifact artifact;
  gsize n;
  guint32 *rows;
  gsize d;
  guint32 *columns;
  char **names;
  InsScaling *scalings;
  double *fills;
  InsMatrix *x;
  GPtrArray *bars;
} InsScaled;

/**
 * InsEmbedding: the picture
 * @method: id of the step that made it: "pca"
 * @scores: n × c, c ≥ 2: the first two columns are the plane
 * @mean: (nullable): d, of the scaled features; what a new customer's scores are counted from
 * @loadings: (nullable): d × c
 * @variance, @ratio: (nullable): c
 * @axes_mean_something: whether axis numbers may be shown (PCA) or not (UMAP)
 */
typedef struct
{
  InsArtifact artifact;
  char *method;
  InsMatrix *scores;
  double *mean;
  InsMatrix *loadings;
  double *variance;
  double *ratio;
  gboolean axes_mean_something;
} InsEmbedding;

/* How good a partition is.  @silhouette is always in the scaled features, @silhouette_picture in
 * the plane; NaN where it does not exist. */
typedef struct
{
  double silhouette;
  double silhouette_picture;
  double calinski_harabasz;
  double davies_bouldin;
  double within; /* within-cluster sum of squares, in the model's space */
} InsMetrics;

/* How the number of clusters was found. */
typedef enum
{
  INS_CHOICE_GIVEN,   /* it was asked for */
  INS_CHOICE_BEST,    /* the best silhouette of those that keep the business limits */
  INS_CHOICE_LARGEST, /* none keeps them */
  INS_CHOICE_DISTINCT /* more were asked for than customers differ */
} InsChoiceKind;

/* @from, @to: the numbers tried; the limits in per cent of the customers, as asked for. */
typedef struct
{
  InsChoiceKind kind;
  guint32 from, to;
  double smallest_share;
  double top_share;
} InsChoice;

/**
 * InsClustering: one partition
 * @model: id of the step
 * @fitted_on: name of the file the model was fitted on
 * @fitted_key: (nullable): key of the clustering that was fitted, if this one only applies its
 *   model to other customers; the numbers of the clusters are that one's, and some may be empty
 * @n: customers (InsScaled's); @k: clusters
 * @labels: 0 … k - 1 by falling mean of the value feature; -1 = noise
 * @sizes: k
 * @silhouettes: n, in the scaled features; @silhouettes_picture: n, in the plane
 * @membership: (nullable): n, certainty of the label where the model has one
 * @centres: k × d means in the scaled features, when the model was fitted
 * @prototypes: (nullable): k points of the model's space, of which the label is the nearest; a new
 *   customer's is as well.  Without them that is the nearest mean
 * @space_is_picture: whether the model worked in the plane
 * @tree: (nullable): dendrogram of a hierarchical model
 * @choice: how k was found
 */
typedef struct
{
  InsArtifact artifact;
  char *model;
  char *fitted_on;
  char *fitted_key;
  gsize n;
  gsize k;
  gint32 *labels;
  gsize *sizes;
  double *silhouettes;
  double *silhouettes_picture;
  double *membership;
  InsMatrix *centres;
  InsMatrix *prototypes;
  gboolean space_is_picture;
  InsLinkage *tree;
  InsChoice choice;
  InsMetrics metrics;
} InsClustering;

/* One row of the table model × k.  @allowed: whether the business limits are kept; @best: best
 * silhouette of its model (in the model's space); @labels, @silhouettes: n and @prototypes as in
 * InsClustering, the latter not in a sweep that was saved. */
typedef struct
{
  char *model;
  gsize k;
  InsMetrics metrics;
  double smallest_share; /* of customers, of the smallest cluster */
  double top_share;      /* of customers, of the most valuable cluster */
  gboolean allowed;
  gboolean best;
  gint32 *labels;
  double *silhouettes;
  InsMatrix *prototypes;
} InsSweepRow;

/**
 * InsSweep: the table model × k
 * @rows: @n_rows, by model, then k
 * @n: customers
 * @knees: per model (in order of appearance) the k at the elbow's knee, 0 = none
 */
typedef struct
{
  InsArtifact artifact;
  gsize n;
  gsize n_rows;
  InsSweepRow *rows;
  gsize n_models;
  char **models;
  gsize *knees;
} InsSweep;

/**
 * InsProfile: what each cluster is like
 * @k: clusters
 * @customers: k; @share_customers, @revenue, @share_revenue: k (NaN without revenue)
 * @features: @n_features columns of InsFeatures described (every number feature)
 * @mean, @median: (k + 1) × n_features, the last row is the base of all customers
 * @ratio: k × n_features: mean / the base's mean
 */
typedef struct
{
  InsArtifact artifact;
  gsize k;
  gsize n_features;
  guint32 *features;
  gsize *customers;
  double *share_customers;
  double *revenue;
  double *share_revenue;
  InsMatrix *mean;
  InsMatrix *median;
  InsMatrix *ratio;
} InsProfile;

extern const InsArtifactType ins_scaled_type;
extern const InsArtifactType ins_embedding_type;
extern const InsArtifactType ins_clustering_type;
extern const InsArtifactType ins_sweep_type;
extern const InsArtifactType ins_profile_type;

/* The type with that kind, for reading project files.  Returns: (nullable) */
const InsArtifactType *ins_artifact_type_for_stage (InsStage stage);

/**
 * InsResults: one artifact per stage, or NULL
 */
typedef union
{
  InsArtifact *stage[INS_N_STAGES];
  struct
  {
    InsImport *import;
    InsFiltered *filtered;
    InsFeatures *features;
    InsScaled *scaled;
    InsEmbedding *embedding;
    InsClustering *clustering;
    InsSweep *sweep;
    InsProfile *profile;
  };
} InsResults;

void ins_results_clear (InsResults *results);
void ins_results_copy (InsResults *to, const InsResults *from); /* takes references */
/* Whether the artifacts that are there fit each other (rows against customers, columns against
 * features): what a hostile project file may have wrong although each part is sound. */
gboolean ins_results_fit (const InsResults *results);
/* The same, and none is there without those that its rows are counted in. */
gboolean ins_results_are_consistent (const InsResults *results);
/* The same for a fitted model: what prepare, embed and cluster left behind, without the features it
 * was made from; all three must be there. */
gboolean ins_results_are_model (const InsResults *results);
/* The longest waterfall there is: prepare's, else features', else the filter's.
 * Returns: (nullable) (transfer none) (element-type InsWaterfallBar) */
GPtrArray *ins_results_get_waterfall (const InsResults *results);

/* One line for under the chart: "PCA: 71 % of the variance is in this plane".
 * Returns: (transfer full) */
char *ins_embedding_describe (const InsEmbedding *embedding);
/* For people: "K-Means, 7 clusters, in the scaled features".  Returns: (transfer full) */
char *ins_clustering_describe (const InsClustering *clustering);
/* How k was found, in a sentence.  Returns: (transfer full) (nullable): NULL if it was given */
char *ins_clustering_describe_choice (const InsClustering *clustering);
/* Key of the clustering whose model this is: its own, or that of the one it was applied from.
 * Returns: (nullable) (transfer none) */
const char *ins_clustering_get_origin (const InsClustering *clustering);

/* Fingerprint of a result, the same on every run and for any number of threads: SHA-256 over
 * customer ids, names of features used, scaled values, labels, embedding and silhouettes as
 * little-endian doubles / int64, ordered by id.  Returns: (nullable) (transfer full) hexadecimal,
 * NULL before there is a clustering. */
char *ins_results_sha256 (const InsResults *results);

G_END_DECLS
