/* ins-encoding.c: which characters the bytes of a file are
 *
 * A byte order mark settles it; then zero bytes at every other place (UTF-16); then whether all of
 * the file is UTF-8.  Text in another encoding is practically never valid UTF-8 by chance, so where
 * valid sequences outnumber invalid bytes the file is UTF-8 with a few damaged words.  Time linear,
 * eight bytes at a time where the text is ASCII.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-encoding.h"

#include "base/ins-error.h"
#include "base/ins-memory.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define STRIDE (1 << 20) /* bytes between two looks at the run */

static const char *const names[INS_N_ENCODINGS] = { "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252",
                                                    "ISO-8859-1" };

/* Windows-1252 between 0x80 and 0x9f; its five gaps are control characters, as browsers do. */
static const guint16 windows_1252[32] = { 0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020,
                                          0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d,
                                          0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d,
                                          0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
                                          0x0153, 0x009d, 0x017e, 0x0178 };

const char *
ins_encoding_to_text (InsEncoding encoding)
{
  g_return_val_if_fail ((guint)encoding < INS_N_ENCODINGS, NULL);

  return names[encoding];
}

gboolean
ins_encoding_from_text (const char *text, InsEncoding *encoding)
{
  static const struct
  {
    const char *name;
    InsEncoding encoding;
  } known[] = {
    { "utf8", INS_ENCODING_UTF_8 },          { "utf8sig", INS_ENCODING_UTF_8 },
    { "ascii", INS_ENCODING_UTF_8 },         { "usascii", INS_ENCODING_UTF_8 },
    { "utf16", INS_ENCODING_UTF_16LE },      { "utf16le", INS_ENCODING_UTF_16LE },
    { "utf16be", INS_ENCODING_UTF_16BE },    { "windows1252", INS_ENCODING_WINDOWS_1252 },
    { "cp1252", INS_ENCODING_WINDOWS_1252 }, { "1252", INS_ENCODING_WINDOWS_1252 },
    { "iso88591", INS_ENCODING_ISO_8859_1 }, { "88591", INS_ENCODING_ISO_8859_1 },
    { "latin1", INS_ENCODING_ISO_8859_1 },   { "l1", INS_ENCODING_ISO_8859_1 },
  };
  g_autoptr (GString) plain = g_string_new (NULL);

  for (; *text; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (plain, g_ascii_tolower (*text));
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].name, plain->str) == 0)
      {
        *encoding = known[i].encoding;
        return TRUE;
      }
  return FALSE;
}

/* Bytes of the valid UTF-8 sequence of more than one byte at @p; 0 if there is none. */
static gsize
sequence_length (const guint8 *p, gsize left)
{
  guint32 c;

  if (p[0] < 0xc2 || p[0] > 0xf4 || left < 2 || (p[1] & 0xc0) != 0x80)
    return 0;
  if (p[0] < 0xe0)
    return 2;
  if (left < 3 || (p[2] & 0xc0) != 0x80)
    return 0;
  if (p[0] < 0xf0)
    {
      c = (p[0] & 0x0f) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
      return c >= 0x800 && (c < 0xd800 || c > 0xdfff) ? 3 : 0;
    }
  if (left < 4 || (p[3] & 0xc0) != 0x80)
    return 0;
  c = (guint32)(p[0] & 0x07) << 18 | (p[1] & 0x3f) << 12;
  return c >= 0x10000 && c <= 0x10ffff ? 4 : 0;
}

typedef struct
{
  guint64 valid;   /* sequences of more than one byte */
  guint64 invalid; /* bytes */
  guint64 windows; /* invalid ones that only Windows-1252 has as letters: 0x80 … 0x9f */
  guint8 first;    /* invalid one */
} ByteCounts;

/* Counts from @i to @end, looking as far as @size.  Returns: where it stopped, >= @end. */
static gsize
count_bytes (const guint8 *data, gsize i, gsize end, gsize size, ByteCounts *counts)
{
  const guint64 high = G_GUINT64_CONSTANT (0x8080808080808080);

  while (i < end)
    {
      guint64 word[4];
      gsize n;

      if (end - i >= 32)
        {
          memcpy (word, data + i, 32);
          if (((word[0] | word[1] | word[2] | word[3]) & high) == 0)
            {
              i += 32;
              continue;
            }
        }
      if (data[i] < 0x80)
        {
          i++;
          continue;
        }
      n = sequence_length (data + i, size - i);
      if (n > 0)
        {
          counts->valid++;
          i += n;
          continue;
        }
      if (counts->invalid++ == 0)
        counts->first = data[i];
      counts->windows += data[i] < 0xa0;
      i++;
    }
  return i;
}

