/* insui-embed-page.c: the customers as points in a plane, and how far that plane can be trusted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-page.h"

#include "ui/insui-adaptive.h"
#include "ui/insui-cell-bar.h"
#include "ui/insui-empty.h"
#include "ui/insui-format.h"
#include "ui/insui-link.h"
#include "ui/insui-sentences.h"
#include "ui/insui-table-bin.h"
#include "ui/insui-table.h"

#include <glib/gi18n-lib.h>

#define INSUI_TYPE_EMBED_PAGE (insui_embed_page_get_type ())
#define INSUI_EMBED_PAGE(object)                                                                   \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), INSUI_TYPE_EMBED_PAGE, InsUiEmbedPage))

#define MAX_COMPONENTS 4 /* columns of loadings */

typedef struct _InsUiEmbedPage InsUiEmbedPage;

typedef struct
{
  InsUiPageClass parent_class;
} InsUiEmbedPageClass;

/* A column of the table of loadings. */
typedef struct
{
  InsUiEmbedPage *page;
  gsize component;
} Component;

struct _InsUiEmbedPage
{
  InsUiPage parent_instance;

  /* template */
  GtkStack *stack;
  InsUiEmpty *empty;
  GtkLabel *sentence;
  InsUiChartView *scatter;
  GtkLabel *caption;
  GtkWidget *details;
  InsUiChartView *scree;
  InsUiTableBin *table_bin;

  GtkColumnView *view;     /* child */
  InsUiRows *rows;         /* owned */
  InsEmbedding *embedding; /* owned: what the table shows */
  InsScaled *scaled;       /* owned */
  InsFeatures *features;   /* owned */
  Component components[MAX_COMPONENTS];
};

G_DEFINE_FINAL_TYPE (InsUiEmbedPage, insui_embed_page, INSUI_TYPE_PAGE)

/* --- loadings --- */

static char *
get_title_text (guint row, gpointer data)
{
  InsUiEmbedPage *self = data;
  return g_strdup (self->features->infos[self->scaled->columns[row]].title);
}

static GtkWidget *
make_loading (gpointer data)
{
  return insui_cell_bar_new ();
}

static void
fill_loading (GtkWidget *cell, guint row, gpointer data)
{
  Component *component = data;
  double value = ins_matrix_get (component->page->embedding->loadings, row, component->component);
  g_autofree char *text = insui_format_number (value, 2);
  insui_cell_bar_set (INSUI_CELL_BAR (cell), text, value, TRUE, INSUI_NEUTRAL);
}

static void
fill_columns (InsUiEmbedPage *self)
{
  insui_table_clear_columns (self->view);
  GtkColumnViewColumn *first =
      insui_table_add_text (self->view, _ ("Feature"), FALSE, get_title_text, NULL, self);
  gtk_column_view_column_set_expand (first, TRUE);
  insui_table_keep_column (first);
  for (gsize c = 0; c < MIN (self->embedding->loadings->cols, MAX_COMPONENTS); c++)
    {
      g_autofree char *share = self->embedding->ratio != NULL
                                   ? insui_format_percent (self->embedding->ratio[c])
                                   : g_strdup ("");
      /* Translators: first, second … principal component and its share of the variance */
      g_autofree char *title = g_strdup_printf (_ ("PC %zu · %s"), c + 1, share);
      self->components[c] = (Component){ self, c };
      GtkColumnViewColumn *column = insui_table_add_cell (self->view, title, make_loading,
                                                          fill_loading, &self->components[c]);
      insui_table_align_header (self->view, column);
      if (c < 2)
        insui_table_keep_column (column);
    }
}

static void
build_table (InsUiEmbedPage *self)
{
  self->rows = insui_rows_new ();
  self->view = GTK_COLUMN_VIEW (insui_table_new (self->rows, _ ("What the axes are made of")));
  insui_table_bin_set_view (self->table_bin, self->view, FALSE);
}

static void
forget (InsUiEmbedPage *self)
{
  ins_clear_artifact (&self->embedding);
  ins_clear_artifact (&self->scaled);
  ins_clear_artifact (&self->features);
}

static void
take_results (InsUiEmbedPage *self, const InsResults *results)
{
  insui_rows_reset (self->rows, 0);
  forget (self);
  self->embedding = ins_artifact_ref (results->embedding);
  self->scaled = ins_artifact_ref (results->scaled);
  self->features = ins_artifact_ref (results->features);
  gboolean loadings =
      self->embedding->loadings != NULL && self->embedding->loadings->rows == self->scaled->d;
  gtk_widget_set_visible (self->details, loadings);
  if (!loadings)
    return;
  fill_columns (self);
  insui_table_bin_update (self->table_bin);
  insui_rows_reset (self->rows, (guint)self->scaled->d);
}

/* --- charts --- */

static gboolean
is_clustered_in_picture (InsUiEmbedPage *self, const InsResults *results)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  InsPipeline *pipeline = ins_project_get_pipeline (insui_session_get_project (session));
  InsStep *step = ins_pipeline_get_step (pipeline, INS_STAGE_CLUSTER);
  const InsParam *param = ins_step_class_find_param (INS_STEP_GET_CLASS (step), "space");
  g_autofree char *space = param != NULL ? ins_step_get_text (step, param) : NULL;
  if (results->clustering != NULL)
    return results->clustering->space_is_picture;
  return g_strcmp0 (space, "picture") == 0;
}

