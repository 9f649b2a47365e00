/* test-import.c: figures of the real files, the ledger, ready tables, and a naive reader as oracle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-scan.h"
#include "tests/data/data-test.h"

#include <math.h>

/* ---- the real files ---- */

static InsImport *
import_real (const char *name)
{
  g_autofree char *path = ins_test_data (name);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (InsSource) source = NULL;
  InsRecipe recipe;
  InsImport *import;

  if (!path)
    {
      g_test_skip ("the real data set is not here");
      return NULL;
    }
  source = ins_source_open (path, run, &error);
  g_assert_no_error (error);
  ins_recipe_init (&recipe);
  import = ins_import_read (source, &recipe, run, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (import->source_path, ==, source->path);
  return import;
}

static void
check_counts (const InsImport *import, InsRole role, guint64 distinct, guint64 missing)
{
  const InsColumnInfo *info = &import->columns[import->table->role_column[role]];

  g_assert_cmpint (info->role, ==, role);
  g_assert_cmpuint (info->distinct, ==, distinct);
  g_assert_cmpuint (info->missing, ==, missing);
  g_assert_cmpuint (info->n, ==, import->n_rows - missing);
}

static void
check_figures (const InsImport *import)
{
  const InsColumnInfo *quantity, *price;

  g_assert_cmpuint (import->n_lines, ==, 541909);
  g_assert_cmpuint (import->n_rows, ==, 541909);
  g_assert_cmpuint (import->n_rejected, ==, 0);
  g_assert_false (import->ready);
  check_counts (import, INS_ROLE_INVOICE, 25900, 0);
  check_counts (import, INS_ROLE_PRODUCT, 4070, 0);
  check_counts (import, INS_ROLE_CUSTOMER, 4372, 135080);
  check_counts (import, INS_ROLE_COUNTRY, 38, 0);
  check_counts (import, INS_ROLE_DATE, 305, 0);
  g_assert_cmpuint (import->columns[import->table->role_column[INS_ROLE_DESCRIPTION]].missing, ==,
                    1454);
  quantity = &import->columns[import->table->role_column[INS_ROLE_QUANTITY]];
  price = &import->columns[import->table->role_column[INS_ROLE_PRICE]];
  g_assert_cmpfloat (import->sum_quantity, ==, 5176450);
  g_assert_cmpfloat (import->sum_amount, ==, 9747747.934);
  g_assert_cmpfloat (quantity->numbers.min, ==, -80995);
  g_assert_cmpfloat (quantity->numbers.max, ==, 80995);
  g_assert_cmpfloat (price->numbers.min, ==, -11062.06);
  g_assert_cmpfloat (price->numbers.max, ==, 38970);
  g_assert_cmpfloat (quantity->numbers.sum, ==, 5176450);
  g_assert_cmpstr (import->dialect.encoding, ==, "ISO-8859-1");
  g_assert_cmpuint (import->n_preview, ==, INS_IMPORT_PREVIEW);
  g_assert_cmpstr (import->preview_raw[0], ==, "536365");
}

/* Figures made from distinct words against those made from every row. */
static void
check_description (const InsImport *import, InsRole role)
{
  const InsColumn *column = ins_table_get (import->table, role);
  const InsDescription *d = &import->columns[import->table->role_column[role]].numbers;
  g_autofree double *values = g_new (double, import->n_rows);
  InsDescription e;

  for (gsize i = 0; i < import->n_rows; i++)
    values[i] = ins_column_get_number (column, i);
  ins_describe (values, import->n_rows, &e);
  g_assert_cmpuint (d->n, ==, e.n);
  g_assert_cmpuint (d->distinct, ==, e.distinct);
  g_assert_cmpfloat (d->median, ==, e.median);
  g_assert_cmpfloat (d->q25, ==, e.q25);
  g_assert_cmpfloat (d->q75, ==, e.q75);
  g_assert_cmpfloat_with_epsilon (d->sum, e.sum, 1e-12 * fabs (e.sum));
  g_assert_cmpfloat_with_epsilon (d->std, e.std, 1e-12 * e.std);
  g_assert_cmpfloat_with_epsilon (d->skew, e.skew, 1e-9 * fabs (e.skew));
  g_assert_cmpfloat_with_epsilon (d->kurtosis, e.kurtosis, 1e-9 * e.kurtosis);
}

static void
test_ecommerce (void)
{
  InsImport *import = import_real ("ecommerce.csv.gz");
  guint64 lines = 0;

  if (!import)
    return;
  check_figures (import);
  check_description (import, INS_ROLE_QUANTITY);
  check_description (import, INS_ROLE_PRICE);
  assert_date (import, 0, "2016-11-29");
  g_assert_cmpstr (import->dialect.date_format, ==, "%d-%b-%y");
  g_assert_cmpstr (find_evidence (import->evidence, "delimiter")->reason, ==,
                   "all 541,909 lines have 9 fields");
  g_assert_cmpuint (import->n_columns, ==, 9);
  g_assert_cmpstr (import->columns[8].name, ==, "#9");
  g_assert_cmpint (import->columns[8].type, ==, INS_COLUMN_TEXT);
  g_assert_cmpuint (import->columns[8].missing, ==, 541909);
  g_assert_cmpint (import->first_month, ==, (2016 - 1970) * 12 + 10);
  g_assert_cmpuint (import->n_months, ==, 14);
  for (gsize i = 0; i < import->n_months; i++)
    lines += import->lines_per_month[i];
  g_assert_cmpuint (lines, ==, 541909);
  g_assert_cmpuint (ins_table_size (import->table), <, 27000000);
  ins_artifact_unref (import);
}

static void
test_online_retail (void)
{
  InsImport *import = import_real ("online_retail.csv.gz");

  if (!import)
    return;
  check_figures (import);
  assert_date (import, 0, "2010-12-01");
  g_assert_cmpstr (import->dialect.date_format, ==, "%m/%d/%Y %H:%M");
  g_assert_cmpuint (import->n_columns, ==, 8);
  g_assert_cmpstr (import->preview_raw[4], ==, "12/1/2010 8:26");
  g_assert_cmpstr (import->preview_value[4], ==, "2010-12-01");
  ins_artifact_unref (import);
}

static void
test_published_clusters (void)
{
  InsImport *import = import_real ("published_clusters.csv");

  if (!import)
    return;
  g_assert_true (import->ready);
  g_assert_cmpuint (import->n_rows, ==, 5695);
  g_assert_cmpint (import->table->role_column[INS_ROLE_ID], ==, 0);
  g_assert_cmpint (import->columns[1].type, ==, INS_COLUMN_NUMBER);
  g_assert_cmpfloat (import->columns[1].numbers.max, ==, 22);
  ins_artifact_unref (import);
}

/* ---- the ledger ---- */

#define HEAD "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
#define GOOD "536365,85123A,6,2010-12-13,2.55,17850,United Kingdom\n"

static const InsRejected *
only_rejected (const InsImport *import)
{
  g_assert_cmpuint (import->n_rejected, ==, 1);
  g_assert_cmpuint (import->rejected->len, ==, 1);
  return import->rejected->pdata[0];
}

static void
check_rejected (const char *line, const char *column, const char *words, double amount)
{
  g_autofree char *text = g_strconcat (HEAD GOOD GOOD, line, "\n" GOOD, NULL);
  InsImport *import = import_text (text, NULL);
  const InsRejected *r = only_rejected (import);

  g_assert_cmpuint (import->n_rows, ==, 3);
  g_assert_cmpuint (import->n_lines, ==, 4);
  g_assert_cmpuint (r->line, ==, 4);
  g_assert_cmpstr (r->text, ==, line);
  g_assert_cmpstr (r->column, ==, column);
  if (!strstr (r->reason, words))
    g_error ("“%s” is not in “%s”", words, r->reason);
  if (isnan (amount))
    g_assert_true (isnan (r->amount));
  else
    g_assert_cmpfloat (r->amount, ==, amount);
  g_assert_cmpfloat (import->sum_quantity, ==, 18);
  ins_artifact_unref (import);
}

static void
test_ledger (void)
{
  check_rejected ("536366,85123A,6,2010-12-01,2.55,17850", NULL, "6 fields", NAN);
  check_rejected ("536366,85123A,6,2010-12-01,2.55,17850,UK,x", NULL, "8 fields", NAN);
  check_rejected ("just words", NULL, "1 field", NAN);
  check_rejected ("536366,85123A,six,2010-12-01,2.55,17850,UK", "Quantity", "six", NAN);
  check_rejected ("536366,85123A,,2010-12-01,2.55,17850,UK", "Quantity", "missing", NAN);
  check_rejected ("536366,85123A,1e400,2010-12-01,2.55,17850,UK", "Quantity", "1e400", NAN);
  check_rejected ("536366,85123A,inf,2010-12-01,2.55,17850,UK", "Quantity", "inf", NAN);
  check_rejected ("536366,85123A,6,2010-02-30,2.5,17850,UK", "InvoiceDate", "2010-02-30", 15);
  check_rejected ("536366,85123A,6,NULL,2.5,17850,UK", "InvoiceDate", "missing", 15);
  check_rejected ("536366,85123A,6,2010-12-01,2.5.5,17850,UK", "UnitPrice", "2.5.5", NAN);
  check_rejected ("\"536366,85123A,6,2010-12-01,2.55,17850,UK", NULL, "quote", NAN);
  check_rejected ("536366,85123A,6,2010-12-01,2.55,17850,\"UK", NULL, "quote", NAN);
}

/* Rejected lines leave no trace in dictionaries and figures. */
static void
test_no_trace (void)
{
  InsImport *import =
      import_text (HEAD "1,A,x,2010-12-13,1,7,Nowhere\n2,B,5,2010-12-14,2,8,Norway\n"
                        "3,A,x,2010-12-15,3,9,Nowhere\n4,A,6,2010-12-16,4,7,Norway\n"
                        "5\n",
                   NULL);
  const InsColumn *product = ins_table_get (import->table, INS_ROLE_PRODUCT);

  g_assert_cmpuint (import->n_rows, ==, 2);
  g_assert_cmpuint (import->n_rejected, ==, 3);
  g_assert_cmpuint (product->n_words, ==, 2);
  g_assert_cmpstr (product->words[0], ==, "B");
  g_assert_cmpstr (product->words[1], ==, "A");
  g_assert_cmpuint (import->columns[6].distinct, ==, 1);
  g_assert_cmpstr (import->columns[6].top, ==, "Norway");
  g_assert_cmpuint (import->columns[6].top_lines, ==, 2);
  g_assert_cmpstr (import->preview_raw[0], ==, "2");
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (((InsRejected *)import->rejected->pdata[i])->line, ==, 2 + 2 * i);
  ins_artifact_unref (import);
}

/* More rejected lines than are kept, far apart and close together. */
static void
test_long_ledger (void)
{
  g_autoptr (GString) text = g_string_new (HEAD GOOD);
  InsImport *import;
  guint64 n = 0;

  for (guint i = 0; i < 150000; i++)
    if (i < 120000 || i % 1000 == 0)
      {
        g_string_append_printf (text, "%u,A,bad%u,2010-12-13,1,7,X\n", i, i);
        n++;
      }
    else
      g_string_append (text, GOOD);
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpuint (import->n_rejected, ==, n);
  g_assert_cmpuint (import->rejected->len, ==, INS_LEDGER_KEPT);
  g_assert_cmpuint (import->n_rows, ==, 150001 - n);
  for (guint i = 0; i < import->rejected->len; i += 777)
    {
      const InsRejected *r = import->rejected->pdata[i];
      g_autofree char *word = g_strdup_printf (",bad%u,", i);

      g_assert_cmpuint (r->line, ==, i + 3);
      g_assert_nonnull (strstr (r->text, word));
    }
  ins_artifact_unref (import);
}

static void
test_short_lines (void)
{
  InsImport *import = import_text ("customer_id,revenue,,\n1,2\n2,3,\n3,4,,\n4,5,,x\n5\n", NULL);

  g_assert_cmpuint (import->n_columns, ==, 4);
  g_assert_cmpuint (import->n_rows, ==, 4);
  g_assert_cmpuint (import->n_rejected, ==, 1);
  g_assert_cmpstr (ins_column_get_word (&import->table->columns[3], 3), ==, "x");
  ins_artifact_unref (import);
}

/* ---- ids, missing values, exact numbers ---- */

static void
test_ids (void)
{
  InsImport *import = import_text (HEAD "1,A,1,2010-12-13,1,17850.0,X\n2,A,1,2010-12-13,1,,X\n"
                                        "3,A,1,2010-12-13,1,17850,X\n4,A,1,2010-12-13,1,NULL,X\n"
                                        "5,A,1,2010-12-13,1,12346.0,NA\n",
                                   NULL);

  g_assert_cmpstr (word_at (import, INS_ROLE_CUSTOMER, 0), ==, "17850");
  g_assert_null (word_at (import, INS_ROLE_CUSTOMER, 1));
  g_assert_cmpstr (word_at (import, INS_ROLE_CUSTOMER, 2), ==, "17850");
  g_assert_null (word_at (import, INS_ROLE_CUSTOMER, 3));
  g_assert_cmpstr (word_at (import, INS_ROLE_CUSTOMER, 4), ==, "12346");
  g_assert_cmpuint (ins_table_get (import->table, INS_ROLE_CUSTOMER)->n_words, ==, 2);
  g_assert_cmpuint (import->columns[5].missing, ==, 2);
  g_assert_cmpstr (word_at (import, INS_ROLE_COUNTRY, 4), ==, "NA"); /* Namibia */
  g_assert_cmpstr (import->preview_raw[5], ==, "17850.0");
  g_assert_cmpstr (import->preview_value[5], ==, "17850");
  ins_artifact_unref (import);
}

static void
test_numbers (void)
{
  InsImport *import = import_text ("customer_id,exact,long,power,code,gaps\n"
                                   "a,1.5,0.1234567,1e3,007,1\n"
                                   "b,-2.255,2,2.5,010,NA\n"
                                   "c,1000000,3,1e-3,123,\n",
                                   NULL);
  const InsColumn *c = import->table->columns;

  g_assert_true (import->ready);
  g_assert_nonnull (c[1].scaled);
  g_assert_null (c[1].values);
  g_assert_cmpuint (c[1].decimals, ==, 3);
  g_assert_cmpint (c[1].scaled[1], ==, -2255);
  g_assert_cmpint (c[1].scaled[2], ==, 1000000000);
  g_assert_null (c[2].scaled);
  g_assert_cmpfloat (c[2].values[0], ==, 0.1234567);
  g_assert_cmpfloat (c[3].values[2], ==, 0.001);
  g_assert_cmpint (c[4].type, ==, INS_COLUMN_TEXT);
  g_assert_cmpstr (ins_column_get_word (&c[4], 0), ==, "007");
  g_assert_cmpint (c[5].type, ==, INS_COLUMN_NUMBER);
  g_assert_cmpuint (c[5].n_missing, ==, 2);
  g_assert_true (isnan (ins_column_get_number (&c[5], 1)));
  ins_artifact_unref (import);
}

/* Σ over rows is exact even where the doubles' sum would not be. */
static void
test_exact_sums (void)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  InsImport *import;

  for (int i = 0; i < 1000; i++)
    g_string_append (text, "1,A,1,2010-12-13,0.1,7,X\n2,A,1,2010-12-13,9007199254740.99,7,X\n"
                           "3,A,-1,2010-12-13,9007199254740.99,7,X\n");
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpfloat (import->sum_amount, ==, 100);
  ins_artifact_unref (import);
}