/* Zero bytes at odd or at even places of the beginning. */
static gboolean
looks_like_utf_16 (const guint8 *data, gsize size, InsEncoding *encoding)
{
  gsize n = MIN (size, 4096) / 2;
  gsize zeros[2] = { 0, 0 };

  for (gsize i = 0; i < 2 * n; i++)
    zeros[i & 1] += data[i] == 0;
  if (n < 2)
    return FALSE;
  *encoding = zeros[1] > zeros[0] ? INS_ENCODING_UTF_16LE : INS_ENCODING_UTF_16BE;
  return MAX (zeros[0], zeros[1]) * 10 > n * 7 && MIN (zeros[0], zeros[1]) * 10 < n;
}

gsize
ins_encoding_mark (const guint8 *data, gsize size, InsEncoding encoding)
{
  if (encoding == INS_ENCODING_UTF_8)
    return size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (encoding == INS_ENCODING_UTF_16LE)
    return size >= 2 && memcmp (data, "\xff\xfe", 2) == 0 ? 2 : 0;
  if (encoding == INS_ENCODING_UTF_16BE)
    return size >= 2 && memcmp (data, "\xfe\xff", 2) == 0 ? 2 : 0;
  return 0;
}

static void
judge_bytes (const ByteCounts *counts, InsEncoding *encoding, char **reason)
{
  if (counts->invalid == 0)
    {
      *encoding = INS_ENCODING_UTF_8;
      *reason = g_strdup (counts->valid ? _ ("all of the file is valid UTF-8")
                                        : _ ("the file has only ASCII characters"));
    }
  else if (counts->valid >= counts->invalid)
    {
      *encoding = INS_ENCODING_UTF_8;
      *reason =
          g_strdup_printf (_ ("the file is UTF-8, but bytes like %02X are not and are read as "
                              "Windows-1252"),
                           counts->first);
    }
  else
    {
      *encoding = counts->windows ? INS_ENCODING_WINDOWS_1252 : INS_ENCODING_ISO_8859_1;
      *reason = g_strdup_printf (
          counts->windows
              ? _ ("the byte %02X and others are not UTF-8, and some are letters only there")
              : _ ("the byte %02X and others are not UTF-8"),
          counts->first);
    }
}

gboolean
ins_encoding_guess (const InsSource *source, InsRun *run, InsEncoding *encoding, gsize *mark,
                    char **reason)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (source->bytes, &size);
  ByteCounts counts = { 0 };

  for (*encoding = INS_ENCODING_UTF_8; *encoding <= INS_ENCODING_UTF_16BE; (*encoding)++)
    if ((*mark = ins_encoding_mark (data, size, *encoding)) > 0)
      {
        *reason = g_strdup (_ ("the file begins with its byte order mark"));
        return TRUE;
      }
  if (looks_like_utf_16 (data, size, encoding))
    {
      *reason = g_strdup (_ ("every other byte is zero"));
      return TRUE;
    }
  for (gsize i = 0; i < size;)
    {
      i = count_bytes (data, i, MIN (i + STRIDE, size), size, &counts);
      if (!ins_run_tick (run))
        return FALSE;
    }
  judge_bytes (&counts, encoding, reason);
  return TRUE;
}

static gsize
put_utf_8 (guint8 *out, guint32 c)
{
  return g_unichar_to_utf8 (c, (char *)out);
}

static guint32
read_unit (const guint8 *p, gboolean big_endian)
{
  return big_endian ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
}

/* One character at @p.  Returns: bytes read. */
static gsize
read_utf_16 (const guint8 *p, gsize left, gboolean big_endian, guint32 *c)
{
  guint32 low;

  *c = 0xfffd;
  if (left < 2)
    return left;
  *c = read_unit (p, big_endian);
  if (*c < 0xd800 || *c > 0xdfff)
    return 2;
  low = left >= 4 ? read_unit (p + 2, big_endian) : 0;
  if (*c < 0xdc00 && low >= 0xdc00 && low <= 0xdfff)
    {
      *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
      return 4;
    }
  *c = 0xfffd;
  return 2;
}

GBytes *
ins_encoding_from_utf_16 (const guint8 *data, gsize size, gboolean big_endian, const char *name,
                          InsRun *run, GError **error)
{
  g_autofree char *what = g_strdup_printf (_ ("Reading “%s”"), name);
  gsize room = size / 2 * 3 + 4; /* a unit of two bytes becomes at most three */
  gsize used = 0, ticked = 0;
  guint8 *out;

  if (!ins_memory_check (room, what, _ ("save the file as UTF-8."), error))
    return NULL;
  out = g_malloc (room);
  for (gsize i = 0; i < size;)
    {
      guint32 c;

      i += read_utf_16 (data + i, size - i, big_endian, &c);
      if (c < 0x80)
        out[used++] = c;
      else
        used += put_utf_8 (out + used, c);
      if (i - ticked >= STRIDE)
        {
          ticked = i;
          if (!ins_run_check (run, error))
            {
              g_free (out);
              return NULL;
            }
        }
    }
  return g_bytes_new_take (g_realloc (out, MAX (used, 1)), used);
}

