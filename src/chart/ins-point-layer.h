/* ins-point-layer.h: very many markers as pixels
 *
 * A marker is drawn once per colour, size and sub-pixel phase, then copied: a hundred thousand
 * points take tens of milliseconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-marks.h"

G_BEGIN_DECLS

typedef struct _InsPointLayer InsPointLayer;
typedef struct _InsSprite InsSprite;

/* Covers @box at @scale pixels a point. */
InsPointLayer *ins_point_layer_new (const InsBox *box, double scale_x, double scale_y);
void ins_point_layer_free (InsPointLayer *layer);

InsSprite *ins_sprite_new (const InsPointLayer *layer, const InsTheme *theme,
                           const InsColour *colour, int shape, double r, double alpha);
void ins_sprite_free (InsSprite *sprite);

/* Blends a marker with its middle at x, y (points on the page); parts outside are cut off. */
void ins_point_layer_add (InsPointLayer *layer, const InsSprite *sprite, double x, double y);
/* Puts the layer on the page. */
void ins_point_layer_show (InsPointLayer *layer, cairo_t *cr);

G_END_DECLS