static void
test_ready (void)
{
  InsRecipe recipe;
  InsImport *import;
  const char *text = "who,revenue,town\na,1,X\nb,2,Y\na,3,X\n,4,Z\nc,oops,Z\n";

  ins_recipe_init (&recipe);
  recipe.ready = TRUE;
  recipe.roles[INS_ROLE_ID] = g_strdup ("who");
  import = import_text (text, &recipe);
  g_assert_true (import->ready);
  g_assert_true (import->table->ready);
  g_assert_cmpuint (import->n_rejected, ==, 2);                   /* a again, nobody */
  g_assert_cmpint (import->columns[1].type, ==, INS_COLUMN_TEXT); /* one word in three */
  ins_artifact_unref (import);
  ins_recipe_clear (&recipe);
  /* transactions can be taken as a ready table, not the other way round */
  recipe.ready = TRUE;
  import = import_text (HEAD GOOD, &recipe);
  g_assert_true (import->ready);
  g_assert_cmpint (import->table->role_column[INS_ROLE_ID], ==, 5);
  g_assert_cmpint (import->table->role_column[INS_ROLE_CUSTOMER], ==, -1);
  ins_artifact_unref (import);
  ins_recipe_clear (&recipe);
}

/* A slip in a ready table's column of numbers costs the line, not the column. */
static void
test_ready_slip (void)
{
  g_autoptr (GString) text = g_string_new ("customer_id,revenue\n");
  InsImport *import;

  for (int i = 0; i < 100; i++)
    g_string_append_printf (text, "%d,%s\n", i, i == 50 ? "n.k." : "2.5");
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpint (import->columns[1].type, ==, INS_COLUMN_NUMBER);
  g_assert_cmpstr (only_rejected (import)->column, ==, "revenue");
  ins_artifact_unref (import);
}

