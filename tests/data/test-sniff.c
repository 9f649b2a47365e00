/* test-sniff.c: every way of writing a table is guessed; what cannot be is asked
 *
 * The oracle is the writer below: a made-up table is written in each dialect and must read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-encoding.h"
#include "tests/data/data-test.h"

#define N_LINES 60

/* ---- a made-up table ---- */

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

static void
make_lines (Line *lines)
{
  for (int i = 0; i < N_LINES; i++)
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

static void
put_date (GString *text, const Line *l, const char *format)
{
  g_autoptr (GDateTime) time =
      g_date_time_new_utc (l->year, l->month, l->day, l->hour, l->minute, 0);
  g_autofree char *date = g_date_time_format (time, format);

  g_string_append (text, date);
}

static void
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

static void
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

static char *
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
  for (int i = 0; i < N_LINES; i++)
    put_line (text, &lines[i], way);
  return g_string_free (text, FALSE);
}

static void
check_table (const InsImport *import, const Line *lines, gboolean euro)
{
  g_assert_cmpuint (import->n_rows, ==, N_LINES);
  g_assert_cmpuint (import->n_rejected, ==, 0);
  for (int i = 0; i < N_LINES; i++)
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

/* ---- everything that can be guessed ---- */

static const char *const date_formats[] = {
  "%Y-%m-%d", "%d/%m/%Y",       "%m/%d/%Y",          "%d.%m.%Y", "%d-%b-%y",
  "%d %B %Y", "%m/%d/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y", "%m/%d/%y",
  "%Y%m%d",   "%b %d, %Y",      "%d/%m/%Y %I:%M %p"
};

static void
test_delimiter_decimal_date (void)
{
  Line lines[N_LINES];

  make_lines (lines);
  for (const char *delimiter = ",;\t|"; *delimiter; delimiter++)
    for (const char *decimal = ".,"; *decimal; decimal++)
      for (gsize f = 0; f < G_N_ELEMENTS (date_formats); f++)
        {
          Way way = { *delimiter, *decimal, date_formats[f] };
          g_autofree char *text = write_table (lines, &way);
          InsImport *import = import_text (text, NULL);

          check_table (import, lines, TRUE);
          g_assert_cmpint (import->dialect.delimiter, ==, *delimiter);
          g_assert_cmpint (import->dialect.decimal, ==, *decimal);
          g_assert_cmpint (import->dialect.header, ==, 1);
          g_assert_cmpstr (import->dialect.encoding, ==, "UTF-8");
          ins_artifact_unref (import);
        }
}

static void
check_encoding (const Line *lines, const char *bytes, gsize size, const char *expected,
                gboolean euro)
{
  InsImport *import = import_bytes (bytes, size, NULL);

  g_assert_cmpstr (import->dialect.encoding, ==, expected);
  check_table (import, lines, euro);
  ins_artifact_unref (import);
}

static void
test_encodings (void)
{
  static const struct
  {
    const char *iconv, *mark, *expected;
    gsize mark_size;
  } ways[] = {
    { "UTF-8", "", "UTF-8", 0 },
    { "UTF-8", "\xef\xbb\xbf", "UTF-8", 3 },
    { "UTF-16LE", "\xff\xfe", "UTF-16LE", 2 },
    { "UTF-16BE", "\xfe\xff", "UTF-16BE", 2 },
    { "UTF-16LE", "", "UTF-16LE", 0 },
    { "UTF-16BE", "", "UTF-16BE", 0 },
    { "WINDOWS-1252", "", "WINDOWS-1252", 0 },
    { "ISO-8859-1", "", "ISO-8859-1", 0 },
  };
  Line lines[N_LINES];

  make_lines (lines);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    for (const char *delimiter = ",;\t|"; *delimiter; delimiter++)
      {
        gboolean euro = strcmp (ways[i].iconv, "ISO-8859-1") != 0;
        Way way = { *delimiter, i % 2 ? ',' : '.', "%d/%m/%Y" };
        g_autofree char *text = write_table (lines, &way);
        g_autoptr (GString) file = g_string_new_len (ways[i].mark, ways[i].mark_size);
        g_autofree char *bytes = NULL;
        gsize size;

        bytes = euro ? g_convert (text, -1, ways[i].iconv, "UTF-8", NULL, &size, NULL)
                     : g_convert_with_fallback (text, -1, ways[i].iconv, "UTF-8", "?", NULL, &size,
                                                NULL);
        g_assert_nonnull (bytes);
        g_string_append_len (file, bytes, size);
        check_encoding (lines, file->str, file->len, ways[i].expected, euro);
      }
}

/* Encodings that are not guessed can be named. */
static void
test_named_encoding (void)
{
  const char *text = "customer_id,town\n1,Москва\n2,Тверь\n";
  g_autoptr (GError) error = NULL;
  gsize size;
  g_autofree char *bytes = g_convert (text, -1, "KOI8-R", "UTF-8", NULL, &size, &error);
  InsRecipe recipe;
  InsImport *import;

  g_assert_no_error (error);
  ins_recipe_init (&recipe);
  recipe.dialect.encoding = g_strdup ("KOI8-R");
  import = import_bytes (bytes, size, &recipe);
  g_assert_cmpstr (import->dialect.encoding, ==, "KOI8-R");
  g_assert_cmpstr (ins_column_get_word (&import->table->columns[1], 1), ==, "Тверь");
  ins_artifact_unref (import);
  g_free (recipe.dialect.encoding);
  recipe.dialect.encoding = g_strdup ("EUC-JP");
  assert_fails ("a,b\n\xff\xff\n", 7, &recipe, INS_ERROR_INPUT, "EUC-JP");
  ins_recipe_clear (&recipe);
}

/* Invalid bytes far behind the beginning change the whole reading, but lose no line. */
static void
test_late_bytes (void)
{
  g_autoptr (GString) text = g_string_new ("customer_id,town\n");
  InsImport *import;

  for (int i = 0; i < 100000; i++)
    g_string_append_printf (text, "%d,plain town %d\n", i, i);
  g_string_append (text, "x1,Orl\xe9"
                         "ans\n");
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpuint (import->n_rows, ==, 100001);
  g_assert_cmpstr (import->dialect.encoding, ==, "ISO-8859-1");
  g_assert_cmpstr (ins_column_get_word (&import->table->columns[1], 100000), ==, "Orléans");
  ins_artifact_unref (import);
  /* Where most is UTF-8 indeed, only the damaged word is read differently. */
  g_string_append (text, "x2,Orléans\nx3,Besançon\n");
  import = import_bytes (text->str, text->len, NULL);
  g_assert_cmpstr (import->dialect.encoding, ==, "UTF-8");
  g_assert_nonnull (strstr (find_evidence (import->evidence, "encoding")->reason, "E9"));
  g_assert_cmpstr (ins_column_get_word (&import->table->columns[1], 100000), ==, "Orléans");
  g_assert_cmpstr (ins_column_get_word (&import->table->columns[1], 100002), ==, "Besançon");
  ins_artifact_unref (import);
}

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
  Line lines[N_LINES];
  Way way = { ';', '.', "%Y-%m-%d" };
  g_autofree char *text = NULL;
  InsImport *import;

  make_lines (lines);
  for (int i = 0; i < N_LINES; i++)
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
  g_assert_cmpuint (import->n_rows, ==, N_LINES);
  ins_artifact_unref (import);
}

