/* insui-swatch.c: a cluster's colour and marker, small
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-swatch.h"

#include "chart/ins-marks.h"
#include "ui/insui-chart-private.h"

#include <adwaita.h>

#define DEFAULT_SIZE 14
#define NOISE -2

struct _InsUiSwatch
{
  GtkWidget parent_instance;
  int colour;
  int shape;
  int size;
};

G_DEFINE_FINAL_TYPE (InsUiSwatch, insui_swatch, GTK_TYPE_WIDGET)

static void
insui_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  InsUiSwatch *self = INSUI_SWATCH (widget);
  const InsTheme *theme = insui_chart_view_get_theme ();
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  ins_marker_draw (cr, theme, ins_theme_cluster (theme, self->colour), self->shape, width / 2,
                   height / 2, self->size * 0.38, 1);
  cairo_destroy (cr);
}

static void
insui_swatch_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = INSUI_SWATCH (widget)->size;
}

static void
insui_swatch_class_init (InsUiSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  widget_class->snapshot = insui_swatch_snapshot;
  widget_class->measure = insui_swatch_measure;
  /* The name stands beside it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
insui_swatch_init (InsUiSwatch *self)
{
  self->colour = NOISE;
  self->size = DEFAULT_SIZE;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
insui_swatch_new (void)
{
  return g_object_new (INSUI_TYPE_SWATCH, NULL);
}

void
insui_swatch_set_size (InsUiSwatch *self, int size)
{
  g_return_if_fail (INSUI_IS_SWATCH (self));
  self->size = size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
insui_swatch_set (InsUiSwatch *self, int colour, int shape)
{
  g_return_if_fail (INSUI_IS_SWATCH (self));
  self->colour = colour;
  self->shape = shape;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
insui_swatch_set_identity (InsUiSwatch *self, const InsIdentity *identity)
{
  if (identity != NULL)
    insui_swatch_set (self, identity->colour, identity->shape);
  else
    insui_swatch_set (self, NOISE, 0);
}
