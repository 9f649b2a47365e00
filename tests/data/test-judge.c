/* test-judge.c: marks, date formats, types and roles of whole files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-judge.h"

#include "tests/data/data-test.h"

/* A judged file and its bytes. */
typedef struct
{
  InsSource *source;
  InsJudgement *judgement;
  GError *error;
} Judged;

static void
judge (Judged *j, const char *text, const InsRecipe *recipe)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  InsRecipe empty;
  InsScan *scan = scan_text (text, recipe, 1, &j->source);

  ins_recipe_init (&empty);
  j->error = NULL;
  j->judgement = ins_judgement_new (scan, recipe ? recipe : &empty, run, &j->error);
}

static void
judged_clear (Judged *j)
{
  ins_judgement_free (j->judgement);
  ins_source_unref (j->source);
  g_clear_error (&j->error);
}

/* Two sales, with these prices and dates. */
static char *
sales (const char *price, const char *other_price, const char *date, const char *other_date)
{
  return g_strdup_printf ("InvoiceNo;Quantity;InvoiceDate;UnitPrice;CustomerID\n"
                          "1;6;%s;%s;17850\n2;8;%s;%s;17851\n",
                          date, price, other_date, other_price);
}

/* @decimal: 0 = it is asked */
static void
test_marks (void)
{
  static const struct
  {
    const char *price, *other;
    char decimal;
    const char *thousands;
  } cases[] = {
    { "2.55", "3", '.', "" },        { "2,55", "3", ',', "" },
    { "1.234,50", "3", ',', "." },   { "1,234.50", "3", '.', "," },
    { "1 234,50", "3,1", ',', " " }, { "1'234.50", "2.5", '.', "'" },
    { "1.234.567", "3", ',', "." },  { "7", "3", '.', "" },
    { "1.234", "2.5", '.', "" },     { "1.234", "2,5", ',', "." },
    { "1.234", "5.678", 0, NULL },   { "1,234", "5,678", 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sales (cases[i].price, cases[i].other, "2016-12-31", "2017-01-01");
      const InsDialect *dialect;
      Judged j;

      judge (&j, text, NULL);
      g_assert_no_error (j.error);
      dialect = &j.judgement->scan->dialect;
      g_assert_cmpint (dialect->decimal, ==, cases[i].decimal);
      if (cases[i].thousands)
        g_assert_cmpstr (dialect->thousands, ==, cases[i].thousands);
      g_assert_true (ins_judgement_is_decided (j.judgement, NULL) == (cases[i].decimal != 0));
      judged_clear (&j);
    }
}

static void
test_dates (void)
{
  static const struct
  {
    const char *date, *other, *format; /* NULL = it is asked */
  } cases[] = {
    { "31/12/2016", "01/02/2017", "%d/%m/%Y" }, { "12/31/2016", "01/02/2017", "%m/%d/%Y" },
    { "31.12.2016", "1.2.2017", "%d.%m.%Y" },   { "29-Nov-16", "30-Nov-16", "%d-%b-%y" },
    { "20161231", "20170102", "%Y%m%d" },       { "42705", "42706", "excel" },
    { "03/04/2016", "05/06/2016", NULL },       { "soon", "later", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sales ("2.55", "3.39", cases[i].date, cases[i].other);
      g_autoptr (GError) open = NULL;
      Judged j;

      judge (&j, text, NULL);
      g_assert_no_error (j.error);
      g_assert_cmpstr (j.judgement->scan->dialect.date_format, ==, cases[i].format);
      g_assert_cmpstr (j.judgement->date_formats[2], ==, cases[i].format);
      g_assert_true (ins_judgement_is_decided (j.judgement, &open) == (cases[i].format != NULL));
      if (open)
        g_assert_nonnull (strstr (open->message, "--date-format"));
      judged_clear (&j);
    }
}

/* Columns without a role: what all their words are. */
static void
test_types (void)
{
  static const struct
  {
    const char *column, *other;
    InsColumnType type;
  } cases[] = {
    { "12", "13.5", INS_COLUMN_NUMBER },
    { "12", "NA", INS_COLUMN_NUMBER },
    { "12", "thirteen", INS_COLUMN_TEXT },
    { "007", "012", INS_COLUMN_TEXT },
    { "", "", INS_COLUMN_TEXT },
    { "2016-12-31", "2017-01-31", INS_COLUMN_DATE },
    { "2016-12-31", "never", INS_COLUMN_TEXT },
    { "03/04/2016", "05/06/2016", INS_COLUMN_TEXT },
    { "true", "false", INS_COLUMN_TEXT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("InvoiceNo;Quantity;InvoiceDate;UnitPrice;CustomerID;Remark\n"
                           "1;6;31.12.2016;2.55;17850;%s\n2;8;01.01.2017;3.39;17851;%s\n",
                           cases[i].column, cases[i].other);
      Judged j;

      judge (&j, text, NULL);
      g_assert_no_error (j.error);
      g_assert_cmpint (ins_judgement_get_role (j.judgement, 5), ==, -1);
      if (j.judgement->types[5] != cases[i].type)
        g_error ("“%s” and “%s” are of type %d", cases[i].column, cases[i].other,
                 j.judgement->types[5]);
      g_assert_cmpint (j.judgement->types[0], ==, INS_COLUMN_TEXT);
      g_assert_cmpint (j.judgement->types[1], ==, INS_COLUMN_NUMBER);
      g_assert_cmpint (j.judgement->types[2], ==, INS_COLUMN_DATE);
      g_assert_cmpint (j.judgement->types[3], ==, INS_COLUMN_NUMBER);
      g_assert_cmpint (j.judgement->types[4], ==, INS_COLUMN_TEXT);
      judged_clear (&j);
    }
}

/* What was given holds, and what cannot be is said with the columns there are. */
static void
test_given (void)
{
  static const struct
  {
    InsRole role;
    const char *column, *other, *words; /* @other: for the country */
  } refused[] = {
    { INS_ROLE_PRICE, "Cost", NULL, "InvoiceNo, Quantity, InvoiceDate, UnitPrice, CustomerID" },
    { INS_ROLE_PRICE, "#6", NULL, "“#6”" },
    { INS_ROLE_PRICE, "Quantity", "Quantity", "cannot have both the role “price”" },
  };
  g_autofree char *text = sales ("2.55", "3.39", "2016-12-31", "2017-01-01");
  InsRecipe recipe;
  Judged j;

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      ins_recipe_init (&recipe);
      recipe.roles[refused[i].role] = (char *)refused[i].column;
      recipe.roles[INS_ROLE_COUNTRY] = (char *)refused[i].other;
      judge (&j, text, &recipe);
      g_assert_null (j.judgement);
      g_assert_error (j.error, INS_ERROR, INS_ERROR_USAGE);
      if (!strstr (j.error->message, refused[i].words))
        g_error ("“%s” is not in “%s”", refused[i].words, j.error->message);
      judged_clear (&j);
    }
  ins_recipe_init (&recipe);
  recipe.roles[INS_ROLE_PRICE] = (char *)"#2";
  recipe.roles[INS_ROLE_QUANTITY] = (char *)"unitprice";
  recipe.dialect.decimal = ',';
  judge (&j, text, &recipe);
  g_assert_no_error (j.error);
  g_assert_cmpint (j.judgement->roles[INS_ROLE_PRICE], ==, 1);
  g_assert_cmpint (j.judgement->roles[INS_ROLE_QUANTITY], ==, 3);
  g_assert_cmpint (j.judgement->roles[INS_ROLE_INVOICE], ==, 0);
  g_assert_cmpint (j.judgement->scan->dialect.decimal, ==, ',');
  judged_clear (&j);
  ins_recipe_init (&recipe);
  recipe.dialect.date_format = (char *)"%d.%m.%Y";
  judge (&j, text, &recipe);
  g_assert_error (j.error, INS_ERROR, INS_ERROR_USAGE);
  g_assert_nonnull (strstr (j.error->message, "2016-12-31"));
  judged_clear (&j);
  ins_recipe_init (&recipe);
  recipe.ready = TRUE; /* then nothing but an id is looked for */
  judge (&j, text, &recipe);
  g_assert_no_error (j.error);
  for (int role = 0; role < INS_N_ROLES; role++)
    g_assert_cmpint (j.judgement->roles[role], ==, role == INS_ROLE_ID ? 4 : -1);
  judged_clear (&j);
}

/* Names that say nothing: dates, fractions, countries, and what determines what. */
static void
test_roles_by_values (void)
{
  static const InsRole expected[] = { INS_ROLE_CUSTOMER, INS_ROLE_PRICE,    INS_ROLE_INVOICE,
                                      INS_ROLE_COUNTRY,  INS_ROLE_QUANTITY, INS_ROLE_DATE };
  g_autoptr (GString) text = g_string_new ("u,v,w,x,y,z\n");
  Judged j;

  for (int i = 0; i < 240; i++)
    {
      int invoice = i / 3, customer = invoice * 7 % 23;

      g_string_append_printf (text, "K%d,%d.%02d,%d,%s,%d,2016-12-%02d\n", 100 + customer, i % 9,
                              11 + i % 80, 536365 + invoice, customer % 3 ? "France" : "Spain",
                              1 + i % 5, 1 + invoice / 4);
    }
  judge (&j, text->str, NULL);
  g_assert_no_error (j.error);
  for (int c = 0; c < 6; c++)
    g_assert_cmpint (ins_judgement_get_role (j.judgement, c), ==, expected[c]);
  g_assert_true (ins_judgement_is_decided (j.judgement, NULL));
  judged_clear (&j);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/marks", test_marks);
  g_test_add_func ("/judge/dates", test_dates);
  g_test_add_func ("/judge/types", test_types);
  g_test_add_func ("/judge/given", test_given);
  g_test_add_func ("/judge/roles-by-values", test_roles_by_values);
  return g_test_run ();
}
