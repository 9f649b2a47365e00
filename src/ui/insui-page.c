/* insui-page.c: what every page has in common: its session, and reading anew only when seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-page.h"

#include "ui/insui-narrow.h"

#define NARROW 440 /* pixels */

typedef struct
{
  InsUiSession *session; /* owned */
  guint idle;            /* refresh that is to come */
  gboolean stale;
} InsUiPagePrivate;

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (InsUiPage, insui_page, ADW_TYPE_BIN)

static void
refresh_now (InsUiPage *self)
{
  InsUiPagePrivate *priv = insui_page_get_instance_private (self);
  InsUiPageClass *klass = INSUI_PAGE_GET_CLASS (self);

  priv->stale = FALSE;
  if (klass->refresh)
    klass->refresh (self);
}

static gboolean
on_idle (gpointer data)
{
  InsUiPage *self = data;
  InsUiPagePrivate *priv = insui_page_get_instance_private (self);

  priv->idle = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh_now (self);
  return G_SOURCE_REMOVE;
}

void
insui_page_queue_refresh (InsUiPage *self)
{
  InsUiPagePrivate *priv;

  g_return_if_fail (INSUI_IS_PAGE (self));

  priv = insui_page_get_instance_private (self);
  priv->stale = TRUE;
  if (priv->idle == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    priv->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

InsUiSession *
insui_page_get_session (InsUiPage *self)
{
  InsUiPagePrivate *priv;

  g_return_val_if_fail (INSUI_IS_PAGE (self), NULL);

  priv = insui_page_get_instance_private (self);
  return priv->session;
}

static void
on_changed (InsUiPage *self, guint stage)
{
  if (INSUI_PAGE_GET_CLASS (self)->watch & (1u << stage))
    insui_page_queue_refresh (self);
}

/* GTK keeps the style of every widget up to date that is not hidden, whether its page is seen or
 * not: with thousands of table cells a new style would hold up the window. */
static void
set_content_visible (InsUiPage *self, gboolean visible)
{
  GtkWidget *content = adw_bin_get_child (ADW_BIN (self));

  if (content)
    gtk_widget_set_visible (content, visible);
}

static void
insui_page_map (GtkWidget *widget)
{
  InsUiPage *self = INSUI_PAGE (widget);
  InsUiPagePrivate *priv = insui_page_get_instance_private (self);

  set_content_visible (self, TRUE);
  /* Before the children are seen, so that nothing old flashes up. */
  if (priv->stale)
    refresh_now (self);
  GTK_WIDGET_CLASS (insui_page_parent_class)->map (widget);
}

static void
insui_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (insui_page_parent_class)->unmap (widget);
  set_content_visible (INSUI_PAGE (widget), FALSE);
}

/* Less air where there is little room. */
static void
on_narrow (GtkWidget *widget, gboolean narrow)
{
  if (narrow)
    gtk_widget_add_css_class (widget, "narrow");
  else
    gtk_widget_remove_css_class (widget, "narrow");
}

static void
insui_page_constructed (GObject *object)
{
  InsUiPage *self = INSUI_PAGE (object);
  InsUiPagePrivate *priv = insui_page_get_instance_private (self);

  G_OBJECT_CLASS (insui_page_parent_class)->constructed (object);

  g_signal_connect_object (priv->session, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->session, "identities-changed",
                           G_CALLBACK (insui_page_queue_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->session, "notify::project", G_CALLBACK (insui_page_queue_refresh),
                           self, G_CONNECT_SWAPPED);
}

static void
insui_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  InsUiPagePrivate *priv = insui_page_get_instance_private (INSUI_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
insui_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  InsUiPagePrivate *priv = insui_page_get_instance_private (INSUI_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
insui_page_dispose (GObject *object)
{
  InsUiPagePrivate *priv = insui_page_get_instance_private (INSUI_PAGE (object));

  g_clear_handle_id (&priv->idle, g_source_remove);
  g_clear_object (&priv->session);
  G_OBJECT_CLASS (insui_page_parent_class)->dispose (object);
}

static void
insui_page_class_init (InsUiPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = insui_page_constructed;
  object_class->set_property = insui_page_set_property;
  object_class->get_property = insui_page_get_property;
  object_class->dispose = insui_page_dispose;
  widget_class->map = insui_page_map;
  widget_class->unmap = insui_page_unmap;

  props[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, INSUI_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
insui_page_init (InsUiPage *self)
{
  InsUiPagePrivate *priv = insui_page_get_instance_private (self);

  priv->stale = TRUE;
  insui_narrow_watch (GTK_WIDGET (self), NARROW, on_narrow);
}
