/* ins-cli-steps.c: every step and parameter: type, range, default, help
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"
#include "pipeline/ins-registry.h"

#include <glib/gi18n-lib.h>

static const char *
kind_to_text (InsParamKind kind)
{
  switch (kind)
    {
    case INS_PARAM_BOOL:
      return "yes/no";
    case INS_PARAM_INT:
      return "integer";
    case INS_PARAM_DOUBLE:
      return "number";
    case INS_PARAM_CHOICE:
      return "choice";
    case INS_PARAM_DATE:
      return "date";
    case INS_PARAM_LIST:
      return "list";
    case INS_PARAM_MAP:
      return "map";
    case INS_PARAM_TEXT:
    default:
      return "text";
    }
}

/* Without the lowest value where that stands for "auto". */
static gboolean
get_range (const InsParam *param, double *low, double *high)
{
  GParamSpec *spec = param->spec;

  if (G_IS_PARAM_SPEC_INT (spec))
    {
      *low = G_PARAM_SPEC_INT (spec)->minimum + (param->auto_text != NULL);
      *high = G_PARAM_SPEC_INT (spec)->maximum;
    }
  else if (G_IS_PARAM_SPEC_INT64 (spec))
    {
      *low = (double)G_PARAM_SPEC_INT64 (spec)->minimum;
      *high = (double)G_PARAM_SPEC_INT64 (spec)->maximum;
    }
  else if (G_IS_PARAM_SPEC_DOUBLE (spec))
    {
      *low = G_PARAM_SPEC_DOUBLE (spec)->minimum;
      if (param->auto_text != NULL)
        *low = MAX (*low, 0);
      *high = G_PARAM_SPEC_DOUBLE (spec)->maximum;
    }
  else
    return FALSE;
  return TRUE;
}

/* Values of a choice, or of a map's entries.  (transfer container) (nullable) */
static GPtrArray *
list_choices (const InsParam *param)
{
  g_autoptr (GTypeClass) klass = NULL;
  GType type = param->kind == INS_PARAM_CHOICE ? G_PARAM_SPEC_VALUE_TYPE (param->spec)
               : param->kind == INS_PARAM_MAP  ? param->value_choices
                                               : G_TYPE_INVALID;
  GPtrArray *choices;

  if (type == G_TYPE_INVALID || !G_TYPE_IS_ENUM (type))
    return NULL;
  klass = g_type_class_ref (type);
  choices = g_ptr_array_new ();
  for (guint i = 0; i < G_ENUM_CLASS (klass)->n_values; i++)
    g_ptr_array_add (choices, (gpointer)G_ENUM_CLASS (klass)->values[i].value_nick);
  return choices;
}

/* ---- JSON ---- */

static void
param_json (InsJson *json, const InsParam *param)
{
  g_autofree char *value = ins_param_get_default_text (param);
  g_autoptr (GPtrArray) choices = list_choices (param);
  g_auto (GStrv) aliases = g_strsplit (param->aliases ? param->aliases : "", ",", -1);
  double low, high;

  ins_json_begin_object (json, NULL);
  ins_json_text (json, "name", param->spec->name);
  ins_json_text (json, "type", kind_to_text (param->kind));
  ins_json_text (json, "default", value);
  if (get_range (param, &low, &high))
    {
      ins_json_number (json, "min", low);
      ins_json_number (json, "max", high);
    }
  if (choices != NULL)
    {
      ins_json_begin_array (json, "choices");
      for (guint i = 0; i < choices->len; i++)
        ins_json_text (json, NULL, g_ptr_array_index (choices, i));
      ins_json_end_array (json);
    }
  if (param->auto_text != NULL)
    ins_json_text (json, "auto", param->auto_text);
  ins_json_begin_array (json, "aliases");
  for (gsize i = 0; aliases[i] != NULL; i++)
    ins_json_text (json, NULL, aliases[i]);
  ins_json_end_array (json);
  ins_json_text (json, "title", _ (g_param_spec_get_nick (param->spec)));
  ins_json_text (json, "help", _ (g_param_spec_get_blurb (param->spec)));
  ins_json_end_object (json);
}

static void
step_json (InsJson *json, InsStepClass *klass)
{
  g_autoptr (GPtrArray) params = ins_step_class_list_params (klass);

  ins_json_begin_object (json, NULL);
  ins_json_text (json, "id", klass->id);
  ins_json_text (json, "stage", ins_stage_to_text (klass->stage));
  ins_json_text (json, "title", _ (klass->title));
  ins_json_text (json, "help", _ (klass->blurb));
  ins_json_integer (json, "version", klass->version);
  ins_json_begin_array (json, "parameters");
  for (guint i = 0; i < params->len; i++)
    param_json (json, g_ptr_array_index (params, i));
  ins_json_end_array (json);
  ins_json_end_object (json);
}