/* ---- a naive reader as oracle ---- */

/* RFC 4180 without blanks around fields: rows of fields, NULL between rows. */
static GPtrArray *
read_naively (const char *p)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);

  while (*p)
    {
      GString *field = g_string_new (NULL);

      if (*p == '"')
        for (p++; *p != '"' || *++p == '"'; p++)
          g_string_append_c (field, *p);
      else
        for (; *p != ',' && *p != '\r' && *p != '\n'; p++)
          g_string_append_c (field, *p);
      g_ptr_array_add (fields, g_string_free (field, FALSE));
      if (*p == ',')
        {
          p++;
          continue;
        }
      g_ptr_array_add (fields, NULL);
      p += *p == '\r' && p[1] == '\n' ? 2 : 1;
    }
  return fields;
}

static void
put_random_field (GString *text)
{
  static const char *const pieces[] = { "a", "bc", ",",  "\"\"", "\n", "\r\n", ";",
                                        "é", "1",  " x", "--",   "'",  "\r" };
  gboolean quoted = g_test_rand_bit ();
  int n = g_test_rand_int_range (0, 6);

  if (quoted)
    g_string_append_c (text, '"');
  else
    g_string_append_c (text, 'w'); /* no empty lines, no blanks that are stripped */
  for (int i = 0; i < n; i++)
    {
      const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

      if (quoted || !strpbrk (piece, ",\"\r\n "))
        g_string_append (text, piece);
    }
  if (quoted)
    g_string_append_c (text, '"');
}

