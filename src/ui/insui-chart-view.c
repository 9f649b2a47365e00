/* insui-chart-view.c: a chart on screen: drawing, layout, theme, accessible texts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-chart-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define SLOW_DRAWING 0.030 /* seconds; slower ones wait until the size is settled */
#define SETTLE_TIME 120    /* ms */
#define CARD_GAP 14
#define MAX_GROWTH 2 /* of the height with the text */

G_DEFINE_FINAL_TYPE (InsUiChartView, insui_chart_view, GTK_TYPE_WIDGET)

const InsTheme *
insui_chart_view_get_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);
  if (adw_style_manager_get_high_contrast (manager))
    return ins_theme_get (dark ? INS_THEME_DARK_CONTRAST : INS_THEME_LIGHT_CONTRAST);
  return ins_theme_get (dark ? INS_THEME_DARK : INS_THEME_LIGHT);
}

/* Pixels per point: the desktop's text scaling is in it, so the charts grow with the text. */
static double
get_unit (InsUiChartView *self)
{
  int dpi = -1;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return (dpi > 0 ? dpi / 1024.0 : 96.0) / 72.0;
}

void
insui_chart_view_forget_layout (InsUiChartView *self)
{
  self->layout_width = self->layout_height = -1;
}

gboolean
insui_chart_view_ensure_layout (InsUiChartView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  if (self->chart == NULL || width < 8 || height < 8)
    return FALSE;
  const InsTheme *theme = insui_chart_view_get_theme ();
  self->unit = get_unit (self);
  double layout_width = width / self->unit;
  double layout_height = height / self->unit;
  if (layout_width == self->layout_width && layout_height == self->layout_height
      && theme == self->layout_theme)
    return TRUE;
  ins_chart_layout (self->chart, self->pango, layout_width, layout_height, theme);
  self->layout_width = layout_width;
  self->layout_height = layout_height;
  self->layout_theme = theme;
  return TRUE;
}

