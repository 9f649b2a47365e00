/* ins-import.h: from bytes to a typed table, a ledger of what could not be read, and figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-artifact.h"
#include "base/ins-stats.h"
#include "data/ins-dialect.h"

G_BEGIN_DECLS

#define INS_IMPORT_PREVIEW 200 /* lines kept for showing */
#define INS_LEDGER_KEPT 100000 /* rejected lines kept with their text; all are counted */

/* A line that could not be read.  @line: from 1, in the file; @column: name of the column at
 * fault, NULL if the whole line is; @amount: quantity × price if both could be read, else NaN. */
typedef struct
{
  guint64 line;
  char *column;
  char *text;
  char *reason;
  double amount;
} InsRejected;

/* Figures of one column.  @n: rows with a value; @missing: rows without.  NUMBER: @numbers.  DATE:
 * @first, @last.  TEXT: @top (the most frequent word, NULL if there is none) and its lines. */
typedef struct
{
  char *name;
  InsColumnType type;
  int role; /* InsRole or -1 */
  guint64 n;
  guint64 missing;
  guint64 distinct;
  InsDescription numbers;
  gint32 first, last;
  char *top;
  guint64 top_lines;
} InsColumnInfo;

/**
 * InsImport:
 * @table: (nullable): NULL when it comes from a project file: then the artifact is incomplete
 * @dialect: as used, complete
 * @evidence: (element-type InsEvidence): why
 * @columns: @n_columns figures
 * @n_lines: data lines in the file = rows + rejected
 * @rejected: (element-type InsRejected)
 * @preview_raw, @preview_value: the first @n_preview lines × @n_columns texts, line after line, as
 *   in the file and as understood ("2016-11-29"; "" = missing)
 * @sum_quantity, @sum_amount: checksum line; NaN where the role is missing
 * @first_month: months since 1970-01 of the first date; @lines_per_month: @n_months counts
 */
typedef struct
{
  InsArtifact artifact;
  InsTable *table;
  char *source_name;
  char *source_path;
  char *source_sha256;
  guint64 source_size;
  InsDialect dialect;
  gboolean ready;
  GPtrArray *evidence;
  InsColumnInfo *columns;
  gsize n_columns;
  guint64 n_lines;
  guint64 n_rows;
  guint64 n_rejected;
  GPtrArray *rejected;
  gsize n_preview;
  char **preview_raw;
  char **preview_value;
  double sum_quantity;
  double sum_amount;
  int first_month;
  gsize n_months;
  guint32 *lines_per_month;
} InsImport;

extern const InsArtifactType ins_import_type;

/* Sniffs and reads.  Undecided questions are INS_ERROR_UNDECIDED.  Lines that cannot be read never
 * end the import: they go to the ledger.  Returns: (transfer full) */
InsImport *ins_import_read (const InsSource *source, const InsRecipe *recipe, InsRun *run,
                            GError **error);

G_END_DECLS
