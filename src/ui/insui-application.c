/* insui-application.c: one process, one window per project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-application.h"
#include "ui/insui-preferences.h"
#include "ui/insui-recovery.h"
#include "ui/insui-watchdog.h"
#include "ui/insui-window.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>

struct _InsUiApplication
{
  AdwApplication parent_instance;

  GSettings *settings;    /* owned */
  GtkWindow *preferences; /* weak: while they are open */
};

G_DEFINE_FINAL_TYPE (InsUiApplication, insui_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *action;
  const char *keys[4];
} Accels;

static const Accels accels[] = {
  { "app.new-window", { "<Control>n" } },
  { "app.open", { "<Control>o" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.update", { "<Control>u" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.run", { "F5" } },
  { "win.stop", { "Escape" } },
  { "win.sidebar", { "F9" } },
  { "win.pane", { "<Shift>F9" } },
  { "win.menu", { "F10" } },
  { "win.find", { "<Control>f" } },
  { "win.select-all", { "<Control>a" } },
  { "win.invert-selection", { "<Control>i" } },
  { "win.next-page", { "<Control>Page_Down" } },
  { "win.previous-page", { "<Control>Page_Up" } },
  { "win.page::data", { "<Alt>1" } },
  { "win.page::filters", { "<Alt>2" } },
  { "win.page::features", { "<Alt>3" } },
  { "win.page::prepare", { "<Alt>4" } },
  { "win.page::embed", { "<Alt>5" } },
  { "win.page::cluster", { "<Alt>6" } },
  { "win.page::profile", { "<Alt>7" } },
};

InsUiApplication *
insui_application_new (void)
{
  return g_object_new (INSUI_TYPE_APPLICATION, "application-id", INS_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/insiders/Insiders", NULL);
}

GSettings *
insui_application_get_settings (InsUiApplication *self)
{
  g_return_val_if_fail (INSUI_IS_APPLICATION (self), NULL);

  return self->settings;
}

static InsUiWindow *
new_window (InsUiApplication *self)
{
  InsUiWindow *window = insui_window_new (self);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

void
insui_application_open_file (InsUiApplication *self, GFile *file, GtkWindow *window)
{
  GList *windows;
  InsUiWindow *target = NULL;

  g_return_if_fail (INSUI_IS_APPLICATION (self));
  g_return_if_fail (G_IS_FILE (file));

  windows = gtk_application_get_windows (GTK_APPLICATION (self));
  for (GList *l = windows; l; l = l->next)
    if (INSUI_IS_WINDOW (l->data) && insui_window_shows_file (l->data, file))
      {
        gtk_window_present (l->data);
        return;
      }

  if (INSUI_IS_WINDOW (window) && insui_window_is_empty (INSUI_WINDOW (window)))
    target = INSUI_WINDOW (window);
  if (!target)
    {
      target = new_window (self);
      insui_window_set_opener (target, INSUI_IS_WINDOW (window) ? INSUI_WINDOW (window) : NULL);
    }
  gtk_window_present (GTK_WINDOW (target));
  insui_window_open (target, file);
}

/* --- actions --- */

static void
on_new_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  new_window (data);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  if (!INSUI_IS_WINDOW (window))
    window = GTK_WINDOW (new_window (data));
  insui_window_choose_file (INSUI_WINDOW (window));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  InsUiApplication *self = data;

  if (!self->preferences)
    {
      GtkWindow *preferences = GTK_WINDOW (insui_preferences_new (self->settings));

      gtk_window_set_transient_for (preferences,
                                    gtk_application_get_active_window (GTK_APPLICATION (self)));
      g_set_weak_pointer (&self->preferences, preferences);
    }
  gtk_window_present (self->preferences);
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  if (window)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const developers[] = { "The Insiders contributors", NULL };

  adw_show_about_window (
      gtk_application_get_active_window (data), "application-name", _ ("Insiders"),
      "application-icon", INS_APP_ID, "version", INS_VERSION, "developer-name",
      _ ("The Insiders contributors"), "developers", developers, "license-type",
      GTK_LICENSE_GPL_3_0, "comments",
      _ ("Turns a shop’s transactions into named, explained customer groups, first of all the "
         "best customers. Everything is computed on this computer; no data leave it."),
      "copyright", "© 2026 The Insiders contributors", NULL);
}

/* A list that lasts, whatever is closed meanwhile. */
static GPtrArray *
list_windows (InsUiApplication *self)
{
  GPtrArray *windows = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    g_ptr_array_add (windows, g_object_ref (l->data));
  return windows;
}

void
insui_application_quit (InsUiApplication *self)
{
  g_autoptr (GPtrArray) windows = NULL;

  g_return_if_fail (INSUI_IS_APPLICATION (self));

  windows = list_windows (self);
  for (guint i = 0; i < windows->len; i++)
    if (INSUI_IS_WINDOW (windows->pdata[i]) && insui_window_ask_before_quitting (windows->pdata[i]))
      return;
  for (guint i = 0; i < windows->len; i++)
    gtk_window_close (windows->pdata[i]);
}

void
insui_application_stay (InsUiApplication *self)
{
  g_autoptr (GPtrArray) windows = NULL;

  g_return_if_fail (INSUI_IS_APPLICATION (self));

  windows = list_windows (self);
  for (guint i = 0; i < windows->len; i++)
    if (INSUI_IS_WINDOW (windows->pdata[i]))
      insui_window_stay (windows->pdata[i]);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_application_quit (data);
}

static const GActionEntry actions[] = {
  { .name = "new-window", .activate = on_new_window },
  { .name = "new-project", .activate = on_new_window }, /* the desktop file's name for it */
  { .name = "open", .activate = on_open },
  { .name = "preferences", .activate = on_preferences },
  { .name = "shortcuts", .activate = on_shortcuts },
  { .name = "about", .activate = on_about },
  { .name = "quit", .activate = on_quit },
};

/* --- life --- */

static void
apply_colour_scheme (InsUiApplication *self)
{
  g_autofree char *scheme = g_settings_get_string (self->settings, "colour-scheme");
  AdwColorScheme value = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (scheme, "light"))
    value = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (scheme, "dark"))
    value = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), value);
}

