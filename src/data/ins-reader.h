/* ins-reader.h: records of a CSV text, through libcsv, with their place in the file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <csv.h>
#include <glib.h>

G_BEGIN_DECLS

#define INS_FIELD_MAX (1 << 20) /* bytes of a field */
#define INS_FIELD_LINES 100     /* line ends in a quoted field */

/* First member of what libcsv's callback gets; the callback counts and looks at the length. */
typedef struct
{
  gsize n_fields;
  gboolean too_long;
} InsSink;

typedef enum
{
  INS_RECORD_END, /* no more */
  INS_RECORD_FINE,
  INS_RECORD_TOO_LONG, /* a field of more than INS_FIELD_MAX bytes */
  INS_RECORD_UNCLOSED  /* a quote that is not closed properly */
} InsRecordState;

/**
 * InsReader:
 * @data, @size: the whole text, in an encoding that keeps ASCII
 * @pos, @line: where reading goes on: byte, and number of the line from 1
 * @stop: no record is begun here or behind; @size at first
 * @begin, @end, @first_line: the record read last
 *
 * libcsv gets one physical line at a time, so that the place of every record is known; a line
 * ends at LF, CR LF or CR.  What is not UNCLOSED or TOO_LONG is exactly what libcsv makes of it.
 * After those reading goes on at the line after the opening quote.
 */
typedef struct
{
  const guint8 *data;
  gsize size;
  gsize pos;
  guint64 line;
  gsize stop;
  gsize begin;
  gsize end;
  guint64 first_line;
  /*< private >*/
  InsSink *sink;
  void (*field) (void *bytes, size_t length, void *sink);
  struct csv_parser parser;
  int idle;
  guint8 delimiter;
  guint8 quote;
  gsize next_lf;
  gsize restart_pos; /* behind the line in which the open quote stands */
  guint64 restart_line;
  gsize first_restart_pos; /* the same for the record's first field over several lines */
  guint64 first_restart_line;
} InsReader;

/* libcsv's callback that does no more than that.  @sink: an InsSink */
void ins_sink_count (void *bytes, size_t length, void *sink);

void ins_reader_init (InsReader *reader, const guint8 *data, gsize size, char delimiter, char quote,
                      void (*field) (void *, size_t, void *), InsSink *sink);
void ins_reader_clear (InsReader *reader);
void ins_reader_seek (InsReader *reader, gsize pos, guint64 line);
InsRecordState ins_reader_next (InsReader *reader);
/* Goes over one line of the file, whatever stands in it.  Returns: FALSE at the end. */
gboolean ins_reader_skip_line (InsReader *reader);
/* The record read last is wrong: if it has several lines, only those up to its first open quote
 * belong to it and reading goes on behind them.  A quote left open then costs one line. */
void ins_reader_retreat (InsReader *reader);

G_END_DECLS
