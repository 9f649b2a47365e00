/* insui-data-tables.c: first lines, columns and rejected lines of an import
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-data-parts.h"
#include "ui/insui-format.h"
#include "ui/insui-roles.h"
#include "ui/insui-table-bin.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define PREVIEW_COLUMNS 40
#define PREVIEW_LINES 25
#define PREVIEW_CHARS 12 /* a column asks for at most */
#define PREVIEW_ROWS 6   /* more scroll */
#define PREVIEW_HEIGHT 320
#define TABLE_ROWS 16
#define TABLE_HEIGHT 460

/* --- first lines: as in the file, and as understood --- */

typedef struct
{
  InsUiDataTables *tables;
  gsize column;
} PreviewColumn;

/* One label a cell: a table makes hundreds of them at once. */
static GtkWidget *
make_preview_cell (gpointer data)
{
  PreviewColumn *at = data;
  gboolean number = at->tables->import->columns[at->column].type == INS_COLUMN_NUMBER;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (number)
    insui_table_set_number (label);
  gtk_label_set_justify (GTK_LABEL (label), number ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
fill_preview_cell (GtkWidget *cell, guint row, gpointer data)
{
  PreviewColumn *at = data;
  InsImport *import = at->tables->import;
  gsize item = row * import->n_columns + at->column;
  gboolean is_column = at->column < import->n_columns;
  const char *in_file = is_column ? import->preview_raw[item] : NULL;
  const char *understood = is_column ? import->preview_value[item] : "…";
  const char *shown = understood && *understood ? understood : INSUI_MISSING;
  g_autofree char *markup = NULL;
  g_autofree char *tooltip = NULL;

  if (in_file && *in_file && g_strcmp0 (in_file, understood) != 0)
    {
      markup = g_markup_printf_escaped ("%s\n<span size=\"smaller\" alpha=\"60%%\">%s</span>",
                                        shown, in_file);
      tooltip = g_strdup_printf (_ ("In the file: %s"), in_file);
      gtk_label_set_markup (GTK_LABEL (cell), markup);
    }
  else
    gtk_label_set_text (GTK_LABEL (cell), shown);
  gtk_label_set_width_chars (GTK_LABEL (cell), (int)MIN (g_utf8_strlen (shown, -1), PREVIEW_CHARS));
  insui_table_set_tooltip (cell, tooltip);
}

static char *
preview_title (const InsColumnInfo *info)
{
  const char *type = insui_column_type_title (info->type);

  if (info->role < 0)
    return g_strdup_printf ("%s\n%s", info->name, type);
  return g_strdup_printf ("%s\n%s · %s", info->name, insui_role_title ((InsRole)info->role), type);
}

static GtkColumnViewColumn *
add_preview_column (InsUiDataTables *self, const char *title, gsize i)
{
  PreviewColumn *at = g_new0 (PreviewColumn, 1);
  GtkColumnViewColumn *column;

  at->tables = self;
  at->column = i;
  column = insui_table_add_cell (self->preview, title, make_preview_cell, fill_preview_cell, at);
  g_object_set_data_full (G_OBJECT (column), "at", at, g_free);
  return column;
}

/* GTK makes a widget for every column, seen or not: ten thousand of them would hold up the window
 * for many seconds.  So the first ones and those with a role are shown; the table of columns has
 * all of them.
 */
static void
show_preview (InsUiDataTables *self)
{
  guint more = 0;

  insui_rows_reset (self->preview_rows, 0);
  insui_table_clear_columns (self->preview);
  for (gsize i = 0; self->import && i < self->import->n_columns; i++)
    {
      const InsColumnInfo *info = &self->import->columns[i];
      g_autofree char *title = NULL;
      GtkColumnViewColumn *column;

      if (i >= PREVIEW_COLUMNS && info->role < 0)
        {
          more++;
          continue;
        }
      title = preview_title (info);
      column = add_preview_column (self, title, i);
      if (info->type == INS_COLUMN_NUMBER)
        insui_table_align_header (self->preview, column);
    }
  if (more > 0)
    {
      g_autofree char *title =
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more column,\nlisted below",
                                        "%u more columns,\nlisted below", more),
                           more);
      add_preview_column (self, title, self->import->n_columns);
    }
  if (self->import && self->import->preview_value)
    insui_rows_reset (self->preview_rows, (guint)MIN (self->import->n_preview, PREVIEW_LINES));
}

