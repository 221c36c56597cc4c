/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-event-text.h"

#include <time.h>

#include "tpt-relay-message.h"

/* Thousands of events a second go out to the same clients, so these are written straight into
 * their place; what tpt_relay_webhook_encode () makes is the same to a reader of JSON. */

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Three bytes in four letters. */
static char *
put_group (char *at,
           guint  bytes)
{
  *at++ = letters[bytes >> 18];
  *at++ = letters[bytes >> 12 & 63];
  *at++ = letters[bytes >> 6 & 63];
  *at++ = letters[bytes & 63];

  return at;
}

/* Base64 with padding (RFC 4648 section 4). */
static void
append_base64 (GString      *out,
               const guint8 *bytes,
               gsize         length)
{
  gsize start = out->len;
  gsize rest = length % 3;
  char *at;

  if (length == 0)
    return;
  g_string_set_size (out, start + (length + 2) / 3 * 4);
  at = out->str + start;
  for (const guint8 *end = bytes + length - rest; bytes < end; bytes += 3)
    at = put_group (at, (guint) (bytes[0] << 16 | bytes[1] << 8 | bytes[2]));
  if (rest == 0)
    return;
  at = put_group (at, (guint) (bytes[0] << 16 | (rest == 2 ? bytes[1] << 8 : 0)));
  at[-1] = '=';
  if (rest == 1)
    at[-2] = '=';
}

/* RFC 3339, to the millisecond. */
static void
append_time (GString *out,
             gint64   milliseconds)
{
  time_t seconds = (time_t) (milliseconds / 1000);
  struct tm parts;

  gmtime_r (&seconds, &parts);
  g_string_append_printf (out, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
                          parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
                          parts.tm_sec, (int) (milliseconds % 1000));
}

/* All members but the brace before them. */
static void
append_members (GString                   *out,
                const TptRelayEventRecord *event)
{
  gsize length;
  const guint8 *box = g_bytes_get_data (event->box, &length);

  g_string_append (out, "\"received_at\":\"");
  append_time (out, event->received_at);
  g_string_append (out, event->late ? "\",\"late\":true,\"relay_key\":\""
                                    : "\",\"late\":false,\"relay_key\":\"");
  append_base64 (out, event->relay_key, TPT_RELAY_KEY_SIZE);
  g_string_append (out, "\",\"nonce\":\"");
  append_base64 (out, event->nonce, TPT_RELAY_NONCE_SIZE);
  g_string_append (out, "\",\"box\":\"");
  append_base64 (out, box, length);
  g_string_append (out, "\"}");
}

/* One event of a text/event-stream (WHATWG HTML, section 9.2). */
void
tpt_relay_event_text_append_frame (GString                   *out,
                                   const TptRelayCursor      *cursor,
                                   const TptRelayEventRecord *event)
{
  g_string_append_printf (out, "event: " TPT_RELAY_EVENT_WEBHOOK "\nid: %s:%" G_GINT64_FORMAT
                          "\ndata: {", cursor->epoch, cursor->seq);
  append_members (out, event);
  g_string_append (out, "\n\n");
}

/* One element of a long poll's page. */
void
tpt_relay_event_text_append_item (GString                   *out,
                                  const TptRelayCursor      *cursor,
                                  const TptRelayEventRecord *event)
{
  g_string_append_printf (out, "{\"cursor\":\"%s:%" G_GINT64_FORMAT "\",", cursor->epoch,
                          cursor->seq);
  append_members (out, event);
}
