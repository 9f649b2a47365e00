/* insui-cluster-row.c: one group: its figures, and its name, colour and note to be changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-cluster-row.h"

#include "ui/insui-format.h"
#include "ui/insui-sentences.h"
#include "ui/insui-swatch.h"
#include "ui/insui-typing.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _InsUiClusterRow
{
  AdwExpanderRow parent_instance;

  /* template */
  InsUiSwatch *swatch;
  AdwEntryRow *name;
  AdwActionRow *colour_row;
  GtkMenuButton *colour_button;
  InsUiSwatch *colour_swatch;
  GtkGrid *colours;
  AdwEntryRow *note;
  GtkWidget *insider_row;
  GtkSwitch *insider;
  GtkWidget *select_row;

  InsUiSession *session; /* owned */
  gsize cluster;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (InsUiClusterRow, insui_cluster_row, ADW_TYPE_EXPANDER_ROW)

static const InsIdentity *
get_identity (InsUiClusterRow *self)
{
  gsize k = 0;
  const InsIdentity *identities = insui_session_get_identities (self->session, &k);
  return identities != NULL && self->cluster < k ? &identities[self->cluster] : NULL;
}

/* "257 customers · 5.95 % · £4.0 M · 48.3 % of revenue" */
static char *
describe (InsUiClusterRow *self)
{
  const InsResults *results = insui_session_get_results (self->session);
  const InsProfile *profile = results->profile;
  const char *currency = ins_project_get_currency (insui_session_get_project (self->session));
  gsize customers = results->clustering->sizes[self->cluster];
  g_autofree char *count = insui_format_count (customers);
  g_autofree char *first =
      g_strdup_printf (ngettext ("%s customer", "%s customers", customers), count);
  if (profile == NULL || self->cluster >= profile->k)
    return g_steal_pointer (&first);
  g_autofree char *share = insui_format_percent (profile->share_customers[self->cluster]);
  if (isnan (profile->share_revenue[self->cluster]))
    return g_strdup_printf ("%s · %s", first, share);
  g_autofree char *money = insui_format_money (profile->revenue[self->cluster], currency);
  g_autofree char *revenue = insui_format_percent (profile->share_revenue[self->cluster]);
  /* Translators: “257 customers (5.95 %) bring £4.02 M (48.3 % of revenue)” */
  return g_strdup_printf (
      ngettext ("%s (%s) brings %s (%s of revenue)", "%s (%s) bring %s (%s of revenue)", customers),
      first, share, money, revenue);
}

static void
update_colours (InsUiClusterRow *self, const InsIdentity *identity)
{
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->colours)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      int colour = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "colour"));
      insui_swatch_set (INSUI_SWATCH (gtk_button_get_child (GTK_BUTTON (button))), colour,
                        identity->shape);
      if (colour == identity->colour)
        gtk_widget_add_css_class (button, "raised");
      else
        gtk_widget_remove_css_class (button, "raised");
    }
}

void
insui_cluster_row_update (InsUiClusterRow *self)
{
  g_return_if_fail (INSUI_IS_CLUSTER_ROW (self));
  const InsResults *results = insui_session_get_results (self->session);
  const InsIdentity *identity = get_identity (self);
  if (identity == NULL || results->clustering == NULL || self->cluster >= results->clustering->k)
    return;
  self->updating = TRUE;
  g_autofree char *title = g_markup_escape_text (identity->name, -1);
  g_autofree char *figures = describe (self);
  g_autofree char *special = insui_sentence_profile (results, self->cluster);
  g_autofree char *subtitle = special != NULL ? g_markup_printf_escaped ("%s\n%s", figures, special)
                                              : g_markup_escape_text (figures, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  insui_swatch_set_identity (self->swatch, identity);
  insui_swatch_set_identity (self->colour_swatch, identity);
  insui_typing_show (GTK_EDITABLE (self->name), identity->name);
  insui_typing_show (GTK_EDITABLE (self->note), identity->note);
  gtk_switch_set_active (self->insider, identity->is_insider);
  update_colours (self, identity);
  self->updating = FALSE;
}

/* There may be fewer groups by the time the focus leaves. */
static gboolean
may_take (InsUiClusterRow *self, AdwEntryRow *row)
{
  return !self->updating && get_identity (self) != NULL
         && insui_typing_is_pending (GTK_EDITABLE (row));
}

static void
on_name_applied (InsUiClusterRow *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  if (!may_take (self, self->name))
    return;
  insui_typing_taken (GTK_EDITABLE (self->name));
  insui_session_set_name (self->session, self->cluster, g_strstrip (name));
  insui_cluster_row_update (self); /* the old one again if it was refused */
}

static void
on_note_applied (InsUiClusterRow *self)
{
  g_autofree char *note = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note)));
  if (!may_take (self, self->note))
    return;
  insui_typing_taken (GTK_EDITABLE (self->note));
  insui_session_set_note (self->session, self->cluster, note);
  insui_cluster_row_update (self);
}

