/* test-layout.c: delimiter, quote, names and the lines above them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/data/written-table.h"

static void
test_quote (void)
{
  g_autoptr (InsSniff) sniff = sniff_text ("id;name;n\n1;'a; b';2\n2;'c; d';3\n3;'e''s';4\n", NULL);

  g_assert_cmpint (sniff->dialect.quote, ==, '\'');
  g_assert_cmpint (sniff->dialect.delimiter, ==, ';');
  g_assert_cmpuint (sniff->n_columns, ==, 3);
}

static void
test_no_header (void)
{
  Line lines[INS_TEST_LINES];
  Way way = { ';', '.', "%Y-%m-%d" };
  g_autofree char *text = NULL;
  InsImport *import;

  make_lines (lines);
  for (int i = 0; i < INS_TEST_LINES; i++)
    lines[i].quantity = 1 + i % 4;
  text = write_table (lines, &way);
  import = import_text (strchr (text, '\n') + 1, NULL);
  g_assert_cmpint (import->dialect.header, ==, 0);
  g_assert_cmpstr (import->columns[0].name, ==, "#1");
  g_assert_cmpint (import->table->role_column[INS_ROLE_INVOICE], ==, 0);
  g_assert_cmpint (import->table->role_column[INS_ROLE_QUANTITY], ==, 3);
  g_assert_cmpint (import->table->role_column[INS_ROLE_DATE], ==, 4);
  g_assert_cmpint (import->table->role_column[INS_ROLE_PRICE], ==, 5);
  g_assert_cmpint (import->table->role_column[INS_ROLE_CUSTOMER], ==, 6);
  g_assert_cmpint (import->table->role_column[INS_ROLE_COUNTRY], ==, 7);
  g_assert_cmpuint (import->n_rows, ==, INS_TEST_LINES);
  ins_artifact_unref (import);
}

static void
test_column_names (void)
{
  g_autoptr (InsSniff) sniff = sniff_text ("id,x,x,,x\n1,2,3,4,5\n2,3,4,5,6\n", NULL);

  g_assert_cmpstr (sniff->names[1], ==, "x");
  g_assert_cmpstr (sniff->names[2], ==, "x (2)");
  g_assert_cmpstr (sniff->names[3], ==, "#4");
  g_assert_cmpstr (sniff->names[4], ==, "x (3)");
  g_assert_null (sniff->names[5]);
}

static void
test_open_delimiter (void)
{
  check_question ("one\ntwo\nthree\n", "delimiter", ",", "\t", "--delimiter '\\t'");
  check_question ("a|b;c\n1|2;3\n4|5;6\n", "delimiter", "|", ";", "--delimiter ';'");
}

/* A mark in the texts below does not win over the one that cuts the names too. */
static void
test_delimiter_in_texts (void)
{
  InsImport *import = import_text (
      "invoice,date,quantity,price,customer\n1,2005-04-03,1,2.5,x|y\n2,2005-04-04,1,3.5,x|z\n"
      "3,2005-04-05,1,4.5,x|z\n",
      NULL);

  g_assert_cmpint (import->dialect.delimiter, ==, ',');
  g_assert_cmpuint (import->n_rows, ==, 3);
  ins_artifact_unref (import);
}

/* A separator that is no character is not believed. */
static void
test_strange_separator (void)
{
  const char *text = "sep=\xe9\ncustomer_id,town\n1,x\n2,y\n";
  InsImport *import = import_text (text, NULL);
  GVariant *variant = NULL;

  g_assert_cmpint (import->dialect.delimiter, ==, ',');
  g_assert_cmpuint (import->n_rows, ==, 2);
  variant = g_variant_ref_sink (ins_import_type.to_variant ((InsArtifact *)import));
  g_assert_nonnull (variant);
  g_variant_unref (variant);
  ins_artifact_unref (import);
}

static void
test_separator_line (void)
{
  InsImport *import = import_text ("sep=;\r\ncustomer_id;a,b\r\n1;2,5\r\n2;3,5\r\n", NULL);

  g_assert_cmpint (import->dialect.delimiter, ==, ';');
  g_assert_cmpuint (import->n_rows, ==, 2);
  g_assert_cmpstr (import->columns[1].name, ==, "a,b");
  ins_artifact_unref (import);
}

/* ---- lines above the names ---- */

