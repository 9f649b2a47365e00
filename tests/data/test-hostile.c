/* test-hostile.c: no bytes make the import fall over, hang or lose a line silently
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/data/data-test.h"

#include <math.h>

#define HEAD "invoice,product,quantity,date,price,customer\n"
#define GOOD "1,A,2,2010-12-13,2.5,7\n"

static const InsRejected *
rejected_at (const InsImport *import, guint i)
{
  g_assert_cmpuint (i, <, import->rejected->len);
  return import->rejected->pdata[i];
}

/* A stray quote costs its own line, however far the next one is. */
static void
test_unclosed_quotes (void)
{
  static const char *const followers[] = { "", GOOD, "3,\"B, C\",1,2010-12-14,1,7\n",
                                           "3,\"B\"\"C\",1,2010-12-14,1,7\n" };

  for (gsize f = 0; f < G_N_ELEMENTS (followers); f++)
    for (guint n = 0; n < 300; n += 60)
      {
        g_autoptr (GString) text = g_string_new (HEAD GOOD "2,\"stray,2,2010-12-13,2.5,7\n");
        InsImport *import;
        guint rows = 1 + (*followers[f] != 0);

        for (guint i = 0; i < n; i++, rows++)
          g_string_append (text, GOOD);
        g_string_append (text, followers[f]);
        for (guint i = 0; i < n; i++, rows++)
          g_string_append (text, GOOD);
        import = import_bytes (text->str, text->len, NULL);
        g_assert_cmpuint (import->n_rows, ==, rows);
        g_assert_cmpuint (import->n_rejected, ==, 1);
        g_assert_cmpuint (rejected_at (import, 0)->line, ==, 3);
        g_assert_cmpstr (rejected_at (import, 0)->text, ==, "2,\"stray,2,2010-12-13,2.5,7");
        ins_artifact_unref (import);
      }
}

static void
test_only_quotes (void)
{
  g_autoptr (GString) text = g_string_new (HEAD GOOD);
  InsImport *import;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "\"a\n");
  g_string_append (text, GOOD);
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpuint (import->n_rows, ==, 2);
  g_assert_cmpuint (import->n_rejected, ==, 20000);
  ins_artifact_unref (import);
}

/* Fields over several lines are fine while their quotes are. */
static void
test_lines_in_fields (void)
{
  g_autoptr (GString) text =
      g_string_new (HEAD GOOD "2,\"one\ntwo\r\n\"\"three\"\"\n\",1,2010-12-13,1,7\n"
                              "3,\"");
  InsImport *import;

  for (guint i = 0; i < 99; i++)
    g_string_append (text, "x\n");
  g_string_append (text, "\",1,2010-12-14,1,7\nbad\n4,\"");
  for (guint i = 0; i < 101; i++)
    g_string_append (text, "x\n");
  g_string_append (text, "\",1,2010-12-14,1,7\n" GOOD);
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpuint (import->n_rows, ==, 4);
  g_assert_cmpstr (word_at (import, INS_ROLE_PRODUCT, 1), ==, "one\ntwo\r\n\"three\"\n");
  g_assert_cmpuint (rejected_at (import, 0)->line, ==, 107); /* bad */
  g_assert_cmpuint (rejected_at (import, 1)->line, ==, 108); /* the opening quote */
  g_assert_cmpuint (import->n_rejected, ==, 2 + 100 + 1);
  ins_artifact_unref (import);
}

static void
test_zero_bytes (void)
{
  g_autoptr (GString) text = g_string_new (HEAD GOOD);
  InsImport *import;

  g_string_append_len (text, "2,A\0B,2,2010-12-13,2.5,7\n", 25);
  g_string_append (text, GOOD);
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpuint (import->n_rows, ==, 2);
  g_assert_cmpuint (import->n_rejected, ==, 1);
  g_assert_cmpstr (rejected_at (import, 0)->text, ==, "2,A\357\277\275B,2,2010-12-13,2.5,7");
  ins_artifact_unref (import);
}

static void
test_huge_field (gconstpointer quoted)
{
  g_autoptr (GString) text = g_string_new (HEAD GOOD "2,");
  g_autofree char *huge = g_strnfill (10000000, 'x');
  InsImport *import;

  g_string_append_printf (text, quoted ? "\"%s\"" : "%s", huge);
  g_string_append (text, ",2,2010-12-13,2.5,7\n" GOOD);
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpuint (import->n_rows, ==, 2);
  g_assert_cmpuint (import->n_rejected, ==, 1);
  g_assert_cmpuint (strlen (rejected_at (import, 0)->text), <, 5000);
  g_assert_cmpuint (rejected_at (import, 0)->line, ==, 3);
  ins_artifact_unref (import);
}

/* Names that cannot be read are not taken from the line below. */
static void
test_huge_names (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *huge = g_strnfill (2000000, 'x');

  assert_fails (huge, strlen (huge), NULL, INS_ERROR_INPUT, "Line 1 of “test.csv”");
  g_string_append_printf (text, "%s," HEAD GOOD, huge);
  assert_fails (text->str, text->len, NULL, INS_ERROR_INPUT, "longer than a million");
}

