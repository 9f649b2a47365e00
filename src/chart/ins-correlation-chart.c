/* ins-correlation-chart.c: how every two features go together
 *
 * The lower half of a symmetric matrix.  A feature's name stands once, where its row of cells ends
 * and its column begins, so that names are read from the left to the right and need no legend.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-cells.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define CITED 3       /* pairs named in the description */
#define LARGEST_ROW 6 /* em */
#define PROPORTION 2.2

/**
 * @values: n × n, row after row; cell (i, j) with i > j is item i × n + j
 */
typedef struct
{
  InsChart parent;
  gsize n;
  double *values;
  char **names;

  double x, y; /* of the first row and column */
  double cell_width, row_height;
  double letters; /* of the usual size, in the cells */
  int decimals;   /* 0 = no values: they do not fit */
  double name_letters;
  gsize name_every; /* rows: every how many-th has room for its name */
} InsCorrelationChart;

/* --- layout --- */

/* The largest letters up to @most in which every value fits its cell with that many decimals. */
static double
common_letters (InsCorrelationChart *self, double most, int decimals)
{
  double widest = 1;
  for (gsize i = 0; i < self->n; i++)
    for (gsize j = 0; j < i; j++)
      {
        g_autofree char *text = ins_format_number (self->values[i * self->n + j], decimals);
        widest = MAX (widest, ins_cell_text_width (&self->parent, text, 1));
      }
  return MIN (most, (self->cell_width - 4) / widest);
}

static double
name_width (InsCorrelationChart *self, gsize i)
{
  InsChart *chart = &self->parent;
  double width = ins_cell_text_width (chart, self->names[i], self->name_letters);
  return MIN (width, chart->body.width * 0.36);
}

static void
correlation_layout (InsChart *chart)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  double em = chart->em, least = em * 1.05, most;

  self->x = chart->body.x;
  self->y = chart->body.y;
  self->row_height = MIN (chart->body.height / MAX (self->n, 1), em * LARGEST_ROW);
  self->name_letters = CLAMP (self->row_height / (em * 1.2), INS_CELL_LEAST_LETTERS, 1.15);
  self->name_every =
      (gsize)MAX (1, ceil (least * INS_CELL_LEAST_LETTERS / MAX (self->row_height, 0.1)));
  self->cell_width = self->row_height * PROPORTION;
  for (gsize i = 1; i < self->n; i++)
    self->cell_width =
        MIN (self->cell_width, (chart->body.width - name_width (self, i) - em * 0.7) / (double)i);
  self->cell_width = MAX (self->cell_width, 0.5);
  most = CLAMP (self->row_height / (em * 3), MIN (self->row_height / (em * 1.25), 1), 1.3);
  for (self->decimals = 2; self->decimals > 0; self->decimals--)
    if ((self->letters = common_letters (self, most, self->decimals)) >= INS_CELL_LEAST_LETTERS)
      break;
}

static InsBox
cell_box (const InsCorrelationChart *self, gsize i, gsize j)
{
  double gap = MIN (1.5, self->cell_width * 0.06);
  return (InsBox){ self->x + self->cell_width * (double)j + gap / 2,
                   self->y + self->row_height * (double)i + gap / 2, self->cell_width - gap,
                   MAX (self->row_height - gap, 0.5) };
}

/* --- drawing --- */

static InsColour
correlation_colour (const InsTheme *theme, double r)
{
  return ins_cell_colour (theme, isnan (r) ? 0 : CLAMP (r, -1, 1));
}

static InsColour
key_colour (const InsTheme *theme, int step)
{
  return correlation_colour (theme, step / 3.0);
}

static void
draw_cell (InsCorrelationChart *self, cairo_t *cr, gsize i, gsize j)
{
  InsBox box = cell_box (self, i, j);
  double r = self->values[i * self->n + j];
  InsColour colour = correlation_colour (self->parent.theme, r), ink = ins_cell_ink (&colour);

  ins_cell_fill (cr, &box, &colour);
  if (self->decimals > 0)
    {
      g_autofree char *text = ins_format_number (r, self->decimals);
      ins_cell_text_draw (&self->parent, cr, &box, text, self->letters, &ink);
    }
}

static void
draw_name (InsCorrelationChart *self, cairo_t *cr, gsize i, gboolean bold)
{
  InsChart *chart = &self->parent;
  double x = self->x + self->cell_width * (double)i + chart->em * (i == 0 ? 0.1 : 0.5);
  double room = MIN (ins_box_right (&chart->body) - x, chart->body.width);
  g_autoptr (PangoLayout) name =
      ins_text_new (chart->pango, chart->theme, bold ? INS_TEXT_SMALL_BOLD : INS_TEXT_SMALL,
                    self->names[i], MAX (room / self->name_letters, 1));

  cairo_save (cr);
  cairo_translate (cr, x, self->y + self->row_height * ((double)i + 0.5));
  cairo_scale (cr, self->name_letters, self->name_letters);
  ins_text_show (cr, name, 0, 0, 0, 0.5, &chart->theme->text,
                 bold ? &chart->theme->background : NULL);
  cairo_restore (cr);
}

static double
name_right (InsCorrelationChart *self, gsize i)
{
  return self->x + self->cell_width * (double)i + self->parent.em * 0.5 + name_width (self, i);
}

