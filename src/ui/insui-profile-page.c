/* insui-profile-page.c: what the groups are like, and what they are called
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-page.h"

#include "ui/insui-adaptive.h"
#include "ui/insui-cell-bar.h"
#include "ui/insui-chart-view.h"
#include "ui/insui-cluster-row.h"
#include "ui/insui-empty.h"
#include "ui/insui-format.h"
#include "ui/insui-sentences.h"
#include "ui/insui-swatch.h"
#include "ui/insui-table-bin.h"
#include "ui/insui-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define INSUI_TYPE_PROFILE_PAGE (insui_profile_page_get_type ())
#define INSUI_PROFILE_PAGE(object)                                                                 \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), INSUI_TYPE_PROFILE_PAGE, InsUiProfilePage))

#define NEEDS                                                                                      \
  (1u << INS_STAGE_FEATURES | 1u << INS_STAGE_PREPARE | 1u << INS_STAGE_CLUSTER                    \
   | 1u << INS_STAGE_PROFILE)
#define FULL_BAR 3.0 /* doublings of the average that fill half a cell */

typedef enum
{
  MEASURE_RATIO,
  MEASURE_MEAN,
  MEASURE_MEDIAN
} Measure;

typedef struct _InsUiProfilePage InsUiProfilePage;

typedef struct
{
  InsUiPageClass parent_class;
} InsUiProfilePageClass;

/* A column of the table: @feature is a column of the profile. */
typedef struct
{
  InsUiProfilePage *page;
  gsize feature;
} Column;

struct _InsUiProfilePage
{
  InsUiPage parent_instance;

  /* template */
  GtkStack *stack;
  InsUiEmpty *empty;
  GtkLabel *sentence;
  GtkLabel *reason; /* how the number of groups was chosen */
  InsUiChartView *chart;
  InsUiChartView *heat;
  GtkListBox *list;
  GtkDropDown *measure;
  InsUiTableBin *table_bin;

  GtkColumnView *view; /* child */
  InsUiRows *rows;     /* owned */
  GPtrArray *columns;  /* owned (element-type Column) */
  guint fill;          /* rows and groups that are to come */

  /* owned: what is shown */
  InsProfile *profile;
  InsClustering *clustering;
  InsFeatures *features;
};

G_DEFINE_FINAL_TYPE (InsUiProfilePage, insui_profile_page, INSUI_TYPE_PAGE)

static InsUiSession *
get_session (InsUiProfilePage *self)
{
  return insui_page_get_session (INSUI_PAGE (self));
}

/* NULL for the last row: everybody. */
static const InsIdentity *
get_identity (InsUiProfilePage *self, guint row)
{
  gsize k = 0;
  const InsIdentity *identities = insui_session_get_identities (get_session (self), &k);
  return identities != NULL && row < k && row < self->profile->k ? &identities[row] : NULL;
}

/* --- table --- */

