/* ins-relation-csv.c: a relation, or some of its rows, as CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store/ins-relation.h"

#include "data/ins-csv.h"

static void
put_cell (InsCsv *csv, const InsCell *cell)
{
  if (cell->type == INS_CELL_TEXT)
    ins_csv_text (csv, cell->text);
  else if (cell->type == INS_CELL_INTEGER)
    ins_csv_integer (csv, cell->integer);
  else if (cell->type == INS_CELL_REAL)
    ins_csv_number (csv, cell->real);
  else
    ins_csv_text (csv, "");
}

gboolean
ins_relation_write_csv (const InsRelation *relation, const guint8 *rows, GOutputStream *stream,
                        gboolean raw, InsRun *run, GError **error)
{
  g_autoptr (InsCsv) csv = NULL;
  InsCell cell = { 0 };

  g_return_val_if_fail (relation != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (run != NULL, FALSE);

  csv = ins_csv_new (stream, raw);
  for (gsize c = 0; c < relation->n_columns; c++)
    ins_csv_text (csv, relation->names[c]);
  ins_csv_end_line (csv);
  for (gsize r = 0; r < relation->n_rows; r++)
    {
      if (!ins_run_check (run, error))
        return FALSE;
      if (rows != NULL && !rows[r])
        continue;
      for (gsize c = 0; c < relation->n_columns; c++)
        {
          ins_relation_get (relation, r, c, &cell);
          put_cell (csv, &cell);
        }
      ins_csv_end_line (csv);
    }
  return ins_csv_finish (csv, NULL, error);
}
