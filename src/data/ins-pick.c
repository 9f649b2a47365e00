/* ins-pick.c: lists of values and patterns, as filters write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-pick.h"

#include <string.h>

char **
ins_pick_split (const char *list)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GString) item = g_string_new (NULL);

  for (const char *p = list ? list : "";; p++)
    {
      if (p[0] == '\\' && (p[1] == ',' || p[1] == '\\'))
        g_string_append_c (item, *++p);
      else if (p[0] != ',' && p[0] != 0)
        g_string_append_c (item, p[0]);
      else
        {
          char *text = g_strstrip (g_strdup (item->str));

          if (*text)
            g_ptr_array_add (items, text);
          else
            g_free (text);
          g_string_truncate (item, 0);
          if (p[0] == 0)
            break;
        }
    }
  g_ptr_array_add (items, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&items), FALSE);
}

static gboolean
has_digit (const char *word)
{
  for (const char *p = word; *p; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static void
mark_pattern (const char *item, char **words, guint n, guint8 *marks)
{
  gboolean no_digit = g_str_equal (item, INS_PICK_NO_DIGIT);
  g_autoptr (GPatternSpec) pattern = g_pattern_spec_new (item);

  for (guint i = 0; i < n; i++)
    marks[i] |= no_digit ? !has_digit (words[i]) : g_pattern_spec_match_string (pattern, words[i]);
}

guint8 *
ins_pick_mark (const char *list, gboolean globs, char **words, guint n)
{
  g_auto (GStrv) items = ins_pick_split (list);
  g_autoptr (GHashTable) plain = g_hash_table_new (g_str_hash, g_str_equal);
  guint8 *marks = g_new0 (guint8, MAX (n, 1));

  for (char **item = items; *item; item++)
    {
      if (globs && (strpbrk (*item, "*?") || g_str_equal (*item, INS_PICK_NO_DIGIT)))
        mark_pattern (*item, words, n, marks);
      else
        g_hash_table_add (plain, *item);
    }
  for (guint i = 0; g_hash_table_size (plain) > 0 && i < n; i++)
    marks[i] |= g_hash_table_contains (plain, words[i]);
  return marks;
}
