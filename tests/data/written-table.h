/* written-table.h: a made-up table, written in any dialect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/data/data-test.h"

#define INS_TEST_LINES 60

typedef struct
{
  char invoice[16], product[16], customer[16];
  const char *description;
  int quantity;
  int cents;
  int year, month, day, hour, minute;
} Line;

static const char *const descriptions[] = {
  "Plain",         "Café au lait", "Pound £5 note", "Euro € sign", "with, comma; semicolon | bar",
  "say \"hello\"", "tab\there",    "ÄÖÜ ß ñ"
};

static inline void
make_lines (Line *lines)
{
  for (int i = 0; i < INS_TEST_LINES; i++)
    {
      Line *l = &lines[i];

      g_snprintf (l->invoice, sizeof l->invoice, "%s%d", i % 11 == 3 ? "C" : "", 536365 + i / 3);
      g_snprintf (l->product, sizeof l->product, "%d%c", 20000 + i % 17, 'A' + i % 3);
      g_snprintf (l->customer, sizeof l->customer, "%d", 12346 + i / 6 * 7);
      l->description = descriptions[i % G_N_ELEMENTS (descriptions)];
      l->quantity = i % 11 == 3 ? -i : i * i;
      l->cents = i * 12345 + 7;
      l->year = 2010 + i / 30;
      l->month = 1 + i / 3 % 12;
      l->day = 1 + i / 3 * 5 % 28;
      l->hour = i / 3 % 24;
      l->minute = i / 3;
    }
}

typedef struct
{
  char delimiter;
  char decimal;
  const char *date; /* strptime form */
} Way;

static inline void
put_date (GString *text, const Line *l, const char *format)
{
  g_autoptr (GDateTime) time =
      g_date_time_new_utc (l->year, l->month, l->day, l->hour, l->minute, 0);
  g_autofree char *date = g_date_time_format (time, format);

  g_string_append (text, date);
}

static inline void
put_field (GString *text, const char *field, char delimiter)
{
  gboolean quotes = strchr (field, delimiter) || strpbrk (field, "\"\r\n");

  if (quotes)
    g_string_append_c (text, '"');
  for (; *field; field++)
    {
      if (*field == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *field);
    }
  if (quotes)
    g_string_append_c (text, '"');
}

static inline void
put_line (GString *text, const Line *l, const Way *way)
{
  g_autoptr (GString) date = g_string_new (NULL);
  g_autofree char *price =
      g_strdup_printf ("%d%c%02d", l->cents / 100, way->decimal, l->cents % 100);
  char d = way->delimiter;

  put_field (text, l->invoice, d);
  g_string_append_c (text, d);
  put_field (text, l->product, d);
  g_string_append_c (text, d);
  put_field (text, l->description, d);
  g_string_append_printf (text, "%c%d%c", d, l->quantity, d);
  put_date (date, l, way->date);
  put_field (text, date->str, d);
  g_string_append_c (text, d);
  put_field (text, price, d);
  g_string_append_c (text, d);
  put_field (text, l->customer, d);
  g_string_append_printf (text, "%cUnited Kingdom\r\n", d);
}

static inline char *
write_table (const Line *lines, const Way *way)
{
  static const char *const names[] = { "InvoiceNo",   "StockCode", "Description", "Quantity",
                                       "InvoiceDate", "UnitPrice", "CustomerID",  "Country" };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (i > 0)
        g_string_append_c (text, way->delimiter);
      g_string_append (text, names[i]);
    }
  g_string_append (text, "\r\n");
  for (int i = 0; i < INS_TEST_LINES; i++)
    put_line (text, &lines[i], way);
  return g_string_free (text, FALSE);
}

static inline void
check_table (const InsImport *import, const Line *lines, gboolean euro)
{
  g_assert_cmpuint (import->n_rows, ==, INS_TEST_LINES);
  g_assert_cmpuint (import->n_rejected, ==, 0);
  for (int i = 0; i < INS_TEST_LINES; i++)
    {
      const Line *l = &lines[i];
      const InsColumn *date = ins_table_get (import->table, INS_ROLE_DATE);

      g_assert_cmpstr (word_at (import, INS_ROLE_INVOICE, i), ==, l->invoice);
      g_assert_cmpstr (word_at (import, INS_ROLE_PRODUCT, i), ==, l->product);
      g_assert_cmpstr (word_at (import, INS_ROLE_CUSTOMER, i), ==, l->customer);
      g_assert_cmpstr (word_at (import, INS_ROLE_COUNTRY, i), ==, "United Kingdom");
      if (euro || !strstr (l->description, "€"))
        g_assert_cmpstr (word_at (import, INS_ROLE_DESCRIPTION, i), ==, l->description);
      g_assert_cmpfloat (number_at (import, INS_ROLE_QUANTITY, i), ==, l->quantity);
      g_assert_cmpfloat (number_at (import, INS_ROLE_PRICE, i), ==, l->cents / 100.0);
      g_assert_cmpint (date->days[i], ==, ins_date_from_civil (l->year, l->month, l->day));
    }
}
