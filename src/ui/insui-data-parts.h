/* insui-data-parts.h: the tables and lists of the data page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include "ui/insui-table.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * InsUiDataTables: three tables of one import
 * @import: owned; what the rows are read from
 */
typedef struct
{
  InsImport *import;
  InsUiRows *preview_rows;
  InsUiRows *column_rows;
  InsUiRows *rejected_rows;
  GtkColumnView *preview;
  GtkColumnView *columns;
  GtkColumnView *rejected;
} InsUiDataTables;

/* Makes the tables inside the bins. */
void insui_data_tables_init (InsUiDataTables *self, AdwBin *preview, AdwBin *columns,
                             AdwBin *rejected);
void insui_data_tables_show (InsUiDataTables *self, InsImport *import); /* (nullable) */
void insui_data_tables_clear (InsUiDataTables *self);

/* Rows "what – why – how it was understood", into an empty list. */
void insui_data_fill_evidence (GtkListBox *list, const GPtrArray *evidence);
/* One group of choices per open question, into an empty box; choosing sets the import's parameter
 * and imports again. */
void insui_data_fill_questions (GtkBox *box, InsUiSession *session, const InsSniff *sniff);

G_END_DECLS
