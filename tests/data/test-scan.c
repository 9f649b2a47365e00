/* test-scan.c: a file as dictionaries and codes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-scan.h"

#include "tests/data/data-test.h"

#define NONE INS_CODE_MISSING

/* @words: "word×rows|…" */
static void
assert_column (const InsScan *scan, gsize c, const char *name, const guint32 *codes,
               const char *words)
{
  const InsScanColumn *column = &scan->columns[c];
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint32 i = 0; i < column->n_words; i++)
    g_string_append_printf (text, "%s%s×%u", i ? "|" : "", column->words[i], column->counts[i]);
  g_assert_cmpstr (column->name, ==, name);
  g_assert_cmpmem (column->codes, scan->n_rows * sizeof *codes, codes,
                   scan->n_rows * sizeof *codes);
  g_assert_cmpstr (text->str, ==, words);
}

static void
test_codes (void)
{
  g_autoptr (InsSource) source = NULL;
  g_autoptr (InsScan) scan = scan_text ("name,amount,\n"
                                        "pear,1,x\n"
                                        "fig,,y\n"
                                        "lost,1,x,4\n"
                                        "\"pear\",01,\"a \"\"b\"\",\nc\"\n"
                                        "fig,1,\n",
                                        NULL, 1, &source);

  g_assert_cmpuint (scan->n_columns, ==, 3);
  g_assert_cmpuint (scan->n_rows, ==, 4);
  assert_column (scan, 0, "name", (guint32[]){ 0, 1, 0, 1 }, "pear×2|fig×2");
  assert_column (scan, 1, "amount", (guint32[]){ 0, NONE, 1, 0 }, "1×2|01×1");
  assert_column (scan, 2, "#3", (guint32[]){ 0, 1, 2, NONE }, "x×1|y×1|a \"b\",\nc×1");
  g_assert_true (scan->columns[2].nameless);
  g_assert_cmpuint (scan->columns[1].n_empty, ==, 1);
  g_assert_cmpuint (scan->columns[2].n_empty, ==, 1);
  g_assert_cmpuint (scan->n_rejected, ==, 1);
  g_assert_cmpuint (((InsRejected *)scan->rejected->pdata[0])->line, ==, 4);
  g_assert_cmpstr (((InsRejected *)scan->rejected->pdata[0])->text, ==, "lost,1,x,4");
}

/* Rows go, and with them the words that no other row has; the rest keep their order. */
static void
test_drop_rows (void)
{
  static const guint16 why[] = { 1, 0, 0, 2, 0 };
  g_autoptr (InsSource) source = NULL;
  g_autoptr (InsScan) scan = scan_text ("a,b\np,1\nq,2\nr,\np,2\nq,3\n", NULL, 1, &source);

  ins_scan_drop_rows (scan, why);
  g_assert_cmpuint (scan->n_rows, ==, 3);
  assert_column (scan, 0, "a", (guint32[]){ 0, 1, 0 }, "q×2|r×1");
  assert_column (scan, 1, "b", (guint32[]){ 0, NONE, 1 }, "2×1|3×1");
  g_assert_cmpuint (scan->columns[1].n_empty, ==, 1);
}

static char *
make_long_text (gsize n)
{
  GString *text = g_string_new ("number,word,half\n");

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%zu,\"w%zu%s\",%s\n", i, i * i % 97, i % 7 ? "" : "\n!",
                            i % 2 ? "" : "y");
  return g_string_free (text, FALSE);
}

/* Every mark stands where its row begins, and none is far from the next. */
static void
test_marks (void)
{
  const gsize n = 3 * INS_SCAN_STRIDE + 17;
  g_autofree char *text = make_long_text (n);
  g_autoptr (InsSource) source = NULL;
  g_autoptr (InsScan) scan = scan_text (text, NULL, 1, &source);
  gsize last = 0;

  g_assert_cmpuint (scan->n_rows, ==, n);
  for (guint m = 0; m < scan->marks->len; m++)
    {
      const InsScanMark *mark = &g_array_index (scan->marks, InsScanMark, m);
      g_autofree char *begin = g_strdup_printf ("%zu,\"w", mark->row);
      guint64 line = 1;

      g_assert_cmpuint (mark->row, ==, m == 0 ? 0 : MAX (mark->row, last + 1));
      g_assert_cmpuint (mark->row - last, <=, INS_SCAN_STRIDE);
      g_assert_true (g_str_has_prefix ((const char *)scan->text + mark->pos, begin));
      for (gsize p = 0; p < mark->pos; p++)
        line += scan->text[p] == '\n';
      g_assert_cmpuint (mark->line, ==, line);
      last = mark->row;
    }
  g_assert_cmpuint (n - last, <=, INS_SCAN_STRIDE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/codes", test_codes);
  g_test_add_func ("/scan/drop-rows", test_drop_rows);
  g_test_add_func ("/scan/marks", test_marks);
  return g_test_run ();
}
