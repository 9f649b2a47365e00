/* test-charts.c: what every kind of chart keeps, at many sizes and in every theme
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sample-charts.h"
#include <string.h>

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  PangoContext *pango;
  int width, height;
} Page;

static void
page_init (Page *page, int width, int height)
{
  page->width = width;
  page->height = height;
  page->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, MAX (width, 1), MAX (height, 1));
  page->cr = cairo_create (page->surface);
  page->pango = pango_cairo_create_context (page->cr);
  pango_cairo_context_set_resolution (page->pango, 72);
}

static void
page_clear (Page *page)
{
  g_object_unref (page->pango);
  cairo_destroy (page->cr);
  cairo_surface_destroy (page->surface);
}

static guint32
pixel (const Page *page, int x, int y)
{
  const guint8 *data;
  guint32 value;
  cairo_surface_flush (page->surface);
  data = cairo_image_surface_get_data (page->surface);
  memcpy (&value, data + y * cairo_image_surface_get_stride (page->surface) + 4 * x, 4);
  return value & 0xffffff;
}

static guint32
page_colour (const InsTheme *theme)
{
  const InsColour *b = &theme->background;
  return (guint32)(b->red * 255 + .5) << 16 | (guint32)(b->green * 255 + .5) << 8
         | (guint32)(b->blue * 255 + .5);
}

static gsize
count_inked (const Page *page, guint32 background)
{
  gsize n = 0;
  for (int y = 0; y < page->height; y++)
    for (int x = 0; x < page->width; x++)
      n += pixel (page, x, y) != background;
  return n;
}

/* Nothing reaches the edge, hence nothing was cut off there. */
static void
check_frame (const Page *page, guint32 background, const char *name)
{
  for (int y = 0; y < page->height; y++)
    for (int x = 0; x < page->width; x++)
      if ((x == 0 || y == 0 || x == page->width - 1 || y == page->height - 1)
          && pixel (page, x, y) != background)
        {
          g_test_message ("%s at %d×%d: ink at %d, %d", name, page->width, page->height, x, y);
          g_assert_not_reached ();
        }
}

static const int sizes[][2] = { { 900, 560 },  { 340, 300 }, { 320, 240 },
                                { 1400, 500 }, { 500, 900 }, { 240, 180 } };

static void
test_drawing (gconstpointer data)
{
  const SampleChart *sample = data;
  InsChart *chart = sample->make ();
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (int t = 0; t < INS_N_THEMES; t++)
      {
        const InsTheme *theme = ins_theme_get (t);
        Page page;
        if (t > 1 && s > 1)
          continue;
        page_init (&page, sizes[s][0], sizes[s][1]);
        ins_chart_layout (chart, page.pango, page.width, page.height, theme);
        ins_chart_draw (chart, page.cr);
        g_assert_cmpint (cairo_status (page.cr), ==, CAIRO_STATUS_SUCCESS);
        g_assert_cmpuint (count_inked (&page, page_colour (theme)), >,
                          (gsize)page.width * page.height / 200);
        check_frame (&page, page_colour (theme), sample->name);
        page_clear (&page);
      }
  ins_chart_unref (chart);
}

/* Any size at all. */
static void
test_layouts (gconstpointer data)
{
  const SampleChart *sample = data;
  InsChart *chart = sample->make ();
  Page page;
  page_init (&page, 400, 400);
  for (double width = 0; width <= 400; width += 37)
    for (double height = 0; height <= 400; height += 41)
      {
        InsChartHit hit;
        ins_chart_layout (chart, page.pango, width, height, ins_theme_get (INS_THEME_LIGHT));
        ins_chart_draw (chart, page.cr);
        ins_chart_hit (chart, width / 2, height / 2, &hit);
        ins_chart_move (chart, -1, 1, 0);
      }
  g_assert_cmpint (cairo_status (page.cr), ==, CAIRO_STATUS_SUCCESS);
  page_clear (&page);
  ins_chart_unref (chart);
}

/* The same picture twice. */
static void
test_repeatable (gconstpointer data)
{
  const SampleChart *sample = data;
  g_autoptr (GError) error = NULL;
  InsChart *one = sample->make (), *two = sample->make ();
  const char *formats[] = { "png", "svg", "pdf" };
  for (gsize f = 0; f < G_N_ELEMENTS (formats); f++)
    {
      g_autoptr (GBytes) a =
          ins_chart_render (one, formats[f], 640, 400, ins_theme_get (INS_THEME_PRINT), &error);
      g_autoptr (GBytes) b =
          ins_chart_render (two, formats[f], 640, 400, ins_theme_get (INS_THEME_PRINT), &error);
      g_autoptr (GBytes) c =
          ins_chart_render (one, formats[f], 640, 400, ins_theme_get (INS_THEME_PRINT), &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (a, b));
      g_assert_true (g_bytes_equal (a, c));
    }
  ins_chart_unref (one);
  ins_chart_unref (two);
}