GBytes *
ins_encoding_from_other (const guint8 *data, gsize size, const char *encoding, const char *name,
                         GError **error)
{
  g_autofree char *what = g_strdup_printf (_ ("Reading “%s”"), name);
  g_autoptr (GError) cause = NULL;
  gsize n_read = 0, n_written;
  char *text;

  if (!ins_memory_check (2 * size, what, _ ("save the file as UTF-8."), error))
    return NULL;
  text = g_convert ((const char *)data, size, "UTF-8", encoding, &n_read, &n_written, &cause);
  if (text)
    return g_bytes_new_take (text, n_written);
  if (g_error_matches (cause, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION))
    g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                 _ ("The encoding “%s” is not known; choose UTF-8, UTF-16LE, UTF-16BE, "
                    "WINDOWS-1252, ISO-8859-1 or another name that iconv knows."),
                 encoding);
  else
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("“%s” is not written in %s: byte %zu does not fit; give another --encoding or "
                    "none."),
                 name, encoding, n_read + 1);
  return NULL;
}

char *
ins_encoding_decode (InsEncoding encoding, const guint8 *bytes, gsize length)
{
  gboolean plain = TRUE;
  guint8 *out;
  gsize used = 0;

  for (gsize i = 0; i < length && plain; i++)
    plain = bytes[i] < 0x80 && bytes[i] != 0;
  if (plain
      || (encoding == INS_ENCODING_UTF_8
          && g_utf8_validate_len ((const char *)bytes, length, NULL)))
    return g_strndup ((const char *)bytes, length);
  out = g_malloc (3 * length + 1);
  for (gsize i = 0; i < length;)
    {
      guint8 byte = bytes[i];
      gsize n = encoding == INS_ENCODING_UTF_8 && byte >= 0x80
                    ? sequence_length (bytes + i, length - i)
                    : 0;

      if (n > 0)
        memcpy (out + used, bytes + i, n);
      used += n > 0 ? n
                    : put_utf_8 (out + used, byte == 0 ? 0xfffd
                                             : byte < 0x80 || byte >= 0xa0
                                                     || encoding == INS_ENCODING_ISO_8859_1
                                                 ? byte
                                                 : windows_1252[byte - 0x80]);
      i += MAX (n, 1);
    }
  out[used] = '\0';
  return (char *)out;
}

/* @size bytes of UTF-8 or the like without a character cut off at the end. */
static gsize
whole_characters (const guint8 *bytes, gsize size)
{
  gsize begin = size;

  while (begin > 0 && size - begin < 4 && (bytes[begin - 1] & 0xc0) == 0x80)
    begin--;
  if (begin == 0 || bytes[begin - 1] < 0xc0)
    return size;
  begin--;
  return sequence_length (bytes + begin, size - begin) > 0 ? size : begin;
}

static char *
decode_head (const guint8 *bytes, gsize size, const char *encoding, gboolean cut)
{
  InsEncoding known = INS_ENCODING_UTF_8;
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GBytes) text = NULL;
  gsize mark;

  if (encoding && !ins_encoding_from_text (encoding, &known))
    {
      char *converted = g_convert_with_fallback ((const char *)bytes, (gssize)size, "UTF-8",
                                                 encoding, "?", NULL, NULL, NULL);

      return converted ? converted : g_utf8_make_valid ((const char *)bytes, (gssize)size);
    }
  mark = ins_encoding_mark (bytes, size, known);
  if (known == INS_ENCODING_UTF_16LE || known == INS_ENCODING_UTF_16BE)
    {
      if (mark == 0 && known == INS_ENCODING_UTF_16LE) /* “UTF-16” without an end */
        {
          mark = ins_encoding_mark (bytes, size, INS_ENCODING_UTF_16BE);
          known = mark > 0 ? INS_ENCODING_UTF_16BE : known;
        }
      text = ins_encoding_from_utf_16 (bytes + mark, (size - mark) / 2 * 2,
                                       known == INS_ENCODING_UTF_16BE, "", run, NULL);
      if (!text)
        return g_strdup ("");
      return ins_encoding_decode (INS_ENCODING_UTF_8, g_bytes_get_data (text, NULL),
                                  g_bytes_get_size (text));
    }
  if (cut && known == INS_ENCODING_UTF_8)
    size = whole_characters (bytes, size);
  return ins_encoding_decode (known, bytes + mark, size - mark);
}

char *
ins_encoding_first_lines (const InsSource *source, const char *encoding, guint n_lines,
                          gsize n_bytes)
{
  gsize size, end = 0;
  const guint8 *bytes;
  char *text;

  g_return_val_if_fail (source != NULL, NULL);

  bytes = g_bytes_get_data (source->bytes, &size);
  text = decode_head (bytes, MIN (size, n_bytes), encoding, size > n_bytes);
  if (!text) /* nothing but a mark */
    return g_strdup ("");
  for (guint lines = 0; text[end] && lines < n_lines; end++)
    lines += text[end] == '\n' || (text[end] == '\r' && text[end + 1] != '\n');
  while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r'))
    end--;
  text[end] = '\0';
  return text;
}
