/* ins-cli-chart.c: the charts of a project as PNG, SVG or PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"
#include "report/ins-figures.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_POINTS 10000

typedef struct
{
  char *output;
  char *size;
  char *theme;
  char *format;
  char *feature;
  char *measure;
  char *height;
  int k;
  int truncate;
  gboolean force;
} Options;

typedef struct
{
  double width, height;
  const InsTheme *theme;
  const char *format; /* "png", "svg", "pdf" */
} Drawing;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->size);
  g_free (options->theme);
  g_free (options->format);
  g_free (options->feature);
  g_free (options->measure);
  g_free (options->height);
}

/* ---- options ---- */

static gboolean
parse_size (const char *text, Drawing *drawing, GError **error)
{
  g_auto (GStrv) signs = g_strsplit (text, "×", 2);
  g_autofree char *plain = g_strjoinv ("x", signs);
  g_auto (GStrv) parts = g_strsplit_set (plain, "xX", 2);
  gboolean ok = g_strv_length (parts) == 2
                && ins_text_to_double (parts[0], strlen (parts[0]), &drawing->width)
                && ins_text_to_double (parts[1], strlen (parts[1]), &drawing->height)
                && drawing->width >= 100 && drawing->width <= MAX_POINTS && drawing->height >= 100
                && drawing->height <= MAX_POINTS;

  if (!ok)
    g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                 _ ("--size %s: give width and height in points from 100 to 10000, such as "
                    "900x560."),
                 text);
  return ok;
}

static gboolean
find_theme (const char *name, Drawing *drawing, GError **error)
{
  const char *names[INS_N_THEMES + 1] = { NULL };

  drawing->theme = ins_theme_find (name);
  if (drawing->theme != NULL)
    return TRUE;
  for (int i = 0; i < INS_N_THEMES; i++)
    names[i] = ins_theme_get (i)->name;
  ins_cli_set_unknown (error, _ ("--theme: there is no theme “%s”"), name, names);
  return FALSE;
}

static gboolean
find_format (const Options *options, gboolean all, Drawing *drawing, GError **error)
{
  static const char *const formats[] = { "png", "svg", "pdf", NULL };
  g_autofree char *base = g_path_get_basename (options->output);
  const char *dot = all ? NULL : strrchr (base, '.');
  const char *name = options->format;

  if (name == NULL && dot != NULL)
    name = dot + 1;
  if (name == NULL)
    name = "png";
  for (gsize i = 0; formats[i] != NULL; i++)
    if (g_ascii_strcasecmp (formats[i], name) == 0)
      drawing->format = formats[i];
  if (drawing->format != NULL)
    return TRUE;
  ins_cli_set_unknown (error, _ ("A chart cannot be written as “%s”"), name, formats);
  return FALSE;
}

static gboolean
parse_height (const char *text, InsHeightScale *scale, GError **error)
{
  static const char *const names[] = { "linear", "sqrt", "log", NULL };

  for (int i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *scale = (InsHeightScale)i;
        return TRUE;
      }
  ins_cli_set_unknown (error, _ ("--height: there is no scale “%s”"), text, names);
  return FALSE;
}

/* @name: (nullable) */
static gboolean
check_feature (const InsFeatures *features, const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (name == NULL || features == NULL || ins_features_find (features, name) >= 0)
    return TRUE;
  for (gsize j = 0; j < features->n_features; j++)
    g_ptr_array_add (names, (char *)features->infos[j].name);
  g_ptr_array_add (names, NULL);
  ins_cli_set_unknown (error, _ ("--feature: there is no feature “%s”"), name,
                       (const char *const *)names->pdata);
  return FALSE;
}

static gboolean
fill_input (InsFigureInput *input, const Options *options, const char *chart, GError **error)
{
  static const char *const all[] = { "lines", "customers", "revenue", "pearson", "spearman", NULL };
  static const char *const counts[] = { "lines", "customers", "revenue", NULL };
  const char *const *measures = g_str_equal (chart, "correlation") ? all + 3
                                : g_str_equal (chart, "all")       ? all
                                                                   : counts;

  if (options->measure != NULL && !g_strv_contains (measures, options->measure))
    {
      ins_cli_set_unknown (error, _ ("--measure: there is no measure “%s”"), options->measure,
                           measures);
      return FALSE;
    }
  if (options->k < 0 || options->truncate < 0)
    {
      ins_cli_set_usage (error, _ ("--k and --truncate must not be negative."));
      return FALSE;
    }
  input->feature = options->feature;
  input->measure = options->measure;
  input->k = (gsize)options->k;
  input->truncate = (gsize)options->truncate;
  return options->height == NULL || parse_height (options->height, &input->scale, error);
}

/* ---- drawing ---- */

/* Making and drawing a chart cannot be cancelled: meanwhile an interrupt may end the program, with
 * @folder (nullable).  (transfer full) */
static GBytes *
draw (InsCli *cli, const InsFigureInput *input, const char *name, const char *folder,
      const Drawing *drawing, GError **error)
{
  g_autoptr (InsChart) chart = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!ins_run_check (cli->run, error))
    return NULL;
  ins_cli_progress_allow_end (folder);
  chart = ins_figure_create (name, input, error);
  if (chart != NULL)
    bytes = ins_chart_render (chart, drawing->format, drawing->width, drawing->height,
                              drawing->theme, error);
  ins_cli_progress_forbid_end ();
  if (bytes == NULL || !ins_run_check (cli->run, error))
    return NULL;
  return g_steal_pointer (&bytes);
}

