/* ins-heat-chart.c: a table of ratios as coloured cells
 *
 * Diverging: blue below 1, orange above, the page's own colour at 1, by the logarithm.  Values
 * stand in the cells: where they do not fit in smaller letters, then with fewer digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-cells.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FULL 3.0 /* doublings at which the colour is full */

typedef struct
{
  InsChart parent;
  gsize n_rows, n_columns;
  double *values; /* row after row */
  char **rows;
  InsChartGroup *columns;
  char *unit;
  gsize *importance; /* rows, those kept longest first; NULL = as they stand */

  InsBox plot;
  gsize shown;    /* rows that fit */
  gsize *visible; /* @shown rows, from the top */
  double letters; /* of the usual size */
  double row_height;
  double head;
  gboolean staggered; /* names in two lines, so that they have twice the room */
} InsHeat;

/* --- the words in the cells --- */

/* @value in fewer and fewer characters; NULL after the last.  (transfer full) */
static char *
cell_text (const InsHeat *self, double value, int shorter)
{
  g_autofree char *full = ins_format_value (value, self->unit, self->parent.currency);
  g_autofree char *number = NULL;
  const char *mark = "", *times = shorter <= 1 ? "×" : "";
  double size = fabs (value), cut = value;
  int decimals = size < 9.95 && shorter <= 2 ? 1 : 0;

  if (shorter == 0)
    return g_steal_pointer (&full);
  if (shorter > 3 || !isfinite (value) || g_strcmp0 (self->unit, "ratio") != 0)
    return NULL;
  if (size >= 99.5)
    {
      mark = ">";
      cut = copysign (99, value);
    }
  else if (size > 0 && size < (decimals == 1 ? 0.05 : 0.5))
    {
      mark = "<";
      cut = decimals == 1 ? 0.1 : 1;
    }
  number = ins_format_number (cut, decimals);
  return g_strconcat (mark, number, times, NULL);
}

/* The largest letters in which every value fits its cell as it is. */
static double
common_letters (InsHeat *self, double room)
{
  double widest = 0;
  for (gsize r = 0; r < self->shown; r++)
    for (gsize c = 0; c < self->n_columns; c++)
      {
        g_autofree char *text =
            cell_text (self, self->values[self->visible[r] * self->n_columns + c], 0);
        widest = MAX (widest, ins_cell_text_width (&self->parent, text, 1));
      }
  return widest > 0 ? CLAMP (room / widest, INS_CELL_LEAST_LETTERS, 1) : 1;
}

/* --- layout --- */

/* The rows that fit: the most important ones, in the order in which they stand. */
static void
choose_visible (InsHeat *self)
{
  g_autofree guint8 *keep = g_new0 (guint8, MAX (self->n_rows, 1));
  gsize at = 0;

  for (gsize i = 0; i < self->shown; i++)
    keep[self->importance ? self->importance[i] : i] = 1;
  for (gsize r = 0; r < self->n_rows; r++)
    if (keep[r])
      self->visible[at++] = r;
  self->shown = at;
}

static void
heat_layout (InsChart *chart)
{
  InsHeat *self = (InsHeat *)chart;
  double em = chart->em, labels = 0, widest = 0, below = em * 1.6;

  for (gsize r = 0; r < self->n_rows; r++)
    labels =
        MAX (labels, ins_text_width (chart->pango, chart->theme, INS_TEXT_LABEL, self->rows[r]));
  labels = MIN (labels, chart->body.width * 0.34);
  for (gsize c = 0; c < self->n_columns; c++)
    widest = MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD,
                                          self->columns[c].name));
  self->staggered =
      widest > (chart->body.width - labels - em * 0.8) / MAX (self->n_columns, 1) - em * 0.4;
  self->head = self->staggered ? em * 3.6 : em * 2.5;
  self->plot = (InsBox){ chart->body.x + labels + em * 0.8, chart->body.y + self->head,
                         chart->body.width - labels - em * 0.8,
                         MAX (chart->body.height - self->head - below, 1) };
  self->shown = MIN (self->n_rows, (gsize)MAX (1, self->plot.height / (em * 1.4)));
  self->row_height = MIN (self->plot.height / MAX (self->shown, 1), em * 6);
  choose_visible (self);
  self->plot.height = self->row_height * self->shown;
  self->letters = common_letters (self, self->plot.width / MAX (self->n_columns, 1) - 5);
}

/* @row: from the top of those shown */
static InsBox
cell_box (const InsHeat *self, gsize row, gsize column)
{
  double width = self->plot.width / MAX (self->n_columns, 1), gap = MIN (2, width * 0.05);
  return (InsBox){ self->plot.x + width * column + gap / 2,
                   self->plot.y + self->row_height * row + gap / 2, width - gap,
                   self->row_height - gap };
}

/* --- drawing --- */

/* Doublings above (+) or below (-) the base, cut to what the colours can show. */
static double
doublings (double ratio)
{
  if (isnan (ratio))
    return 0;
  if (ratio <= 0)
    return -FULL;
  return CLAMP (log2 (ratio), -FULL, FULL);
}

