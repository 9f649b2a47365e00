/* ins-chart.c: what all charts have in common: life, titles, checks, dispatch
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-chart-private.h"

#include "base/ins-text.h"
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- life --- */

gpointer
ins_chart_alloc (const InsChartClass *klass)
{
  InsChart *chart = g_malloc0 (klass->size);
  chart->klass = klass;
  chart->currency = g_strdup ("");
  g_atomic_ref_count_init (&chart->ref_count);
  return chart;
}

InsChart *
ins_chart_ref (InsChart *chart)
{
  g_return_val_if_fail (chart != NULL, NULL);
  g_atomic_ref_count_inc (&chart->ref_count);
  return chart;
}

void
ins_chart_unref (InsChart *chart)
{
  g_return_if_fail (chart != NULL);
  if (!g_atomic_ref_count_dec (&chart->ref_count))
    return;
  chart->klass->finalize (chart);
  g_clear_object (&chart->title_layout);
  g_clear_object (&chart->subtitle_layout);
  g_clear_object (&chart->pango);
  g_free (chart->title);
  g_free (chart->subtitle);
  g_free (chart->currency);
  g_free (chart);
}

void
ins_chart_set_titles (InsChart *chart, const char *title, const char *subtitle)
{
  g_return_if_fail (chart != NULL);
  g_free (chart->title);
  g_free (chart->subtitle);
  chart->title = ins_chart_text_copy (title && *title ? title : NULL);
  chart->subtitle = ins_chart_text_copy (subtitle && *subtitle ? subtitle : NULL);
}

const char *
ins_chart_get_title (InsChart *chart)
{
  g_return_val_if_fail (chart != NULL, NULL);
  return chart->title;
}

void
ins_chart_set_currency (InsChart *chart, const char *currency)
{
  g_return_if_fail (chart != NULL);
  g_free (chart->currency);
  chart->currency = ins_chart_text_copy (currency ? currency : "");
}

/* --- layout --- */

/* A title of at most @lines lines.  Returns its height. */
static double
lay_title (InsChart *chart, PangoLayout **layout, InsTextStyle style, const char *text,
           double width, int lines)
{
  double height = 0;
  g_clear_object (layout);
  if (!text)
    return 0;
  *layout = ins_text_new (chart->pango, chart->theme, style, text, width);
  pango_layout_set_single_paragraph_mode (*layout, FALSE);
  pango_layout_set_wrap (*layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (*layout, -lines);
  ins_text_size (*layout, NULL, &height);
  return height;
}

/* The font decides how large a point is here: 96 / 72 on most screens, 1 on paper. */
static double
letter_height (InsChart *chart)
{
  g_autoptr (PangoLayout) probe = ins_text_new (chart->pango, chart->theme, INS_TEXT_LABEL, "0", 0);
  double height;
  ins_text_size (probe, NULL, &height);
  return height / 1.25;
}

static void
lay_titles (InsChart *chart)
{
  double margin = chart->small ? chart->em * 0.7 : chart->em * 1.2;
  double width = MAX (1, chart->width - 2 * margin), top = margin * 0.8, height;
  gboolean tight = chart->height < 18 * chart->em;

  height =
      lay_title (chart, &chart->title_layout, chart->small ? INS_TEXT_LABEL_BOLD : INS_TEXT_TITLE,
                 chart->title, width, tight ? 1 : 2);
  chart->title_height = height;
  if (height > 0)
    height += chart->em * 0.15;
  height +=
      lay_title (chart, &chart->subtitle_layout, chart->small ? INS_TEXT_SMALL : INS_TEXT_LABEL,
                 tight ? NULL : chart->subtitle, width, chart->small ? 1 : 2);
  if (height > 0)
    height += chart->em * (chart->small ? 0.5 : 0.9);
  chart->body =
      (InsBox){ margin, top + height, width, chart->height - top - height - margin * 0.8 };
  chart->body.height = MAX (chart->body.height, 0);
}

void
ins_chart_layout (InsChart *chart, PangoContext *pango, double width, double height,
                  const InsTheme *theme)
{
  g_return_if_fail (chart != NULL && PANGO_IS_CONTEXT (pango) && theme != NULL);
  g_set_object (&chart->pango, pango);
  chart->theme = theme;
  chart->width = isfinite (width) ? MAX (width, 0) : 0;
  chart->height = isfinite (height) ? MAX (height, 0) : 0;
  chart->em = letter_height (chart);
  chart->small = chart->width < 44 * chart->em || chart->height < 28 * chart->em;
  lay_titles (chart);
  chart->klass->layout (chart);
}

/* --- drawing --- */

static gboolean
is_drawable (InsChart *chart)
{
  return chart->body.width > 4 * chart->em && chart->body.height > 3 * chart->em;
}

void
ins_chart_draw (InsChart *chart, cairo_t *cr)
{
  double y;

  g_return_if_fail (chart != NULL && cr != NULL && chart->theme != NULL);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, chart->width, chart->height);
  cairo_clip (cr);
  ins_set_colour (cr, &chart->theme->background, 1);
  cairo_paint (cr);
  y = (chart->small ? chart->em * 0.7 : chart->em * 1.2) * 0.8;
  if (chart->title_layout)
    {
      ins_text_show (cr, chart->title_layout, chart->body.x, y, 0, 0, &chart->theme->text, NULL);
      y += chart->title_height + chart->em * 0.15;
    }
  if (chart->subtitle_layout)
    ins_text_show (cr, chart->subtitle_layout, chart->body.x, y, 0, 0, &chart->theme->dim_text,
                   NULL);
  if (is_drawable (chart))
    chart->klass->draw (chart, cr);
  cairo_restore (cr);
}