static void
check_titles (const char *titles, guint n_titles, const Line *lines, char delimiter)
{
  Way way = { delimiter, '.', "%Y-%m-%d %H:%M" };
  g_autofree char *table = write_table (lines, &way);
  g_autofree char *text = g_strconcat (titles, table, NULL);
  g_autofree char *small =
      g_strdup ("kind,size,colour\n1,2.5,x\n2,3.5,y\n3,4.5,x\n4,5.5,x\n5,6.5,y\n");
  g_autofree char *bare = g_strconcat (titles, g_strdelimit (small, ",", delimiter), NULL);
  InsImport *import = import_text (text, NULL);
  g_autoptr (InsSniff) sniff = NULL;
  const InsRejected *first = import->rejected->pdata[0];

  g_assert_cmpuint (import->n_rows, ==, INS_TEST_LINES);
  g_assert_cmpuint (import->n_rejected, ==, n_titles);
  g_assert_cmpuint (import->n_lines, ==, INS_TEST_LINES + n_titles);
  g_assert_cmpuint (import->rejected->len, ==, n_titles);
  g_assert_cmpuint (first->line, ==, 1);
  g_assert_true (g_str_has_prefix (titles, first->text));
  g_assert_nonnull (strstr (first->reason, "title"));
  g_assert_cmpstr (import->columns[0].name, ==, "InvoiceNo");
  g_assert_cmpint (import->dialect.delimiter, ==, delimiter);
  g_assert_nonnull (strstr (find_evidence (import->evidence, "header")->reason, "skipped"));
  ins_artifact_unref (import);
  /* names nobody knows, above numbers */
  sniff = sniff_text (bare, NULL);
  g_assert_cmpstr (sniff->names[0], ==, "kind");
  g_assert_cmpuint (sniff->n_columns, ==, 3);
}

static void
test_titles (void)
{
  Line lines[INS_TEST_LINES];

  make_lines (lines);
  for (const char *delimiter = ",;\t|"; *delimiter; delimiter++)
    {
      check_titles ("Report 2020\n\n", 1, lines, *delimiter);
      check_titles ("Report: 2020\nAll shops\n", 2, lines, *delimiter);
      check_titles ("Report 2020\r\n\r\nAll shops\r\n2020-01-31\r\n", 3, lines, *delimiter);
    }
}

/* Titles with the delimiter in them, blank lines, and cells a spreadsheet has filled up. */
static void
test_titles_with_delimiters (void)
{
  static const char *const titles[] = {
    "Report, made 2026-01-05\n",
    "Report, made 2026-01-05\n\nShop,\"x, y\"\r\n \r\n",
    "Report,,,,,,,\n,,,,,,,\nmade,2026-01-05,,,,,,\n",
    "Report,,\nmade 2026-01-05,,\n",
    "a,b,c,d,e,f,g,h,i,j,k,l\n",
    "Sales \"2026, all\nShops\n",
  };
  static const guint n_titles[] = { 1, 2, 3, 2, 1, 2 };
  Line lines[INS_TEST_LINES];

  make_lines (lines);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    for (const char *delimiter = ",;\t|"; *delimiter; delimiter++)
      {
        g_autofree char *text = g_strdup (titles[i]);

        check_titles (g_strdelimit (text, ",", *delimiter), n_titles[i], lines, *delimiter);
      }
}

/* A title of the table's own width stands above names that are known. */
static void
test_title_of_full_width (void)
{
  g_autoptr (InsSniff) known =
      sniff_text ("Report, made 2026-01-05\ncustomer_id,revenue\n1,2.5\n2,3.5\n", NULL);
  g_autoptr (InsSniff) unknown =
      sniff_text ("Report, made 2026-01-05\nkind,size\n1,2.5\n2,3.5\n", NULL);

  g_assert_cmpstr (known->names[0], ==, "customer_id");
  g_assert_cmpuint (known->dialect.header_line, ==, 2);
  g_assert_cmpstr (find_evidence (known->evidence, "header")->value, ==, "line 2");
  g_assert_cmpstr (unknown->names[0], ==, "Report"); /* nothing tells one from the other */
}

