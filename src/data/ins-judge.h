/* ins-judge.h: what a scanned file's columns are: roles, types, marks, date format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-roles.h"
#include "data/ins-scan.h"

G_BEGIN_DECLS

/**
 * InsJudgement:
 * @scan: its dialect and evidence are completed
 * @date_formats: for each DATE column
 */
typedef struct
{
  InsScan *scan;
  InsColumnLooks *looks;
  int roles[INS_N_ROLES];
  InsColumnType *types;
  char **date_formats;
  gboolean ready;
} InsJudgement;

/* Takes @scan, also when it fails. */
InsJudgement *ins_judgement_new (InsScan *scan, const InsRecipe *recipe, InsRun *run,
                                 GError **error);
void ins_judgement_free (InsJudgement *judgement);
/* The role of @column, -1 for none. */
int ins_judgement_get_role (const InsJudgement *judgement, gsize column);
InsSniff *ins_judgement_to_sniff (const InsJudgement *judgement);
/* FALSE and INS_ERROR_UNDECIDED, with what to do, if a question is open. */
gboolean ins_judgement_is_decided (const InsJudgement *judgement, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsJudgement, ins_judgement_free)

/* ---- parts of it, in files of their own ---- */

/* Decimal and group marks. */
void ins_judge_marks (InsJudgement *judgement);
/* Date format of the date column, and of the others. */
gboolean ins_judge_dates (InsJudgement *judgement, InsRun *run, GError **error);

G_END_DECLS
