/* ins-codes.h: any column as dense codes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-table.h"

G_BEGIN_DECLS

/**
 * InsCodes:
 * @codes: (nullable): per line 0 … @n - 1, or INS_CODE_MISSING; NULL where there is no column
 * @n: different values
 * @labels: (nullable): NULL-terminated texts of the values; whole numbers without ".0"
 *
 * A text column's own dictionary is borrowed, so the table must live longer; numbers and dates are
 * numbered in order of first appearance.
 */
typedef struct
{
  const guint32 *codes;
  guint32 n;
  char **labels;
  /*< private >*/
  guint32 *owned_codes;
  char **owned_labels;
} InsCodes;

/* @column: (nullable) */
void ins_codes_init (InsCodes *codes, const InsColumn *column, gsize n_rows);
void ins_codes_clear (InsCodes *codes);

static inline guint32
ins_codes_get (const InsCodes *codes, gsize row)
{
  return codes->codes ? codes->codes[row] : INS_CODE_MISSING;
}

G_END_DECLS
