/* insui-dendrogram-view.c: the tree of merges with a cut line to drag
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-dendrogram-view.h"

#include "ui/insui-empty.h"
#include "ui/insui-link.h"

#include <glib/gi18n-lib.h>

#define TRUNCATED 30 /* leaves of the short tree */
#define MAX_CLUSTERS 25
#define SETTLE_TIME 500 /* ms after the last key */

struct _InsUiDendrogramView
{
  AdwBin parent_instance;

  /* template */
  GtkStack *stack;
  InsUiEmpty *empty;
  GtkLabel *cut_label;
  GtkDropDown *leaves;
  GtkDropDown *heights;
  InsUiChartView *chart;

  InsUiSession *session; /* owned */
  gsize asked;           /* clusters chosen by key, not computed yet; 0 = none */
  guint settle;
};

G_DEFINE_FINAL_TYPE (InsUiDendrogramView, insui_dendrogram_view, ADW_TYPE_BIN)

static char *
describe_cut (gsize k)
{
  return g_strdup_printf (ngettext ("Cut into %zu group", "Cut into %zu groups", k), k);
}

static void
show_count (InsUiDendrogramView *self, gsize k)
{
  g_autofree char *cut = describe_cut (k);
  g_autofree char *text =
      g_strdup_printf (_ ("%s; drag the line, or press Shift with ↑ or ↓, to change it"), cut);
  gtk_label_set_text (self->cut_label, text);
}

/* Where the line stands while keys move it. */
static void
show_asked (InsUiDendrogramView *self)
{
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  g_autofree char *cut = describe_cut (self->asked);
  insui_chart_view_set_cut (self->chart, ins_linkage_cut_height (clustering->tree, self->asked),
                            cut);
  show_count (self, self->asked);
}

static void
show_chart (InsUiDendrogramView *self)
{
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  if (clustering == NULL || clustering->tree == NULL)
    return;
  gsize truncate = gtk_drop_down_get_selected (self->leaves) == 0 ? TRUNCATED : 0;
  g_autoptr (InsChart) chart =
      insui_session_create_figure (self->session, "dendrogram", NULL, 0, truncate,
                                   (int)gtk_drop_down_get_selected (self->heights), NULL);
  insui_chart_view_set_chart (self->chart, chart);
  insui_link_refresh (self->chart, self->session);
  if (self->asked > 0)
    show_asked (self);
  else
    show_count (self, clustering->k);
}

static void
on_option_changed (InsUiDendrogramView *self)
{
  if (self->session != NULL)
    show_chart (self);
}

static void
forget_keys (InsUiDendrogramView *self)
{
  g_clear_handle_id (&self->settle, g_source_remove);
  self->asked = 0;
}

static void
use_count (InsUiDendrogramView *self, gsize k)
{
  g_autofree char *text = g_strdup_printf ("%zu", k);
  insui_session_set_param (self->session, INS_STAGE_CLUSTER, "clusters", text);
  insui_session_run (self->session, 0);
}

static gboolean
on_settled (gpointer data)
{
  InsUiDendrogramView *self = data;
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  gsize k = self->asked;
  self->settle = 0;
  forget_keys (self);
  if (clustering != NULL && clustering->tree != NULL && k != clustering->k)
    use_count (self, k);
  return G_SOURCE_REMOVE;
}

/* By key: @by more clusters; computed once no key has come for a while. */
static void
on_cut_moved (InsUiDendrogramView *self, int by)
{
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  if (clustering == NULL || clustering->tree == NULL)
    return;
  gint64 most = (gint64)MIN (MAX_CLUSTERS, clustering->tree->n);
  gint64 k = (gint64)(self->asked > 0 ? self->asked : clustering->k) + by;
  self->asked = (gsize)CLAMP (k, MIN (2, most), most);
  show_asked (self);
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (SETTLE_TIME, on_settled, self);
}

static void
on_cut_dragged (InsUiDendrogramView *self, double height, gboolean done)
{
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  if (clustering == NULL || clustering->tree == NULL)
    return;
  forget_keys (self);
  gsize k = CLAMP (ins_linkage_clusters_at (clustering->tree, height), 2, MAX_CLUSTERS);
  show_count (self, k);
  if (done && k != clustering->k)
    use_count (self, k);
}

/* Groups of a hierarchical model that were found in other data: the tree is of those. */
static gboolean
is_kept (InsUiDendrogramView *self)
{
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  return clustering != NULL && clustering->fitted_key != NULL
         && g_str_equal (clustering->model, "hierarchical");
}

static void
say_why (InsUiDendrogramView *self)
{
  if (is_kept (self))
    insui_empty_set (self->empty, "insui-cluster-symbolic", _ ("These Groups Were Kept"),
                     _ ("They were found in other data; a tree of these customers takes groups "
                        "found in these data."),
                     _ ("_Fit Anew"));
  else
    insui_empty_set (self->empty, "insui-cluster-symbolic", _ ("This Model Makes No Tree"),
                     _ ("Hierarchical clustering merges customers step by step; its tree shows "
                        "every number of groups at once."),
                     _ ("_Use Hierarchical"));
}

static void
on_make_tree (InsUiDendrogramView *self)
{
  if (is_kept (self))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.refit", NULL);
      return;
    }
  insui_session_use_step (self->session, "hierarchical");
  insui_session_run (self->session, 0);
}

void
insui_dendrogram_view_refresh (InsUiDendrogramView *self)
{
  g_return_if_fail (INSUI_IS_DENDROGRAM_VIEW (self));
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  gboolean tree = clustering != NULL && clustering->tree != NULL;
  gtk_stack_set_visible_child_name (self->stack, tree ? "content" : "empty");
  if (tree)
    {
      show_chart (self);
      return;
    }
  forget_keys (self);
  say_why (self);
}

static void
insui_dendrogram_view_dispose (GObject *object)
{
  InsUiDendrogramView *self = INSUI_DENDROGRAM_VIEW (object);
  forget_keys (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (insui_dendrogram_view_parent_class)->dispose (object);
}

static void
insui_dendrogram_view_class_init (InsUiDendrogramViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = insui_dendrogram_view_dispose;
  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  g_type_ensure (INSUI_TYPE_EMPTY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-dendrogram-view.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiDendrogramView, stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiDendrogramView, empty);
  gtk_widget_class_bind_template_child (widget_class, InsUiDendrogramView, cut_label);
  gtk_widget_class_bind_template_child (widget_class, InsUiDendrogramView, leaves);
  gtk_widget_class_bind_template_child (widget_class, InsUiDendrogramView, heights);
  gtk_widget_class_bind_template_child (widget_class, InsUiDendrogramView, chart);
  gtk_widget_class_bind_template_callback (widget_class, on_option_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cut_dragged);
  gtk_widget_class_bind_template_callback (widget_class, on_cut_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_make_tree);
}

static void
insui_dendrogram_view_init (InsUiDendrogramView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
insui_dendrogram_view_new (InsUiSession *session)
{
  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  InsUiDendrogramView *self = g_object_new (INSUI_TYPE_DENDROGRAM_VIEW, NULL);
  self->session = g_object_ref (session);
  insui_link_chart (self->chart, session);
  insui_chart_view_set_file_name (self->chart, "dendrogram");
  return GTK_WIDGET (self);
}
