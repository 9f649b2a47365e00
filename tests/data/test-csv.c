/* test-csv.c: what is written reads back through libcsv; formulas; failing streams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-csv.h"

#include "tests/ins-test.h"

#include <csv.h>
#include <math.h>
#include <string.h>

static char *
stream_text (GOutputStream *stream)
{
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);

  return g_strndup (g_memory_output_stream_get_data (memory),
                    g_memory_output_stream_get_data_size (memory));
}

static char *
write_texts (gboolean raw, const char *const *texts)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (InsCsv) csv = ins_csv_new (stream, raw);
  g_autoptr (GError) error = NULL;

  for (; *texts; texts++)
    ins_csv_text (csv, *texts);
  ins_csv_end_line (csv);
  g_assert_true (ins_csv_finish (csv, NULL, &error));
  g_assert_no_error (error);
  return stream_text (stream);
}

static void
check_line (gboolean raw, const char *text, const char *expected)
{
  g_autofree char *written = write_texts (raw, (const char *const[]){ text, "x", NULL });
  g_autofree char *line = g_strconcat (expected, ",x\n", NULL);

  g_assert_cmpstr (written, ==, line);
}

static void
test_text (void)
{
  check_line (FALSE, "plain", "plain");
  check_line (FALSE, "", "");
  check_line (FALSE, "two words", "two words");
  check_line (FALSE, "a,b", "\"a,b\"");
  check_line (FALSE, "say \"x\"", "\"say \"\"x\"\"\"");
  check_line (FALSE, "a\nb", "\"a\nb\"");
  check_line (FALSE, " blank", "\" blank\"");
  check_line (FALSE, "blank\t", "\"blank\t\"");
  check_line (FALSE, "caf\303\251", "caf\303\251");
}

static void
test_formulas (void)
{
  static const char *const harmful[] = { "=1+1", "+cmd", "-cmd|x", "@SUM(A1)", "-", "+" };

  for (gsize i = 0; i < G_N_ELEMENTS (harmful); i++)
    {
      g_autofree char *neutral = g_strconcat ("'", harmful[i], NULL);

      check_line (FALSE, harmful[i], neutral);
      check_line (TRUE, harmful[i], harmful[i]);
    }
  check_line (FALSE, "-12.5", "-12.5");
  check_line (FALSE, "+7", "+7");
  check_line (FALSE, "-1e5", "-1e5");
  check_line (FALSE, "\t=1", "\"'\t=1\"");
  check_line (FALSE, "a=1", "a=1");
}

static void
test_numbers (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (InsCsv) csv = ins_csv_new (stream, FALSE);
  g_autofree char *text = NULL;

  ins_csv_number (csv, 0.1);
  ins_csv_number (csv, 8330468.64);
  ins_csv_number (csv, 17);
  ins_csv_number (csv, NAN);
  ins_csv_integer (csv, G_MININT64);
  ins_csv_end_line (csv);
  ins_csv_text (csv, "");
  ins_csv_end_line (csv);
  ins_csv_number (csv, NAN);
  ins_csv_end_line (csv);
  ins_csv_text (csv, NULL);
  ins_csv_text (csv, NULL);
  ins_csv_end_line (csv);
  g_assert_true (ins_csv_finish (csv, NULL, NULL));
  text = stream_text (stream);
  g_assert_cmpstr (text, ==, "0.1,8330468.64,17,,-9223372036854775808\n\"\"\n\"\"\n,\n");
}

/* What comes back from libcsv, field after field. */
static void
take_field (void *text, size_t length, void *data)
{
  g_ptr_array_add (data, g_strndup (text, length));
}

static void
take_line (int end, void *data)
{
  g_ptr_array_add (data, NULL);
}

static char *
random_text (void)
{
  static const char alphabet[] = "ab,\"\n\r \t=-@';\303\251";
  int length = g_test_rand_int_range (0, 12);
  GString *text = g_string_new (NULL);

  for (int i = 0; i < length; i++)
    g_string_append_c (text, alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)]);
  return g_string_free (text, FALSE);
}

static void
test_round_trip (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (InsCsv) csv = ins_csv_new (stream, TRUE);
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  struct csv_parser parser;

  for (int line = 0; line < 20000; line++)
    {
      for (int i = 0; i <= line % 4; i++)
        {
          g_ptr_array_add (given, random_text ());
          ins_csv_text (csv, given->pdata[given->len - 1]);
        }
      g_ptr_array_add (given, NULL);
      ins_csv_end_line (csv);
    }
  g_assert_true (ins_csv_finish (csv, NULL, NULL));
  text = stream_text (stream);
  csv_init (&parser, 0);
  csv_parse (&parser, text, strlen (text), take_field, take_line, read);
  csv_free (&parser);
  g_assert_cmpuint (read->len, ==, given->len);
  for (guint i = 0; i < given->len; i++)
    g_assert_cmpstr (read->pdata[i], ==, given->pdata[i]);
}

static void
test_failing_stream (void)
{
  char room[100];
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
  g_autoptr (InsCsv) csv = ins_csv_new (stream, FALSE);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 100000; i++)
    {
      ins_csv_integer (csv, i);
      ins_csv_end_line (csv);
    }
  g_assert_false (ins_csv_finish (csv, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/text", test_text);
  g_test_add_func ("/csv/formulas", test_formulas);
  g_test_add_func ("/csv/numbers", test_numbers);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  g_test_add_func ("/csv/failing-stream", test_failing_stream);
  return g_test_run ();
}
