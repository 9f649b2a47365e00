/* ins-relation.h: results as tables with named columns
 *
 * One description of "customers", "waterfall" … for everybody who writes tables: the project
 * file's copies for people, the command line's CSV, SQL and JSON, the window's copies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-text.h"
#include "pipeline/ins-identity.h"
#include "store/ins-database.h"

G_BEGIN_DECLS

typedef enum
{
  INS_RELATION_CUSTOMERS, /* every customer: features, picture, cluster */
  INS_RELATION_FEATURES,  /* every customer: the features */
  INS_RELATION_EMBEDDING, /* customers of the model: the picture */
  INS_RELATION_CLUSTERS,  /* the profile */
  INS_RELATION_WATERFALL,
  INS_RELATION_SWEEP,
  INS_RELATION_REJECTED,
  INS_N_RELATIONS
} InsRelationKind;

typedef enum
{
  INS_CELL_NULL,
  INS_CELL_TEXT,
  INS_CELL_INTEGER,
  INS_CELL_REAL
} InsCellType;

/* One value.  @text lives as long as the cell and the relation. */
typedef struct
{
  InsCellType type;
  const char *text;
  gint64 integer;
  double real;
  char buffer[INS_TEXT_SIZE];
} InsCell;

/**
 * InsRelation:
 * @kind: which
 * @n_rows, @n_columns: its size
 * @names: column names as CSV has them
 * @types: what a column holds besides NULL
 */
typedef struct
{
  InsRelationKind kind;
  gsize n_rows;
  gsize n_columns;
  char **names;
  InsCellType *types;
  /*< private >*/
  const InsResults *results;
  const InsIdentity *identities;
  guint32 *scaled_row; /* per customer the row in InsScaled, G_MAXUINT32 = none */
} InsRelation;

/* Whether the results it is made from are there. */
gboolean ins_relation_is_available (InsRelationKind kind, const InsResults *results);
/* @results and @identities (nullable) must outlive the relation and stay as they are. */
InsRelation *ins_relation_new (InsRelationKind kind, const InsResults *results,
                               const InsIdentity *identities);
void ins_relation_free (InsRelation *relation);
void ins_relation_get (const InsRelation *relation, gsize row, gsize column, InsCell *cell);

/* Whether the column is the program's own, or named by the data. */
gboolean ins_relation_is_own_column (const InsRelation *relation, gsize column);

/* A head of names, then a line per row.  @rows: (nullable): a byte per row, those that are 0 are
 * left out.  @raw: as in ins_csv_new().  Does not close @stream. */
gboolean ins_relation_write_csv (const InsRelation *relation, const guint8 *rows,
                                 GOutputStream *stream, gboolean raw, InsRun *run, GError **error);

/* "customers", "waterfall" …: its table's name in SQL. */
const char *ins_relation_get_table (const InsRelation *relation);
/* CREATE TABLE, with names that differ whatever the case, as SQL wants them.  Columns beyond
 * SQLite's limit are left out.  (transfer full) */
char *ins_relation_to_sql (const InsRelation *relation);
/* How many columns that table has. */
gsize ins_relation_get_n_sql_columns (const InsRelation *relation);
/* Column of the relation behind column @i of that table: where there are too many, features in the
 * middle are left out, not the clusters at the end. */
gsize ins_relation_get_sql_column (const InsRelation *relation, gsize i);
/* Makes and fills the table; customers get the view "insiders". */
gboolean ins_relation_write (const InsRelation *relation, InsDatabase *database, InsRun *run,
                             GError **error);
/* Every relation for people that is available: customers, cluster_profile, waterfall, sweep. */
gboolean ins_relations_write (const InsResults *results, const InsIdentity *identities,
                              InsDatabase *database, InsRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsRelation, ins_relation_free)

G_END_DECLS
