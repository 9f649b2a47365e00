/* test-json.c: what the command line writes as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/ins-json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ins-random.h"

static void
test_nesting (void)
{
  g_autoptr (InsJson) json = ins_json_new ();
  const char *expected = "{\n"
                         "  \"a\": 1,\n"
                         "  \"list\": [\n"
                         "    true,\n"
                         "    {\n"
                         "      \"deep\": [\n"
                         "        []\n"
                         "      ],\n"
                         "      \"no\": false\n"
                         "    },\n"
                         "    null\n"
                         "  ],\n"
                         "  \"empty\": {},\n"
                         "  \"none\": [],\n"
                         "  \"end\": null\n"
                         "}\n";

  ins_json_begin_object (json, NULL);
  ins_json_integer (json, "a", 1);
  ins_json_begin_array (json, "list");
  ins_json_boolean (json, NULL, TRUE);
  ins_json_begin_object (json, NULL);
  ins_json_begin_array (json, "deep");
  ins_json_begin_array (json, NULL);
  ins_json_end_array (json);
  ins_json_end_array (json);
  ins_json_boolean (json, "no", FALSE);
  ins_json_end_object (json);
  ins_json_null (json, NULL);
  ins_json_end_array (json);
  ins_json_begin_object (json, "empty");
  ins_json_end_object (json);
  ins_json_begin_array (json, "none");
  ins_json_end_array (json);
  ins_json_text (json, "end", NULL);
  ins_json_end_object (json);
  g_assert_cmpstr (ins_json_get_text (json), ==, expected);
  g_assert_cmpstr (ins_json_get_text (json), ==, expected); /* asked twice, ended once */
}

/* The text of a document of one value, without its line feed. */
static char *
quote (const char *text)
{
  g_autoptr (InsJson) json = ins_json_new ();
  char *got;

  ins_json_text (json, NULL, text);
  got = g_strdup (ins_json_get_text (json));
  g_assert_true (g_str_has_suffix (got, "\n"));
  got[strlen (got) - 1] = '\0';
  return got;
}

static void
test_escaping (void)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "", "\"\"" },
    { "say \"yes\"", "\"say \\\"yes\\\"\"" },
    { "C:\\new\\table", "\"C:\\\\new\\\\table\"" },
    { "a/b's <c>", "\"a/b's <c>\"" },
    { "a\nb\tc", "\"a\\nb\\tc\"" },
    { "\r\b\f\x01\x1f\x7f", "\"\\u000d\\u0008\\u000c\\u0001\\u001f\\u007f\"" },
    { "£ é 日本 \xf0\x9f\x98\x80", "\"£ é 日本 \xf0\x9f\x98\x80\"" },
    { "caf\xe9", "\"caf\xef\xbf\xbd\"" },
    { "\xff\"\xc3", "\"\xef\xbf\xbd\\\"\xef\xbf\xbd\"" },
    { "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" }, /* half a pair */
  };
  g_autoptr (InsJson) json = ins_json_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = quote (cases[i].text);
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
  ins_json_begin_object (json, NULL);
  ins_json_integer (json, "a \"name\"\n", 0);
  ins_json_end_object (json);
  g_assert_cmpstr (ins_json_get_text (json), ==, "{\n  \"a \\\"name\\\"\\n\": 0\n}\n");
}

/* Reads a string literal back as RFC 8259 says; fails where it forbids a character. */
static char *
unquote (const char *literal)
{
  GString *text = g_string_new (NULL);
  const char *p = literal;

  g_assert_cmpint (*p++, ==, '"');
  while (*p != '"')
    {
      g_assert_cmpuint ((guchar)*p, >=, 0x20);
      if (*p != '\\')
        g_string_append_c (text, *p++);
      else if (p[1] == 'u')
        {
          g_autofree char *digits = g_strndup (p + 2, 4);
          g_string_append_unichar (text, (gunichar)strtoul (digits, NULL, 16));
          p += 6;
        }
      else
        {
          const char *name = strchr ("\"\"\\\\//n\nt\tr\rb\bf\f", p[1]);
          g_assert_nonnull (name);
          g_string_append_c (text, name[1]);
          p += 2;
        }
    }
  g_assert_cmpstr (p, ==, "\"");
  return g_string_free (text, FALSE);
}

