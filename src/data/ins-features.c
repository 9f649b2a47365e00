/* ins-features.c: the customers' features as an artifact
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-features-private.h"
#include "data/ins-filter-private.h"
#include "data/ins-pick.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ids, whether they are numbers, features (in dictionary?, name, title, definition, unit,
 * direction, decimals, type), values, words, bars, reference date, value feature */
#define FEATURES_FORMAT "(asba(bssssiiu)(ttay)aasa(sttd)ii)"

/* ---- Order of customers ---------------------------------------------------------------------- */

typedef struct
{
  gint64 number;
  const char *text;
  guint32 place;
} Id;

/* As a program would write it: no sign but minus, no leading zeros, at most 18 digits. */
static gboolean
parse_id (const char *text, gint64 *number)
{
  const char *p = text + (*text == '-');
  gsize digits = strspn (p, "0123456789");

  if (digits == 0 || digits > 18 || p[digits] != 0 || (*p == '0' && (digits > 1 || p > text)))
    return FALSE;
  *number = g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

static int
id_compare_number (const void *left, const void *right)
{
  const Id *a = left, *b = right;

  if (a->number != b->number)
    return a->number < b->number ? -1 : 1;
  return a->place < b->place ? -1 : a->place > b->place;
}

static int
id_compare_text (const void *left, const void *right)
{
  const Id *a = left, *b = right;
  int order = strcmp (a->text, b->text);

  return order ? order : a->place < b->place ? -1 : a->place > b->place;
}

guint32 *
ins_features_order_ids (char **ids, gsize n, gboolean *are_numbers)
{
  g_autofree Id *sorted = g_new (Id, MAX (n, 1));
  guint32 *order = g_new (guint32, MAX (n, 1));

  *are_numbers = TRUE;
  for (gsize i = 0; i < n; i++)
    {
      sorted[i] = (Id){ 0, ids[i], i };
      *are_numbers = *are_numbers && parse_id (ids[i], &sorted[i].number);
    }
  qsort (sorted, n, sizeof (Id), *are_numbers ? id_compare_number : id_compare_text);
  for (gsize i = 0; i < n; i++)
    order[i] = sorted[i].place;
  return order;
}

/* ---- Looking up ------------------------------------------------------------------------------ */

gboolean
ins_features_are_ready (const InsFeatures *features)
{
  g_return_val_if_fail (features != NULL, FALSE);
  return features->reference_date == INS_DATE_MISSING;
}

int
ins_features_find (const InsFeatures *features, const char *name)
{
  g_return_val_if_fail (features != NULL && name != NULL, -1);

  for (gsize i = 0; i < features->n_features; i++)
    if (g_str_equal (features->infos[i].name, name))
      return i;
  for (gsize i = 0; i < features->n_features; i++)
    if (g_strcmp0 (features->infos[i].notebook_name, name) == 0)
      return i;
  return -1;
}

const char *
ins_features_get_text (const InsFeatures *features, gsize row, gsize feature,
                       char buffer[INS_TEXT_SIZE])
{
  double value;

  g_return_val_if_fail (features != NULL && row < features->n, "");
  g_return_val_if_fail (feature < features->n_features, "");

  value = ins_matrix_get (features->values, row, feature);
  if (features->infos[feature].type != INS_FEATURE_TEXT)
    return ins_double_to_text (value, buffer);
  return isnan (value) ? "" : features->words[feature][(gsize)value];
}

static void
set_unknown_feature (const InsFeatures *features, const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < features->n_features; i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", features->infos[i].name);
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
               _ ("There is no feature “%s” to require: choose among %s."), name, names->str);
}

