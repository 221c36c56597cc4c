/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include <string.h>

#include "tpt-relay-message.h"

static GPtrArray *
feed (const guint8 *data,
      gsize         size,
      gsize         piece,
      gboolean     *good)
{
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_frame_free);
  g_autoptr (TptRelayParser) parser = tpt_relay_parser_new ();

  *good = TRUE;
  for (gsize at = 0; *good && at < size; at += piece)
    *good = tpt_relay_parser_feed (parser, data + at, MIN (piece, size - at), frames, NULL);

  return frames;
}

/* What can be read can be written, and is then read as the same. */
static void
check_frame (const TptRelayFrame *frame)
{
  g_autoptr (TptRelayWebhook) webhook = tpt_relay_webhook_decode (frame->data, NULL);
  TptRelayHello hello;
  TptRelayGap gap;
  TptRelayCursor cursor;

  g_assert_true (g_utf8_validate (frame->data, -1, NULL));
  if (frame->id != NULL && tpt_relay_cursor_parse (frame->id, &cursor, NULL))
    {
      g_autofree char *text = tpt_relay_cursor_format (&cursor);

      g_assert_cmpstr (text, ==, frame->id);
    }
  if (tpt_relay_hello_decode (frame->data, &hello, NULL))
    g_free (tpt_relay_hello_encode (&hello));
  if (tpt_relay_gap_decode (frame->data, &gap, NULL))
    g_free (tpt_relay_gap_encode (&gap));
  if (webhook != NULL)
    {
      g_autofree char *text = tpt_relay_webhook_encode (webhook);
      g_autoptr (TptRelayWebhook) again = tpt_relay_webhook_decode (text, NULL);

      g_assert_nonnull (again);
      g_assert_true (g_bytes_equal (again->box, webhook->box));
      g_assert_cmpstr (again->received_at, ==, webhook->received_at);
    }
}

/* Bodies of the requests and answers beside the stream. */
static void
check_bodies (const char *text,
              gsize       size)
{
  g_autoptr (TptRelayEnrolmentRequest) request =
    tpt_relay_enrolment_request_decode (text, (gssize) size, NULL);
  g_autoptr (TptRelayEnrolment) enrolment = tpt_relay_enrolment_decode (text, (gssize) size, NULL);
  g_autoptr (TptRelayProblem) problem = tpt_relay_problem_decode (text, (gssize) size, NULL);
  TptRelayCursor cursor;

  if (tpt_relay_ack_decode (text, (gssize) size, &cursor, NULL))
    g_free (tpt_relay_ack_encode (&cursor));
  if (request != NULL)
    g_free (tpt_relay_enrolment_request_encode (request));
  if (enrolment != NULL)
    g_free (tpt_relay_enrolment_encode (enrolment));
  if (problem != NULL)
    g_assert_true (g_utf8_validate (problem->message, -1, NULL));
}

/* All that relay and desktop say to each other. However a stream is cut, it says the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gboolean whole_is_good, pieces_are_good;
  g_autoptr (GPtrArray) whole = feed (data, size, MAX (size, 1), &whole_is_good);
  g_autoptr (GPtrArray) pieces = feed (data, size, 3, &pieces_are_good);

  g_assert_cmpint (whole_is_good, ==, pieces_are_good);
  g_assert_cmpuint (whole->len, ==, pieces->len);
  for (guint i = 0; i < whole->len; i++)
    {
      const TptRelayFrame *one = whole->pdata[i];
      const TptRelayFrame *other = pieces->pdata[i];

      g_assert_cmpstr (one->event, ==, other->event);
      g_assert_cmpstr (one->id, ==, other->id);
      g_assert_cmpstr (one->data, ==, other->data);
      check_frame (one);
    }
  check_bodies ((const char *) data, size);

  return 0;
}