/* Any bytes: what is read back is the text, wrong bytes replaced. */
static void
test_any_text (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint length = ins_random_below (5, round, 0, 24);
      g_autofree char *text = g_new0 (char, length + 1);
      g_autofree char *valid = NULL, *literal = NULL, *again = NULL;

      for (guint i = 0; i < length; i++)
        text[i] = (char)(1 + ins_random_below (5, round, i + 1, round % 2 ? 255 : 127));
      valid = g_utf8_make_valid (text, -1);
      literal = quote (text);
      again = unquote (literal);
      g_assert_true (g_utf8_validate (literal, -1, NULL));
      g_assert_cmpstr (again, ==, valid);
    }
}

static char *
write_number (double value)
{
  g_autoptr (InsJson) json = ins_json_new ();

  ins_json_number (json, NULL, value);
  return g_strndup (ins_json_get_text (json), strlen (ins_json_get_text (json)) - 1);
}

static void
test_numbers (void)
{
  static const struct
  {
    double value;
    const char *expected;
  } cases[] = {
    { 0, "0" },
    { 1, "1" },
    { -17.5, "-17.5" },
    { 0.1, "0.1" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 541909, "541909" },
    { 1.0 / 3, "0.3333333333333333" },
    { 2.2250738585072014e-308, "2.2250738585072014e-308" },
    { NAN, "null" },
    { INFINITY, "null" },
    { -INFINITY, "null" },
  };
  g_autoptr (InsJson) json = ins_json_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = write_number (cases[i].value);
      g_assert_cmpstr (got, ==, cases[i].expected);
    }
  ins_json_begin_array (json, NULL);
  ins_json_integer (json, NULL, G_MININT64);
  ins_json_integer (json, NULL, G_MAXINT64);
  ins_json_end_array (json);
  g_assert_cmpstr (ins_json_get_text (json), ==,
                   "[\n  -9223372036854775808,\n  9223372036854775807\n]\n");
}

static gsize
count_digits (const char *text)
{
  gsize n = 0, zeros = 0;

  for (text += strspn (text, "-0."); *text != '\0' && *text != 'e'; text++)
    if (*text != '.')
      {
        n++;
        zeros = *text == '0' ? zeros + 1 : 0;
      }
  return n - zeros;
}

/* Against every precision from one digit on: the first that reads back. */
static void
test_shortest (void)
{
  for (guint pass = 0; pass < 20000; pass++)
    {
      double value = (double)(gint64)ins_random_bits (3, pass, 0)
                     * pow (10, (int)ins_random_below (3, pass, 1, 60) - 40);
      char naive[40];
      g_autofree char *got = NULL;

      if (pass % 2)
        value = round (value / pow (10, floor (log10 (fabs (value))) - pass % 7)) / 1000;
      got = write_number (value);
      for (int digits = 1; digits <= 17; digits++)
        {
          char format[8];
          g_snprintf (format, sizeof format, "%%.%dg", digits);
          g_ascii_formatd (naive, sizeof naive, format, value);
          if (g_ascii_strtod (naive, NULL) == value)
            break;
        }
      g_assert_true (g_ascii_strtod (got, NULL) == value);
      g_assert_cmpuint (count_digits (got), ==, count_digits (naive));
      g_assert_true (g_ascii_isdigit (got[got[0] == '-'])); /* neither ".5" nor "+1" */
      g_assert_cmpuint (strspn (got, "-+.e0123456789"), ==, strlen (got));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/nesting", test_nesting);
  g_test_add_func ("/json/escaping", test_escaping);
  g_test_add_func ("/json/any-text", test_any_text);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/shortest", test_shortest);
  return g_test_run ();
}
