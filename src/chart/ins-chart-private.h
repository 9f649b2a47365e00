/* ins-chart-private.h: what the files of the charts share
 *
 * A kind of chart is a struct that begins with InsChart and one InsChartClass; ins-chart.c does the
 * titles, the page's background and the checks, then calls the class.  Items and rows are as in
 * ins-chart.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-axis.h"
#include "chart/ins-chart.h"
#include "chart/ins-format.h"
#include "chart/ins-marks.h"

G_BEGIN_DECLS

typedef struct _InsChartClass InsChartClass;

/**
 * InsChart:
 * @em: height of a label's letters in points; every distance in a chart is a multiple of it
 * @body: what the titles leave
 * @small: the page is so small that all but the most important is left out
 */
struct _InsChart
{
  const InsChartClass *klass;
  gatomicrefcount ref_count;
  char *title;
  char *subtitle;
  char *currency;
  PangoContext *pango;
  const InsTheme *theme;
  double width, height;
  double em;
  PangoLayout *title_layout;
  PangoLayout *subtitle_layout;
  double title_height;
  InsBox body;
  gboolean small;
};

/**
 * InsChartClass: a kind of chart
 * @size: of the struct
 * @pick, @get_rows: (nullable): a chart whose items are no customers has none
 * @move: (nullable): the items stand in a row: 0, 1, 2 …
 * @count: number of items for that default
 * @vertical: the row goes down rather than to the right
 */
struct _InsChartClass
{
  const char *kind;
  gsize size;
  gboolean vertical;
  void (*finalize) (InsChart *chart);
  void (*layout) (InsChart *chart);
  void (*draw) (InsChart *chart, cairo_t *cr);
  void (*draw_state) (InsChart *chart, cairo_t *cr, const InsChartState *state);
  gboolean (*hit) (InsChart *chart, double x, double y, InsChartHit *hit);
  gboolean (*locate) (InsChart *chart, int item, InsChartHit *hit);
  int (*count) (InsChart *chart);
  int (*move) (InsChart *chart, int item, int dx, int dy);
  double (*value_at) (InsChart *chart, double x, double y); /* (nullable) */
  void (*pick) (InsChart *chart, const InsBox *box, GArray *rows);
  void (*get_rows) (InsChart *chart, int item, GArray *rows);
  char *(*describe_item) (InsChart *chart, int item);
  char *(*describe) (InsChart *chart);
  void (*to_csv) (InsChart *chart, GString *csv);
};

gpointer ins_chart_alloc (const InsChartClass *klass);

/* Copies of what callers hand in; every array and text may be NULL; texts become valid UTF-8. */
char *ins_chart_text_copy (const char *text);
InsChartGroup *ins_chart_groups_copy (const InsChartGroup *groups, gsize n);
void ins_chart_groups_free (InsChartGroup *groups, gsize n);
char **ins_chart_texts_copy (const char *const *texts, gsize n);
void ins_chart_texts_free (char **texts, gsize n);
#define ins_copy_array(p, n) (g_memdup2 ((p), (gsize)(n) * sizeof *(p)))

/* The colour of a group; noise for numbers out of range. */
const InsColour *ins_chart_group_colour (InsChart *chart, const InsChartGroup *groups, gsize n,
                                         int group);

/* The same for lines: gold has its dark edge's colour on a light page. */
const InsColour *ins_chart_line_colour (InsChart *chart, const InsChartGroup *groups, gsize n,
                                        int group);

/* One field of a CSV text, quoted where it must be. */
void ins_chart_csv_text (GString *csv, const char *text);
void ins_chart_csv_number (GString *csv, double value);
/* A line of @columns' names under @corner, then a line a row.  @values: row after row. */
void ins_chart_csv_table (GString *csv, const char *corner, const double *values, gsize n_rows,
                          gsize n_columns, char *const *rows, char *const *columns);

/* A rectangle of background colour through which what lies beneath is seen faintly. */
void ins_chart_veil (InsChart *chart, cairo_t *cr, const InsBox *box);
/* "No data to show" in the middle of the body. */
void ins_chart_draw_nothing (InsChart *chart, cairo_t *cr);
/* Whether @cr draws on pixels (TRUE) or into a vector file. */
gboolean ins_chart_is_raster (cairo_t *cr);

void ins_hit_set (InsChartHit *hit, int item, int group, double value, double x, double y,
                  double width, double height);

G_END_DECLS