/* --- columns --- */

static const InsColumnInfo *
info_of (guint row, gpointer data)
{
  return &((InsUiDataTables *)data)->import->columns[row];
}

static char *
text_name (guint row, gpointer data)
{
  return g_strdup (info_of (row, data)->name);
}

static char *
text_role (guint row, gpointer data)
{
  int role = info_of (row, data)->role;

  return g_strdup (role < 0 ? INSUI_MISSING : insui_role_title ((InsRole)role));
}

static char *
text_type (guint row, gpointer data)
{
  return g_strdup (insui_column_type_title (info_of (row, data)->type));
}

static char *
text_missing (guint row, gpointer data)
{
  return insui_format_count (info_of (row, data)->missing);
}

static char *
text_distinct (guint row, gpointer data)
{
  return insui_format_count (info_of (row, data)->distinct);
}

static char *
text_number (const InsColumnInfo *info, double value)
{
  if (info->type != INS_COLUMN_NUMBER || isnan (value))
    return NULL;
  return insui_format_number (value, value == floor (value) && fabs (value) < 1e15 ? 0 : 2);
}

static char *
text_date (gint32 days)
{
  char buffer[INS_TEXT_SIZE];

  return g_strdup (ins_date_to_text (days, buffer));
}

static char *
text_min (guint row, gpointer data)
{
  const InsColumnInfo *info = info_of (row, data);

  return info->type == INS_COLUMN_DATE ? text_date (info->first)
                                       : text_number (info, info->numbers.min);
}

static char *
text_max (guint row, gpointer data)
{
  const InsColumnInfo *info = info_of (row, data);

  return info->type == INS_COLUMN_DATE ? text_date (info->last)
                                       : text_number (info, info->numbers.max);
}

static char *
text_mean (guint row, gpointer data)
{
  const InsColumnInfo *info = info_of (row, data);

  return text_number (info, info->numbers.mean);
}

static char *
text_median (guint row, gpointer data)
{
  const InsColumnInfo *info = info_of (row, data);

  return text_number (info, info->numbers.median);
}

static char *
text_std (guint row, gpointer data)
{
  const InsColumnInfo *info = info_of (row, data);

  return text_number (info, info->numbers.std);
}

static char *
text_skew (guint row, gpointer data)
{
  const InsColumnInfo *info = info_of (row, data);

  return info->type == INS_COLUMN_NUMBER ? insui_format_short (info->numbers.skew) : NULL;
}

static char *
text_kurtosis (guint row, gpointer data)
{
  const InsColumnInfo *info = info_of (row, data);

  return info->type == INS_COLUMN_NUMBER ? insui_format_short (info->numbers.kurtosis) : NULL;
}

static char *
text_top (guint row, gpointer data)
{
  const InsColumnInfo *info = info_of (row, data);
  g_autofree char *lines = NULL;

  if (info->type != INS_COLUMN_TEXT || !info->top)
    return NULL;
  lines = insui_format_count (info->top_lines);
  return g_strdup_printf (C_ ("most frequent value (lines)", "%s (%s)"), info->top, lines);
}

static void
add_columns_columns (InsUiDataTables *self)
{
  GtkColumnView *view = self->columns;

  insui_table_add_text (view, _ ("Column"), FALSE, text_name, NULL, self);
  insui_table_add_text (view, _ ("Role"), FALSE, text_role, NULL, self);
  insui_table_add_text (view, _ ("Type"), FALSE, text_type, NULL, self);
  insui_table_add_text (view, _ ("Missing"), TRUE, text_missing, NULL, self);
  insui_table_add_text (view, _ ("Distinct"), TRUE, text_distinct, NULL, self);
  insui_table_add_text (view, _ ("Minimum"), TRUE, text_min, NULL, self);
  insui_table_add_text (view, _ ("Mean"), TRUE, text_mean, NULL, self);
  insui_table_add_text (view, _ ("Median"), TRUE, text_median, NULL, self);
  insui_table_add_text (view, _ ("Maximum"), TRUE, text_max, NULL, self);
  insui_table_add_text (view, _ ("Deviation"), TRUE, text_std, NULL, self);
  insui_table_add_text (view, _ ("Skewness"), TRUE, text_skew, NULL, self);
  insui_table_add_text (view, _ ("Kurtosis"), TRUE, text_kurtosis, NULL, self);
  gtk_column_view_column_set_expand (
      insui_table_add_text (view, _ ("Most Frequent"), FALSE, text_top, NULL, self), TRUE);
}

