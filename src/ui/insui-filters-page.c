/* insui-filters-page.c: which lines count, and what each rule costs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-page.h"
#include "ui/insui-candidates.h"
#include "ui/insui-chart-view.h"
#include "ui/insui-empty.h"
#include "ui/insui-format.h"
#include "ui/insui-table.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define TABLE_ROWS 16 /* more scroll */
#define TABLE_HEIGHT 460

typedef struct
{
  InsUiPage parent_instance;

  InsUiRows *rows; /* owned */
  GPtrArray *bars; /* owned reference (element-type InsWaterfallBar) */
  const char *measure;
  gboolean showing; /* what changes now was not the user */

  /* template */
  GtkStack *stack;
  InsUiEmpty *empty;
  GtkLabel *sentence;
  GtkToggleButton *lines_button;
  GtkToggleButton *customers_button;
  GtkToggleButton *revenue_button;
  GtkWidget *revenue_caption;
  InsUiChartView *chart;
  AdwBin *table;
  GtkWidget *services_section;
  GtkListBox *services;
} InsUiFiltersPage;

typedef struct
{
  InsUiPageClass parent_class;
} InsUiFiltersPageClass;

G_DEFINE_FINAL_TYPE (InsUiFiltersPage, insui_filters_page, INSUI_TYPE_PAGE)

#define INSUI_FILTERS_PAGE(object)                                                                 \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), insui_filters_page_get_type (), InsUiFiltersPage))

static const char *
get_currency (InsUiFiltersPage *self)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));

  return ins_project_get_currency (insui_session_get_project (session));
}

/* --- first line --- */

static char *
describe (InsUiFiltersPage *self)
{
  const InsWaterfallBar *first = g_ptr_array_index (self->bars, 0);
  const InsWaterfallBar *last = g_ptr_array_index (self->bars, self->bars->len - 1);
  g_autofree char *all = insui_format_count (first->lines);
  g_autofree char *left = insui_format_count (last->lines);
  g_autofree char *n = insui_format_count (last->customers);
  g_autofree char *customers =
      g_strdup_printf (ngettext ("%s customer", "%s customers", (gulong)last->customers), n);
  g_autofree char *money = insui_format_money (last->revenue, get_currency (self));

  if (isnan (last->revenue))
    return g_strdup_printf (_ ("%s of %s lines count: %s"), left, all, customers);
  return g_strdup_printf (_ ("%s of %s lines count: %s, who bring %s"), left, all, customers,
                          money);
}

/* --- chart --- */

static void
show_chart (InsUiFiltersPage *self)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  g_autoptr (InsChart) chart = insui_session_create_figure (session, "waterfall", NULL, 0, 0,
                                                            INS_HEIGHT_LINEAR, self->measure);

  insui_chart_view_set_chart (self->chart, chart);
  insui_chart_view_set_file_name (self->chart, "waterfall");
}

static void
on_measure (InsUiFiltersPage *self)
{
  const char *measure = "lines";

  if (gtk_toggle_button_get_active (self->customers_button))
    measure = "customers";
  else if (gtk_toggle_button_get_active (self->revenue_button))
    measure = "revenue";
  if (g_strcmp0 (measure, self->measure) == 0)
    return;
  self->measure = measure;
  if (self->bars)
    show_chart (self);
}

/* --- table --- */

static const InsWaterfallBar *
bar_of (guint row, gpointer data)
{
  return g_ptr_array_index (((InsUiFiltersPage *)data)->bars, row);
}

static char *
text_rule (guint row, gpointer data)
{
  return g_strdup (ins_waterfall_bar_get_title (bar_of (row, data)));
}

static char *
text_lines (guint row, gpointer data)
{
  return insui_format_count (bar_of (row, data)->lines);
}

static char *
text_customers (guint row, gpointer data)
{
  return insui_format_count (bar_of (row, data)->customers);
}

static char *
text_revenue (guint row, gpointer data)
{
  return insui_format_money_exact (bar_of (row, data)->revenue, get_currency (data));
}

static char *
text_lines_lost (guint row, gpointer data)
{
  if (row == 0)
    return NULL;
  return insui_format_number (
      (double)bar_of (row - 1, data)->lines - (double)bar_of (row, data)->lines, 0);
}

static char *
text_revenue_lost (guint row, gpointer data)
{
  if (row == 0)
    return NULL;
  return insui_format_money_exact (bar_of (row - 1, data)->revenue - bar_of (row, data)->revenue,
                                   get_currency (data));
}

