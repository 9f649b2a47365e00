/* ins-cells.c: coloured cells with words in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-cells.h"

#include <math.h>

InsColour
ins_cell_colour (const InsTheme *theme, double share)
{
  static const InsColour low = { 0.11, 0.44, 0.85, 1 }, high = { 0.90, 0.38, 0.0, 1 };
  InsColour neutral = ins_colour_mix (&theme->grid, &theme->background, 0.45);
  return ins_colour_mix (share < 0 ? &low : &high, &neutral, fabs (share) * 0.9);
}

static double
brightness (const InsColour *c)
{
  return 0.2126 * pow (c->red, 2.2) + 0.7152 * pow (c->green, 2.2) + 0.0722 * pow (c->blue, 2.2);
}

InsColour
ins_cell_ink (const InsColour *colour)
{
  double b = brightness (colour);
  double v = (b + 0.05) / 0.05 > 1.05 / (b + 0.05) ? 0 : 1;
  return (InsColour){ v, v, v, 1 };
}

void
ins_cell_fill (cairo_t *cr, const InsBox *box, const InsColour *colour)
{
  cairo_new_path (cr);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  ins_set_colour (cr, colour, 1);
  cairo_fill (cr);
}

void
ins_cell_draw_hover (InsChart *chart, cairo_t *cr, const InsBox *box)
{
  cairo_new_path (cr);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  ins_set_colour (cr, &chart->theme->text, 1);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
}

double
ins_cell_text_width (InsChart *chart, const char *text, double letters)
{
  return ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text) * letters;
}

void
ins_cell_text_draw (InsChart *chart, cairo_t *cr, const InsBox *box, const char *text,
                    double letters, const InsColour *ink)
{
  cairo_save (cr);
  cairo_translate (cr, box->x + box->width / 2, box->y + box->height / 2);
  cairo_scale (cr, letters, letters);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0, 0, 0, 0.5, 0.5, ink);
  cairo_restore (cr);
}

gboolean
ins_cell_draw_key (InsChart *chart, cairo_t *cr, double left, double right, double y,
                   const char *low, const char *high,
                   InsColour (*colour) (const InsTheme *theme, int step))
{
  double em = chart->em, step = em * 1.3;
  double x = right - ins_cell_text_width (chart, high, 1) - em * 0.5 - 7 * step;

  if (x - ins_cell_text_width (chart, low, 1) - em * 0.5 < left)
    return FALSE;
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, low, 0, x - em * 0.5,
                 y + em * 0.35, 1, 0.5, &chart->theme->dim_text);
  for (int i = 0; i < 7; i++)
    {
      InsBox box = { x + i * step, y, step - 1, em * 0.7 };
      InsColour c = colour (chart->theme, i - 3);
      ins_cell_fill (cr, &box, &c);
    }
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, high, 0, x + 7 * step + em * 0.5,
                 y + em * 0.35, 0, 0.5, &chart->theme->dim_text);
  return TRUE;
}
