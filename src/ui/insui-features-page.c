/* insui-features-page.c: every customer with every feature, and what the features mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-page.h"

#include "ui/insui-adaptive.h"
#include "ui/insui-customer-table.h"
#include "ui/insui-empty.h"
#include "ui/insui-format.h"
#include "ui/insui-link.h"
#include "ui/insui-sentences.h"
#include "ui/insui-table-bin.h"
#include "ui/insui-table.h"

#include <glib/gi18n-lib.h>

#define INSUI_TYPE_FEATURES_PAGE (insui_features_page_get_type ())
#define INSUI_FEATURES_PAGE(object)                                                                \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), INSUI_TYPE_FEATURES_PAGE, InsUiFeaturesPage))

typedef struct
{
  InsUiPageClass parent_class;
} InsUiFeaturesPageClass;

typedef struct
{
  InsUiPage parent_instance;

  /* template */
  GtkStack *stack;
  InsUiEmpty *empty;
  GtkLabel *sentence;
  GtkStack *views;
  GtkSearchEntry *search;
  GtkDropDown *feature;
  GtkToggleButton *all;
  InsUiChartView *histogram;
  GtkStack *table_stack;
  InsUiEmpty *no_match;
  InsUiTableBin *dictionary_bin;

  InsUiCustomerTable *table; /* child */
  InsUiRows *dictionary;     /* owned */
  InsFeatures *shown;        /* owned: what the histogram and the list of features are of */
  int chosen;                /* feature of the histogram */
} InsUiFeaturesPage;

G_DEFINE_FINAL_TYPE (InsUiFeaturesPage, insui_features_page, INSUI_TYPE_PAGE)

/* --- histogram --- */

static void
show_histogram (InsUiFeaturesPage *self)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  const InsFeatures *features = insui_session_get_results (session)->features;
  if (features == NULL || self->chosen < 0 || self->chosen >= (int)features->n_features)
    return;
  const char *name = features->infos[self->chosen].name;
  g_autoptr (InsChart) chart =
      insui_session_create_figure (session, "histogram", name, 0, 0, INS_HEIGHT_LINEAR, NULL);
  g_autofree char *file = g_strdup_printf ("histogram-%s", name);
  insui_chart_view_set_chart (self->histogram, chart);
  insui_chart_view_set_file_name (self->histogram, file);
}

/* Number features only: position in the list ↔ feature. */
static int
nth_number_feature (const InsFeatures *features, guint position)
{
  for (gsize j = 0; j < features->n_features; j++)
    if (features->words[j] == NULL && position-- == 0)
      return (int)j;
  return -1;
}

static guint
position_of (const InsFeatures *features, int feature)
{
  guint position = 0;
  for (int j = 0; j < feature; j++)
    position += features->words[j] == NULL;
  return position;
}

static void
on_feature_selected (InsUiFeaturesPage *self)
{
  if (self->shown == NULL)
    return;
  int feature = nth_number_feature (self->shown, gtk_drop_down_get_selected (self->feature));
  if (feature < 0 || feature == self->chosen)
    return;
  self->chosen = feature;
  show_histogram (self);
}

static void
on_sorted (InsUiFeaturesPage *self, int column, gboolean descending)
{
  if (self->shown == NULL || column < 0 || column >= (int)self->shown->n_features
      || self->shown->words[column] != NULL)
    return;
  gtk_drop_down_set_selected (self->feature, position_of (self->shown, column));
}

static void
fill_feature_list (InsUiFeaturesPage *self, const InsFeatures *features)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *old = self->shown != NULL && self->chosen >= 0
                             ? g_strdup (self->shown->infos[self->chosen].name)
                             : NULL;
  for (gsize j = 0; j < features->n_features; j++)
    if (features->words[j] == NULL)
      gtk_string_list_append (titles, features->infos[j].title);
  ins_clear_artifact (&self->shown);
  gtk_drop_down_set_model (self->feature, G_LIST_MODEL (titles));
  self->shown = ins_artifact_ref ((gpointer)features);
  int chosen = old != NULL ? ins_features_find (features, old) : -1;
  if (chosen < 0)
    chosen =
        features->value_feature >= 0 ? features->value_feature : nth_number_feature (features, 0);
  self->chosen = chosen;
  if (chosen >= 0)
    gtk_drop_down_set_selected (self->feature, position_of (features, chosen));
}

