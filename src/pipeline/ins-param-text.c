/* ins-param-text.c: parameters as text: command line, project file, undo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-step.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-text.h"
#include "data/ins-pick.h"

/* --- lists and maps --- */

char **
ins_list_split (const char *text)
{
  return ins_pick_split (text);
}

static void
append_escaped (GString *text, const char *item)
{
  for (; *item; item++)
    {
      if (*item == ',' || *item == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *item);
    }
}

char *
ins_list_join (const char *const *items)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; items[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_escaped (text, items[i]);
    }
  return g_string_free (text, FALSE);
}

GHashTable *
ins_map_parse (const char *text)
{
  GHashTable *map = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) pairs = ins_list_split (text);

  for (gsize i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      if (equals != NULL && equals != pairs[i])
        g_hash_table_replace (map, g_strndup (pairs[i], (gsize)(equals - pairs[i])),
                              g_strdup (equals + 1));
    }
  return map;
}

char *
ins_map_format (GHashTable *map)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (map), (GCompareFunc)strcmp);
  g_autoptr (GStrvBuilder) pairs = g_strv_builder_new ();
  g_auto (GStrv) items = NULL;

  for (GList *l = keys; l != NULL; l = l->next)
    {
      g_autofree char *pair =
          g_strdup_printf ("%s=%s", (char *)l->data, (char *)g_hash_table_lookup (map, l->data));
      g_strv_builder_add (pairs, pair);
    }
  items = g_strv_builder_end (pairs);
  return ins_list_join ((const char *const *)items);
}

/* --- value → text --- */

static gboolean
is_lowest (const GParamSpec *spec, double value)
{
  if (G_IS_PARAM_SPEC_INT (spec))
    return value <= G_PARAM_SPEC_INT (spec)->minimum;
  if (G_IS_PARAM_SPEC_DOUBLE (spec))
    return value <= G_PARAM_SPEC_DOUBLE (spec)->minimum;
  return FALSE;
}

static char *
value_to_text (const InsParam *param, const GValue *value)
{
  char buffer[INS_TEXT_SIZE];

  switch (param->kind)
    {
    case INS_PARAM_BOOL:
      return g_strdup (g_value_get_boolean (value) ? "yes" : "no");
    case INS_PARAM_INT:
      if (G_VALUE_HOLDS_INT64 (value))
        return g_strdup_printf ("%" G_GINT64_FORMAT, g_value_get_int64 (value));
      if (param->auto_text != NULL && is_lowest (param->spec, g_value_get_int (value)))
        return g_strdup (param->auto_text);
      return g_strdup_printf ("%d", g_value_get_int (value));
    case INS_PARAM_DOUBLE:
      if (param->auto_text != NULL && is_lowest (param->spec, g_value_get_double (value)))
        return g_strdup (param->auto_text);
      return g_strdup (ins_double_to_text (g_value_get_double (value), buffer));
    case INS_PARAM_CHOICE:
      return g_strdup (
          g_enum_get_value (G_PARAM_SPEC_ENUM (param->spec)->enum_class, g_value_get_enum (value))
              ->value_nick);
    case INS_PARAM_TEXT:
    case INS_PARAM_DATE:
    case INS_PARAM_LIST:
    case INS_PARAM_MAP:
    default:
      if (param->auto_text != NULL && *g_value_get_string (value) == '\0')
        return g_strdup (param->auto_text);
      return g_value_dup_string (value);
    }
}

char *
ins_step_get_text (InsStep *self, const InsParam *param)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (self), param->spec->name, &value);
  return value_to_text (param, &value);
}

char *
ins_param_get_default_text (const InsParam *param)
{
  return value_to_text (param, g_param_spec_get_default_value (param->spec));
}

/* --- text → value --- */

static gboolean
parse_bool (const char *text, GValue *value)
{
  static const char *const yes[] = { "yes", "true", "on", "1", NULL };
  static const char *const no[] = { "no", "false", "off", "0", NULL };
  g_autofree char *low = g_ascii_strdown (text, -1);

  g_value_set_boolean (value, g_strv_contains (yes, low));
  return g_strv_contains (yes, low) || g_strv_contains (no, low);
}

/* Where a word stands for the lowest value, the value itself is no way to write it: "clusters=0" is
 * a slip, not a wish that the program choose.
 */
