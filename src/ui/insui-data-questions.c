/* insui-data-questions.c: how a file was read and why, and what it leaves open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-data-parts.h"
#include "ui/insui-roles.h"
#include "ui/insui-table.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define MANY 6 /* more choices than this are a drop-down */
#define READ_STAGES (1u << INS_STAGE_DATA | 1u << INS_STAGE_FILTER | 1u << INS_STAGE_FEATURES)

/* "customer" of "customer=CustomerID" */
static char *
get_role_name (const InsEvidence *evidence)
{
  const char *equals = strchr (evidence->value, '=');

  return equals ? g_strndup (evidence->value, (gsize)(equals - evidence->value))
                : g_strdup (evidence->value);
}

static char *
get_title (const InsEvidence *evidence)
{
  static const struct
  {
    const char *field;
    const char *title;
  } titles[] = {
    { "encoding", N_ ("Encoding") },
    { "delimiter", N_ ("Delimiter") },
    { "quote", N_ ("Quote") },
    { "header", N_ ("Column names") },
    { "decimal", N_ ("Decimal mark") },
    { "thousands", N_ ("Thousands mark") },
    { "date-format", N_ ("Dates") },
    { "id", N_ ("Identifier") },
    { "table", N_ ("One line per customer") },
  };

  if (g_str_equal (evidence->field, "role"))
    {
      g_autofree char *name = get_role_name (evidence);
      InsRole role;

      return g_strdup (ins_role_from_text (name, &role) ? insui_role_title (role) : name);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (evidence->field, titles[i].field))
      return g_strdup (_ (titles[i].title));
  return g_strdup (evidence->field);
}

/* "%d/%m/%Y" in words. */
static char *
describe_date_format (const char *format)
{
  static const struct
  {
    char letter;
    const char *word;
  } words[] = {
    { 'd', N_ ("day") },          { 'm', N_ ("month") },    { 'b', N_ ("month’s name") },
    { 'B', N_ ("month’s name") }, { 'y', N_ ("year") },     { 'Y', N_ ("year") },
    { 'H', N_ ("hour") },         { 'I', N_ ("hour") },     { 'M', N_ ("minute") },
    { 'S', N_ ("second") },       { 'p', N_ ("am or pm") },
  };
  static const struct
  {
    const char *format;
    const char *title;
  } counted[] = { { "excel", N_ ("spreadsheet’s day numbers") },
                  { "unix", N_ ("seconds since 1970") },
                  { "unix-ms", N_ ("milliseconds since 1970") } };
  GString *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (counted); i++)
    if (g_str_equal (format, counted[i].format))
      return g_strdup (_ (counted[i].title));
  text = g_string_new (NULL);
  for (const char *at = format; *at; at++)
    {
      const char *word = NULL;

      for (gsize i = 0; *at == '%' && i < G_N_ELEMENTS (words); i++)
        if (words[i].letter == at[1])
          word = _ (words[i].word);
      if (word)
        {
          g_string_append (text, word);
          at++;
        }
      else
        g_string_append_c (text, *at);
    }
  return g_string_free (text, FALSE);
}

static char *
get_value (const InsEvidence *evidence)
{
  const char *equals = strchr (evidence->value, '=');
  const char *value =
      g_str_equal (evidence->field, "role") && equals ? equals + 1 : evidence->value;

  if (g_str_equal (evidence->field, "date-format") && *value)
    return describe_date_format (value);
  return g_strdup (*value ? value : C_ ("nothing was found", "none"));
}

void
insui_data_fill_evidence (GtkListBox *list, const GPtrArray *evidence)
{
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (list, 0)))
    gtk_list_box_remove (list, GTK_WIDGET (old));
  for (guint i = 0; evidence && i < evidence->len; i++)
    {
      const InsEvidence *item = g_ptr_array_index (evidence, i);
      g_autofree char *title = get_title (item);
      g_autofree char *value = get_value (item);
      g_autofree char *reason = g_markup_escape_text (item->reason ? item->reason : "", -1);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *label = gtk_label_new (value);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
      insui_table_set_tooltip (label, value);
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      gtk_list_box_append (list, row);
    }
}

/* --- questions --- */