static GtkWidget *
make_group (gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_box_append (GTK_BOX (box), insui_swatch_new ());
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
fill_group (GtkWidget *cell, guint row, gpointer data)
{
  const InsIdentity *identity = get_identity (data, row);
  GtkWidget *swatch = gtk_widget_get_first_child (cell);
  GtkWidget *label = gtk_widget_get_next_sibling (swatch);
  gtk_widget_set_opacity (swatch, identity != NULL ? 1 : 0);
  if (identity != NULL)
    insui_swatch_set_identity (INSUI_SWATCH (swatch), identity);
  gtk_label_set_text (GTK_LABEL (label), identity != NULL ? identity->name : _ ("All customers"));
}

static char *
get_customers_text (guint row, gpointer data)
{
  InsUiProfilePage *self = data;
  gsize all = 0;
  for (gsize i = 0; i < self->profile->k; i++)
    all += self->profile->customers[i];
  return insui_format_count (row < self->profile->k ? self->profile->customers[row] : all);
}

static GtkWidget *
make_bar (gpointer data)
{
  return insui_cell_bar_new ();
}

static void
fill_share (GtkWidget *cell, InsUiProfilePage *self, guint row, const double *shares)
{
  const InsIdentity *identity = get_identity (self, row);
  double share = row < self->profile->k ? shares[row] : 1;
  g_autofree char *text = insui_format_percent (share);
  insui_cell_bar_set (INSUI_CELL_BAR (cell), text, row < self->profile->k ? share : NAN, FALSE,
                      identity != NULL ? identity->colour : INSUI_NEUTRAL);
}

static void
fill_customers (GtkWidget *cell, guint row, gpointer data)
{
  InsUiProfilePage *self = data;
  fill_share (cell, self, row, self->profile->share_customers);
}

static void
fill_revenue (GtkWidget *cell, guint row, gpointer data)
{
  InsUiProfilePage *self = data;
  fill_share (cell, self, row, self->profile->share_revenue);
}

static void
fill_feature (GtkWidget *cell, guint row, gpointer data)
{
  Column *column = data;
  InsUiProfilePage *self = column->page;
  const InsProfile *profile = self->profile;
  const InsFeatureInfo *info = &self->features->infos[profile->features[column->feature]];
  const InsIdentity *identity = get_identity (self, row);
  gboolean base = row >= profile->k;
  double ratio = base ? 1 : ins_matrix_get (profile->ratio, row, column->feature);
  Measure measure = (Measure)gtk_drop_down_get_selected (self->measure);
  g_autofree char *text = NULL;
  if (measure == MEASURE_RATIO && !base)
    text = insui_format_ratio (ratio);
  else
    text = insui_format_feature (
        info, ins_matrix_get (measure == MEASURE_MEDIAN ? profile->median : profile->mean, row,
                              column->feature));
  insui_cell_bar_set (INSUI_CELL_BAR (cell), text,
                      base || !(ratio > 0) ? NAN : log2 (ratio) / FULL_BAR, TRUE,
                      identity != NULL ? identity->colour : INSUI_NEUTRAL);
}

static void
add_feature_column (InsUiProfilePage *self, gsize feature)
{
  const char *currency = ins_project_get_currency (insui_session_get_project (get_session (self)));
  const InsFeatureInfo *info = &self->features->infos[self->profile->features[feature]];
  g_autofree char *title = insui_format_feature_title (info, currency);
  Column *column = g_new0 (Column, 1);
  column->page = self;
  column->feature = feature;
  g_ptr_array_add (self->columns, column);
  insui_table_align_header (
      self->view, insui_table_add_cell (self->view, title, make_bar, fill_feature, column));
}

static gboolean
is_used (const InsScaled *scaled, guint32 feature)
{
  for (gsize j = 0; j < scaled->d; j++)
    if (scaled->columns[j] == feature)
      return TRUE;
  return FALSE;
}

/* The features compared first, then the others. */
static void
fill_columns (InsUiProfilePage *self, const InsScaled *scaled)
{
  insui_table_clear_columns (self->view);
  g_ptr_array_set_size (self->columns, 0);
  insui_table_keep_column (
      insui_table_add_cell (self->view, _ ("Group"), make_group, fill_group, self));
  insui_table_add_text (self->view, _ ("Customers"), TRUE, get_customers_text, NULL, self);
  GtkColumnViewColumn *share =
      insui_table_add_cell (self->view, _ ("Of Customers"), make_bar, fill_customers, self);
  insui_table_align_header (self->view, share);
  insui_table_keep_column (share);
  if (self->profile->k > 0 && !isnan (self->profile->share_revenue[0]))
    {
      share = insui_table_add_cell (self->view, _ ("Of Revenue"), make_bar, fill_revenue, self);
      insui_table_align_header (self->view, share);
      insui_table_keep_column (share);
    }
  for (int used = 1; used >= 0; used--)
    for (gsize f = 0; f < self->profile->n_features; f++)
      if (is_used (scaled, self->profile->features[f]) == used)
        add_feature_column (self, f);
  insui_table_bin_update (self->table_bin);
}

static void
on_measure_changed (InsUiProfilePage *self)
{
  if (self->profile != NULL && self->rows != NULL)
    insui_rows_reset (self->rows, (guint)self->profile->k + 1);
}

static void
build_table (InsUiProfilePage *self)
{
  self->rows = insui_rows_new ();
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->view = GTK_COLUMN_VIEW (insui_table_new (self->rows, _ ("Groups and features")));
  insui_table_bin_set_view (self->table_bin, self->view, TRUE);
}

/* --- chart --- */

static void
show_charts (InsUiProfilePage *self)
{
  InsUiSession *session = get_session (self);
  g_autoptr (InsChart) bars =
      insui_session_create_figure (session, "bars", NULL, 0, 0, INS_HEIGHT_LINEAR, NULL);
  g_autoptr (InsChart) heat =
      insui_session_create_figure (session, "profile", NULL, 0, 0, INS_HEIGHT_LINEAR, NULL);
  int height = 130 + 30 * (int)MIN (self->profile->k, 12);
  insui_chart_view_set_chart (self->chart, bars);
  insui_chart_view_set_chart (self->heat, heat);
  insui_chart_view_set_height (self->chart, height);
  insui_chart_view_set_height (self->heat, MAX (height, 400));
}

/* A click into a column of the heat map selects its group. */
static void
on_cell_activated (InsUiProfilePage *self, int item)
{
  if (self->profile != NULL && self->profile->k > 0 && item >= 0)
    insui_session_select_cluster (get_session (self), (gsize)item % self->profile->k,
                                  INSUI_SELECT_REPLACE);
}

/* A click on a bar selects its group. */
static void
on_bar_activated (InsUiProfilePage *self, int item)
{
  InsChart *chart = insui_chart_view_get_chart (self->chart);
  InsChartHit hit;
  if (chart != NULL && ins_chart_locate (chart, item, &hit) && hit.group >= 0)
    insui_session_select_cluster (get_session (self), (gsize)hit.group, INSUI_SELECT_REPLACE);
}

/* --- page --- */

static void
forget (InsUiProfilePage *self)
{
  ins_clear_artifact (&self->profile);
  ins_clear_artifact (&self->clustering);
  ins_clear_artifact (&self->features);
}

static guint
count_rows (InsUiProfilePage *self)
{
  guint n = 0;
  while (gtk_list_box_get_row_at_index (self->list, (int)n) != NULL)
    n++;
  return n;
}

/* The groups' rows are large: one in a turn of the main loop, then the table. */
static gboolean
on_fill (gpointer data)
{
  InsUiProfilePage *self = data;
  guint n = count_rows (self);
  if (self->profile != NULL && n < self->profile->k)
    {
      gtk_list_box_append (self->list, insui_cluster_row_new (get_session (self), n));
      return G_SOURCE_CONTINUE;
    }
  self->fill = 0;
  if (self->profile != NULL)
    insui_rows_reset (self->rows, (guint)self->profile->k + 1);
  return G_SOURCE_REMOVE;
}

static void
update_list (InsUiProfilePage *self)
{
  guint n = count_rows (self);
  for (; n > self->profile->k; n--)
    gtk_list_box_remove (self->list,
                         GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int)n - 1)));
  for (guint i = 0; i < n; i++)
    insui_cluster_row_update (
        INSUI_CLUSTER_ROW (gtk_list_box_get_row_at_index (self->list, (int)i)));
  if (n == self->profile->k)
    insui_rows_reset (self->rows, (guint)self->profile->k + 1);
  else if (self->fill == 0)
    self->fill = g_idle_add (on_fill, self);
}

