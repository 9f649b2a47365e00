/* insui-swatch.h: a cluster's colour and marker, small
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-identity.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INSUI_TYPE_SWATCH (insui_swatch_get_type ())
G_DECLARE_FINAL_TYPE (InsUiSwatch, insui_swatch, INSUI, SWATCH, GtkWidget)

GtkWidget *insui_swatch_new (void);
/* Pixels; 14 at first. */
void insui_swatch_set_size (InsUiSwatch *self, int size);
/* As in ins_theme_cluster(), and the marker. */
void insui_swatch_set (InsUiSwatch *self, int colour, int shape);
/* @identity: (nullable): NULL = noise */
void insui_swatch_set_identity (InsUiSwatch *self, const InsIdentity *identity);

G_END_DECLS
