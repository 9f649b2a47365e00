/* test-import-variant.c: what a project keeps of an import comes back, and damage is noticed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/data/data-test.h"

static InsImport *
make_import (void)
{
  return import_text ("invoice;product;quantity;date;price;customer;note\n"
                      "1;A;2;13/12/2010;2,5;7;\n"
                      "1;B;4;13/01/2011;1.250,25;7;x\n"
                      "2;A;six;14/12/2010;2,5;8;\n"
                      "broken\n"
                      "3;A;-1;15/03/2011;2,5;;y\n",
                      NULL);
}

static void
test_round_trip (void)
{
  InsImport *import = make_import ();
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (ins_import_type.to_variant (&import->artifact));
  g_autoptr (GVariant) again = NULL;
  g_autoptr (GError) error = NULL;
  InsImport *copy = (InsImport *)ins_import_type.from_variant (variant, &error);

  g_assert_no_error (error);
  g_assert_nonnull (copy);
  g_assert_true (ins_artifact_is_complete (import));
  g_assert_false (ins_artifact_is_complete (copy));
  g_assert_null (copy->table);
  g_assert_cmpstr (copy->source_name, ==, "test.csv");
  g_assert_null (copy->source_path);
  g_assert_cmpstr (copy->source_sha256, ==, import->source_sha256);
  g_assert_cmpuint (copy->source_size, ==, import->source_size);
  g_assert_cmpint (copy->dialect.delimiter, ==, ';');
  g_assert_cmpint (copy->dialect.decimal, ==, ',');
  g_assert_cmpstr (copy->dialect.thousands, ==, ".");
  g_assert_cmpstr (copy->dialect.date_format, ==, "%d/%m/%Y");
  g_assert_cmpuint (copy->n_rows, ==, 3);
  g_assert_cmpuint (copy->n_rejected, ==, 2);
  g_assert_cmpuint (copy->n_months, ==, 4);
  g_assert_cmpuint (copy->lines_per_month[3], ==, 1);
  g_assert_cmpstr (((InsRejected *)copy->rejected->pdata[1])->text, ==, "broken");
  g_assert_null (((InsRejected *)copy->rejected->pdata[1])->column);
  g_assert_cmpstr (((InsRejected *)copy->rejected->pdata[0])->column, ==, "quantity");
  g_assert_cmpstr (copy->preview_raw[7 + 4], ==, "1.250,25");
  g_assert_cmpstr (copy->preview_value[7 + 4], ==, "1250.25");
  g_assert_cmpfloat (copy->sum_amount, ==, import->sum_amount);
  g_assert_cmpfloat (copy->columns[4].numbers.max, ==, 1250.25);
  /* nothing is forgotten: written again it is the same */
  again = g_variant_ref_sink (ins_import_type.to_variant (&copy->artifact));
  g_assert_cmpmem (g_variant_get_data (again), g_variant_get_size (again),
                   g_variant_get_data (variant), g_variant_get_size (variant));
  g_assert_cmpuint (ins_import_type.size (&import->artifact), >, 1000);
  ins_artifact_unref (copy);
  ins_artifact_unref (import);
}

static void
check_damaged (GVariant *variant)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (variant);
  g_autoptr (GError) error = NULL;

  g_assert_null (ins_import_type.from_variant (owned, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_DAMAGED);
}

static void
test_other_types (void)
{
  check_damaged (g_variant_new_string ("import"));
  check_damaged (g_variant_new ("()"));
  check_damaged (g_variant_new ("a{sv}", NULL));
}

/* One child of the tuple exchanged. */
static GVariant *
with_child (GVariant *variant, gsize index, GVariant *child)
{
  gsize n = g_variant_n_children (variant);
  GVariant *children[32];
  GVariant *changed;

  for (gsize i = 0; i < n; i++)
    children[i] = i == index ? g_variant_ref_sink (child) : g_variant_get_child_value (variant, i);
  changed = g_variant_new_tuple (children, n);
  for (gsize i = 0; i < n; i++)
    g_variant_unref (children[i]);
  return changed;
}

static void
test_contradictions (void)
{
  InsImport *import = make_import ();
  g_autoptr (GVariant) v = g_variant_ref_sink (ins_import_type.to_variant (&import->artifact));
  const char *const few[] = { "a", "b", NULL };

  check_damaged (with_child (v, 5, g_variant_new_uint64 (G_MAXUINT64)));
  check_damaged (with_child (v, 6, g_variant_new_uint64 (G_MAXUINT64)));
  check_damaged (with_child (v, 7, g_variant_new_uint64 (1)));
  check_damaged (with_child (v, 9, g_variant_new_uint64 (G_MAXUINT64 / 7 + 1)));
  check_damaged (with_child (v, 9, g_variant_new_uint64 (2)));
  check_damaged (with_child (v, 10, g_variant_new_strv (few, -1)));
  check_damaged (with_child (v, 14, g_variant_new_int32 (G_MININT32)));
  ins_artifact_unref (import);
}

/* Every byte changed once: it reads or says so, and never falls over. */
static void
test_flipped_bytes (void)
{
  InsImport *import = make_import ();
  g_autoptr (GVariant) v = g_variant_ref_sink (ins_import_type.to_variant (&import->artifact));
  gsize size = g_variant_get_size (v);
  guint n_damaged = 0;

  for (gsize i = 0; i < size; i++)
    {
      guint8 *bytes = g_memdup2 (g_variant_get_data (v), size);
      g_autoptr (GVariant) changed = NULL;
      InsArtifact *read;

      bytes[i] ^= 1 << g_test_rand_int_range (0, 8);
      changed = g_variant_ref_sink (
          g_variant_new_from_data (g_variant_get_type (v), bytes, size, FALSE, g_free, bytes));
      read = ins_import_type.from_variant (changed, NULL);
      n_damaged += read == NULL;
      g_clear_pointer (&read, ins_artifact_unref);
    }
  g_assert_cmpuint (n_damaged, >, 100);
  ins_artifact_unref (import);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-variant/round-trip", test_round_trip);
  g_test_add_func ("/import-variant/other-types", test_other_types);
  g_test_add_func ("/import-variant/contradictions", test_contradictions);
  g_test_add_func ("/import-variant/flipped-bytes", test_flipped_bytes);
  return g_test_run ();
}