static void
draw_rubber (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  double x = MIN (state->rubber_x0, state->rubber_x1), y = MIN (state->rubber_y0, state->rubber_y1);
  double width = fabs (state->rubber_x1 - state->rubber_x0);
  double height = fabs (state->rubber_y1 - state->rubber_y0);

  cairo_new_path (cr);
  cairo_rectangle (cr, floor (x) + 0.5, floor (y) + 0.5, floor (width), floor (height));
  ins_set_colour (cr, &chart->theme->neutral, 0.15);
  cairo_fill_preserve (cr);
  ins_set_colour (cr, &chart->theme->neutral, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
ins_chart_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  g_return_if_fail (chart != NULL && cr != NULL && state != NULL && chart->theme != NULL);
  if (!is_drawable (chart))
    return;
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0, chart->width, chart->height);
  cairo_clip (cr);
  chart->klass->draw_state (chart, cr, state);
  if (state->rubber_on
      && isfinite (state->rubber_x0 + state->rubber_x1 + state->rubber_y0 + state->rubber_y1))
    draw_rubber (chart, cr, state);
  cairo_restore (cr);
}

/* --- what lies where --- */

void
ins_hit_set (InsChartHit *hit, int item, int group, double value, double x, double y, double width,
             double height)
{
  *hit = (InsChartHit){ item, group, x, y, width, height, FALSE, value };
}

gboolean
ins_chart_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsChartHit found = { -1, -1, 0, 0, 0, 0, FALSE, NAN };
  gboolean yes;

  g_return_val_if_fail (chart != NULL, FALSE);
  yes = chart->theme && is_drawable (chart) && isfinite (x) && isfinite (y)
        && chart->klass->hit (chart, x, y, &found);
  if (hit)
    *hit = found;
  return yes;
}

gboolean
ins_chart_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsChartHit found = { -1, -1, 0, 0, 0, 0, FALSE, NAN };
  gboolean yes;

  g_return_val_if_fail (chart != NULL, FALSE);
  yes = chart->theme && is_drawable (chart) && item >= 0
        && chart->klass->locate (chart, item, &found);
  if (hit)
    *hit = found;
  return yes;
}

double
ins_chart_get_value_at (InsChart *chart, double x, double y)
{
  g_return_val_if_fail (chart != NULL, NAN);
  if (!chart->theme || !is_drawable (chart) || !chart->klass->value_at)
    return NAN;
  return chart->klass->value_at (chart, x, y);
}

int
ins_chart_move (InsChart *chart, int item, int dx, int dy)
{
  int step, n;

  g_return_val_if_fail (chart != NULL, -1);
  if (!chart->theme)
    return -1;
  if (chart->klass->move)
    return chart->klass->move (chart, item, dx, dy);
  n = chart->klass->count (chart);
  step = chart->klass->vertical ? (dy ? dy : dx) : (dx ? dx : -dy);
  if (n == 0 || item < 0 || item >= n)
    return n > 0 ? 0 : -1;
  return CLAMP (item + step, 0, n - 1);
}

GArray *
ins_chart_pick (InsChart *chart, double x0, double y0, double x1, double y1)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  InsBox box = { MIN (x0, x1), MIN (y0, y1), fabs (x1 - x0), fabs (y1 - y0) };

  g_return_val_if_fail (chart != NULL, rows);
  if (chart->theme && is_drawable (chart) && chart->klass->pick)
    chart->klass->pick (chart, &box, rows);
  return rows;
}

GArray *
ins_chart_get_rows (InsChart *chart, int item)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_return_val_if_fail (chart != NULL, rows);
  if (item >= 0 && chart->klass->get_rows)
    chart->klass->get_rows (chart, item, rows);
  return rows;
}

/* --- in words --- */

char *
ins_chart_describe_item (InsChart *chart, int item)
{
  g_return_val_if_fail (chart != NULL, NULL);
  return item < 0 ? NULL : chart->klass->describe_item (chart, item);
}

