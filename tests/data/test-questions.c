/* test-questions.c: what a file does not settle is asked; what is given holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/data/data-test.h"

#define HEAD "invoice;date;quantity;price;customer\n"

static void
test_open_date (void)
{
  InsRecipe recipe;
  InsImport *import;
  const char *text = HEAD "1;03/04/2005;1;2.5;a\n2;05/06/2005;1;3.5;b\n3;07/07/2005;1;3.5;b\n";

  check_question (text, "date-format", "%d/%m/%Y", "%m/%d/%Y", "--date-format");
  check_question (HEAD "1;03/04/05;1;2.5;a\n", "date-format", "%d/%m/%y", "%m/%d/%y", "2005-04-03");
  ins_recipe_init (&recipe);
  recipe.dialect.date_format = g_strdup ("%d/%m/%Y");
  import = import_text (text, &recipe);
  assert_date (import, 0, "2005-04-03");
  ins_artifact_unref (import);
  ins_recipe_clear (&recipe);
  recipe.dialect.date_format = g_strdup ("%m/%d/%Y");
  import = import_text (text, &recipe);
  assert_date (import, 0, "2005-03-04");
  ins_artifact_unref (import);
  ins_recipe_clear (&recipe);
  /* the same day and month in every date: nothing to ask */
  import = import_text (HEAD "1;03/03/2005;1;2.5;a\n2;05/05/2005;1;3.5;b\n", NULL);
  assert_date (import, 0, "2005-03-03");
  ins_artifact_unref (import);
  /* one date that settles it */
  import = import_text (HEAD "1;03/04/2005;1;2.5;a\n2;13/05/2005;1;3.5;b\n", NULL);
  assert_date (import, 0, "2005-04-03");
  g_assert_nonnull (strstr (find_evidence (import->evidence, "date-format")->reason, "13/05/2005"));
  ins_artifact_unref (import);
}

/* Choices that read nothing are no choices; what to do is said instead. */
static void
test_unknown_date (void)
{
  static const char *const dates[] = { "15778368", "438", "soon" };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *text =
          g_strdup_printf (HEAD "1;%s;1;2.5;a\n2;%s;1;3.5;b\n", dates[i], dates[i]);
      g_autoptr (InsSniff) sniff = sniff_text (text, NULL);
      const InsEvidence *evidence = find_evidence (sniff->evidence, "date-format");

      g_assert_nonnull (evidence->choices);
      g_assert_null (evidence->choices[0]);
      assert_fails (text, strlen (text), NULL, INS_ERROR_UNDECIDED, dates[i]);
      assert_fails (text, strlen (text), NULL, INS_ERROR_UNDECIDED, "--date-format, such as %d");
    }
  /* one of several can be read in one of the usual ways */
  {
    g_autoptr (InsSniff) sniff =
        sniff_text (HEAD "1;soon;1;2.5;a\n2;later;1;3.5;b\n3;never;1;2;b\n4;2020-01-31;1;2;c\n"
                         "5;x;1;2;c\n6;y;1;2;c\n7;z;1;2;c\n",
                    NULL);
    const InsEvidence *evidence = find_evidence (sniff->evidence, "date-format");

    g_assert_nonnull (evidence->choices);
    for (char **choice = evidence->choices; *choice; choice++)
      g_assert_cmpstr (*choice, ==, "%Y-%m-%d");
  }
}

