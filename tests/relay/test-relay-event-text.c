/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-event-text.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "tpt-relay-frame.h"
#include "tpt-relay-message.h"
#include "tpt-test.h"

#define LONGEST 70

static const TptRelayCursor cursor = { "abcdef0123456789", 9007199254740993 };

/* Bytes that use every letter of base64, @length of them. */
static TptRelayEventRecord
make_event (gsize length)
{
  TptRelayEventRecord event = { .received_at = 1790000000007, .late = length % 2 == 1 };
  g_autofree guint8 *box = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    box[i] = (guint8) (255 - i * 37);
  for (guint i = 0; i < TPT_RELAY_KEY_SIZE; i++)
    event.relay_key[i] = (guint8) (i * 11);
  for (guint i = 0; i < TPT_RELAY_NONCE_SIZE; i++)
    event.nonce[i] = (guint8) (i * 13 + length);
  event.box = g_bytes_new (box, length);

  return event;
}

static void
check (const char                *json,
       const TptRelayEventRecord *event)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayWebhook) webhook = tpt_relay_webhook_decode (json, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (webhook->received_at, ==, "2026-09-21T14:13:20.007Z");
  g_assert_cmpint (webhook->late, ==, event->late);
  g_assert_cmpmem (webhook->relay_key, TPT_RELAY_KEY_SIZE, event->relay_key, TPT_RELAY_KEY_SIZE);
  g_assert_cmpmem (webhook->nonce, TPT_RELAY_NONCE_SIZE, event->nonce, TPT_RELAY_NONCE_SIZE);
  g_assert_true (g_bytes_equal (webhook->box, event->box));
}

/* What a desktop reads is what was stored, whatever the length leaves over. */
static void
test_frame (void)
{
  for (gsize length = 0; length < LONGEST; length++)
    {
      TptRelayEventRecord event = make_event (length);
      g_autoptr (GString) out = g_string_new (": before\n\n");
      g_autoptr (TptRelayParser) parser = tpt_relay_parser_new ();
      g_autoptr (GPtrArray) frames =
        g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_frame_free);
      const TptRelayFrame *frame;

      tpt_relay_event_text_append_frame (out, &cursor, &event);
      tpt_relay_event_text_append_frame (out, &cursor, &event);
      g_assert_true (tpt_relay_parser_feed (parser, out->str, out->len, frames, NULL));
      g_assert_cmpuint (frames->len, ==, 2);
      frame = frames->pdata[1];
      g_assert_cmpstr (frame->event, ==, TPT_RELAY_EVENT_WEBHOOK);
      g_assert_cmpstr (frame->id, ==, "abcdef0123456789:9007199254740993");
      check (frame->data, &event);
      g_bytes_unref (event.box);
    }
}

static void
test_item (void)
{
  TptRelayEventRecord event = make_event (LONGEST);
  g_autoptr (GString) out = g_string_new ("");
  g_autoptr (JsonNode) item = NULL;

  tpt_relay_event_text_append_item (out, &cursor, &event);
  item = json_from_string (out->str, NULL);
  g_assert_nonnull (item);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (item), "cursor"), ==,
                   "abcdef0123456789:9007199254740993");
  check (out->str, &event);
  g_bytes_unref (event.box);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/event-text/frame", test_frame);
  g_test_add_func ("/relay/event-text/item", test_item);

  return g_test_run ();
}
