/* ins-ledger.c: lines that could not be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-ledger.h"

InsRejected *
ins_rejected_new (guint64 line, const char *column, char *text, char *reason, double amount)
{
  InsRejected *rejected = g_new (InsRejected, 1);

  rejected->line = line;
  rejected->column = g_strdup (column);
  rejected->text = text;
  rejected->reason = reason;
  rejected->amount = amount;
  return rejected;
}

void
ins_rejected_free (InsRejected *rejected)
{
  if (!rejected)
    return;
  g_free (rejected->column);
  g_free (rejected->text);
  g_free (rejected->reason);
  g_free (rejected);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const InsRejected *x = *(InsRejected *const *)a;
  const InsRejected *y = *(InsRejected *const *)b;

  return (x->line > y->line) - (x->line < y->line);
}

void
ins_ledger_sort (GPtrArray *rejected)
{
  g_ptr_array_sort (rejected, compare_lines);
}
