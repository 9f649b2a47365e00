/* insui-choose-k-view.c: how many groups: indices by k, and what each k looks like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-choose-k-view.h"

#include "pipeline/ins-registry.h"
#include "ui/insui-adaptive.h"
#include "ui/insui-chart-view.h"
#include "ui/insui-empty.h"
#include "ui/insui-format.h"
#include "ui/insui-table-bin.h"
#include "ui/insui-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _InsUiChooseKView
{
  AdwBin parent_instance;

  /* template */
  GtkStack *stack;
  InsUiEmpty *empty;
  GtkDropDown *k_list;
  GtkButton *use;
  InsUiChartView *curves;
  InsUiChartView *preview;
  InsUiTableBin *table_bin;

  InsUiSession *session; /* owned */
  InsUiRows *rows;       /* owned */
  InsSweep *sweep;       /* owned: what is shown */
  gsize chosen;          /* row of sweep */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (InsUiChooseKView, insui_choose_k_view, ADW_TYPE_BIN)

/* The model the pipeline uses now. */
static const char *
get_model_in_use (InsUiChooseKView *self)
{
  InsProject *project = insui_session_get_project (self->session);
  InsStep *step = ins_pipeline_get_step (ins_project_get_pipeline (project), INS_STAGE_CLUSTER);
  return INS_STEP_GET_CLASS (step)->id;
}

/* The same if it was tried, else the sweep's first. */
static const char *
get_model (InsUiChooseKView *self)
{
  const char *id = get_model_in_use (self);
  for (gsize i = 0; i < self->sweep->n_models; i++)
    if (g_str_equal (self->sweep->models[i], id))
      return self->sweep->models[i];
  return self->sweep->n_models > 0 ? self->sweep->models[0] : NULL;
}

static const InsSweepRow *
get_row (InsUiChooseKView *self, gsize row)
{
  return self->sweep != NULL && row < self->sweep->n_rows ? &self->sweep->rows[row] : NULL;
}

static gboolean
is_current (InsUiChooseKView *self, const InsSweepRow *row)
{
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  return clustering != NULL && clustering->k == row->k
         && g_str_equal (clustering->model, row->model);
}

/* --- curves --- */

typedef struct
{
  double *x, *within, *silhouette, *ch, *db;
  gsize *rows; /* of the sweep */
  gsize n;
} Curves;

static void
curves_free (Curves *curves)
{
  g_free (curves->x);
  g_free (curves->within);
  g_free (curves->silhouette);
  g_free (curves->ch);
  g_free (curves->db);
  g_free (curves->rows);
  g_free (curves);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Curves, curves_free)

static Curves *
collect_curves (const InsSweep *sweep, const char *model)
{
  Curves *curves = g_new0 (Curves, 1);
  gsize n = MAX (sweep->n_rows, 1);
  curves->x = g_new (double, n);
  curves->within = g_new (double, n);
  curves->silhouette = g_new (double, n);
  curves->ch = g_new (double, n);
  curves->db = g_new (double, n);
  curves->rows = g_new (gsize, n);
  for (gsize i = 0; i < sweep->n_rows; i++)
    {
      const InsSweepRow *row = &sweep->rows[i];
      if (!g_str_equal (row->model, model))
        continue;
      gsize at = curves->n++;
      curves->x[at] = (double)row->k;
      curves->within[at] = row->metrics.within;
      curves->silhouette[at] = row->metrics.silhouette;
      curves->ch[at] = row->metrics.calinski_harabasz;
      curves->db[at] = row->metrics.davies_bouldin;
      curves->rows[at] = i;
    }
  return curves;
}

static int
find_best (const double *y, gsize n, gboolean less)
{
  int best = -1;
  for (gsize i = 0; i < n; i++)
    if (!isnan (y[i]) && (best < 0 || (less ? y[i] < y[best] : y[i] > y[best])))
      best = (int)i;
  return best;
}