static void
test_names (void)
{
  static const char *const headers[] = {
    "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
    "invoice_no,stock_code,description,qty,invoice_date,unit_price,customer_id,country",
    "Nota Fiscal;Código do Produto;Descrição;Quantidade;Data da Compra;Preço Unitário;Cliente;País",
    "Rechnungs-Nr.;Artikelnummer;Bezeichnung;Menge;Rechnungsdatum;Einzelpreis;Kundennummer;Land",
    "N° facture;Référence;Désignation;Quantité;Date de commande;Prix unitaire;ID client;Pays",
    "Factura;Artículo;Descripción;Cantidad;Fecha;Precio (EUR);ID Cliente;País",
    "ORDER ID|SKU|ITEM NAME|UNITS|ORDER DATE|UNIT PRICE (GBP)|USER ID|COUNTRY",
  };

  for (gsize h = 0; h < G_N_ELEMENTS (headers); h++)
    {
      char d = strchr (headers[h], ';') ? ';' : strchr (headers[h], '|') ? '|' : ',';
      g_autoptr (GString) text = g_string_new (headers[h]);
      g_autoptr (InsSniff) sniff = NULL;

      g_string_append_c (text, '\n');
      for (int i = 0; i < 9; i++)
        g_string_append_printf (text, "%d%c%d%cthing%c%d%c2011-01-%02d%c2.55%c%d%cFrance\n",
                                1000 + i, d, 77 + i, d, d, i, d, i + 13, d, d, 500 + i / 2, d);
      sniff = sniff_text (text->str, NULL);
      g_assert_true (ins_sniff_is_decided (sniff, NULL));
      for (int role = INS_ROLE_INVOICE; role <= INS_ROLE_COUNTRY; role++)
        if (sniff->roles[role] != role)
          g_error ("%s: %s is column %d", headers[h], ins_role_to_text (role), sniff->roles[role]);
    }
}

