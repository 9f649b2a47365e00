/* insui-chart-input.c: pointer, touch and keyboard on a chart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-chart-private.h"

#include <math.h>

#define DRAG_THRESHOLD 6 /* pixels before a press becomes a rubber band */

static guint
get_mode (GdkModifierType state)
{
  if (state & GDK_CONTROL_MASK)
    return INSUI_SELECT_TOGGLE;
  if (state & GDK_SHIFT_MASK)
    return INSUI_SELECT_ADD;
  if (state & GDK_ALT_MASK)
    return INSUI_SELECT_SUBTRACT;
  return INSUI_SELECT_REPLACE;
}

static gboolean
hit_at (InsUiChartView *self, double x, double y, InsChartHit *hit)
{
  *hit = (InsChartHit){ .item = -1, .group = -1, .value = NAN };
  if (!insui_chart_view_ensure_layout (self))
    return FALSE;
  return ins_chart_hit (self->chart, x / self->unit, y / self->unit, hit);
}

static void
emit_rows (InsUiChartView *self, GArray *rows, guint mode)
{
  g_signal_emit_by_name (self, "rows-picked", rows, mode);
}

/* A press without movement, Space: the item's customers, or the item itself where it has none. */
static void
pick_item (InsUiChartView *self, int item, guint mode)
{
  g_autoptr (GArray) rows = item >= 0 ? ins_chart_get_rows (self->chart, item) : NULL;
  if (item >= 0 && (rows == NULL || rows->len == 0))
    {
      g_signal_emit_by_name (self, "item-activated", item);
      return;
    }
  if (rows == NULL)
    rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (item >= 0 || mode == INSUI_SELECT_REPLACE)
    emit_rows (self, rows, mode);
}

/* Charts without customers (bars, lines) have no rubber band. */
static gboolean
has_rows (InsUiChartView *self)
{
  g_autoptr (GArray) rows =
      ins_chart_pick (self->chart, 0, 0, self->layout_width, self->layout_height);
  return rows != NULL && rows->len > 0;
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, gpointer data)
{
  InsUiChartView *self = data;
  InsChartHit hit;
  if (self->drag != DRAG_NONE && self->drag != DRAG_PRESSED)
    return;
  /* A pointer that rests is told about again when the window changes; the keyboard has priority. */
  if (x == self->motion_x && y == self->motion_y)
    return;
  self->motion_x = x;
  self->motion_y = y;
  hit_at (self, x, y, &hit);
  self->pointer_x = x;
  self->pointer_y = y;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), hit.handle ? "row-resize" : NULL);
  if (hit.item != self->hover)
    insui_chart_view_set_hover (self, hit.item, FALSE);
  else if (hit.item >= 0)
    gtk_widget_queue_allocate (GTK_WIDGET (self)); /* the card follows */
}

static void
on_leave (GtkEventControllerMotion *motion, gpointer data)
{
  InsUiChartView *self = data;
  self->motion_x = self->motion_y = -1;
  if (self->hover >= 0 && self->drag == DRAG_NONE)
    insui_chart_view_set_hover (self, -1, FALSE);
}

