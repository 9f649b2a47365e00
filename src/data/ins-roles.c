/* ins-roles.c: which column means what, by its name and by its values
 *
 * Names are compared without case, accents, blanks and filler words, in six languages.  Where
 * names say nothing, values do: the only dates, the only amounts, countries by their names, and
 * identifiers by what determines what (an invoice has one date and one customer, not the other way
 * round).  Time linear in rows for a few columns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-roles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_MAX_LENGTH 100 /* longer ones are no names of known columns */

/* Best names first. */
static const char *const names_of[INS_N_ROLES] = {
  [INS_ROLE_INVOICE] =
      "invoiceno invoice invoicenumber invoiceid invoicenum invno inv transactionid transactionno "
      "transaction orderid orderno ordernumber order receiptid receiptno receiptnumber receipt "
      "billno "
      "billid billnumber bill basketid basket documentno documentnumber docno ticketid ticketno "
      "ticket "
      "notafiscal fatura numerofatura numeronota numeronotafiscal nfatura nota numeropedido "
      "idpedido "
      "pedido idcompra factura numerofactura nfactura nofactura numeropedido rechnungsnummer "
      "rechnungsnr rechnung bestellnummer bestellnr bestellung auftragsnummer auftragsnr auftrag "
      "belegnummer belegnr beleg facture numerofacture nofacture nfacture commande numerocommande "
      "idcommande fattura numerofattura nfattura ordine numeroordine saleid salesorder",
  [INS_ROLE_PRODUCT] =
      "stockcode productid productcode productno productnumber sku itemid itemcode itemno "
      "itemnumber "
      "articleid articleno articlenumber materialno product item article upc ean gtin asin "
      "codigoproduto "
      "codproduto idproduto produto codigoproducto codproducto idproducto producto articulo "
      "artikelnummer "
      "artikelnr artikel produktnummer produktnr produkt codeproduit refproduit produit reference "
      "codicearticolo codiceprodotto prodotto articolo codigo",
  [INS_ROLE_DESCRIPTION] =
      "description desc productdescription itemdescription productname itemname articlename "
      "descricao "
      "descricaoproduto nomeproduto descripcion nombreproducto beschreibung bezeichnung "
      "artikelbezeichnung "
      "artikelname produktname designation libelle nomproduit descrizione nomeprodotto",
  [INS_ROLE_QUANTITY] = "quantity qty quantityordered quantitysold qtysold units unitssold quant "
                        "pieces pcs itemquantity "
                        "numberitems quantidade qtd qtde qtdade cantidad cant unidades menge "
                        "anzahl stueck stuck stuckzahl "
                        "stueckzahl bestellmenge quantite qte quantita pezzi count",
  [INS_ROLE_DATE] =
      "invoicedate orderdate transactiondate purchasedate saledate salesdate date datetime "
      "invoicedatetime "
      "orderdatetime purchasedatetime transactiondatetime invoicetimestamp orderpurchasetimestamp "
      "timestamp "
      "createdat datafatura datapedido datacompra datavenda datanota data fechafactura fechapedido "
      "fechacompra fechaventa fecha rechnungsdatum bestelldatum kaufdatum belegdatum auftragsdatum "
      "datum "
      "datefacture datecommande dateachat datevente datafattura dataordine day",
  [INS_ROLE_PRICE] =
      "unitprice price priceperunit itemprice priceeach sellingprice saleprice retailprice "
      "unitcost "
      "precounitario valorunitario vlunitario preco preciounitario precio einzelpreis stuckpreis "
      "stueckpreis verkaufspreis preis prixunitaire prix prezzounitario prezzo",
  [INS_ROLE_CUSTOMER] = "customerid customerno customernumber customercode custid custno "
                        "custnumber customer cust clientid "
                        "clientno clientnumber clientcode client userid buyerid memberid shopperid "
                        "consumerid accountid "
                        "accountno accountnumber customeruniqueid householdkey householdid user "
                        "buyer member idcliente "
                        "codigocliente codcliente clienteid numerocliente cliente kundennummer "
                        "kundennr kundenid kdnr kunde "
                        "idclient numeroclient codeclient noclient codicecliente",
  [INS_ROLE_COUNTRY] = "country countryname customercountry shipcountry billingcountry countrycode "
                       "pais nombrepais nomepais "
                       "land pays paese nazione nation region",
  [INS_ROLE_AMOUNT] =
      "amount totalamount totalprice linetotal lineamount salesamount netamount grossamount "
      "extendedprice "
      "revenue sales turnover subtotal total totalvalue value valortotal vltotal valor receita "
      "importe "
      "importetotal monto betrag gesamtpreis gesamtbetrag umsatz summe montant montanttotal "
      "chiffreaffaires importo importototale totale spend payment",
  [INS_ROLE_ID] = "customerid customerno customernumber customercode custid customer clientid "
                  "userid memberid buyerid "
                  "accountid id idcliente clienteid codigocliente kundennummer kundennr kundenid "
                  "idclient codiceclient "
                  "client cliente kunde user",
};

