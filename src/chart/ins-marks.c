/* ins-marks.c: markers, texts and lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-marks.h"

#include <math.h>

gboolean
ins_box_contains (const InsBox *box, double x, double y)
{
  return x >= box->x && x <= box->x + box->width && y >= box->y && y <= box->y + box->height;
}

gboolean
ins_box_overlaps (const InsBox *a, const InsBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

gboolean
ins_box_is_inside (const InsBox *inner, const InsBox *outer)
{
  return inner->x >= outer->x && inner->y >= outer->y
         && ins_box_right (inner) <= ins_box_right (outer)
         && ins_box_bottom (inner) <= ins_box_bottom (outer);
}

void
ins_set_colour (cairo_t *cr, const InsColour *colour, double alpha)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha * alpha);
}

InsColour
ins_colour_mix (const InsColour *a, const InsColour *b, double share)
{
  return (InsColour){ a->red * share + b->red * (1 - share),
                      a->green * share + b->green * (1 - share),
                      a->blue * share + b->blue * (1 - share),
                      a->alpha * share + b->alpha * (1 - share) };
}

/* --- markers --- */

static void
circle (cairo_t *cr, double r)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, r, 0, 2 * G_PI);
  cairo_close_path (cr);
}

/* A regular polygon or, with @inner < 1, a star. */
static void
polygon (cairo_t *cr, int corners, double r, double inner, double turn)
{
  int n = inner < 1 ? 2 * corners : corners;
  for (int i = 0; i < n; i++)
    {
      double a = turn + 2 * G_PI * i / n;
      double d = inner < 1 && i % 2 ? r * inner : r;
      cairo_line_to (cr, d * cos (a), d * sin (a));
    }
  cairo_close_path (cr);
}

static void
triangle_up (cairo_t *cr, double r)
{
  cairo_translate (cr, 0, 0.2 * r);
  polygon (cr, 3, 1.5 * r, 1, -G_PI / 2);
}

static void
triangle_down (cairo_t *cr, double r)
{
  cairo_translate (cr, 0, -0.2 * r);
  polygon (cr, 3, 1.5 * r, 1, G_PI / 2);
}

static void
square (cairo_t *cr, double r)
{
  polygon (cr, 4, 1.25 * r, 1, G_PI / 4);
}

static void
diamond (cairo_t *cr, double r)
{
  polygon (cr, 4, 1.32 * r, 1, 0);
}

static void
plus (cairo_t *cr, double r)
{
  const double w = 0.42 * r, l = 1.25 * r;
  const double x[] = { -w, w, w, l, l, w, w, -w, -w, -l, -l, -w };
  const double y[] = { -l, -l, -w, -w, w, w, l, l, w, w, -w, -w };
  for (gsize i = 0; i < G_N_ELEMENTS (x); i++)
    cairo_line_to (cr, x[i], y[i]);
  cairo_close_path (cr);
}

static void
cross (cairo_t *cr, double r)
{
  cairo_rotate (cr, G_PI / 4);
  plus (cr, r);
}

static void
star (cairo_t *cr, double r)
{
  polygon (cr, 5, 1.6 * r, 0.45, -G_PI / 2);
}

typedef void (*ShapeFunc) (cairo_t *cr, double r);

static const ShapeFunc shapes[INS_N_SHAPES] = { circle, square,        triangle_up, diamond,
                                                plus,   triangle_down, cross,       star };

void
ins_marker_path (cairo_t *cr, int shape, double x, double y, double r)
{
  cairo_matrix_t matrix;
  g_return_if_fail (cr != NULL);
  cairo_get_matrix (cr, &matrix);
  cairo_translate (cr, x, y);
  cairo_new_sub_path (cr);
  shapes[((shape % INS_N_SHAPES) + INS_N_SHAPES) % INS_N_SHAPES](cr, r);
  cairo_set_matrix (cr, &matrix);
}

void
ins_marker_draw (cairo_t *cr, const InsTheme *theme, const InsColour *colour, int shape, double x,
                 double y, double r, double alpha)
{
  cairo_new_path (cr);
  ins_marker_path (cr, shape, x, y, r);
  ins_set_colour (cr, colour, alpha);
  if (colour != &theme->gold)
    {
      cairo_fill (cr);
      return;
    }
  cairo_fill_preserve (cr);
  ins_set_colour (cr, &theme->gold_edge, MIN (1, alpha * 1.1));
  cairo_set_line_width (cr, CLAMP (r * 0.28, 0.6, 1.2));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

/* --- text --- */

static const struct
{
  double size;
  PangoWeight weight;
} texts[INS_N_TEXTS] = {
  [INS_TEXT_LABEL] = { 10, PANGO_WEIGHT_NORMAL }, [INS_TEXT_LABEL_BOLD] = { 10, PANGO_WEIGHT_BOLD },
  [INS_TEXT_SMALL] = { 9, PANGO_WEIGHT_NORMAL },  [INS_TEXT_SMALL_BOLD] = { 9, PANGO_WEIGHT_BOLD },
  [INS_TEXT_TITLE] = { 13.5, PANGO_WEIGHT_BOLD },
};

PangoLayout *
ins_text_new (PangoContext *pango, const InsTheme *theme, InsTextStyle style, const char *text,
              double width)
{
  PangoLayout *layout;
  PangoFontDescription *font;
  PangoAttrList *attributes;
  g_autofree char *valid = NULL;

  g_return_val_if_fail (pango != NULL && theme != NULL && style < INS_N_TEXTS, NULL);
  layout = pango_layout_new (pango);
  font = pango_font_description_new ();
  attributes = pango_attr_list_new ();
  valid = g_utf8_make_valid (text ? text : "", -1);
  pango_font_description_set_family_static (font, theme->font);
  pango_font_description_set_size (font, (int)(texts[style].size * theme->scale * PANGO_SCALE));
  pango_font_description_set_weight (font, texts[style].weight);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, TRUE);
  pango_layout_set_text (layout, valid, -1);
  if (width > 0)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, (int)(MIN (width, 100000) * PANGO_SCALE));
    }
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

