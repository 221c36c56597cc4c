/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-scan.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "tpt-protocol-error.h"

/* Longer digits than these are no number that anyone sends; strtod () wants a terminated copy. */
#define NUMBER_MAX 127

/* The name of a member: a slice of the text where it holds no escape, else of the arena. */
typedef struct
{
  const char *start;
  gsize       length;
  guint32     hash;
} Name;

typedef struct
{
  /* borrowed */
  const char          *start;
  const char          *at;
  const char          *end;
  const TptJsonLimits *limits;
  GError             **error;
  /* owned */
  GArray              *names;   /* of all objects that are open, the innermost last */
  GStringChunk        *arena;
  GString             *decoded;
  guint                depth;
  guint                nodes;
} Scan;

static gboolean scan_value (Scan *scan);

static gboolean
fail (Scan             *scan,
      TptProtocolError  code,
      const char       *what)
{
  g_set_error (scan->error, TPT_PROTOCOL_ERROR, (int) code, "%s at byte %" G_GSIZE_FORMAT, what,
               (gsize) (scan->at - scan->start));
  return FALSE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' ||
                                  *scan->at == '\t'))
    scan->at++;
}

static gboolean
take (Scan *scan,
      char  expected)
{
  if (scan->at == scan->end || *scan->at != expected)
    return FALSE;
  scan->at++;

  return TRUE;
}

/* Four hex digits; -1 where there are none. */
static int
take_hex4 (Scan *scan)
{
  int value = 0;

  if (scan->end - scan->at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (scan->at[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  scan->at += 4;

  return value;
}

/* After "\u". NUL is refused because no C string could hold it (RFC 8259 section 9 lets us), half a
 * surrogate pair because it is no character. */
static gboolean
scan_unicode (Scan *scan)
{
  int high = take_hex4 (scan);
  int low;

  if (high < 0)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Bad \\u escape");
  if (high == 0)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "NUL in a string");
  if (high >= 0xdc00 && high <= 0xdfff)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Half a surrogate pair");
  if (high < 0xd800 || high > 0xdbff)
    {
      g_string_append_unichar (scan->decoded, (gunichar) high);
      return TRUE;
    }

  if (!take (scan, '\\') || !take (scan, 'u'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Half a surrogate pair");
  low = take_hex4 (scan);
  if (low < 0xdc00 || low > 0xdfff)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Half a surrogate pair");
  g_string_append_unichar (scan->decoded, 0x10000 + (((gunichar) high - 0xd800) << 10) +
                                            ((gunichar) low - 0xdc00));

  return TRUE;
}

static gboolean
scan_escape (Scan *scan)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (take (scan, 'u'))
    return scan_unicode (scan);
  if (scan->at == scan->end || *scan->at == '\0' || (found = strchr (letters, *scan->at)) == NULL)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Unknown escape");
  g_string_append_c (scan->decoded, meant[found - letters]);
  scan->at++;

  return TRUE;
}

/* The rest of a string in which the first escape was met: @from is where the string began. */
static gboolean
scan_escaped_string (Scan       *scan,
                     const char *from)
{
  g_string_truncate (scan->decoded, 0);
  g_string_append_len (scan->decoded, from, scan->at - from);

  while (scan->at < scan->end && *scan->at != '"')
    {
      if ((guchar) *scan->at < 0x20)
        return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Control character in a string");
      if (take (scan, '\\'))
        {
          if (!scan_escape (scan))
            return FALSE;
        }
      else
        {
          g_string_append_c (scan->decoded, *scan->at++);
        }
      if (scan->decoded->len > scan->limits->string)
        return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "String too long");
    }
  if (!take (scan, '"'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "String without end");

  return TRUE;
}

/* @name may be NULL where the string is a value. */
static gboolean
scan_string (Scan *scan,
             Name *name)
{
  const char *from = ++scan->at;

  while (scan->at < scan->end && (guchar) *scan->at >= 0x20 &&
         *scan->at != '"' && *scan->at != '\\')
    scan->at++;
  if (scan->at == scan->end)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "String without end");
  if ((guchar) *scan->at < 0x20)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Control character in a string");
  if ((gsize) (scan->at - from) > scan->limits->string)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "String too long");

  if (*scan->at == '"')
    {
      if (name != NULL)
        *name = (Name) { from, (gsize) (scan->at - from), 0 };
      scan->at++;
      return TRUE;
    }

  if (!scan_escaped_string (scan, from))
    return FALSE;
  if (name != NULL)
    {
      name->length = scan->decoded->len;
      name->start = g_string_chunk_insert_len (scan->arena, scan->decoded->str,
                                               (gssize) name->length);
    }

  return TRUE;
}

static gsize
take_digits (Scan *scan)
{
  const char *from = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;

  return (gsize) (scan->at - from);
}

/* json-glib turns an integer beyond int64 into -1 and a real beyond double into infinity. */
static gboolean
check_range (Scan       *scan,
             const char *from,
             gboolean    is_real)
{
  char text[NUMBER_MAX + 1];
  gsize length = (gsize) (scan->at - from);

  if (length > NUMBER_MAX)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Number with too many digits");
  memcpy (text, from, length);
  text[length] = '\0';

  if (is_real)
    {
      if (!isfinite (g_ascii_strtod (text, NULL)))
        return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Number out of range");
      return TRUE;
    }

  errno = 0;
  (void) g_ascii_strtoll (text, NULL, 10);
  if (errno == ERANGE)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Number out of range");

  return TRUE;
}

static gboolean
scan_number (Scan *scan)
{
  const char *from = scan->at;
  gboolean is_real = FALSE;

  take (scan, '-');
  if (!take (scan, '0') && take_digits (scan) == 0)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Bad number");
  if (take (scan, '.'))
    {
      is_real = TRUE;
      if (take_digits (scan) == 0)
        return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Bad number");
    }
  if (take (scan, 'e') || take (scan, 'E'))
    {
      is_real = TRUE;
      if (!take (scan, '+'))
        take (scan, '-');
      if (take_digits (scan) == 0)
        return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Bad number");
    }

  return check_range (scan, from, is_real);
}

static gboolean
scan_word (Scan       *scan,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Unexpected character");
  scan->at += length;

  return TRUE;
}

/* The number of members is limited, so looking at each earlier one costs less than a hash table. */
static gboolean
add_name (Scan  *scan,
          guint  first,
          Name  *name)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < name->length; i++)
    hash = (hash ^ (guchar) name->start[i]) * 16777619u;
  name->hash = hash;

  for (guint i = first; i < scan->names->len; i++)
    {
      const Name *other = &g_array_index (scan->names, Name, i);

      if (other->hash == hash && other->length == name->length &&
          memcmp (other->start, name->start, name->length) == 0)
        return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Name that was there before");
    }
  if (scan->names->len - first >= scan->limits->members)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Too many members");
  g_array_append_val (scan->names, *name);

  return TRUE;
}