static gboolean
is_touch (GtkGestureDrag *gesture)
{
  GdkDevice *device =
      gtk_event_controller_get_current_event_device (GTK_EVENT_CONTROLLER (gesture));
  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  InsUiChartView *self = data;
  InsChartHit hit;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  hit_at (self, x, y, &hit);
  self->drag = hit.handle ? DRAG_CUT : DRAG_PRESSED;
  self->is_touch = is_touch (gesture);
  self->drag_x0 = self->drag_x1 = x / self->unit;
  self->drag_y0 = self->drag_y1 = y / self->unit;
  if (self->drag == DRAG_CUT)
    {
      self->cut = hit.value;
      insui_chart_view_set_hover (self, -1, FALSE);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
}

static void
drag_cut (InsUiChartView *self, gboolean done)
{
  double height = ins_chart_get_value_at (self->chart, self->drag_x1, self->drag_y1);
  if (isfinite (height))
    self->cut = height;
  g_signal_emit_by_name (self, "cut-dragged", self->cut, done);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  InsUiChartView *self = data;
  if (self->chart == NULL || self->drag == DRAG_NONE)
    return;
  self->drag_x1 = CLAMP (self->drag_x0 + dx / self->unit, 0, self->layout_width);
  self->drag_y1 = CLAMP (self->drag_y0 + dy / self->unit, 0, self->layout_height);
  if (self->drag == DRAG_PRESSED && !self->is_touch && hypot (dx, dy) >= DRAG_THRESHOLD
      && has_rows (self))
    {
      self->drag = DRAG_RUBBER;
      insui_chart_view_set_hover (self, -1, FALSE);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  if (self->drag == DRAG_CUT)
    drag_cut (self, FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, gpointer data)
{
  InsUiChartView *self = data;
  InsUiDrag drag = self->drag;
  self->drag = DRAG_NONE;
  if (self->chart == NULL || drag == DRAG_NONE)
    return;
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  if (drag == DRAG_RUBBER)
    {
      g_autoptr (GArray) rows = ins_chart_pick (
          self->chart, MIN (self->drag_x0, self->drag_x1), MIN (self->drag_y0, self->drag_y1),
          MAX (self->drag_x0, self->drag_x1), MAX (self->drag_y0, self->drag_y1));
      if (rows != NULL)
        emit_rows (self, rows, get_mode (state));
    }
  else if (drag == DRAG_CUT)
    {
      drag_cut (self, TRUE);
      self->cut = NAN;
    }
  else if (hypot (dx, dy) < DRAG_THRESHOLD)
    {
      InsChartHit hit;
      hit_at (self, self->drag_x0 * self->unit, self->drag_y0 * self->unit, &hit);
      self->cursor = hit.item;
      pick_item (self, hit.item, get_mode (state));
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, gpointer data)
{
  InsUiChartView *self = data;
  self->drag = DRAG_NONE;
  self->cut = NAN;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  InsUiChartView *self = data;
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  if (event != NULL && gdk_event_triggers_context_menu (event))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      insui_chart_view_popup_menu (self, x, y);
      return;
    }
  InsChartHit hit;
  if (n_press == 2 && hit_at (self, x, y, &hit) && hit.item >= 0 && has_rows (self))
    g_signal_emit_by_name (self, "item-activated", hit.item);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, gpointer data)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  insui_chart_view_popup_menu (data, x, y);
}

static void
on_focus_left (GtkEventControllerFocus *focus, gpointer data)
{
  InsUiChartView *self = data;
  if (self->chart == NULL)
    return;
  g_clear_pointer (&self->cursor_text, g_free);
  insui_chart_view_update_accessible (self);
  insui_chart_view_set_hover (self, -1, FALSE);
}

/* --- keyboard --- */

/* The next item that is drawn; -1 = there is none. */
static int
find_next (InsUiChartView *self, int item, int dx, int dy)
{
  int next = ins_chart_move (self->chart, item, dx, dy);
  while (next >= 0 && next != item && !ins_chart_locate (self->chart, next, NULL))
    {
      item = next;
      next = ins_chart_move (self->chart, item, dx, dy);
    }
  return next >= 0 && ins_chart_locate (self->chart, next, NULL) ? next : -1;
}

static gboolean
move_cursor (GtkWidget *widget, GVariant *args, gpointer data)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  int dx = 0, dy = 0;
  g_variant_get (args, "(ii)", &dx, &dy);
  if (!insui_chart_view_ensure_layout (self))
    return FALSE;
  int item = find_next (self, self->cursor, dx, dy);
  if (item < 0 && self->cursor < 0)
    return FALSE;
  if (item >= 0)
    insui_chart_view_set_hover (self, item, TRUE);
  return TRUE;
}

/* To the first item (sign -1) or the last (sign 1) in reading direction. */
static gboolean
move_to_end (GtkWidget *widget, GVariant *args, gpointer data)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  int sign = g_variant_get_int32 (args);
  if (!insui_chart_view_ensure_layout (self))
    return FALSE;
  int item = ins_chart_move (self->chart, -1, 1, 0);
  if (sign > 0)
    {
      /* A chart's items may run right, down or both; follow each as far as it goes. */
      for (int i = 0; i < 200000 && item >= 0; i++)
        {
          int next = ins_chart_move (self->chart, item, 1, 0);
          if (next == item || next < 0)
            next = ins_chart_move (self->chart, item, 0, 1);
          if (next == item || next < 0)
            break;
          item = next;
        }
    }
  if (item >= 0)
    insui_chart_view_set_hover (self, item, TRUE);
  return item >= 0;
}

