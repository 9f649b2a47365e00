/* ins-dialect.h: how a text file writes its table, guessed from the file and never from the locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-source.h"
#include "data/ins-table.h"

G_BEGIN_DECLS

/**
 * InsDialect:
 * @encoding: (nullable): "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252", "ISO-8859-1"; NULL =
 * guess
 * @delimiter: 0 = guess
 * @quote: 0 = guess
 * @header: -1 = guess, else whether the first line of the table has names
 * @header_line: line of the file, from 1, with the names; 0 = guess, or there are none.  Not kept
 *   in project files
 * @decimal: '.' or ','; 0 = guess
 * @thousands: (nullable): group mark in UTF-8, "" for none; NULL = guess
 * @date_format: (nullable): see ins_text_to_date(); NULL = guess
 */
typedef struct
{
  char *encoding;
  char delimiter;
  char quote;
  int header;
  guint header_line;
  char decimal;
  char *thousands;
  char *date_format;
} InsDialect;

void ins_dialect_init (InsDialect *dialect); /* everything to be guessed */
void ins_dialect_copy (InsDialect *to, const InsDialect *from);
void ins_dialect_clear (InsDialect *dialect);

/**
 * InsRecipe:
 * @dialect: what was given; the rest is guessed
 * @roles: (nullable) per role: a column's name or "#9" (from 1); "" = no column; NULL = guess
 * @ready: one line per customer
 *
 * Everything an import depends on besides the bytes.
 */
typedef struct
{
  InsDialect dialect;
  char *roles[INS_N_ROLES];
  gboolean ready;
} InsRecipe;

void ins_recipe_init (InsRecipe *recipe);
void ins_recipe_clear (InsRecipe *recipe);

/**
 * InsEvidence:
 * @field: the command line's option without dashes: "delimiter", "date-format", "role" …
 * @value: what was chosen, for people; for "role" always "customer=CustomerID" as on the command
 *   line, "customer=" where there is no column or it is asked
 * @reason: why, in words: "all 541,910 lines have 9 fields", "given"
 * @choices: (nullable): NULL-terminated values for @field when the file does not settle it; empty
 *   where none is likely: @reason says what to do then
 * @examples: (nullable): for each choice how the first values would read
 */
typedef struct
{
  char *field;
  char *value;
  char *reason;
  char **choices;
  char **examples;
} InsEvidence;

void ins_evidence_free (InsEvidence *evidence);

/**
 * InsSniff:
 * @dialect: complete, except for undecided fields
 * @evidence: (element-type InsEvidence): one per field and one per role; those with choices are
 *   undecided
 * @names: NULL-terminated column names (made unique; "#9" where there is none)
 * @types: one per column
 * @roles: column per role, -1 = none
 * @ready: whether the file looks like one line per customer (no invoice, and an identifier that
 *   never repeats), or was said to be
 */
typedef struct
{
  InsDialect dialect;
  GPtrArray *evidence;
  char **names;
  gsize n_columns;
  InsColumnType *types;
  int roles[INS_N_ROLES];
  gboolean ready;
} InsSniff;

/* Guesses what @recipe leaves open.  Fails only if the bytes are no table at all (empty, binary)
 * or @recipe names what is not there.  What is undecided is listed, not an error. */
InsSniff *ins_sniff (const InsSource *source, const InsRecipe *recipe, InsRun *run, GError **error);
void ins_sniff_free (InsSniff *sniff);
/* Returns: FALSE and INS_ERROR_UNDECIDED naming the first open question's option. */
gboolean ins_sniff_is_decided (const InsSniff *sniff, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsSniff, ins_sniff_free)

G_END_DECLS
