/* test-table.c: columns, roles, reference counting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-table.h"

#include "tests/ins-test.h"

#include <math.h>

static InsTable *
make_table (void)
{
  InsTable *table = ins_table_new (3, 4);
  InsColumn *c = table->columns;

  c[0].name = g_strdup ("country");
  c[0].type = INS_COLUMN_TEXT;
  c[0].words = g_new0 (char *, 3);
  c[0].words[0] = g_strdup ("France");
  c[0].words[1] = g_strdup ("Norway");
  c[0].n_words = 2;
  c[0].codes = g_new (guint32, 3);
  c[0].codes[0] = 1;
  c[0].codes[1] = INS_CODE_MISSING;
  c[0].codes[2] = 0;
  c[1].name = g_strdup ("price");
  c[1].type = INS_COLUMN_NUMBER;
  c[1].scaled = g_new (gint64, 3);
  c[1].scaled[0] = -1106206;
  c[1].scaled[1] = INS_SCALED_MISSING;
  c[1].scaled[2] = 255;
  c[1].decimals = 2;
  c[2].name = g_strdup ("weight");
  c[2].type = INS_COLUMN_NUMBER;
  c[2].values = g_new (double, 3);
  c[2].values[0] = 1e-9;
  c[2].values[1] = NAN;
  c[2].values[2] = 1e30;
  c[3].name = g_strdup ("day");
  c[3].type = INS_COLUMN_DATE;
  c[3].days = g_new0 (gint32, 3);
  table->role_column[INS_ROLE_COUNTRY] = 0;
  return table;
}

static void
test_values (void)
{
  g_autoptr (InsTable) table = make_table ();
  const InsColumn *c = table->columns;

  g_assert_cmpstr (ins_column_get_word (&c[0], 0), ==, "Norway");
  g_assert_null (ins_column_get_word (&c[0], 1));
  g_assert_cmpstr (ins_column_get_word (&c[0], 2), ==, "France");
  g_assert_null (ins_column_get_word (&c[1], 0));
  g_assert_cmpfloat (ins_column_get_number (&c[1], 0), ==, -11062.06);
  g_assert_true (isnan (ins_column_get_number (&c[1], 1)));
  g_assert_cmpfloat (ins_column_get_number (&c[1], 2), ==, 2.55);
  g_assert_cmpfloat (ins_column_get_number (&c[2], 2), ==, 1e30);
  g_assert_true (isnan (ins_column_get_number (&c[2], 1)));
  g_assert_true (isnan (ins_column_get_number (&c[0], 0)));
}

/* A scaled number must read as the double that strtod makes of the same decimal. */
static void
test_rounding (void)
{
  InsColumn column = { .type = INS_COLUMN_NUMBER };
  gint64 scaled;

  column.scaled = &scaled;
  for (guint i = 0; i < 200000; i++)
    {
      char text[64];

      scaled = g_test_rand_int ();
      column.decimals = i % 7;
      g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT "e-%u", scaled, column.decimals);
      g_assert_cmpfloat (ins_column_get_number (&column, 0), ==, g_ascii_strtod (text, NULL));
    }
}

static void
test_roles (void)
{
  g_autoptr (InsTable) table = make_table ();
  InsRole role;

  g_assert_true (ins_table_get (table, INS_ROLE_COUNTRY) == &table->columns[0]);
  for (guint i = 0; i < INS_N_ROLES; i++)
    {
      g_assert_true (ins_role_from_text (ins_role_to_text (i), &role));
      g_assert_cmpint (role, ==, i);
      if (i != INS_ROLE_COUNTRY)
        g_assert_null (ins_table_get (table, i));
    }
  g_assert_false (ins_role_from_text ("Customer", &role));
  g_assert_false (ins_role_from_text ("", &role));
}

static void
test_size_and_references (void)
{
  InsTable *table = make_table ();
  gsize size = ins_table_size (table);

  g_assert_cmpuint (size, >, 3 * (4 + 8 + 8 + 4));
  g_assert_cmpuint (size, <, 1000);
  g_assert_true (ins_table_ref (table) == table);
  ins_table_unref (table);
  g_assert_cmpstr (table->columns[0].name, ==, "country");
  ins_table_unref (table);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/values", test_values);
  g_test_add_func ("/table/rounding", test_rounding);
  g_test_add_func ("/table/roles", test_roles);
  g_test_add_func ("/table/size-and-references", test_size_and_references);
  return g_test_run ();
}