static const char *const filler[] = { "gbp",     "usd",    "eur",  "brl",   "chf",
                                      "pound",   "pounds", "euro", "euros", "dollar",
                                      "dollars", "the",    "of",   "de",    "da",
                                      "do",      "del",    "des",  "der",   "du",
                                      "la",      "le",     "em",   "en",    "in" };

/* ---- names ---- */

/* Lower case without accents; words are separated by blanks. */
static char *
plain_name (const char *name)
{
  g_autofree char *split = NULL, *folded = NULL;
  GString *text = g_string_new (NULL);

  /* "UnitPrice" has two words */
  for (const char *p = name; *p; p++)
    {
      if (p > name && g_ascii_isupper (*p) && g_ascii_islower (p[-1]))
        g_string_append_c (text, ' ');
      g_string_append_c (text, *p);
    }
  split = g_string_free (text, FALSE);
  folded = g_utf8_casefold (split, -1);
  g_free (split);
  split = g_utf8_normalize (folded, -1, G_NORMALIZE_NFD);
  text = g_string_new (NULL);
  for (const char *p = split ? split : ""; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (text, c);
      else if (!g_unichar_ismark (c))
        g_string_append_c (text, ' ');
    }
  return g_string_free (text, FALSE);
}

/* The words of plain_name() in one, with or without the filler. */
static char *
join_words (const char *plain, gboolean with_filler)
{
  g_auto (GStrv) words = g_strsplit (plain, " ", -1);
  GString *text = g_string_new (NULL);

  for (char **word = words; *word; word++)
    {
      gboolean skip = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (filler) && !with_filler; i++)
        skip = skip || strcmp (*word, filler[i]) == 0;
      if (!skip)
        g_string_append (text, *word);
    }
  return g_string_free (text, FALSE);
}

static int
find_word (const char *list, const char *word)
{
  gsize length = strlen (word);
  int rank = 0;

  for (const char *p = list; *p && length > 0; rank++)
    {
      gsize n = strcspn (p, " ");

      if (n == length && memcmp (p, word, n) == 0)
        return rank;
      p += n + (p[n] == ' ');
    }
  return -1;
}

/* A column's name as it is compared. */
typedef struct
{
  char *whole;
  char *core; /* without filler */
} PlainName;

static void
plain_init (PlainName *plain, const char *name)
{
  g_autofree char *words = plain_name (name);

  plain->whole = join_words (words, TRUE);
  plain->core = join_words (words, FALSE);
}

static void
plain_clear (PlainName *plain)
{
  g_free (plain->whole);
  g_free (plain->core);
}

static int
rank_plain (InsRole role, const PlainName *plain)
{
  int rank = find_word (names_of[role], plain->whole);

  return rank >= 0 ? rank : find_word (names_of[role], plain->core);
}

