/* ins-figures.h: which figures there are: one list for window, command line and report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart.h"
#include "pipeline/ins-identity.h"

G_BEGIN_DECLS

/**
 * InsFigureInput: what a figure is made from
 * @identities: (nullable): names of results.clustering's clusters
 * @feature: (nullable): for histogram and bars: a feature's name
 * @k: for silhouette: 0 = the clustering shown, else that row of the sweep
 * @truncate, @scale: for the dendrogram
 * @measure: (nullable): waterfall: "lines" (default), "customers", "revenue"; correlation:
 * "pearson" (default), "spearman"
 * @run_id: (nullable): named in the subtitle
 * @run: (nullable): cancels what takes long; the chart is then of no use
 */
typedef struct
{
  const InsResults *results;
  const InsIdentity *identities;
  const char *feature;
  gsize k;
  gsize truncate;
  InsHeightScale scale;
  const char *measure;
  const char *currency;
  const char *run_id;
  InsRun *run;
} InsFigureInput;

/**
 * InsFigure:
 * @name: as on the command line: "months", "waterfall", "histogram", "correlation", "scree",
 *   "scatter", "biplot", "silhouette", "dendrogram", "elbow", "silhouette-k", "choose-k", "bars",
 *   "profile", "box", "pairs"
 * @title: for people, marked with N_()
 * @stages: bit mask of the stages whose results it needs
 */
typedef struct
{
  const char *name;
  const char *title;
  guint stages;
  gboolean (*is_available) (const InsFigureInput *input);
  InsChart *(*create) (const InsFigureInput *input);
} InsFigure;

const InsFigure *ins_figures_list (gsize *n);
/* INS_ERROR_USAGE: unknown name (lists them), or not there yet (says what to run). */
InsChart *ins_figure_create (const char *name, const InsFigureInput *input, GError **error);

G_END_DECLS
