/* test-matrix.c: matrices, and their way through a variant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-matrix.h"

#include <math.h>
#include <string.h>

static InsMatrix *
numbered (gsize rows, gsize cols)
{
  InsMatrix *m = ins_matrix_new (rows, cols);

  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < cols; j++)
      {
        g_assert_cmpfloat (ins_matrix_get (m, i, j), ==, 0);
        ins_matrix_set (m, i, j, (double)(10 * i + j));
      }
  return m;
}

static void
test_layout (void)
{
  g_autoptr (InsMatrix) m = numbered (3, 2);
  static const double expected[] = { 0, 10, 20, 1, 11, 21 };

  g_assert_cmpmem (m->data, 6 * sizeof (double), expected, sizeof expected);
  g_assert_true (ins_matrix_col (m, 1) == m->data + 3);
  g_assert_true (ins_matrix_ref (m) == m);
  ins_matrix_unref (m);
}

static void
test_take_rows (void)
{
  g_autoptr (InsMatrix) m = numbered (4, 2);
  static const guint32 index[] = { 3, 0, 3 };
  static const double expected[] = { 30, 0, 30, 31, 1, 31 };
  g_autoptr (InsMatrix) taken = ins_matrix_take_rows (m, index, 3);
  g_autoptr (InsMatrix) none = ins_matrix_take_rows (m, NULL, 0);

  g_assert_cmpuint (taken->rows, ==, 3);
  g_assert_cmpmem (taken->data, 6 * sizeof (double), expected, sizeof expected);
  g_assert_cmpuint (none->rows, ==, 0);
  g_assert_cmpuint (none->cols, ==, 2);
}

static void
test_variant (void)
{
  static const gsize sizes[][2] = { { 3, 2 }, { 0, 4 }, { 4, 0 }, { 1, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (InsMatrix) m = numbered (sizes[i][0], sizes[i][1]);
      g_autoptr (GVariant) variant = g_variant_ref_sink (ins_matrix_to_variant (m));
      g_autoptr (InsMatrix) back = ins_matrix_from_variant (variant);

      g_assert_nonnull (back);
      g_assert_cmpuint (back->rows, ==, m->rows);
      g_assert_cmpuint (back->cols, ==, m->cols);
      g_assert_cmpmem (back->data, back->rows * back->cols * 8, m->data, m->rows * m->cols * 8);
    }
}

static void
test_variant_keeps_bits (void)
{
  g_autoptr (InsMatrix) m = ins_matrix_new (4, 1);
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (InsMatrix) back = NULL;

  m->data[0] = NAN;
  m->data[1] = -0.0;
  m->data[2] = INFINITY;
  m->data[3] = 5e-324;
  variant = g_variant_ref_sink (ins_matrix_to_variant (m));
  back = ins_matrix_from_variant (variant);
  g_assert_cmpmem (back->data, 32, m->data, 32);
}

static void
test_hostile_variant (void)
{
  static const char *const texts[] = {
    "(uint64 2, uint64 2, @ay [])",
    "(uint64 18446744073709551615, uint64 18446744073709551615, @ay [])",
    "(uint64 4294967296, uint64 4294967296, @ay [])",
    "(uint64 9223372036854775808, uint64 2, @ay [])",
    "(uint64 1, uint64 1, [byte 1, 2, 3, 4, 5, 6, 7])",
    "(uint64 1, uint64 1, [byte 1, 2, 3, 4, 5, 6, 7, 8, 9])",
    "(uint64 1, [byte 1, 2, 3, 4, 5, 6, 7, 8])",
    "'text'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) variant = g_variant_parse (NULL, texts[i], NULL, NULL, NULL);
      g_assert_nonnull (variant);
      g_assert_null (ins_matrix_from_variant (variant));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matrix/layout", test_layout);
  g_test_add_func ("/matrix/take-rows", test_take_rows);
  g_test_add_func ("/matrix/variant", test_variant);
  g_test_add_func ("/matrix/variant-keeps-bits", test_variant_keeps_bits);
  g_test_add_func ("/matrix/hostile-variant", test_hostile_variant);
  return g_test_run ();
}