int
ins_role_rank_name (InsRole role, const char *name)
{
  PlainName plain;
  int rank;

  if (strlen (name) > NAME_MAX_LENGTH)
    return -1;
  plain_init (&plain, name);
  rank = rank_plain (role, &plain);
  plain_clear (&plain);
  return rank;
}

gboolean
ins_role_knows_name (const char *name)
{
  PlainName plain;
  gboolean known = FALSE;

  if (strlen (name) > NAME_MAX_LENGTH)
    return FALSE;
  plain_init (&plain, name);
  for (guint role = 0; role < INS_N_ROLES && !known; role++)
    known = rank_plain (role, &plain) >= 0;
  plain_clear (&plain);
  return known;
}

int
ins_roles_find_column (const InsScan *scan, const char *name)
{
  guint64 number;

  for (gsize c = 0; c < scan->n_columns; c++)
    if (strcmp (scan->columns[c].name, name) == 0)
      return c;
  if (*name == '#' && g_ascii_string_to_unsigned (name + 1, 10, 1, scan->n_columns, &number, NULL))
    return number - 1;
  for (gsize c = 0; c < scan->n_columns; c++)
    if (g_ascii_strcasecmp (scan->columns[c].name, name) == 0)
      return c;
  return -1;
}

/* ---- assigning by names ---- */

static gboolean
is_taken (const int roles[INS_N_ROLES], int column)
{
  for (guint role = 0; role < INS_N_ROLES; role++)
    if (roles[role] == column)
      return TRUE;
  return FALSE;
}

/* A name alone is not enough where the values cannot be meant. */
static gboolean
values_fit (const InsColumnLooks *looks, InsRole role)
{
  if (looks->present == 0)
    return TRUE;
  if (role == INS_ROLE_DATE)
    return looks->dates.formats && looks->dates.formats[0];
  if (role == INS_ROLE_QUANTITY || role == INS_ROLE_PRICE || role == INS_ROLE_AMOUNT)
    return looks->number_share >= 0.1;
  return TRUE;
}

/* Ranks of one column in all roles. */
static void
rank_column (const InsScanColumn *column, const InsColumnLooks *looks, const gboolean *open,
             gboolean whatever_values, int ranks[INS_N_ROLES])
{
  PlainName plain;

  for (guint role = 0; role < INS_N_ROLES; role++)
    ranks[role] = -1;
  if (column->nameless || strlen (column->name) > NAME_MAX_LENGTH)
    return;
  plain_init (&plain, column->name);
  for (guint role = 0; role < INS_N_ROLES; role++)
    if (open[role] && (whatever_values || values_fit (looks, role)))
      ranks[role] = rank_plain (role, &plain);
  plain_clear (&plain);
}

/* @whatever_values: names alone decide */
static void
assign_by_names (const InsScan *scan, const InsColumnLooks *looks, const gboolean *open,
                 gboolean whatever_values, int roles[INS_N_ROLES], const char *reasons[INS_N_ROLES])
{
  gsize n_ranks = scan->n_columns * INS_N_ROLES;
  g_autofree int *ranks = g_new (int, n_ranks);

  for (gsize c = 0; c < scan->n_columns; c++)
    rank_column (&scan->columns[c], &looks[c], open, whatever_values, &ranks[c * INS_N_ROLES]);
  for (;;)
    {
      int best = -1, best_rank = G_MAXINT;

      for (gsize i = 0; i < n_ranks; i++)
        if (ranks[i] >= 0 && ranks[i] < best_rank && roles[i % INS_N_ROLES] < 0
            && !is_taken (roles, i / INS_N_ROLES))
          {
            best = i;
            best_rank = ranks[i];
          }
      if (best < 0)
        break;
      roles[best % INS_N_ROLES] = best / INS_N_ROLES;
      reasons[best % INS_N_ROLES] = _ ("by its name");
    }
}