/* A line above the names that cannot be read stands in the ledger with its reason. */
static void
test_unclosed_title (void)
{
  InsImport *import = import_text ("\"Report\n" HEAD GOOD GOOD, NULL);

  g_assert_cmpuint (import->n_rows, ==, 2);
  g_assert_cmpuint (import->n_rejected, ==, 1);
  g_assert_cmpuint (rejected_at (import, 0)->line, ==, 1);
  g_assert_cmpstr (rejected_at (import, 0)->reason, ==, "a quote is not closed");
  ins_artifact_unref (import);
}

static void
test_many_columns (void)
{
  g_autoptr (GString) text = g_string_new ("customer_id");
  g_autoptr (GString) wide = NULL;
  InsImport *import;

  for (guint c = 1; c < 10000; c++)
    g_string_append_printf (text, ",feature%u", c);
  g_string_append_c (text, '\n');
  for (guint r = 0; r < 20; r++)
    {
      g_string_append_printf (text, "%u", r);
      for (guint c = 1; c < 10000; c++)
        g_string_append_printf (text, ",%u.%u", r * c % 97, c % 10);
      g_string_append_c (text, '\n');
    }
  import = import_bytes (text->str, text->len, NULL);
  g_assert_true (import->ready);
  g_assert_cmpuint (import->n_columns, ==, 10000);
  g_assert_cmpuint (import->n_rows, ==, 20);
  g_assert_cmpfloat (ins_column_get_number (&import->table->columns[9999], 3), ==,
                     (3 * 9999 % 97) + 0.9);
  ins_artifact_unref (import);

  wide = g_string_new (NULL);
  for (guint r = 0; r < 3; r++)
    {
      for (guint c = 0; c < 50000; c++)
        g_string_append (wide, "x,");
      g_string_append_c (wide, '\n');
    }
  assert_fails (wide->str, wide->len, NULL, INS_ERROR_INPUT, "16384");
}

static void
test_no_table (void)
{
  static const char *const empty[] = { "", "\n", "\r\n\r\n\n", "\xef\xbb\xbf", "   \n\t\n" };
  g_autofree guint8 *noise = g_malloc (50000);

  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    assert_fails (empty[i], strlen (empty[i]), NULL, INS_ERROR_INPUT, "test.csv");
  assert_fails (HEAD, strlen (HEAD), NULL, INS_ERROR_INPUT, "no lines");
  assert_fails (HEAD "1,2\n", strlen (HEAD) + 4, NULL, INS_ERROR_INPUT, "line 2");
  assert_fails ("PK\003\004............", 16, NULL, INS_ERROR_INPUT, "spreadsheet");
  for (gsize i = 0; i < 50000; i++)
    noise[i] = g_test_rand_int ();
  noise[0] = noise[1] = noise[7] = 0;
  assert_fails (noise, 50000, NULL, INS_ERROR_INPUT, "not a text file");
}

static void
test_mixed_line_ends (void)
{
  static const char *const ends[] = { "\n", "\r\n", "\r", "\n\n", "\r\r", "\n\r" };
  g_autoptr (GString) text = g_string_new ("invoice,product,quantity,date,price,customer");
  g_autoptr (GString) old = g_string_new (NULL);
  InsImport *import;

  for (guint i = 0; i < 600; i++)
    g_string_append_printf (text, "%s%u,A,2,2010-12-13,2.5,7", ends[i % 6], i);
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpuint (import->n_rows, ==, 600);
  g_assert_cmpuint (import->n_rejected, ==, 0);
  ins_artifact_unref (import);

  for (guint i = 0; i < 50000; i++) /* CR alone, in a file that is not small */
    g_string_append (old, i ? "1,A,2,2010-12-13,2.5,7\r"
                            : "invoice,product,quantity,date,price,customer\r");
  g_string_append (old, "bad\r");
  import = import_bytes (old->str, old->len, NULL);
  g_assert_cmpuint (import->n_rows, ==, 49999);
  g_assert_cmpuint (rejected_at (import, 0)->line, ==, 50001);
  ins_artifact_unref (import);
}

static void
test_halves_of_pairs (void)
{
  static const guint8 halves[] = { 'k',  0,   ',', 0,   0x3d, 0xd8, 'x',  0,    '\n',
                                   0,    'l', 0,   ',', 0,    0x3d, 0xd8, 0x00, 0xde,
                                   '\n', 0,   'm', 0,   ',',  0,    0x00, 0xde };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const InsColumn *town;
  InsImport *import;

  g_byte_array_append (bytes, (const guint8 *)"\xff\xfe", 2);
  for (const char *p = "id,town\n"; *p; p++)
    g_byte_array_append (bytes, (const guint8[]){ *p, 0 }, 2);
  g_byte_array_append (bytes, halves, sizeof halves);
  g_byte_array_append (bytes, (const guint8 *)"\x41", 1); /* half a unit */
  import = import_bytes (bytes->data, bytes->len, NULL);
  g_assert_cmpuint (import->n_rows, ==, 3);
  town = &import->table->columns[1];
  g_assert_cmpstr (ins_column_get_word (town, 0), ==, "\357\277\275x");
  g_assert_cmpstr (ins_column_get_word (town, 1), ==, "\360\237\230\200");
  g_assert_cmpstr (ins_column_get_word (town, 2), ==, "\357\277\275\357\277\275");
  ins_artifact_unref (import);
}

