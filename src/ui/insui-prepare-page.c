/* insui-prepare-page.c: which features are compared, and how they are scaled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-page.h"

#include "base/ins-stats.h"
#include "ui/insui-adaptive.h"
#include "ui/insui-chart-view.h"
#include "ui/insui-empty.h"
#include "ui/insui-format.h"
#include "ui/insui-sentences.h"
#include "ui/insui-table-bin.h"
#include "ui/insui-table.h"

#include <glib/gi18n-lib.h>

#define INSUI_TYPE_PREPARE_PAGE (insui_prepare_page_get_type ())
#define INSUI_PREPARE_PAGE(object)                                                                 \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), INSUI_TYPE_PREPARE_PAGE, InsUiPreparePage))

/* One feature in the table. */
typedef struct
{
  double min, median, max;
  double scaled_min, scaled_max;
} Line;

typedef struct
{
  InsUiPageClass parent_class;
} InsUiPreparePageClass;

typedef struct
{
  InsUiPage parent_instance;

  /* template */
  GtkStack *stack;
  InsUiEmpty *empty;
  GtkLabel *sentence;
  GtkLabel *left_out;
  GtkDropDown *feature;
  InsUiChartView *before;
  InsUiChartView *after;
  InsUiTableBin *table_bin;

  InsUiRows *rows;       /* owned */
  InsFeatures *features; /* owned: what is shown */
  InsScaled *scaled;     /* owned */
  Line *lines;           /* owned: scaled->d */
  gsize chosen;          /* column of scaled */
} InsUiPreparePage;

G_DEFINE_FINAL_TYPE (InsUiPreparePage, insui_prepare_page, INSUI_TYPE_PAGE)

static const InsFeatureInfo *
get_info (InsUiPreparePage *self, guint j)
{
  return &self->features->infos[self->scaled->columns[j]];
}

static const char *
get_currency (InsUiPreparePage *self)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  return ins_project_get_currency (insui_session_get_project (session));
}

/* --- histograms --- */

static void
show_chart (InsUiPreparePage *self, InsUiChartView *view, const double *values, gboolean scaled)
{
  const InsFeatureInfo *info = get_info (self, self->chosen);
  const char *currency = get_currency (self);
  g_autofree char *axis = scaled ? g_strdup_printf (_ ("%s, scaled"), info->title)
                                 : insui_format_feature_title (info, currency);
  g_autoptr (InsChart) chart =
      ins_histogram_chart_new (values, self->scaled->n, axis, scaled ? "" : info->unit, 0, FALSE);
  g_autofree char *title = NULL;
  if (scaled)
    title = g_strdup_printf (
        _ ("After: %s"), insui_scale_method_title (self->scaled->scalings[self->chosen].method));
  ins_chart_set_titles (chart, scaled ? title : _ ("Before"), info->title);
  ins_chart_set_currency (chart, currency);
  insui_chart_view_set_chart (view, chart);
  g_autofree char *name = g_strdup_printf ("%s-%s", info->name, scaled ? "scaled" : "raw");
  insui_chart_view_set_file_name (view, name);
}

static void
show_charts (InsUiPreparePage *self)
{
  if (self->scaled == NULL || self->chosen >= self->scaled->d)
    return;
  gsize n = self->scaled->n;
  const double *column =
      ins_matrix_col (self->features->values, self->scaled->columns[self->chosen]);
  g_autofree double *raw = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    raw[i] = column[self->scaled->rows[i]];
  show_chart (self, self->before, raw, FALSE);
  show_chart (self, self->after, ins_matrix_col (self->scaled->x, self->chosen), TRUE);
}

static void
on_feature_selected (InsUiPreparePage *self)
{
  guint chosen = gtk_drop_down_get_selected (self->feature);
  if (self->scaled == NULL || chosen == self->chosen || chosen >= self->scaled->d)
    return;
  self->chosen = chosen;
  show_charts (self);
}

/* --- table --- */

static char *
get_title_text (guint row, gpointer data)
{
  InsUiPreparePage *self = data;
  return insui_format_feature_title (get_info (self, row), get_currency (self));
}

