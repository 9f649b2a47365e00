/* test-roles.c: what columns' names mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-roles.h"

#include <string.h>

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    InsRole role;
  } cases[] = {
    { "InvoiceNo", INS_ROLE_INVOICE },
    { "INVOICE_NO.", INS_ROLE_INVOICE },
    { "invoice number", INS_ROLE_INVOICE },
    { "Nota Fiscal", INS_ROLE_INVOICE },
    { "StockCode", INS_ROLE_PRODUCT },
    { "Descrição", INS_ROLE_DESCRIPTION },
    { "Qtde", INS_ROLE_QUANTITY },
    { "Stück", INS_ROLE_QUANTITY },
    { "Data da Compra", INS_ROLE_DATE },
    { "invoice-date", INS_ROLE_DATE },
    { "Unit Price (GBP)", INS_ROLE_PRICE },
    { "Preço Unitário", INS_ROLE_PRICE },
    { "Código do Cliente", INS_ROLE_CUSTOMER },
    { "Kunden-Nr.", INS_ROLE_CUSTOMER },
    { "País", INS_ROLE_COUNTRY },
    { "Montant (€)", INS_ROLE_AMOUNT },
    { "id", INS_ROLE_ID },
  };
  static const char *const unknown[] = { "", "#", "xyz", "InvoiceNoX", "price list" };
  g_autofree char *longest = g_strnfill (101, ' ');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (ins_role_rank_name (cases[i].role, cases[i].name) < 0
        || !ins_role_knows_name (cases[i].name))
      g_error ("“%s” is not known", cases[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_assert_false (ins_role_knows_name (unknown[i]));
      for (int role = 0; role < INS_N_ROLES; role++)
        g_assert_cmpint (ins_role_rank_name (role, unknown[i]), ==, -1);
    }
  memcpy (longest, "date", 4);
  g_assert_cmpint (ins_role_rank_name (INS_ROLE_DATE, longest), ==, -1);
  longest[100] = '\0';
  g_assert_cmpint (ins_role_rank_name (INS_ROLE_DATE, longest), >=, 0);
}

/* Where two columns could be meant, the plainer name wins. */
static void
test_ranks (void)
{
  static const struct
  {
    InsRole role;
    const char *better, *worse;
  } cases[] = {
    { INS_ROLE_INVOICE, "InvoiceNo", "Order ID" }, { INS_ROLE_DATE, "Invoice Date", "Day" },
    { INS_ROLE_PRICE, "Unit Price", "Price" },     { INS_ROLE_CUSTOMER, "CustomerID", "User" },
    { INS_ROLE_AMOUNT, "Amount", "Payment" },      { INS_ROLE_QUANTITY, "Quantity", "Count" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int better = ins_role_rank_name (cases[i].role, cases[i].better);
      int worse = ins_role_rank_name (cases[i].role, cases[i].worse);

      g_assert_cmpint (better, >=, 0);
      g_assert_cmpint (better, <, worse);
    }
}

/* By name, then by number, then without case. */
static void
test_find_column (void)
{
  InsScanColumn columns[] = { { .name = (char *)"date" },
                              { .name = (char *)"#1" },
                              { .name = (char *)"Date" },
                              { .name = (char *)"CustomerID" } };
  InsScan scan = { .n_columns = 4, .columns = columns };
  static const struct
  {
    const char *name;
    int column;
  } cases[] = { { "date", 0 },         { "Date", 2 }, { "DATE", 0 }, { "customerid", 3 },
                { "#1", 1 },           { "#3", 2 },   { "#0", -1 },  { "#5", -1 },
                { "CustomerID ", -1 }, { "", -1 },    { "3", -1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ins_roles_find_column (&scan, cases[i].name), ==, cases[i].column);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roles/names", test_names);
  g_test_add_func ("/roles/ranks", test_ranks);
  g_test_add_func ("/roles/find-column", test_find_column);
  return g_test_run ();
}
