/* ins-sample.h: the beginning of a file, cut by one delimiter, for guessing its layout
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-scan.h"

G_BEGIN_DECLS

/**
 * InsSample:
 * @fields: all fields of all records
 * @ends: where each record ends in @fields
 * @n_dirty: records with a field that has another delimiter in it
 * @modal: the most frequent number of fields, one not counted; 0 where there is none
 * @n_modal: records with that number
 * @n_titles: records above the table, which are no part of the sample
 * @score: how well the delimiter cuts the lines, up to 1.1
 */
typedef struct
{
  InsSink sink;
  const InsScan *scan;
  GPtrArray *fields;
  GArray *ends;
  gsize n_dirty;
  gsize modal;
  gsize n_modal;
  guint n_titles;
  double score;
} InsSample;

/* The bytes of @scan->text that are looked at end here, with a line where there is one. */
gsize ins_sample_end (const InsScan *scan);
/* Reads the records up to @end, leaving out titles above names that are known. */
InsSample *ins_sample_new (const InsScan *scan, gsize end, char delimiter, char quote);
void ins_sample_free (InsSample *sample);

guint ins_sample_width (const InsSample *sample, guint record);
/* Returns: (nullable) (transfer none) */
const char *ins_sample_field (const InsSample *sample, guint record, guint column);
gboolean ins_sample_is_value (const char *field); /* a number or a date */
/* Leaves titles above names out, where words above numbers or dates are all that tells the names.
 */
void ins_sample_drop_titles (InsSample *sample);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsSample, ins_sample_free)

G_END_DECLS
