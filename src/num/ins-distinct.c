/* ins-distinct.c: which rows are equal
 *
 * Open addressing with linear probing over a hash of the numbers' bits: O(n d) time, O(min (n,
 * most)) memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-distinct.h"

#include <string.h>

#include "base/ins-random.h"

#define TICK 4096 /* rows between two looks at the run */

typedef struct
{
  const double *data;
  gsize d, row_step, col_step;
} Rows;

static inline double
element (const Rows *r, gsize row, gsize col)
{
  return r->data[row * r->row_step + col * r->col_step];
}

static guint64
row_hash (const Rows *r, gsize row)
{
  guint64 hash = 0;

  for (gsize j = 0; j < r->d; j++)
    {
      double value = element (r, row, j) + 0.0; /* -0 is 0 */
      guint64 bits;
      memcpy (&bits, &value, sizeof bits);
      hash = ins_random_mix (hash ^ bits);
    }
  return hash;
}

static gboolean
rows_equal (const Rows *r, gsize a, gsize b)
{
  for (gsize j = 0; j < r->d; j++)
    if (element (r, a, j) != element (r, b, j))
      return FALSE;
  return TRUE;
}

/* Cancelled: the rows from @begin on count as different. */
static gsize
leave_out (gsize begin, gsize n, guint32 *first, gsize found, gsize most)
{
  for (gsize i = begin; i < n && first != NULL; i++)
    first[i] = (guint32)i;
  return MIN (found + n - begin, most);
}

gsize
ins_distinct_rows (const double *data, gsize n, gsize d, gsize row_step, gsize col_step, gsize most,
                   guint32 *first, InsRun *run)
{
  const Rows rows = { data, d, row_step, col_step };
  g_autofree guint32 *table = NULL; /* row + 1 */
  gsize size = 16, found = 0;

  g_return_val_if_fail (data != NULL || n * d == 0, 0);
  g_return_val_if_fail (n < G_MAXUINT32 && run != NULL, 0);

  while (size / 2 < MIN (n, most))
    size *= 2;
  table = g_new0 (guint32, size);
  for (gsize i = 0; i < n && found < most; i++)
    {
      gsize at;
      if (i % TICK == 0 && !ins_run_tick (run))
        return leave_out (i, n, first, found, most);
      at = row_hash (&rows, i) & (size - 1);
      while (table[at] != 0 && !rows_equal (&rows, table[at] - 1, i))
        at = (at + 1) & (size - 1);
      if (table[at] == 0)
        {
          table[at] = (guint32)i + 1;
          found++;
        }
      if (first != NULL)
        first[i] = table[at] - 1;
    }
  return found;
}
