/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-text.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "tpt-protocol-error.h"

/* Longer digits than these are no number that anyone sends; strtod () wants a terminated copy. */
#define NUMBER_MAX 127

/* Of eight bytes at once: none of these bits is set in ASCII. */
#define HIGH_BITS G_GUINT64_CONSTANT (0x8080808080808080)
#define EACH_BYTE G_GUINT64_CONSTANT (0x0101010101010101)

/* The longest part of the beginning that is ASCII, eight bytes at a time. */
static const char *
skip_ascii (const char *at,
            const char *end)
{
  while (end - at >= (gssize) sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, at, sizeof word);
      if ((word & HIGH_BITS) != 0)
        break;
      at += sizeof word;
    }

  return at;
}

/* How many of eight bytes come before the first quotation mark, backslash or control character.
 * What the borrow of a subtraction marks by mistake stands behind the first that is one. */
static guint
count_plain (const char *at)
{
  guint64 word, quote, backslash, found;

  memcpy (&word, at, sizeof word);
  word = GUINT64_FROM_LE (word);
  quote = word ^ (EACH_BYTE * '"');
  backslash = word ^ (EACH_BYTE * '\\');
  found = ((quote - EACH_BYTE) & ~quote) | ((backslash - EACH_BYTE) & ~backslash)
          | ((word - EACH_BYTE * 0x20) & ~word);
  found &= HIGH_BITS;

  return found != 0 ? (guint) __builtin_ctzll (found) / 8 : sizeof word;
}

/* Copies a string up to its first special byte. Eight bytes can always be written: a string is
 * never further on in its room than in the text. */
static const char *
copy_plain (const char *at,
            const char *end,
            char       *string)
{
  while (end - at >= (gssize) sizeof (guint64))
    {
      guint plain = count_plain (at);

      memcpy (string, at, sizeof (guint64));
      at += plain;
      string += plain;
      if (plain < sizeof (guint64))
        return at;
    }
  while (at < end && (guchar) *at >= 0x20 && *at != '"' && *at != '\\')
    *string++ = *at++;

  return at;
}

/**
 * tpt_json_text_init:
 * @longest: bytes of one decoded string
 * @room: for the decoded strings, as long as the text: none is longer than what it is decoded from,
 *   and its NUL takes the place of a quotation mark
 */
void
tpt_json_text_init (TptJsonText  *self,
                    const char   *data,
                    gsize         length,
                    gsize         longest,
                    char         *room,
                    GError      **error)
{
  *self = (TptJsonText) { data, data, data + length, longest, error, NULL, 0, room };
}

/** tpt_json_text_check: whether it is UTF-8; a NUL is found later, as no word has one */
gboolean
tpt_json_text_check (TptJsonText *self)
{
  const char *at = self->start;

  while ((at = skip_ascii (at, self->end)) < self->end)
    {
      const char *from;
      const char *bad;

      while (at < self->end && (guchar) *at < 0x80)
        at++;
      /* Every byte of a character beyond ASCII is so, too: each run of them stands alone. */
      from = at;
      while (at < self->end && (guchar) *at >= 0x80)
        at++;
      if (!g_utf8_validate_len (from, (gsize) (at - from), &bad))
        {
          self->at = bad;
          return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Not UTF-8");
        }
    }

  return TRUE;
}

/** tpt_json_text_fail: (returns: always FALSE) the message names the byte, never what is there */
gboolean
tpt_json_text_fail (TptJsonText      *self,
                    TptProtocolError  code,
                    const char       *what)
{
  g_set_error (self->error, TPT_PROTOCOL_ERROR, (int) code, "%s at byte %" G_GSIZE_FORMAT, what,
               (gsize) (self->at - self->start));
  return FALSE;
}

gboolean
tpt_json_text_read_word (TptJsonText *self,
                         const char  *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Unexpected character");
  self->at += length;

  return TRUE;
}