static char *
get_method_text (guint row, gpointer data)
{
  InsUiPreparePage *self = data;
  return g_strdup (insui_scale_method_title (self->scaled->scalings[row].method));
}

static char *
get_min_text (guint row, gpointer data)
{
  InsUiPreparePage *self = data;
  return insui_format_feature (get_info (self, row), self->lines[row].min);
}

static char *
get_median_text (guint row, gpointer data)
{
  InsUiPreparePage *self = data;
  return insui_format_feature (get_info (self, row), self->lines[row].median);
}

static char *
get_max_text (guint row, gpointer data)
{
  InsUiPreparePage *self = data;
  return insui_format_feature (get_info (self, row), self->lines[row].max);
}

static char *
get_after_text (guint row, gpointer data)
{
  InsUiPreparePage *self = data;
  g_autofree char *from = insui_format_number (self->lines[row].scaled_min, 2);
  g_autofree char *to = insui_format_number (self->lines[row].scaled_max, 2);
  return g_strdup_printf ("%s … %s", from, to);
}

static void
on_activate (GtkColumnView *view, guint position, InsUiPreparePage *self)
{
  g_autoptr (InsUiRow) row =
      g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), position);
  if (row != NULL)
    gtk_drop_down_set_selected (self->feature, insui_row_get_index (row));
}

static void
build_table (InsUiPreparePage *self)
{
  self->rows = insui_rows_new ();
  GtkWidget *view = insui_table_new (self->rows, _ ("Features compared"));
  GtkColumnView *columns = GTK_COLUMN_VIEW (view);
  GtkColumnViewColumn *first =
      insui_table_add_text (columns, _ ("Feature"), FALSE, get_title_text, NULL, self);
  gtk_column_view_column_set_expand (first, TRUE);
  insui_table_keep_column (first);
  gtk_column_view_column_set_expand (
      insui_table_add_text (columns, _ ("Scaling"), FALSE, get_method_text, NULL, self), TRUE);
  insui_table_keep_column (
      insui_table_add_text (columns, _ ("Min"), TRUE, get_min_text, NULL, self));
  insui_table_add_text (columns, _ ("Median"), TRUE, get_median_text, NULL, self);
  insui_table_keep_column (
      insui_table_add_text (columns, _ ("Max"), TRUE, get_max_text, NULL, self));
  insui_table_add_text (columns, _ ("Scaled"), TRUE, get_after_text, NULL, self);
  gtk_column_view_set_single_click_activate (columns, TRUE);
  g_signal_connect (view, "activate", G_CALLBACK (on_activate), self);
  insui_table_bin_set_view (self->table_bin, columns, TRUE);
}

static void
describe_line (InsUiPreparePage *self, gsize j)
{
  const double *column = ins_matrix_col (self->features->values, self->scaled->columns[j]);
  gsize n = self->scaled->n;
  g_autofree double *raw = g_new (double, MAX (n, 1));
  InsDescription before, after;
  for (gsize i = 0; i < n; i++)
    raw[i] = column[self->scaled->rows[i]];
  ins_describe (raw, n, &before);
  ins_describe (ins_matrix_col (self->scaled->x, j), n, &after);
  self->lines[j] = (Line){ before.min, before.median, before.max, after.min, after.max };
}

/* --- page --- */

static void
forget (InsUiPreparePage *self)
{
  ins_clear_artifact (&self->features);
  ins_clear_artifact (&self->scaled);
  g_clear_pointer (&self->lines, g_free);
}

static void
take_results (InsUiPreparePage *self, const InsResults *results)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  insui_rows_reset (self->rows, 0);
  forget (self);
  gtk_drop_down_set_model (self->feature, NULL);
  self->features = ins_artifact_ref (results->features);
  self->scaled = ins_artifact_ref (results->scaled);
  self->lines = g_new0 (Line, MAX (self->scaled->d, 1));
  if (self->chosen >= self->scaled->d)
    self->chosen = 0;
  gsize chosen = self->chosen;
  for (gsize j = 0; j < self->scaled->d; j++)
    {
      describe_line (self, j);
      gtk_string_list_append (titles, get_info (self, (guint)j)->title);
    }
  gtk_drop_down_set_model (self->feature, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->feature, (guint)chosen);
  self->chosen = chosen;
  insui_rows_reset (self->rows, (guint)self->scaled->d);
}

