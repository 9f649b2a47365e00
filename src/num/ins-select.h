/* ins-select.h: the k smallest, for median splits
 *
 * Hoare's selection (1961) of ids by a number each; equal numbers are ordered by id, so that the
 * outcome depends on nothing else.  O(n) on the average.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* After it @ids[begin … k - 1] come before the rest of @begin … @end - 1.  The number of an id is
 * @values[id * stride]. */
static inline void
ins_select_ids (guint32 *ids, gsize begin, gsize end, gsize k, const double *values, gsize stride)
{
  gssize low = (gssize)begin, high = (gssize)end - 1;

#define INS_BEFORE(x, y)                                                                           \
  (values[(x)*stride] < values[(y)*stride]                                                         \
   || (values[(x)*stride] == values[(y)*stride] && (x) < (y)))
  while (low < high)
    {
      gsize pivot = ids[low + (high - low) / 2];
      gssize i = low, j = high;
      while (i <= j)
        {
          while (INS_BEFORE ((gsize)ids[i], pivot))
            i++;
          while (INS_BEFORE (pivot, (gsize)ids[j]))
            j--;
          if (i <= j)
            {
              guint32 swap = ids[i];
              ids[i++] = ids[j];
              ids[j--] = swap;
            }
        }
      if ((gssize)k <= j)
        high = j;
      else if ((gssize)k >= i)
        low = i;
      else
        break;
    }
#undef INS_BEFORE
}

G_END_DECLS
