/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fields.h"

#include "tpt-api-error.h"
#include "tpt-json-write.h"

static void
complain (TptFields  *self,
          const char *name,
          const char *what)
{
  if (*self->error == NULL)
    g_set_error (self->error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL, "%s.%s: %s", self->noun, name,
                 what);
}

/* The value of @name, or NULL where it reads as absent. */
static const TptJsonValue *
lookup (TptFields    *self,
        const char   *name,
        TptFieldRule  rule)
{
  const TptJsonValue *value = tpt_json_value_get_member (self->object, name);

  if (value != NULL && value->kind != TPT_JSON_NULL)
    return value;
  if (rule == TPT_FIELD_NEEDED)
    complain (self, name, value == NULL ? "missing" : "null");

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
  const TptJsonValue *value = lookup (self, name, rule);

  if (value == NULL || value->kind == TPT_JSON_STRING)
    return tpt_json_value_get_text (value);
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

/* A webhook has its members by their names and an answer has them otherwise, which is no news. */
static void
sort_members (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (JsonObject) sorted = NULL;
  g_autoptr (GList) names = NULL;

  if (object == NULL)
    return;
  sorted = json_object_new ();
  names = g_list_sort (json_object_get_members (object), (GCompareFunc) strcmp);
  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *member = json_object_dup_member (object, name->data);

      sort_members (member);
      json_object_set_member (sorted, name->data, member);
    }
  json_node_set_object (node, sorted);
}

/** tpt_fields_json: (returns: transfer full, nullable) whatever stands there, as JSON, the same
 *   text for the same members in whatever order */
char *
tpt_fields_json (TptFields  *self,
                 const char *name)
{
  const TptJsonValue *value = lookup (self, name, TPT_FIELD_LOOSE);
  g_autoptr (JsonNode) node = value != NULL ? tpt_json_value_to_node (value) : NULL;

  if (node == NULL)
    return NULL;
  sort_members (node);

  return tpt_json_write (node, FALSE);
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
  const TptJsonValue *value = lookup (self, name, rule);

  if (value == NULL)
    return 0;
  if (value->kind == TPT_JSON_INTEGER && value->integer >= G_MININT && value->integer <= G_MAXINT)
    return (int) value->integer;
  mismatch (self, name, rule, "not a number that makes sense");

  return 0;
}

gboolean
tpt_fields_flag (TptFields    *self,
                 const char   *name,
                 TptFieldRule  rule)
{
  const TptJsonValue *value = lookup (self, name, rule);

  if (value == NULL)
    return FALSE;
  if (value->kind == TPT_JSON_BOOLEAN)
    return value->boolean;
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

const TptJsonValue *
tpt_fields_object (TptFields    *self,
                   const char   *name,
                   TptFieldRule  rule)
{
  const TptJsonValue *value = lookup (self, name, rule);

  if (value == NULL || value->kind == TPT_JSON_OBJECT)
    return value;
  mismatch (self, name, rule, "not an object");

  return NULL;
}

const TptJsonValue *
tpt_fields_array (TptFields    *self,
                  const char   *name,
                  TptFieldRule  rule)
{
  const TptJsonValue *value = lookup (self, name, rule);

  if (value == NULL || value->kind == TPT_JSON_ARRAY)
    return value;
  mismatch (self, name, rule, "not an array");

  return NULL;
}

/** tpt_fields_item: @item of the array in the field @name, where it is an object */
const TptJsonValue *
tpt_fields_item (TptFields          *self,
                 const char         *name,
                 const TptJsonValue *item)
{
  if (item->kind == TPT_JSON_OBJECT)
    return item;
  complain (self, name, "an item is not an object");

  return NULL;
}
