/* insui-data-page.c: what the file holds, and how it was understood
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-page.h"
#include "ui/insui-chart-view.h"
#include "ui/insui-data-parts.h"
#include "ui/insui-empty.h"
#include "ui/insui-format.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  InsUiPage parent_instance;

  InsUiDataTables tables;
  guint fill; /* tables that are to come */

  /* template */
  GtkStack *stack;
  InsUiEmpty *empty;
  GtkLabel *sentence;
  GtkLabel *source;
  GtkBox *questions;
  GtkWidget *content;
  GtkListBox *warnings;
  GtkLabel *figure_lines;
  GtkLabel *figure_quantity;
  GtkLabel *figure_amount;
  GtkLabel *figure_rejected;
  InsUiChartView *chart;
  AdwBin *preview;
  AdwBin *columns;
  GtkListBox *evidence;
  GtkWidget *rejected_section;
  GtkLabel *rejected_note;
  AdwBin *rejected;
} InsUiDataPage;

typedef struct
{
  InsUiPageClass parent_class;
} InsUiDataPageClass;

G_DEFINE_FINAL_TYPE (InsUiDataPage, insui_data_page, INSUI_TYPE_PAGE)

#define INSUI_DATA_PAGE(object)                                                                    \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), insui_data_page_get_type (), InsUiDataPage))

static const InsColumnInfo *
find_role (const InsImport *import, InsRole role)
{
  for (gsize i = 0; i < import->n_columns; i++)
    if (import->columns[i].role == (int)role)
      return &import->columns[i];
  return NULL;
}

/* --- first line --- */

static char *
month_text (gint32 days)
{
  int year;
  int month;
  int day;
  g_autoptr (GDateTime) date = NULL;

  ins_date_to_civil (days, &year, &month, &day);
  date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  return date ? g_date_time_format (date, C_ ("month and year", "%b %Y")) : g_strdup ("");
}

static char *
describe_period (const InsImport *import)
{
  const InsColumnInfo *date = find_role (import, INS_ROLE_DATE);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (!date || date->first == INS_DATE_MISSING)
    return NULL;
  first = month_text (date->first);
  last = month_text (date->last);
  if (g_str_equal (first, last))
    return g_steal_pointer (&first);
  return g_strdup_printf (C_ ("first month – last month", "%s – %s"), first, last);
}

static char *
describe_import (const InsImport *import)
{
  const InsColumnInfo *customer = find_role (import, INS_ROLE_CUSTOMER);
  g_autofree char *n = insui_format_count (import->n_rows);
  g_autofree char *lines = NULL;
  g_autofree char *customers = NULL;
  g_autofree char *n_customers = NULL;
  g_autofree char *period = describe_period (import);

  if (import->ready)
    return g_strdup_printf (
        ngettext ("%s customer of %s", "%s customers of %s", (gulong)import->n_rows), n,
        import->source_name);
  lines = g_strdup_printf (ngettext ("%s line of %s", "%s lines of %s", (gulong)import->n_rows), n,
                           import->source_name);
  if (!customer)
    return g_steal_pointer (&lines);
  n_customers = insui_format_count (customer->distinct);
  customers = g_strdup_printf (ngettext ("%s customer", "%s customers", (gulong)customer->distinct),
                               n_customers);
  if (!period)
    return g_strdup_printf (C_ ("lines: customers", "%s: %s"), lines, customers);
  return g_strdup_printf (C_ ("lines: customers, period", "%s: %s, %s"), lines, customers, period);
}

static char *
describe_source (const InsImport *import)
{
  g_autofree char *size = g_format_size (import->source_size);
  g_autofree char *sha =
      import->source_sha256 ? g_strndup (import->source_sha256, 12) : g_strdup ("");

  return g_strdup_printf (_ ("%s · SHA-256 %s…"), size, sha);
}

/* --- warnings --- */

static void
add_warning (InsUiDataPage *self, const char *title, const char *subtitle, const char *button,
             const char *page)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-warning-symbolic");
  if (button)
    {
      GtkWidget *go = gtk_button_new_with_label (button);

      gtk_widget_set_valign (go, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (go), "win.page");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (go), "s", page);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), go);
    }
  gtk_list_box_append (self->warnings, row);
}

