/* insui-link.c: charts of customers share the session's selection and show a customer's card
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-link.h"

#include "ui/insui-format.h"

#include <glib/gi18n-lib.h>

#define CARD_FEATURES 5

/* --- card --- */

static void
append_feature (GString *card, const InsFeatures *features, guint32 row, gsize j,
                const char *currency)
{
  const InsFeatureInfo *info = &features->infos[j];
  char buffer[INS_TEXT_SIZE];
  g_autofree char *value =
      features->words[j] != NULL
          ? g_strdup (ins_features_get_text (features, row, j, buffer))
          : insui_format_feature_unit (info, ins_matrix_get (features->values, row, j), currency);
  g_autofree char *line =
      g_markup_printf_escaped ("\n<span alpha=\"70%%\">%s</span>  %s", info->title, value);
  g_string_append (card, line);
}

/* Row of InsScaled that stands for @row of InsFeatures, or -1. */
static gssize
find_scaled (const InsScaled *scaled, guint32 row)
{
  gsize low = 0, high = scaled != NULL ? scaled->n : 0;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (scaled->rows[middle] < row)
        low = middle + 1;
      else
        high = middle;
    }
  return scaled != NULL && low < scaled->n && scaled->rows[low] == row ? (gssize)low : -1;
}

char *
insui_customer_card (InsUiSession *session, guint32 row)
{
  const InsResults *results = insui_session_get_results (session);
  const InsFeatures *features = results->features;
  const char *currency = ins_project_get_currency (insui_session_get_project (session));
  gsize k = 0;
  const InsIdentity *identities = insui_session_get_identities (session, &k);
  if (features == NULL || row >= features->n)
    return NULL;
  GString *card = g_string_new (NULL);
  gssize scaled = find_scaled (results->scaled, row);
  int cluster = -1;
  if (scaled >= 0 && results->clustering != NULL && (gsize)scaled < results->clustering->n)
    cluster = results->clustering->labels[scaled];
  g_autofree char *title = g_strdup_printf (_ ("Customer %s"), features->ids[row]);
  g_autofree char *head =
      cluster >= 0 && (gsize)cluster < k
          ? g_markup_printf_escaped ("<b>%s</b>  ·  %s", identities[cluster].name, title)
          : g_markup_printf_escaped ("<b>%s</b>", title);
  g_string_append (card, head);
  gsize n = results->scaled != NULL ? results->scaled->d : features->n_features;
  for (gsize j = 0; j < MIN (n, CARD_FEATURES); j++)
    append_feature (card, features, row, results->scaled != NULL ? results->scaled->columns[j] : j,
                    currency);
  return g_string_free (card, FALSE);
}

static char *
make_card (int item, gpointer data)
{
  InsUiChartView *view = data;
  InsUiSession *session = g_object_get_data (G_OBJECT (view), "insui-session");
  const InsResults *results = insui_session_get_results (session);
  g_autoptr (GArray) rows = ins_chart_get_rows (insui_chart_view_get_chart (view), item);
  if (rows == NULL || rows->len != 1 || results->scaled == NULL)
    return NULL;
  guint32 row = g_array_index (rows, guint32, 0);
  if (row >= results->scaled->n)
    return NULL;
  return insui_customer_card (session, results->scaled->rows[row]);
}

/* --- selection --- */

void
insui_link_refresh (InsUiChartView *view, InsUiSession *session)
{
  gsize n = 0;
  g_autofree guint8 *selected = insui_session_get_n_selected (session) > 0
                                    ? insui_session_get_scaled_selection (session, &n)
                                    : NULL;
  insui_chart_view_set_selected (view, selected, n);
}

static void
on_selection_changed (InsUiSession *session, gpointer data)
{
  InsUiChartView *view = data;
  if (gtk_widget_get_mapped (GTK_WIDGET (view)))
    insui_link_refresh (view, session);
}

static void
on_map (GtkWidget *view, gpointer data)
{
  insui_link_refresh (INSUI_CHART_VIEW (view), data);
}

static void
on_rows_picked (InsUiChartView *view, GArray *rows, guint mode, InsUiSession *session)
{
  if (rows->len == 0 && mode == INSUI_SELECT_REPLACE)
    insui_session_select_none (session);
  else
    insui_session_select_scaled (session, (const guint32 *)(gpointer)rows->data, rows->len, mode);
}

void
insui_link_chart (InsUiChartView *view, InsUiSession *session)
{
  g_return_if_fail (INSUI_IS_CHART_VIEW (view));
  g_object_set_data_full (G_OBJECT (view), "insui-session", g_object_ref (session), g_object_unref);
  insui_chart_view_set_card_func (view, make_card, view);
  g_signal_connect_object (view, "rows-picked", G_CALLBACK (on_rows_picked), session, 0);
  g_signal_connect_object (view, "map", G_CALLBACK (on_map), session, 0);
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (on_selection_changed), view,
                           0);
}

gboolean
insui_link_show_figure (InsUiChartView *view, InsUiSession *session, const char *figure,
                        const char *feature, gsize k)
{
  g_autoptr (InsChart) chart =
      insui_session_create_figure (session, figure, feature, k, 0, INS_HEIGHT_LINEAR, NULL);
  insui_chart_view_set_chart (view, chart);
  insui_link_refresh (view, session);
  return chart != NULL;
}
