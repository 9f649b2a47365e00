/* test-theme.c: the colours keep what conventions 40 and 41 ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-theme.h"
#include "colour-math.h"

static Triple
triple (const InsColour *colour)
{
  return (Triple){ { colour->red, colour->green, colour->blue } };
}

/* Pairs published by Sharma, Wu & Dalal (2005). */
static void
test_ciede2000 (void)
{
  const double pairs[][7] = {
    { 50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425 },
    { 50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000 },
    { 50, 2.5, 0, 50, 0, -2.5, 4.3065 },
    { 50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792 },
    { 50, 2.5, 0, 73, 25, -18, 27.1492 },
    { 60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644 },
    { 22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373 },
    { 2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const double *p = pairs[i];
      Triple a = { { p[0], p[1], p[2] } }, b = { { p[3], p[4], p[5] } };
      g_assert_cmpfloat_with_epsilon (ciede2000 (a, b), p[6], 5e-5);
      g_assert_cmpfloat_with_epsilon (ciede2000 (b, a), p[6], 5e-5);
    }
}

/* sRGB's primaries in CIELAB, and the range of WCAG's contrast. */
static void
test_colour_spaces (void)
{
  Triple red = { { 1, 0, 0 } }, white = { { 1, 1, 1 } }, black = { { 0, 0, 0 } }, lab;
  lab = linear_to_lab (rgb_to_linear (red));
  g_assert_cmpfloat_with_epsilon (lab.v[0], 53.24, 0.02);
  g_assert_cmpfloat_with_epsilon (lab.v[1], 80.09, 0.02);
  g_assert_cmpfloat_with_epsilon (lab.v[2], 67.20, 0.02);
  g_assert_cmpfloat_with_epsilon (contrast (white, black), 21, 1e-9);
  g_assert_cmpfloat_with_epsilon (contrast (red, white), 3.998, 0.001);
}

static void
check_pairs (const InsTheme *theme)
{
  const InsColour *colours[INS_THEME_N_COLOURS + 2];
  for (int i = 0; i < INS_THEME_N_COLOURS; i++)
    colours[i] = &theme->clusters[i];
  colours[INS_THEME_N_COLOURS] = &theme->gold;
  colours[INS_THEME_N_COLOURS + 1] = &theme->noise;
  for (int i = 0; i < INS_THEME_N_COLOURS + 2; i++)
    for (int j = 0; j < i; j++)
      {
        double d = smallest_difference (triple (colours[i]), triple (colours[j]));
        gboolean noise = i == INS_THEME_N_COLOURS + 1;
        if (d < (noise ? 10 : 12))
          g_test_message ("%s: colours %d and %d differ by %.2f", theme->name, i, j, d);
        g_assert_cmpfloat (d, >=, noise ? 10 : 12);
      }
}

static void
check_contrast (const InsTheme *theme)
{
  gboolean high = theme->id == INS_THEME_LIGHT_CONTRAST || theme->id == INS_THEME_DARK_CONTRAST;
  Triple page = triple (&theme->background);
  const InsColour *marks[] = { &theme->noise, &theme->neutral, &theme->loss, &theme->accent };

  for (int i = 0; i < INS_THEME_N_COLOURS; i++)
    g_assert_cmpfloat (contrast (triple (&theme->clusters[i]), page), >=, high ? 4.5 : 3);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    g_assert_cmpfloat (contrast (triple (marks[i]), page), >=, 3);
  /* gold: itself or its edge */
  g_assert_cmpfloat (
      MAX (contrast (triple (&theme->gold), page), contrast (triple (&theme->gold_edge), page)), >=,
      3);
  g_assert_cmpfloat (contrast (triple (&theme->gold), triple (&theme->gold_edge)), >=, 3);
  g_assert_cmpfloat (contrast (triple (&theme->text), page), >=, high ? 12 : 7);
  g_assert_cmpfloat (contrast (triple (&theme->dim_text), page), >=, 4.5);
  g_assert_cmpfloat (contrast (triple (&theme->accent), page), >=, 4.5);
}

static void
test_palettes (void)
{
  for (int i = 0; i < INS_N_THEMES; i++)
    {
      const InsTheme *theme = ins_theme_get (i);
      g_assert_cmpint (theme->id, ==, i);
      check_pairs (theme);
      check_contrast (theme);
      g_assert_true (ins_theme_find (theme->name) == theme);
    }
  g_assert_null (ins_theme_find ("no such theme"));
  g_assert_null (ins_theme_find (NULL));
}

static void
test_clusters (void)
{
  const InsTheme *theme = ins_theme_get (INS_THEME_LIGHT);
  g_assert_true (ins_theme_cluster (theme, -1) == &theme->gold);
  g_assert_true (ins_theme_cluster (theme, -2) == &theme->noise);
  g_assert_true (ins_theme_cluster (theme, 3) == &theme->clusters[3]);
  g_assert_true (ins_theme_cluster (theme, 11) == &theme->clusters[3]); /* never new hues */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theme/ciede2000", test_ciede2000);
  g_test_add_func ("/theme/colour-spaces", test_colour_spaces);
  g_test_add_func ("/theme/palettes", test_palettes);
  g_test_add_func ("/theme/clusters", test_clusters);
  return g_test_run ();
}