static int
find_knee (const InsSweep *sweep, const char *model, const Curves *curves)
{
  for (gsize m = 0; m < sweep->n_models; m++)
    if (g_str_equal (sweep->models[m], model))
      for (gsize i = 0; i < curves->n; i++)
        if (sweep->knees[m] > 0 && curves->x[i] == (double)sweep->knees[m])
          return (int)i;
  return -1;
}

static void
show_curves (InsUiChooseKView *self)
{
  const char *model = get_model (self);
  const InsSweepRow *row = get_row (self, self->chosen);
  if (model == NULL || row == NULL)
    return;
  g_autoptr (Curves) curves = collect_curves (self->sweep, model);
  InsLinePanel panels[] = {
    { .title = _ ("Spread within groups"),
      .y = curves->within,
      .marked = find_knee (self->sweep, model, curves),
      .mark_text = _ ("knee"),
      .less_is_better = TRUE },
    { .title = _ ("Silhouette"),
      .y = curves->silhouette,
      .marked = find_best (curves->silhouette, curves->n, FALSE),
      .mark_text = _ ("best") },
    { .title = _ ("Calinski–Harabasz"),
      .y = curves->ch,
      .marked = find_best (curves->ch, curves->n, FALSE),
      .mark_text = _ ("best") },
    { .title = _ ("Davies–Bouldin"),
      .y = curves->db,
      .marked = find_best (curves->db, curves->n, TRUE),
      .mark_text = _ ("best"),
      .less_is_better = TRUE },
  };
  g_autoptr (InsChart) chart = ins_line_chart_new (curves->x, curves->n, _ ("Number of groups"),
                                                   panels, G_N_ELEMENTS (panels), (double)row->k);
  g_autofree char *title = g_strdup_printf (
      ngettext ("What speaks for %zu group", "What speaks for %zu groups", row->k), row->k);
  ins_chart_set_titles (chart, title, ins_registry_get_title (model));
  insui_chart_view_set_chart (self->curves, chart);
}

static void
show_preview (InsUiChooseKView *self)
{
  const InsSweepRow *row = get_row (self, self->chosen);
  if (row == NULL)
    return;
  g_autoptr (InsChart) chart = insui_session_create_figure (self->session, "silhouette", NULL,
                                                            row->k, 0, INS_HEIGHT_LINEAR, NULL);
  insui_chart_view_set_chart (self->preview, chart);
  g_autofree char *label =
      g_strdup_printf (ngettext ("_Use %zu Group", "_Use %zu Groups", row->k), row->k);
  gtk_button_set_label (self->use, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->use), !is_current (self, row));
}

static void
choose (InsUiChooseKView *self, gsize row)
{
  if (get_row (self, row) == NULL)
    return;
  self->chosen = row;
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->k_list, (guint)row);
  self->filling = FALSE;
  show_curves (self);
  show_preview (self);
}

static void
on_k_selected (InsUiChooseKView *self)
{
  guint row = gtk_drop_down_get_selected (self->k_list);
  if (!self->filling && row != GTK_INVALID_LIST_POSITION && row != self->chosen)
    choose (self, row);
}

static void
on_point_activated (InsUiChooseKView *self, int item)
{
  const char *model = self->sweep != NULL ? get_model (self) : NULL;
  if (model == NULL || item < 0)
    return;
  g_autoptr (Curves) curves = collect_curves (self->sweep, model);
  if ((gsize)item < curves->n)
    choose (self, curves->rows[item]);
}

static void
on_use (InsUiChooseKView *self)
{
  const InsSweepRow *row = get_row (self, self->chosen);
  if (row == NULL)
    return;
  g_autofree char *model = g_strdup (row->model);
  g_autofree char *k = g_strdup_printf ("%zu", row->k);
  if (!g_str_equal (get_model_in_use (self), model))
    insui_session_use_step (self->session, model);
  insui_session_set_param (self->session, INS_STAGE_CLUSTER, "clusters", k);
  insui_session_run (self->session, 0);
}

/* --- table --- */

static char *
get_model_text (guint row, gpointer data)
{
  const InsSweepRow *line = get_row (data, row);
  return line != NULL ? g_strdup (ins_registry_get_title (line->model)) : NULL;
}

