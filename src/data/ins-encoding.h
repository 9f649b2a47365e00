/* ins-encoding.h: which characters the bytes of a file are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-source.h"

G_BEGIN_DECLS

typedef enum
{
  INS_ENCODING_UTF_8,
  INS_ENCODING_UTF_16LE,
  INS_ENCODING_UTF_16BE,
  INS_ENCODING_WINDOWS_1252,
  INS_ENCODING_ISO_8859_1,
  INS_N_ENCODINGS
} InsEncoding;

const char *ins_encoding_to_text (InsEncoding encoding);
/* Any case; "latin1", "cp1252", "utf8" and the like as well. */
gboolean ins_encoding_from_text (const char *text, InsEncoding *encoding);

/* Looks at all bytes of @source.  @mark: bytes of the byte order mark; @reason: in words (transfer
 * full). Returns: FALSE if cancelled. */
gboolean ins_encoding_guess (const InsSource *source, InsRun *run, InsEncoding *encoding,
                             gsize *mark, char **reason);
/* Bytes of @encoding's byte order mark at the beginning of @data. */
gsize ins_encoding_mark (const guint8 *data, gsize size, InsEncoding encoding);

/* UTF-16 to UTF-8; halves of pairs become U+FFFD.  Returns: (nullable): NULL: memory, cancelled */
GBytes *ins_encoding_from_utf_16 (const guint8 *data, gsize size, gboolean big_endian,
                                  const char *name, InsRun *run, GError **error);

/* The same from any encoding that iconv knows, for those who name one. */
GBytes *ins_encoding_from_other (const guint8 *data, gsize size, const char *encoding,
                                 const char *name, GError **error);

/* The first lines of @source, at most @n_bytes of it, as UTF-8 (transfer full): to be looked at.
 * @encoding: any name; (nullable): UTF-8 */
char *ins_encoding_first_lines (const InsSource *source, const char *encoding, guint n_lines,
                                gsize n_bytes);

/* Bytes in any of the encodings that keep ASCII as UTF-8 (transfer full).  What is not UTF-8
 * though it should be is read as Windows-1252; NUL becomes U+FFFD. */
char *ins_encoding_decode (InsEncoding encoding, const guint8 *bytes, gsize length);

G_END_DECLS