static InsColour
heat_colour (const InsTheme *theme, double value)
{
  double d = doublings (value) / FULL;
  return ins_cell_colour (theme, copysign (sqrt (fabs (d)), d));
}

static InsColour
key_colour (const InsTheme *theme, int step)
{
  return heat_colour (theme, pow (2, step));
}

static void
draw_cell_text (InsHeat *self, cairo_t *cr, const InsBox *box, double value, const InsColour *ink)
{
  InsChart *chart = &self->parent;
  double letters = MIN (self->letters, box->height / (chart->em * 1.15));

  if (letters < INS_CELL_LEAST_LETTERS * 0.9)
    return;
  for (int shorter = 0;; shorter++)
    {
      g_autofree char *text = cell_text (self, value, shorter);
      if (!text)
        return;
      if (ins_cell_text_width (&self->parent, text, letters) > box->width - 2)
        continue;
      ins_cell_text_draw (chart, cr, box, text, letters, ink);
      return;
    }
}

static void
draw_cell (InsHeat *self, cairo_t *cr, gsize row, gsize column)
{
  InsBox box = cell_box (self, row, column);
  double value = self->values[self->visible[row] * self->n_columns + column];
  InsColour colour = heat_colour (self->parent.theme, value), ink = ins_cell_ink (&colour);

  ins_cell_fill (cr, &box, &colour);
  draw_cell_text (self, cr, &box, value, &ink);
}

static void
draw_column_head (InsHeat *self, cairo_t *cr, gsize column)
{
  InsChart *chart = &self->parent;
  InsBox box = cell_box (self, 0, column);
  double x = box.x + box.width / 2, em = chart->em, room, width, y;
  g_autoptr (PangoLayout) name = NULL;

  ins_marker_draw (
      cr, chart->theme, ins_chart_group_colour (chart, self->columns, self->n_columns, (int)column),
      self->columns[column].shape, x, self->plot.y - em * 0.6, MIN (em * 0.36, box.width * 0.3), 1);
  room = self->staggered ? box.width * 1.9 : box.width - 2;
  if (room < em * 2.4)
    return;
  name = ins_text_new (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, self->columns[column].name,
                       room);
  ins_text_size (name, &width, NULL);
  x = MAX (MIN (x, ins_box_right (&chart->body) - width / 2), chart->body.x + width / 2);
  y = self->plot.y - em * (self->staggered && column % 2 == 1 ? 2.25 : 1.15);
  ins_text_show (cr, name, x, y, 0.5, 1, &chart->theme->text, NULL);
}

static void
heat_draw (InsChart *chart, cairo_t *cr)
{
  InsHeat *self = (InsHeat *)chart;

  if (self->n_rows == 0 || self->n_columns == 0)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  for (gsize c = 0; c < self->n_columns; c++)
    draw_column_head (self, cr, c);
  for (gsize r = 0; r < self->shown; r++)
    {
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_LABEL, self->rows[self->visible[r]],
                     self->plot.x - chart->em * 0.6 - chart->body.x, self->plot.x - chart->em * 0.6,
                     self->plot.y + self->row_height * (r + 0.5), 1, 0.5, &chart->theme->text);
      for (gsize c = 0; c < self->n_columns; c++)
        draw_cell (self, cr, r, c);
    }
  ins_cell_draw_key (chart, cr, chart->body.x, ins_box_right (&self->plot),
                     ins_box_bottom (&self->plot) + chart->em * 0.6,
                     _ ("below the average customer"), _ ("above"), key_colour);
}

/* From the top of those shown; @shown = it is not. */
static gsize
row_of (const InsHeat *self, gsize row)
{
  gsize r = 0;
  while (r < self->shown && self->visible[r] != row)
    r++;
  return r;
}

static void
heat_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsHeat *self = (InsHeat *)chart;

  if (state->hover_group >= 0 && (gsize)state->hover_group < self->n_columns)
    {
      InsBox all = { self->plot.x, chart->body.y, self->plot.width,
                     ins_box_bottom (&self->plot) - chart->body.y };
      ins_chart_veil (chart, cr, &all);
      draw_column_head (self, cr, (gsize)state->hover_group);
      for (gsize r = 0; r < self->shown; r++)
        draw_cell (self, cr, r, (gsize)state->hover_group);
    }
  if (state->hover >= 0 && self->n_columns > 0
      && row_of (self, state->hover / self->n_columns) < self->shown)
    {
      InsBox box = cell_box (self, row_of (self, state->hover / self->n_columns),
                             state->hover % self->n_columns);
      ins_cell_draw_hover (chart, cr, &box);
    }
}

/* --- what lies where --- */

static gboolean
heat_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsHeat *self = (InsHeat *)chart;
  InsBox box;
  if (self->n_columns == 0 || row_of (self, item / self->n_columns) >= self->shown)
    return FALSE;
  box = cell_box (self, row_of (self, item / self->n_columns), item % self->n_columns);
  ins_hit_set (hit, item, (int)(item % self->n_columns), self->values[item], box.x, box.y,
               box.width, box.height);
  return TRUE;
}

