/* ins-step.c: one step of an analysis and its parameters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-step.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/ins-error.h"

G_DEFINE_ABSTRACT_TYPE (InsStep, ins_step, G_TYPE_OBJECT)

static GQuark
own_params_quark (void)
{
  return g_quark_from_static_string ("ins-step-own-params");
}

static GQuark
param_quark (void)
{
  return g_quark_from_static_string ("ins-step-param");
}

static void *
field (InsStep *self, const InsParam *param)
{
  return G_STRUCT_MEMBER_P (self, param->offset);
}

static void
ins_step_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  const InsParam *param = g_param_spec_get_qdata (spec, param_quark ());
  void *at = field (INS_STEP (object), param);

  switch (param->kind)
    {
    case INS_PARAM_BOOL:
      g_value_set_boolean (value, *(gboolean *)at);
      break;
    case INS_PARAM_INT:
      if (G_IS_PARAM_SPEC_INT64 (spec))
        g_value_set_int64 (value, *(gint64 *)at);
      else
        g_value_set_int (value, *(int *)at);
      break;
    case INS_PARAM_DOUBLE:
      g_value_set_double (value, *(double *)at);
      break;
    case INS_PARAM_CHOICE:
      g_value_set_enum (value, *(int *)at);
      break;
    case INS_PARAM_TEXT:
    case INS_PARAM_DATE:
    case INS_PARAM_LIST:
    case INS_PARAM_MAP:
    default:
      g_value_set_string (value, *(char **)at);
      break;
    }
}

static gboolean
store_string (char **at, const GValue *value)
{
  const char *text = g_value_get_string (value) ? g_value_get_string (value) : "";

  if (g_strcmp0 (*at, text) == 0)
    return FALSE;
  g_free (*at);
  *at = g_strdup (text);
  return TRUE;
}

#define STORE(type, new_value)                                                                     \
  (*(type *)at != (new_value) ? (*(type *)at = (new_value), TRUE) : FALSE)

static void
ins_step_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  const InsParam *param = g_param_spec_get_qdata (spec, param_quark ());
  void *at = field (INS_STEP (object), param);
  gboolean changed = FALSE;

  switch (param->kind)
    {
    case INS_PARAM_BOOL:
      changed = STORE (gboolean, g_value_get_boolean (value));
      break;
    case INS_PARAM_INT:
      if (G_IS_PARAM_SPEC_INT64 (spec))
        changed = STORE (gint64, g_value_get_int64 (value));
      else
        changed = STORE (int, g_value_get_int (value));
      break;
    case INS_PARAM_DOUBLE:
      changed = STORE (double, g_value_get_double (value));
      break;
    case INS_PARAM_CHOICE:
      changed = STORE (int, g_value_get_enum (value));
      break;
    case INS_PARAM_TEXT:
    case INS_PARAM_DATE:
    case INS_PARAM_LIST:
    case INS_PARAM_MAP:
    default:
      changed = store_string (at, value);
      break;
    }
  if (changed)
    g_object_notify_by_pspec (object, spec);
}

static void
ins_step_finalize (GObject *object)
{
  InsStep *self = INS_STEP (object);
  g_autoptr (GPtrArray) params = ins_step_class_list_params (INS_STEP_GET_CLASS (self));

  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      if (G_IS_PARAM_SPEC_STRING (param->spec))
        g_free (*(char **)field (self, param));
    }
  G_OBJECT_CLASS (ins_step_parent_class)->finalize (object);
}

static void
ins_step_class_init (InsStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ins_step_finalize;
}

static void
ins_step_init (InsStep *self)
{
}

/* What a spin button offers unless the step says otherwise: the legal range. */
static void
fill_hints (InsParam *param)
{
  GParamSpec *spec = param->spec;

  param->increment = 1;
  if (G_IS_PARAM_SPEC_INT (spec))
    {
      param->useful_min = G_PARAM_SPEC_INT (spec)->minimum;
      param->useful_max = G_PARAM_SPEC_INT (spec)->maximum;
    }
  else if (G_IS_PARAM_SPEC_INT64 (spec))
    {
      param->useful_min = (double)G_PARAM_SPEC_INT64 (spec)->minimum;
      param->useful_max = (double)G_PARAM_SPEC_INT64 (spec)->maximum;
    }
  else if (G_IS_PARAM_SPEC_DOUBLE (spec))
    {
      param->useful_min = G_PARAM_SPEC_DOUBLE (spec)->minimum;
      param->useful_max = G_PARAM_SPEC_DOUBLE (spec)->maximum;
      param->digits = 2;
      param->increment = 0.1;
    }
}