/* ---- for people ---- */

static char *
range_to_text (const InsParam *param)
{
  g_autoptr (GPtrArray) choices = list_choices (param);
  GString *text = g_string_new (NULL);
  double low, high;

  if (choices != NULL)
    for (guint i = 0; i < choices->len; i++)
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "",
                              (char *)g_ptr_array_index (choices, i));
  else if (get_range (param, &low, &high))
    {
      char from[INS_TEXT_SIZE], to[INS_TEXT_SIZE];
      gboolean no_low = low <= -1e300, no_high = high >= 1e300 || high >= (double)G_MAXINT64;

      if (!no_low || !no_high)
        g_string_append_printf (text, "%s … %s", no_low ? "" : ins_double_to_text (low, from),
                                no_high ? "" : ins_double_to_text (high, to));
    }
  else if (param->kind == INS_PARAM_BOOL)
    g_string_append (text, "yes|no");
  if (param->auto_text != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "|" : "", param->auto_text);
  return g_string_free (text, FALSE);
}

static void
print_step (InsStepClass *klass)
{
  const char *const titles[] = { _ ("Parameter"), _ ("Type"), _ ("Default"), _ ("Meaning") };
  g_autoptr (GPtrArray) params = ins_step_class_list_params (klass);
  g_autoptr (InsCliTable) table = ins_cli_table_new ();

  ins_cli_print ("%s: %s\n%s.\n\n", klass->id, _ (klass->title), _ (klass->blurb));
  if (params->len == 0)
    {
      ins_cli_print (_ ("No parameters.\n"));
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    ins_cli_table_add_column (table, titles[i], FALSE);
  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_autofree char *value = ins_param_get_default_text (param);
      g_autofree char *range = range_to_text (param);
      GString *help = g_string_new (_ (g_param_spec_get_blurb (param->spec)));

      if (*range != '\0')
        g_string_append_printf (help, " [%s]", range);
      if (param->aliases != NULL)
        g_string_append_printf (help, _ (" (also: %s)"), param->aliases);
      ins_cli_table_text (table, param->spec->name);
      ins_cli_table_text (table, kind_to_text (param->kind));
      ins_cli_table_text (table, value);
      ins_cli_table_text (table, help->str);
      g_string_free (help, TRUE);
    }
  ins_cli_table_print (table);
}

static void
print_steps (const GType *types, gsize n)
{
  g_autoptr (InsCliTable) table = ins_cli_table_new ();

  ins_cli_table_add_column (table, _ ("Stage"), FALSE);
  ins_cli_table_add_column (table, _ ("Step"), FALSE);
  ins_cli_table_add_column (table, _ ("What it does"), FALSE);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (types[i]);
      InsStepClass *step = INS_STEP_CLASS (klass);

      ins_cli_table_text (table, ins_stage_to_text (step->stage));
      ins_cli_table_text (table, step->id);
      ins_cli_table_text (table, _ (step->blurb));
    }
  ins_cli_table_print (table);
  ins_cli_print (_ ("\n“insiders-cli steps STEP” lists the parameters of one.\n"));
}

static gboolean
print_all_json (const GType *types, gsize n, GError **error)
{
  InsJson *json = ins_json_new ();

  ins_json_begin_array (json, NULL);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (types[i]);
      step_json (json, INS_STEP_CLASS (klass));
    }
  ins_json_end_array (json);
  return ins_cli_json_print (json, error);
}

gboolean
ins_cli_steps (InsCli *cli, char ***arguments, GError **error)
{
  g_autoptr (InsStep) step = NULL;
  const GType *types;
  gsize n;

  if (!ins_cli_parse (cli, "steps", arguments, NULL, NULL, NULL, 0, 1, error))
    return FALSE;
  if (cli->version)
    return TRUE;
  if (!ins_cli_no_chain (cli, error))
    return FALSE;
  types = ins_registry_list (&n);
  if (**arguments == NULL)
    {
      if (cli->json)
        return print_all_json (types, n, error);
      print_steps (types, n);
      return TRUE;
    }
  step = ins_registry_create (**arguments, error);
  if (step == NULL)
    return FALSE;
  if (cli->json)
    {
      InsJson *json = ins_json_new ();
      step_json (json, INS_STEP_GET_CLASS (step));
      return ins_cli_json_print (json, error);
    }
  print_step (INS_STEP_GET_CLASS (step));
  return TRUE;
}
