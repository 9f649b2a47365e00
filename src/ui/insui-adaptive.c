/* insui-adaptive.c: two things side by side where there is room, else one above the other
 *
 * Height follows width; nothing needs a second round of layout.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-adaptive.h"

#include "ui/insui-narrow.h"

#define SPACING 12

struct _InsUiAdaptive
{
  GtkWidget parent_instance;
  int threshold;
  double share;
  gboolean hide_second;
};

enum
{
  PROP_THRESHOLD = 1,
  PROP_SHARE,
  PROP_HIDE_SECOND,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void insui_adaptive_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InsUiAdaptive, insui_adaptive, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      insui_adaptive_buildable_init))

static GtkBuildableIface *parent_buildable;

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
insui_adaptive_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static gboolean
is_wide (InsUiAdaptive *self, int width)
{
  return width >= self->threshold * insui_text_factor (GTK_WIDGET (self));
}

static GtkWidget *
get_second (InsUiAdaptive *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self));
  GtkWidget *second = first != NULL ? gtk_widget_get_next_sibling (first) : NULL;
  return second != NULL && gtk_widget_get_visible (second) ? second : NULL;
}

static int
get_first_width (InsUiAdaptive *self, int width)
{
  return (int)((width - SPACING) * self->share);
}

static GtkSizeRequestMode
insui_adaptive_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_child (GtkWidget *child, int width, int *minimum, int *natural)
{
  int least = 0;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width < 0 ? -1 : MAX (width, least), minimum,
                      natural, NULL, NULL);
}

static void
measure_height (InsUiAdaptive *self, int width, int *minimum, int *natural)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self));
  GtkWidget *second = get_second (self);
  int minimum2 = 0, natural2 = 0;
  gboolean wide = width < 0 || is_wide (self, width);
  int width1 = second != NULL && wide && width >= 0 ? get_first_width (self, width) : width;
  measure_child (first, width1, minimum, natural);
  if (second == NULL || (!wide && self->hide_second))
    return;
  measure_child (second, wide && width >= 0 ? width - SPACING - width1 : width, &minimum2,
                 &natural2);
  if (wide)
    {
      *minimum = MAX (*minimum, minimum2);
      *natural = MAX (*natural, natural2);
    }
  else
    {
      *minimum += minimum2 + SPACING;
      *natural += natural2 + SPACING;
    }
}

static void
measure_width (InsUiAdaptive *self, int *minimum, int *natural)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self));
  GtkWidget *second = get_second (self);
  int minimum2 = 0, natural2 = 0;
  gtk_widget_measure (first, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
  if (second == NULL)
    return;
  gtk_widget_measure (second, GTK_ORIENTATION_HORIZONTAL, -1, &minimum2, &natural2, NULL, NULL);
  if (!self->hide_second)
    *minimum = MAX (*minimum, minimum2);
  *natural += SPACING + natural2;
}

static void
insui_adaptive_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  InsUiAdaptive *self = INSUI_ADAPTIVE (widget);
  *minimum = *natural = 0;
  if (gtk_widget_get_first_child (widget) == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, minimum, natural);
  else
    measure_height (self, for_size, minimum, natural);
}

static void
place (GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation box = { x, y, width, height };
  gtk_widget_size_allocate (child, &box, -1);
}

static void
insui_adaptive_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  InsUiAdaptive *self = INSUI_ADAPTIVE (widget);
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = get_second (self);
  gboolean wide = is_wide (self, width);
  if (first == NULL)
    return;
  if (second != NULL)
    gtk_widget_set_child_visible (second, wide || !self->hide_second);
  if (second == NULL || (!wide && self->hide_second))
    {
      place (first, 0, 0, width, height);
      return;
    }
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  if (wide)
    {
      int width1 = get_first_width (self, width);
      int width2 = width - SPACING - width1;
      place (first, mirrored ? width2 + SPACING : 0, 0, width1, height);
      place (second, mirrored ? 0 : width1 + SPACING, 0, width2, height);
      return;
    }
  int minimum1, natural1, minimum2, natural2;
  measure_child (first, width, &minimum1, &natural1);
  measure_child (second, width, &minimum2, &natural2);
  int extra = MAX (height - SPACING - minimum1 - minimum2, 0);
  int height1 = minimum1 + (int)(extra * self->share);
  place (first, 0, 0, width, height1);
  place (second, 0, height1 + SPACING, width, height - SPACING - height1);
}

static void
insui_adaptive_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  InsUiAdaptive *self = INSUI_ADAPTIVE (object);
  switch (id)
    {
    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      break;
    case PROP_SHARE:
      self->share = g_value_get_double (value);
      break;
    case PROP_HIDE_SECOND:
      self->hide_second = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
      return;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
insui_adaptive_dispose (GObject *object)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (insui_adaptive_parent_class)->dispose (object);
}

static void
insui_adaptive_class_init (InsUiAdaptiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  object_class->set_property = insui_adaptive_set_property;
  object_class->dispose = insui_adaptive_dispose;
  widget_class->get_request_mode = insui_adaptive_get_request_mode;
  widget_class->measure = insui_adaptive_measure;
  widget_class->size_allocate = insui_adaptive_size_allocate;
  props[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 640, flags);
  props[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0.1, 0.9, 0.5, flags);
  props[PROP_HIDE_SECOND] = g_param_spec_boolean ("hide-second", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
insui_adaptive_init (InsUiAdaptive *self)
{
  self->threshold = 640;
  self->share = 0.5;
}
