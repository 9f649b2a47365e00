/* ins-theme.c: the five themes
 *
 * The cluster colours come from tests/tools/make-palette.c, chosen by eye among those it found;
 * tests/chart/test-theme.c checks their figures again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-theme.h"

#define HEX(rgb)                                                                                   \
  {                                                                                                \
    ((rgb) >> 16 & 255) / 255.0, ((rgb) >> 8 & 255) / 255.0, ((rgb)&255) / 255.0, 1.0              \
  }

#define LIGHT_CLUSTERS                                                                             \
  {                                                                                                \
    HEX (0x267dff), HEX (0x1aa565), HEX (0xba2867), HEX (0x6138d8), HEX (0x007a7c),                \
        HEX (0xca1b00), HEX (0x0c367f), HEX (0xbd67a9)                                             \
  }
#define DARK_CLUSTERS                                                                              \
  {                                                                                                \
    HEX (0x406fb4), HEX (0x13c27c), HEX (0xd92e74), HEX (0xa57bff), HEX (0x66f2e5),                \
        HEX (0xe87c3a), HEX (0xc1f4a9), HEX (0xe6a8ff)                                             \
  }

static const InsTheme themes[INS_N_THEMES] = {
  [INS_THEME_LIGHT] = {
    .id = INS_THEME_LIGHT,
    .name = "light",
    .background = HEX (0xffffff),
    .text = HEX (0x241f31),
    .dim_text = HEX (0x5e5c64),
    .grid = HEX (0xe6e5e8),
    .clusters = LIGHT_CLUSTERS,
    .gold = HEX (0xe5a50a),
    .gold_edge = HEX (0x7a5200),
    .noise = HEX (0x8d8c8a),
    .accent = HEX (0xb83f00),
    .neutral = HEX (0x5b7ea8),
    .loss = HEX (0x8d8c8a),
    .font = "Cantarell,Sans",
    .scale = 1,
  },
  [INS_THEME_DARK] = {
    .id = INS_THEME_DARK,
    .name = "dark",
    .background = HEX (0x1e1e1e),
    .text = HEX (0xf6f5f4),
    .dim_text = HEX (0xb3b1ae),
    .grid = HEX (0x363538),
    .clusters = DARK_CLUSTERS,
    .gold = HEX (0xf5c211),
    .gold_edge = HEX (0x5a3d00),
    .noise = HEX (0x79787d),
    .accent = HEX (0xffa866),
    .neutral = HEX (0x7da2cf),
    .loss = HEX (0x86858a),
    .font = "Cantarell,Sans",
    .scale = 1,
  },
  [INS_THEME_PRINT] = {
    .id = INS_THEME_PRINT,
    .name = "print",
    .background = HEX (0xffffff),
    .text = HEX (0x000000),
    .dim_text = HEX (0x4a4a4a),
    .grid = HEX (0xdddddd),
    .clusters = LIGHT_CLUSTERS,
    .gold = HEX (0xe5a50a),
    .gold_edge = HEX (0x5a3d00),
    .noise = HEX (0x8d8c8a),
    .accent = HEX (0x8f3100),
    .neutral = HEX (0x55779f),
    .loss = HEX (0x8d8c8a),
    .font = "Cantarell,Sans",
    .scale = 0.95,
  },
  [INS_THEME_LIGHT_CONTRAST] = {
    .id = INS_THEME_LIGHT_CONTRAST,
    .name = "light-contrast",
    .background = HEX (0xffffff),
    .text = HEX (0x000000),
    .dim_text = HEX (0x2e2d32),
    .grid = HEX (0xb9b8bd),
    .clusters = { HEX (0x0c6cf1), HEX (0x0f8451), HEX (0xe41043), HEX (0x6604b3), HEX (0x005a68),
                  HEX (0x903b00), HEX (0x13175f), HEX (0xa8529d) },
    .gold = HEX (0xd99a00),
    .gold_edge = HEX (0x402b00),
    .noise = HEX (0x6f6e73),
    .accent = HEX (0x7d2a00),
    .neutral = HEX (0x2f5580),
    .loss = HEX (0x6f6e73),
    .font = "Cantarell,Sans",
    .scale = 1,
  },
  [INS_THEME_DARK_CONTRAST] = {
    .id = INS_THEME_DARK_CONTRAST,
    .name = "dark-contrast",
    .background = HEX (0x000000),
    .text = HEX (0xffffff),
    .dim_text = HEX (0xdedddb),
    .grid = HEX (0x5e5c64),
    .clusters = { HEX (0x3b8dff), HEX (0x3fcb87), HEX (0xd35073), HEX (0xb465b3), HEX (0x2dffea),
                  HEX (0xee8b44), HEX (0xbffda5), HEX (0xefa9fd) },
    .gold = HEX (0xf8d22a),
    .gold_edge = HEX (0x4a3200),
    .noise = HEX (0x8f8f94),
    .accent = HEX (0xffbe6f),
    .neutral = HEX (0x9cc3f0),
    .loss = HEX (0x9a999e),
    .font = "Cantarell,Sans",
    .scale = 1,
  },
};

const InsTheme *
ins_theme_get (InsThemeId id)
{
  g_return_val_if_fail (id >= 0 && id < INS_N_THEMES, &themes[INS_THEME_LIGHT]);
  return &themes[id];
}

const InsTheme *
ins_theme_find (const char *name)
{
  for (int i = 0; i < INS_N_THEMES; i++)
    if (g_strcmp0 (themes[i].name, name) == 0)
      return &themes[i];
  return NULL;
}

const InsColour *
ins_theme_cluster (const InsTheme *theme, int colour)
{
  g_return_val_if_fail (theme != NULL, &themes[INS_THEME_LIGHT].noise);
  if (colour == -1)
    return &theme->gold;
  return colour < 0 ? &theme->noise : &theme->clusters[colour % INS_THEME_N_COLOURS];
}