static void
create_table (InsUiFiltersPage *self)
{
  GtkColumnView *view;

  self->rows = insui_rows_new ();
  view = GTK_COLUMN_VIEW (insui_table_new (self->rows, _ ("What each rule costs")));
  gtk_column_view_column_set_expand (
      insui_table_add_text (view, _ ("Rule"), FALSE, text_rule, NULL, self), TRUE);
  insui_table_add_text (view, _ ("Lines"), TRUE, text_lines, NULL, self);
  insui_table_add_text (view, _ ("Lines Lost"), TRUE, text_lines_lost, NULL, self);
  insui_table_add_text (view, _ ("Customers"), TRUE, text_customers, NULL, self);
  insui_table_add_text (view, _ ("Revenue, Returns Deducted"), TRUE, text_revenue, NULL, self);
  insui_table_add_text (view, _ ("Revenue Lost"), TRUE, text_revenue_lost, NULL, self);
  adw_bin_set_child (self->table, insui_table_in_card (GTK_WIDGET (view)));
}

static void
set_bars (InsUiFiltersPage *self, GPtrArray *bars)
{
  insui_rows_reset (self->rows, 0);
  g_clear_pointer (&self->bars, g_ptr_array_unref);
  if (!bars)
    return;
  self->bars = g_ptr_array_ref (bars);
  insui_rows_reset (self->rows, bars->len);
  insui_table_fit (gtk_widget_get_first_child (adw_bin_get_child (self->table)), bars->len,
                   TABLE_ROWS, TABLE_HEIGHT);
}

/* --- services --- */

static char **
get_left_out (InsUiFiltersPage *self)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  InsPipeline *pipeline = ins_project_get_pipeline (insui_session_get_project (session));
  InsStep *step = ins_pipeline_get_step (pipeline, INS_STAGE_FILTER);
  const InsParam *param = ins_step_class_find_param (INS_STEP_GET_CLASS (step), "products");
  g_autofree char *text = param ? ins_step_get_text (step, param) : g_strdup ("");

  return ins_list_split (text);
}

static void
on_service (GtkCheckButton *check, InsUiFiltersPage *self)
{
  const char *pattern = g_object_get_data (G_OBJECT (check), "pattern");
  g_auto (GStrv) items = get_left_out (self);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) result = NULL;
  g_autofree char *text = NULL;

  if (self->showing)
    return;
  for (gsize i = 0; items[i]; i++)
    if (!g_str_equal (items[i], pattern))
      g_strv_builder_add (builder, items[i]);
  if (gtk_check_button_get_active (check))
    g_strv_builder_add (builder, pattern);
  result = g_strv_builder_end (builder);
  text = ins_list_join ((const char *const *)result);
  insui_session_set_param (insui_page_get_session (INSUI_PAGE (self)), INS_STAGE_FILTER, "products",
                           text);
}

static void
fill_service_row (InsUiFiltersPage *self, GtkListBoxRow *row, const InsServiceGroup *group,
                  gboolean left_out)
{
  g_autofree char *codes = g_markup_escape_text (group->codes ? group->codes : "", -1);
  g_autofree char *n = insui_format_count (group->lines);
  g_autofree char *lines =
      g_strdup_printf (ngettext ("%s line", "%s lines", (gulong)group->lines), n);
  g_autofree char *money = insui_format_money (group->revenue, get_currency (self));
  g_autofree char *text = g_strdup_printf ("%s\n%s", money, lines);

  gtk_check_button_set_active (g_object_get_data (G_OBJECT (row), "check"), left_out);
  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "stake"), text);
  if (g_strcmp0 (group->codes, group->pattern) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), codes);
}

static GtkWidget *
create_service_row (InsUiFiltersPage *self, const InsServiceGroup *group)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *stake = gtk_label_new (NULL);
  g_autofree char *title = g_str_equal (group->pattern, "[no-digit]")
                               ? g_strdup (_ ("Codes without a digit"))
                               : g_markup_escape_text (group->pattern, -1);

  gtk_label_set_xalign (GTK_LABEL (stake), 1);
  gtk_label_set_justify (GTK_LABEL (stake), GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (stake, "numeric");
  gtk_widget_add_css_class (stake, "caption");
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (check), "pattern", g_strdup (group->pattern), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (on_service), self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), stake);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data (G_OBJECT (row), "stake", stake);
  return row;
}