static void
insui_profile_page_refresh (InsUiPage *page)
{
  InsUiProfilePage *self = INSUI_PROFILE_PAGE (page);
  InsUiSession *session = insui_page_get_session (page);
  const InsResults *results = insui_session_get_results (session);
  gsize k = 0;
  const InsIdentity *identities = insui_session_get_identities (session, &k);
  gboolean empty = insui_empty_update (self->empty, session, NEEDS, 0);
  if (empty || results->profile->k != results->clustering->k)
    {
      if (!empty)
        insui_empty_set_run (self->empty);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "content");
  gboolean rebuild = self->profile != results->profile || self->clustering != results->clustering;
  if (rebuild)
    {
      insui_rows_reset (self->rows, 0);
      forget (self);
      self->profile = ins_artifact_ref (results->profile);
      self->clustering = ins_artifact_ref (results->clustering);
      self->features = ins_artifact_ref (results->features);
      fill_columns (self, results->scaled);
    }
  g_autofree char *sentence = insui_sentence_cluster (results, identities, k);
  gtk_label_set_text (self->sentence, sentence);
  g_autofree char *reason = insui_sentence_reason (results->clustering);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
  show_charts (self);
  update_list (self);
}

static char *
insui_profile_page_summary (InsUiPage *page)
{
  InsUiSession *session = insui_page_get_session (page);
  const InsProfile *profile = insui_session_get_results (session)->profile;
  gsize k = 0;
  const InsIdentity *identities = insui_session_get_identities (session, &k);
  double share = 0;
  if (profile == NULL || identities == NULL)
    return NULL;
  for (gsize i = 0; i < MIN (k, profile->k); i++)
    if (identities[i].is_insider)
      share += profile->share_revenue[i];
  if (!(share > 0))
    return NULL;
  g_autofree char *text = insui_format_percent (share);
  return g_strdup_printf (_ ("Insiders %s"), text);
}