guint8 *
ins_features_find_lacking (const InsFeatures *features, const char *require, GError **error)
{
  g_auto (GStrv) names = ins_pick_split (require);
  g_autofree guint8 *lacking = g_new0 (guint8, MAX (features->n, 1));

  for (char **name = names; *name; name++)
    {
      int feature = ins_features_find (features, *name);
      const double *values;

      if (feature < 0)
        {
          set_unknown_feature (features, *name, error);
          return NULL;
        }
      values = ins_matrix_col (features->values, feature);
      for (gsize i = 0; i < features->n; i++)
        lacking[i] |= isnan (values[i]) != 0;
    }
  return g_steal_pointer (&lacking);
}

gboolean
ins_features_check_any (const InsFeatures *features, GError **error)
{
  if (features->n > 0)
    return TRUE;
  g_set_error_literal (error, INS_ERROR, INS_ERROR_INPUT,
                       _ ("No customer is left after the filters: look at the waterfall and "
                          "loosen the rule that takes the last."));
  return FALSE;
}

/* ---- Artifact -------------------------------------------------------------------------------- */

static void
features_free (InsArtifact *artifact)
{
  InsFeatures *features = (InsFeatures *)artifact;

  for (gsize i = 0; features->words && i < features->n_features; i++)
    g_strfreev (features->words[i]);
  g_free (features->words);
  g_strfreev (features->ids);
  g_free (features->infos);
  g_clear_pointer (&features->values, ins_matrix_unref);
  g_clear_pointer (&features->bars, g_ptr_array_unref);
  g_clear_pointer (&features->strings, g_string_chunk_free);
  g_free (features);
}

static gsize
features_size (const InsArtifact *artifact)
{
  const InsFeatures *features = (const InsFeatures *)artifact;
  gsize size = sizeof *features + features->n * features->n_features * sizeof (double);

  for (gsize i = 0; i < features->n; i++)
    size += sizeof (char *) + strlen (features->ids[i]) + 1;
  return size;
}