/* --- dictionary --- */

static const InsFeatureInfo *
get_info (InsUiFeaturesPage *self, guint row)
{
  return self->shown != NULL && row < self->shown->n_features ? &self->shown->infos[row] : NULL;
}

static GtkWidget *
make_definition (gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *text = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (text), 24);
  gtk_widget_add_css_class (text, "dim-label");
  gtk_widget_add_css_class (text, "caption");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static void
fill_definition (GtkWidget *cell, guint row, gpointer data)
{
  const InsFeatureInfo *info = get_info (data, row);
  GtkWidget *title = gtk_widget_get_first_child (cell);
  gtk_label_set_text (GTK_LABEL (title), info != NULL ? info->title : "");
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (title)),
                      info != NULL && info->definition != NULL ? info->definition : "");
}

static char *
get_unit_text (guint row, gpointer data)
{
  InsUiFeaturesPage *self = data;
  const InsFeatureInfo *info = get_info (self, row);
  if (info == NULL || info->unit == NULL)
    return NULL;
  if (!g_str_equal (info->unit, "money"))
    return g_strdup (info->unit);
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  const char *currency = ins_project_get_currency (insui_session_get_project (session));
  return g_strdup (currency != NULL && *currency != '\0' ? currency : _ ("money"));
}

static char *
get_direction_text (guint row, gpointer data)
{
  const InsFeatureInfo *info = get_info (data, row);
  if (info == NULL || info->direction == 0)
    return g_strdup (INSUI_MISSING);
  return g_strdup (info->direction > 0 ? _ ("More") : _ ("Less"));
}

static char *
get_name_text (guint row, gpointer data)
{
  const InsFeatureInfo *info = get_info (data, row);
  return info != NULL ? g_strdup (info->name) : NULL;
}

static char *
get_notebook_text (guint row, gpointer data)
{
  const InsFeatureInfo *info = get_info (data, row);
  return g_strdup (info != NULL && info->notebook_name != NULL ? info->notebook_name
                                                               : INSUI_MISSING);
}

static void
build_dictionary (InsUiFeaturesPage *self)
{
  self->dictionary = insui_rows_new ();
  GtkWidget *view = insui_table_new (self->dictionary, _ ("Feature dictionary"));
  GtkColumnView *columns = GTK_COLUMN_VIEW (view);
  GtkColumnViewColumn *definition =
      insui_table_add_cell (columns, _ ("Feature"), make_definition, fill_definition, self);
  gtk_column_view_column_set_expand (definition, TRUE);
  insui_table_keep_column (definition);
  insui_table_keep_column (
      insui_table_add_text (columns, _ ("Unit"), FALSE, get_unit_text, NULL, self));
  insui_table_keep_column (
      insui_table_add_text (columns, _ ("Better"), FALSE, get_direction_text, NULL, self));
  insui_table_add_text (columns, _ ("Name in Files"), FALSE, get_name_text, NULL, self);
  insui_table_add_text (columns, _ ("In the Notebook"), FALSE, get_notebook_text, NULL, self);
  insui_table_bin_set_view (self->dictionary_bin, columns, FALSE);
}

/* --- page --- */

static void
show_matches (InsUiFeaturesPage *self)
{
  InsUiCustomers *model = insui_customer_table_get_model (self->table);
  gboolean any = insui_customers_get_row (model, 0) != INSUI_NO_ROW;
  gtk_stack_set_visible_child_name (self->table_stack, any ? "table" : "empty");
}

