/* insui-param-map.c: one choice for each of several things: columns by role, scaling by feature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-candidates.h"
#include "ui/insui-param-row-private.h"
#include "ui/insui-roles.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>

#define NO_COLUMN "-"

/* What a key may be set to; the first is "not in the map". */
typedef struct
{
  char **texts;
  char **labels;
} Values;

static void
values_free (Values *values)
{
  g_strfreev (values->texts);
  g_strfreev (values->labels);
  g_free (values);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Values, values_free)

static gboolean
is_roles (InsUiParamRow *self)
{
  return g_strcmp0 (self->param->candidates, "columns") == 0;
}

static char **
list_keys (InsUiParamRow *self)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  InsStep *step = insui_param_row_get_step (self);
  const InsParam *features;

  if (is_roles (self))
    for (guint role = 0; role < INS_N_ROLES; role++)
      g_strv_builder_add (keys, ins_role_to_text (role));
  else if (step && (features = ins_step_class_find_param (INS_STEP_GET_CLASS (step), "features")))
    {
      g_autofree char *text = ins_step_get_text (step, features);
      g_auto (GStrv) names = ins_list_split (text);

      g_strv_builder_addv (keys, (const char **)names);
    }
  return g_strv_builder_end (keys);
}

static Values *
list_values (InsUiParamRow *self)
{
  Values *values = g_new0 (Values, 1);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();

  g_strv_builder_add (texts, "");
  if (is_roles (self))
    {
      g_auto (GStrv) columns = insui_candidates_columns (self->session);

      g_strv_builder_add (labels, C_ ("column for a role", "Detect"));
      g_strv_builder_add (texts, NO_COLUMN);
      g_strv_builder_add (labels, C_ ("column for a role", "None"));
      g_strv_builder_addv (texts, (const char **)columns);
      g_strv_builder_addv (labels, (const char **)columns);
    }
  else
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (self->param->value_choices);
      GEnumClass *choices = G_ENUM_CLASS (klass);

      g_strv_builder_add (labels, C_ ("scaling of one feature", "As Above"));
      for (guint i = 0; i < choices->n_values; i++)
        {
          g_autofree char *label = insui_choice_label (&choices->values[i]);

          g_strv_builder_add (texts, choices->values[i].value_nick);
          g_strv_builder_add (labels, label);
        }
    }
  values->texts = g_strv_builder_end (texts);
  values->labels = g_strv_builder_end (labels);
  return values;
}

static void
on_selected (GtkDropDown *control, GParamSpec *spec, InsUiParamRow *self)
{
  const char *key = g_object_get_data (G_OBJECT (control), "key");
  char **texts = g_object_get_data (G_OBJECT (control), "texts");
  guint position = gtk_drop_down_get_selected (control);
  InsStep *step = insui_param_row_get_step (self);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (GHashTable) map = NULL;

  if (self->showing || !step || position == GTK_INVALID_LIST_POSITION)
    return;
  text = ins_step_get_text (step, self->param);
  map = ins_map_parse (text);
  if (position == 0)
    g_hash_table_remove (map, key);
  else
    g_hash_table_insert (map, g_strdup (key), g_strdup (texts[position]));
  changed = ins_map_format (map);
  insui_param_row_set (self, changed);
}

static char *
key_title (InsUiParamRow *self, const char *key)
{
  InsRole role;

  if (!is_roles (self))
    return insui_candidates_feature_title (self->session, key);
  return g_strdup (ins_role_from_text (key, &role) ? insui_role_title (role) : key);
}

static guint
find_position (char **texts, const char *value)
{
  for (guint i = 1; value && texts[i]; i++)
    if (g_str_equal (texts[i], value))
      return i;
  return 0;
}

static GtkWidget *
create_choice (InsUiParamRow *self, const char *key, const Values *values, const char *value)
{
  GtkStringList *labels = gtk_string_list_new ((const char *const *)values->labels);
  GtkWidget *control = NULL;

  control = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  gtk_widget_set_hexpand (control, TRUE);
  gtk_widget_set_size_request (control, 130, -1);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (control), find_position (values->texts, value));
  g_object_set_data_full (G_OBJECT (control), "key", g_strdup (key), g_free);
  g_object_set_data_full (G_OBJECT (control), "texts", g_strdupv (values->texts),
                          (GDestroyNotify)g_strfreev);
  g_signal_connect (control, "notify::selected", G_CALLBACK (on_selected), self);
  return control;
}

static void
fill (InsUiParamRow *self, char **keys, GHashTable *map)
{
  g_autoptr (Values) values = list_values (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->control)))
    gtk_grid_remove (GTK_GRID (self->control), child);
  for (guint i = 0; keys[i]; i++)
    {
      g_autofree char *title = key_title (self, keys[i]);
      GtkWidget *label = gtk_label_new (title);
      GtkWidget *choice = create_choice (self, keys[i], values, g_hash_table_lookup (map, keys[i]));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      -1);
      gtk_grid_attach (GTK_GRID (self->control), label, 0, (int)i, 1, 1);
      gtk_grid_attach (GTK_GRID (self->control), choice, 1, (int)i, 1, 1);
    }
}

static GtkWidget *
create_map (InsUiParamRow *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  return grid;
}

static void
select_values (InsUiParamRow *self, GHashTable *map)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->control); child;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_DROP_DOWN (child))
      gtk_drop_down_set_selected (
          GTK_DROP_DOWN (child),
          find_position (g_object_get_data (G_OBJECT (child), "texts"),
                         g_hash_table_lookup (map, g_object_get_data (G_OBJECT (child), "key"))));
}

/* Made anew only when keys or choices differ, so that the focus stays. */
static void
show_map (InsUiParamRow *self, const char *text)
{
  g_auto (GStrv) keys = list_keys (self);
  g_autoptr (Values) values = list_values (self);
  g_autofree char *all_keys = g_strjoinv ("\n", keys);
  g_autofree char *all_values = g_strjoinv ("\n", values->texts);
  g_autofree char *shown = g_strjoin ("\f", all_keys, all_values, NULL);
  g_autoptr (GHashTable) map = ins_map_parse (text);

  if (g_strcmp0 (shown, g_object_get_data (G_OBJECT (self->control), "shown")) == 0)
    {
      select_values (self, map);
      return;
    }
  g_object_set_data_full (G_OBJECT (self->control), "shown", g_steal_pointer (&shown), g_free);
  fill (self, keys, map);
}

const InsUiEditor insui_map_editor = { TRUE, create_map, show_map };