static void
test_hits (gconstpointer data)
{
  const SampleChart *sample = data;
  InsChart *chart = sample->make ();
  gsize found = 0;
  Page page;

  page_init (&page, 900, 560);
  ins_chart_layout (chart, page.pango, 900, 560, ins_theme_get (INS_THEME_LIGHT));
  for (int item = 0; item < 12000; item++)
    {
      InsChartHit place, hit;
      if (!ins_chart_locate (chart, item, &place))
        continue;
      found++;
      g_assert_cmpint (place.item, ==, item);
      g_assert_true (
          ins_chart_hit (chart, place.x + place.width / 2, place.y + place.height / 2, &hit));
      if (hit.item != item)
        g_test_message ("%s: item %d is hit as %d", sample->name, item, hit.item);
      g_assert_cmpint (hit.item, ==, item);
      g_assert_cmpint (hit.group, ==, place.group);
      /* and it has words */
      {
        g_autofree char *text = ins_chart_describe_item (chart, item);
        g_assert_nonnull (text);
        g_assert_cmpuint (strlen (text), >, 3);
      }
    }
  g_assert_cmpuint (found, >, 0);
  g_assert_false (ins_chart_locate (chart, -1, NULL));
  g_assert_false (ins_chart_locate (chart, G_MAXINT, NULL));
  g_assert_false (ins_chart_hit (chart, -50, -50, NULL));
  g_assert_null (ins_chart_describe_item (chart, -1));
  g_assert_null (ins_chart_describe_item (chart, G_MAXINT));
  page_clear (&page);
  ins_chart_unref (chart);
}

/* From the first item every arrow leads to an item that is there. */
static void
test_moves (gconstpointer data)
{
  const SampleChart *sample = data;
  InsChart *chart = sample->make ();
  const int arrows[][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } };
  int item;
  gboolean moved = FALSE;
  Page page;

  page_init (&page, 900, 560);
  ins_chart_layout (chart, page.pango, 900, 560, ins_theme_get (INS_THEME_LIGHT));
  item = ins_chart_move (chart, -1, 0, 0);
  g_assert_cmpint (item, >=, 0);
  for (int step = 0; step < 60; step++)
    {
      int next = ins_chart_move (chart, item, arrows[step / 3 % 4][0], arrows[step / 3 % 4][1]);
      g_assert_true (ins_chart_locate (chart, next, NULL));
      moved |= next != item;
      item = next;
    }
  g_assert_true (moved);
  page_clear (&page);
  ins_chart_unref (chart);
}

static void
test_words (gconstpointer data)
{
  const SampleChart *sample = data;
  InsChart *chart = sample->make ();
  g_autofree char *text = ins_chart_describe (chart), *csv = ins_chart_to_csv (chart);
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  gsize commas = 0, n = g_strv_length (lines);

  g_assert_nonnull (strstr (text, ins_chart_get_title (chart)));
  g_assert_true (strpbrk (text, "0123456789") != NULL);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (n, >, 2);
  g_assert_cmpstr (lines[n - 1], ==, ""); /* ends with a line feed */
  for (const char *p = lines[0]; *p; p++)
    commas += *p == ',';
  for (gsize i = 0; i + 1 < n; i++)
    {
      gsize here = 0;
      gboolean quoted = FALSE;
      for (const char *p = lines[i]; *p; p++)
        {
          quoted ^= *p == '"';
          here += *p == ',' && !quoted;
        }
      if (i > 0 || !strchr (lines[0], '"'))
        g_assert_cmpuint (here, ==, commas);
    }
  ins_chart_unref (chart);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return x < y ? -1 : x > y;
}

/* A band around everything picks every row once; one around nothing none. */
static void
test_pick (gconstpointer data)
{
  const SampleChart *sample = data;
  InsChart *chart = sample->make ();
  g_autoptr (GArray) all = NULL, none = NULL, one = NULL;
  int item;
  Page page;

  page_init (&page, 900, 560);
  ins_chart_layout (chart, page.pango, 900, 560, ins_theme_get (INS_THEME_LIGHT));
  all = ins_chart_pick (chart, 900, 560, 0, 0);
  none = ins_chart_pick (chart, -100, -100, -50, -50);
  g_assert_cmpuint (none->len, ==, 0);
  item = ins_chart_move (chart, -1, 0, 0);
  one = ins_chart_get_rows (chart, item);
  if (!sample->has_rows)
    {
      g_assert_cmpuint (all->len, ==, 0);
      g_assert_cmpuint (one->len, ==, 0);
    }
  else
    {
      g_assert_cmpuint (all->len, >=, 690);
      g_assert_cmpuint (one->len, >, 0);
      g_array_sort (all, compare_rows);
      for (guint i = 1; i < all->len; i++)
        g_assert_cmpuint (g_array_index (all, guint32, i), >, g_array_index (all, guint32, i - 1));
    }
  page_clear (&page);
  ins_chart_unref (chart);
}

