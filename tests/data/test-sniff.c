/* test-sniff.c: every way of writing a table is guessed
 *
 * The oracle is the writer of written-table.h: what it writes in each dialect must read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-encoding.h"
#include "tests/data/written-table.h"

static const char *const date_formats[] = {
  "%Y-%m-%d", "%d/%m/%Y",       "%m/%d/%Y",          "%d.%m.%Y", "%d-%b-%y",
  "%d %B %Y", "%m/%d/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y", "%m/%d/%y",
  "%Y%m%d",   "%b %d, %Y",      "%d/%m/%Y %I:%M %p"
};

static void
test_delimiter_decimal_date (void)
{
  Line lines[INS_TEST_LINES];

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
  Line lines[INS_TEST_LINES];

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sniff/delimiter-decimal-date", test_delimiter_decimal_date);
  g_test_add_func ("/sniff/encodings", test_encodings);
  g_test_add_func ("/sniff/named-encoding", test_named_encoding);
  g_test_add_func ("/sniff/late-bytes", test_late_bytes);
  g_test_add_func ("/sniff/names", test_names);
  g_test_add_func ("/sniff/looks-ready", test_looks_ready);
  g_test_add_func ("/sniff/first-lines", test_first_lines);
  return g_test_run ();
}
