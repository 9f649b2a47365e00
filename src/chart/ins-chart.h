/* ins-chart.h: a chart, drawn once for screen, PNG, SVG and PDF
 *
 * A chart is made from arrays (copied), laid out for a size and a theme, drawn on any cairo
 * context, asked what lies under a point, and described in words.  Points (1/72 inch at 100 %) as
 * unit, doubles only, colours only from the theme.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-theme.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InsChart InsChart;

/* One group of customers (cluster) as charts show it. */
typedef struct
{
  const char *name;
  int colour; /* as in ins_theme_cluster() */
  int shape;  /* marker, 0 … 7 */
} InsChartGroup;

/**
 * InsChartHit: what lies under the pointer or the keyboard cursor
 * @item: the mark's number in the chart's own order: row of a scatter's or silhouette's point, k of
 *   a line's point, bar, merge (n - 1 …) or leaf of a dendrogram; -1 = nothing
 * @group: its group or -1
 * @x, @y, @width, @height: the mark's box, for a popover
 * @handle: whether it is something to drag (the cut line)
 * @value: the chart's number there (height of the cut, k …)
 */
typedef struct
{
  int item;
  int group;
  double x, y, width, height;
  gboolean handle;
  double value;
} InsChartHit;

/**
 * InsChartState: what the second pass shows above the chart
 * @selected: (nullable): n_rows bytes, 1 = selected customer; n_rows as in the chart's data
 * @hover: item under the pointer or -1
 * @hover_group: group to lift out (others are dimmed) or -1
 * @rubber: rectangle being drawn, if @rubber_on
 * @cut: dendrogram: height of the cut line while it is dragged, NaN = as in the data
 */
typedef struct
{
  const guint8 *selected;
  gsize n_rows;
  int hover;
  int hover_group;
  gboolean rubber_on;
  double rubber_x0, rubber_y0, rubber_x1, rubber_y1;
  double cut;
} InsChartState;

InsChart *ins_chart_ref (InsChart *chart);
void ins_chart_unref (InsChart *chart);

/* @title: the finding; @subtitle: what is plotted, for whom, from which run.  Both nullable. */
void ins_chart_set_titles (InsChart *chart, const char *title, const char *subtitle);
const char *ins_chart_get_title (InsChart *chart);
/* Sign of the money, before the number; "" = none. */
void ins_chart_set_currency (InsChart *chart, const char *currency);

/* Must come before draw, hit and pick; again when size or theme change.  @pango: for fonts. */
void ins_chart_layout (InsChart *chart, PangoContext *pango, double width, double height,
                       const InsTheme *theme);
void ins_chart_draw (InsChart *chart, cairo_t *cr);
void ins_chart_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state);
gboolean ins_chart_hit (InsChart *chart, double x, double y, InsChartHit *hit);
/* Where an item is, for keyboard cursors.  FALSE if there is no such item. */
gboolean ins_chart_locate (InsChart *chart, int item, InsChartHit *hit);
/* The chart's number at a place, whatever lies there: the height a dragged cut line would have.
 * NaN for charts without anything to drag. */
double ins_chart_get_value_at (InsChart *chart, double x, double y);
/* Next item from @item in a direction (GtkDirectionType-like: dx, dy in -1 … 1); -1 = the first. */
int ins_chart_move (InsChart *chart, int item, int dx, int dy);
/* Rows (customers) inside a rectangle, for rubber bands.  Returns: (transfer full)
 * (element-type guint32) */
GArray *ins_chart_pick (InsChart *chart, double x0, double y0, double x1, double y1);
/* Rows (customers) that belong to an item: a point, a knife's line, a branch.  (transfer full) */
GArray *ins_chart_get_rows (InsChart *chart, int item);
/* One sentence for tooltips: "Customer 14646: silhouette 0.61 in Insiders".  (nullable)
 * (transfer full) */
char *ins_chart_describe_item (InsChart *chart, int item);
/* What the picture shows, in words, for screen readers and alt texts.  (transfer full) */
char *ins_chart_describe (InsChart *chart);
/* The numbers behind the picture as CSV text with a header.  (transfer full) */
char *ins_chart_to_csv (InsChart *chart);

/* --- kinds; arrays are copied; groups' names too --- */

/**
 * InsScatterData:
 * @x, @y: n; @group: n, index into groups, -1 = noise
 * @size: (nullable): n, 0 … 1: relative marker area
 * @ids: (nullable): n texts for tooltips
 * @x_title, @y_title: axis titles
 * @show_numbers: whether the axes have numbers (else "axes have no meaning" is written)
 */
typedef struct
{
  gsize n;
  const double *x, *y;
  const gint32 *group;
  const double *size;
  const char *const *ids;
  gsize n_groups;
  const InsChartGroup *groups;
  const char *x_title, *y_title;
  gboolean show_numbers;
} InsScatterData;

InsChart *ins_scatter_chart_new (const InsScatterData *data);

/* A biplot: @n features as arrows from the origin, all on one scale that suits the page.  @x, @y:
 * their loadings.  Items from the number of points on are the arrows.  Before layout. */
void ins_scatter_chart_set_arrows (InsChart *chart, const char *const *names, const double *x,
                                   const double *y, gsize n);

/**
 * InsLinePanel: one panel of small multiples on a shared x axis
 * @title: index's name; @y: n values (NaN = none); @series: (nullable) name of the line
 * @marked: position to mark and label with its value (knee, best), -1 = none; @mark_text: "knee"
 */
typedef struct
{
  const char *title;
  const char *series;
  const double *y;
  int marked;
  const char *mark_text;
  gboolean less_is_better;
} InsLinePanel;