static void
correlation_draw (InsChart *chart, cairo_t *cr)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  double left = chart->body.x;

  if (self->n < 2)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  for (gsize i = 0; i < self->n; i++)
    {
      for (gsize j = 0; j < i; j++)
        draw_cell (self, cr, i, j);
      if (i % self->name_every == 0)
        draw_name (self, cr, i, FALSE);
      if (self->row_height * (double)i < chart->em * 1.4)
        left = MAX (left, name_right (self, i) + chart->em);
    }
  /* where no cells are */
  ins_cell_draw_key (chart, cr, left, ins_box_right (&chart->body), chart->body.y + chart->em * 0.2,
                     _ ("opposite −1"), _ ("1 together"), key_colour);
}

static gboolean
is_cell (const InsCorrelationChart *self, int item)
{
  gsize i, j;
  if (item < 0 || self->n < 2 || (gsize)item >= self->n * self->n)
    return FALSE;
  i = (gsize)item / self->n;
  j = (gsize)item % self->n;
  return j < i;
}

static void
correlation_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  InsBox box;

  if (!is_cell (self, state->hover))
    return;
  box = cell_box (self, (gsize)state->hover / self->n, (gsize)state->hover % self->n);
  draw_name (self, cr, (gsize)state->hover / self->n, TRUE);
  draw_name (self, cr, (gsize)state->hover % self->n, TRUE);
  ins_cell_draw_hover (chart, cr, &box);
}

/* --- what lies where --- */

static gboolean
correlation_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  InsBox box;
  if (!is_cell (self, item))
    return FALSE;
  box = cell_box (self, (gsize)item / self->n, (gsize)item % self->n);
  ins_hit_set (hit, item, -1, self->values[item], box.x, box.y, box.width, box.height);
  return TRUE;
}

static gboolean
correlation_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  double i = floor ((y - self->y) / self->row_height);
  double j = floor ((x - self->x) / self->cell_width);
  if (i < 0 || j < 0 || i >= (double)self->n || j >= (double)self->n)
    return FALSE;
  return correlation_locate (chart, (int)((gsize)i * self->n + (gsize)j), hit);
}

static int
correlation_move (InsChart *chart, int item, int dx, int dy)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  int n = (int)self->n, next;
  if (self->n < 2)
    return -1;
  if (!is_cell (self, item))
    return n;
  next = CLAMP (item / n + dy, 1, n - 1) * n + CLAMP (item % n + dx, 0, n - 1);
  return is_cell (self, next) ? next : item;
}

/* --- in words --- */

static char *
correlation_describe_item (InsChart *chart, int item)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  g_autofree char *r = NULL;
  if (!is_cell (self, item))
    return NULL;
  r = ins_format_number (self->values[item], 2);
  /* TRANSLATORS: two features and their correlation */
  return g_strdup_printf (_ ("%s and %s: %s"), self->names[(gsize)item % self->n],
                          self->names[(gsize)item / self->n], r);
}

/* The strongest of those weaker than @than; -1 = none.  Ties: the first. */
static int
next_strongest (const InsCorrelationChart *self, int than)
{
  int best = -1;
  double limit = than >= 0 ? fabs (self->values[than]) : INFINITY;
  for (int item = 0; item < (int)(self->n * self->n); item++)
    {
      double r = fabs (self->values[item]);
      if (is_cell (self, item) && !isnan (r) && (r < limit || (r == limit && item > than))
          && (best < 0 || r > fabs (self->values[best])))
        best = item;
    }
  return best;
}

static char *
correlation_describe (InsChart *chart)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  GString *text = g_string_new (NULL);
  int item = -1;

  g_string_append_printf (text, _ ("Correlations of %d features"), (int)self->n);
  for (int i = 0; i < CITED; i++)
    {
      g_autofree char *pair = NULL;
      item = next_strongest (self, item);
      if (item < 0)
        break;
      pair = correlation_describe_item (chart, item);
      g_string_append_printf (text, "; %s", pair);
    }
  return g_string_free (g_string_append_c (text, '.'), FALSE);
}

static void
correlation_to_csv (InsChart *chart, GString *csv)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  ins_chart_csv_table (csv, "feature", self->values, self->n, self->n, self->names, self->names);
}

/* --- life --- */

static void
correlation_finalize (InsChart *chart)
{
  InsCorrelationChart *self = (InsCorrelationChart *)chart;
  g_free (self->values);
  ins_chart_texts_free (self->names, self->n);
}

static const InsChartClass correlation_class = {
  .kind = "correlation",
  .size = sizeof (InsCorrelationChart),
  .finalize = correlation_finalize,
  .layout = correlation_layout,
  .draw = correlation_draw,
  .draw_state = correlation_draw_state,
  .hit = correlation_hit,
  .locate = correlation_locate,
  .move = correlation_move,
  .describe_item = correlation_describe_item,
  .describe = correlation_describe,
  .to_csv = correlation_to_csv,
};

InsChart *
ins_correlation_chart_new (const double *values, const char *const *names, gsize n)
{
  InsCorrelationChart *self;

  g_return_val_if_fail (n == 0 || (values != NULL && names != NULL), NULL);
  self = ins_chart_alloc (&correlation_class);
  self->n = n;
  self->values = ins_copy_array (values, n * n);
  self->names = ins_chart_texts_copy (names, n);
  return (InsChart *)self;
}