static void
invalidate (InsUiChartView *self)
{
  g_clear_object (&self->base);
  insui_chart_view_forget_layout (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A picture as large as the widget, to draw on in points. */
static cairo_t *
begin_picture (InsUiChartView *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, gtk_widget_get_width (GTK_WIDGET (self)) * scale,
      gtk_widget_get_height (GTK_WIDGET (self)) * scale);
  cairo_t *cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  cairo_scale (cr, self->unit * scale, self->unit * scale);
  return cr;
}

static GdkTexture *
end_picture (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize stride = cairo_image_surface_get_stride (surface);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_autoptr (GBytes) bytes =
      g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * height,
                                  (GDestroyNotify)cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
draw_base (InsUiChartView *self)
{
  gint64 start = g_get_monotonic_time ();
  cairo_t *cr = begin_picture (self);
  ins_chart_draw (self->chart, cr);
  g_clear_object (&self->base);
  self->base = end_picture (cr);
  self->base_scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  self->draw_seconds = (g_get_monotonic_time () - start) / 1e6;
}

static gboolean
on_settled (gpointer data)
{
  InsUiChartView *self = data;
  self->redraw_source = 0;
  g_clear_object (&self->base);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* Whether the base fits the widget; a slow drawing is stretched while the size still moves. */
static void
ensure_base (InsUiChartView *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  if (self->base != NULL
      && gdk_texture_get_width (self->base) == gtk_widget_get_width (GTK_WIDGET (self)) * scale
      && gdk_texture_get_height (self->base) == gtk_widget_get_height (GTK_WIDGET (self)) * scale)
    return;
  if (self->base != NULL && self->draw_seconds > SLOW_DRAWING)
    {
      if (self->redraw_source != 0)
        g_source_remove (self->redraw_source);
      self->redraw_source = g_timeout_add (SETTLE_TIME, on_settled, self);
      return;
    }
  draw_base (self);
}

static void
draw_state (InsUiChartView *self, GtkSnapshot *snapshot, int width, int height)
{
  InsChartState state = {
    .selected = self->selected,
    .n_rows = self->n_selected,
    .hover = self->hover,
    .hover_group = self->hover_group >= 0 ? self->hover_group : self->item_group,
    .rubber_on = self->drag == DRAG_RUBBER,
    .rubber_x0 = self->drag_x0,
    .rubber_y0 = self->drag_y0,
    .rubber_x1 = self->drag_x1,
    .rubber_y1 = self->drag_y1,
    .cut = self->cut,
  };
  /* On pixels at once: GTK would record thousands of marks and play them back. */
  cairo_t *cr = begin_picture (self);
  ins_chart_draw_state (self->chart, cr, &state);
  g_autoptr (GdkTexture) picture = end_picture (cr);
  gtk_snapshot_append_texture (snapshot, picture, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

static void
insui_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  if (!insui_chart_view_ensure_layout (self))
    return;
  ensure_base (self);
  gtk_snapshot_append_texture (snapshot, self->base, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (self->redraw_source == 0)
    draw_state (self, snapshot, width, height);
  gtk_widget_snapshot_child (widget, self->card, snapshot);
}

static void
insui_chart_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 140;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 140; /* pages say how high */
}

/* Below and right of the mark, or where there is room. */
static void
place_card (InsUiChartView *self, int width, int height)
{
  GtkRequisition size;
  gtk_widget_get_preferred_size (self->card, NULL, &size);
  size.width = MIN (size.width, MAX (width - 8, 1));
  gtk_widget_measure (self->card, GTK_ORIENTATION_VERTICAL, size.width, NULL, &size.height, NULL,
                      NULL);
  double x = self->pointer_x + CARD_GAP;
  double y = self->pointer_y + CARD_GAP;
  if (x + size.width > width - 4)
    x = self->pointer_x - CARD_GAP - size.width;
  if (y + size.height > height - 4)
    y = self->pointer_y - CARD_GAP - size.height;
  x = CLAMP (x, 4, MAX (width - 4 - size.width, 4));
  y = CLAMP (y, 4, MAX (height - 4 - size.height, 4));
  graphene_point_t origin = GRAPHENE_POINT_INIT ((float)floor (x), (float)floor (y));
  gtk_widget_allocate (self->card, size.width, size.height, -1,
                       gsk_transform_translate (NULL, &origin));
}

static void
insui_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  if (gtk_widget_get_child_visible (self->card))
    place_card (self, width, height);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static char *
describe_item (InsUiChartView *self, int item)
{
  if (self->card_func != NULL)
    {
      g_autofree char *markup = self->card_func (item, self->card_data);
      if (markup != NULL)
        return g_steal_pointer (&markup);
    }
  g_autofree char *text = ins_chart_describe_item (self->chart, item);
  return text != NULL ? g_markup_escape_text (text, -1) : NULL;
}

static void
update_card (InsUiChartView *self)
{
  g_autofree char *markup = NULL;
  gboolean dragging = self->drag == DRAG_RUBBER || self->drag == DRAG_CUT;
  if (self->hover >= 0 && self->chart != NULL && !dragging)
    markup = describe_item (self, self->hover);
  if (markup != NULL)
    gtk_label_set_markup (GTK_LABEL (self->card), markup);
  gtk_widget_set_child_visible (self->card, markup != NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
announce (InsUiChartView *self, int item)
{
  g_clear_pointer (&self->cursor_text, g_free);
  if (item >= 0)
    self->cursor_text = ins_chart_describe_item (self->chart, item);
  insui_chart_view_update_accessible (self);
}

void
insui_chart_view_set_hover (InsUiChartView *self, int item, gboolean keyboard)
{
  if (keyboard && item >= 0)
    {
      InsChartHit hit;
      if (!ins_chart_locate (self->chart, item, &hit))
        return;
      self->pointer_x = (hit.x + hit.width / 2) * self->unit;
      self->pointer_y = (hit.y + hit.height / 2) * self->unit;
      self->cursor = item;
      announce (self, item);
    }
  InsChartHit where;
  gboolean changed = item != self->hover;
  self->hover = item;
  self->item_group = -1;
  if (self->chart != NULL && item >= 0 && ins_chart_locate (self->chart, item, &where))
    self->item_group = where.group;
  update_card (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (changed)
    g_signal_emit_by_name (self, "hover-changed", item);
}

void
insui_chart_view_update_accessible (InsUiChartView *self)
{
  g_autofree char *description = NULL;
  const char *title = NULL;
  if (self->chart != NULL)
    {
      title = ins_chart_get_title (self->chart);
      description = ins_chart_describe (self->chart);
    }
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title != NULL ? title : _ ("Chart"),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      self->cursor_text != NULL ? self->cursor_text : (description != NULL ? description : ""), -1);
}

/* What a page gives a chart is for text of the usual size; larger text needs more. */
static void
update_height (InsUiChartView *self)
{
  double factor = CLAMP (get_unit (self) * 72 / 96, 1, MAX_GROWTH);
  int width, height;
  gtk_widget_get_size_request (GTK_WIDGET (self), &width, &height);
  if (self->usual_height == 0)
    self->usual_height = height;
  if (self->usual_height > 0)
    gtk_widget_set_size_request (GTK_WIDGET (self), width, (int)ceil (self->usual_height * factor));
}

static void
on_theme_changed (InsUiChartView *self)
{
  if (self->usual_height != 0)
    update_height (self);
  invalidate (self);
}

static void
insui_chart_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (insui_chart_view_parent_class)->root (widget);
  update_height (INSUI_CHART_VIEW (widget));
}

static void
insui_chart_view_unmap (GtkWidget *widget)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  g_clear_handle_id (&self->redraw_source, g_source_remove);
  GTK_WIDGET_CLASS (insui_chart_view_parent_class)->unmap (widget);
}

static void
insui_chart_view_dispose (GObject *object)
{
  InsUiChartView *self = INSUI_CHART_VIEW (object);
  g_clear_handle_id (&self->redraw_source, g_source_remove);
  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->chart, ins_chart_unref);
  g_clear_object (&self->base);
  g_clear_object (&self->pango);
  G_OBJECT_CLASS (insui_chart_view_parent_class)->dispose (object);
}

static void
insui_chart_view_finalize (GObject *object)
{
  InsUiChartView *self = INSUI_CHART_VIEW (object);
  g_free (self->file_name);
  g_free (self->selected);
  g_free (self->cursor_text);
  G_OBJECT_CLASS (insui_chart_view_parent_class)->finalize (object);
}

static void
install_signals (GObjectClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  g_signal_new ("item-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_INT);
  g_signal_new ("rows-picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_ARRAY, G_TYPE_UINT);
  g_signal_new ("hover-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_INT);
  g_signal_new ("cut-dragged", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_DOUBLE, G_TYPE_BOOLEAN);
  g_signal_new ("cut-moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_INT);
}

static void
insui_chart_view_class_init (InsUiChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = insui_chart_view_dispose;
  object_class->finalize = insui_chart_view_finalize;
  widget_class->snapshot = insui_chart_view_snapshot;
  widget_class->measure = insui_chart_view_measure;
  widget_class->size_allocate = insui_chart_view_size_allocate;
  widget_class->root = insui_chart_view_root;
  widget_class->unmap = insui_chart_view_unmap;
  gtk_widget_class_set_css_name (widget_class, "chartview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  install_signals (object_class);
  insui_chart_view_install_input (widget_class);
  insui_chart_view_install_menu (widget_class);
}

static void
init_card (InsUiChartView *self)
{
  self->card = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->card), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->card), 40);
  gtk_label_set_xalign (GTK_LABEL (self->card), 0);
  gtk_widget_add_css_class (self->card, "chart-card");
  gtk_widget_set_can_target (self->card, FALSE);
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->card, FALSE);
}

static void
insui_chart_view_init (InsUiChartView *self)
{
  self->hover = self->cursor = self->hover_group = self->item_group = -1;
  self->cut = NAN;
  self->unit = 1;
  self->file_name = g_strdup ("chart");
  insui_chart_view_forget_layout (self);
  /* At 72 dpi a point is a unit, whatever the screen. */
  self->pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_resolution (self->pango, 72);
  pango_context_set_round_glyph_positions (self->pango, FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  init_card (self);
  insui_chart_view_init_input (self);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (on_theme_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (on_theme_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (on_theme_changed), self, G_CONNECT_SWAPPED);
}

GtkWidget *
insui_chart_view_new (void)
{
  return g_object_new (INSUI_TYPE_CHART_VIEW, NULL);
}

void
insui_chart_view_set_chart (InsUiChartView *self, InsChart *chart)
{
  g_return_if_fail (INSUI_IS_CHART_VIEW (self));
  if (chart == self->chart)
    return;
  g_clear_pointer (&self->chart, ins_chart_unref);
  self->chart = chart != NULL ? ins_chart_ref (chart) : NULL;
  self->hover = self->cursor = self->item_group = -1;
  self->drag = DRAG_NONE;
  self->cut = NAN;
  g_clear_pointer (&self->cursor_text, g_free);
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  update_card (self);
  invalidate (self);
  insui_chart_view_update_accessible (self);
}

InsChart *
insui_chart_view_get_chart (InsUiChartView *self)
{
  g_return_val_if_fail (INSUI_IS_CHART_VIEW (self), NULL);
  return self->chart;
}

void
insui_chart_view_set_selected (InsUiChartView *self, const guint8 *selected, gsize n)
{
  g_return_if_fail (INSUI_IS_CHART_VIEW (self));
  g_free (self->selected);
  self->selected = selected != NULL ? g_memdup2 (selected, n) : NULL;
  self->n_selected = selected != NULL ? n : 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
insui_chart_view_set_cut (InsUiChartView *self, double height, const char *text)
{
  g_return_if_fail (INSUI_IS_CHART_VIEW (self));
  self->cut = height;
  insui_chart_view_set_hover (self, -1, FALSE);
  g_free (self->cursor_text);
  self->cursor_text = g_strdup (text);
  insui_chart_view_update_accessible (self);
}

void
insui_chart_view_set_hover_group (InsUiChartView *self, int group)
{
  g_return_if_fail (INSUI_IS_CHART_VIEW (self));
  if (group == self->hover_group)
    return;
  self->hover_group = group;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
insui_chart_view_set_height (InsUiChartView *self, int height)
{
  g_return_if_fail (INSUI_IS_CHART_VIEW (self));
  self->usual_height = height;
  update_height (self);
}

void
insui_chart_view_set_file_name (InsUiChartView *self, const char *name)
{
  g_return_if_fail (INSUI_IS_CHART_VIEW (self));
  g_free (self->file_name);
  self->file_name = g_strdup (name);
}

void
insui_chart_view_set_card_func (InsUiChartView *self, InsUiCardFunc func, gpointer data)
{
  g_return_if_fail (INSUI_IS_CHART_VIEW (self));
  self->card_func = func;
  self->card_data = data;
}
