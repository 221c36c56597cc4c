/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-parameters.h"

#include <string.h>

#include "tpt-relay-journal-postgres-array.h"
#include "tpt-relay-record.h"

/* Of PostgreSQL's catalogue, where these numbers are for good. */
#define OID_BYTEA 17
#define OID_INT8  20
#define OID_TEXT  25

static void
add_value (Parameters *parameters,
           Oid         type,
           const void *value,
           gsize       length)
{
  int at = parameters->count++;

  g_assert (at < PARAMETERS_MAX);
  parameters->types[at] = type;
  parameters->values[at] = value;
  parameters->lengths[at] = (int) length;
  parameters->formats[at] = 1;
}

static void
add_bytes (Parameters *parameters,
           GBytes     *bytes)
{
  gsize length = 0;
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  add_value (parameters, OID_BYTEA, bytes != NULL && data == NULL ? "" : data, length);
}

/* @type: see link_send () */
void
parameters_add (Parameters *parameters,
                char        type,
                va_list    *values)
{
  int at = parameters->count;
  const char *text;
  Array *array;

  switch (type)
    {
    case 'i':
      parameters->numbers[at] = GINT64_TO_BE (va_arg (*values, gint64));
      add_value (parameters, OID_INT8, &parameters->numbers[at], sizeof (gint64));
      break;
    case 's':
      text = va_arg (*values, const char *);
      add_value (parameters, OID_TEXT, text, text != NULL ? strlen (text) : 0);
      break;
    case 'h':
      add_value (parameters, OID_BYTEA, va_arg (*values, const guint8 *), TPT_RELAY_HASH_SIZE);
      break;
    case 'p':
      add_value (parameters, OID_BYTEA, va_arg (*values, const guint8 *), TPT_RELAY_PERSON_SIZE);
      break;
    case 'b':
      add_bytes (parameters, va_arg (*values, GBytes *));
      break;
    case 'a':
      array = va_arg (*values, Array *);
      add_value (parameters, array_get_type (array), array_get_data (array),
                 array_get_size (array));
      break;
    default:
      g_assert_not_reached ();
    }
}