/* The rows of the scaled customers must be rows of these features. */
static gboolean
fits (const InsResults *results)
{
  const InsScaled *scaled = results->scaled;
  if (scaled->n > 0 && scaled->rows[scaled->n - 1] >= results->features->n)
    return FALSE;
  for (gsize j = 0; j < scaled->d; j++)
    if (scaled->columns[j] >= results->features->n_features)
      return FALSE;
  return TRUE;
}

static void
insui_prepare_page_refresh (InsUiPage *page)
{
  InsUiPreparePage *self = INSUI_PREPARE_PAGE (page);
  InsUiSession *session = insui_page_get_session (page);
  const InsResults *results = insui_session_get_results (session);
  guint needs = 1u << INS_STAGE_FEATURES | 1u << INS_STAGE_PREPARE;
  gboolean empty = insui_empty_update (self->empty, session, needs, 0);
  if (empty || !fits (results))
    {
      if (!empty)
        insui_empty_set_run (self->empty);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "content");
  if (self->scaled != results->scaled || self->features != results->features)
    take_results (self, results);
  g_autofree char *sentence = insui_sentence_prepare (results);
  gtk_label_set_text (self->sentence, sentence != NULL ? sentence : "");
  gsize left_out = insui_count_left_out (results);
  g_autofree char *count = insui_format_count (left_out);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s customer is left out because a feature is missing",
                "%s customers are left out because a feature is missing", left_out),
      count);
  gtk_label_set_text (self->left_out, left_out > 0 ? text : _ ("No customer is left out"));
  show_charts (self);
}

static char *
insui_prepare_page_summary (InsUiPage *page)
{
  const InsResults *results = insui_session_get_results (insui_page_get_session (page));
  if (results->scaled == NULL)
    return NULL;
  return g_strdup_printf (ngettext ("%zu feature", "%zu features", results->scaled->d),
                          results->scaled->d);
}

static void
insui_prepare_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (insui_prepare_page_parent_class)->constructed (object);
  build_table (INSUI_PREPARE_PAGE (object));
}

static void
insui_prepare_page_dispose (GObject *object)
{
  InsUiPreparePage *self = INSUI_PREPARE_PAGE (object);
  if (self->rows != NULL)
    insui_rows_reset (self->rows, 0);
  g_clear_object (&self->rows);
  forget (self);
  G_OBJECT_CLASS (insui_prepare_page_parent_class)->dispose (object);
}

static void
insui_prepare_page_class_init (InsUiPreparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  InsUiPageClass *page_class = INSUI_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = insui_prepare_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = insui_prepare_page_dispose;
  page_class->stage = INS_STAGE_PREPARE;
  page_class->watch = 1u << INS_STAGE_FEATURES | 1u << INS_STAGE_PREPARE;
  page_class->id = "prepare";
  page_class->title = N_ ("Prepare");
  page_class->icon_name = "insui-prepare-symbolic";
  page_class->refresh = insui_prepare_page_refresh;
  page_class->summary = insui_prepare_page_summary;

  g_type_ensure (INSUI_TYPE_ADAPTIVE);
  g_type_ensure (INSUI_TYPE_EMPTY);
  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  g_type_ensure (INSUI_TYPE_TABLE_BIN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-prepare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiPreparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiPreparePage, empty);
  gtk_widget_class_bind_template_child (widget_class, InsUiPreparePage, sentence);
  gtk_widget_class_bind_template_child (widget_class, InsUiPreparePage, left_out);
  gtk_widget_class_bind_template_child (widget_class, InsUiPreparePage, feature);
  gtk_widget_class_bind_template_child (widget_class, InsUiPreparePage, before);
  gtk_widget_class_bind_template_child (widget_class, InsUiPreparePage, after);
  gtk_widget_class_bind_template_child (widget_class, InsUiPreparePage, table_bin);
  gtk_widget_class_bind_template_callback (widget_class, on_feature_selected);
}

static void
insui_prepare_page_init (InsUiPreparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
