/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-scan.h"

#include <string.h>

#include "tpt-json-text.h"

/* An answer of the API has one value in so many bytes, more or less. */
#define BYTES_PER_VALUE 20

/* From so many members on, names are looked for in a table. */
#define FEW_MEMBERS 24

/* In how many bits the names of an object leave their traces. */
#define TRACE_BITS 256

typedef struct
{
  TptJsonText          text;
  const TptJsonLimits *limits;
  TptJsonValue        *values;
  guint32              length;
  guint32              room;
  guint                depth;
} Scan;

/* The names of one object. One whose trace is not there is new; one whose trace is there may be. */
typedef struct
{
  guint64     traces[TRACE_BITS / 64];
  GHashTable *table;       /* NULL as long as there are few */
} Names;

static gboolean scan_value (Scan    *scan,
                            guint32  index);

static gboolean
fail (Scan             *scan,
      TptProtocolError  code,
      const char       *what)
{
  return tpt_json_text_fail (&scan->text, code, what);
}

/* Values are spoken of by their place: they move when there are more than was thought. */
static guint32
add_value (Scan *scan)
{
  if (scan->length == scan->room)
    {
      scan->room *= 2;
      scan->values = g_renew (TptJsonValue, scan->values, scan->room);
    }
  scan->values[scan->length] = (TptJsonValue) { .kind = TPT_JSON_NULL, .span = 1 };

  return scan->length++;
}

static GHashTable *
index_names (Scan    *scan,
             guint32  object,
             guint32  end)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint32 i = object + 1; i < end; i += scan->values[i].span)
    g_hash_table_add (names, (gpointer) scan->values[i].name);

  return names;
}

/* Whether the trace of the name that was read last was there before. */
static gboolean
leave_trace (Scan  *scan,
             Names *names)
{
  const char *name = scan->text.string;
  gsize length = scan->text.length;
  guint trace = length > 0 ? (guint) length * 37 + (guchar) name[0] * 11
                               + (guchar) name[length / 2] * 5 + (guchar) name[length - 1]
                           : 0;
  guint64 *traces = &names->traces[trace % TRACE_BITS / 64];
  guint64 bit = G_GUINT64_CONSTANT (1) << trace % 64;
  gboolean was_there = (*traces & bit) != 0;

  *traces |= bit;

  return was_there;
}