static void
insui_application_startup (GApplication *application)
{
  InsUiApplication *self = INSUI_APPLICATION (application);

  G_APPLICATION_CLASS (insui_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (INS_APP_ID);
  self->settings = g_settings_new (INS_APP_ID);
  g_signal_connect_object (self->settings, "changed::colour-scheme",
                           G_CALLBACK (apply_colour_scheme), self, G_CONNECT_SWAPPED);
  apply_colour_scheme (self);
  insui_watchdog_start ();
}

/* Each project that a crash left behind gets a window. */
static void
recover (InsUiApplication *self)
{
  g_autoptr (GVariant) recovery = NULL;

  while ((recovery = insui_recovery_take ()))
    {
      insui_window_recover (new_window (self), recovery);
      g_clear_pointer (&recovery, g_variant_unref);
    }
}

static void
insui_application_activate (GApplication *application)
{
  GtkWindow *window;

  if (!gtk_application_get_windows (GTK_APPLICATION (application)))
    recover (INSUI_APPLICATION (application));
  window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (window)
    gtk_window_present (window);
  else
    new_window (INSUI_APPLICATION (application));
}

static void
insui_application_open (GApplication *application, GFile **files, int n, const char *hint)
{
  if (!gtk_application_get_windows (GTK_APPLICATION (application)))
    recover (INSUI_APPLICATION (application));
  for (int i = 0; i < n; i++)
    insui_application_open_file (INSUI_APPLICATION (application), files[i],
                                 gtk_application_get_active_window (GTK_APPLICATION (application)));
}

static int
insui_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("insiders %s\n", INS_VERSION);
  return 0;
}

static void
insui_application_dispose (GObject *object)
{
  InsUiApplication *self = INSUI_APPLICATION (object);

  g_clear_weak_pointer (&self->preferences);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (insui_application_parent_class)->dispose (object);
}

static void
insui_application_class_init (InsUiApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = insui_application_dispose;
  application_class->startup = insui_application_startup;
  application_class->activate = insui_application_activate;
  application_class->open = insui_application_open;
  application_class->handle_local_options = insui_application_handle_local_options;
}

static void
insui_application_init (InsUiApplication *self)
{
  static const GOptionEntry options[] = { { "version", 'v', 0, G_OPTION_ARG_NONE, NULL,
                                            N_ ("Print the version and quit"), NULL },
                                          { NULL } };
  GApplication *application = G_APPLICATION (self);

  g_application_add_main_option_entries (application, options);
  g_application_set_option_context_parameter_string (application, _ ("[FILE…]"));
  g_application_set_option_context_summary (
      application, _ ("Finds groups of customers in a shop’s transactions (CSV) and opens projects "
                      "(.insiders)."));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].keys);
}
