/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-json-tree.h"
#include "tpt-time.h"

G_BEGIN_DECLS

/**
 * TptFieldRule:
 * @TPT_FIELD_NEEDED: has to be there and of the right type
 * @TPT_FIELD_TYPED: may be absent or null, else of the right type
 * @TPT_FIELD_LOOSE: anything of another type reads as absent: decoration that no record shall be
 *   lost for
 */
typedef enum
{
  TPT_FIELD_NEEDED,
  TPT_FIELD_TYPED,
  TPT_FIELD_LOOSE,
} TptFieldRule;

/**
 * TptFields:
 * @object: (nullable): what is read; with %NULL, or what is no object, every
 *   field is absent
 * @noun: what it is, for the message: "event", "event.location"
 * @error: set by the first field that breaks its rule; the others then read as absent
 *
 * Reads a JSON object so that a parser can ask for all fields and look for an error once, at its
 * end. Fields that are not
 * asked for are ignored.
 */
typedef struct
{
  const TptJsonValue *object;
  const char *noun;
  GError **error;
} TptFields;

char               *tpt_fields_text   (TptFields           *self,
                                       const char          *name,
                                       TptFieldRule         rule);
char               *tpt_fields_json   (TptFields           *self,
                                       const char          *name);
TptTime             tpt_fields_time   (TptFields           *self,
                                       const char          *name,
                                       TptFieldRule         rule);
int                 tpt_fields_number (TptFields           *self,
                                       const char          *name,
                                       TptFieldRule         rule);
gboolean            tpt_fields_flag   (TptFields           *self,
                                       const char          *name,
                                       TptFieldRule         rule);
gboolean            tpt_fields_choice (TptFields           *self,
                                       const char          *name,
                                       const char          *yes,
                                       const char          *no);
const TptJsonValue *tpt_fields_object (TptFields           *self,
                                       const char          *name,
                                       TptFieldRule         rule);
const TptJsonValue *tpt_fields_array  (TptFields           *self,
                                       const char          *name,
                                       TptFieldRule         rule);
const TptJsonValue *tpt_fields_item   (TptFields           *self,
                                       const char          *name,
                                       const TptJsonValue  *item);

G_END_DECLS
