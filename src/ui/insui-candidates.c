/* insui-candidates.c: what a list or map parameter may be made of, from what is known now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-candidates.h"
#include "ui/insui-format.h"

#include "ins-config.h"
#include "pipeline/ins-registry.h"
#include <glib/gi18n-lib.h>
#include <string.h>

struct _InsUiCandidate
{
  GObject parent_instance;

  char *value;
  char *title;
  char *detail;
};

G_DEFINE_FINAL_TYPE (InsUiCandidate, insui_candidate, G_TYPE_OBJECT)

static void
insui_candidate_finalize (GObject *object)
{
  InsUiCandidate *self = INSUI_CANDIDATE (object);

  g_free (self->value);
  g_free (self->title);
  g_free (self->detail);
  G_OBJECT_CLASS (insui_candidate_parent_class)->finalize (object);
}

static void
insui_candidate_class_init (InsUiCandidateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = insui_candidate_finalize;
}

static void
insui_candidate_init (InsUiCandidate *self)
{
}

const char *
insui_candidate_get_value (InsUiCandidate *self)
{
  g_return_val_if_fail (INSUI_IS_CANDIDATE (self), NULL);

  return self->value;
}

const char *
insui_candidate_get_title (InsUiCandidate *self)
{
  g_return_val_if_fail (INSUI_IS_CANDIDATE (self), NULL);

  return self->title;
}

const char *
insui_candidate_get_detail (InsUiCandidate *self)
{
  g_return_val_if_fail (INSUI_IS_CANDIDATE (self), NULL);

  return self->detail;
}

/* Takes @title and @detail. */
static void
add (GListStore *list, const char *value, char *title, char *detail)
{
  g_autoptr (InsUiCandidate) candidate = g_object_new (INSUI_TYPE_CANDIDATE, NULL);

  candidate->value = g_strdup (value);
  candidate->title = title;
  candidate->detail = detail;
  g_list_store_append (list, candidate);
}

static const InsFeatureInfo *
get_features (InsUiSession *session, gsize *n)
{
  const InsFeatures *features = insui_session_get_results (session)->features;

  if (!features)
    return ins_feature_dictionary (n);
  *n = features->n_features;
  return features->infos;
}

char *
insui_candidates_feature_title (InsUiSession *session, const char *name)
{
  gsize n;
  const InsFeatureInfo *infos = get_features (session, &n);

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (infos[i].name, name))
      return g_strdup (infos[i].title);
  return g_strdup (name);
}

static void
add_features (InsUiSession *session, GListStore *list)
{
  gsize n;
  const InsFeatureInfo *infos = get_features (session, &n);

  for (gsize i = 0; i < n; i++)
    if (infos[i].type == INS_FEATURE_NUMBER)
      add (list, infos[i].name, g_strdup (infos[i].title), g_strdup (infos[i].definition));
}

static char *
describe_group (InsUiSession *session, const InsServiceGroup *group)
{
  const char *currency = ins_project_get_currency (insui_session_get_project (session));
  g_autofree char *lines = insui_format_count (group->lines);
  g_autofree char *money = insui_format_money (group->revenue, currency);
  g_autofree char *stake = g_strdup_printf (
      ngettext ("%s line, %s", "%s lines, %s", (gulong)group->lines), lines, money);

  return g_strdup_printf (C_ ("codes: lines and money", "%s: %s"), group->codes, stake);
}

static char *
pattern_title (const char *pattern)
{
  if (g_str_equal (pattern, "[no-digit]"))
    return g_strdup (_ ("Codes without a digit"));
  return g_strdup (pattern);
}

static void
add_services (InsUiSession *session, GListStore *list)
{
  const InsFiltered *filtered = insui_session_get_results (session)->filtered;

  for (guint i = 0; filtered && filtered->services && i < filtered->services->len; i++)
    {
      const InsServiceGroup *group = g_ptr_array_index (filtered->services, i);

      add (list, group->pattern, pattern_title (group->pattern), describe_group (session, group));
    }
}