/* --- rejected lines --- */

static const InsRejected *
rejected_of (guint row, gpointer data)
{
  return g_ptr_array_index (((InsUiDataTables *)data)->import->rejected, row);
}

static char *
text_line (guint row, gpointer data)
{
  return insui_format_count (rejected_of (row, data)->line);
}

static char *
text_column (guint row, gpointer data)
{
  const char *column = rejected_of (row, data)->column;

  return g_strdup (column ? column : C_ ("column of a rejected line", "whole line"));
}

static char *
text_reason (guint row, gpointer data)
{
  return g_strdup (rejected_of (row, data)->reason);
}

static char *
text_text (guint row, gpointer data)
{
  return g_strdup (rejected_of (row, data)->text);
}

static void
add_rejected_columns (InsUiDataTables *self)
{
  GtkColumnView *view = self->rejected;

  insui_table_add_text (view, _ ("Line"), TRUE, text_line, NULL, self);
  insui_table_add_text (view, _ ("Column"), FALSE, text_column, NULL, self);
  insui_table_add_text (view, _ ("Reason"), FALSE, text_reason, NULL, self);
  gtk_column_view_column_set_expand (
      insui_table_add_text (view, _ ("In the File"), FALSE, text_text, NULL, self), TRUE);
}

/* --- the three --- */

void
insui_data_tables_init (InsUiDataTables *self, AdwBin *preview, AdwBin *columns, AdwBin *rejected)
{
  self->preview_rows = insui_rows_new ();
  self->column_rows = insui_rows_new ();
  self->rejected_rows = insui_rows_new ();
  self->preview = GTK_COLUMN_VIEW (insui_table_new (self->preview_rows, _ ("First lines")));
  self->columns = GTK_COLUMN_VIEW (insui_table_new (self->column_rows, _ ("Columns")));
  self->rejected = GTK_COLUMN_VIEW (insui_table_new (self->rejected_rows, _ ("Rejected lines")));
  gtk_column_view_set_show_column_separators (self->preview, TRUE);
  add_columns_columns (self);
  add_rejected_columns (self);
  adw_bin_set_child (preview, insui_table_in_card (GTK_WIDGET (self->preview)));
  adw_bin_set_child (columns, insui_table_in_card (GTK_WIDGET (self->columns)));
  adw_bin_set_child (rejected, insui_table_in_card (GTK_WIDGET (self->rejected)));
}

void
insui_data_tables_show (InsUiDataTables *self, InsImport *import)
{
  if (self->import == import)
    return;
  /* No row may outlive what it is read from. */
  insui_rows_reset (self->preview_rows, 0);
  insui_rows_reset (self->column_rows, 0);
  insui_rows_reset (self->rejected_rows, 0);
  ins_clear_artifact (&self->import);
  if (import)
    self->import = ins_artifact_ref (import);
  show_preview (self);
  if (import)
    {
      guint n_rejected = import->rejected ? import->rejected->len : 0;

      insui_rows_reset (self->column_rows, (guint)import->n_columns);
      insui_rows_reset (self->rejected_rows, n_rejected);
      insui_table_fit (GTK_WIDGET (self->preview), (guint)import->n_preview, PREVIEW_ROWS,
                       PREVIEW_HEIGHT);
      insui_table_fit (GTK_WIDGET (self->columns), (guint)import->n_columns, TABLE_ROWS,
                       TABLE_HEIGHT);
      insui_table_fit (GTK_WIDGET (self->rejected), n_rejected, TABLE_ROWS, TABLE_HEIGHT);
    }
}

void
insui_data_tables_clear (InsUiDataTables *self)
{
  if (self->preview_rows)
    insui_data_tables_show (self, NULL);
  g_clear_object (&self->preview_rows);
  g_clear_object (&self->column_rows);
  g_clear_object (&self->rejected_rows);
}
