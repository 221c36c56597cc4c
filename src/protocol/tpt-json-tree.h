/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What kind of value it is. */
typedef enum
{
  TPT_JSON_NULL,
  TPT_JSON_BOOLEAN,
  TPT_JSON_INTEGER,
  TPT_JSON_REAL,
  TPT_JSON_STRING,
  TPT_JSON_ARRAY,
  TPT_JSON_OBJECT,
} TptJsonKind;

/**
 * TptJsonValue:
 * @name: of a member; %NULL where it is none
 * @name_length: in bytes
 * @kind: which of the others counts
 * @span: how many values it is together with all that is inside it; the next one after it stands
 *   that far behind
 * @size: of an array or an object: how many elements or members it has
 * @text: of a string
 *
 * One value of a #TptJsonTree, which owns it.
 */
typedef struct
{
  const char  *name;
  guint32      name_length;
  TptJsonKind  kind;
  guint32      span;
  guint32      size;
  union
  {
    gboolean    boolean;
    gint64      integer;
    double      real;
    const char *text;
  };
} TptJsonValue;

/**
 * TptJsonTree:
 *
 * A JSON text that was read, never to change: all values in one piece of memory in the order of
 * the text, all strings in another. Reading a page costs a few allocations, not a few for each of
 * its values.
 */
typedef struct _TptJsonTree TptJsonTree;

TptJsonTree        *tpt_json_tree_new          (TptJsonValue        *values,
                                                char                *text);
TptJsonTree        *tpt_json_tree_new_null     (void);
void                tpt_json_tree_free         (TptJsonTree         *self);
const TptJsonValue *tpt_json_tree_get_root     (TptJsonTree         *self);

const TptJsonValue *tpt_json_value_get_object  (const TptJsonValue  *self);
const TptJsonValue *tpt_json_value_get_array   (const TptJsonValue  *self);
const TptJsonValue *tpt_json_value_get_member  (const TptJsonValue  *self,
                                                const char          *name);
const TptJsonValue *tpt_json_value_get_first   (const TptJsonValue  *self);
const TptJsonValue *tpt_json_value_get_next    (const TptJsonValue  *self,
                                                const TptJsonValue  *child);
const char         *tpt_json_value_get_text    (const TptJsonValue  *self);
JsonNode           *tpt_json_value_to_node     (const TptJsonValue  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptJsonTree, tpt_json_tree_free)

G_END_DECLS