/* ---- assigning by values ---- */

typedef struct
{
  const InsScan *scan;
  const InsColumnLooks *looks;
  const gboolean *open;
  int *roles;
  const char **reasons;
  InsRun *run;
} Guess;

static gboolean
wants (const Guess *guess, InsRole role)
{
  return guess->open[role] && guess->roles[role] < 0;
}

/* @column: -1 = none, -2 = several */
static void
assign (Guess *guess, InsRole role, int column, const char *reason)
{
  if (column < 0 || !wants (guess, role))
    return;
  guess->roles[role] = column;
  guess->reasons[role] = reason;
}

static gboolean
is_free (const Guess *guess, int column)
{
  return !is_taken (guess->roles, column) && guess->looks[column].present > 0;
}

static int
one_more (int found, int column)
{
  return found == -1 ? column : -2;
}

static void
assign_date (Guess *guess)
{
  int found = -1;

  for (gsize c = 0; c < guess->scan->n_columns; c++)
    if (is_free (guess, c) && guess->looks[c].dates.formats && guess->looks[c].dates.formats[0])
      found = one_more (found, c);
  assign (guess, INS_ROLE_DATE, found, _ ("by its values: the only dates"));
}

static guint64
rows_of_word (const InsScanColumn *column, const char *word)
{
  for (guint32 i = 0; i < column->n_words; i++)
    if (strcmp (column->words[i], word) == 0)
      return column->counts[i];
  return 0;
}

static void
assign_numbers (Guess *guess)
{
  int price = -1, quantity = -1;

  for (gsize c = 0; c < guess->scan->n_columns; c++)
    {
      const InsColumnLooks *looks = &guess->looks[c];
      guint64 whole = looks->rows[INS_LOOK_INTEGER];

      if (!is_free (guess, c) || looks->number_share < 0.99 || looks->codes)
        continue;
      if (10 * whole < 9 * looks->present)
        price = one_more (price, c);
      else if (whole == looks->present
               && 100 * rows_of_word (&guess->scan->columns[c], "1") >= looks->present)
        quantity = one_more (quantity, c);
    }
  if (wants (guess, INS_ROLE_PRICE) && guess->roles[INS_ROLE_AMOUNT] < 0)
    assign (guess, INS_ROLE_PRICE, price, _ ("by its values: the only fractions"));
  assign (guess, INS_ROLE_QUANTITY, quantity, _ ("by its values: small whole numbers"));
}

static gboolean
is_country (const char *word)
{
  static const char *const countries =
      "|united "
      "kingdom|uk|germany|france|spain|portugal|italy|netherlands|belgium|switzerland|austria|"
      "norway|sweden|denmark|finland|iceland|ireland|eire|poland|greece|cyprus|malta|israel|"
      "lebanon|"
      "japan|china|hong kong|singapore|australia|canada|usa|united states|brazil|mexico|argentina|"
      "chile|india|south africa|rsa|channel islands|united arab emirates|saudi arabia|bahrain|"
      "lithuania|czech republic|european community|unspecified|turkey|russia|korea|new zealand|"
      "deutschland|frankreich|brasil|espana|italia|suisse|belgique|";
  g_autofree char *folded = g_ascii_strdown (word, -1);
  g_autofree char *wanted = g_strconcat ("|", folded, "|", NULL);

  return *word && !strchr (word, '|') && strstr (countries, wanted);
}

static void
assign_country (Guess *guess)
{
  for (gsize c = 0; c < guess->scan->n_columns && wants (guess, INS_ROLE_COUNTRY); c++)
    {
      const InsScanColumn *column = &guess->scan->columns[c];
      guint64 rows = 0;

      if (!is_free (guess, c) || column->n_words > 300)
        continue;
      for (guint32 i = 0; i < column->n_words; i++)
        rows += is_country (column->words[i]) ? column->counts[i] : 0;
      if (10 * rows >= 8 * guess->looks[c].present)
        assign (guess, INS_ROLE_COUNTRY, c, _ ("by its values: names of countries"));
    }
}