static gboolean
parse_number (const InsParam *param, const char *text, GValue *value)
{
  gboolean has_word = param->auto_text != NULL;
  double number;
  gint64 whole;

  if (has_word && g_ascii_strcasecmp (text, param->auto_text) == 0)
    {
      if (G_VALUE_HOLDS_INT (value))
        g_value_set_int (value, G_PARAM_SPEC_INT (param->spec)->minimum);
      else
        g_value_set_double (value, G_PARAM_SPEC_DOUBLE (param->spec)->minimum);
      return TRUE;
    }
  if (G_VALUE_HOLDS_DOUBLE (value))
    {
      if (!ins_text_to_double (text, strlen (text), &number))
        return FALSE;
      g_value_set_double (value, number);
      return number >= MAX (G_PARAM_SPEC_DOUBLE (param->spec)->minimum, has_word ? 0 : -INFINITY)
             && number <= G_PARAM_SPEC_DOUBLE (param->spec)->maximum;
    }
  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &whole, NULL))
    return FALSE;
  if (G_VALUE_HOLDS_INT64 (value))
    {
      g_value_set_int64 (value, whole);
      return whole >= G_PARAM_SPEC_INT64 (param->spec)->minimum
             && whole <= G_PARAM_SPEC_INT64 (param->spec)->maximum;
    }
  g_value_set_int (value, (int)CLAMP (whole, G_MININT, G_MAXINT));
  return whole >= G_PARAM_SPEC_INT (param->spec)->minimum + (has_word ? 1 : 0)
         && whole <= G_PARAM_SPEC_INT (param->spec)->maximum;
}

/* A choice is known by its nick, and by its name where that is what files write ("\t", ";"). */
static gboolean
parse_choice (const InsParam *param, const char *text, GValue *value)
{
  GEnumClass *choices = G_PARAM_SPEC_ENUM (param->spec)->enum_class;

  for (guint i = 0; i < choices->n_values; i++)
    if (g_ascii_strcasecmp (choices->values[i].value_nick, text) == 0
        || strcmp (choices->values[i].value_name, text) == 0)
      {
        g_value_set_enum (value, choices->values[i].value);
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_string (const InsParam *param, const char *text, GValue *value)
{
  gint32 days;

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  if (param->auto_text != NULL && g_ascii_strcasecmp (text, param->auto_text) == 0)
    text = "";
  if (param->kind == INS_PARAM_DATE && *text != '\0'
      && !ins_text_to_date (text, strlen (text), "%Y-%m-%d", &days, NULL))
    return FALSE;
  if (param->kind == INS_PARAM_LIST)
    {
      g_auto (GStrv) items = ins_list_split (text);
      g_value_take_string (value, ins_list_join ((const char *const *)items));
    }
  else if (param->kind == INS_PARAM_MAP)
    {
      g_autoptr (GHashTable) map = ins_map_parse (text);
      g_value_take_string (value, ins_map_format (map));
    }
  else
    g_value_set_string (value, text);
  return TRUE;
}

/* "a whole number from 2 to 1000, or auto"; the lowest value, which stands for auto, is not named
 */
static char *
legal_values (const InsParam *param)
{
  GParamSpec *spec = param->spec;
  g_autofree char *legal = NULL;
  char low[INS_TEXT_SIZE], high[INS_TEXT_SIZE];

  if (param->kind == INS_PARAM_BOOL)
    return g_strdup (_ ("yes or no"));
  if (param->kind == INS_PARAM_DATE)
    legal = g_strdup (_ ("a date as 2025-12-31"));
  else if (param->kind == INS_PARAM_CHOICE)
    {
      GEnumClass *choices = G_PARAM_SPEC_ENUM (spec)->enum_class;
      GString *text = g_string_new (_ ("one of"));
      for (guint i = 0; i < choices->n_values; i++)
        g_string_append_printf (text, "%s %s", i > 0 ? "," : "", choices->values[i].value_nick);
      return g_string_free (text, FALSE);
    }
  else if (param->kind == INS_PARAM_DOUBLE)
    legal = g_strdup_printf (
        _ ("a number from %s to %s"),
        ins_double_to_text (
            MAX (G_PARAM_SPEC_DOUBLE (spec)->minimum, param->auto_text ? 0 : -INFINITY), low),
        ins_double_to_text (G_PARAM_SPEC_DOUBLE (spec)->maximum, high));
  else if (G_IS_PARAM_SPEC_INT (spec))
    legal = g_strdup_printf (_ ("a whole number from %d to %d"),
                             G_PARAM_SPEC_INT (spec)->minimum + (param->auto_text != NULL),
                             G_PARAM_SPEC_INT (spec)->maximum);
  else if (param->kind == INS_PARAM_INT)
    {
      g_snprintf (low, sizeof low, "%" G_GINT64_FORMAT, G_PARAM_SPEC_INT64 (spec)->minimum);
      g_snprintf (high, sizeof high, "%" G_GINT64_FORMAT, G_PARAM_SPEC_INT64 (spec)->maximum);
      legal = g_strdup_printf (_ ("a whole number from %s to %s"), low, high);
    }
  else
    return g_strdup (_ ("text in UTF-8"));
  if (param->auto_text == NULL)
    return g_steal_pointer (&legal);
  return g_strdup_printf (_ ("%s, or %s"), legal, param->auto_text);
}

static gboolean
parse (const InsParam *param, const char *text, GValue *value)
{
  switch (param->kind)
    {
    case INS_PARAM_BOOL:
      return parse_bool (text, value);
    case INS_PARAM_INT:
    case INS_PARAM_DOUBLE:
      return parse_number (param, text, value);
    case INS_PARAM_CHOICE:
      return parse_choice (param, text, value);
    case INS_PARAM_TEXT:
    case INS_PARAM_DATE:
    case INS_PARAM_LIST:
    case INS_PARAM_MAP:
    default:
      return parse_string (param, text, value);
    }
}

/* Every value of a map must be a nick of the enum it comes from. */
static gboolean
check_map (InsStep *self, const InsParam *param, const char *text, GError **error)
{
  g_autoptr (GHashTable) map = ins_map_parse (text);
  g_autoptr (GTypeClass) choices = NULL;
  GHashTableIter iter;
  gpointer key, nick;

  if (param->value_choices == 0)
    return TRUE;
  choices = g_type_class_ref (param->value_choices);
  g_hash_table_iter_init (&iter, map);
  while (g_hash_table_iter_next (&iter, &key, &nick))
    if (g_enum_get_value_by_nick ((GEnumClass *)choices, nick) == NULL)
      {
        g_autoptr (GString) nicks = g_string_new (NULL);
        GEnumClass *values = (GEnumClass *)choices;
        for (guint i = 0; i < values->n_values; i++)
          g_string_append_printf (nicks, "%s%s", i > 0 ? ", " : "", values->values[i].value_nick);
        g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                     _ ("“%s” is not a value of %s.%s in step %s; it must be one of %s."),
                     (char *)nick, param->spec->name, (char *)key, INS_STEP_GET_CLASS (self)->id,
                     nicks->str);
        return FALSE;
      }
  return TRUE;
}

gboolean
ins_step_set_text (InsStep *self, const InsParam *param, const char *text, GError **error)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, param->spec->value_type);
  if (!parse (param, text, &value))
    {
      g_autofree char *legal = legal_values (param);
      g_autofree char *shown = g_utf8_make_valid (text, -1);
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("“%s” is not a value of parameter %s of step %s; it must be %s."), shown,
                   param->spec->name, INS_STEP_GET_CLASS (self)->id, legal);
      return FALSE;
    }
  if (param->kind == INS_PARAM_MAP && !check_map (self, param, g_value_get_string (&value), error))
    return FALSE;
  g_object_set_property (G_OBJECT (self), param->spec->name, &value);
  return TRUE;
}

