/* test-export.c: PNG, SVG and PDF files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-error.h"
#include "sample-charts.h"
#include <glib/gstdio.h>
#include <string.h>

static GBytes *
render (InsChart *chart, const char *format)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes =
      ins_chart_render (chart, format, 500, 350, ins_theme_get (INS_THEME_LIGHT), &error);
  g_assert_no_error (error);
  return bytes;
}

static void
count_elements (GMarkupParseContext *context, const char *name, const char **names,
                const char **values, gpointer data, GError **error)
{
  (*(gsize *)data)++;
}

static void
test_svg (void)
{
  const GMarkupParser parser = { .start_element = count_elements };
  for (gsize i = 0; i < G_N_ELEMENTS (sample_charts); i++)
    {
      InsChart *chart = sample_charts[i].make ();
      g_autoptr (GBytes) bytes = render (chart, "svg");
      g_autoptr (GError) error = NULL;
      gsize n = 0;
      GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, &n, NULL);
      g_markup_parse_context_parse (context, g_bytes_get_data (bytes, NULL),
                                    (gssize)g_bytes_get_size (bytes), &error);
      g_assert_no_error (error);
      g_markup_parse_context_end_parse (context, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n, >, 20);
      g_markup_parse_context_free (context);
      ins_chart_unref (chart);
    }
}

static gboolean
contains (GBytes *bytes, const char *text)
{
  gsize size, n = strlen (text);
  const char *data = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i + n <= size; i++)
    if (memcmp (data + i, text, n) == 0)
      return TRUE;
  return FALSE;
}

static void
test_pdf (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sample_charts); i++)
    {
      InsChart *chart = sample_charts[i].make ();
      g_autoptr (GBytes) bytes = render (chart, "pdf");
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 5, "%PDF-", 5);
      g_assert_true (contains (bytes, "%%EOF"));
      g_assert_true (contains (bytes, "/FontFile"));          /* embedded */
      if (cairo_version () < CAIRO_VERSION_ENCODE (1, 18, 0)) /* later ones pack it */
        g_assert_true (contains (bytes, "2000"));             /* the fixed date */
      ins_chart_unref (chart);
    }
}

/* Two pixels a point, and the header says so. */
static void
test_png (void)
{
  InsChart *chart = sample_charts[0].make ();
  g_autoptr (GBytes) bytes = render (chart, "png");
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  g_assert_cmpmem (data, 8, "\211PNG\r\n\032\n", 8);
  g_assert_cmpint (data[18] << 8 | data[19], ==, 1000);
  g_assert_cmpint (data[22] << 8 | data[23], ==, 700);
  ins_chart_unref (chart);
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("insiders-XXXXXX", NULL);
  const InsTheme *theme = ins_theme_get (INS_THEME_LIGHT);
  const char *good[] = { "a.png", "b.SVG", "c.pdf", "d.e.png" };
  const char *bad[] = { "a.jpeg", "noending", "a.", "x.png/y" };
  InsChart *chart = sample_charts[8].make ();
  GDir *dir;
  gsize n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_build_filename (folder, good[i], NULL);
      g_autoptr (GError) error = NULL;
      g_assert_true (ins_chart_export (chart, path, 300, 200, theme, &error));
      g_assert_no_error (error);
      g_assert_true (ins_chart_export (chart, path, 300, 200, theme, &error)); /* over itself */
      g_assert_no_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_build_filename (folder, bad[i], NULL);
      g_autoptr (GError) error = NULL;
      g_assert_false (ins_chart_export (chart, path, 300, 200, theme, &error));
      g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
      g_assert_cmpuint (strlen (error->message), >, 20);
    }
  {
    g_autoptr (GError) error = NULL;
    g_assert_false (ins_chart_export (chart, "/nonexistent/folder/a.png", 300, 200, theme, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
    g_assert_false (ins_chart_export (chart, "a.png", 0, 200, theme, &error));
    g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
    g_clear_error (&error);
    g_assert_null (ins_chart_render (chart, "png", 1e9, 1e9, theme, &error));
    g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
    g_clear_error (&error);
    g_assert_null (ins_chart_render (chart, "png", NAN, 10, theme, &error));
    g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  }
  /* only the good ones, and nothing half written */
  dir = g_dir_open (folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      n++;
      g_remove (path);
    }
  g_dir_close (dir);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (good));
  g_rmdir (folder);
  ins_chart_unref (chart);
}

/* The layout on screen is the same after an export. */
static void
test_screen_stays (void)
{
  InsChart *chart = sample_charts[0].make ();
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (GBytes) bytes = NULL;
  InsChartHit before, after;
  ins_chart_layout (chart, pango, 800, 600, ins_theme_get (INS_THEME_DARK));
  g_assert_true (ins_chart_locate (chart, 17, &before));
  bytes = render (chart, "pdf");
  g_assert_true (ins_chart_locate (chart, 17, &after));
  g_assert_cmpfloat (before.x, ==, after.x);
  g_assert_cmpfloat (before.y, ==, after.y);
  g_assert_cmpfloat (before.width, ==, after.width);
  g_object_unref (pango);
  ins_chart_unref (chart);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/svg", test_svg);
  g_test_add_func ("/export/pdf", test_pdf);
  g_test_add_func ("/export/png", test_png);
  g_test_add_func ("/export/files", test_files);
  g_test_add_func ("/export/screen-stays", test_screen_stays);
  return g_test_run ();
}
