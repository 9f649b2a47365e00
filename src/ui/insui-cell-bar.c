/* insui-cell-bar.c: a number in a table cell with a small bar under it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-cell-bar.h"
#include "ui/insui-table.h"

#include "ui/insui-chart-private.h"

#include <math.h>

#define BAR_HEIGHT 4
#define MIN_WIDTH 64

struct _InsUiCellBar
{
  GtkWidget parent_instance;
  GtkWidget *label; /* child */
  double fraction;
  gboolean from_middle;
  int colour;
};

G_DEFINE_FINAL_TYPE (InsUiCellBar, insui_cell_bar, GTK_TYPE_WIDGET)

static GdkRGBA
to_rgba (const InsColour *colour)
{
  return (GdkRGBA){ (float)colour->red, (float)colour->green, (float)colour->blue,
                    (float)colour->alpha };
}

static void
append_bar (GtkSnapshot *snapshot, const InsColour *colour, double x, double y, double width)
{
  GskRoundedRect box;
  GdkRGBA rgba = to_rgba (colour);
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float)x, (float)y, (float)MAX (width, 1), BAR_HEIGHT);
  gsk_rounded_rect_init_from_rect (&box, &rect, MIN (BAR_HEIGHT / 2.f, (float)width / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &rgba, &rect);
  gtk_snapshot_pop (snapshot);
}

static void
insui_cell_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  InsUiCellBar *self = INSUI_CELL_BAR (widget);
  const InsTheme *theme = insui_chart_view_get_theme ();
  double width = gtk_widget_get_width (widget);
  double y = gtk_widget_get_height (widget) - BAR_HEIGHT;
  gtk_widget_snapshot_child (widget, self->label, snapshot);
  if (isnan (self->fraction))
    return;
  const InsColour *colour =
      self->colour == INSUI_NEUTRAL ? &theme->neutral : ins_theme_cluster (theme, self->colour);
  append_bar (snapshot, &theme->grid, 0, y, width);
  double from = self->from_middle ? width / 2 : 0;
  double length = self->fraction * (self->from_middle ? width / 2 : width);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      from = width - from;
      length = -length;
    }
  if (fabs (length) >= 0.5)
    append_bar (snapshot, colour, length < 0 ? from + length : from, y, fabs (length));
}

static void
insui_cell_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  InsUiCellBar *self = INSUI_CELL_BAR (widget);
  gtk_widget_measure (self->label, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (*minimum, MIN_WIDTH);
      *natural = MAX (*natural, MIN_WIDTH + 24);
    }
  else
    {
      *minimum += BAR_HEIGHT + 2;
      *natural += BAR_HEIGHT + 2;
    }
}

static void
insui_cell_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  InsUiCellBar *self = INSUI_CELL_BAR (widget);
  GtkAllocation box = { 0, 0, width, MAX (height - BAR_HEIGHT - 2, 1) };
  gtk_widget_size_allocate (self->label, &box, -1);
}

static void
insui_cell_bar_dispose (GObject *object)
{
  InsUiCellBar *self = INSUI_CELL_BAR (object);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (insui_cell_bar_parent_class)->dispose (object);
}

static void
insui_cell_bar_class_init (InsUiCellBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = insui_cell_bar_dispose;
  widget_class->snapshot = insui_cell_bar_snapshot;
  widget_class->measure = insui_cell_bar_measure;
  widget_class->size_allocate = insui_cell_bar_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
insui_cell_bar_init (InsUiCellBar *self)
{
  self->fraction = NAN;
  self->colour = INSUI_NEUTRAL;
  self->label = gtk_label_new (NULL);
  insui_table_set_number (self->label);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
insui_cell_bar_new (void)
{
  return g_object_new (INSUI_TYPE_CELL_BAR, NULL);
}

void
insui_cell_bar_set (InsUiCellBar *self, const char *text, double fraction, gboolean from_middle,
                    int colour)
{
  g_return_if_fail (INSUI_IS_CELL_BAR (self));
  gtk_label_set_text (GTK_LABEL (self->label), text);
  self->fraction = isnan (fraction) ? NAN : CLAMP (fraction, from_middle ? -1 : 0, 1);
  self->from_middle = from_middle;
  self->colour = colour;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
