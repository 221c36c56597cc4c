/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test.h"

#include <json-glib/json-glib.h>

#include "tpt-api-error.h"
#include "tpt-fields.h"
#include "tpt-json-guard.h"
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

/* A member of an object somewhere in a body. */
typedef struct
{
  JsonObject *object;      /* borrowed */
  char *name;
} Place;

static void
place_free (Place *place)
{
  g_free (place->name);
  g_free (place);
}

static void
collect (JsonNode  *node,
         GPtrArray *places)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        collect (json_array_get_element (array, i), places);
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) names = json_object_get_members (object);

      for (GList *link = names; link != NULL; link = link->next)
        {
          Place *place = g_new0 (Place, 1);

          place->object = object;
          place->name = g_strdup (link->data);
          g_ptr_array_add (places, place);
          collect (json_object_get_member (object, link->data), places);
        }
    }
}

/* Changes the member number @index of @text: takes it out for %NULL, else puts @value in its place
 * and something unknown beside it. Returns: (nullable): %NULL behind the last one */
static GBytes *
mutate (const char *text,
        guint       index,
        const char *value)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  const Place *place;
  char *mutant;

  collect (root, places);
  if (index >= places->len)
    return NULL;
  place = g_ptr_array_index (places, index);
  if (value != NULL)
    {
      json_object_set_string_member (place->object, "nobody_knows_this", "?");
      json_object_set_member (place->object, place->name, json_from_string (value, NULL));
    }
  else
    json_object_remove_member (place->object, place->name);
  mutant = json_to_string (root, FALSE);

  return g_bytes_new_take (mutant, strlen (mutant));
}

/* W-10: whatever is missing, null, of another kind or unknown: it is a fact with all that a booking
 * needs, or it is said why it is none. */
static void
test_mutated (gconstpointer name)
{
  static const char *const values[] = {
    NULL, "null", "7", "-1.5", "true", "\"\"", "\"nonsense\"", "[]", "{}", "[{\"uri\":7}]",
  };
  gsize length;
  g_autofree char *text = tpt_test_fixture (name, &length);
  guint taken = 0, refused = 0;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      GBytes *mutant;

      for (guint index = 0; (mutant = mutate (text, index, values[i])) != NULL; index++)
        {
          g_autoptr (GBytes) body = mutant;
          g_autoptr (GError) error = NULL;
          g_autoptr (TptWebhookFact) fact = tpt_webhook_fact_parse (body, &error);

          g_assert_true ((fact != NULL) == (error == NULL));
          taken += fact != NULL;
          refused += fact == NULL;
          if (fact == NULL)
            g_assert_cmpuint (strlen (error->message), >, 10);
          else if (fact->kind != TPT_WEBHOOK_OTHER)
            {
              g_assert_nonnull (fact->invitee->uri);
              g_assert_nonnull (fact->invitee->event);
              g_assert_cmpint (fact->created_at, !=, TPT_TIME_NONE);
            }
        }
    }
  g_test_message ("%u taken, %u refused", taken, refused);
  g_assert_cmpuint (taken, >, 50);
  g_assert_cmpuint (refused, >, 50);
}

static char *
dup_payment (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptJsonTree) tree = tpt_json_guard_read (text, -1, TPT_JSON_LIMITS_PAGE, &error);
  TptFields fields = { tpt_json_tree_get_root (tree), "invitee", &error };
  char *payment = tpt_fields_json (&fields, "payment");

  g_assert_no_error (error);

  return payment;
}

/* A webhook has the members of a payment in another order than an answer has, which is no news. */
static void
test_member_order (void)
{
  static const char sorted[] = "{\"amount\":2.5,\"card\":{\"a\":1,\"b\":[]},\"x\":null}";
  g_autofree char *whole = g_strdup_printf ("{\"payment\":%s}", sorted);
  g_autofree char *told = dup_payment (whole);
  g_autofree char *asked =
    dup_payment ("{\"payment\":{\"x\":null,\"card\":{\"b\":[],\"a\":1},\"amount\":2.5}}");

  g_assert_cmpstr (told, ==, sorted);
  g_assert_cmpstr (asked, ==, sorted);
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
  g_test_add_func ("/calendly/webhook-fact/member-order", test_member_order);
  g_test_add_data_func ("/calendly/webhook-fact/mutated/created",
                        "api/webhook-invitee-created.json", test_mutated);
  g_test_add_data_func ("/calendly/webhook-fact/mutated/canceled",
                        "api/webhook-invitee-canceled.json", test_mutated);
  g_test_add_data_func ("/calendly/webhook-fact/mutated/no-show",
                        "api/webhook-no-show-deleted.json", test_mutated);

  return g_test_run ();
}
