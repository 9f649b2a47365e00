/* insui-link.h: charts of customers share the session's selection and show a customer's card
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-chart-view.h"
#include "ui/insui-session.h"

G_BEGIN_DECLS

/* For charts whose rows are the rows of InsScaled: what is picked in @view becomes the session's
 * selection, and the session's selection is drawn in it. */
void insui_link_chart (InsUiChartView *view, InsUiSession *session);
/* Draws the session's selection into @view now, after its chart has changed. */
void insui_link_refresh (InsUiChartView *view, InsUiSession *session);

/* Makes the figure and shows it with the selection.  Returns: FALSE if it is not available. */
gboolean insui_link_show_figure (InsUiChartView *view, InsUiSession *session, const char *figure,
                                 const char *feature, gsize k);

/* Pango markup: group and id, then up to five of the features used.  @row: of InsFeatures.
 * (transfer full) (nullable) */
char *insui_customer_card (InsUiSession *session, guint32 row);

G_END_DECLS