static gboolean
select_cursor (GtkWidget *widget, GVariant *args, gpointer data)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  if (self->chart == NULL || self->cursor < 0)
    return FALSE;
  pick_item (self, self->cursor, g_variant_get_uint32 (args));
  return TRUE;
}

static gboolean
activate_cursor (GtkWidget *widget, GVariant *args, gpointer data)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  if (self->chart == NULL || self->cursor < 0)
    return FALSE;
  g_signal_emit_by_name (self, "item-activated", self->cursor);
  return TRUE;
}

/* The line across a tree; who has the tree knows where it may stand. */
static gboolean
move_cut (GtkWidget *widget, GVariant *args, gpointer data)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  if (self->drag != DRAG_NONE || !insui_chart_view_ensure_layout (self)
      || !isfinite (ins_chart_get_value_at (self->chart, 0, 0)))
    return FALSE;
  g_signal_emit_by_name (self, "cut-moved", g_variant_get_int32 (args));
  return TRUE;
}

static void
bind_cut (GtkWidgetClass *klass, guint key, guint keypad, int by)
{
  gtk_widget_class_add_binding (klass, key, GDK_SHIFT_MASK, move_cut, "i", by);
  gtk_widget_class_add_binding (klass, keypad, GDK_SHIFT_MASK, move_cut, "i", by);
}

static void
bind_arrow (GtkWidgetClass *klass, guint key, guint keypad, int dx, int dy)
{
  gtk_widget_class_add_binding (klass, key, 0, move_cursor, "(ii)", dx, dy);
  gtk_widget_class_add_binding (klass, keypad, 0, move_cursor, "(ii)", dx, dy);
}

void
insui_chart_view_install_input (GtkWidgetClass *klass)
{
  bind_arrow (klass, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  bind_arrow (klass, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  bind_arrow (klass, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  bind_arrow (klass, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_Home, 0, move_to_end, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_End, 0, move_to_end, "i", 1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Home, 0, move_to_end, "i", -1);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_End, 0, move_to_end, "i", 1);
  bind_cut (klass, GDK_KEY_Up, GDK_KEY_KP_Up, -1);
  bind_cut (klass, GDK_KEY_Down, GDK_KEY_KP_Down, 1);
  bind_cut (klass, GDK_KEY_Home, GDK_KEY_KP_Home, G_MININT);
  bind_cut (klass, GDK_KEY_End, GDK_KEY_KP_End, G_MAXINT);
  gtk_widget_class_add_binding (klass, GDK_KEY_space, 0, select_cursor, "u", INSUI_SELECT_REPLACE);
  gtk_widget_class_add_binding (klass, GDK_KEY_space, GDK_SHIFT_MASK, select_cursor, "u",
                                INSUI_SELECT_ADD);
  gtk_widget_class_add_binding (klass, GDK_KEY_space, GDK_CONTROL_MASK, select_cursor, "u",
                                INSUI_SELECT_TOGGLE);
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, activate_cursor, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, activate_cursor, NULL);
}

static void
add_drag (InsUiChartView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

void
insui_chart_view_init_input (InsUiChartView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  GtkGesture *press = gtk_gesture_long_press_new ();
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));

  add_drag (self);
}
