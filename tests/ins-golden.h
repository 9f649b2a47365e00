/* ins-golden.h: reads figures stored under tests/golden/
 *
 * A file is sections of a head line "# name rows columns" and rows of numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <stdlib.h>
#include <string.h>

#include "base/ins-matrix.h"
#include "ins-test.h"

/* Returns: (transfer full) */
static inline InsMatrix *
ins_golden (const char *file, const char *name)
{
  g_autofree char *relative = g_build_filename ("golden", file, NULL);
  g_autofree char *path = ins_test_file (relative);
  g_autofree char *head = g_strdup_printf ("# %s ", name);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  InsMatrix *matrix;
  gsize rows, cols;
  char *p;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  p = g_str_has_prefix (text, head) ? text : strstr (text, head);
  if (p == NULL)
    g_error ("%s has no section “%s”", path, name);
  p += strlen (head);
  rows = strtoul (p, &p, 10);
  cols = strtoul (p, &p, 10);
  matrix = ins_matrix_new (rows, cols);
  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < cols; j++)
      ins_matrix_set (matrix, i, j, g_ascii_strtod (p, &p));
  return matrix;
}
