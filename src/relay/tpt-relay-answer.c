/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-answer.h"

#define ROOM_KEPT 1024

/* The words beside a status. */
const char *
tpt_relay_answer_get_reason (guint status)
{
  switch (status)
    {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    default:
      return "Error";
    }
}

/**
 * tpt_relay_answer_append:
 * @type: (nullable): of the body; JSON where it is NULL
 * @fields: (nullable): more lines of the head, each with its end
 * @length: of the body, which follows; a 204 has none
 * @close: whether the connection ends with this answer
 *
 * Writes the head of an answer (RFC 9112), with what a status obliges to say.
 */
void
tpt_relay_answer_append (GString    *out,
                         guint       status,
                         const char *type,
                         const char *fields,
                         gsize       length,
                         gboolean    close)
{
  g_string_append_printf (out, "HTTP/1.1 %u %s\r\nCache-Control: no-store\r\n", status,
                          tpt_relay_answer_get_reason (status));
  if (status == 401)
    g_string_append (out, "WWW-Authenticate: Bearer\r\n");
  if (status == 503 && (fields == NULL || strstr (fields, "Retry-After:") == NULL))
    g_string_append (out, "Retry-After: 5\r\n");
  if (fields != NULL)
    g_string_append (out, fields);
  if (status != 204)
    g_string_append_printf (out, "Content-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                            type != NULL ? type : "application/json", length);
  g_string_append_printf (out, "Connection: %s\r\n\r\n", close ? "close" : "keep-alive");
}

/* When it is out. Thousands of sockets that once carried something large must not keep the room for
 * it. */
void
tpt_relay_answer_empty (GString **out)
{
  if ((*out)->allocated_len <= ROOM_KEPT)
    {
      g_string_truncate (*out, 0);
      return;
    }
  g_string_free (*out, TRUE);
  *out = g_string_new (NULL);
}