/* ---- questions ---- */

#define HEAD "invoice;date;quantity;price;customer\n"

static void
check_question (const char *text, const char *field, const char *first, const char *second,
                const char *words)
{
  g_autoptr (InsSniff) sniff = sniff_text (text, NULL);
  g_autoptr (GError) error = NULL;
  const InsEvidence *evidence = NULL;

  for (guint i = 0; i < sniff->evidence->len && !(evidence && evidence->choices); i++)
    evidence = sniff->evidence->pdata[i];
  g_assert_nonnull (evidence->choices);
  g_assert_cmpstr (evidence->field, ==, field);
  g_assert_true (g_strv_contains ((const char *const *)evidence->choices, first));
  g_assert_true (g_strv_contains ((const char *const *)evidence->choices, second));
  g_assert_false (ins_sniff_is_decided (sniff, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_UNDECIDED);
  if (!strstr (error->message, words))
    g_error ("“%s” is not in “%s”", words, error->message);
}

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
  static const char *const dates[] = { "1577836800", "43831", "soon" };

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

/* ---- lines above the names ---- */

static void
check_titles (const char *titles, guint n_titles, const Line *lines, char delimiter)
{
  Way way = { delimiter, '.', "%Y-%m-%d %H:%M" };
  g_autofree char *table = write_table (lines, &way);
  g_autofree char *text = g_strconcat (titles, table, NULL);
  g_autofree char *bare =
      g_strconcat (titles, "kind,size,colour\n1,2.5,x\n2,3.5,y\n3,4.5,x\n", NULL);
  InsImport *import = import_text (text, NULL);
  g_autoptr (InsSniff) sniff = NULL;
  const InsRejected *first = import->rejected->pdata[0];

  g_assert_cmpuint (import->n_rows, ==, N_LINES);
  g_assert_cmpuint (import->n_rejected, ==, n_titles);
  g_assert_cmpuint (import->n_lines, ==, N_LINES + n_titles);
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
  Line lines[N_LINES];

  make_lines (lines);
  for (const char *delimiter = ",;\t|"; *delimiter; delimiter++)
    {
      check_titles ("Report 2020\n\n", 1, lines, *delimiter);
      check_titles ("Report: 2020\nAll shops\n", 2, lines, *delimiter);
      check_titles ("Report 2020\r\n\r\nAll shops\r\n2020-01-31\r\n", 3, lines, *delimiter);
    }
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

/* ---- a look at the file ---- */

static void
check_first_lines (const char *bytes, gsize size, const char *encoding, const char *expected)
{
  g_autoptr (InsSource) source = source_of_bytes (bytes, size);
  g_autofree char *lines = ins_encoding_first_lines (source, encoding, 2, 16);

  g_assert_cmpstr (lines, ==, expected);
}

static void
test_first_lines (void)
{
  static const char *const encodings[] = { "UTF-16LE",   "UTF-16BE", "WINDOWS-1252",
                                           "ISO-8859-1", "UTF-8",    "CP850" };
  const char *text = "é;b\r\n1;2\r\n3;4\r\n";

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      gsize size;
      g_autofree char *bytes = g_convert (text, -1, encodings[i], "UTF-8", NULL, &size, NULL);

      g_assert_nonnull (bytes);
      check_first_lines (bytes, size, encodings[i], "é;b\r\n1;2"); /* 16 bytes are enough */
    }
  check_first_lines ("\xff\xfe\xe9\0;\0b\0\n\0", 10, "UTF-16LE", "é;b");
  check_first_lines ("\xfe\xff\0\xe9\0;\0b\0\n", 10, "UTF-16BE", "é;b");
  check_first_lines ("\xef\xbb\xbf"
                     "a\nb",
                     6, NULL, "a\nb");
  check_first_lines ("123456789012345é", 17, "UTF-8", "123456789012345"); /* no half character */
  check_first_lines ("", 0, NULL, "");
  check_first_lines ("\xff\xfe", 2, "UTF-16LE", "");
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

static void
test_separator_line (void)
{
  InsImport *import = import_text ("sep=;\r\ncustomer_id;a,b\r\n1;2,5\r\n2;3,5\r\n", NULL);

  g_assert_cmpint (import->dialect.delimiter, ==, ';');
  g_assert_cmpuint (import->n_rows, ==, 2);
  g_assert_cmpstr (import->columns[1].name, ==, "a,b");
  ins_artifact_unref (import);
}

/* What is one line per customer, and what is not. */
static void
test_looks_ready (void)
{
  static const struct
  {
    const char *text;
    gboolean ready;
  } cases[] = {
    { "customer_id,revenue\n1,2\n2,3\n", TRUE },
    { "customer_id,first_purchase,revenue,quantity\n1,2011-01-13,2,3\n2,2011-02-14,3,1\n", TRUE },
    { "key,revenue\nx,2.5\ny,3.5\n", TRUE },
    { "customer_id,revenue\n1,2\n1,3\n", FALSE },
    { "invoice,date,quantity,price,customer\n1,2011-01-13,1,2,a\n2,2011-01-14,1,2,b\n", FALSE },
    { "thing,date,quantity,price,who\n1,2011-01-13,1,2,a\n2,2011-01-14,1,2,b\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (InsSniff) sniff = sniff_text (cases[i].text, NULL);

      if (sniff->ready != cases[i].ready)
        g_error ("%s", cases[i].text);
    }
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sniff/delimiter-decimal-date", test_delimiter_decimal_date);
  g_test_add_func ("/sniff/encodings", test_encodings);
  g_test_add_func ("/sniff/named-encoding", test_named_encoding);
  g_test_add_func ("/sniff/late-bytes", test_late_bytes);
  g_test_add_func ("/sniff/quote", test_quote);
  g_test_add_func ("/sniff/no-header", test_no_header);
  g_test_add_func ("/sniff/names", test_names);
  g_test_add_func ("/sniff/open-date", test_open_date);
  g_test_add_func ("/sniff/open-decimal", test_open_decimal);
  g_test_add_func ("/sniff/open-delimiter", test_open_delimiter);
  g_test_add_func ("/sniff/delimiter-in-texts", test_delimiter_in_texts);
  g_test_add_func ("/sniff/open-but-needless", test_open_but_needless);
  g_test_add_func ("/sniff/thousands", test_thousands);
  g_test_add_func ("/sniff/missing-role", test_missing_role);
  g_test_add_func ("/sniff/given-roles", test_given_roles);
  g_test_add_func ("/sniff/given-dialect", test_given_dialect);
  g_test_add_func ("/sniff/separator-line", test_separator_line);
  g_test_add_func ("/sniff/looks-ready", test_looks_ready);
  g_test_add_func ("/sniff/unknown-date", test_unknown_date);
  g_test_add_func ("/sniff/offers-table", test_offers_table);
  g_test_add_func ("/sniff/titles", test_titles);
  g_test_add_func ("/sniff/no-titles", test_no_titles);
  g_test_add_func ("/sniff/strange-separator", test_strange_separator);
  g_test_add_func ("/sniff/first-lines", test_first_lines);
  g_test_add_func ("/sniff/column-names", test_column_names);
  return g_test_run ();
}