static gboolean
scan_member (Scan  *scan,
             guint  first)
{
  Name name = { NULL, 0, 0 };

  skip_space (scan);
  if (scan->at == scan->end || *scan->at != '"')
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Name expected");
  if (!scan_string (scan, &name) || !add_name (scan, first, &name))
    return FALSE;
  skip_space (scan);
  if (!take (scan, ':'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Colon expected");

  return scan_value (scan);
}

static gboolean
scan_object (Scan *scan)
{
  guint first = scan->names->len;

  scan->at++;
  skip_space (scan);
  if (take (scan, '}'))
    return TRUE;
  do
    {
      if (!scan_member (scan, first))
        return FALSE;
      skip_space (scan);
    }
  while (take (scan, ','));
  if (!take (scan, '}'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Comma or } expected");
  g_array_set_size (scan->names, first);

  return TRUE;
}

static gboolean
scan_array (Scan *scan)
{
  guint elements = 0;

  scan->at++;
  skip_space (scan);
  if (take (scan, ']'))
    return TRUE;
  do
    {
      if (++elements > scan->limits->elements)
        return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Too many elements");
      if (!scan_value (scan))
        return FALSE;
      skip_space (scan);
    }
  while (take (scan, ','));
  if (!take (scan, ']'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Comma or ] expected");

  return TRUE;
}

static gboolean
scan_container (Scan *scan)
{
  gboolean good;

  if (++scan->depth > scan->limits->depth)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Nested too deeply");
  good = *scan->at == '{' ? scan_object (scan) : scan_array (scan);
  scan->depth--;

  return good;
}

static gboolean
scan_value (Scan *scan)
{
  skip_space (scan);
  if (scan->at == scan->end)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Value expected");
  if (++scan->nodes > scan->limits->nodes)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Too many values");

  switch (*scan->at)
    {
    case '{':
    case '[':
      return scan_container (scan);
    case '"':
      return scan_string (scan, NULL);
    case 't':
      return scan_word (scan, "true");
    case 'f':
      return scan_word (scan, "false");
    case 'n':
      return scan_word (scan, "null");
    default:
      return scan_number (scan);
    }
}

static gboolean
scan_text (Scan *scan)
{
  const char *bad;

  if ((gsize) (scan->end - scan->start) > scan->limits->size)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Text too long");
  if (!g_utf8_validate_len (scan->start, (gsize) (scan->end - scan->start), &bad))
    {
      scan->at = bad;
      return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Not UTF-8");
    }
  if (!scan_value (scan))
    return FALSE;
  skip_space (scan);
  if (scan->at != scan->end)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Something after the value");

  return TRUE;
}

/**
 * tpt_json_scan:
 *
 * Says whether the bytes are one JSON text (RFC 8259) in UTF-8 within @limits: no byte order mark,
 * no comments, no NUL even when escaped, no half surrogate pairs, no name twice in one object,
 * nothing after the value, integers within int64 and reals within double. Uses stack in proportion
 * to the depth limit only.
 *
 * Returns: FALSE with TPT_PROTOCOL_ERROR_JSON or TPT_PROTOCOL_ERROR_LIMIT; the message names the
 *   byte, never what stands there
 */
gboolean
tpt_json_scan (const char           *data,
               gsize                 length,
               const TptJsonLimits  *limits,
               GError              **error)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_autoptr (GString) decoded = g_string_new (NULL);
  GStringChunk *arena = g_string_chunk_new (1024);
  Scan scan = { data, data, data + length, limits, error, names, arena, decoded, 0, 0 };
  gboolean good = scan_text (&scan);

  g_string_chunk_free (arena);

  return good;
}
