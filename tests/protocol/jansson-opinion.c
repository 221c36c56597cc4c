/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* In a file of its own: Jansson and json-glib declare functions of the same name. */
#include "jansson-opinion.h"

#include <jansson.h>

/* What Jansson reads in @bytes, written plainly; NULL where it refuses. To be freed with
 * free (). */
char *
jansson_opinion (const char *bytes,
                 size_t      length)
{
  json_t *value = json_loadb (bytes, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
  char *text;

  if (value == NULL)
    return NULL;
  text = json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION (17));
  json_decref (value);

  return text;
}