static char *
get_k_text (guint row, gpointer data)
{
  const InsSweepRow *line = get_row (data, row);
  return line != NULL ? insui_format_count (line->k) : NULL;
}

static char *
get_silhouette_text (guint row, gpointer data)
{
  const InsSweepRow *line = get_row (data, row);
  return line != NULL ? insui_format_number (line->metrics.silhouette, 3) : NULL;
}

static char *
get_ch_text (guint row, gpointer data)
{
  const InsSweepRow *line = get_row (data, row);
  return line != NULL ? insui_format_number (line->metrics.calinski_harabasz, 0) : NULL;
}

static char *
get_db_text (guint row, gpointer data)
{
  const InsSweepRow *line = get_row (data, row);
  return line != NULL ? insui_format_number (line->metrics.davies_bouldin, 3) : NULL;
}

static char *
get_smallest_text (guint row, gpointer data)
{
  const InsSweepRow *line = get_row (data, row);
  return line != NULL ? insui_format_percent (line->smallest_share) : NULL;
}

static char *
get_top_text (guint row, gpointer data)
{
  const InsSweepRow *line = get_row (data, row);
  return line != NULL ? insui_format_percent (line->top_share) : NULL;
}

static char *
get_verdict_text (guint row, gpointer data)
{
  const InsSweepRow *line = get_row (data, row);
  if (line == NULL)
    return NULL;
  if (is_current (data, line))
    return g_strdup (_ ("● in use"));
  if (line->best)
    return g_strdup (_ ("★ best"));
  return g_strdup (line->allowed ? _ ("within limits") : "");
}

static int
compare_k (guint a, guint b, gpointer data)
{
  const InsSweepRow *first = get_row (data, a), *second = get_row (data, b);
  return first == NULL || second == NULL ? 0 : (first->k > second->k) - (first->k < second->k);
}

static int
compare_silhouette (guint a, guint b, gpointer data)
{
  const InsSweepRow *first = get_row (data, a), *second = get_row (data, b);
  if (first == NULL || second == NULL)
    return 0;
  double x = first->metrics.silhouette, y = second->metrics.silhouette;
  return (x > y) - (x < y);
}

static void
on_activate (GtkColumnView *view, guint position, InsUiChooseKView *self)
{
  g_autoptr (InsUiRow) row =
      g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), position);
  if (row != NULL)
    choose (self, insui_row_get_index (row));
}

/* A figure's title over two lines, so that all columns have room beside the pane. */
static GtkColumnViewColumn *
add_figure (InsUiChooseKView *self, GtkColumnView *view, const char *title, InsUiTextFunc text)
{
  g_auto (GStrv) words = g_strsplit (title, " ", 2);
  g_auto (GStrv) names = g_strsplit (title, "–", 2);
  g_autofree char *broken = g_strv_length (names) == 2   ? g_strjoinv ("–\n", names)
                            : g_strv_length (words) == 2 ? g_strjoinv ("\n", words)
                                                         : g_strdup (title);
  return insui_table_add_text (view, broken, TRUE, text, NULL, self);
}

static void
build_table (InsUiChooseKView *self)
{
  self->rows = insui_rows_new ();
  GtkWidget *widget = insui_table_new (self->rows, _ ("Models and numbers of groups"));
  GtkColumnView *view = GTK_COLUMN_VIEW (widget);
  GtkColumnViewColumn *first =
      insui_table_add_text (view, _ ("Model"), FALSE, get_model_text, NULL, self);
  gtk_column_view_column_set_expand (first, TRUE);
  insui_table_keep_column (first);
  insui_table_keep_column (
      insui_table_add_text (view, _ ("Groups"), TRUE, get_k_text, compare_k, self));
  insui_table_keep_column (insui_table_add_text (view, _ ("Silhouette"), TRUE, get_silhouette_text,
                                                 compare_silhouette, self));
  add_figure (self, view, _ ("Calinski–Harabasz"), get_ch_text);
  add_figure (self, view, _ ("Davies–Bouldin"), get_db_text);
  add_figure (self, view, _ ("Smallest Group"), get_smallest_text);
  add_figure (self, view, _ ("Top Group"), get_top_text);
  insui_table_add_text (view, _ ("Verdict"), FALSE, get_verdict_text, NULL, self);
  gtk_column_view_set_single_click_activate (view, TRUE);
  g_signal_connect (view, "activate", G_CALLBACK (on_activate), self);
  insui_table_bin_set_view (self->table_bin, view, FALSE);
}