static void
on_search_changed (InsUiFeaturesPage *self)
{
  insui_customers_set_search (insui_customer_table_get_model (self->table),
                              gtk_editable_get_text (GTK_EDITABLE (self->search)));
  show_matches (self);
}

static void
on_clear_search (InsUiFeaturesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
on_all_toggled (InsUiFeaturesPage *self)
{
  insui_customer_table_set_all (self->table, gtk_toggle_button_get_active (self->all));
}

static void
focus_search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InsUiFeaturesPage *self = INSUI_FEATURES_PAGE (widget);
  gtk_stack_set_visible_child_name (self->views, "customers");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
insui_features_page_refresh (InsUiPage *page)
{
  InsUiFeaturesPage *self = INSUI_FEATURES_PAGE (page);
  InsUiSession *session = insui_page_get_session (page);
  const InsResults *results = insui_session_get_results (session);
  const char *currency = ins_project_get_currency (insui_session_get_project (session));
  if (insui_empty_update (self->empty, session, 1u << INS_STAGE_FEATURES, 0))
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "content");
  g_autofree char *sentence = insui_sentence_features (results, currency);
  gtk_label_set_text (self->sentence, sentence != NULL ? sentence : "");
  insui_customer_table_reload (self->table);
  show_matches (self);
  if (self->shown != results->features)
    {
      fill_feature_list (self, results->features);
      insui_rows_reset (self->dictionary, results->features->n_features);
    }
  show_histogram (self);
}

static char *
insui_features_page_summary (InsUiPage *page)
{
  const InsResults *results = insui_session_get_results (insui_page_get_session (page));
  if (results->features == NULL)
    return NULL;
  g_autofree char *count = insui_format_count (results->features->n);
  return g_strdup_printf (ngettext ("%s customer", "%s customers", results->features->n), count);
}

static void
insui_features_page_constructed (GObject *object)
{
  InsUiFeaturesPage *self = INSUI_FEATURES_PAGE (object);
  G_OBJECT_CLASS (insui_features_page_parent_class)->constructed (object);
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  self->table = INSUI_CUSTOMER_TABLE (insui_customer_table_new (session, FALSE));
  g_signal_connect_swapped (self->table, "sorted", G_CALLBACK (on_sorted), self);
  gtk_stack_add_named (self->table_stack, GTK_WIDGET (self->table), "table");
  insui_empty_set (self->no_match, "edit-find-symbolic", _ ("No Customer Found"),
                   _ ("No customer number contains this text."), _ ("_Show All Customers"));
  build_dictionary (self);
}

static void
insui_features_page_dispose (GObject *object)
{
  InsUiFeaturesPage *self = INSUI_FEATURES_PAGE (object);
  ins_clear_artifact (&self->shown);
  g_clear_object (&self->dictionary);
  G_OBJECT_CLASS (insui_features_page_parent_class)->dispose (object);
}

static void
insui_features_page_class_init (InsUiFeaturesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  InsUiPageClass *page_class = INSUI_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = insui_features_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = insui_features_page_dispose;
  page_class->stage = INS_STAGE_FEATURES;
  page_class->watch = 1u << INS_STAGE_FEATURES | 1u << INS_STAGE_CLUSTER;
  page_class->id = "features";
  page_class->title = N_ ("Features");
  page_class->icon_name = "insui-features-symbolic";
  page_class->refresh = insui_features_page_refresh;
  page_class->summary = insui_features_page_summary;

  g_type_ensure (INSUI_TYPE_EMPTY);
  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  g_type_ensure (INSUI_TYPE_TABLE_BIN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-features-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, empty);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, views);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, search);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, feature);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, all);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, histogram);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, table_stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, no_match);
  gtk_widget_class_bind_template_child (widget_class, InsUiFeaturesPage, dictionary_bin);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_search);
  gtk_widget_class_bind_template_callback (widget_class, on_feature_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_all_toggled);
  gtk_widget_class_install_action (widget_class, "page.find", NULL, focus_search);
}

static void
insui_features_page_init (InsUiFeaturesPage *self)
{
  self->chosen = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}
