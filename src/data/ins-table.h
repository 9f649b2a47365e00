/* ins-table.h: an immutable, columnar, dictionary-encoded table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-text.h"

G_BEGIN_DECLS

typedef enum
{
  INS_COLUMN_TEXT,
  INS_COLUMN_NUMBER,
  INS_COLUMN_DATE
} InsColumnType;

#define INS_CODE_MISSING G_MAXUINT32  /* a text that is not there */
#define INS_SCALED_MISSING G_MININT64 /* a number that is not there */

/**
 * InsRole:
 *
 * What a column means.  Invoice, quantity, date, price (or amount) and customer are needed for
 * transactions.  @INS_ROLE_ID is the identifier of a ready table (one line per customer).
 */
typedef enum
{
  INS_ROLE_INVOICE,
  INS_ROLE_PRODUCT,
  INS_ROLE_DESCRIPTION,
  INS_ROLE_QUANTITY,
  INS_ROLE_DATE,
  INS_ROLE_PRICE,
  INS_ROLE_CUSTOMER,
  INS_ROLE_COUNTRY,
  INS_ROLE_AMOUNT,
  INS_ROLE_ID,
  INS_N_ROLES
} InsRole;

/* "invoice", "product", … as on the command line. */
const char *ins_role_to_text (InsRole role);
gboolean ins_role_from_text (const char *text, InsRole *role);

/**
 * InsColumn:
 * @name: as in the header, "#9" for a column without a name
 * @words: TEXT: distinct values as UTF-8, in order of first appearance
 * @codes: TEXT: per line an index into @words or INS_CODE_MISSING
 * @scaled: NUMBER that is exact: value = scaled / 10^decimals; INS_SCALED_MISSING
 * @values: NUMBER that is not (exponents, more than 6 decimals): doubles, NaN missing;
 *   exactly one of @scaled and @values is set
 * @days: DATE: days since 1970-01-01, INS_DATE_MISSING
 */
typedef struct
{
  char *name;
  InsColumnType type;
  gsize n_missing;
  char **words;
  guint32 n_words;
  guint32 *codes;
  gint64 *scaled;
  guint decimals;
  double *values;
  gint32 *days;
} InsColumn;

typedef struct
{
  gsize n_rows;
  gsize n_columns;
  InsColumn *columns;
  int role_column[INS_N_ROLES]; /* -1 = no column has this role */
  gboolean ready;               /* one line per customer */
  /*< private >*/
  gatomicrefcount ref_count;
} InsTable;

InsTable *ins_table_new (gsize n_rows, gsize n_columns); /* columns to be filled by the caller */
InsTable *ins_table_ref (InsTable *table);
void ins_table_unref (InsTable *table);
gsize ins_table_size (const InsTable *table); /* bytes */

/* Returns: (nullable): the column with @role. */
const InsColumn *ins_table_get (const InsTable *table, InsRole role);
/* NaN when missing. */
double ins_column_get_number (const InsColumn *column, gsize row);
/* Returns: (nullable): NULL when missing. */
const char *ins_column_get_word (const InsColumn *column, gsize row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsTable, ins_table_unref)

G_END_DECLS