static void
insui_profile_page_constructed (GObject *object)
{
  InsUiProfilePage *self = INSUI_PROFILE_PAGE (object);
  G_OBJECT_CLASS (insui_profile_page_parent_class)->constructed (object);
  build_table (self);
  insui_chart_view_set_file_name (self->chart, "shares");
  insui_chart_view_set_file_name (self->heat, "profile");
}

static void
insui_profile_page_dispose (GObject *object)
{
  InsUiProfilePage *self = INSUI_PROFILE_PAGE (object);
  g_clear_handle_id (&self->fill, g_source_remove);
  if (self->rows != NULL)
    insui_rows_reset (self->rows, 0);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  forget (self);
  G_OBJECT_CLASS (insui_profile_page_parent_class)->dispose (object);
}

static void
insui_profile_page_class_init (InsUiProfilePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  InsUiPageClass *page_class = INSUI_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = insui_profile_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = insui_profile_page_dispose;
  page_class->stage = INS_STAGE_PROFILE;
  page_class->watch = NEEDS;
  page_class->id = "profile";
  page_class->title = N_ ("Profile");
  page_class->icon_name = "insui-profile-symbolic";
  page_class->refresh = insui_profile_page_refresh;
  page_class->summary = insui_profile_page_summary;

  g_type_ensure (INSUI_TYPE_ADAPTIVE);
  g_type_ensure (INSUI_TYPE_EMPTY);
  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  g_type_ensure (INSUI_TYPE_TABLE_BIN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-profile-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiProfilePage, stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiProfilePage, empty);
  gtk_widget_class_bind_template_child (widget_class, InsUiProfilePage, sentence);
  gtk_widget_class_bind_template_child (widget_class, InsUiProfilePage, reason);
  gtk_widget_class_bind_template_child (widget_class, InsUiProfilePage, chart);
  gtk_widget_class_bind_template_child (widget_class, InsUiProfilePage, heat);
  gtk_widget_class_bind_template_child (widget_class, InsUiProfilePage, list);
  gtk_widget_class_bind_template_child (widget_class, InsUiProfilePage, measure);
  gtk_widget_class_bind_template_child (widget_class, InsUiProfilePage, table_bin);
  gtk_widget_class_bind_template_callback (widget_class, on_measure_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_bar_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_cell_activated);
}

static void
insui_profile_page_init (InsUiProfilePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
