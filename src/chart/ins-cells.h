/* ins-cells.h: what charts made of coloured cells share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart-private.h"

G_BEGIN_DECLS

#define INS_CELL_LEAST_LETTERS 0.75 /* of the usual size */

/* Diverging: @share from -1 (blue) over 0 (nearly the page's colour) to 1 (orange). */
InsColour ins_cell_colour (const InsTheme *theme, double share);
/* Black or white, whichever is read more easily on @colour. */
InsColour ins_cell_ink (const InsColour *colour);
void ins_cell_fill (cairo_t *cr, const InsBox *box, const InsColour *colour);
void ins_cell_draw_hover (InsChart *chart, cairo_t *cr, const InsBox *box);

/* Texts in letters of a share of the usual small size. */
double ins_cell_text_width (InsChart *chart, const char *text, double letters);
void ins_cell_text_draw (InsChart *chart, cairo_t *cr, const InsBox *box, const char *text,
                         double letters, const InsColour *ink);

/* What the colours say, ending at @right: @low, seven cells coloured by @colour of -3 … 3, @high.
 * FALSE, and nothing drawn, if it would begin left of @left. */
gboolean ins_cell_draw_key (InsChart *chart, cairo_t *cr, double left, double right, double y,
                            const char *low, const char *high,
                            InsColour (*colour) (const InsTheme *theme, int step));

G_END_DECLS
