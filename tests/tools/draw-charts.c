/* draw-charts.c: every kind of chart as a PNG, for looking at
 *
 *   draw-charts FOLDER [WIDTHxHEIGHT] [THEME] [png|svg|pdf] [NAME] [state]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "sample-charts.h"

#include <stdio.h>
#include <string.h>

/* With a hovered item, a lifted group and some customers selected. */
static gboolean
draw_with_state (InsChart *chart, const char *path, double width, double height,
                 const InsTheme *theme)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)width * 2, (int)height * 2);
  cairo_t *cr;
  PangoContext *pango;
  guint8 *selected = g_new0 (guint8, 10000);
  InsChartState state = { selected,   10000,       -1,         1,           TRUE,
                          width * .6, height * .4, width * .8, height * .7, NAN };
  InsChartHit hit;

  cairo_surface_set_device_scale (surface, 2, 2);
  cr = cairo_create (surface);
  pango = pango_cairo_create_context (cr);
  pango_cairo_context_set_resolution (pango, 72);
  ins_chart_layout (chart, pango, width, height, theme);
  for (int i = 0; i < 10000; i += 11)
    selected[i] = 1;
  for (double x = width * .5; x < width && state.hover < 0; x += 3)
    if (ins_chart_hit (chart, x, height * 0.5, &hit))
      state.hover = hit.item;
  ins_chart_draw (chart, cr);
  ins_chart_draw_state (chart, cr, &state);
  cairo_surface_write_to_png (surface, path);
  g_object_unref (pango);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_free (selected);
  return TRUE;
}

int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : NULL, *format = argc > 4 ? argv[4] : "png";
  const InsTheme *theme = ins_theme_find (argc > 3 ? argv[3] : "light");
  const char *only = argc > 5 && *argv[5] ? argv[5] : NULL;
  double width = 900, height = 560;

  if (!folder || !theme || (argc > 2 && sscanf (argv[2], "%lfx%lf", &width, &height) != 2))
    {
      fprintf (stderr, "draw-charts FOLDER [WIDTHxHEIGHT] [THEME] [png|svg|pdf] [NAME] [state]\n");
      return 2;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sample_charts); i++)
    {
      g_autoptr (GError) error = NULL;
      InsChart *chart;
      char path[4096];
      gint64 start;

      if (only && strcmp (only, sample_charts[i].name) != 0)
        continue;
      chart = sample_charts[i].make ();
      g_snprintf (path, sizeof path, "%s/%s.%s", folder, sample_charts[i].name, format);
      start = g_get_monotonic_time ();
      if (argc > 6 ? !draw_with_state (chart, path, width, height, theme)
                   : !ins_chart_export (chart, path, width, height, theme, &error))
        fprintf (stderr, "%s\n", error->message);
      printf ("%-20s %6.1f ms\n", sample_charts[i].name,
              (g_get_monotonic_time () - start) / 1000.0);
      ins_chart_unref (chart);
    }
  return 0;
}