/* Share of rows in which @b has the value it had when @a's value was seen first. */
static double
determines (const Guess *guess, int a, int b)
{
  const InsScan *scan = guess->scan;
  const InsScanColumn *x = &scan->columns[a], *y = &scan->columns[b];
  g_autofree guint32 *first = g_new (guint32, (gsize)x->n_words + 1);
  g_autofree guint8 *seen = g_new0 (guint8, (gsize)x->n_words + 1);
  guint64 agree = 0, n = 0;

  for (gsize i = 0; i < scan->n_rows && (i % 65536 != 0 || ins_run_tick (guess->run)); i++)
    {
      guint32 code = x->codes[i];

      if (code == INS_CODE_MISSING)
        continue;
      if (!seen[code])
        {
          seen[code] = 1;
          first[code] = y->codes[i];
        }
      agree += first[code] == y->codes[i];
      n++;
    }
  return n ? (double)agree / n : 0;
}

static gboolean
looks_like_id (const Guess *guess, int c)
{
  const InsScanColumn *column = &guess->scan->columns[c];
  guint64 whole = guess->looks[c].rows[INS_LOOK_INTEGER];

  if (!is_free (guess, c) || column->n_words < 2 || column->n_words == guess->scan->n_rows)
    return FALSE;
  if (guess->looks[c].dates.formats && guess->looks[c].dates.formats[0])
    return FALSE;
  for (guint32 i = 0; i < MIN (column->n_words, 50); i++)
    if (strchr (column->words[i], ' '))
      return FALSE;
  return whole > 0 || guess->looks[c].number_share < 0.5;
}

static void
assign_identifiers (Guess *guess)
{
  const InsScan *scan = guess->scan;
  int date = guess->roles[INS_ROLE_DATE], invoice, customer = -1;
  guint tried = 0;

  for (gsize c = 0; date >= 0 && wants (guess, INS_ROLE_INVOICE) && c < scan->n_columns; c++)
    if (looks_like_id (guess, c) && tried++ < 16
        && scan->columns[c].n_words > scan->columns[date].n_words / 2
        && determines (guess, c, date) > 0.98 && determines (guess, date, c) < 0.9)
      assign (guess, INS_ROLE_INVOICE, c, _ ("by its values: each has one date"));
  invoice = guess->roles[INS_ROLE_INVOICE];
  for (gsize c = 0; invoice >= 0 && wants (guess, INS_ROLE_CUSTOMER) && c < scan->n_columns; c++)
    if (looks_like_id (guess, c) && tried++ < 32 && determines (guess, invoice, c) > 0.98
        && (customer < 0 || scan->columns[c].n_words > scan->columns[customer].n_words))
      customer = c;
  assign (guess, INS_ROLE_CUSTOMER, customer, _ ("by its values: each invoice has one"));
}

void
ins_roles_guess (const InsScan *scan, const InsColumnLooks *looks, const gboolean *open,
                 int roles[INS_N_ROLES], const char *reasons[INS_N_ROLES], InsRun *run)
{
  Guess guess = { scan, looks, open, roles, reasons, run };

  assign_by_names (scan, looks, open, FALSE, roles, reasons);
  if (wants (&guess, INS_ROLE_DATE))
    assign_date (&guess);
  /* Transactions with a date of a strange form: ask for the form, not for the column. */
  if (roles[INS_ROLE_DATE] < 0 && roles[INS_ROLE_INVOICE] >= 0)
    assign_by_names (scan, looks, open, TRUE, roles, reasons);
  if (roles[INS_ROLE_DATE] < 0)
    return; /* nothing of transactions */
  assign_numbers (&guess);
  assign_country (&guess);
  assign_identifiers (&guess);
}