static gboolean
heat_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsHeat *self = (InsHeat *)chart;
  gsize row, column;
  if (self->n_columns == 0 || self->n_rows == 0 || !ins_box_contains (&self->plot, x, y))
    return FALSE;
  row = MIN ((gsize)((y - self->plot.y) / self->row_height), self->shown - 1);
  column =
      MIN ((gsize)((x - self->plot.x) / self->plot.width * self->n_columns), self->n_columns - 1);
  return heat_locate (chart, (int)(self->visible[row] * self->n_columns + column), hit);
}

static int
heat_count (InsChart *chart)
{
  InsHeat *self = (InsHeat *)chart;
  return (int)(self->n_rows * self->n_columns);
}

static int
heat_move (InsChart *chart, int item, int dx, int dy)
{
  InsHeat *self = (InsHeat *)chart;
  int columns = (int)self->n_columns, count = heat_count (chart);
  int row, column;
  if (count == 0 || self->shown == 0)
    return -1;
  if (item < 0 || item >= count || row_of (self, item / columns) >= self->shown)
    return (int)self->visible[0] * columns;
  row = CLAMP ((int)row_of (self, item / columns) + dy, 0, (int)self->shown - 1);
  column = CLAMP (item % columns + dx, 0, columns - 1);
  return (int)self->visible[row] * columns + column;
}

/* --- in words --- */

static char *
heat_describe_item (InsChart *chart, int item)
{
  InsHeat *self = (InsHeat *)chart;
  g_autofree char *value = NULL;
  if (self->n_columns == 0 || (gsize)item >= self->n_rows * self->n_columns)
    return NULL;
  value = ins_format_value (self->values[item], self->unit, chart->currency);
  return g_strdup_printf ("%s, %s: %s", self->columns[item % self->n_columns].name,
                          self->rows[item / self->n_columns], value);
}

static char *
heat_describe (InsChart *chart)
{
  InsHeat *self = (InsHeat *)chart;
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, _ ("Heat map of %d features by %d groups"), (int)self->n_rows,
                          (int)self->n_columns);
  for (gsize c = 0; c < self->n_columns; c++)
    {
      int best = -1;
      g_autofree char *item = NULL;
      for (gsize r = 0; r < self->n_rows; r++)
        {
          int i = (int)(r * self->n_columns + c);
          if (isfinite (self->values[i])
              && (best < 0
                  || fabs (doublings (self->values[i])) > fabs (doublings (self->values[best]))))
            best = i;
        }
      if (best >= 0)
        {
          item = heat_describe_item (chart, best);
          g_string_append_printf (text, "; %s", item);
        }
    }
  return g_string_free (g_string_append_c (text, '.'), FALSE);
}

static void
heat_to_csv (InsChart *chart, GString *csv)
{
  InsHeat *self = (InsHeat *)chart;
  g_autofree char **columns = g_new0 (char *, self->n_columns + 1);

  for (gsize c = 0; c < self->n_columns; c++)
    columns[c] = (char *)self->columns[c].name;
  ins_chart_csv_table (csv, "feature", self->values, self->n_rows, self->n_columns, self->rows,
                       columns);
}

/* --- life --- */

static void
heat_finalize (InsChart *chart)
{
  InsHeat *self = (InsHeat *)chart;
  g_free (self->values);
  ins_chart_texts_free (self->rows, self->n_rows);
  ins_chart_groups_free (self->columns, self->n_columns);
  g_free (self->unit);
  g_free (self->importance);
  g_free (self->visible);
}

static const InsChartClass heat_class = {
  .kind = "heat",
  .size = sizeof (InsHeat),
  .finalize = heat_finalize,
  .layout = heat_layout,
  .draw = heat_draw,
  .draw_state = heat_draw_state,
  .hit = heat_hit,
  .locate = heat_locate,
  .count = heat_count,
  .move = heat_move,
  .describe_item = heat_describe_item,
  .describe = heat_describe,
  .to_csv = heat_to_csv,
};

InsChart *
ins_heat_chart_new (const double *values, const char *const *rows, gsize n_rows,
                    const InsChartGroup *columns, gsize n_columns, const char *unit)
{
  InsHeat *self;

  g_return_val_if_fail (n_rows * n_columns == 0 || (values && rows && columns), NULL);
  self = ins_chart_alloc (&heat_class);
  self->n_rows = n_rows;
  self->n_columns = columns ? n_columns : 0;
  self->values = ins_copy_array (values, n_rows * n_columns);
  self->rows = ins_chart_texts_copy (rows, n_rows);
  self->columns = ins_chart_groups_copy (columns, self->n_columns);
  self->unit = ins_chart_text_copy (unit);
  self->visible = g_new0 (gsize, MAX (n_rows, 1));
  return (InsChart *)self;
}

void
ins_heat_chart_set_importance (InsChart *chart, const gsize *rows)
{
  InsHeat *self = (InsHeat *)chart;

  g_return_if_fail (chart != NULL && chart->klass == &heat_class);
  g_return_if_fail (self->n_rows == 0 || rows != NULL);
  for (gsize i = 0; i < self->n_rows; i++)
    g_return_if_fail (rows[i] < self->n_rows);
  g_free (self->importance);
  self->importance = ins_copy_array (rows, self->n_rows);
}