/* The second pass changes the picture and leaves the base as it was. */
static void
test_state (gconstpointer data)
{
  const SampleChart *sample = data;
  InsChart *chart = sample->make ();
  const InsTheme *theme = ins_theme_get (INS_THEME_DARK);
  g_autofree guint8 *selected = g_new0 (guint8, 10000);
  InsChartState state = { selected, 10000, -1, -1, FALSE, 0, 0, 0, 0, NAN };
  g_autofree guint8 *before = NULL;
  gsize size;
  Page page;

  page_init (&page, 640, 400);
  ins_chart_layout (chart, page.pango, 640, 400, theme);
  ins_chart_draw (chart, page.cr);
  cairo_surface_flush (page.surface);
  size = (gsize)cairo_image_surface_get_stride (page.surface) * 400;
  before = g_memdup2 (cairo_image_surface_get_data (page.surface), size);
  ins_chart_draw_state (chart, page.cr, &state); /* nothing to show */
  cairo_surface_flush (page.surface);
  g_assert_cmpmem (before, size, cairo_image_surface_get_data (page.surface), size);
  state.hover = ins_chart_move (chart, -1, 0, 0);
  state.hover_group = 2;
  memset (selected, 1, 5000);
  state.rubber_on = TRUE;
  state.rubber_x1 = state.rubber_y1 = 200;
  state.cut = 20;
  ins_chart_draw_state (chart, page.cr, &state);
  cairo_surface_flush (page.surface);
  g_assert_cmpint (memcmp (before, cairo_image_surface_get_data (page.surface), size), !=, 0);
  ins_chart_draw (chart, page.cr);
  cairo_surface_flush (page.surface);
  g_assert_cmpmem (before, size, cairo_image_surface_get_data (page.surface), size);
  page_clear (&page);
  ins_chart_unref (chart);
}

/* Where rows do not fit, those said to matter stay, in their order, with their own numbers. */
static void
test_heat_rows (void)
{
  const char *rows[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j" };
  const gsize importance[] = { 9, 0, 8, 7, 6, 5, 4, 3, 2, 1 };
  const InsChartGroup groups[] = { { "One", 0, 0 }, { "Two", 1, 1 } };
  double values[20];
  int shown[10], n = 0;
  InsChart *chart;
  Page page;

  for (int i = 0; i < 20; i++)
    values[i] = i + 0.5;
  chart = ins_heat_chart_new (values, rows, 10, groups, 2, "ratio");
  ins_heat_chart_set_importance (chart, importance);
  page_init (&page, 400, 130);
  ins_chart_layout (chart, page.pango, 400, 130, ins_theme_get (INS_THEME_LIGHT));
  for (int r = 0; r < 10; r++)
    {
      InsChartHit hit;
      if (!ins_chart_locate (chart, r * 2 + 1, &hit))
        continue;
      g_assert_cmpfloat (hit.value, ==, values[r * 2 + 1]);
      g_assert_cmpint (hit.group, ==, 1);
      shown[n++] = r;
    }
  g_assert_cmpint (n, >=, 2);
  g_assert_cmpint (n, <, 10);
  g_assert_cmpint (shown[0], ==, 0);
  for (int i = 1; i < n; i++)
    g_assert_cmpint (shown[i], ==, 10 - n + i);
  g_assert_cmpint (ins_chart_move (chart, 0, 0, 1), ==, shown[1] * 2);
  page_clear (&page);
  ins_chart_unref (chart);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } tests[] = {
    { "drawing", test_drawing }, { "layouts", test_layouts }, { "repeatable", test_repeatable },
    { "hits", test_hits },       { "moves", test_moves },     { "words", test_words },
    { "pick", test_pick },       { "state", test_state }
  };
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sample_charts); i++)
    for (gsize t = 0; t < G_N_ELEMENTS (tests); t++)
      {
        g_autofree char *path =
            g_strdup_printf ("/charts/%s/%s", sample_charts[i].name, tests[t].name);
        g_test_add_data_func (path, &sample_charts[i], tests[t].func);
      }
  g_test_add_func ("/charts/heat/rows", test_heat_rows);
  return g_test_run ();
}
