/* ins-choices.h: enumerations of steps' choices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

/* static GType NAME_get_type (void) of an enum with the GEnumValues given: value, label for people
 * (N_()), nick as on the command line. */
#define INS_DEFINE_CHOICES(TypeName, name, ...)                                                    \
  static GType name##_get_type (void)                                                              \
  {                                                                                                \
    static const GEnumValue values[] = { __VA_ARGS__, { 0, NULL, NULL } };                         \
    static gsize type = 0;                                                                         \
    if (g_once_init_enter (&type))                                                                 \
      g_once_init_leave (&type, g_enum_register_static (TypeName, values));                        \
    return type;                                                                                   \
  }