/* @x: n, shared; @chosen: x of the vertical line through all panels, NaN = none.  Items are
 * positions 0 … n - 1. */
InsChart *ins_line_chart_new (const double *x, gsize n, const char *x_title,
                              const InsLinePanel *panels, gsize n_panels, double chosen);

/* One knife per group, sorted, labelled by name, mean and size; @values: n silhouettes (NaN =
 * noise, left out); @group: n. */
InsChart *ins_silhouette_chart_new (const double *values, const gint32 *group, gsize n,
                                    const char *const *ids, const InsChartGroup *groups,
                                    gsize n_groups);

typedef enum
{
  INS_HEIGHT_LINEAR,
  INS_HEIGHT_SQRT,
  INS_HEIGHT_LOG
} InsHeightScale;

/**
 * InsDendrogramData: scipy's linkage
 * @n: leaves; @left, @right, @height, @size: n - 1 merges
 * @k: clusters under the cut; @cut: its height; @group: n, cluster of every leaf
 * @truncate: leaves shown at most (the last merges), 0 = all
 */
typedef struct
{
  gsize n;
  const gint32 *left, *right;
  const double *height;
  const gint32 *size;
  gsize k;
  double cut;
  const gint32 *group;
  gsize n_groups;
  const InsChartGroup *groups;
  gsize truncate;
  InsHeightScale scale;
} InsDendrogramData;

InsChart *ins_dendrogram_chart_new (const InsDendrogramData *data);

/* Horizontal bars from zero (negative ones to the left), in the order given; value at the end.
 * @colour: as in ins_theme_cluster(), if @coloured, else neutral; @unit: "money", "percent" (0.39
 * is "39 %"), "ratio" or a word after the number.  A bar's group is its number. */
typedef struct
{
  const char *label;
  double value;
  int colour;
  gboolean coloured;
} InsBar;

InsChart *ins_bar_chart_new (const InsBar *bars, gsize n, const char *axis_title, const char *unit);

/* A thin second bar under each of @chart's bars: "48 % of revenue" over "6 % of customers".
 * @values: as many as bars; the names stand behind the first row's numbers.  Before layout. */
void ins_bar_chart_set_reference (InsChart *chart, const double *values, const char *value_name,
                                  const char *reference_name);

/* The group of each bar (hit.group, hover_group) where it is not the bar's own number. */
void ins_bar_chart_set_groups (InsChart *chart, const int *groups);

/* @left: what remains after each rule; the first bar is the whole.  Shows remaining and lost. */
typedef struct
{
  const char *label;
  double left;
} InsWaterfallStep;

InsChart *ins_waterfall_chart_new (const InsWaterfallStep *steps, gsize n, const char *axis_title,
                                   const char *unit);

/* @values: n (NaN left out); @bins: 0 = Freedman-Diaconis, at most 80; @log: log1p axis. */
InsChart *ins_histogram_chart_new (const double *values, gsize n, const char *axis_title,
                                   const char *unit, gsize bins, gboolean log);

/* Columns over time or categories ("lines per month"). @labels: n. */
InsChart *ins_column_chart_new (const double *values, const char *const *labels, gsize n,
                                const char *axis_title, const char *unit);

/* Cells coloured by how far a ratio is from 1 (blue below, orange above), with the value in as
 * many digits as fit.  @values: row after row; @columns: the groups.  Items are row × n_columns +
 * column; a cell's group is its column. */
InsChart *ins_heat_chart_new (const double *values, const char *const *rows, gsize n_rows,
                              const InsChartGroup *columns, gsize n_columns, const char *unit);
/* @rows: all rows' numbers, first those to keep longest where not all fit. */
void ins_heat_chart_set_importance (InsChart *chart, const gsize *rows);

/**
 * InsChartVariable: a feature whose values a chart shows
 * @unit: as in ins_format_value(), or a word for the axis title
 * @values: n (NaN left out)
 * @log: log1p axis
 */
typedef struct
{
  const char *title;
  const char *unit;
  const double *values;
  gboolean log;
} InsChartVariable;

/* Box plots of every variable by group, in small multiples; where not all fit, the first ones.
 * @group: n.  Items are variable × n_groups + group. */
InsChart *ins_box_chart_new (const InsChartVariable *variables, gsize n_variables,
                             const gint32 *group, gsize n, const InsChartGroup *groups,
                             gsize n_groups);

/* Every variable against every other, densities by group on the diagonal; where not all fit, the
 * first ones.  @ids: (nullable).  Items are rows. */
InsChart *ins_pairs_chart_new (const InsChartVariable *variables, gsize n_variables,
                               const gint32 *group, gsize n, const char *const *ids,
                               const InsChartGroup *groups, gsize n_groups);

/* How every two of @n things go together, from -1 to 1 (NaN = unknown): n × n, symmetric, row after
 * row, in the order shown.  Items are row × n + column with row > column. */
InsChart *ins_correlation_chart_new (const double *values, const char *const *names, gsize n);

/* --- export --- */

/* By the path's ending: .png (at 2 pixels a point), .svg, .pdf; any other is INS_ERROR_USAGE.
 * Lays the chart out anew.  Atomic. */
gboolean ins_chart_export (InsChart *chart, const char *path, double width, double height,
                           const InsTheme *theme, GError **error);
/* @format: "png", "svg", "pdf". Returns: (transfer full) */
GBytes *ins_chart_render (InsChart *chart, const char *format, double width, double height,
                          const InsTheme *theme, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsChart, ins_chart_unref)

G_END_DECLS
