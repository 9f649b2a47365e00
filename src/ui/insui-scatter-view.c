/* insui-scatter-view.c: the cluster page's first view: the picture, silhouettes, the selection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-scatter-view.h"

#include "base/ins-stats.h"
#include "ui/insui-adaptive.h"
#include "ui/insui-customer-table.h"
#include "ui/insui-link.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _InsUiScatterView
{
  AdwBin parent_instance;

  /* template */
  InsUiChartView *scatter;
  InsUiChartView *silhouette;
  InsUiChartView *profile;
  GtkStack *table_stack;

  InsUiCustomerTable *table; /* child */
  InsUiSession *session;     /* owned */
};

G_DEFINE_FINAL_TYPE (InsUiScatterView, insui_scatter_view, ADW_TYPE_BIN)

/* Mean of a feature over the customers chosen (@selection NULL: all). */
static double
get_mean (const InsFeatures *features, gsize feature, const guint8 *selection)
{
  const double *values = ins_matrix_col (features->values, feature);
  InsSum sum = { 0 };
  gsize count = 0;
  for (gsize i = 0; i < features->n; i++)
    if ((selection == NULL || selection[i]) && !isnan (values[i]))
      {
        ins_sum_add (&sum, values[i]);
        count++;
      }
  return count > 0 ? ins_sum_get (&sum) / (double)count : NAN;
}

/* The selection's means against everybody's, for the features compared. */
static InsChart *
make_profile (const InsResults *results, const guint8 *selection, gsize n_selected)
{
  const InsFeatures *features = results->features;
  const InsScaled *scaled = results->scaled;
  g_autofree InsBar *bars = g_new0 (InsBar, MAX (scaled->d, 1));
  gsize n = 0;
  for (gsize j = 0; j < scaled->d; j++)
    {
      double base = get_mean (features, scaled->columns[j], NULL);
      double mean = get_mean (features, scaled->columns[j], selection);
      if (!(base != 0) || isnan (mean))
        continue;
      bars[n].label = features->infos[scaled->columns[j]].title;
      bars[n++].value = mean / base;
    }
  if (n == 0)
    return NULL;
  InsChart *chart = ins_bar_chart_new (bars, n, _ ("Times the average customer"), "ratio");
  g_autofree char *subtitle =
      g_strdup_printf (ngettext ("%zu customer against the average",
                                 "%zu customers against the average", n_selected),
                       n_selected);
  ins_chart_set_titles (chart, _ ("The selection"), subtitle);
  return chart;
}

static void
update_selection (InsUiScatterView *self)
{
  const InsResults *results = insui_session_get_results (self->session);
  gsize n = 0;
  const guint8 *selection = insui_session_get_selection (self->session, &n);
  gsize n_selected = insui_session_get_n_selected (self->session);
  gboolean any = n_selected > 0 && selection != NULL && results->scaled != NULL
                 && results->features != NULL && n == results->features->n;
  g_autoptr (InsChart) chart = any ? make_profile (results, selection, n_selected) : NULL;
  insui_chart_view_set_chart (self->profile, chart);
  gtk_widget_set_visible (GTK_WIDGET (self->profile), chart != NULL);
  gtk_stack_set_visible_child_name (self->table_stack, any ? "table" : "hint");
}

static void
on_selection_changed (InsUiScatterView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_selection (self);
}

void
insui_scatter_view_refresh (InsUiScatterView *self)
{
  g_return_if_fail (INSUI_IS_SCATTER_VIEW (self));
  insui_link_show_figure (self->scatter, self->session, "scatter", NULL, 0);
  insui_link_show_figure (self->silhouette, self->session, "silhouette", NULL, 0);
  insui_customer_table_reload (self->table);
  update_selection (self);
}

static void
insui_scatter_view_map (GtkWidget *widget)
{
  update_selection (INSUI_SCATTER_VIEW (widget));
  GTK_WIDGET_CLASS (insui_scatter_view_parent_class)->map (widget);
}

static void
insui_scatter_view_dispose (GObject *object)
{
  InsUiScatterView *self = INSUI_SCATTER_VIEW (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (insui_scatter_view_parent_class)->dispose (object);
}

static void
insui_scatter_view_class_init (InsUiScatterViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = insui_scatter_view_dispose;
  widget_class->map = insui_scatter_view_map;
  g_type_ensure (INSUI_TYPE_ADAPTIVE);
  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-scatter-view.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiScatterView, scatter);
  gtk_widget_class_bind_template_child (widget_class, InsUiScatterView, silhouette);
  gtk_widget_class_bind_template_child (widget_class, InsUiScatterView, profile);
  gtk_widget_class_bind_template_child (widget_class, InsUiScatterView, table_stack);
}

static void
insui_scatter_view_init (InsUiScatterView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
insui_scatter_view_new (InsUiSession *session)
{
  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  InsUiScatterView *self = g_object_new (INSUI_TYPE_SCATTER_VIEW, NULL);
  self->session = g_object_ref (session);
  self->table = INSUI_CUSTOMER_TABLE (insui_customer_table_new (session, TRUE));
  gtk_stack_add_named (self->table_stack, GTK_WIDGET (self->table), "table");
  insui_link_chart (self->scatter, session);
  insui_link_chart (self->silhouette, session);
  insui_chart_view_set_file_name (self->scatter, "scatter");
  insui_chart_view_set_file_name (self->silhouette, "silhouette");
  insui_chart_view_set_file_name (self->profile, "selection");
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
