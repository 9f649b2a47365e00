/* insui-selection-bar.c: how many customers are selected, what they bring, what to do with them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-selection-bar.h"

#include "ui/insui-export.h"
#include "ui/insui-format.h"
#include "ui/insui-sentences.h"

#include <glib/gi18n-lib.h>

struct _InsUiSelectionBar
{
  AdwBin parent_instance;

  /* template */
  GtkRevealer *revealer;
  GtkLabel *label;

  InsUiSession *session; /* owned */
};

G_DEFINE_FINAL_TYPE (InsUiSelectionBar, insui_selection_bar, ADW_TYPE_BIN)

static void
update (InsUiSelectionBar *self)
{
  gsize n = 0;
  const guint8 *selection = insui_session_get_selection (self->session, &n);
  gboolean any = insui_session_get_n_selected (self->session) > 0;
  if (any)
    {
      const InsResults *results = insui_session_get_results (self->session);
      const char *currency = ins_project_get_currency (insui_session_get_project (self->session));
      g_autofree char *text = insui_sentence_selection (results->features, selection, n, currency);
      gtk_label_set_text (self->label, text != NULL ? text : "");
    }
  gtk_revealer_set_reveal_child (self->revealer, any);
}

typedef struct
{
  InsUiSelectionBar *self; /* owned */
  char *name;
  gsize n;
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->self);
  g_free (writing->name);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Writing) writing = data;
  InsUiSelectionBar *self = writing->self;
  g_autoptr (GError) error = NULL;
  if (self->session == NULL)
    return;
  if (insui_export_customers_finish (result, &error))
    {
      g_autofree char *count = insui_format_count (writing->n);
      /* Translators: number of customers, name of a file */
      g_autofree char *sentence =
          g_strdup_printf (ngettext ("%s customer exported to %s", "%s customers exported to %s",
                                     (gulong)writing->n),
                           count, writing->name);
      g_signal_emit_by_name (self->session, "toast", sentence);
    }
  else
    g_signal_emit_by_name (self->session, "failed", error->message);
}

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  InsUiSelectionBar *self = data;
  gsize k = 0, n = 0;
  if (response == GTK_RESPONSE_ACCEPT && self->session != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      const InsResults *results = insui_session_get_results (self->session);
      const InsIdentity *identities = insui_session_get_identities (self->session, &k);
      const guint8 *selection = insui_session_get_selection (self->session, &n);
      if (results->features != NULL && selection != NULL && n == results->features->n)
        {
          Writing *writing = g_new0 (Writing, 1);
          g_autofree char *base = g_file_get_basename (file);
          writing->self = g_object_ref (self);
          writing->name = g_filename_display_name (base);
          writing->n = insui_session_get_n_selected (self->session);
          insui_export_customers (file, results, identities, k, selection, NULL, on_written,
                                  writing);
        }
    }
  g_object_unref (dialog);
  g_object_unref (self);
}

static void
export_selection (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InsUiSelectionBar *self = INSUI_SELECTION_BAR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Export Customers"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("CSV tables"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  /* Translators: name of a file */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _ ("customers.csv"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
clear_selection (GtkWidget *widget, const char *action, GVariant *parameter)
{
  insui_session_select_none (INSUI_SELECTION_BAR (widget)->session);
}

static void
insui_selection_bar_dispose (GObject *object)
{
  InsUiSelectionBar *self = INSUI_SELECTION_BAR (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (insui_selection_bar_parent_class)->dispose (object);
}

static void
insui_selection_bar_class_init (InsUiSelectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = insui_selection_bar_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiSelectionBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, InsUiSelectionBar, label);
  gtk_widget_class_install_action (widget_class, "selection.export", NULL, export_selection);
  gtk_widget_class_install_action (widget_class, "selection.clear", NULL, clear_selection);
}

static void
insui_selection_bar_init (InsUiSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
insui_selection_bar_new (InsUiSession *session)
{
  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  InsUiSelectionBar *self = g_object_new (INSUI_TYPE_SELECTION_BAR, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
