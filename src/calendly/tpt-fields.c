/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fields.h"

#include "tpt-api-error.h"

static void
complain (TptFields  *self,
          const char *name,
          const char *what)
{
  if (*self->error == NULL)
    g_set_error (self->error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL, "%s.%s: %s", self->noun, name,
                 what);
}

/* The node of @name, or NULL where it reads as absent. */
static JsonNode *
lookup (TptFields    *self,
        const char   *name,
        TptFieldRule  rule)
{
  JsonNode *node = self->object != NULL ? json_object_get_member (self->object, name) : NULL;

  if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    return node;
  if (rule == TPT_FIELD_NEEDED)
    complain (self, name, node == NULL ? "missing" : "null");

  return NULL;
}

static void
mismatch (TptFields    *self,
          const char   *name,
          TptFieldRule  rule,
          const char   *wanted)
{
  if (rule != TPT_FIELD_LOOSE)
    complain (self, name, wanted);
}

static const char *
peek_text (TptFields    *self,
           const char   *name,
           TptFieldRule  rule)
{
  JsonNode *node = lookup (self, name, rule);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  mismatch (self, name, rule, "not a string");

  return NULL;
}

/** tpt_fields_text: (returns: transfer full, nullable) a string; one that is needed is not empty */
char *
tpt_fields_text (TptFields    *self,
                 const char   *name,
                 TptFieldRule  rule)
{
  const char *text = peek_text (self, name, rule);

  if (rule == TPT_FIELD_NEEDED && text != NULL && *text == '\0')
    complain (self, name, "empty");

  return g_strdup (text);
}

/** tpt_fields_json: (returns: transfer full, nullable) whatever stands there, as JSON */
char *
tpt_fields_json (TptFields  *self,
                 const char *name)
{
  JsonNode *node = lookup (self, name, TPT_FIELD_LOOSE);

  return node != NULL ? json_to_string (node, FALSE) : NULL;
}

TptTime
tpt_fields_time (TptFields    *self,
                 const char   *name,
                 TptFieldRule  rule)
{
  const char *text = peek_text (self, name, rule);
  TptTime time = TPT_TIME_NONE;

  if (text != NULL && !tpt_time_parse (text, &time, NULL))
    {
      mismatch (self, name, rule, "not a date and time");
      return TPT_TIME_NONE;
    }

  return time;
}

int
tpt_fields_number (TptFields    *self,
                   const char   *name,
                   TptFieldRule  rule)
{
  JsonNode *node = lookup (self, name, rule);

  if (node == NULL)
    return 0;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      gint64 value = json_node_get_int (node);

      if (value >= G_MININT && value <= G_MAXINT)
        return (int) value;
    }
  mismatch (self, name, rule, "not a number that makes sense");

  return 0;
}

gboolean
tpt_fields_flag (TptFields    *self,
                 const char   *name,
                 TptFieldRule  rule)
{
  JsonNode *node = lookup (self, name, rule);

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  mismatch (self, name, rule, "neither true nor false");

  return FALSE;
}

/** tpt_fields_choice: whether a needed string is @yes rather than @no; anything else is an error */
gboolean
tpt_fields_choice (TptFields  *self,
                   const char *name,
                   const char *yes,
                   const char *no)
{
  const char *text = peek_text (self, name, TPT_FIELD_NEEDED);

  if (g_strcmp0 (text, yes) == 0)
    return TRUE;
  if (text != NULL && strcmp (text, no) != 0)
    complain (self, name, "an unknown word");

  return FALSE;
}

JsonObject *
tpt_fields_object (TptFields    *self,
                   const char   *name,
                   TptFieldRule  rule)
{
  JsonNode *node = lookup (self, name, rule);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  mismatch (self, name, rule, "not an object");

  return NULL;
}

JsonArray *
tpt_fields_array (TptFields    *self,
                  const char   *name,
                  TptFieldRule  rule)
{
  JsonNode *node = lookup (self, name, rule);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  mismatch (self, name, rule, "not an array");

  return NULL;
}

/** tpt_fields_item: the object at @index of @array, which is the field @name */
JsonObject *
tpt_fields_item (TptFields  *self,
                 const char *name,
                 JsonArray  *array,
                 guint       index)
{
  JsonNode *node = json_array_get_element (array, index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  complain (self, name, "an item is not an object");

  return NULL;
}
