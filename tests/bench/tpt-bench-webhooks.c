/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-webhooks.h"

#include <string.h>

#include "tpt-webhook-signature.h"

#define API "https://api.calendly.com"

struct _TptBenchWebhooks
{
  GString *bytes;
  GArray *ends;            /* of gsize: where each request ends */
};

/* No two runs of a benchmark ask with the same bodies. */
static guint next_number;

/* Of the @index-th host, who has the @index-th device. */
char *
tpt_bench_webhooks_host (guint index)
{
  return g_strdup_printf (API "/users/HOST%08u", index);
}

static const char questions[] =
  "[{\"question\":\"What would you like to talk about, and is there anything that we should read"
  " before we meet?\",\"answer\":\"Roll-out in the second region; the export of last quarter's"
  " figures; who is invited to the steering meeting.\",\"position\":0},"
  "{\"question\":\"Which plan are you on?\",\"answer\":\"Business, 240 seats\",\"position\":1}]";

/**
 * tpt_bench_webhooks_body:
 * @number: unlike that of every other body; a later one was created later, by 0.1 ms
 *
 * Returns: (transfer full): `invitee.created` in the shape of "Webhook payload" in Calendly's docs
 */
char *
tpt_bench_webhooks_body (guint number,
                         guint host)
{
  g_autofree char *user = tpt_bench_webhooks_host (host);
  g_autofree char *event = g_strdup_printf (API "/scheduled_events/E%015u", number);

  return g_strdup_printf (
    "{\"created_at\":\"2026-11-21T10:%02u:%02u.%06uZ\",\"created_by\":\"%s\","
    "\"event\":\"invitee.created\",\"payload\":{\"cancel_url\":\"https://calendly.com/cancellations"
    "/I%015u\",\"created_at\":\"2026-11-21T10:00:00.000000Z\",\"email\":\"visitor.%u@example.com\","
    "\"event\":\"%s\",\"first_name\":\"Visitor\",\"invitee_scheduled_by\":null,\"last_name\":"
    "\"Number %u\",\"name\":\"Visitor Number %u\",\"new_invitee\":null,\"no_show\":null,"
    "\"old_invitee\":null,\"payment\":null,\"questions_and_answers\":%s,\"reconfirmation\":null,"
    "\"reschedule_url\":\"https://calendly.com/reschedulings/I%015u\",\"rescheduled\":false,"
    "\"routing_form_submission\":null,\"scheduled_event\":{\"cancellation\":null,\"created_at\":"
    "\"2026-11-21T10:00:00.000000Z\",\"end_time\":\"2026-11-24T14:30:00.000000Z\",\"event_guests\":"
    "[],\"event_memberships\":[{\"user\":\"%s\",\"user_email\":\"host.%u@example.com\",\"user_name"
    "\":\"Host %u\"}],\"event_type\":\"" API "/event_types/T000000000000001\",\"invitees_counter\":"
    "{\"active\":1,\"limit\":1,\"total\":1},\"location\":{\"join_url\":\"https://example.zoom.us/j/"
    "%015u\",\"status\":\"pushed\",\"type\":\"zoom\"},\"meeting_notes_html\":null,"
    "\"meeting_notes_plain\":null,\"name\":\"Quarterly review\",\"start_time\":"
    "\"2026-11-24T14:00:00.000000Z\",\"status\":\"active\",\"updated_at\":"
    "\"2026-11-21T10:00:00.000000Z\",\"uri\":\"%s\"},\"scheduling_method\":null,\"status\":"
    "\"active\",\"text_reminder_number\":null,\"timezone\":\"Europe/Vienna\",\"tracking\":"
    "{\"salesforce_uuid\":null,\"utm_campaign\":null,\"utm_content\":null,\"utm_medium\":null,"
    "\"utm_source\":null,\"utm_term\":null},\"updated_at\":\"2026-11-21T10:00:00.000000Z\",\"uri\":"
    "\"%s/invitees/I%015u\"}}",
    number / 600000 % 60, number / 10000 % 60, number % 10000 * 100, user, number, number, event,
    number, number, questions, number, user, host, host, number, event, event, number);
}

static void
append (TptBenchWebhooks *self,
        const char       *path,
        const char       *key,
        gint64            time,
        guint             host)
{
  g_autofree char *body = tpt_bench_webhooks_body (next_number++, host);
  gsize length = strlen (body);
  g_autofree char *signature = tpt_webhook_signature_sign (time, body, length, key);
  gsize end;

  g_string_append_printf (self->bytes,
                          "POST %s HTTP/1.1\r\nHost: relay.example.com\r\n"
                          "X-Forwarded-For: 203.0.113.7\r\nUser-Agent: Calendly\r\n"
                          "Accept: */*\r\nContent-Type: application/json\r\n"
                          "Calendly-Webhook-Signature: %s\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n",
                          path, signature, length);
  g_string_append_len (self->bytes, body, (gssize) length);
  end = self->bytes->len;
  g_array_append_val (self->ends, end);
}

/**
 * tpt_bench_webhooks_new:
 * @key: signs all of them, for now
 * @hosts: whom they are for, one after the other
 */
TptBenchWebhooks *
tpt_bench_webhooks_new (const char *path,
                        const char *key,
                        guint       count,
                        guint       hosts)
{
  TptBenchWebhooks *self = g_new0 (TptBenchWebhooks, 1);
  gint64 time = g_get_real_time () / G_USEC_PER_SEC;

  self->bytes = g_string_sized_new ((gsize) count * 2600);
  self->ends = g_array_sized_new (FALSE, FALSE, sizeof (gsize), count);
  for (guint i = 0; i < count; i++)
    append (self, path, key, time, i % hosts);

  return self;
}

void
tpt_bench_webhooks_free (TptBenchWebhooks *self)
{
  if (self == NULL)
    return;
  g_string_free (self->bytes, TRUE);
  g_array_unref (self->ends);
  g_free (self);
}

guint
tpt_bench_webhooks_size (const TptBenchWebhooks *self)
{
  return self->ends->len;
}

/* The bytes of one request. */
const char *
tpt_bench_webhooks_get (const TptBenchWebhooks *self,
                        guint                   index,
                        gsize                  *length)
{
  gsize start = index > 0 ? g_array_index (self->ends, gsize, index - 1) : 0;

  *length = g_array_index (self->ends, gsize, index) - start;

  return self->bytes->str + start;
}
