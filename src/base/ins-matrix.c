/* ins-matrix.c: a reference-counted matrix of doubles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-matrix.h"

#include "base/ins-artifact.h"

static InsMatrix *
matrix_wrap (gsize rows, gsize cols, double *data)
{
  InsMatrix *matrix = g_new0 (InsMatrix, 1);

  matrix->rows = rows;
  matrix->cols = cols;
  matrix->data = data;
  matrix->ref_count = 1;
  return matrix;
}

InsMatrix *
ins_matrix_new (gsize rows, gsize cols)
{
  gsize items;

  if (!g_size_checked_mul (&items, rows, cols))
    g_error ("a matrix of %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT " cannot exist", rows, cols);
  return matrix_wrap (rows, cols, g_new0 (double, MAX (items, 1)));
}

InsMatrix *
ins_matrix_ref (InsMatrix *matrix)
{
  g_return_val_if_fail (matrix != NULL, NULL);
  g_atomic_int_inc (&matrix->ref_count);
  return matrix;
}

void
ins_matrix_unref (InsMatrix *matrix)
{
  g_return_if_fail (matrix != NULL);
  if (!g_atomic_int_dec_and_test (&matrix->ref_count))
    return;
  g_free (matrix->data);
  g_free (matrix);
}

InsMatrix *
ins_matrix_take_rows (const InsMatrix *matrix, const guint32 *index, gsize n)
{
  InsMatrix *out;

  g_return_val_if_fail (matrix != NULL, NULL);
  g_return_val_if_fail (index != NULL || n == 0, NULL);

  out = ins_matrix_new (n, matrix->cols);
  for (gsize j = 0; j < matrix->cols; j++)
    {
      const double *from = ins_matrix_col (matrix, j);
      double *to = ins_matrix_col (out, j);
      for (gsize i = 0; i < n; i++)
        to[i] = from[index[i]];
    }
  return out;
}

GVariant *
ins_matrix_to_variant (const InsMatrix *matrix)
{
  g_return_val_if_fail (matrix != NULL, NULL);
  return g_variant_new ("(tt@ay)", (guint64)matrix->rows, (guint64)matrix->cols,
                        ins_variant_from_doubles (matrix->data, matrix->rows * matrix->cols));
}

InsMatrix *
ins_matrix_from_variant (GVariant *variant)
{
  g_autoptr (GVariant) bytes = NULL;
  guint64 rows, cols;
  gsize items;
  double *data;

  g_return_val_if_fail (variant != NULL, NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("(ttay)")))
    return NULL;
  g_variant_get (variant, "(tt@ay)", &rows, &cols, &bytes);
  if (rows > G_MAXINT32 || cols > G_MAXINT32 || !g_size_checked_mul (&items, rows, cols))
    return NULL;
  data = ins_variant_to_doubles (bytes, items);
  return data != NULL ? matrix_wrap (rows, cols, data) : NULL;
}
