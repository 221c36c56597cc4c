/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include <string.h>

#include "tpt-relay-cursor.h"
#include "tpt-relay-head.h"
#include "tpt-relay-peer.h"

/* No part of a head can begin a new line or end a string. */
static void
check_parts (const TptRelayHead *head)
{
  g_assert_true (head->path[0] == '/');
  g_assert_null (strpbrk (head->path, " ?\r\n"));
  g_assert_cmpuint (head->names->len, ==, head->values->len);
  g_assert_cmpuint (head->length, <=, TPT_RELAY_BODY_MAX);
  g_assert_cmpuint (tpt_relay_head_count (head, "transfer-encoding"), ==, 0);
  g_assert_cmpuint (tpt_relay_head_count (head, "content-length"), <=, 1);
  g_assert_cmpuint (tpt_relay_head_count (head, "host"), <=, 1);
  for (guint i = 0; i < head->names->len; i++)
    {
      g_assert_null (strpbrk (head->names->pdata[i], " \t\r\n:"));
      g_assert_null (strpbrk (head->values->pdata[i], "\r\n"));
    }
}

static GString *
write_head (const TptRelayHead *head,
            gboolean            is_new)
{
  GString *text = g_string_new (head->method);

  g_string_append_printf (text, " %s", head->path);
  if (head->query != NULL)
    g_string_append_printf (text, "?%s", head->query);
  g_string_append (text, is_new ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n");
  for (guint i = 0; i < head->names->len; i++)
    g_string_append_printf (text, "%s: %s\r\n", (const char *) head->names->pdata[i],
                            (const char *) head->values->pdata[i]);

  return g_string_append (text, "\r\n");
}

/* What was understood, written anew, is understood again and means the same. */
static void
check_again (const TptRelayHead *head,
             gboolean            is_new)
{
  g_autoptr (GString) text = write_head (head, is_new);
  g_autoptr (GString) second = NULL;
  g_autoptr (TptRelayHead) again = NULL;
  gssize end = tpt_relay_head_find_end (text->str, text->len);
  guint status = 0;

  /* A blank that was not there before may have made it too long. */
  if (end == -2 && text->len > TPT_RELAY_HEAD_MAX)
    return;
  g_assert_cmpint (end, ==, (gssize) text->len);
  again = tpt_relay_head_parse (text->str, text->len, &status);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->length, ==, head->length);
  g_assert_cmpint (again->keep_alive, ==, head->keep_alive);
  g_assert_cmpint (again->expects_continue, ==, head->expects_continue);
  second = write_head (again, is_new);
  g_assert_cmpstr (second->str, ==, text->str);
}

/* The relay's first look at a stranger. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *bytes = (const char *) data;
  gssize end = tpt_relay_head_find_end (bytes, size);
  g_autoptr (TptRelayHead) head = NULL;
  TptRelayCursor cursor;
  TptRelayPeer peer;
  guint status = 0;

  g_assert_cmpint (end, <=, (gssize) size);
  if (end <= 0)
    return 0;
  /* The end is found with its last byte and not before. */
  g_assert_cmpint (tpt_relay_head_find_end (bytes, (gsize) end - 1), ==, -1);
  head = tpt_relay_head_parse (bytes, (gsize) end, &status);
  g_assert_true ((head == NULL) == (status >= 400));
  if (head == NULL)
    return 0;
  check_parts (head);
  check_again (head, ((const char *) memchr (bytes, '\r', (gsize) end))[-1] == '1');
  tpt_relay_peer_parse (head, &peer);
  g_assert_cmpuint (peer.length, <=, sizeof peer.bytes);
  if (tpt_relay_head_get (head, "last-event-id") != NULL)
    tpt_relay_cursor_parse (tpt_relay_head_get (head, "last-event-id"), &cursor, NULL);

  return 0;
}