InsParam *
ins_step_class_add_param (InsStepClass *klass, GParamSpec *spec, InsParamKind kind, gsize offset)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  GPtrArray *own = g_type_get_qdata (type, own_params_quark ());
  InsParam *param = g_new0 (InsParam, 1);

  if (own == NULL)
    {
      own = g_ptr_array_new ();
      g_type_set_qdata (type, own_params_quark (), own);
    }
  param->spec = spec;
  param->kind = kind;
  param->offset = offset;
  fill_hints (param);
  g_ptr_array_add (own, param);
  g_param_spec_set_qdata (spec, param_quark (), param);
  /* GObject clears these in every subclass. */
  G_OBJECT_CLASS (klass)->get_property = ins_step_get_property;
  G_OBJECT_CLASS (klass)->set_property = ins_step_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), own->len, spec);
  return param;
}

GPtrArray *
ins_step_class_list_params (InsStepClass *klass)
{
  GPtrArray *all = g_ptr_array_new ();
  GType type = G_TYPE_FROM_CLASS (klass);

  for (; type != INS_TYPE_STEP; type = g_type_parent (type))
    {
      GPtrArray *own = g_type_get_qdata (type, own_params_quark ());
      for (guint i = 0; own != NULL && i < own->len; i++)
        g_ptr_array_insert (all, (int)i, g_ptr_array_index (own, i));
    }
  return all;
}

static gboolean
same_name (const char *a, gsize length, const char *b)
{
  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if ((a[i] == '_' ? '-' : a[i]) != (b[i] == '_' ? '-' : b[i]))
      return FALSE;
  return TRUE;
}

static gboolean
has_name (const InsParam *param, const char *name)
{
  const char *at = param->aliases;

  if (same_name (name, strlen (name), param->spec->name))
    return TRUE;
  while (at != NULL)
    {
      const char *end = at + strcspn (at, ",");
      if (same_name (at, (gsize)(end - at), name))
        return TRUE;
      at = *end ? end + 1 : NULL;
    }
  return FALSE;
}

const InsParam *
ins_step_class_find_param (InsStepClass *klass, const char *name)
{
  g_autoptr (GPtrArray) params = ins_step_class_list_params (klass);

  for (guint i = 0; i < params->len; i++)
    if (has_name (g_ptr_array_index (params, i), name))
      return g_ptr_array_index (params, i);
  return NULL;
}

InsStep *
ins_step_copy (InsStep *self)
{
  InsStep *copy = g_object_new (G_OBJECT_TYPE (self), NULL);
  g_autoptr (GPtrArray) params = ins_step_class_list_params (INS_STEP_GET_CLASS (self));

  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_auto (GValue) value = G_VALUE_INIT;
      g_object_get_property (G_OBJECT (self), param->spec->name, &value);
      g_object_set_property (G_OBJECT (copy), param->spec->name, &value);
    }
  return copy;
}

gboolean
ins_step_is_default (InsStep *self, const InsParam *param)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (self), param->spec->name, &value);
  return g_param_value_defaults (param->spec, &value);
}

gboolean
ins_step_is_visible (InsStep *self, const InsParam *param)
{
  g_auto (GStrv) halves = NULL;
  g_auto (GStrv) values = NULL;
  g_autofree char *text = NULL;
  const InsParam *other;

  if (param->visible_if == NULL)
    return TRUE;
  halves = g_strsplit (param->visible_if, "=", 2);
  other = ins_step_class_find_param (INS_STEP_GET_CLASS (self), halves[0]);
  g_return_val_if_fail (other != NULL && halves[1] != NULL, TRUE);
  text = ins_step_get_text (self, other);
  values = g_strsplit (halves[1], "|", -1);
  return g_strv_contains ((const char *const *)values, text);
}

char *
ins_step_digest (InsStep *self, const char *except)
{
  InsStepClass *klass = INS_STEP_GET_CLASS (self);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) params = ins_step_class_list_params (klass);
  g_auto (GStrv) left_out = g_strsplit (except ? except : "", ",", -1);
  g_autofree char *head = g_strdup_printf ("%s %u\n", klass->id, klass->version);

  g_checksum_update (sum, (const guchar *)head, -1);
  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_autofree char *text = NULL;
      g_autofree char *line = NULL;

      if (param->no_key || ins_step_is_default (self, param)
          || g_strv_contains ((const char *const *)left_out, param->spec->name))
        continue;
      text = ins_step_get_text (self, param);
      line = g_strdup_printf ("%s=%s\n", param->spec->name, text);
      g_checksum_update (sum, (const guchar *)line, -1);
    }
  return g_strdup (g_checksum_get_string (sum));
}
