/* insui-silhouette-view.c: how well every customer sits in their group, for any k
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-silhouette-view.h"

#include "ui/insui-format.h"
#include "ui/insui-link.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _InsUiSilhouetteView
{
  AdwBin parent_instance;

  /* template */
  GtkLabel *explanation;
  GtkDropDown *k_list;
  InsUiChartView *chart;

  InsUiSession *session; /* owned */
  InsSweep *sweep;       /* owned (nullable) */
  GArray *ks;            /* owned: gsize; 0 = the clustering shown */
  gsize k;
};

G_DEFINE_FINAL_TYPE (InsUiSilhouetteView, insui_silhouette_view, ADW_TYPE_BIN)

static void
show_chart (InsUiSilhouetteView *self)
{
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  if (!insui_link_show_figure (self->chart, self->session, "silhouette", NULL, self->k)
      && self->k != 0)
    insui_link_show_figure (self->chart, self->session, "silhouette", NULL, 0);
  if (clustering == NULL)
    return;
  gsize below = 0;
  for (gsize i = 0; i < clustering->n; i++)
    below += clustering->silhouettes[i] < 0;
  g_autofree char *count = insui_format_count (below);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s customer is nearer to another group than to their own",
                "%s customers are nearer to another group than to their own", below),
      count);
  gtk_label_set_text (self->explanation, text);
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), self->k == 0);
}

static void
on_k_selected (InsUiSilhouetteView *self)
{
  guint position = gtk_drop_down_get_selected (self->k_list);
  if (self->ks == NULL || position >= self->ks->len)
    return;
  gsize k = g_array_index (self->ks, gsize, position);
  if (k == self->k)
    return;
  self->k = k;
  show_chart (self);
}

static void
add_k (InsUiSilhouetteView *self, GtkStringList *titles, gsize k, const char *title)
{
  gtk_string_list_append (titles, title);
  g_array_append_val (self->ks, k);
}

/* The clustering shown, then every other k of the sweep. */
static void
fill_list (InsUiSilhouetteView *self, const InsResults *results)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_clear_pointer (&self->ks, g_array_unref);
  gtk_drop_down_set_model (self->k_list, NULL);
  self->ks = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize now = results->clustering->k;
  g_autofree char *shown =
      g_strdup_printf (ngettext ("%zu group, in use", "%zu groups, in use", now), now);
  add_k (self, titles, 0, shown);
  for (gsize i = 0; self->sweep != NULL && i < self->sweep->n_rows; i++)
    {
      const InsSweepRow *row = &self->sweep->rows[i];
      if (!g_str_equal (row->model, results->clustering->model) || row->k == now)
        continue;
      g_autofree char *title =
          g_strdup_printf (ngettext ("%zu group", "%zu groups", row->k), row->k);
      add_k (self, titles, row->k, title);
    }
  self->k = 0;
  gtk_drop_down_set_model (self->k_list, G_LIST_MODEL (titles));
}

void
insui_silhouette_view_refresh (InsUiSilhouetteView *self)
{
  g_return_if_fail (INSUI_IS_SILHOUETTE_VIEW (self));
  const InsResults *results = insui_session_get_results (self->session);
  if (results->clustering == NULL)
    return;
  ins_clear_artifact (&self->sweep);
  if (results->sweep != NULL)
    self->sweep = ins_artifact_ref (results->sweep);
  fill_list (self, results);
  show_chart (self);
}

static void
insui_silhouette_view_dispose (GObject *object)
{
  InsUiSilhouetteView *self = INSUI_SILHOUETTE_VIEW (object);
  ins_clear_artifact (&self->sweep);
  g_clear_pointer (&self->ks, g_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (insui_silhouette_view_parent_class)->dispose (object);
}

static void
insui_silhouette_view_class_init (InsUiSilhouetteViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = insui_silhouette_view_dispose;
  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-silhouette-view.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiSilhouetteView, explanation);
  gtk_widget_class_bind_template_child (widget_class, InsUiSilhouetteView, k_list);
  gtk_widget_class_bind_template_child (widget_class, InsUiSilhouetteView, chart);
  gtk_widget_class_bind_template_callback (widget_class, on_k_selected);
}

static void
insui_silhouette_view_init (InsUiSilhouetteView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
insui_silhouette_view_new (InsUiSession *session)
{
  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  InsUiSilhouetteView *self = g_object_new (INSUI_TYPE_SILHOUETTE_VIEW, NULL);
  self->session = g_object_ref (session);
  insui_link_chart (self->chart, session);
  insui_chart_view_set_file_name (self->chart, "silhouette");
  return GTK_WIDGET (self);
}
