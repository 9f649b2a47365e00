/* insui-narrow.c: tells a widget with one child when it becomes narrow
 *
 * A widget with a layout manager is never asked to allocate itself, so the layout must look.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-narrow.h"

#define INSUI_TYPE_NARROW_LAYOUT (insui_narrow_layout_get_type ())
G_DECLARE_FINAL_TYPE (InsUiNarrowLayout, insui_narrow_layout, INSUI, NARROW_LAYOUT,
                      GtkLayoutManager)

struct _InsUiNarrowLayout
{
  GtkLayoutManager parent_instance;
  int limit;
  InsUiNarrowFunc func;
  gboolean narrow;
  guint idle;
};

G_DEFINE_FINAL_TYPE (InsUiNarrowLayout, insui_narrow_layout, GTK_TYPE_LAYOUT_MANAGER)

double
insui_text_factor (GtkWidget *widget)
{
  int dpi = -1;
  g_return_val_if_fail (GTK_IS_WIDGET (widget), 1);
  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (dpi / (96.0 * 1024), 1) : 1;
}

static GtkSizeRequestMode
insui_narrow_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  return child != NULL ? gtk_widget_get_request_mode (child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
insui_narrow_layout_measure (GtkLayoutManager *layout, GtkWidget *widget,
                             GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static gboolean
on_settled (gpointer data)
{
  InsUiNarrowLayout *self = data;
  GtkWidget *widget = gtk_layout_manager_get_widget (GTK_LAYOUT_MANAGER (self));
  self->idle = 0;
  if (widget != NULL)
    self->func (widget, self->narrow);
  return G_SOURCE_REMOVE;
}

static void
insui_narrow_layout_allocate (GtkLayoutManager *layout, GtkWidget *widget, int width, int height,
                              int baseline)
{
  InsUiNarrowLayout *self = INSUI_NARROW_LAYOUT (layout);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  gboolean narrow = width < self->limit * insui_text_factor (widget);
  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  if (self->idle == 0)
    self->idle = g_idle_add (on_settled, self);
}

static void
insui_narrow_layout_dispose (GObject *object)
{
  InsUiNarrowLayout *self = INSUI_NARROW_LAYOUT (object);
  g_clear_handle_id (&self->idle, g_source_remove);
  G_OBJECT_CLASS (insui_narrow_layout_parent_class)->dispose (object);
}

static void
insui_narrow_layout_class_init (InsUiNarrowLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = insui_narrow_layout_dispose;
  layout_class->get_request_mode = insui_narrow_layout_get_request_mode;
  layout_class->measure = insui_narrow_layout_measure;
  layout_class->allocate = insui_narrow_layout_allocate;
}

static void
insui_narrow_layout_init (InsUiNarrowLayout *self)
{
}

/* Before its first width is known the window's tells enough: a wide page that is about to become
 * narrow would push a narrow window open. */
static void
on_map (GtkWidget *widget, gpointer data)
{
  InsUiNarrowLayout *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (gtk_widget_get_root (widget)));
  if (self->narrow || gtk_widget_get_width (widget) > 0 || width == 0
      || width >= self->limit * insui_text_factor (widget))
    return;
  self->narrow = TRUE;
  self->func (widget, TRUE);
}

void
insui_narrow_watch (GtkWidget *widget, int limit, InsUiNarrowFunc func)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (func != NULL);
  InsUiNarrowLayout *layout = g_object_new (INSUI_TYPE_NARROW_LAYOUT, NULL);
  layout->limit = limit;
  layout->func = func;
  g_signal_connect_object (widget, "map", G_CALLBACK (on_map), layout, 0);
  gtk_widget_set_layout_manager (widget, GTK_LAYOUT_MANAGER (layout));
}
