/* test-artifact.c: life of artifacts, arrays in variants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-artifact.h"

#include <string.h>

#include "base/ins-error.h"

typedef struct
{
  InsArtifact base;
  int *freed;
  gboolean complete;
} Thing;

static void
thing_free (InsArtifact *artifact)
{
  ++*((Thing *)artifact)->freed;
  g_free (artifact);
}

static gboolean
thing_is_complete (const InsArtifact *artifact)
{
  return ((const Thing *)artifact)->complete;
}

static const InsArtifactType plain_type = { .kind = "plain", .free = thing_free };
static const InsArtifactType thing_type = { .kind = "thing",
                                            .free = thing_free,
                                            .is_complete = thing_is_complete };

static void
test_life (void)
{
  int freed = 0;
  Thing *thing = ins_artifact_alloc (&plain_type, sizeof (Thing));

  g_assert_null (thing->base.key);
  g_assert_null (thing->freed);
  thing->freed = &freed;
  thing->base.key = g_strdup ("key");
  g_assert_true (ins_artifact_ref (thing) == thing);
  ins_artifact_unref (thing);
  g_assert_cmpint (freed, ==, 0);
  ins_clear_artifact (&thing);
  g_assert_cmpint (freed, ==, 1);
  g_assert_null (thing);
}

static void
test_complete (void)
{
  int freed = 0;
  Thing *plain = ins_artifact_alloc (&plain_type, sizeof (Thing));
  Thing *thing = ins_artifact_alloc (&thing_type, sizeof (Thing));

  plain->freed = thing->freed = &freed;
  g_assert_true (ins_artifact_is_complete (plain));
  g_assert_false (ins_artifact_is_complete (thing));
  thing->complete = TRUE;
  g_assert_true (ins_artifact_is_complete (thing));
  ins_clear_artifact (&plain);
  ins_clear_artifact (&thing);
  g_assert_cmpint (freed, ==, 2);
}

static void
test_little_endian (void)
{
  static const double one = 1;
  static const gint32 number = 0x01020304;
  static const guint8 one_bytes[] = { 0, 0, 0, 0, 0, 0, 0xf0, 0x3f };
  static const guint8 number_bytes[] = { 4, 3, 2, 1 };
  g_autoptr (GVariant) doubles = g_variant_ref_sink (ins_variant_from_doubles (&one, 1));
  g_autoptr (GVariant) ints = g_variant_ref_sink (ins_variant_from_ints (&number, 1));

  g_assert_cmpmem (g_variant_get_data (doubles), g_variant_get_size (doubles), one_bytes, 8);
  g_assert_cmpmem (g_variant_get_data (ints), g_variant_get_size (ints), number_bytes, 4);
}

static void
test_arrays_back (void)
{
  static const double values[] = { 1.5, -2, 1e300 };
  static const gint32 numbers[] = { 7, -1, G_MININT32 };
  g_autoptr (GVariant) doubles = g_variant_ref_sink (ins_variant_from_doubles (values, 3));
  g_autoptr (GVariant) ints = g_variant_ref_sink (ins_variant_from_ints (numbers, 3));
  g_autoptr (GVariant) empty = g_variant_ref_sink (ins_variant_from_ints (NULL, 0));
  g_autoptr (GVariant) text = g_variant_ref_sink (g_variant_new_string ("12345678"));
  g_autofree double *d = ins_variant_to_doubles (doubles, 3);
  g_autofree gint32 *i = ins_variant_to_ints (ints, 3);
  g_autofree gint32 *none = ins_variant_to_ints (empty, 0);

  g_assert_cmpmem (d, sizeof values, values, sizeof values);
  g_assert_cmpmem (i, sizeof numbers, numbers, sizeof numbers);
  g_assert_nonnull (none);
  g_assert_null (ins_variant_to_doubles (doubles, 2));
  g_assert_null (ins_variant_to_doubles (doubles, 4));
  g_assert_null (ins_variant_to_doubles (doubles, G_MAXSIZE));
  g_assert_null (ins_variant_to_doubles (doubles, G_MAXSIZE / 8 + 2)); /* 8 n overflows to 24 */
  g_assert_null (ins_variant_to_ints (ints, G_MAXSIZE / 4 + 1));
  g_assert_null (ins_variant_to_doubles (text, 1));
}

static void
test_error_domain (void)
{
  g_assert_cmpstr (g_quark_to_string (INS_ERROR), ==, "ins-error-quark");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/artifact/life", test_life);
  g_test_add_func ("/artifact/complete", test_complete);
  g_test_add_func ("/artifact/little-endian", test_little_endian);
  g_test_add_func ("/artifact/arrays-back", test_arrays_back);
  g_test_add_func ("/error/domain", test_error_domain);
  return g_test_run ();
}
