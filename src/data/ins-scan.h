/* ins-scan.h: a file read into one dictionary and one row of codes per column, nothing typed yet
 *
 * What numbers and dates mean is decided afterwards, on the distinct words of the whole file: they
 * are few, so that every reading can be tried on all of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-dialect.h"
#include "data/ins-encoding.h"
#include "data/ins-reader.h"
#include "data/ins-words.h"

G_BEGIN_DECLS

#define INS_COLUMNS_MAX 16384

/**
 * InsScanColumn:
 * @name: unique
 * @nameless: @name is made up ("#9")
 * @codes: per row; INS_CODE_MISSING where the field is empty
 * @words: @n_words distinct texts as UTF-8
 * @counts: rows of each word
 */
typedef struct
{
  char *name;
  gboolean nameless;
  guint32 *codes;
  char **words;
  guint32 *counts;
  guint32 n_words;
  guint64 n_empty;
} InsScanColumn;

/* Where some row begins, so that others can be found from there. */
typedef struct
{
  gsize row;
  gsize pos;
  guint64 line;
} InsScanMark;

/**
 * InsScan:
 * @dialect: encoding, delimiter, quote, header are set; the rest as given
 * @text, @size: the file's content in an encoding that keeps ASCII
 * @begin: where the data begin, behind byte order mark and header
 * @least_fields: of a row; further columns have no name and may be left out
 * @marks: (element-type InsScanMark): ascending, row 0 and at least one in INS_SCAN_STRIDE rows
 * @rejected: (element-type InsRejected): lines that are no rows, the first INS_LEDGER_KEPT
 * @n_titles: of these, those above the column names; they come first
 */
typedef struct
{
  InsDialect dialect;
  InsEncoding encoding;
  GPtrArray *evidence;
  const guint8 *text;
  gsize size;
  GBytes *transcoded;
  gsize begin;
  guint64 begin_line;
  gboolean has_nul;
  gsize n_columns;
  gsize least_fields;
  InsScanColumn *columns;
  gsize n_rows;
  GArray *marks;
  GPtrArray *rejected;
  guint64 n_rejected;
  guint n_titles;
} InsScan;

#define INS_SCAN_STRIDE 4096 /* rows between two marks */

InsScan *ins_scan_new (const InsSource *source, const InsDialect *given, InsRun *run,
                       GError **error);
void ins_scan_free (InsScan *scan);

/* Bytes a thread gets at least.  Tests make it small; results never depend on it. */
extern gsize ins_scan_part_least;
/* Reads all rows: fills the columns, the ledger and the marks. */
gboolean ins_scan_read_rows (InsScan *scan, const char *file, InsRun *run, GError **error);

/* Why a record cannot be read; NULL if it can. */
const char *ins_scan_describe_state (InsRecordState state);
/* Whether the record @reader has just read is a row; else why not (transfer full, may be NULL). */
gboolean ins_scan_accepts (const InsScan *scan, InsReader *reader, InsRecordState state,
                           gsize n_fields, char **reason);
/* Takes rows out; @why: 0 for those that stay.  Words no row has any more go too. */
void ins_scan_drop_rows (InsScan *scan, const guint16 *why);
/* Fills in @column's counts from its codes. */
void ins_scan_count_words (InsScanColumn *column, gsize n_rows);
/* The record's text for the ledger: UTF-8, shortened. */
char *ins_scan_record_text (const InsScan *scan, const InsReader *reader);

/* Adds evidence.  @choices, @examples: (nullable) (transfer full) */
void ins_evidence_add (GPtrArray *list, const char *field, const char *value, const char *reason,
                       char **choices, char **examples);
/* FALSE and INS_ERROR_UNDECIDED if one of the list is open. */
gboolean ins_evidence_is_decided (const GPtrArray *list, GError **error);
/* "541,909" with the locale's group mark, a comma where it has none: for people. */
char *ins_count_to_text (guint64 n, char buffer[INS_TEXT_SIZE]);
/* "given" */
const char *ins_evidence_given (void);

/* Guesses delimiter, quote, header, and the columns' names from the beginning of @scan->text. */
gboolean ins_layout_guess (InsScan *scan, const char *file, InsRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsScan, ins_scan_free)

G_END_DECLS