char *
ins_chart_describe (InsChart *chart)
{
  g_autofree char *picture = NULL;
  g_return_val_if_fail (chart != NULL, NULL);
  picture = chart->klass->describe (chart);
  if (!chart->title)
    return g_steal_pointer (&picture);
  return g_strdup_printf ("%s. %s", chart->title, picture);
}

char *
ins_chart_to_csv (InsChart *chart)
{
  GString *csv = g_string_new (NULL);
  g_return_val_if_fail (chart != NULL, g_string_free (csv, FALSE));
  chart->klass->to_csv (chart, csv);
  return g_string_free (csv, FALSE);
}

/* --- what the charts share --- */

char *
ins_chart_text_copy (const char *text)
{
  return text ? g_utf8_make_valid (text, -1) : NULL;
}

InsChartGroup *
ins_chart_groups_copy (const InsChartGroup *groups, gsize n)
{
  InsChartGroup *copy = g_new0 (InsChartGroup, MAX (n, 1));
  for (gsize i = 0; groups && i < n; i++)
    {
      copy[i] = groups[i];
      copy[i].name = ins_chart_text_copy (groups[i].name ? groups[i].name : "");
    }
  return copy;
}

void
ins_chart_groups_free (InsChartGroup *groups, gsize n)
{
  for (gsize i = 0; groups && i < n; i++)
    g_free ((char *)groups[i].name);
  g_free (groups);
}

char **
ins_chart_texts_copy (const char *const *texts, gsize n)
{
  char **copy;
  if (!texts)
    return NULL;
  copy = g_new0 (char *, n + 1);
  for (gsize i = 0; i < n; i++)
    copy[i] = ins_chart_text_copy (texts[i] ? texts[i] : "");
  return copy;
}

void
ins_chart_texts_free (char **texts, gsize n)
{
  for (gsize i = 0; texts && i < n; i++)
    g_free (texts[i]);
  g_free (texts);
}

const InsColour *
ins_chart_group_colour (InsChart *chart, const InsChartGroup *groups, gsize n, int group)
{
  if (group < 0 || (gsize)group >= n)
    return &chart->theme->noise;
  return ins_theme_cluster (chart->theme, groups[group].colour);
}

const InsColour *
ins_chart_line_colour (InsChart *chart, const InsChartGroup *groups, gsize n, int group)
{
  const InsTheme *theme = chart->theme;
  const InsColour *colour = ins_chart_group_colour (chart, groups, n, group);
  return colour == &theme->gold && theme->background.green > 0.5 ? &theme->gold_edge : colour;
}

void
ins_chart_csv_text (GString *csv, const char *text)
{
  if (!strpbrk (text, ",\"\r\n"))
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (const char *p = text; *p; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append_c (csv, '"');
}

void
ins_chart_csv_number (GString *csv, double value)
{
  char buffer[INS_TEXT_SIZE];
  g_string_append (csv, isfinite (value) ? ins_double_to_text (value, buffer) : "");
}

void
ins_chart_csv_table (GString *csv, const char *corner, const double *values, gsize n_rows,
                     gsize n_columns, char *const *rows, char *const *columns)
{
  g_string_append (csv, corner);
  for (gsize c = 0; c < n_columns; c++)
    {
      g_string_append_c (csv, ',');
      ins_chart_csv_text (csv, columns[c]);
    }
  g_string_append_c (csv, '\n');
  for (gsize r = 0; r < n_rows; r++)
    {
      ins_chart_csv_text (csv, rows[r]);
      for (gsize c = 0; c < n_columns; c++)
        {
          g_string_append_c (csv, ',');
          ins_chart_csv_number (csv, values[r * n_columns + c]);
        }
      g_string_append_c (csv, '\n');
    }
}

void
ins_chart_veil (InsChart *chart, cairo_t *cr, const InsBox *box)
{
  cairo_new_path (cr);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  ins_set_colour (cr, &chart->theme->background, 0.72);
  cairo_fill (cr);
}

void
ins_chart_draw_nothing (InsChart *chart, cairo_t *cr)
{
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_LABEL, _ ("No data to show"),
                 chart->body.width, chart->body.x + chart->body.width / 2,
                 chart->body.y + chart->body.height / 2, 0.5, 0.5, &chart->theme->dim_text);
}

gboolean
ins_chart_is_raster (cairo_t *cr)
{
  const cairo_surface_type_t vectors[] = { CAIRO_SURFACE_TYPE_PDF, CAIRO_SURFACE_TYPE_PS,
                                           CAIRO_SURFACE_TYPE_SVG, CAIRO_SURFACE_TYPE_SCRIPT,
                                           CAIRO_SURFACE_TYPE_RECORDING };
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_group_target (cr));

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    if (type == vectors[i])
      return FALSE;
  return TRUE;
}
