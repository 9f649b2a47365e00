/* ins-chart-export.c: PNG, SVG and PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-chart-private.h"

#include "base/ins-error.h"
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define PIXELS_PER_POINT 2.0

static cairo_status_t
write_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Fonts of the same shape everywhere: no hinting, grey, 72 points an inch. */
static void
paint (InsChart *chart, cairo_surface_t *surface, double width, double height,
       const InsTheme *theme)
{
  cairo_t *cr = cairo_create (surface);
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoContext *pango = pango_cairo_create_context (cr);

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (pango, options);
  pango_cairo_context_set_resolution (pango, 72);
  pango_context_set_round_glyph_positions (pango, FALSE);
  ins_chart_layout (chart, pango, width, height, theme);
  ins_chart_draw (chart, cr);
  g_object_unref (pango);
  cairo_font_options_destroy (options);
  cairo_destroy (cr);
}

static cairo_status_t
render_png (InsChart *chart, GByteArray *bytes, double width, double height, const InsTheme *theme)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)ceil (width * PIXELS_PER_POINT),
                                  (int)ceil (height * PIXELS_PER_POINT));
  cairo_status_t status;

  cairo_surface_set_device_scale (surface, PIXELS_PER_POINT, PIXELS_PER_POINT);
  paint (chart, surface, width, height, theme);
  status = cairo_surface_status (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, write_bytes, bytes);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
render_vector (InsChart *chart, cairo_surface_t *surface, double width, double height,
               const InsTheme *theme)
{
  cairo_status_t status;
  cairo_surface_set_fallback_resolution (surface, 300, 300);
  paint (chart, surface, width, height, theme);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

/* cairo numbers surfaces through the life of the program; here from 1, so that the same chart is
 * the same file. */
static gboolean
renumber (const GMatchInfo *match, GString *out, gpointer data)
{
  GHashTable *numbers = data;
  g_autofree char *before = g_match_info_fetch (match, 1), *id = g_match_info_fetch (match, 2);
  g_autofree char *kind = g_match_info_fetch (match, 3);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, id));

  if (number == 0)
    {
      number = g_hash_table_size (numbers) + 1;
      g_hash_table_insert (numbers, g_steal_pointer (&id), GUINT_TO_POINTER (number));
    }
  g_string_append_printf (out, "%s%s%u", before, kind, number);
  return FALSE;
}

static void
renumber_surfaces (GByteArray *bytes)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) regex = g_regex_new ("(id=\"|#)((surface|image|source)\\d+)",
                                          G_REGEX_OPTIMIZE | G_REGEX_RAW, 0, NULL);
  g_autofree char *text = g_regex_replace_eval (regex, (const char *)bytes->data,
                                                (gssize)bytes->len, 0, 0, renumber, numbers, NULL);
  if (!text)
    return;
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *)text, (guint)strlen (text));
}

static cairo_status_t
render_svg (InsChart *chart, GByteArray *bytes, double width, double height, const InsTheme *theme)
{
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream (write_bytes, bytes, width, height);
  cairo_status_t status = render_vector (chart, surface, width, height, theme);
  if (status == CAIRO_STATUS_SUCCESS)
    renumber_surfaces (bytes);
  return status;
}

static cairo_status_t
render_pdf (InsChart *chart, GByteArray *bytes, double width, double height, const InsTheme *theme)
{
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (write_bytes, bytes, width, height);
  /* a fixed date: the same chart is the same file */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Insiders");
  if (chart->title)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, chart->title);
  return render_vector (chart, surface, width, height, theme);
}

static const struct
{
  const char *name;
  cairo_status_t (*render) (InsChart *chart, GByteArray *bytes, double width, double height,
                            const InsTheme *theme);
} formats[] = { { "png", render_png }, { "svg", render_svg }, { "pdf", render_pdf } };

/* The layout on screen, kept while the same chart is drawn for a file. */
typedef struct
{
  PangoContext *pango;
  double width, height;
  const InsTheme *theme;
} Screen;

static void
restore (InsChart *chart, const Screen *screen)
{
  if (screen->pango && screen->theme)
    ins_chart_layout (chart, screen->pango, screen->width, screen->height, screen->theme);
  if (screen->pango)
    g_object_unref (screen->pango);
}

GBytes *
ins_chart_render (InsChart *chart, const char *format, double width, double height,
                  const InsTheme *theme, GError **error)
{
  g_return_val_if_fail (chart != NULL && format != NULL && theme != NULL, NULL);
  if (!(width >= 1 && width <= 10000 && height >= 1 && height <= 10000))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("A picture cannot be %g × %g points; give a size from 1 to 10000."), width,
                   height);
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (format, formats[i].name) == 0)
      {
        g_autoptr (GByteArray) bytes = g_byte_array_new ();
        Screen screen = { chart->pango ? g_object_ref (chart->pango) : NULL, chart->width,
                          chart->height, chart->theme };
        cairo_status_t status = formats[i].render (chart, bytes, width, height, theme);
        restore (chart, &screen);
        if (status == CAIRO_STATUS_SUCCESS)
          return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
        g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                     _ ("The picture could not be drawn as %s (%s); try a smaller size."),
                     formats[i].name, cairo_status_to_string (status));
        return NULL;
      }
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
               _ ("Pictures cannot be written as “%s”; use png, svg or pdf."), format);
  return NULL;
}

gboolean
ins_chart_export (InsChart *chart, const char *path, double width, double height,
                  const InsTheme *theme, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *ending;
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (chart != NULL && path != NULL, FALSE);
  ending = strrchr (path, '.');
  if (!ending || strchr (ending, G_DIR_SEPARATOR))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("“%s” does not say which kind of picture to write; end it in .png, .svg or "
                      ".pdf."),
                   path);
      return FALSE;
    }
  bytes = ins_chart_render (chart, ending + 1, width, height, theme, error);
  if (!bytes)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  return g_file_set_contents_full (
      path, data, size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}
