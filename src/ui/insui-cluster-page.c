/* insui-cluster-page.c: which groups there are: scatter, choice of k, silhouettes, dendrogram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-page.h"

#include "ui/insui-choose-k-view.h"
#include "ui/insui-dendrogram-view.h"
#include "ui/insui-empty.h"
#include "ui/insui-format.h"
#include "ui/insui-scatter-view.h"
#include "ui/insui-sentences.h"
#include "ui/insui-silhouette-view.h"

#include <glib/gi18n-lib.h>

#define INSUI_TYPE_CLUSTER_PAGE (insui_cluster_page_get_type ())
#define INSUI_CLUSTER_PAGE(object)                                                                 \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), INSUI_TYPE_CLUSTER_PAGE, InsUiClusterPage))

#define NEEDS                                                                                      \
  (1u << INS_STAGE_FEATURES | 1u << INS_STAGE_PREPARE | 1u << INS_STAGE_EMBED                      \
   | 1u << INS_STAGE_CLUSTER)

typedef struct
{
  InsUiPageClass parent_class;
} InsUiClusterPageClass;

typedef struct
{
  InsUiPage parent_instance;

  /* template */
  GtkStack *stack;
  InsUiEmpty *empty;
  GtkLabel *sentence;
  GtkLabel *reason; /* how the number of groups was chosen, or where they come from */
  GtkWidget *refit; /* button */
  GtkStack *views;

  /* children */
  GtkWidget *scatter;
  GtkWidget *choose_k;
  GtkWidget *silhouette;
  GtkWidget *dendrogram;

  GtkWidget *fresh; /* the only view that is up to date; NULL = none; borrowed */
} InsUiClusterPage;

G_DEFINE_FINAL_TYPE (InsUiClusterPage, insui_cluster_page, INSUI_TYPE_PAGE)

static void
refresh_view (InsUiClusterPage *self)
{
  GtkWidget *view = gtk_stack_get_visible_child (self->views);
  if (view == NULL || view == self->fresh
      || insui_session_get_results (insui_page_get_session (INSUI_PAGE (self)))->clustering == NULL)
    return;
  if (view == self->scatter)
    insui_scatter_view_refresh (INSUI_SCATTER_VIEW (view));
  else if (view == self->choose_k)
    insui_choose_k_view_refresh (INSUI_CHOOSE_K_VIEW (view));
  else if (view == self->silhouette)
    insui_silhouette_view_refresh (INSUI_SILHOUETTE_VIEW (view));
  else
    insui_dendrogram_view_refresh (INSUI_DENDROGRAM_VIEW (view));
  self->fresh = view;
}

static void
on_view_changed (InsUiClusterPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh_view (self);
}

static void
insui_cluster_page_refresh (InsUiPage *page)
{
  InsUiClusterPage *self = INSUI_CLUSTER_PAGE (page);
  InsUiSession *session = insui_page_get_session (page);
  const InsResults *results = insui_session_get_results (session);
  gsize k = 0;
  const InsIdentity *identities = insui_session_get_identities (session, &k);
  self->fresh = NULL;
  if (insui_empty_update (self->empty, session, NEEDS, 0))
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "content");
  g_autofree char *sentence = insui_sentence_cluster (results, identities, k);
  gtk_label_set_text (self->sentence, sentence);
  g_autofree char *reason = insui_sentence_reason (results->clustering);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
  gtk_widget_set_visible (self->refit, results->clustering->fitted_key != NULL);
  refresh_view (self);
}

static char *
insui_cluster_page_summary (InsUiPage *page)
{
  const InsClustering *clustering =
      insui_session_get_results (insui_page_get_session (page))->clustering;
  if (clustering == NULL)
    return NULL;
  g_autofree char *silhouette = insui_format_number (clustering->metrics.silhouette, 2);
  /* Translators: number of groups and silhouette */
  return g_strdup_printf (ngettext ("%zu group · %s", "%zu groups · %s", clustering->k),
                          clustering->k, silhouette);
}

static void
insui_cluster_page_constructed (GObject *object)
{
  InsUiClusterPage *self = INSUI_CLUSTER_PAGE (object);
  G_OBJECT_CLASS (insui_cluster_page_parent_class)->constructed (object);
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  self->scatter = insui_scatter_view_new (session);
  self->choose_k = insui_choose_k_view_new (session);
  self->silhouette = insui_silhouette_view_new (session);
  self->dendrogram = insui_dendrogram_view_new (session);
  gtk_stack_add_titled (self->views, self->scatter, "scatter", _ ("Scatter"));
  gtk_stack_add_titled (self->views, self->choose_k, "choose-k", _ ("Choose k"));
  gtk_stack_add_titled (self->views, self->silhouette, "silhouette", _ ("Silhouette"));
  gtk_stack_add_titled (self->views, self->dendrogram, "dendrogram", _ ("Dendrogram"));
}

static void
insui_cluster_page_class_init (InsUiClusterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  InsUiPageClass *page_class = INSUI_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = insui_cluster_page_constructed;
  page_class->stage = INS_STAGE_CLUSTER;
  page_class->watch = NEEDS | 1u << INS_STAGE_SWEEP | 1u << INS_STAGE_PROFILE;
  page_class->id = "cluster";
  page_class->title = N_ ("Cluster");
  page_class->icon_name = "insui-cluster-symbolic";
  page_class->refresh = insui_cluster_page_refresh;
  page_class->summary = insui_cluster_page_summary;

  g_type_ensure (INSUI_TYPE_EMPTY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-cluster-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterPage, empty);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterPage, reason);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterPage, refit);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterPage, views);
  gtk_widget_class_bind_template_callback (widget_class, on_view_changed);
}

static void
insui_cluster_page_init (InsUiClusterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