/* What only looks a little like a title is none. */
static void
test_first_lines_of_tables (void)
{
  static const char *const texts[] = {
    "invoice,date,quantity,price,customer\n1,2011-01-13,2,2.5,a,spare\n2,2011-01-14,2,2.5,b,"
    "spare\n",
    ",a\nx,blue\ny,7\nz,8\n",
    "id,,,\n1,2,3,4\n2,3,4,5\n",
    "customer_id,town,note\n1,x\n2,y\n3,z\n",
    "a,b,c\nred,big,x\ngreen,order,date\nblue,big,y\n",
    "red,big,1\ngreen,small,2\norder,date,item\nblue,big,3\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (InsSniff) sniff = sniff_text (texts[i], NULL);

      if (strstr (find_evidence (sniff->evidence, "header")->reason, "skipped"))
        g_error ("%s", texts[i]);
    }
}

/* Who names the line is believed; what stands above is in the ledger. */
static void
test_given_line (void)
{
  const char *text = "old,new\n3,4\n\n\"open,5\ncustomer_id,revenue\n1,2.5\n2,3.5\n";
  InsRecipe recipe;
  InsImport *import;
  const InsRejected *last;

  ins_recipe_init (&recipe);
  recipe.dialect.header_line = 5;
  import = import_text (text, &recipe);
  g_assert_cmpstr (import->columns[0].name, ==, "customer_id");
  g_assert_cmpuint (import->n_rows, ==, 2);
  g_assert_cmpuint (import->n_rejected, ==, 3);
  last = import->rejected->pdata[2];
  g_assert_cmpuint (last->line, ==, 4);
  g_assert_cmpstr (last->text, ==, "\"open,5");
  g_assert_cmpuint (import->dialect.header_line, ==, 5);
  g_assert_cmpstr (find_evidence (import->evidence, "delimiter")->reason, ==,
                   "all 2 lines have 2 fields");
  ins_artifact_unref (import);
  /* also where a title would be found */
  recipe.dialect.header_line = 1;
  import = import_text ("Report\ncustomer_id,revenue\n1,2.5\n2,3.5\n", &recipe);
  g_assert_cmpuint (import->n_rejected, ==, 0);
  g_assert_cmpuint (import->n_rows, ==, 3);
  g_assert_cmpstr (import->columns[0].name, ==, "Report");
  ins_artifact_unref (import);
  recipe.dialect.header_line = 9;
  assert_fails (text, strlen (text), &recipe, INS_ERROR_USAGE, "no line 9");
  recipe.dialect.header_line = 2;
  recipe.dialect.header = 0;
  assert_fails (text, strlen (text), &recipe, INS_ERROR_USAGE, "without column names");
  ins_recipe_clear (&recipe);
}

/* One field in the first line is no title where no names follow. */
static void
test_no_titles (void)
{
  g_autoptr (InsSniff) text = sniff_text ("Remark\nred, big\nblue, small\ngreen, big\n", NULL);
  g_autoptr (InsSniff) data = NULL;
  InsRecipe recipe;
  InsImport *import;

  g_assert_null (strstr (find_evidence (text->evidence, "header")->reason, "skipped"));
  ins_recipe_init (&recipe); /* who says there are no names has no title either */
  recipe.dialect.header = 0;
  data = sniff_text ("Report\nkind,size\n1,2.5\n2,3.5\n", &recipe);
  g_assert_cmpstr (data->names[0], ==, "#1");
  ins_recipe_clear (&recipe);
  assert_fails ("Report\ninvoice,date\n", 20, NULL, INS_ERROR_INPUT, "no lines below it");
  import = import_text ("customer_id,town\n1,x\n2,y\n", NULL);
  g_assert_cmpuint (import->n_rejected, ==, 0);
  ins_artifact_unref (import);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/quote", test_quote);
  g_test_add_func ("/layout/no-header", test_no_header);
  g_test_add_func ("/layout/open-delimiter", test_open_delimiter);
  g_test_add_func ("/layout/delimiter-in-texts", test_delimiter_in_texts);
  g_test_add_func ("/layout/separator-line", test_separator_line);
  g_test_add_func ("/layout/titles", test_titles);
  g_test_add_func ("/layout/titles-with-delimiters", test_titles_with_delimiters);
  g_test_add_func ("/layout/title-of-full-width", test_title_of_full_width);
  g_test_add_func ("/layout/first-lines-of-tables", test_first_lines_of_tables);
  g_test_add_func ("/layout/given-line", test_given_line);
  g_test_add_func ("/layout/no-titles", test_no_titles);
  g_test_add_func ("/layout/strange-separator", test_strange_separator);
  g_test_add_func ("/layout/column-names", test_column_names);
  return g_test_run ();
}
