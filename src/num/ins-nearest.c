/* ins-nearest.c: which centre is nearest
 *
 * Every distance is computed: O(n k d) time, O(1) memory beside the labels.  What K-Means does in
 * its last step, for points it has not seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-nearest.h"

#include <math.h>

#define BLOCK 1024

typedef struct
{
  const InsMatrix *x, *centres;
  gint32 *labels;
  InsRun *run;
} Search;

static void
search_rows (gsize begin, gsize end, gsize block, gpointer data)
{
  Search *s = data;
  double least[BLOCK], squares[BLOCK];

  for (gsize i = begin; i < end; i++)
    {
      s->labels[i] = 0;
      least[i - begin] = INFINITY;
    }
  for (gsize c = 0; c < s->centres->rows && ins_run_tick (s->run); c++)
    {
      for (gsize i = begin; i < end; i++)
        squares[i - begin] = 0;
      for (gsize j = 0; j < s->x->cols; j++)
        {
          const double *column = ins_matrix_col (s->x, j);
          double centre = ins_matrix_get (s->centres, c, j);
          for (gsize i = begin; i < end; i++)
            squares[i - begin] += (column[i] - centre) * (column[i] - centre);
        }
      for (gsize i = begin; i < end; i++)
        if (squares[i - begin] < least[i - begin])
          {
            least[i - begin] = squares[i - begin];
            s->labels[i] = (gint32)c;
          }
    }
}

gboolean
ins_nearest_centres (const InsMatrix *x, const InsMatrix *centres, gint32 *labels, InsRun *run,
                     GError **error)
{
  Search search = { x, centres, labels, run };

  g_return_val_if_fail (x != NULL && centres != NULL && centres->cols == x->cols, FALSE);
  g_return_val_if_fail (centres->rows >= 1 && labels != NULL, FALSE);
  ins_run_parallel (run, x->rows, BLOCK, search_rows, &search);
  return ins_run_check (run, error);
}
