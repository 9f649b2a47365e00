/* ins-json.c: writing one JSON document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/ins-json.h"

#include "base/ins-text.h"

#include <math.h>

struct _InsJson
{
  GString *text;
  guint depth;
  gboolean first; /* nothing yet in the object or array that is open */
  gboolean closed;
};

InsJson *
ins_json_new (void)
{
  InsJson *json = g_new0 (InsJson, 1);

  json->text = g_string_new (NULL);
  json->first = TRUE;
  return json;
}

void
ins_json_free (InsJson *json)
{
  if (json == NULL)
    return;
  g_string_free (json->text, TRUE);
  g_free (json);
}

static void
new_line (InsJson *json)
{
  g_string_append_c (json->text, '\n');
  for (guint i = 0; i < json->depth; i++)
    g_string_append (json->text, "  ");
}

static void
append_quoted (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else if (*p == '\n')
        g_string_append (out, "\\n");
      else if (*p == '\t')
        g_string_append (out, "\\t");
      else if ((guchar)*p < 0x20 || *p == 0x7f)
        g_string_append_printf (out, "\\u%04x", (guint)(guchar)*p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/* What comes before a value. */
static void
begin_value (InsJson *json, const char *name)
{
  if (json->depth > 0)
    {
      if (!json->first)
        g_string_append_c (json->text, ',');
      new_line (json);
    }
  json->first = FALSE;
  if (name == NULL)
    return;
  append_quoted (json->text, name);
  g_string_append (json->text, ": ");
}

static void
open_level (InsJson *json, const char *name, char bracket)
{
  begin_value (json, name);
  g_string_append_c (json->text, bracket);
  json->depth++;
  json->first = TRUE;
}

static void
close_level (InsJson *json, char bracket)
{
  g_return_if_fail (json != NULL && json->depth > 0);

  json->depth--;
  if (!json->first)
    new_line (json);
  json->first = FALSE;
  g_string_append_c (json->text, bracket);
}

void
ins_json_begin_object (InsJson *json, const char *name)
{
  g_return_if_fail (json != NULL);
  open_level (json, name, '{');
}

void
ins_json_end_object (InsJson *json)
{
  close_level (json, '}');
}

void
ins_json_begin_array (InsJson *json, const char *name)
{
  g_return_if_fail (json != NULL);
  open_level (json, name, '[');
}

void
ins_json_end_array (InsJson *json)
{
  close_level (json, ']');
}

void
ins_json_text (InsJson *json, const char *name, const char *text)
{
  g_return_if_fail (json != NULL);

  begin_value (json, name);
  if (text == NULL)
    g_string_append (json->text, "null");
  else
    append_quoted (json->text, text);
}

void
ins_json_number (InsJson *json, const char *name, double value)
{
  char buffer[INS_TEXT_SIZE];

  g_return_if_fail (json != NULL);

  begin_value (json, name);
  g_string_append (json->text, isfinite (value) ? ins_double_to_text (value, buffer) : "null");
}

void
ins_json_integer (InsJson *json, const char *name, gint64 value)
{
  g_return_if_fail (json != NULL);

  begin_value (json, name);
  g_string_append_printf (json->text, "%" G_GINT64_FORMAT, value);
}

void
ins_json_boolean (InsJson *json, const char *name, gboolean value)
{
  g_return_if_fail (json != NULL);

  begin_value (json, name);
  g_string_append (json->text, value ? "true" : "false");
}

void
ins_json_null (InsJson *json, const char *name)
{
  ins_json_text (json, name, NULL);
}

const char *
ins_json_get_text (InsJson *json)
{
  g_return_val_if_fail (json != NULL && json->depth == 0, NULL);

  if (!json->closed)
    g_string_append_c (json->text, '\n');
  json->closed = TRUE;
  return json->text->str;
}