static void
test_oracle (void)
{
  static const char *const ends[] = { "\n", "\r\n", "\r" };
  InsRecipe recipe;

  ins_recipe_init (&recipe);
  recipe.ready = TRUE;
  recipe.dialect.delimiter = ',';
  recipe.dialect.quote = '"';
  recipe.dialect.header = 1;
  recipe.dialect.encoding = g_strdup ("UTF-8");
  recipe.roles[INS_ROLE_ID] = g_strdup ("id");
  for (int file = 0; file < 300; file++)
    {
      int width = g_test_rand_int_range (1, 6), n = g_test_rand_int_range (1, 60);
      g_autoptr (GString) text = g_string_new ("id");
      g_autoptr (GPtrArray) naive = NULL;
      InsImport *import;
      guint at = 0;

      for (int c = 0; c < width; c++)
        g_string_append_printf (text, ",c%d", c);
      g_string_append (text, "\n");
      for (int r = 0; r < n; r++)
        {
          g_string_append_printf (text, "k%d", r);
          for (int c = 0; c < width; c++)
            {
              g_string_append_c (text, ',');
              put_random_field (text);
            }
          g_string_append (text, ends[g_test_rand_int_range (0, 3)]);
        }
      naive = read_naively (text->str);
      import = import_bytes (text->str, text->len, &recipe);
      g_assert_cmpuint (import->n_rows, ==, n);
      for (int r = -1; r < n; r++)
        for (int c = 0; c <= width + 1; c++, at++)
          {
            const char *expected = naive->pdata[at];

            if (r >= 0 && c <= width)
              g_assert_cmpstr (import->preview_raw[r * (width + 1) + c], ==, expected);
            else if (c > width)
              g_assert_null (expected);
          }
      ins_artifact_unref (import);
    }
  ins_recipe_clear (&recipe);
}

