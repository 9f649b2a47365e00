/* insui-preferences.c: appearance, threads, currency of new projects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-preferences.h"

struct _InsUiPreferences
{
  AdwPreferencesWindow parent_instance;

  /* template */
  AdwComboRow *scheme_row;
  GtkSpinButton *threads_spin;
  AdwEntryRow *currency_row;
};

G_DEFINE_FINAL_TYPE (InsUiPreferences, insui_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static const char *const schemes[] = { "default", "light", "dark" };

static gboolean
scheme_to_position (GValue *value, GVariant *variant, gpointer data)
{
  const char *scheme = g_variant_get_string (variant, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (scheme, schemes[i]))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
position_to_scheme (const GValue *value, const GVariantType *type, gpointer data)
{
  guint position = g_value_get_uint (value);

  return g_variant_new_string (schemes[MIN (position, G_N_ELEMENTS (schemes) - 1)]);
}

GtkWidget *
insui_preferences_new (GSettings *settings)
{
  InsUiPreferences *self = g_object_new (INSUI_TYPE_PREFERENCES, NULL);

  g_settings_bind_with_mapping (settings, "colour-scheme", self->scheme_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, scheme_to_position, position_to_scheme,
                                NULL, NULL);
  g_settings_bind (settings, "threads", self->threads_spin, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "currency", self->currency_row, "text", G_SETTINGS_BIND_DEFAULT);
  return GTK_WIDGET (self);
}

static void
insui_preferences_class_init (InsUiPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiPreferences, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, InsUiPreferences, threads_spin);
  gtk_widget_class_bind_template_child (widget_class, InsUiPreferences, currency_row);
}

static void
insui_preferences_init (InsUiPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