static gboolean
are_anonymous_kept (InsUiDataPage *self)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  InsPipeline *pipeline = ins_project_get_pipeline (insui_session_get_project (session));
  InsStep *step = ins_pipeline_get_step (pipeline, INS_STAGE_FILTER);
  const InsParam *param = ins_step_class_find_param (INS_STEP_GET_CLASS (step), "anonymous");
  g_autofree char *text = param ? ins_step_get_text (step, param) : NULL;

  return g_strcmp0 (text, "per-invoice") == 0;
}

static void
warn_anonymous (InsUiDataPage *self, const InsImport *import)
{
  const InsColumnInfo *customer = find_role (import, INS_ROLE_CUSTOMER);
  g_autofree char *n = NULL;
  g_autofree char *share = NULL;
  g_autofree char *title = NULL;

  if (!customer || customer->missing == 0 || import->n_rows == 0)
    return;
  n = insui_format_count (customer->missing);
  share = insui_format_percent ((double)customer->missing / (double)import->n_rows);
  title = g_strdup_printf (ngettext ("%s line (%s) has no customer",
                                     "%s lines (%s) have no customer", (gulong)customer->missing),
                           n, share);
  add_warning (self, title,
               are_anonymous_kept (self)
                   ? _ ("Each of their invoices becomes a customer who does not exist.")
                   : _ ("They stay in the totals, never in the lists of customers."),
               _ ("Change…"), "filters");
}

static void
warn_rejected (InsUiDataPage *self, const InsImport *import)
{
  g_autofree char *n = NULL;
  g_autofree char *title = NULL;

  if (import->n_rejected == 0)
    return;
  n = insui_format_count (import->n_rejected);
  title = g_strdup_printf (ngettext ("%s line could not be read", "%s lines could not be read",
                                     (gulong)import->n_rejected),
                           n);
  add_warning (self, title,
               _ ("They are listed below with the reason; nothing is dropped silently."), NULL,
               NULL);
}

static void
warn_not_here (InsUiDataPage *self, const InsImport *import)
{
  if (import->source_path && !g_file_test (import->source_path, G_FILE_TEST_EXISTS))
    add_warning (self, _ ("The data file is not where it was"),
                 _ ("The results are kept; open the file again to compute from it."), NULL, NULL);
}

static void
show_warnings (InsUiDataPage *self, const InsImport *import)
{
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (self->warnings, 0)))
    gtk_list_box_remove (self->warnings, GTK_WIDGET (old));
  warn_anonymous (self, import);
  warn_rejected (self, import);
  warn_not_here (self, import);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings),
                          gtk_list_box_get_row_at_index (self->warnings, 0) != NULL);
}

/* --- figures, chart --- */

static void
show_figures (InsUiDataPage *self, const InsImport *import)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  const char *currency = ins_project_get_currency (insui_session_get_project (session));
  g_autofree char *lines = insui_format_count (import->n_rows);
  g_autofree char *rejected = insui_format_count (import->n_rejected);
  g_autofree char *quantity = insui_format_number (import->sum_quantity, 0);
  g_autofree char *amount = insui_format_money_exact (import->sum_amount, currency);

  gtk_label_set_text (self->figure_lines, lines);
  gtk_label_set_text (self->figure_rejected, rejected);
  gtk_label_set_text (self->figure_quantity, quantity);
  gtk_label_set_text (self->figure_amount, amount);
}

static void
show_chart (InsUiDataPage *self)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  g_autoptr (InsChart) chart =
      insui_session_create_figure (session, "months", NULL, 0, 0, INS_HEIGHT_LINEAR, NULL);

  insui_chart_view_set_chart (self->chart, chart);
  insui_chart_view_set_file_name (self->chart, "lines-per-month");
  gtk_widget_set_visible (GTK_WIDGET (self->chart), chart != NULL);
}

static void
show_rejected (InsUiDataPage *self, const InsImport *import)
{
  g_autofree char *n = insui_format_count (import->n_rejected);
  g_autofree char *kept = NULL;
  g_autofree char *note = NULL;

  gtk_widget_set_visible (self->rejected_section, import->n_rejected > 0);
  if (import->n_rejected == 0)
    return;
  if (import->rejected && import->rejected->len < import->n_rejected)
    {
      kept = insui_format_count (import->rejected->len);
      note = g_strdup_printf (_ ("%s in all; the first %s are listed"), n, kept);
    }
  else
    note = g_strdup_printf (ngettext ("%s line", "%s lines", (gulong)import->n_rejected), n);
  gtk_label_set_text (self->rejected_note, note);
}