/* Four hex digits; -1 where there are none. */
static int
take_hex4 (TptJsonText *self)
{
  int value = 0;

  if (self->end - self->at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (self->at[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  self->at += 4;

  return value;
}

static void
append (TptJsonText *self,
        gunichar     character)
{
  self->length += (gsize) g_unichar_to_utf8 (character, self->string + self->length);
}

/* After "\u". NUL is refused because no C string could hold it (RFC 8259 section 9 lets us), half a
 * surrogate pair because it is no character. */
static gboolean
read_unicode (TptJsonText *self)
{
  int high = take_hex4 (self);
  int low;

  if (high < 0)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Bad \\u escape");
  if (high == 0)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "NUL in a string");
  if (high >= 0xdc00 && high <= 0xdfff)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Half a surrogate pair");
  if (high < 0xd800 || high > 0xdbff)
    {
      append (self, (gunichar) high);
      return TRUE;
    }

  if (!tpt_json_text_take (self, '\\') || !tpt_json_text_take (self, 'u'))
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Half a surrogate pair");
  low = take_hex4 (self);
  if (low < 0xdc00 || low > 0xdfff)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Half a surrogate pair");
  append (self, 0x10000 + (((gunichar) high - 0xd800) << 10) + ((gunichar) low - 0xdc00));

  return TRUE;
}

static gboolean
read_escape (TptJsonText *self)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (tpt_json_text_take (self, 'u'))
    return read_unicode (self);
  if (self->at == self->end || *self->at == '\0' || (found = strchr (letters, *self->at)) == NULL)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Unknown escape");
  self->string[self->length++] = meant[found - letters];
  self->at++;

  return TRUE;
}

/* The rest of a string in which the first escape was met. */
static gboolean
read_escaped_string (TptJsonText *self)
{
  while (self->at < self->end && *self->at != '"')
    {
      if ((guchar) *self->at < 0x20)
        return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Control character in a string");
      if (tpt_json_text_take (self, '\\'))
        {
          if (!read_escape (self))
            return FALSE;
        }
      else
        {
          self->string[self->length++] = *self->at++;
        }
      if (self->length > self->longest)
        return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_LIMIT, "String too long");
    }
  if (!tpt_json_text_take (self, '"'))
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "String without end");

  return TRUE;
}

static gboolean
end_string (TptJsonText *self)
{
  self->string[self->length] = '\0';
  self->room = self->string + self->length + 1;

  return TRUE;
}

/** tpt_json_text_read_string: from its quotation mark on, into @self->string */
gboolean
tpt_json_text_read_string (TptJsonText *self)
{
  const char *from = ++self->at;

  self->string = self->room;
  self->at = copy_plain (from, self->end, self->string);
  if (self->at == self->end)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "String without end");
  if ((guchar) *self->at < 0x20)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Control character in a string");
  if ((gsize) (self->at - from) > self->longest)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_LIMIT, "String too long");

  self->length = (gsize) (self->at - from);
  if (*self->at == '"')
    {
      self->at++;
      return end_string (self);
    }

  return read_escaped_string (self) && end_string (self);
}

static gsize
take_digits (TptJsonText *self)
{
  const char *from = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;

  return (gsize) (self->at - from);
}

/* An integer beyond int64 and a real beyond double are refused, not made something else of. */
static gboolean
convert (TptJsonText   *self,
         const char    *from,
         TptJsonNumber *number)
{
  char text[NUMBER_MAX + 1];
  gsize length = (gsize) (self->at - from);

  if (length > NUMBER_MAX)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_LIMIT, "Number with too many digits");
  memcpy (text, from, length);
  text[length] = '\0';

  if (number->is_real)
    {
      number->real = g_ascii_strtod (text, NULL);
      if (!isfinite (number->real))
        return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_LIMIT, "Number out of range");
      return TRUE;
    }

  errno = 0;
  number->integer = g_ascii_strtoll (text, NULL, 10);
  if (errno == ERANGE)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_LIMIT, "Number out of range");

  return TRUE;
}

gboolean
tpt_json_text_read_number (TptJsonText   *self,
                           TptJsonNumber *number)
{
  const char *from = self->at;

  *number = (TptJsonNumber) { FALSE, 0, 0 };
  tpt_json_text_take (self, '-');
  if (!tpt_json_text_take (self, '0') && take_digits (self) == 0)
    return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Bad number");
  if (tpt_json_text_take (self, '.'))
    {
      number->is_real = TRUE;
      if (take_digits (self) == 0)
        return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Bad number");
    }
  if (tpt_json_text_take (self, 'e') || tpt_json_text_take (self, 'E'))
    {
      number->is_real = TRUE;
      if (!tpt_json_text_take (self, '+'))
        tpt_json_text_take (self, '-');
      if (take_digits (self) == 0)
        return tpt_json_text_fail (self, TPT_PROTOCOL_ERROR_JSON, "Bad number");
    }

  return convert (self, from, number);
}