/* Logical box; of right-to-left texts in a given width only the part in use. */
static void
used_extents (PangoLayout *layout, double *x, double *width, double *height)
{
  PangoRectangle logical;
  pango_layout_get_extents (layout, NULL, &logical);
  *x = (double)logical.x / PANGO_SCALE;
  *width = (double)logical.width / PANGO_SCALE;
  *height = (double)logical.height / PANGO_SCALE;
}

void
ins_text_size (PangoLayout *layout, double *width, double *height)
{
  double x, w, h;
  used_extents (layout, &x, &w, &h);
  if (width)
    *width = w;
  if (height)
    *height = h;
}

double
ins_text_width (PangoContext *pango, const InsTheme *theme, InsTextStyle style, const char *text)
{
  g_autoptr (PangoLayout) layout = ins_text_new (pango, theme, style, text, 0);
  double width;
  ins_text_size (layout, &width, NULL);
  return width;
}

InsBox
ins_text_show (cairo_t *cr, PangoLayout *layout, double x, double y, double align, double valign,
               const InsColour *colour, const InsColour *halo)
{
  double left, width, height;
  InsBox box;

  used_extents (layout, &left, &width, &height);
  box = (InsBox){ x - align * width, y - valign * height, width, height };
  cairo_new_path (cr);
  if (halo)
    {
      cairo_move_to (cr, box.x - left, box.y);
      pango_cairo_layout_path (cr, layout);
      ins_set_colour (cr, halo, 0.92);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_line_width (cr, height * 0.28);
      cairo_stroke (cr);
    }
  cairo_move_to (cr, box.x - left, box.y);
  ins_set_colour (cr, colour, 1);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
  return box;
}

InsBox
ins_text_draw (cairo_t *cr, PangoContext *pango, const InsTheme *theme, InsTextStyle style,
               const char *text, double width, double x, double y, double align, double valign,
               const InsColour *colour)
{
  g_autoptr (PangoLayout) layout = ins_text_new (pango, theme, style, text, width);
  return ins_text_show (cr, layout, x, y, align, valign, colour, NULL);
}

/* --- lines --- */

/* To the middle of a pixel, for lines of one pixel; pages of vectors stay as they are. */
static double
to_pixel (cairo_t *cr, double v, gboolean vertical)
{
  double x = vertical ? v : 0, y = vertical ? 0 : v;
  cairo_user_to_device (cr, &x, &y);
  if (vertical)
    x = floor (x) + 0.5;
  else
    y = floor (y) + 0.5;
  cairo_device_to_user (cr, &x, &y);
  return vertical ? x : y;
}

void
ins_line_horizontal (cairo_t *cr, double x0, double x1, double y)
{
  y = to_pixel (cr, y, FALSE);
  cairo_move_to (cr, x0, y);
  cairo_line_to (cr, x1, y);
}

void
ins_line_vertical (cairo_t *cr, double x, double y0, double y1)
{
  x = to_pixel (cr, x, TRUE);
  cairo_move_to (cr, x, y0);
  cairo_line_to (cr, x, y1);
}

void
ins_hatch (cairo_t *cr, const InsColour *colour, double alpha, double distance)
{
  double x0, y0, x1, y1, first;

  cairo_path_extents (cr, &x0, &y0, &x1, &y1);
  if (!(x1 > x0) || !(y1 > y0) || (x1 - x0 + y1 - y0) / distance > 4000)
    {
      cairo_new_path (cr);
      return;
    }
  cairo_save (cr);
  cairo_clip (cr);
  ins_set_colour (cr, colour, alpha);
  cairo_set_line_width (cr, distance * 0.32);
  first = floor ((x0 + y0) / distance) * distance; /* fixed to the page, not to the mark */
  for (double s = first; s <= x1 + y1 + distance; s += distance)
    {
      cairo_move_to (cr, s - y0 + distance, y0 - distance);
      cairo_line_to (cr, s - y1 - distance, y1 + distance);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
  cairo_new_path (cr);
}