/* ---- threads, cancelling ---- */

static void
test_threads (void)
{
  g_autofree char *path = ins_test_data ("ecommerce.csv.gz");
  g_autoptr (GVariant) first = NULL;

  ins_skip_without (path);
  for (guint threads = 1; threads <= 5; threads += 2)
    {
      g_autoptr (InsRun) run = ins_run_new (threads, NULL);
      g_autoptr (InsSource) source = ins_source_open (path, run, NULL);
      g_autoptr (GVariant) variant = NULL;
      InsImport *import;
      InsRecipe recipe;

      ins_recipe_init (&recipe);
      import = ins_import_read (source, &recipe, run, NULL);
      variant = g_variant_ref_sink (ins_import_type.to_variant (&import->artifact));
      if (!first)
        first = g_variant_ref (variant);
      g_assert_cmpmem (g_variant_get_data (variant), g_variant_get_size (variant),
                       g_variant_get_data (first), g_variant_get_size (first));
      ins_artifact_unref (import);
    }
}

static InsImport *
import_in_parts (const GString *text, guint threads, gsize least)
{
  g_autoptr (InsSource) source = source_of_bytes (text->str, text->len);
  g_autoptr (InsRun) run = ins_run_new (threads, NULL);
  InsRecipe recipe;
  InsImport *import;

  ins_recipe_init (&recipe);
  recipe.ready = TRUE;
  recipe.roles[INS_ROLE_ID] = g_strdup ("id");
  recipe.dialect.delimiter = ',';
  recipe.dialect.quote = '"';
  recipe.dialect.header = 1;
  ins_scan_part_least = least;
  import = ins_import_read (source, &recipe, run, NULL);
  ins_scan_part_least = 1 << 20;
  ins_recipe_clear (&recipe);
  return import;
}