/* --- the page --- */

static gboolean
on_fill (gpointer data)
{
  InsUiDataPage *self = data;
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  InsImport *import = insui_session_get_results (session)->import;

  self->fill = 0;
  if (import)
    {
      insui_data_tables_show (&self->tables, import);
      insui_data_fill_evidence (self->evidence, import->evidence);
      show_rejected (self, import);
    }
  return G_SOURCE_REMOVE;
}

static void
show_import (InsUiDataPage *self, InsImport *import)
{
  g_autofree char *sentence = describe_import (import);
  g_autofree char *source = describe_source (import);

  gtk_label_set_text (self->sentence, sentence);
  gtk_label_set_text (self->source, source);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->source), import->source_sha256);
  show_warnings (self, import);
  show_figures (self, import);
  show_chart (self);
  /* The tables are below and large: the next turn is soon enough. */
  if (self->fill == 0 && self->tables.import != import)
    self->fill = g_idle_add (on_fill, self);
}

static void
show_questions (InsUiDataPage *self, const InsSniff *sniff)
{
  gtk_label_set_text (self->sentence, _ ("The file does not say everything"));
  gtk_label_set_text (self->source,
                      _ ("Nothing is guessed that would change your numbers. Choose what is meant; "
                         "the choice is kept with the project."));
  insui_data_tables_show (&self->tables, NULL);
  insui_data_fill_questions (self->questions, insui_page_get_session (INSUI_PAGE (self)), sniff);
}

static void
insui_data_page_refresh (InsUiPage *page)
{
  InsUiDataPage *self = INSUI_DATA_PAGE (page);
  InsUiSession *session = insui_page_get_session (page);
  const InsSniff *sniff = insui_session_get_questions (session);
  InsImport *import = insui_session_get_results (session)->import;

  gtk_widget_set_visible (GTK_WIDGET (self->questions), sniff != NULL);
  gtk_widget_set_visible (self->content, !sniff);
  if (sniff)
    show_questions (self, sniff);
  else if (insui_empty_update (self->empty, session, 1u << INS_STAGE_DATA,
                               1u << INS_STAGE_DATA | 1u << INS_STAGE_FILTER
                                   | 1u << INS_STAGE_FEATURES))
    {
      insui_data_tables_show (&self->tables, NULL);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  else
    show_import (self, import);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static char *
insui_data_page_summary (InsUiPage *page)
{
  const InsImport *import = insui_session_get_results (insui_page_get_session (page))->import;
  g_autofree char *n = NULL;

  if (insui_session_get_questions (insui_page_get_session (page)))
    return g_strdup (_ ("A question is open"));
  if (!import)
    return NULL;
  n = insui_format_count (import->n_rows);
  return g_strdup_printf (ngettext ("%s line", "%s lines", (gulong)import->n_rows), n);
}

static void
insui_data_page_dispose (GObject *object)
{
  InsUiDataPage *self = INSUI_DATA_PAGE (object);

  g_clear_handle_id (&self->fill, g_source_remove);
  insui_data_tables_clear (&self->tables);
  G_OBJECT_CLASS (insui_data_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, empty);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, source);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, questions);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, content);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, warnings);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, figure_lines);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, figure_quantity);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, figure_amount);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, figure_rejected);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, chart);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, preview);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, columns);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, evidence);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, rejected_section);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, rejected_note);
  gtk_widget_class_bind_template_child (widget_class, InsUiDataPage, rejected);
}

static void
insui_data_page_class_init (InsUiDataPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  InsUiPageClass *page_class = (InsUiPageClass *)klass;

  G_OBJECT_CLASS (klass)->dispose = insui_data_page_dispose;
  page_class->id = "data";
  page_class->title = N_ ("Data");
  page_class->icon_name = "insui-data-symbolic";
  page_class->stage = INS_STAGE_DATA;
  page_class->watch = 1u << INS_STAGE_DATA | 1u << INS_STAGE_FILTER;
  page_class->refresh = insui_data_page_refresh;
  page_class->summary = insui_data_page_summary;

  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  g_type_ensure (INSUI_TYPE_EMPTY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-data-page.ui");
  bind_children (widget_class);
}

static void
insui_data_page_init (InsUiDataPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  insui_data_tables_init (&self->tables, self->preview, self->columns, self->rejected);
}