static int
compare_words (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_utf8_collate (*(char *const *)a, *(char *const *)b);
}

static void
add_countries (InsUiSession *session, GListStore *list)
{
  const InsImport *import = insui_session_get_results (session)->import;
  const InsColumn *column =
      import && import->table ? ins_table_get (import->table, INS_ROLE_COUNTRY) : NULL;
  g_autofree const char **words = NULL;

  if (!column || !column->words)
    return;
  words = g_new (const char *, column->n_words + 1);
  for (guint32 i = 0; i < column->n_words; i++)
    words[i] = column->words[i];
  g_qsort_with_data (words, (int)column->n_words, sizeof *words, compare_words, NULL);
  for (guint32 i = 0; i < column->n_words; i++)
    if (*words[i])
      add (list, words[i], g_strdup (words[i]), NULL);
}

static void
add_customers (InsUiSession *session, GListStore *list)
{
  const InsResults *results = insui_session_get_results (session);
  char **ids = results->features ? results->features->ids : NULL;

  for (gsize i = 0; ids && i < results->features->n; i++)
    add (list, ids[i], g_strdup (ids[i]), NULL);
}

static void
add_models (GListStore *list)
{
  gsize n;
  const GType *types = ins_registry_list (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (types[i]);
      InsStepClass *step = INS_STEP_CLASS (klass);

      if (step->stage == INS_STAGE_CLUSTER)
        add (list, step->id, g_strdup (_ (step->title)), g_strdup (_ (step->blurb)));
    }
}

char **
insui_candidates_columns (InsUiSession *session)
{
  const InsImport *import = insui_session_get_results (session)->import;
  const InsSniff *sniff = insui_session_get_questions (session);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (gsize i = 0; sniff && i < sniff->n_columns; i++)
    g_strv_builder_add (names, sniff->names[i]);
  for (gsize i = 0; !sniff && import && i < import->n_columns; i++)
    g_strv_builder_add (names, import->columns[i].name);
  return g_strv_builder_end (names);
}

/* Values typed by hand, or of another file. */
static void
add_unknown (GListStore *list, const char *text)
{
  g_auto (GStrv) items = ins_list_split (text);
  guint n_known = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint n_added = 0;

  for (gsize i = 0; items[i]; i++)
    {
      gboolean known = FALSE;

      for (guint j = 0; j < n_known && !known; j++)
        {
          g_autoptr (InsUiCandidate) other =
              g_list_model_get_item (G_LIST_MODEL (list), j + n_added);

          known = g_str_equal (other->value, items[i]);
        }
      if (!known)
        {
          g_autoptr (InsUiCandidate) own = g_object_new (INSUI_TYPE_CANDIDATE, NULL);

          own->value = g_strdup (items[i]);
          own->title = g_strdup (items[i]);
          g_list_store_insert (list, n_added++, own);
        }
    }
}

GListStore *
insui_candidates_list (InsUiSession *session, const char *source, const char *text)
{
  GListStore *list = g_list_store_new (INSUI_TYPE_CANDIDATE);

  g_return_val_if_fail (INSUI_IS_SESSION (session), list);

  if (g_strcmp0 (source, "features") == 0)
    add_features (session, list);
  else if (g_strcmp0 (source, "services") == 0)
    add_services (session, list);
  else if (g_strcmp0 (source, "countries") == 0)
    add_countries (session, list);
  else if (g_strcmp0 (source, "customers") == 0)
    add_customers (session, list);
  else if (g_strcmp0 (source, "models") == 0)
    add_models (list);
  else if (g_strcmp0 (source, "columns") == 0)
    {
      g_auto (GStrv) names = insui_candidates_columns (session);

      for (gsize i = 0; names[i]; i++)
        add (list, names[i], g_strdup (names[i]), NULL);
    }
  add_unknown (list, text);
  return list;
}