static void
on_insider_changed (InsUiClusterRow *self)
{
  if (!self->updating)
    insui_session_set_insider (self->session, self->cluster, gtk_switch_get_active (self->insider));
}

static void
on_colour_clicked (GtkButton *button, InsUiClusterRow *self)
{
  int colour = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "colour"));
  gtk_menu_button_popdown (self->colour_button);
  insui_session_set_colour (self->session, self->cluster, colour);
}

static void
on_select_clicked (InsUiClusterRow *self)
{
  insui_session_select_cluster (self->session, self->cluster, INSUI_SELECT_REPLACE);
}

static void
add_colour (InsUiClusterRow *self, int colour, int position)
{
  GtkWidget *button = gtk_button_new ();
  g_autofree char *label = colour == INS_COLOUR_GOLD
                               ? g_strdup (_ ("Gold"))
                               : g_strdup_printf (_ ("Colour %d"), colour + 1);
  GtkWidget *swatch = insui_swatch_new ();
  insui_swatch_set_size (INSUI_SWATCH (swatch), 24);
  gtk_button_set_child (GTK_BUTTON (button), swatch);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data (G_OBJECT (button), "colour", GINT_TO_POINTER (colour));
  g_signal_connect (button, "clicked", G_CALLBACK (on_colour_clicked), self);
  gtk_grid_attach (self->colours, button, position % 3, position / 3, 1, 1);
}

/* Only when somebody wants to choose: there are many rows. */
static void
add_colours (GtkMenuButton *menu_button, gpointer data)
{
  InsUiClusterRow *self = data;
  const InsIdentity *identity = get_identity (self);
  if (gtk_widget_get_first_child (GTK_WIDGET (self->colours)) == NULL)
    {
      add_colour (self, INS_COLOUR_GOLD, 0);
      for (int colour = 0; colour < INS_N_COLOURS; colour++)
        add_colour (self, colour, colour + 1);
    }
  if (identity != NULL)
    update_colours (self, identity);
}

/* GTK measures and styles also what is folded away, but not what is hidden. */
static void
show_content (InsUiClusterRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->name), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->colour_row), TRUE);
  gtk_widget_set_visible (self->insider_row, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->note), TRUE);
  gtk_widget_set_visible (self->select_row, TRUE);
}

static void
insui_cluster_row_dispose (GObject *object)
{
  InsUiClusterRow *self = INSUI_CLUSTER_ROW (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (insui_cluster_row_parent_class)->dispose (object);
}

static void
insui_cluster_row_class_init (InsUiClusterRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = insui_cluster_row_dispose;
  g_type_ensure (INSUI_TYPE_SWATCH);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-cluster-row.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, swatch);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, name);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, colour_row);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, colour_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, colour_swatch);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, colours);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, note);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, insider_row);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, insider);
  gtk_widget_class_bind_template_child (widget_class, InsUiClusterRow, select_row);
  gtk_widget_class_bind_template_callback (widget_class, show_content);
  gtk_widget_class_bind_template_callback (widget_class, on_name_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_note_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_insider_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_select_clicked);
}

static void
insui_cluster_row_init (InsUiClusterRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  insui_swatch_set_size (self->swatch, 18);
  insui_swatch_set_size (self->colour_swatch, 18);
  gtk_menu_button_set_create_popup_func (self->colour_button, add_colours, self, NULL);
  insui_typing_watch_row (self->name);
  insui_typing_watch_row (self->note);
}

GtkWidget *
insui_cluster_row_new (InsUiSession *session, gsize cluster)
{
  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  InsUiClusterRow *self = g_object_new (INSUI_TYPE_CLUSTER_ROW, NULL);
  self->session = g_object_ref (session);
  self->cluster = cluster;
  insui_cluster_row_update (self);
  return GTK_WIDGET (self);
}
