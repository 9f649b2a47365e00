/* ins-figures-private.h: the figures and what they share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-format.h"
#include "report/ins-figures.h"

G_BEGIN_DECLS

/* ins-figures.c: names and colours of the @k clusters; free with ins_figure_groups_free(). */
InsChartGroup *ins_figure_groups (const InsFigureInput *input, gsize k);
void ins_figure_groups_free (InsChartGroup *groups, gsize k);
/* @title; @what · run: takes both texts.  Returns @chart. */
InsChart *ins_figure_finish (InsChart *chart, const InsFigureInput *input, char *title, char *what);
/* "2,968 customers".  (transfer full) */
char *ins_figure_customers (gsize n);
/* Ids of the customers the models see; free the array, not the texts.  NULL without features. */
const char **ins_figure_ids (const InsFigureInput *input);

/* ins-figures-model.c */
gboolean ins_figure_has_scatter (const InsFigureInput *input);
InsChart *ins_figure_scatter (const InsFigureInput *input);
gboolean ins_figure_has_silhouette (const InsFigureInput *input);
InsChart *ins_figure_silhouette (const InsFigureInput *input);
gboolean ins_figure_has_dendrogram (const InsFigureInput *input);
InsChart *ins_figure_dendrogram (const InsFigureInput *input);
gboolean ins_figure_has_scree (const InsFigureInput *input);
InsChart *ins_figure_scree (const InsFigureInput *input);
gboolean ins_figure_has_biplot (const InsFigureInput *input);
InsChart *ins_figure_biplot (const InsFigureInput *input);

/* ins-figures-sweep.c */
gboolean ins_figure_has_elbow (const InsFigureInput *input);
InsChart *ins_figure_elbow (const InsFigureInput *input);
gboolean ins_figure_has_sweep (const InsFigureInput *input);
InsChart *ins_figure_silhouette_k (const InsFigureInput *input);
InsChart *ins_figure_choose_k (const InsFigureInput *input);

/* ins-figures-data.c */
gboolean ins_figure_has_months (const InsFigureInput *input);
InsChart *ins_figure_months (const InsFigureInput *input);
gboolean ins_figure_has_waterfall (const InsFigureInput *input);
InsChart *ins_figure_waterfall (const InsFigureInput *input);
gboolean ins_figure_has_histogram (const InsFigureInput *input);
InsChart *ins_figure_histogram (const InsFigureInput *input);

/* Whether a feature needs a logarithmic axis: hardly any below 0, and a long tail. */
gboolean ins_figure_is_heavy (const double *values, gsize n);

/* ins-figures-features.c */
gboolean ins_figure_has_box (const InsFigureInput *input);
InsChart *ins_figure_box (const InsFigureInput *input);
gboolean ins_figure_has_pairs (const InsFigureInput *input);
InsChart *ins_figure_pairs (const InsFigureInput *input);
gboolean ins_figure_has_correlation (const InsFigureInput *input);
InsChart *ins_figure_correlation (const InsFigureInput *input);

/* ins-figures-profile.c */
/* Customers, their share and share of revenue (NaN without) of all clusters that are Insiders.
 * FALSE if there are none. */
gboolean ins_figure_insiders (const InsFigureInput *input, gsize *customers, double *share,
                              double *revenue_share);
gboolean ins_figure_has_profile (const InsFigureInput *input);
InsChart *ins_figure_bars (const InsFigureInput *input);
InsChart *ins_figure_profile (const InsFigureInput *input);

G_END_DECLS