static GVariant *
infos_to_variant (const InsFeatures *features)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(bssssiiu)"));
  for (gsize i = 0; i < features->n_features; i++)
    {
      const InsFeatureInfo *info = &features->infos[i];
      const InsFeatureInfo *known = ins_feature_dictionary_find (info->name);
      gboolean in_dictionary = known && known->name == info->name;

      g_variant_builder_add (&builder, "(bssssiiu)", in_dictionary, info->name,
                             in_dictionary ? "" : info->title,
                             in_dictionary ? "" : info->definition, in_dictionary ? "" : info->unit,
                             info->direction, info->decimals, (guint32)info->type);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
words_to_variant (const InsFeatures *features)
{
  static const char *const none[] = { NULL };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aas"));
  for (gsize i = 0; i < features->n_features; i++)
    g_variant_builder_add (&builder, "^as",
                           features->words[i] ? features->words[i] : (char **)none);
  return g_variant_builder_end (&builder);
}

static GVariant *
features_to_variant (const InsArtifact *artifact)
{
  const InsFeatures *features = (const InsFeatures *)artifact;

  return g_variant_new ("(^asb@a(bssssiiu)@(ttay)@aas@a(sttd)ii)", features->ids,
                        features->ids_are_numbers, infos_to_variant (features),
                        ins_matrix_to_variant (features->values), words_to_variant (features),
                        ins_waterfall_to_variant (features->bars), features->reference_date,
                        features->value_feature);
}

/* ---- Reading back what may be hostile -------------------------------------------------------- */

static gboolean
read_ids (InsFeatures *features, GVariant *ids)
{
  g_autofree guint32 *order = NULL;
  gboolean are_numbers;
  gsize n;

  features->ids = g_variant_dup_strv (ids, &n);
  features->n = n;
  order = ins_features_order_ids (features->ids, n, &are_numbers);
  if (n == 0 || are_numbers != features->ids_are_numbers)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (order[i] != i || (i > 0 && g_str_equal (features->ids[i - 1], features->ids[i])))
      return FALSE;
  return TRUE;
}

static gboolean
read_infos (InsFeatures *features, GVariant *infos)
{
  GVariantIter iter;
  gboolean in_dictionary;
  const char *name, *title, *definition, *unit;
  gint32 direction, decimals;
  guint32 type;

  features->n_features = g_variant_n_children (infos);
  features->infos = g_new0 (InsFeatureInfo, MAX (features->n_features, 1));
  features->words = g_new0 (char **, MAX (features->n_features, 1));
  features->strings = g_string_chunk_new (1024);
  g_variant_iter_init (&iter, infos);
  for (gsize i = 0; g_variant_iter_next (&iter, "(b&s&s&s&siiu)", &in_dictionary, &name, &title,
                                         &definition, &unit, &direction, &decimals, &type);
       i++)
    {
      const InsFeatureInfo *known = ins_feature_dictionary_find (name);

      if (type > INS_FEATURE_TEXT || (in_dictionary && (!known || known->type != type))
          || direction < -1 || direction > 1 || decimals < 0 || decimals > 18)
        return FALSE;
      if (in_dictionary)
        features->infos[i] = *known;
      else
        features->infos[i] = (InsFeatureInfo){
          .name = g_string_chunk_insert_const (features->strings, name),
          .title = g_string_chunk_insert_const (features->strings, title),
          .definition = g_string_chunk_insert_const (features->strings, definition),
          .unit = g_string_chunk_insert_const (features->strings, unit),
          .direction = direction,
          .decimals = decimals,
          .type = type,
        };
    }
  return features->n_features > 0;
}

/* A text feature's values must be places among its words. */
static gboolean
read_words (InsFeatures *features, GVariant *words)
{
  if (g_variant_n_children (words) != features->n_features)
    return FALSE;
  for (gsize f = 0; f < features->n_features; f++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (words, f);
      gsize n = g_variant_n_children (child);
      const double *values = ins_matrix_col (features->values, f);

      if (features->infos[f].type != INS_FEATURE_TEXT)
        {
          if (n > 0)
            return FALSE;
          continue;
        }
      features->words[f] = g_variant_dup_strv (child, NULL);
      for (gsize i = 0; i < features->n; i++)
        if (!isnan (values[i])
            && !(values[i] >= 0 && values[i] < n && values[i] == floor (values[i])))
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_features (InsFeatures *features, GVariant *variant)
{
  g_autoptr (GVariant) ids = NULL, infos = NULL, values = NULL, words = NULL, bars = NULL;

  g_variant_get (variant, "(@asb@a(bssssiiu)@(ttay)@aas@a(sttd)ii)", &ids,
                 &features->ids_are_numbers, &infos, &values, &words, &bars,
                 &features->reference_date, &features->value_feature);
  features->bars = ins_waterfall_from_variant (bars);
  if (features->bars->len == 0 || !read_ids (features, ids) || !read_infos (features, infos))
    return FALSE;
  features->values = ins_matrix_from_variant (values);
  if (!features->values || features->values->rows != features->n
      || features->values->cols != features->n_features)
    return FALSE;
  return read_words (features, words) && features->value_feature >= -1
         && features->value_feature < (int)features->n_features
         && (features->value_feature < 0
             || features->infos[features->value_feature].type == INS_FEATURE_NUMBER);
}

static InsArtifact *
features_from_variant (GVariant *variant, GError **error)
{
  InsFeatures *features = ins_artifact_alloc (&ins_features_type, sizeof (InsFeatures));

  if (g_variant_is_of_type (variant, G_VARIANT_TYPE (FEATURES_FORMAT))
      && read_features (features, variant))
    return &features->artifact;
  g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED,
                       _ ("The project's features are damaged: open the source file and compute "
                          "them again."));
  ins_artifact_unref (features);
  return NULL;
}

const InsArtifactType ins_features_type = {
  .kind = "features",
  .free = features_free,
  .size = features_size,
  .to_variant = features_to_variant,
  .from_variant = features_from_variant,
};
