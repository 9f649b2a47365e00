/* ins-marks.h: markers, texts and lines, the words every chart is written with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-theme.h"

G_BEGIN_DECLS

#define INS_N_SHAPES 8

typedef struct
{
  double x, y, width, height;
} InsBox;

static inline double
ins_box_right (const InsBox *box)
{
  return box->x + box->width;
}

static inline double
ins_box_bottom (const InsBox *box)
{
  return box->y + box->height;
}

gboolean ins_box_contains (const InsBox *box, double x, double y);
gboolean ins_box_overlaps (const InsBox *a, const InsBox *b);
gboolean ins_box_is_inside (const InsBox *inner, const InsBox *outer);

void ins_set_colour (cairo_t *cr, const InsColour *colour, double alpha);
/* @share of @a, the rest of @b. */
InsColour ins_colour_mix (const InsColour *a, const InsColour *b, double share);

/* Path of marker @shape (any number; modulo 8) around x, y; all cover about π r². */
void ins_marker_path (cairo_t *cr, int shape, double x, double y, double r);
/* Filled; gold with its dark edge. */
void ins_marker_draw (cairo_t *cr, const InsTheme *theme, const InsColour *colour, int shape,
                      double x, double y, double r, double alpha);

typedef enum
{
  INS_TEXT_LABEL,
  INS_TEXT_LABEL_BOLD,
  INS_TEXT_SMALL,
  INS_TEXT_SMALL_BOLD,
  INS_TEXT_TITLE,
  INS_N_TEXTS
} InsTextStyle;

/* @width: at most, in points, else an ellipsis; ≤ 0 = any.  (transfer full) */
PangoLayout *ins_text_new (PangoContext *pango, const InsTheme *theme, InsTextStyle style,
                           const char *text, double width);
void ins_text_size (PangoLayout *layout, double *width, double *height);
double ins_text_width (PangoContext *pango, const InsTheme *theme, InsTextStyle style,
                       const char *text);
/* @align, @valign: which point of the text stands at x, y: 0 left/top, 0.5 middle, 1 right/bottom.
 * @halo: (nullable): colour around the letters.  Returns the box drawn. */
InsBox ins_text_show (cairo_t *cr, PangoLayout *layout, double x, double y, double align,
                      double valign, const InsColour *colour, const InsColour *halo);
/* The same from a text. */
InsBox ins_text_draw (cairo_t *cr, PangoContext *pango, const InsTheme *theme, InsTextStyle style,
                      const char *text, double width, double x, double y, double align,
                      double valign, const InsColour *colour);

/* A line along pixel centres where the page is made of pixels. */
void ins_line_horizontal (cairo_t *cr, double x0, double x1, double y);
void ins_line_vertical (cairo_t *cr, double x, double y0, double y1);
/* Diagonal hatching of the current path in @colour; keeps nothing of the path. */
void ins_hatch (cairo_t *cr, const InsColour *colour, double alpha, double distance);

G_END_DECLS
