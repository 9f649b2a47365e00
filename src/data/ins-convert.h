/* ins-convert.h: from judged words to typed columns, figures and preview
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-import.h"
#include "data/ins-judge.h"

G_BEGIN_DECLS

typedef enum
{
  INS_WORD_FINE,
  INS_WORD_MISSING,
  INS_WORD_BAD
} InsWordState;

/**
 * InsMeaning:
 * @states: per word an InsWordState
 * @mantissas, @decimals: of exact numbers
 * @values: of all numbers (NaN: missing, bad)
 * @days: of dates
 * @exact: whether every number is exact with at most @most_decimals decimals
 *
 * What the words of a NUMBER or DATE column mean.
 */
typedef struct
{
  guint32 n;
  guint8 *states;
  gint64 *mantissas;
  guint8 *decimals;
  double *values;
  gint32 *days;
  gboolean exact;
  guint most_decimals;
} InsMeaning;

void ins_meaning_init (InsMeaning *meaning, const InsJudgement *judgement, gsize column);
void ins_meaning_clear (InsMeaning *meaning);

/* Rows that cannot be used: those whose needed field is missing or unreadable.  Moves them to the
 * scan's ledger.  Returns: FALSE if cancelled. */
gboolean ins_convert_reject (InsJudgement *judgement, InsRun *run, GError **error);

/* The preview's texts as in the file. */
void ins_convert_preview (const InsScan *scan, InsImport *import);

/* Merges ids that are the same ("17850.0") and takes "NULL" for missing. */
void ins_convert_normalise_ids (InsJudgement *judgement);

/* Fills @import's table, columns, preview, sums and months; takes codes and words from the scan. */
gboolean ins_convert_fill (InsJudgement *judgement, InsImport *import, InsRun *run, GError **error);

/* A value and how many rows have it. */
typedef struct
{
  double value;
  guint64 count;
} InsWeighted;

/* As ins_describe() of every value @count times.  Sorts @pairs. */
void ins_describe_weighted (InsWeighted *pairs, gsize n_pairs, guint64 missing,
                            InsDescription *out);

G_END_DECLS
