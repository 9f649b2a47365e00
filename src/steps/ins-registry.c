/* ins-registry.c: every step there is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-registry.h"

#include <glib/gi18n-lib.h>

#include "base/ins-error.h"
#include "steps/ins-steps-list.h"

#define INS_STEP(name) GType ins_##name##_step_get_type (void);
INS_STEPS
#undef INS_STEP

#define INS_STEP(name) +1
enum
{
  N_STEPS = 0 INS_STEPS
};
#undef INS_STEP

const GType *
ins_registry_list (gsize *n)
{
  static GType types[N_STEPS];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      gsize i = 0;
#define INS_STEP(name) types[i++] = ins_##name##_step_get_type ();
      INS_STEPS
#undef INS_STEP
      for (i = 0; i < N_STEPS; i++)
        g_type_class_ref (types[i]); /* classes live as long as the program */
      g_once_init_leave (&ready, 1);
    }
  *n = N_STEPS;
  return types;
}

static InsStepClass *
find_class (const char *id)
{
  gsize n;
  const GType *types = ins_registry_list (&n);

  for (gsize i = 0; i < n; i++)
    {
      InsStepClass *klass = g_type_class_peek (types[i]);
      if (g_str_equal (klass->id, id))
        return klass;
    }
  return NULL;
}

const char *
ins_registry_get_title (const char *id)
{
  InsStepClass *klass = find_class (id);

  return klass != NULL ? _ (klass->title) : id;
}

InsStep *
ins_registry_create (const char *id, GError **error)
{
  InsStepClass *klass = find_class (id);
  g_autoptr (GString) ids = NULL;
  const GType *types;
  gsize n;

  if (klass != NULL)
    return g_object_new (G_TYPE_FROM_CLASS (klass), NULL);
  ids = g_string_new (NULL);
  types = ins_registry_list (&n);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "",
                            ((InsStepClass *)g_type_class_peek (types[i]))->id);
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE, _ ("There is no step “%s”; the steps are %s."),
               id, ids->str);
  return NULL;
}

InsStep *
ins_registry_create_default (InsStage stage)
{
  gsize n;
  const GType *types = ins_registry_list (&n);

  for (gsize i = 0; i < n; i++)
    if (((InsStepClass *)g_type_class_peek (types[i]))->stage == stage)
      return g_object_new (types[i], NULL);
  g_assert_not_reached ();
}
