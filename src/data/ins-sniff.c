/* ins-sniff.c: guesses how a file writes its table and what its columns mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-dialect.h"
#include "data/ins-judge.h"

InsSniff *
ins_sniff (const InsSource *source, const InsRecipe *recipe, InsRun *run, GError **error)
{
  g_autoptr (InsJudgement) judgement = NULL;
  InsScan *scan;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (recipe != NULL, NULL);
  g_return_val_if_fail (run != NULL, NULL);

  scan = ins_scan_new (source, &recipe->dialect, run, error);
  if (!scan)
    return NULL;
  judgement = ins_judgement_new (scan, recipe, run, error);
  return judgement ? ins_judgement_to_sniff (judgement) : NULL;
}
