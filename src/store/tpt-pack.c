/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-pack.h"

#include <string.h>

static guint
count_groups (guint64 value)
{
  guint count = 1;

  for (; value > 0x7f; value >>= 7)
    count++;

  return count;
}

/* In one go: the number, seven bits to a byte, and room for as many bytes behind it. Returns: where
 * they go */
static guint8 *
put_number_and_room (TptPack *self,
                     guint64  value,
                     guint    room)
{
  GByteArray *bytes = self->bytes;
  guint before = bytes->len;
  guint8 *at;

  g_byte_array_set_size (bytes, before + count_groups (value) + room);
  for (at = bytes->data + before; value > 0x7f; value >>= 7)
    *at++ = (guint8) value | 0x80;
  *at++ = (guint8) value;

  return at;
}

static void
put_number (TptPack *self,
            guint64  value)
{
  put_number_and_room (self, value, 0);
}

static guint64
take_number (TptPack *self)
{
  guint64 value = 0;

  for (guint shift = 0; self->offset < self->bytes->len && shift < 64; shift += 7)
    {
      guint8 byte = self->bytes->data[self->offset++];

      value |= (guint64) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return value;
    }
  self->failed = TRUE;

  return 0;
}

static gboolean
is_at_end (TptPack *self)
{
  return self->failed || self->offset == self->bytes->len;
}

void
tpt_pack_init (TptPack *self)
{
  self->bytes = g_byte_array_sized_new (256);
  self->offset = 0;
  self->failed = FALSE;
}

void
tpt_pack_clear (TptPack *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

void
tpt_pack_put_int (TptPack *self,
                  gint64   value)
{
  /* The sign goes to the lowest bit, so that small negative numbers are short, too. */
  put_number (self, ((guint64) value << 1) ^ (guint64) (value >> 63));
}

/* Nearly every text, eight bytes at a time: what is ASCII is UTF-8. */
static gboolean
is_ascii (const char *text,
          gsize       length)
{
  guint64 all = 0;
  gsize at = 0;

  for (; length - at >= sizeof all; at += sizeof all)
    {
      guint64 word;

      memcpy (&word, text + at, sizeof word);
      all |= word;
    }
  for (; at < length; at++)
    all |= (guchar) text[at];

  return (all & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

/** tpt_pack_put_string: @value may be %NULL, which is not the same as empty */
void
tpt_pack_put_string (TptPack    *self,
                     const char *value)
{
  g_autofree char *valid = NULL;
  gsize length;

  if (value == NULL)
    {
      put_number (self, 0);
      return;
    }
  length = strlen (value);
  if (!is_ascii (value, length) && !g_utf8_validate_len (value, length, NULL))
    {
      value = valid = g_utf8_make_valid (value, (gssize) length);
      length = strlen (value);
    }
  memcpy (put_number_and_room (self, length + 1, (guint) length), value, length);
}

void
tpt_pack_put_blob (TptPack      *self,
                   const guint8 *bytes,
                   gsize         length)
{
  guint8 *at = put_number_and_room (self, length, (guint) length);

  if (length > 0)
    memcpy (at, bytes, length);
}

void
tpt_pack_put_strv (TptPack           *self,
                   const char *const *value)
{
  guint count = value != NULL ? g_strv_length ((char **) value) : 0;

  tpt_pack_put_count (self, count);
  for (guint i = 0; i < count; i++)
    tpt_pack_put_string (self, value[i]);
}

/** tpt_pack_put_count: announces @count entries, each of at least one field */
void
tpt_pack_put_count (TptPack *self,
                    guint    count)
{
  put_number (self, count);
}

gint64
tpt_pack_take_int (TptPack *self)
{
  guint64 value = is_at_end (self) ? 0 : take_number (self);

  return (gint64) (value >> 1) ^ -(gint64) (value & 1);
}

/** tpt_pack_take_string: (transfer full) (nullable) */
char *
tpt_pack_take_string (TptPack *self)
{
  guint64 length = is_at_end (self) ? 0 : take_number (self);
  const char *start;

  if (length == 0)
    return NULL;
  length--;
  start = (const char *) self->bytes->data + self->offset;
  if (length > self->bytes->len - self->offset || !g_utf8_validate_len (start, length, NULL))
    {
      self->failed = TRUE;
      return NULL;
    }
  self->offset += length;

  return g_strndup (start, length);
}

/** tpt_pack_take_blob: (transfer full): never %NULL */
GByteArray *
tpt_pack_take_blob (TptPack *self)
{
  guint64 length = is_at_end (self) ? 0 : take_number (self);
  GByteArray *blob = g_byte_array_new ();

  if (length > self->bytes->len - self->offset)
    {
      self->failed = TRUE;
      return blob;
    }
  g_byte_array_append (blob, self->bytes->data + self->offset, (guint) length);
  self->offset += length;

  return blob;
}

/** tpt_pack_take_strv: (transfer full): never %NULL */
GStrv
tpt_pack_take_strv (TptPack *self)
{
  guint count = tpt_pack_take_count (self);
  GStrv strings = g_new0 (char *, count + 1);

  for (guint i = 0; i < count; i++)
    {
      char *string = tpt_pack_take_string (self);

      strings[i] = string != NULL ? string : g_strdup ("");
    }

  return strings;
}

/** tpt_pack_take_count: how many entries follow; never more than there can be */
guint
tpt_pack_take_count (TptPack *self)
{
  guint64 count = is_at_end (self) ? 0 : take_number (self);

  if (count > self->bytes->len - self->offset)
    {
      self->failed = TRUE;
      return 0;
    }

  return (guint) count;
}
