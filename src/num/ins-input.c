/* ins-input.c: what every kernel asks of its numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "num/ins-input.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/ins-error.h"

#define LARGEST 1e150

gboolean
ins_input_check (const InsMatrix *x, GError **error)
{
  g_return_val_if_fail (x != NULL, FALSE);

  for (gsize i = 0; i < x->rows * x->cols; i++)
    if (!(fabs (x->data[i]) < LARGEST))
      {
        g_set_error_literal (error, INS_ERROR, INS_ERROR_INPUT,
                             _ ("Missing, infinite or huge numbers cannot be worked with; check "
                                "the features or scale them"));
        return FALSE;
      }
  return TRUE;
}