/* What was drawn, for people or programs. */
static gboolean
tell_files (InsCli *cli, GPtrArray *paths, GError **error)
{
  InsJson *json;

  ins_cli_progress_stop ();
  if (!cli->json)
    {
      for (guint i = 0; !cli->quiet && i < paths->len; i++)
        ins_cli_print ("%s\n", (char *)g_ptr_array_index (paths, i));
      return TRUE;
    }
  json = ins_json_new ();
  ins_json_begin_object (json, NULL);
  ins_json_begin_array (json, "files");
  for (guint i = 0; i < paths->len; i++)
    ins_json_text (json, NULL, g_ptr_array_index (paths, i));
  ins_json_end_array (json);
  ins_json_end_object (json);
  return ins_cli_json_print (json, error);
}

static gboolean
draw_all (InsCli *cli, const InsFigureInput *input, const char *path, const Drawing *drawing,
          GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (InsCliFolder) folder = ins_cli_folder_open (path, error);
  gsize n;
  const InsFigure *figures = ins_figures_list (&n);

  for (gsize i = 0; folder != NULL && i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%s", figures[i].name, drawing->format);
      g_autoptr (GBytes) bytes = NULL;

      if (!figures[i].is_available (input))
        continue;
      bytes =
          draw (cli, input, figures[i].name, ins_cli_folder_get_temporary (folder), drawing, error);
      if (bytes == NULL || !ins_cli_folder_write (folder, name, bytes, cli->run, error))
        return FALSE;
      g_ptr_array_add (paths, g_build_filename (path, name, NULL));
    }
  return folder != NULL && ins_cli_folder_finish (folder, cli->run, error)
         && tell_files (cli, paths, error);
}

static gboolean
draw_one (InsCli *cli, const InsFigureInput *input, const char *name, const char *path,
          const Drawing *drawing, GError **error)
{
  g_autoptr (GBytes) bytes = draw (cli, input, name, NULL, drawing, error);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  if (bytes == NULL || !ins_cli_write_bytes (path, bytes, cli->run, error))
    return FALSE;
  g_ptr_array_add (paths, (gpointer)path);
  return !cli->json || tell_files (cli, paths, error);
}

static gboolean
open_and_draw (InsCli *cli, char **words, const Options *options, GError **error)
{
  gboolean all = g_str_equal (words[1], "all");
  g_autoptr (InsProject) project = NULL;
  InsFigureInput input = { 0 };
  Drawing drawing = { 0 };

  if (options->output == NULL)
    {
      ins_cli_set_usage (error, _ ("Where to draw is missing: add -o OUT.png, .svg or .pdf, or a "
                                   "folder for all."));
      return FALSE;
    }
  if (cli->json && g_str_equal (options->output, "-"))
    {
      ins_cli_set_usage (error, _ ("--json and the chart cannot both go to standard output: give "
                                   "-o a file."));
      return FALSE;
    }
  if (!ins_cli_no_chain (cli, error)
      || !parse_size (options->size ? options->size : "900x560", &drawing, error)
      || !find_theme (options->theme ? options->theme : "light", &drawing, error)
      || !find_format (options, all, &drawing, error)
      || !fill_input (&input, options, words[1], error)
      || (!all && !ins_cli_check_output (options->output, words[0], FALSE, options->force, error)))
    return FALSE;
  ins_cli_begin (cli);
  project = ins_project_open (words[0], cli->run, error);
  if (project == NULL)
    return FALSE;
  input.results = ins_project_get_results (project);
  if (!check_feature (input.results->features, options->feature, error))
    return FALSE;
  input.identities = ins_project_get_identities (project, NULL);
  input.currency = ins_project_get_currency (project);
  input.run_id = ins_project_get_run_id (project);
  input.run = cli->run;
  return all ? draw_all (cli, &input, options->output, &drawing, error)
             : draw_one (cli, &input, words[1], options->output, &drawing, error);
}

static char *
list_figures (void)
{
  gsize n;
  const InsFigure *figures = ins_figures_list (&n);
  GString *text = g_string_new (_ ("Charts:"));

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "\n  %-14s %s", figures[i].name, _ (figures[i].title));
  return g_string_free (text, FALSE);
}

gboolean
ins_cli_chart (InsCli *cli, char ***arguments, GError **error)
{
  Options options = { 0 };
  g_autofree char *figures = list_figures ();
  gboolean ok;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("File ending in .png, .svg or .pdf; a folder for all; - is standard output"),
      N_ ("OUT") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options.size, N_ ("Size in points (default 900x560)"),
      N_ ("WxH") },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &options.theme, N_ ("light (default), dark, print …"),
      N_ ("THEME") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("png (default), svg or pdf, where the name does not say"), N_ ("FORMAT") },
    { "feature", 0, 0, G_OPTION_ARG_STRING, &options.feature, N_ ("For histogram and bars"),
      N_ ("NAME") },
    { "k", 0, 0, G_OPTION_ARG_INT, &options.k,
      N_ ("For silhouette: number of clusters in the sweep"), N_ ("K") },
    { "truncate", 0, 0, G_OPTION_ARG_INT, &options.truncate,
      N_ ("For dendrogram: branches shown at most"), N_ ("N") },
    { "height", 0, 0, G_OPTION_ARG_STRING, &options.height,
      N_ ("For dendrogram: linear, sqrt or log"), N_ ("SCALE") },
    { "measure", 0, 0, G_OPTION_ARG_STRING, &options.measure,
      N_ ("For waterfall: lines, customers or revenue; for correlation: pearson or spearman"),
      N_ ("MEASURE") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options.force, N_ ("Replace even a project file"), NULL },
    { NULL },
  };

  ok = ins_cli_parse (cli, "chart", arguments, entries, NULL, figures, 2, 2, error);
  if (ok && !cli->version)
    ok = open_and_draw (cli, *arguments, &options, error);
  options_clear (&options);
  return ok;
}
