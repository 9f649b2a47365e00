/* ins-matrix.h: a reference-counted matrix of doubles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InsMatrix:
 * @rows: number of rows (customers, usually)
 * @cols: number of columns (features, usually)
 * @data: @rows × @cols doubles, column after column: element (i, j) is data[j * rows + i]
 *
 * Written by whoever made it until it is handed on, never afterwards.  NaN means missing.
 */
typedef struct
{
  gsize rows;
  gsize cols;
  double *data;
  /*< private >*/
  gatomicrefcount ref_count;
} InsMatrix;

/* Filled with zeros.  A matrix may have 0 rows or 0 columns. */
InsMatrix *ins_matrix_new (gsize rows, gsize cols);
InsMatrix *ins_matrix_ref (InsMatrix *matrix);
void ins_matrix_unref (InsMatrix *matrix);

static inline double *
ins_matrix_col (const InsMatrix *matrix, gsize col)
{
  return matrix->data + col * matrix->rows;
}

static inline double
ins_matrix_get (const InsMatrix *matrix, gsize row, gsize col)
{
  return matrix->data[col * matrix->rows + row];
}

static inline void
ins_matrix_set (InsMatrix *matrix, gsize row, gsize col, double value)
{
  matrix->data[col * matrix->rows + row] = value;
}

/* Rows @index[0 … n - 1] of @matrix.  Returns: (transfer full) */
InsMatrix *ins_matrix_take_rows (const InsMatrix *matrix, const guint32 *index, gsize n);

/* As little-endian "(ttay)": rows, columns, doubles.  Returns: (transfer floating) */
GVariant *ins_matrix_to_variant (const InsMatrix *matrix);
/* Returns: (nullable) (transfer full): NULL if the sizes do not agree. */
InsMatrix *ins_matrix_from_variant (GVariant *variant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsMatrix, ins_matrix_unref)

G_END_DECLS
