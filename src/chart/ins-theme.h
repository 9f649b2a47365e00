/* ins-theme.h: colours, sizes and shapes of every chart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double red, green, blue, alpha;
} InsColour;

typedef enum
{
  INS_THEME_LIGHT,
  INS_THEME_DARK,
  INS_THEME_PRINT,
  INS_THEME_LIGHT_CONTRAST, /* high contrast */
  INS_THEME_DARK_CONTRAST,
  INS_N_THEMES
} InsThemeId;

#define INS_THEME_N_COLOURS 8

/**
 * InsTheme:
 * @clusters: eight colours, told apart with any kind of colour vision
 * @gold, @gold_edge: the Insiders', and the thin dark edge that carries their contrast
 * @noise: noise and "others"
 * @accent: the one line that matters (chosen k, threshold)
 * @font: family; @scale: 1 = 10 pt labels
 */
typedef struct
{
  InsThemeId id;
  const char *name; /* "light", "dark", "print", … */
  InsColour background;
  InsColour text;
  InsColour dim_text;
  InsColour grid;
  InsColour clusters[INS_THEME_N_COLOURS];
  InsColour gold;
  InsColour gold_edge;
  InsColour noise;
  InsColour accent;
  InsColour neutral; /* bars without a cluster */
  InsColour loss;    /* what a filter takes away */
  const char *font;
  double scale;
} InsTheme;

const InsTheme *ins_theme_get (InsThemeId id);
const InsTheme *ins_theme_find (const char *name); /* (nullable) */
/* @colour: 0 … 7 or -1 for gold (INS_COLOUR_GOLD); -2 for noise. */
const InsColour *ins_theme_cluster (const InsTheme *theme, int colour);

G_END_DECLS