static void
answer (InsUiSession *session, const char *param, const char *choice)
{
  insui_session_set_param (session, INS_STAGE_DATA, param, choice);
  insui_session_run (session, READ_STAGES);
}

static char *
get_param (const InsEvidence *evidence)
{
  if (g_str_equal (evidence->field, "role"))
    {
      g_autofree char *name = get_role_name (evidence);

      return g_strconcat ("roles.", name, NULL);
    }
  if (g_str_equal (evidence->field, "id"))
    return g_strdup ("roles.id");
  return g_strdup (evidence->field);
}

static char *
describe_choice (const InsEvidence *evidence, const char *choice)
{
  if (g_str_equal (evidence->field, "date-format"))
    return describe_date_format (choice);
  if (g_str_equal (choice, "."))
    return g_strdup (_ ("Dot"));
  if (g_str_equal (choice, ","))
    return g_strdup (_ ("Comma"));
  if (g_str_equal (choice, ";"))
    return g_strdup (_ ("Semicolon"));
  if (g_str_equal (choice, "\t"))
    return g_strdup (_ ("Tab"));
  return g_strdup (choice);
}

static void
on_choice (GtkWidget *row, InsUiSession *session)
{
  answer (session, g_object_get_data (G_OBJECT (row), "param"),
          g_object_get_data (G_OBJECT (row), "choice"));
}

static GtkWidget *
create_choice_row (InsUiSession *session, const InsEvidence *evidence, gsize i)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *described = describe_choice (evidence, evidence->choices[i]);
  g_autofree char *title = g_markup_escape_text (described, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (evidence->examples && evidence->examples[i])
    {
      g_autofree char *example = g_markup_escape_text (evidence->examples[i], -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), example);
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "param", get_param (evidence), g_free);
  g_object_set_data_full (G_OBJECT (row), "choice", g_strdup (evidence->choices[i]), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_choice), session, 0);
  return row;
}

static void
on_selected (AdwComboRow *row, GParamSpec *spec, InsUiSession *session)
{
  char **choices = g_object_get_data (G_OBJECT (row), "choices");
  guint position = adw_combo_row_get_selected (row);

  if (position != GTK_INVALID_LIST_POSITION && position > 0)
    answer (session, g_object_get_data (G_OBJECT (row), "param"), choices[position - 1]);
}

static GtkWidget *
create_choice_combo (InsUiSession *session, const InsEvidence *evidence)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *title = get_title (evidence);
  g_autoptr (GtkStringList) items = gtk_string_list_new (NULL);

  gtk_string_list_append (items, _ ("Choose…"));
  for (gsize i = 0; evidence->choices[i]; i++)
    gtk_string_list_append (items, evidence->choices[i]);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (items));
  g_object_set_data_full (G_OBJECT (row), "param", get_param (evidence), g_free);
  g_object_set_data_full (G_OBJECT (row), "choices", g_strdupv (evidence->choices),
                          (GDestroyNotify)g_strfreev);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_selected), session, 0);
  return row;
}

static GtkWidget *
create_sample (const char *sample)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (sample);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "file-sample");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_widget_add_css_class (scrolled, "card");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("First Lines of the File"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), scrolled);
  return group;
}

void
insui_data_fill_questions (GtkBox *box, InsUiSession *session, const InsSniff *sniff)
{
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (box))))
    gtk_box_remove (box, old);
  for (guint i = 0; sniff && i < sniff->evidence->len; i++)
    {
      const InsEvidence *evidence = g_ptr_array_index (sniff->evidence, i);
      g_autofree char *reason = NULL;
      GtkWidget *group;

      if (!evidence->choices)
        continue;
      reason = g_markup_escape_text (evidence->reason ? evidence->reason : "", -1);
      group = adw_preferences_group_new ();
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), reason);
      if (g_strv_length (evidence->choices) > MANY)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                   create_choice_combo (session, evidence));
      else
        for (gsize c = 0; evidence->choices[c]; c++)
          adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                     create_choice_row (session, evidence, c));
      gtk_box_append (box, group);
    }
  if (sniff && insui_session_get_sample (session))
    gtk_box_append (box, create_sample (insui_session_get_sample (session)));
}