/* --- view --- */

static void
fill_list (InsUiChooseKView *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  for (gsize i = 0; i < self->sweep->n_rows; i++)
    {
      const InsSweepRow *row = &self->sweep->rows[i];
      g_autofree char *text =
          self->sweep->n_models > 1
              ? g_strdup_printf (ngettext ("%s, %zu group", "%s, %zu groups", row->k),
                                 ins_registry_get_title (row->model), row->k)
              : g_strdup_printf (ngettext ("%zu group", "%zu groups", row->k), row->k);
      gtk_string_list_append (list, text);
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->k_list, G_LIST_MODEL (list));
  self->filling = FALSE;
}

/* The clustering shown, else the model's best. */
static gsize
find_start (InsUiChooseKView *self)
{
  for (gsize i = 0; i < self->sweep->n_rows; i++)
    if (is_current (self, &self->sweep->rows[i]))
      return i;
  for (gsize i = 0; i < self->sweep->n_rows; i++)
    if (self->sweep->rows[i].best)
      return i;
  return 0;
}

void
insui_choose_k_view_refresh (InsUiChooseKView *self)
{
  g_return_if_fail (INSUI_IS_CHOOSE_K_VIEW (self));
  const InsResults *results = insui_session_get_results (self->session);
  gboolean empty =
      insui_empty_update (self->empty, self->session, 1u << INS_STAGE_SWEEP, 1u << INS_STAGE_SWEEP);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "content");
  if (empty)
    return;
  if (self->sweep != results->sweep)
    {
      insui_rows_reset (self->rows, 0);
      ins_clear_artifact (&self->sweep);
      self->sweep = ins_artifact_ref (results->sweep);
      fill_list (self);
    }
  insui_rows_reset (self->rows, (guint)self->sweep->n_rows);
  choose (self, find_start (self));
}

static void
insui_choose_k_view_dispose (GObject *object)
{
  InsUiChooseKView *self = INSUI_CHOOSE_K_VIEW (object);
  if (self->rows != NULL)
    insui_rows_reset (self->rows, 0);
  g_clear_object (&self->rows);
  ins_clear_artifact (&self->sweep);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (insui_choose_k_view_parent_class)->dispose (object);
}

static void
insui_choose_k_view_class_init (InsUiChooseKViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = insui_choose_k_view_dispose;
  g_type_ensure (INSUI_TYPE_ADAPTIVE);
  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  g_type_ensure (INSUI_TYPE_TABLE_BIN);
  g_type_ensure (INSUI_TYPE_EMPTY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-choose-k-view.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiChooseKView, stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiChooseKView, empty);
  gtk_widget_class_bind_template_child (widget_class, InsUiChooseKView, k_list);
  gtk_widget_class_bind_template_child (widget_class, InsUiChooseKView, use);
  gtk_widget_class_bind_template_child (widget_class, InsUiChooseKView, curves);
  gtk_widget_class_bind_template_child (widget_class, InsUiChooseKView, preview);
  gtk_widget_class_bind_template_child (widget_class, InsUiChooseKView, table_bin);
  gtk_widget_class_bind_template_callback (widget_class, on_k_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_point_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_use);
}

static void
insui_choose_k_view_init (InsUiChooseKView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
insui_choose_k_view_new (InsUiSession *session)
{
  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  InsUiChooseKView *self = g_object_new (INSUI_TYPE_CHOOSE_K_VIEW, NULL);
  self->session = g_object_ref (session);
  insui_chart_view_set_file_name (self->curves, "choose-k");
  insui_chart_view_set_file_name (self->preview, "silhouette-k");
  build_table (self);
  return GTK_WIDGET (self);
}