static void
test_open_decimal (void)
{
  InsRecipe recipe;
  InsImport *import;
  const char *text = HEAD "1;2005-04-03;1;1.234;a\n2;2005-04-04;1;2.500;b\n";

  check_question (text, "decimal", ".", ",", "--decimal");
  ins_recipe_init (&recipe);
  recipe.dialect.decimal = ',';
  import = import_text (text, &recipe);
  g_assert_cmpfloat (number_at (import, INS_ROLE_PRICE, 0), ==, 1234);
  g_assert_cmpstr (import->dialect.thousands, ==, ".");
  ins_artifact_unref (import);
  recipe.dialect.decimal = '.';
  import = import_text (text, &recipe);
  g_assert_cmpfloat (number_at (import, INS_ROLE_PRICE, 0), ==, 1.234);
  ins_artifact_unref (import);
  /* comma between fields: it is no decimal mark */
  import = import_text ("invoice,date,quantity,price,customer\n1,2005-04-03,1,1.234,a\n", NULL);
  g_assert_cmpfloat (number_at (import, INS_ROLE_PRICE, 0), ==, 1.234);
  ins_artifact_unref (import);
  /* another number settles it: group and decimal marks at once, a zero in front */
  import = import_text (HEAD "1;2005-04-03;1;1.234;a\n2;2005-04-04;1;2.500,10;b\n", NULL);
  g_assert_cmpfloat (number_at (import, INS_ROLE_PRICE, 0), ==, 1234);
  g_assert_cmpfloat (number_at (import, INS_ROLE_PRICE, 1), ==, 2500.1);
  ins_artifact_unref (import);
  import = import_text (HEAD "1;2005-04-03;1;1.234;a\n2;2005-04-04;1;0.500;b\n", NULL);
  g_assert_cmpfloat (number_at (import, INS_ROLE_PRICE, 0), ==, 1.234);
  ins_artifact_unref (import);
}

