/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test.h"

#include "tpt-api-error.h"
#include "tpt-webhook-fact.h"

static TptWebhookFact *
load (const char  *name,
      GError     **error)
{
  g_autofree char *path = g_strdup_printf ("api/%s.json", name);
  gsize length;
  char *text = tpt_test_fixture (path, &length);
  g_autoptr (GBytes) body = g_bytes_new_take (text, length);

  return tpt_webhook_fact_parse (body, error);
}

static void
test_created (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptWebhookFact) fact = load ("webhook-invitee-created", &error);

  g_assert_no_error (error);
  g_assert_cmpint (fact->kind, ==, TPT_WEBHOOK_INVITEE_CREATED);
  g_assert_cmpstr (fact->event, ==, "invitee.created");
  g_assert_cmpstr (fact->meeting->uri, ==, fact->invitee->event);
  g_assert_cmpuint (fact->meeting->invitees->len, ==, 1);
  g_assert_true (g_ptr_array_index (fact->meeting->invitees, 0) == fact->invitee);
  g_assert_cmpint (fact->meeting->source, ==, TPT_SOURCE_WEBHOOK);
  g_assert_cmpstr (fact->invitee->tracking.utm_content, ==, "tp_4f3c2b1a");
}

static void
test_canceled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptWebhookFact) fact = load ("webhook-invitee-canceled", &error);

  g_assert_no_error (error);
  g_assert_cmpint (fact->kind, ==, TPT_WEBHOOK_INVITEE_CANCELED);
  g_assert_true (fact->meeting->canceled);
  g_assert_true (fact->invitee->rescheduled);
  g_assert_nonnull (fact->invitee->new_invitee);
}

/* The mark is gone, whatever the payload still says; and deliveries of old have no event in them.
 */
static void
test_no_show_deleted (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptWebhookFact) fact = load ("webhook-no-show-deleted", &error);
  g_autoptr (TptWebhookFact) copy = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (fact->kind, ==, TPT_WEBHOOK_NO_SHOW_DELETED);
  g_assert_null (fact->invitee->no_show_uri);
  g_assert_cmpint (fact->invitee->no_show_at, ==, TPT_TIME_NONE);
  g_assert_null (fact->meeting);

  copy = tpt_webhook_fact_copy (fact);
  g_assert_true (copy->invitee == fact->invitee);
}

static void
test_broken (void)
{
  static const struct
  {
    const char *body;
    gboolean fine;
  } cases[] = {
    { "", FALSE },
    { "{}", FALSE },
    { "{\"event\":\"invitee.created\",\"created_at\":\"2026-01-01T00:00:00Z\",\"payload\":{\"uri\":"
      "\"u\"}}",
      FALSE },
    { "{\"event\":\"contact.created\",\"created_at\":\"2026-01-01T00:00:00Z\",\"payload\":{\"uri\":"
      "\"u\"}}",
      TRUE },
    { "{\"event\":\"contact.created\",\"created_at\":\"today\",\"payload\":{\"uri\":\"u\"}}",
      FALSE },
    { "{\"event\":\"invitee.created\",\"created_at\":\"2026-01-01T00:00:00Z\",\"payload\":{\"uri\":"
      "\"u\","
      "\"event\":\"e\",\"email\":\"a@b.example\",\"status\":\"active\",\"scheduled_event\":7}}",
      FALSE },
    { "{\"event\":\"invitee.created\",\"created_at\":\"2026-01-01T00:00:00Z\",\"payload\":{\"uri\":"
      "\"u\","
      "\"event\":\"e\",\"email\":\"a@b.example\",\"status\":\"active\",\"scheduled_event\":{"
      "\"uri\":\"other\","
      "\"status\":\"active\",\"start_time\":\"2026-01-01T00:00:00Z\",\"end_time\":\"2026-01-01T00:"
      "00:00Z\"}}}",
      FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      g_autoptr (GError) error = NULL;
      g_autoptr (TptWebhookFact) fact = tpt_webhook_fact_parse (body, &error);

      g_assert_true ((fact != NULL) == cases[i].fine);
      g_assert_true ((error == NULL) == cases[i].fine);
      if (fact != NULL)
        g_assert_cmpint (fact->kind, ==, TPT_WEBHOOK_OTHER);
    }
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/calendly/webhook-fact/created", test_created);
  g_test_add_func ("/calendly/webhook-fact/canceled", test_canceled);
  g_test_add_func ("/calendly/webhook-fact/no-show-deleted", test_no_show_deleted);
  g_test_add_func ("/calendly/webhook-fact/broken", test_broken);

  return g_test_run ();
}