static void
test_strange_numbers (void)
{
  InsImport *import = import_text (HEAD GOOD "2,A,1e400,2010-12-13,2.5,7\n"
                                             "3,A,99999999999999999999999,2010-12-13,2.5,7\n"
                                             "4,A,0x10,2010-12-13,2.5,7\n"
                                             "5,A,-0,2010-12-13,1e-400,7\n"
                                             "6,A,999999999999999999,2010-12-13,0.000001,7\n",
                                   NULL);

  g_assert_cmpuint (import->n_rows + import->n_rejected, ==, 6);
  for (guint i = 0; i < import->rejected->len; i++)
    g_assert_true (rejected_at (import, i)->line == 3 || rejected_at (import, i)->line == 5);
  g_assert_cmpuint (import->n_rejected, ==, 2);
  g_assert_false (isnan (import->sum_amount));
  ins_artifact_unref (import);
}

/* ---- noise ---- */

static void
check_import (const InsImport *import)
{
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (ins_import_type.to_variant (&import->artifact));
  InsArtifact *copy = ins_import_type.from_variant (variant, NULL);

  g_assert_cmpuint (import->n_lines, ==, import->n_rows + import->n_rejected);
  for (gsize c = 0; c < import->n_columns; c++)
    {
      const InsColumn *column = &import->table->columns[c];

      g_assert_true (g_utf8_validate (column->name, -1, NULL));
      for (guint32 w = 0; w < column->n_words; w++)
        g_assert_true (g_utf8_validate (column->words[w], -1, NULL));
      for (gsize r = 0; column->codes && r < import->n_rows; r++)
        g_assert_true (column->codes[r] < column->n_words || column->codes[r] == INS_CODE_MISSING);
    }
  g_assert_nonnull (copy);
  ins_artifact_unref (copy);
}

static void
append_noise (GString *text)
{
  static const char *const pieces[] = { ",",           ",",
                                        ";",           "\t",
                                        "|",           "\n",
                                        "\n",          "\r\n",
                                        "\r",          "\"",
                                        "\"\"",        "'",
                                        "1",           "-2.5",
                                        "3,4",         "1e9",
                                        "2010-12-13",  "13/12/2010",
                                        "A",           "caf\xc3\xa9",
                                        "\xa3",        "\xff",
                                        "NULL",        " ",
                                        "customer_id", "invoice",
                                        "quantity",    "date",
                                        "price",       "1,A,2,2010-12-13,2.5,7\n",
                                        "sep=",        "\xef\xbb\xbf",
                                        "\x80",        "0",
                                        ".",           "%",
                                        "#1" };
  int n = g_test_rand_int_range (0, 60);

  for (int i = 0; i < n; i++)
    if (g_test_rand_int_range (0, 40) == 0)
      g_string_append_c (text, g_test_rand_int ());
    else
      g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
}

static void
test_noise (void)
{
  guint n_read = 0;

  for (guint i = 0; i < 6000; i++)
    {
      g_autoptr (GString) text = g_string_new (i % 3 == 0   ? HEAD GOOD GOOD
                                               : i % 3 == 1 ? "customer_id,a,b\n1,2,3\n"
                                                            : "");
      g_autoptr (GError) error = NULL;
      InsImport *import;

      append_noise (text);
      import = try_import_bytes (text->str, text->len, NULL, &error);
      g_assert_true ((import != NULL) == (error == NULL));
      if (!import)
        {
          g_assert_true (error->domain == INS_ERROR);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          continue;
        }
      n_read++;
      check_import (import);
      ins_artifact_unref (import);
    }
  g_assert_cmpuint (n_read, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile/unclosed-quotes", test_unclosed_quotes);
  g_test_add_func ("/hostile/only-quotes", test_only_quotes);
  g_test_add_func ("/hostile/lines-in-fields", test_lines_in_fields);
  g_test_add_func ("/hostile/zero-bytes", test_zero_bytes);
  g_test_add_data_func ("/hostile/huge-field", NULL, test_huge_field);
  g_test_add_data_func ("/hostile/huge-quoted-field", "", test_huge_field);
  g_test_add_func ("/hostile/huge-names", test_huge_names);
  g_test_add_func ("/hostile/unclosed-title", test_unclosed_title);
  g_test_add_func ("/hostile/many-columns", test_many_columns);
  g_test_add_func ("/hostile/no-table", test_no_table);
  g_test_add_func ("/hostile/mixed-line-ends", test_mixed_line_ends);
  g_test_add_func ("/hostile/halves-of-pairs", test_halves_of_pairs);
  g_test_add_func ("/hostile/strange-numbers", test_strange_numbers);
  g_test_add_func ("/hostile/noise", test_noise);
  return g_test_run ();
}
