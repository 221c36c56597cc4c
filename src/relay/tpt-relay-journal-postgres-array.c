/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-array.h"

#include <string.h>

#define OID_BYTEA       17
#define OID_INT8        20
#define OID_BYTEA_ARRAY 1001
#define OID_INT8_ARRAY  1016
/* Dimensions, whether there are nulls, element type, length, lower bound: array_recv (). */
#define HEAD_WORDS      5

struct _Array
{
  GByteArray *bytes;
  guint32     element;
  guint32     count;
  gboolean    has_null;
};

static void
add_word (Array   *self,
          guint32  word)
{
  guint32 wire = GUINT32_TO_BE (word);

  g_byte_array_append (self->bytes, (const guint8 *) &wire, sizeof wire);
}

static Array *
new_of (guint32 element)
{
  Array *self = g_new0 (Array, 1);

  self->bytes = g_byte_array_new ();
  self->element = element;
  array_clear (self);

  return self;
}

Array *
array_new_ints (void)
{
  return new_of (OID_INT8);
}

Array *
array_new_bytes (void)
{
  return new_of (OID_BYTEA);
}

void
array_free (Array *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/* Empty again; what it once took stays its own. */
void
array_clear (Array *self)
{
  g_byte_array_set_size (self->bytes, 0);
  for (guint i = 0; i < HEAD_WORDS; i++)
    add_word (self, 0);
  self->count = 0;
  self->has_null = FALSE;
}

void
array_add_int (Array  *self,
               gint64  number)
{
  gint64 wire = GINT64_TO_BE (number);

  array_add_bytes (self, &wire, sizeof wire);
}

void
array_add_bytes (Array         *self,
                 gconstpointer  bytes,
                 gsize          length)
{
  add_word (self, (guint32) length);
  if (length > 0)
    g_byte_array_append (self->bytes, bytes, (guint) length);
  self->count++;
}

void
array_add_null (Array *self)
{
  add_word (self, G_MAXUINT32);
  self->has_null = TRUE;
  self->count++;
}

guint
array_get_type (Array *self)
{
  return self->element == OID_INT8 ? OID_INT8_ARRAY : OID_BYTEA_ARRAY;
}

gconstpointer
array_get_data (Array *self)
{
  const guint32 head[HEAD_WORDS] = { GUINT32_TO_BE (1), GUINT32_TO_BE (self->has_null ? 1 : 0),
                                     GUINT32_TO_BE (self->element), GUINT32_TO_BE (self->count),
                                     GUINT32_TO_BE (1) };

  memcpy (self->bytes->data, head, sizeof head);

  return self->bytes->data;
}

gsize
array_get_size (Array *self)
{
  return self->bytes->len;
}
