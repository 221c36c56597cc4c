/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-tour.h"

#include "tpt-contact-client.h"
#include "tpt-event-type-client.h"
#include "tpt-membership-client.h"
#include "tpt-organization-client.h"
#include "tpt-user-client.h"
#include "tpt-webhook-client.h"

static void
visit_account (TptTour *tour)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *plan = NULL;
  g_autofree char *role = NULL;
  CALL (me, tpt_user_client_get_me_async, tour->client);

  tour->me = tpt_user_client_get_me_finish (tour->client, me, &error);
  g_assert_no_error (error);
  CALL (planned, tpt_organization_client_get_plan_async, tour->client, tour->me->organization);
  plan = tpt_organization_client_get_plan_finish (tour->client, planned, NULL, &error);
  g_assert_no_error (error);
  CALL (asked, tpt_organization_client_get_role_async, tour->client, tour->me);
  role = tpt_organization_client_get_role_finish (tour->client, asked, &error);
  g_assert_no_error (error);
  tpt_page_free (tpt_tour_read_all (
    tpt_membership_client_list (tour->client, tour->me->organization), 5));
}

static void
visit_event_types (TptTour *tour)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TptEventType) type = NULL;
  TptEventType *first;
  CALL (listed, tpt_event_type_client_list_async, tour->client, tour->me->uri);

  tour->types = tpt_event_type_client_list_finish (tour->client, listed, &error);
  g_assert_no_error (error);
  first = g_ptr_array_index (tour->types->items, 0);
  CALL (got, tpt_event_type_client_get_async, tour->client, first->uri);
  type = tpt_event_type_client_get_finish (tour->client, got, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (type->name, ==, first->name);
  tpt_page_free (
    tpt_tour_read_all (tpt_membership_client_list_hosts (tour->client, first->uri), 1));
}

static void
visit_contacts (TptTour *tour)
{
  tpt_page_free (tpt_tour_read_all (tpt_contact_client_list (tour->client), 1));
}

static void
visit_webhooks (TptTour *tour)
{
  static const char *const events[] = { "invitee.created", "invitee.canceled",
                                        "invitee_no_show.created", "invitee_no_show.deleted",
                                        NULL };
  const TptWebhookRequest wanted = { "https://relay.example/hook", events, tour->me->organization,
                                     tour->me->uri, "key" };
  g_autoptr (GError) error = NULL;
  g_autoptr (TptWebhookSubscription) made = NULL;
  g_autoptr (TptWebhookSubscription) again = NULL;
  g_autoptr (TptPage) page = NULL;
  CALL (created, tpt_webhook_client_create_async, tour->client, &wanted);

  made = tpt_webhook_client_create_finish (tour->client, created, &error);
  g_assert_no_error (error);
  CALL (got, tpt_webhook_client_get_async, tour->client, made->uri);
  again = tpt_webhook_client_get_finish (tour->client, got, &error);
  g_assert_no_error (error);
  CALL (listed, tpt_webhook_client_list_async, tour->client, tour->me->organization,
        tour->me->uri);
  page = tpt_webhook_client_list_finish (tour->client, listed, &error);
  g_assert_no_error (error);
  CALL (deleted, tpt_webhook_client_delete_async, tour->client, made->uri);
  g_assert_true (tpt_webhook_client_delete_finish (tour->client, deleted, &error));
}

/* Whose account it is, what can be booked, who is in it, and its webhooks. */
void
tpt_tour_account (TptTour *tour)
{
  visit_account (tour);
  visit_event_types (tour);
  visit_contacts (tour);
  visit_webhooks (tour);
}