/* How far the picture can be trusted, and whether the groups depend on it. */
static char *
describe_trust (InsUiEmbedPage *self, const InsResults *results)
{
  gboolean flat = results->embedding->axes_mean_something;
  const char *trust = flat ? _ ("Customers who are close here may still differ in what the plane "
                                "leaves out.")
                           : _ ("Only who is near whom counts: axes, sizes of clouds and gaps "
                                "between them have no meaning.");
  if (is_clustered_in_picture (self, results))
    return g_strconcat (
        trust, " ",
        _ ("Groups are found in this picture, which may make them look better than they are."),
        NULL);
  return flat ? g_strconcat (trust, " ", _ ("Groups are found with all the features."), NULL)
              : g_strdup (trust);
}

/* Before there are groups: one cloud. */
static InsChart *
make_plain_scatter (const InsResults *results)
{
  const InsMatrix *scores = results->embedding->scores;
  g_autofree gint32 *group = g_new0 (gint32, MAX (scores->rows, 1));
  InsChartGroup everybody = { .name = _ ("Customers") };
  InsScatterData data = {
    .n = scores->rows,
    .x = ins_matrix_col (scores, 0),
    .y = ins_matrix_col (scores, 1),
    .group = group,
    .n_groups = 1,
    .groups = &everybody,
    .x_title = _ ("First component"),
    .y_title = _ ("Second component"),
    .show_numbers = results->embedding->axes_mean_something,
  };
  InsChart *chart = ins_scatter_chart_new (&data);
  g_autofree char *caption = ins_embedding_describe (results->embedding);
  ins_chart_set_titles (chart, _ ("Every customer is a point"), caption);
  return chart;
}

static void
show_charts (InsUiEmbedPage *self, const InsResults *results)
{
  InsUiSession *session = insui_page_get_session (INSUI_PAGE (self));
  if (results->clustering == NULL
      || !insui_link_show_figure (self->scatter, session, "scatter", NULL, 0))
    {
      g_autoptr (InsChart) chart = make_plain_scatter (results);
      insui_chart_view_set_chart (self->scatter, chart);
      insui_link_refresh (self->scatter, session);
    }
  insui_link_show_figure (self->scree, session, "scree", NULL, 0);
  g_autofree char *trust = describe_trust (self, results);
  gtk_label_set_text (self->caption, trust);
}

static void
insui_embed_page_refresh (InsUiPage *page)
{
  InsUiEmbedPage *self = INSUI_EMBED_PAGE (page);
  InsUiSession *session = insui_page_get_session (page);
  const InsResults *results = insui_session_get_results (session);
  guint needs = 1u << INS_STAGE_FEATURES | 1u << INS_STAGE_PREPARE | 1u << INS_STAGE_EMBED;
  if (insui_empty_update (self->empty, session, needs, 0))
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "content");
  g_autofree char *sentence = insui_sentence_embed (results);
  gtk_label_set_text (self->sentence, sentence != NULL ? sentence : "");
  if (self->embedding != results->embedding || self->scaled != results->scaled)
    take_results (self, results);
  show_charts (self, results);
}

static char *
insui_embed_page_summary (InsUiPage *page)
{
  const InsResults *results = insui_session_get_results (insui_page_get_session (page));
  const InsEmbedding *embedding = results->embedding;
  if (embedding == NULL || embedding->ratio == NULL || embedding->scores->cols < 2)
    return NULL;
  g_autofree char *share = insui_format_percent (embedding->ratio[0] + embedding->ratio[1]);
  return g_strdup_printf (_ ("%s in the plane"), share);
}

static void
insui_embed_page_constructed (GObject *object)
{
  InsUiEmbedPage *self = INSUI_EMBED_PAGE (object);
  G_OBJECT_CLASS (insui_embed_page_parent_class)->constructed (object);
  build_table (self);
  insui_link_chart (self->scatter, insui_page_get_session (INSUI_PAGE (self)));
  insui_chart_view_set_file_name (self->scatter, "scatter");
  insui_chart_view_set_file_name (self->scree, "scree");
}

static void
insui_embed_page_dispose (GObject *object)
{
  InsUiEmbedPage *self = INSUI_EMBED_PAGE (object);
  if (self->rows != NULL)
    insui_rows_reset (self->rows, 0);
  g_clear_object (&self->rows);
  forget (self);
  G_OBJECT_CLASS (insui_embed_page_parent_class)->dispose (object);
}

static void
insui_embed_page_class_init (InsUiEmbedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  InsUiPageClass *page_class = INSUI_PAGE_CLASS (klass);
  G_OBJECT_CLASS (klass)->constructed = insui_embed_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = insui_embed_page_dispose;
  page_class->stage = INS_STAGE_EMBED;
  page_class->watch = 1u << INS_STAGE_PREPARE | 1u << INS_STAGE_EMBED | 1u << INS_STAGE_CLUSTER;
  page_class->id = "embed";
  page_class->title = N_ ("Embed");
  page_class->icon_name = "insui-embed-symbolic";
  page_class->refresh = insui_embed_page_refresh;
  page_class->summary = insui_embed_page_summary;

  g_type_ensure (INSUI_TYPE_ADAPTIVE);
  g_type_ensure (INSUI_TYPE_EMPTY);
  g_type_ensure (INSUI_TYPE_CHART_VIEW);
  g_type_ensure (INSUI_TYPE_TABLE_BIN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-embed-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiEmbedPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiEmbedPage, empty);
  gtk_widget_class_bind_template_child (widget_class, InsUiEmbedPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, InsUiEmbedPage, scatter);
  gtk_widget_class_bind_template_child (widget_class, InsUiEmbedPage, caption);
  gtk_widget_class_bind_template_child (widget_class, InsUiEmbedPage, details);
  gtk_widget_class_bind_template_child (widget_class, InsUiEmbedPage, scree);
  gtk_widget_class_bind_template_child (widget_class, InsUiEmbedPage, table_bin);
}

static void
insui_embed_page_init (InsUiEmbedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
