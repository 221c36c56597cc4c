/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-scan.h"

#include "tpt-json-text.h"

typedef struct
{
  TptJsonText          text;
  const TptJsonLimits *limits;
  JsonNode            *null;    /* stands wherever one is a member */
  guint                depth;
  guint                nodes;
} Scan;

static gboolean scan_value (Scan     *scan,
                            JsonNode *node);

static gboolean
fail (Scan             *scan,
      TptProtocolError  code,
      const char       *what)
{
  return tpt_json_text_fail (&scan->text, code, what);
}

/* The member stands in @object before its value is read, so that the tree owns all there is of it
 * when something goes wrong. A name that was there before makes the object no larger. */
static gboolean
scan_member (Scan       *scan,
             JsonObject *object)
{
  TptJsonText *text = &scan->text;
  guint size = json_object_get_size (object);
  JsonNode *node;

  tpt_json_text_skip_space (text);
  if (text->at == text->end || *text->at != '"')
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Name expected");
  if (!tpt_json_text_read_string (text))
    return FALSE;

  tpt_json_text_skip_space (text);
  if (!tpt_json_text_take (text, ':'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Colon expected");
  tpt_json_text_skip_space (text);
  if (text->at < text->end && *text->at == 'n')
    {
      /* JSON-GLib does not take a node that stands there already. */
      if (json_object_has_member (object, text->string->str))
        return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Name that was there before");
      node = json_node_ref (scan->null);
    }
  else
    node = json_node_new (JSON_NODE_NULL);

  json_object_set_member (object, text->string->str, node);
  if (json_object_get_size (object) == size)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Name that was there before");
  if (size >= scan->limits->members)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Too many members");

  return scan_value (scan, node);
}

static gboolean
scan_object (Scan     *scan,
             JsonNode *node)
{
  JsonObject *object = json_object_new ();
  TptJsonText *text = &scan->text;

  json_node_init (node, JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  text->at++;
  tpt_json_text_skip_space (text);
  if (tpt_json_text_take (text, '}'))
    return TRUE;
  do
    {
      if (!scan_member (scan, object))
        return FALSE;
      tpt_json_text_skip_space (text);
    }
  while (tpt_json_text_take (text, ','));
  if (!tpt_json_text_take (text, '}'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Comma or } expected");

  return TRUE;
}

static gboolean
scan_array (Scan     *scan,
            JsonNode *node)
{
  JsonArray *array = json_array_new ();
  TptJsonText *text = &scan->text;

  json_node_init (node, JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  text->at++;
  tpt_json_text_skip_space (text);
  if (tpt_json_text_take (text, ']'))
    return TRUE;
  do
    {
      JsonNode *element;

      if (json_array_get_length (array) >= scan->limits->elements)
        return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Too many elements");
      element = json_node_new (JSON_NODE_NULL);
      json_array_add_element (array, element);
      if (!scan_value (scan, element))
        return FALSE;
      tpt_json_text_skip_space (text);
    }
  while (tpt_json_text_take (text, ','));
  if (!tpt_json_text_take (text, ']'))
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Comma or ] expected");

  return TRUE;
}

static gboolean
scan_container (Scan     *scan,
                JsonNode *node)
{
  gboolean good;

  if (++scan->depth > scan->limits->depth)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Nested too deeply");
  good = *scan->text.at == '{' ? scan_object (scan, node) : scan_array (scan, node);
  scan->depth--;

  return good;
}

static gboolean
scan_string (Scan     *scan,
             JsonNode *node)
{
  if (!tpt_json_text_read_string (&scan->text))
    return FALSE;
  json_node_init_string (node, scan->text.string->str);

  return TRUE;
}

static gboolean
scan_boolean (Scan       *scan,
              JsonNode   *node,
              const char *word)
{
  if (!tpt_json_text_read_word (&scan->text, word))
    return FALSE;
  json_node_init_boolean (node, *word == 't');

  return TRUE;
}

static gboolean
scan_number (Scan     *scan,
             JsonNode *node)
{
  TptJsonNumber number;

  if (!tpt_json_text_read_number (&scan->text, &number))
    return FALSE;
  if (number.is_real)
    json_node_init_double (node, number.real);
  else
    json_node_init_int (node, number.integer);

  return TRUE;
}

/* @node is a null until it is known what it is. One that begins like a null may be the common one,
 * which stays as it is. */
static gboolean
scan_value (Scan     *scan,
            JsonNode *node)
{
  TptJsonText *text = &scan->text;

  tpt_json_text_skip_space (text);
  if (text->at == text->end)
    return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Value expected");
  if (++scan->nodes > scan->limits->nodes)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Too many values");

  switch (*text->at)
    {
    case '{':
    case '[':
      return scan_container (scan, node);
    case '"':
      return scan_string (scan, node);
    case 't':
      return scan_boolean (scan, node, "true");
    case 'f':
      return scan_boolean (scan, node, "false");
    case 'n':
      return tpt_json_text_read_word (text, "null");
    default:
      return scan_number (scan, node);
    }
}

static gboolean
scan_text (Scan     *scan,
           JsonNode *root)
{
  TptJsonText *text = &scan->text;
  gsize length = (gsize) (text->end - text->start);
  const char *bad;

  if (length > scan->limits->size)
    return fail (scan, TPT_PROTOCOL_ERROR_LIMIT, "Text too long");
  if (!g_utf8_validate_len (text->start, length, &bad))
    {
      text->at = bad;
      return fail (scan, TPT_PROTOCOL_ERROR_JSON, "Not UTF-8");
    }
  if (!scan_value (scan, root))
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
JsonNode *
tpt_json_scan (const char           *data,
               gsize                 length,
               const TptJsonLimits  *limits,
               GError              **error)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_NULL);
  g_autoptr (JsonNode) null = json_node_new (JSON_NODE_NULL);
  Scan scan = { .limits = limits, .null = null };
  gboolean good;

  tpt_json_text_init (&scan.text, data, length, limits->string, error);
  good = scan_text (&scan, root);
  tpt_json_text_clear (&scan.text);

  return good ? g_steal_pointer (&root) : NULL;
}