static void
test_thousands (void)
{
  static const struct
  {
    const char *number;
    double value;
  } cases[] = { { "1,234,567.25", 1234567.25 },
                { "1.234.567,25", 1234567.25 },
                { "1 234 567,25", 1234567.25 },
                { "1\302\240234\302\240567,25", 1234567.25 },
                { "1\342\200\257234\342\200\257567,25", 1234567.25 },
                { "1'234'567.25", 1234567.25 },
                { "£1,234.50", 1234.5 },
                { "(1,234.50)", -1234.5 },
                { "1.234,50-", -1234.5 },
                { "€ 12,50", 12.5 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (HEAD "1;2005-04-03;1;%s;a\n2;2005-04-04;1;%s;b\n",
                                               cases[i].number, cases[i].number);
      InsImport *import = import_text (text, NULL);

      g_assert_cmpfloat (number_at (import, INS_ROLE_PRICE, 1), ==, cases[i].value);
      ins_artifact_unref (import);
    }
}

/* What no role needs must not stop anything. */
static void
test_open_but_needless (void)
{
  InsImport *import = import_text ("invoice;date;quantity;price;customer;weight;shipped\n"
                                   "1;2005-04-03;1;2;a;1.234;03/04/2005\n"
                                   "2;2005-04-04;1;3;b;2.345;04/05/2005\n",
                                   NULL);

  g_assert_cmpint (import->columns[5].type, ==, INS_COLUMN_TEXT);
  g_assert_cmpint (import->columns[6].type, ==, INS_COLUMN_TEXT);
  ins_artifact_unref (import);
}

/* Numbers in a column of dates: a spreadsheet's days, or seconds since 1970. */
static void
test_counted_dates (void)
{
  static const struct
  {
    const char *first, *second, *format, *date, *words;
  } cases[] = {
    { "42737.35", "42738.9", "excel", "2017-01-02", "between 20,000 and 80,000" },
    { "42737,35", "42738,9", "excel", "2017-01-02", "2 of 2" },
    { "42737", "42738", "excel", "2017-01-02", "“date”" },
    { "1577836800", "1577923200", "unix", "2020-01-01", "numbers" },
    { "1577836800123", "1577923200456", "unix-ms", "2020-01-01", "numbers" },
    { "20200101", "20200102", "%Y%m%d", "2020-01-01", "2 of 2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf (HEAD "1;%s;1;2.5;a\n2;%s;1;3.5;b\n", cases[i].first, cases[i].second);
      InsImport *import = import_text (text, NULL);
      const InsEvidence *evidence = find_evidence (import->evidence, "date-format");

      assert_date (import, 0, cases[i].date);
      g_assert_cmpstr (import->dialect.date_format, ==, cases[i].format);
      g_assert_cmpint (import->dialect.decimal, ==, '.'); /* the prices', not the dates' */
      if (!strstr (evidence->reason, cases[i].words))
        g_error ("%s", evidence->reason);
      ins_artifact_unref (import);
    }
}

/* A few other values are in the ledger; many, and it is asked. */
static void
test_mixed_counted_dates (void)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  InsRecipe recipe;
  InsImport *import;

  for (int i = 0; i < 40; i++)
    g_string_append_printf (text, "%d;%d;1;2.5;a\n", i, 42700 + i);
  g_string_append (text, "90;soon;1;2.5;a\n91;60;1;2.5;a\n");
  import = import_text (text->str, NULL);
  g_assert_cmpstr (import->dialect.date_format, ==, "excel");
  g_assert_cmpuint (import->n_rejected, ==, 2);
  ins_artifact_unref (import);
  for (int i = 0; i < 40; i++)
    g_string_append_printf (text, "%d;%d;1;2.5;a\n", i, 100 + i);
  assert_fails (text->str, text->len, NULL, INS_ERROR_UNDECIDED, "--date-format");
  ins_recipe_init (&recipe);
  recipe.dialect.date_format = g_strdup ("excel");
  import = import_text (text->str, &recipe);
  g_assert_cmpuint (import->n_rejected, ==, 2);
  assert_date (import, 40, "1900-04-09");
  ins_artifact_unref (import);
  ins_recipe_clear (&recipe);
}

/* A table nobody knows the names of may be one line per customer: that is offered. */
static void
test_offers_table (void)
{
  const char *ready = "alpha,beta,gamma\n1.5,2,x\n2.5,2,y\n4.5,3,x\n";
  const char *dated = "alpha,beta,gamma\n1.5,2011-02-28,x\n2.5,2011-03-31,y\n4.5,2011-04-30,x\n";
  g_autoptr (GError) error = NULL;

  assert_fails (ready, strlen (ready), NULL, INS_ERROR_UNDECIDED, "--role invoice=");
  assert_fails (ready, strlen (ready), NULL, INS_ERROR_UNDECIDED, "give --table [--id COLUMN]");
  g_assert_null (try_import_bytes (dated, strlen (dated), NULL, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_UNDECIDED);
  g_assert_null (strstr (error->message, "--table"));
}

static void
test_missing_role (void)
{
  InsRecipe recipe;
  InsImport *import;
  const char *text = "invoice,when,quantity,price,who\n1,2005-04-13,1,2.5,a\n"
                     "1,2005-04-13,1,3.5,a\n2,2005-04-14,1,3.5,a b\n";

  check_question (text, "role", "who", "when", "--role customer=who");
  ins_recipe_init (&recipe);
  recipe.roles[INS_ROLE_CUSTOMER] = g_strdup ("who");
  import = import_text (text, &recipe);
  g_assert_cmpstr (word_at (import, INS_ROLE_CUSTOMER, 2), ==, "a b");
  ins_artifact_unref (import);
  g_free (recipe.roles[INS_ROLE_CUSTOMER]);
  recipe.roles[INS_ROLE_CUSTOMER] = g_strdup ("#5");
  import = import_text (text, &recipe);
  g_assert_cmpint (import->table->role_column[INS_ROLE_CUSTOMER], ==, 4);
  ins_artifact_unref (import);
  g_free (recipe.roles[INS_ROLE_CUSTOMER]);
  recipe.roles[INS_ROLE_CUSTOMER] = g_strdup ("nobody");
  assert_fails (text, strlen (text), &recipe, INS_ERROR_USAGE, "nobody");
  ins_recipe_clear (&recipe);
}

static void
test_given_roles (void)
{
  const char *text = "invoice,date,quantity,price,customer,seller,total\n"
                     "1,2005-04-13,1,2.5,a,x,2.5\n2,2005-04-14,2,3.5,b,y,7\n";
  InsRecipe recipe;
  InsImport *import;

  ins_recipe_init (&recipe);
  recipe.roles[INS_ROLE_CUSTOMER] = g_strdup ("seller");
  recipe.roles[INS_ROLE_PRICE] = g_strdup ("");
  import = import_text (text, &recipe);
  g_assert_cmpstr (word_at (import, INS_ROLE_CUSTOMER, 1), ==, "y");
  g_assert_null (ins_table_get (import->table, INS_ROLE_PRICE));
  g_assert_cmpfloat (import->sum_amount, ==, 9.5);
  ins_artifact_unref (import);
  g_free (recipe.roles[INS_ROLE_PRICE]);
  recipe.roles[INS_ROLE_PRICE] = g_strdup ("seller");
  assert_fails (text, strlen (text), &recipe, INS_ERROR_USAGE, "customer");
  ins_recipe_clear (&recipe);
}

static void
test_given_dialect (void)
{
  const char *text = HEAD "1;2005-04-03;1;2,5;a\n";
  InsRecipe recipe;
  InsImport *import;

  ins_recipe_init (&recipe);
  recipe.dialect.delimiter = recipe.dialect.quote = ';';
  assert_fails (text, strlen (text), &recipe, INS_ERROR_USAGE, "same character");
  recipe.dialect.delimiter = '\n';
  assert_fails (text, strlen (text), &recipe, INS_ERROR_USAGE, "line end");
  ins_recipe_clear (&recipe);
  recipe.dialect.decimal = 'x';
  assert_fails (text, strlen (text), &recipe, INS_ERROR_USAGE, ". or ,");
  ins_recipe_clear (&recipe);
  recipe.dialect.encoding = g_strdup ("klingon");
  assert_fails (text, strlen (text), &recipe, INS_ERROR_USAGE, "klingon");
  g_free (recipe.dialect.encoding);
  recipe.dialect.encoding = g_strdup ("latin1");
  recipe.dialect.delimiter = ';';
  recipe.dialect.quote = '"';
  recipe.dialect.header = 1;
  recipe.dialect.decimal = ',';
  recipe.dialect.thousands = g_strdup (".");
  recipe.dialect.date_format = g_strdup ("%Y-%m-%d");
  import = import_text (text, &recipe);
  g_assert_cmpstr (import->dialect.encoding, ==, "ISO-8859-1");
  for (guint i = 0; i < import->evidence->len; i++)
    {
      const InsEvidence *evidence = import->evidence->pdata[i];

      if (strcmp (evidence->field, "role") != 0)
        g_assert_cmpstr (evidence->reason, ==, "given");
    }
  ins_artifact_unref (import);
  g_free (recipe.dialect.date_format);
  recipe.dialect.date_format = g_strdup ("%d/%m/%Y");
  assert_fails (text, strlen (text), &recipe, INS_ERROR_USAGE, "--date-format");
  ins_recipe_clear (&recipe);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/questions/open-date", test_open_date);
  g_test_add_func ("/questions/open-decimal", test_open_decimal);
  g_test_add_func ("/questions/open-but-needless", test_open_but_needless);
  g_test_add_func ("/questions/thousands", test_thousands);
  g_test_add_func ("/questions/missing-role", test_missing_role);
  g_test_add_func ("/questions/given-roles", test_given_roles);
  g_test_add_func ("/questions/given-dialect", test_given_dialect);
  g_test_add_func ("/questions/unknown-date", test_unknown_date);
  g_test_add_func ("/questions/counted-dates", test_counted_dates);
  g_test_add_func ("/questions/mixed-counted-dates", test_mixed_counted_dates);
  g_test_add_func ("/questions/offers-table", test_offers_table);
  return g_test_run ();
}
