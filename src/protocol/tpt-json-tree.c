/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-json-tree.h"

#include <string.h>

struct _TptJsonTree
{
  TptJsonValue *values;
  char *text;
};

static JsonNode *
make_object (const TptJsonValue *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  for (const TptJsonValue *member = tpt_json_value_get_first (self); member != NULL;
       member = tpt_json_value_get_next (self, member))
    json_object_set_member (object, member->name, tpt_json_value_to_node (member));
  json_node_take_object (node, object);

  return node;
}

static JsonNode *
make_array (const TptJsonValue *self)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_sized_new (self->size);

  for (const TptJsonValue *element = tpt_json_value_get_first (self); element != NULL;
       element = tpt_json_value_get_next (self, element))
    json_array_add_element (array, tpt_json_value_to_node (element));
  json_node_take_array (node, array);

  return node;
}

/**
 * tpt_json_tree_new:
 * @values: (transfer full): the first is the root
 * @text: (transfer full): where their strings and names stand
 */
TptJsonTree *
tpt_json_tree_new (TptJsonValue *values,
                   char         *text)
{
  TptJsonTree *self = g_new (TptJsonTree, 1);

  self->values = values;
  self->text = text;

  return self;
}

/** tpt_json_tree_new_null: nothing but a null */
TptJsonTree *
tpt_json_tree_new_null (void)
{
  TptJsonValue *root = g_new0 (TptJsonValue, 1);

  root->kind = TPT_JSON_NULL;
  root->span = 1;

  return tpt_json_tree_new (root, NULL);
}

void
tpt_json_tree_free (TptJsonTree *self)
{
  g_free (self->values);
  g_free (self->text);
  g_free (self);
}

const TptJsonValue *
tpt_json_tree_get_root (TptJsonTree *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->values;
}

/** tpt_json_value_get_object: (nullable): @self where it is an object */
const TptJsonValue *
tpt_json_value_get_object (const TptJsonValue *self)
{
  return self != NULL && self->kind == TPT_JSON_OBJECT ? self : NULL;
}

/** tpt_json_value_get_array: (nullable): @self where it is an array */
const TptJsonValue *
tpt_json_value_get_array (const TptJsonValue *self)
{
  return self != NULL && self->kind == TPT_JSON_ARRAY ? self : NULL;
}

/**
 * tpt_json_value_get_member:
 * @self: (nullable): of any kind
 *
 * Returns: (nullable): the member of that name; %NULL also where @self is no object
 */
const TptJsonValue *
tpt_json_value_get_member (const TptJsonValue *self,
                           const char         *name)
{
  gsize length = strlen (name);

  if (tpt_json_value_get_object (self) == NULL)
    return NULL;
  for (const TptJsonValue *member = self + 1; member < self + self->span; member += member->span)
    {
      if (member->name_length == length && memcmp (member->name, name, length) == 0)
        return member;
    }

  return NULL;
}

/**
 * tpt_json_value_get_first:
 * @self: (nullable): of any kind
 *
 * Returns: (nullable): the first element or member
 */
const TptJsonValue *
tpt_json_value_get_first (const TptJsonValue *self)
{
  return self != NULL && self->span > 1 ? self + 1 : NULL;
}

/**
 * tpt_json_value_get_next:
 * @child: an element or a member of @self
 *
 * Returns: (nullable): the one after it
 */
const TptJsonValue *
tpt_json_value_get_next (const TptJsonValue *self,
                         const TptJsonValue *child)
{
  const TptJsonValue *next = child + child->span;

  return next < self + self->span ? next : NULL;
}

/**
 * tpt_json_value_get_text:
 * @self: (nullable): of any kind
 *
 * Returns: (nullable): what a string says
 */
const char *
tpt_json_value_get_text (const TptJsonValue *self)
{
  return self != NULL && self->kind == TPT_JSON_STRING ? self->text : NULL;
}

/** tpt_json_value_to_node: (returns: transfer full) the same for who writes it with JSON-GLib */
JsonNode *
tpt_json_value_to_node (const TptJsonValue *self)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind)
    {
    case TPT_JSON_OBJECT:
      return make_object (self);
    case TPT_JSON_ARRAY:
      return make_array (self);
    case TPT_JSON_STRING:
      return json_node_init_string (json_node_alloc (), self->text);
    case TPT_JSON_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), self->boolean);
    case TPT_JSON_INTEGER:
      return json_node_init_int (json_node_alloc (), self->integer);
    case TPT_JSON_REAL:
      return json_node_init_double (json_node_alloc (), self->real);
    case TPT_JSON_NULL:
    default:
      node = json_node_alloc ();
      return json_node_init_null (node);
    }
}
