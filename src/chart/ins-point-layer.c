/* ins-point-layer.c: very many markers as pixels
 *
 * Pixels are premultiplied ARGB32; "over" with rounding per channel.  Time: O (points × pixels of a
 * marker); memory: 4 bytes a pixel of the layer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-point-layer.h"

#include <math.h>
#include <string.h>

#define PHASES 4 /* sub-pixel positions in each direction */
#define MAX_PIXELS 8192

struct _InsPointLayer
{
  InsBox box;
  double scale_x, scale_y;
  int width, height;
  int stride; /* in pixels */
  cairo_surface_t *surface;
  guint32 *pixels;
};

struct _InsSprite
{
  int size;    /* pixels in a row and rows */
  int half;    /* pixels left of the middle's pixel */
  guint32 *at; /* PHASES² squares of size² */
};

InsPointLayer *
ins_point_layer_new (const InsBox *box, double scale_x, double scale_y)
{
  InsPointLayer *layer = g_new0 (InsPointLayer, 1);

  layer->box = *box;
  layer->scale_x = scale_x;
  layer->scale_y = scale_y;
  layer->width = (int)CLAMP (ceil (box->width * scale_x), 1, MAX_PIXELS);
  layer->height = (int)CLAMP (ceil (box->height * scale_y), 1, MAX_PIXELS);
  layer->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, layer->width, layer->height);
  cairo_surface_flush (layer->surface);
  layer->stride = cairo_image_surface_get_stride (layer->surface) / 4;
  layer->pixels = (guint32 *)(gpointer)cairo_image_surface_get_data (layer->surface);
  return layer;
}

void
ins_point_layer_free (InsPointLayer *layer)
{
  if (!layer)
    return;
  cairo_surface_destroy (layer->surface);
  g_free (layer);
}

InsSprite *
ins_sprite_new (const InsPointLayer *layer, const InsTheme *theme, const InsColour *colour,
                int shape, double r, double alpha)
{
  InsSprite *sprite = g_new0 (InsSprite, 1);
  double reach = 1.7 * r * MAX (layer->scale_x, layer->scale_y) + 1;

  sprite->half = (int)ceil (reach);
  sprite->size = 2 * sprite->half + 2;
  sprite->at = g_new0 (guint32, (gsize)sprite->size * sprite->size * PHASES * PHASES);
  for (int phase = 0; phase < PHASES * PHASES; phase++)
    {
      cairo_surface_t *surface =
          cairo_image_surface_create (CAIRO_FORMAT_ARGB32, sprite->size, sprite->size);
      cairo_t *cr = cairo_create (surface);
      const guint8 *data;
      int stride;

      cairo_translate (cr, sprite->half + (phase % PHASES + 0.5) / PHASES,
                       sprite->half + (phase / PHASES + 0.5) / PHASES);
      cairo_scale (cr, layer->scale_x, layer->scale_y);
      ins_marker_draw (cr, theme, colour, shape, 0, 0, r, alpha);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      data = cairo_image_surface_get_data (surface);
      stride = cairo_image_surface_get_stride (surface);
      for (int j = 0; data && j < sprite->size; j++)
        memcpy (sprite->at + ((gsize)phase * sprite->size + j) * sprite->size, data + j * stride,
                4 * (gsize)sprite->size);
      cairo_surface_destroy (surface);
    }
  return sprite;
}

void
ins_sprite_free (InsSprite *sprite)
{
  if (!sprite)
    return;
  g_free (sprite->at);
  g_free (sprite);
}

/* @above over @below, both premultiplied. */
static inline guint32
over (guint32 above, guint32 below)
{
  guint32 rest = 255 - (above >> 24);
  guint32 rb = (below & 0xff00ff) * rest + 0x800080;
  guint32 ag = (below >> 8 & 0xff00ff) * rest + 0x800080;
  rb = (rb + (rb >> 8 & 0xff00ff)) >> 8 & 0xff00ff;
  ag = (ag + (ag >> 8 & 0xff00ff)) & 0xff00ff00;
  return above + (rb | ag);
}

void
ins_point_layer_add (InsPointLayer *layer, const InsSprite *sprite, double x, double y)
{
  double px = (x - layer->box.x) * layer->scale_x, py = (y - layer->box.y) * layer->scale_y;
  int column, row, phase, i0, i1, j0, j1;
  const guint32 *from;

  if (!layer->pixels || !(px > -1e6 && px < 1e6 && py > -1e6 && py < 1e6))
    return;
  column = (int)floor (px);
  row = (int)floor (py);
  phase = (int)((px - column) * PHASES) + PHASES * (int)((py - row) * PHASES);
  column -= sprite->half;
  row -= sprite->half;
  from = sprite->at + (gsize)phase * sprite->size * sprite->size;
  i0 = MAX (0, -column);
  i1 = MIN (sprite->size, layer->width - column);
  j0 = MAX (0, -row);
  j1 = MIN (sprite->size, layer->height - row);
  for (int j = j0; j < j1; j++)
    {
      guint32 *to = layer->pixels + (gsize)(row + j) * layer->stride + column;
      const guint32 *line = from + j * sprite->size;
      for (int i = i0; i < i1; i++)
        if (line[i])
          to[i] = over (line[i], to[i]);
    }
}

void
ins_point_layer_show (InsPointLayer *layer, cairo_t *cr)
{
  cairo_save (cr);
  cairo_surface_mark_dirty (layer->surface);
  cairo_translate (cr, layer->box.x, layer->box.y);
  cairo_scale (cr, 1 / layer->scale_x, 1 / layer->scale_y);
  cairo_set_source_surface (cr, layer->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
}