static gboolean
has_rows_for (InsUiFiltersPage *self, const InsFiltered *filtered, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const InsServiceGroup *group = g_ptr_array_index (filtered->services, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->services, (int)i);
      GObject *check = row ? g_object_get_data (G_OBJECT (row), "check") : NULL;

      if (!check || !g_str_equal (g_object_get_data (check, "pattern"), group->pattern))
        return FALSE;
    }
  return gtk_list_box_get_row_at_index (self->services, (int)n) == NULL;
}

static void
create_service_rows (InsUiFiltersPage *self, const InsFiltered *filtered, guint n)
{
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (self->services, 0)))
    gtk_list_box_remove (self->services, GTK_WIDGET (old));
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->services,
                         create_service_row (self, g_ptr_array_index (filtered->services, i)));
}

/* Rows of the same codes stay, and with them the focus. */
static void
show_services (InsUiFiltersPage *self, const InsFiltered *filtered)
{
  g_auto (GStrv) left_out = get_left_out (self);
  guint n = filtered && filtered->services ? filtered->services->len : 0;

  self->showing = TRUE;
  if (!has_rows_for (self, filtered, n))
    create_service_rows (self, filtered, n);
  for (guint i = 0; i < n; i++)
    {
      const InsServiceGroup *group = g_ptr_array_index (filtered->services, i);

      fill_service_row (self, gtk_list_box_get_row_at_index (self->services, (int)i), group,
                        g_strv_contains ((const char *const *)left_out, group->pattern));
    }
  self->showing = FALSE;
  gtk_widget_set_visible (self->services_section, n > 0);
}

/* --- the page --- */

static void
insui_filters_page_refresh (InsUiPage *page)
{
  InsUiFiltersPage *self = INSUI_FILTERS_PAGE (page);
  InsUiSession *session = insui_page_get_session (page);
  const InsResults *results = insui_session_get_results (session);
  GPtrArray *bars = results->filtered ? ins_results_get_waterfall (results) : NULL;
  g_autofree char *sentence = NULL;

  set_bars (self, bars && bars->len > 0 ? bars : NULL);
  if (insui_empty_update (self->empty, session, 1u << INS_STAGE_FILTER,
                          1u << INS_STAGE_FILTER | 1u << INS_STAGE_FEATURES)
      || !self->bars)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  sentence = describe (self);
  gtk_label_set_text (self->sentence, sentence);
  gtk_widget_set_visible (self->revenue_caption,
                          !isnan (((InsWaterfallBar *)g_ptr_array_index (self->bars, 0))->revenue));
  show_chart (self);
  show_services (self, results->filtered);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static char *
insui_filters_page_summary (InsUiPage *page)
{
  const InsResults *results = insui_session_get_results (insui_page_get_session (page));
  GPtrArray *bars = results->filtered ? ins_results_get_waterfall (results) : NULL;
  const InsWaterfallBar *last;
  g_autofree char *n = NULL;

  if (!bars || bars->len == 0)
    return NULL;
  last = g_ptr_array_index (bars, bars->len - 1);
  n = insui_format_count (last->lines);
  return g_strdup_printf (ngettext ("%s line left", "%s lines left", (gulong)last->lines), n);
}

static void
insui_filters_page_dispose (GObject *object)
{
  InsUiFiltersPage *self = INSUI_FILTERS_PAGE (object);

  if (self->rows)
    set_bars (self, NULL);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (insui_filters_page_parent_class)->dispose (object);
}

static void
insui_filters_page_class_init (InsUiFiltersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  InsUiPageClass *page_class = (InsUiPageClass *)klass;

  G_OBJECT_CLASS (klass)->dispose = insui_filters_page_dispose;
  page_class->id = "filters";
  page_class->title = N_ ("Filters");
  page_class->icon_name = "insui-filters-symbolic";
  page_class->stage = INS_STAGE_FILTER;
  page_class->watch = 1u << INS_STAGE_FILTER | 1u << INS_STAGE_FEATURES | 1u << INS_STAGE_PREPARE;
  page_class->refresh = insui_filters_page_refresh;
  page_class->summary = insui_filters_page_summary;

  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  g_type_ensure (INSUI_TYPE_EMPTY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-filters-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, empty);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, lines_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, customers_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, revenue_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, revenue_caption);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, chart);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, table);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, services_section);
  gtk_widget_class_bind_template_child (widget_class, InsUiFiltersPage, services);
  gtk_widget_class_bind_template_callback (widget_class, on_measure);
}

static void
insui_filters_page_init (InsUiFiltersPage *self)
{
  self->measure = "lines";
  gtk_widget_init_template (GTK_WIDGET (self));
  create_table (self);
}