static void
assert_same (const InsImport *a, const InsImport *b)
{
  g_autoptr (GVariant) x = g_variant_ref_sink (ins_import_type.to_variant (&a->artifact));
  g_autoptr (GVariant) y = g_variant_ref_sink (ins_import_type.to_variant (&b->artifact));

  g_assert_true (g_variant_equal (x, y));
  for (gsize c = 0; c < a->n_columns; c++)
    {
      const InsColumn *p = &a->table->columns[c], *q = &b->table->columns[c];

      g_assert_cmpuint (p->n_words, ==, q->n_words);
      for (guint32 w = 0; w < p->n_words; w++)
        g_assert_cmpstr (p->words[w], ==, q->words[w]);
      if (p->codes)
        g_assert_cmpmem (p->codes, a->n_rows * 4, q->codes, b->n_rows * 4);
      if (p->scaled)
        g_assert_cmpmem (p->scaled, a->n_rows * 8, q->scaled, b->n_rows * 8);
    }
}

/* However the file is cut, also within quoted fields and at empty lines, the result is the same. */
static void
test_parts (void)
{
  static const char *const pieces[] = { ",",    ",", "\n",         "\r\n",      "\"",
                                        "\"\"", "a", "bb",         "1",         "\n\n",
                                        "\r",   " ", ",\"x\ny\",", "\n7,8,9\n", "\n5,\"q\",6\n" };

  for (guint file = 0; file < 400; file++)
    {
      g_autoptr (GString) text = g_string_new ("id,a,b\nk,1,2\n");
      int n = g_test_rand_int_range (1, 300);
      InsImport *one;

      for (int i = 0; i < n; i++)
        if (g_test_rand_int_range (0, 3) == 0)
          g_string_append_printf (text, "%d,%d,z\n", i, i % 7);
        else
          g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      one = import_in_parts (text, 1, G_MAXSIZE);
      g_assert_nonnull (one);
      for (guint threads = 2; threads < 12; threads += 3)
        {
          InsImport *many = import_in_parts (text, threads, 1 + file % 20);

          assert_same (one, many);
          ins_artifact_unref (many);
        }
      ins_artifact_unref (one);
    }
}

static gpointer
cancel_soon (gpointer run)
{
  g_usleep (20000);
  ins_run_cancel (run);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsSource) source = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;
  InsRecipe recipe;

  for (int i = 0; i < 1500000; i++)
    g_string_append (text, GOOD);
  source = source_of_bytes (text->str, text->len);
  ins_recipe_init (&recipe);
  thread = g_thread_new ("cancel", cancel_soon, run);
  g_assert_null (ins_import_read (source, &recipe, run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/ecommerce", test_ecommerce);
  g_test_add_func ("/import/online-retail", test_online_retail);
  g_test_add_func ("/import/published-clusters", test_published_clusters);
  g_test_add_func ("/import/ledger", test_ledger);
  g_test_add_func ("/import/no-trace", test_no_trace);
  g_test_add_func ("/import/long-ledger", test_long_ledger);
  g_test_add_func ("/import/short-lines", test_short_lines);
  g_test_add_func ("/import/ids", test_ids);
  g_test_add_func ("/import/numbers", test_numbers);
  g_test_add_func ("/import/exact-sums", test_exact_sums);
  g_test_add_func ("/import/ready", test_ready);
  g_test_add_func ("/import/ready-slip", test_ready_slip);
  g_test_add_func ("/import/oracle", test_oracle);
  g_test_add_func ("/import/threads", test_threads);
  g_test_add_func ("/import/parts", test_parts);
  g_test_add_func ("/import/cancel", test_cancel);
  return g_test_run ();
}
