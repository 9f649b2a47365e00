/* ins-cli-table.c: aligned tables for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TOO_LONG 1e15 /* from here on numbers are shown with an exponent */

typedef struct
{
  char *title;
  gboolean right;
} Column;

struct _InsCliTable
{
  GArray *columns;  /* Column */
  GPtrArray *cells; /* char *, line after line */
};

static void
clear_column (gpointer column)
{
  g_free (((Column *)column)->title);
}

InsCliTable *
ins_cli_table_new (void)
{
  InsCliTable *table = g_new0 (InsCliTable, 1);

  table->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (table->columns, clear_column);
  table->cells = g_ptr_array_new_with_free_func (g_free);
  return table;
}

void
ins_cli_table_free (InsCliTable *table)
{
  if (table == NULL)
    return;
  g_array_unref (table->columns);
  g_ptr_array_unref (table->cells);
  g_free (table);
}

void
ins_cli_table_add_column (InsCliTable *table, const char *title, gboolean right)
{
  Column column = { ins_cli_clean (title), right };

  g_return_if_fail (table != NULL && table->cells->len == 0);
  g_array_append_val (table->columns, column);
}

void
ins_cli_table_text (InsCliTable *table, const char *text)
{
  g_return_if_fail (table != NULL);
  g_ptr_array_add (table->cells, ins_cli_clean (text ? text : ""));
}

void
ins_cli_table_integer (InsCliTable *table, gint64 value)
{
  g_return_if_fail (table != NULL);
  g_ptr_array_add (table->cells, ins_cli_format_integer (value));
}

void
ins_cli_table_real (InsCliTable *table, double value, int decimals)
{
  g_return_if_fail (table != NULL);
  g_ptr_array_add (table->cells, ins_cli_format_real (value, decimals));
}

void
ins_cli_table_percent (InsCliTable *table, double share)
{
  g_return_if_fail (table != NULL);
  g_ptr_array_add (table->cells, ins_cli_format_percent (share));
}

void
ins_cli_table_number (InsCliTable *table, double value)
{
  int decimals = 0;

  g_return_if_fail (table != NULL);

  if (isfinite (value) && value != rint (value))
    {
      double size = fabs (value);
      decimals = size >= 10000 ? 1 : size >= 100 ? 2 : size >= 1 ? 3 : 4;
    }
  ins_cli_table_real (table, value, decimals);
}

/* Cells a terminal needs for a text. */
static gsize
text_width (const char *text)
{
  gsize width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
append_cell (GString *line, const char *text, gsize width, gboolean right, gboolean last)
{
  gsize blanks = width - text_width (text);

  if (right)
    for (gsize i = 0; i < blanks; i++)
      g_string_append_c (line, ' ');
  g_string_append (line, text);
  if (!right && !last)
    for (gsize i = 0; i < blanks; i++)
      g_string_append_c (line, ' ');
  if (!last)
    g_string_append (line, "  ");
}

void
ins_cli_table_print (InsCliTable *table)
{
  gsize n, n_rows;
  g_autofree gsize *width = NULL;
  GString *out;

  g_return_if_fail (table != NULL && table->columns->len > 0);

  n = table->columns->len;
  n_rows = table->cells->len / n;
  width = g_new0 (gsize, n);
  for (gsize c = 0; c < n; c++)
    {
      width[c] = text_width (g_array_index (table->columns, Column, c).title);
      for (gsize r = 0; r < n_rows; r++)
        width[c] = MAX (width[c], text_width (g_ptr_array_index (table->cells, r * n + c)));
    }
  out = g_string_new (NULL);
  for (gsize r = 0; r <= n_rows; r++)
    {
      for (gsize c = 0; c < n; c++)
        {
          const Column *column = &g_array_index (table->columns, Column, c);
          const char *text =
              r == 0 ? column->title : g_ptr_array_index (table->cells, (r - 1) * n + c);
          append_cell (out, text, width[c], column->right, c + 1 == n);
        }
      while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      g_string_append_c (out, '\n');
    }
  fputs (out->str, stdout);
  g_string_free (out, TRUE);
}

/* ---- formatting ---- */

static char *
group_digits (const char *digits)
{
  gsize whole = strspn (digits, "0123456789");
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
  g_string_append (out, digits + whole);
  return g_string_free (out, FALSE);
}

char *
ins_cli_format_integer (gint64 value)
{
  g_autofree char *digits =
      g_strdup_printf ("%" G_GUINT64_FORMAT, value < 0 ? -(guint64)value : (guint64)value);
  g_autofree char *grouped = group_digits (digits);

  return g_strconcat (value < 0 ? "−" : "", grouped, NULL);
}

char *
ins_cli_format_real (double value, int decimals)
{
  char format[8], digits[G_ASCII_DTOSTR_BUF_SIZE + 320];
  g_autofree char *grouped = NULL;

  if (isnan (value))
    return g_strdup ("–");
  if (isinf (value))
    return g_strdup (value > 0 ? "∞" : "−∞");
  if (fabs (value) < TOO_LONG)
    g_snprintf (format, sizeof format, "%%.%df", CLAMP (decimals, 0, 15));
  else /* a column of 300 digits helps nobody */
    g_strlcpy (format, "%.6g", sizeof format);
  g_ascii_formatd (digits, sizeof digits, format, fabs (value));
  grouped = group_digits (digits);
  if (value < 0 && strspn (digits, "0.") != strlen (digits))
    return g_strconcat ("−", grouped, NULL);
  return g_steal_pointer (&grouped);
}

char *
ins_cli_format_percent (double share)
{
  g_autofree char *number = ins_cli_format_real (share * 100, 1);

  return isnan (share) ? g_strdup ("–") : g_strconcat (number, " %", NULL);
}

char *
ins_cli_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      g_string_append_unichar (out, g_unichar_iscntrl (c) ? 0xfffd : c);
    }
  return g_string_free (out, FALSE);
}

void
ins_cli_print (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *clean = ins_cli_clean (lines[i]);
      fputs (clean, stdout);
      if (lines[i + 1] != NULL)
        fputc ('\n', stdout);
    }
}