static gboolean
set_in_map (InsStep *self, const InsParam *param, const char *key, const char *text, GError **error)
{
  g_autofree char *old = ins_step_get_text (self, param);
  g_autoptr (GHashTable) map = ins_map_parse (old);
  g_autofree char *whole = NULL;

  if (*text == '\0')
    g_hash_table_remove (map, key);
  else
    g_hash_table_replace (map, g_strdup (key), g_strdup (text));
  whole = ins_map_format (map);
  return ins_step_set_text (self, param, whole, error);
}

gboolean
ins_step_set (InsStep *self, const char *name, const char *text, GError **error)
{
  InsStepClass *klass = INS_STEP_GET_CLASS (self);
  const InsParam *param = ins_step_class_find_param (klass, name);
  const char *dot = strchr (name, '.');
  g_autofree char *head = g_strndup (name, dot ? (gsize)(dot - name) : 0);
  g_autoptr (GPtrArray) params = NULL;
  g_autoptr (GString) names = NULL;

  if (param != NULL)
    return ins_step_set_text (self, param, text, error);
  param = dot != NULL ? ins_step_class_find_param (klass, head) : NULL;
  if (param != NULL && param->kind == INS_PARAM_MAP)
    return set_in_map (self, param, dot + 1, text, error);

  params = ins_step_class_list_params (klass);
  names = g_string_new (NULL);
  for (guint i = 0; i < params->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((InsParam *)g_ptr_array_index (params, i))->spec->name);
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE, _ ("Step %s has no parameter “%s”; it has %s."),
               klass->id, name, names->len > 0 ? names->str : _ ("none"));
  return FALSE;
}