/* Whether the name that was read last is that of one of the members before @member. */
static gboolean
is_known (Scan    *scan,
          guint32  object,
          guint32  member,
          Names   *names)
{
  const TptJsonText *text = &scan->text;

  if (!leave_trace (scan, names) && names->table == NULL)
    return FALSE;
  if (scan->values[object].size >= FEW_MEMBERS)
    {
      if (names->table == NULL)
        names->table = index_names (scan, object, member);
      return !g_hash_table_add (names->table, text->string);
    }
  for (guint32 i = object + 1; i < member; i += scan->values[i].span)
    {
      if (scan->values[i].name_length == text->length
          && memcmp (scan->values[i].name, text->string, text->length) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
scan_member (Scan    *scan,
             guint32  object,
             Names   *names)
{
  TptJsonText *text = &scan->text;
  guint32 member;

  tpt_json_text_skip_space (text);
  if (text->at == text->end || *text->at != '"')
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Name expected");
  if (!tpt_json_text_read_string (text))
    return FALSE;
  if (is_known (scan, object, scan->length, names))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Name that was there before");
  if (scan->values[object].size >= scan->limits->members)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Too many members");

  member = add_value (scan);
  scan->values[member].name = text->string;
  scan->values[member].name_length = (guint32) text->length;
  scan->values[object].size++;
  tpt_json_text_skip_space (text);
  if (!tpt_json_text_take (text, ':'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Colon expected");

  return scan_value (scan, member);
}

static gboolean
scan_members (Scan    *scan,
              guint32  object)
{
  Names names = { { 0 }, NULL };
  gboolean good;

  do
    {
      good = scan_member (scan, object, &names);
      tpt_json_text_skip_space (&scan->text);
    }
  while (good && tpt_json_text_take (&scan->text, ','));
  g_clear_pointer (&names.table, g_hash_table_unref);

  return good;
}

static gboolean
scan_object (Scan    *scan,
             guint32  object)
{
  TptJsonText *text = &scan->text;

  scan->values[object].kind = TPT_JSON_OBJECT;
  text->at++;
  tpt_json_text_skip_space (text);
  if (tpt_json_text_take (text, '}'))
    return TRUE;
  if (!scan_members (scan, object))
    return FALSE;
  if (!tpt_json_text_take (text, '}'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Comma or } expected");

  return TRUE;
}

static gboolean
scan_array (Scan    *scan,
            guint32  array)
{
  TptJsonText *text = &scan->text;

  scan->values[array].kind = TPT_JSON_ARRAY;
  text->at++;
  tpt_json_text_skip_space (text);
  if (tpt_json_text_take (text, ']'))
    return TRUE;
  do
    {
      if (scan->values[array].size >= scan->limits->elements)
        return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Too many elements");
      scan->values[array].size++;
      if (!scan_value (scan, add_value (scan)))
        return FALSE;
      tpt_json_text_skip_space (text);
    }
  while (tpt_json_text_take (text, ','));
  if (!tpt_json_text_take (text, ']'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Comma or ] expected");

  return TRUE;
}

static gboolean
scan_container (Scan    *scan,
                guint32  index)
{
  gboolean good;

  if (++scan->depth > scan->limits->depth)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Nested too deeply");
  good = *scan->text.at == '{' ? scan_object (scan, index) : scan_array (scan, index);
  scan->depth--;
  scan->values[index].span = scan->length - index;

  return good;
}

static gboolean
scan_string (Scan         *scan,
             TptJsonValue *value)
{
  if (!tpt_json_text_read_string (&scan->text))
    return FALSE;
  value->kind = TPT_JSON_STRING;
  value->text = scan->text.string;

  return TRUE;
}

static gboolean
scan_boolean (Scan         *scan,
              TptJsonValue *value,
              const char   *word)
{
  if (!tpt_json_text_read_word (&scan->text, word))
    return FALSE;
  value->kind = TPT_JSON_BOOLEAN;
  value->boolean = *word == 't';

  return TRUE;
}

static gboolean
scan_number (Scan         *scan,
             TptJsonValue *value)
{
  TptJsonNumber number;

  if (!tpt_json_text_read_number (&scan->text, &number))
    return FALSE;
  value->kind = number.is_real ? TPT_JSON_REAL : TPT_JSON_INTEGER;
  if (number.is_real)
    value->real = number.real;
  else
    value->integer = number.integer;

  return TRUE;
}

/* The value at @index is a null until it is known what it is. */
static gboolean
scan_value (Scan    *scan,
            guint32  index)
{
  TptJsonText *text = &scan->text;
  TptJsonValue *value = &scan->values[index];

  tpt_json_text_skip_space (text);
  if (text->at == text->end)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Value expected");
  if (scan->length > scan->limits->nodes)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Too many values");

  switch (*text->at)
    {
    case '{':
    case '[':
      return scan_container (scan, index);
    case '"':
      return scan_string (scan, value);
    case 't':
      return scan_boolean (scan, value, "true");
    case 'f':
      return scan_boolean (scan, value, "false");
    case 'n':
      return tpt_json_text_read_word (text, "null");
    default:
      return scan_number (scan, value);
    }
}

static gboolean
scan_text (Scan *scan)
{
  TptJsonText *text = &scan->text;

  if (!tpt_json_text_check (text) || !scan_value (scan, add_value (scan)))
    return FALSE;
  tpt_json_text_skip_space (text);
  if (text->at != text->end)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Something after the value");

  return TRUE;
}

/**
 * tpt_json_scan:
 *
 * Reads one JSON text (RFC 8259) in UTF-8 within @limits: no byte order mark, no comments, no NUL
 * even when escaped, no half surrogate pairs, no name twice in one object, nothing after the value,
 * integers within int64 and reals within double. Uses stack in proportion to the depth limit only.
 *
 * Returns: (transfer full): NULL with TPT_PROTOCOL_ERROR_JSON or TPT_PROTOCOL_ERROR_LIMIT; the
 *   message names the byte, never what stands there
 */
TptJsonTree *
tpt_json_scan (const char           *data,
               gsize                 length,
               const TptJsonLimits  *limits,
               GError              **error)
{
  g_autofree char *room = NULL;
  Scan scan = { .limits = limits };

  tpt_json_text_init (&scan.text, data, length, limits->string, NULL, error);
  if (length > limits->size)
    {
      fail (&scan, TPT_PROTOCOL_ERROR_LIMIT, "Text too long");
      return NULL;
    }
  room = g_malloc (length + 1);
  scan.text.room = room;
  scan.room = (guint32) (length / BYTES_PER_VALUE) + 8;
  scan.values = g_new (TptJsonValue, scan.room);
  if (!scan_text (&scan))
    {
      g_free (scan.values);
      return NULL;
    }

  return tpt_json_tree_new (scan.values, g_steal_pointer (&room));
}
