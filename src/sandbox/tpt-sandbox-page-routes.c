/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-booking-page.h"
#include "tpt-sandbox-booking.h"
#include "tpt-sandbox-html.h"
#include "tpt-sandbox-slots.h"

static gboolean
is_open (TptSandboxRequest     *request,
         const TptSandboxOffer *offer)
{
  if (offer->event_type != NULL && offer->event_type->active && offer->event_type->deleted_at == 0)
    return TRUE;
  tpt_sandbox_html_notice (request, 404, "This page does not exist",
                           "The event type is unknown or no longer offered.");

  return FALSE;
}

/* A single-use link, or a one-off type that lives under the same kind of address. Opening a link
 * leaves it alive; a booking ends it. */
static gboolean
find_link (TptSandboxRequest *request,
           TptSandboxOffer   *offer)
{
  TptSandboxWorld *world = request->context->world;

  offer->link = tpt_sandbox_world_find (world, world->links, request->args[0]);
  offer->event_type = offer->link != NULL
                        ? offer->link->event_type
                        : tpt_sandbox_world_find (world, world->event_types, request->args[0]);
  if (offer->link != NULL && offer->link->used_by != NULL)
    {
      tpt_sandbox_html_notice (request, 410, "This link was already used",
                               "A single-use link can be booked once. Please ask for a new one.");
      return FALSE;
    }

  return is_open (request, offer);
}

/* /{person}/{event type}, with a time behind it or not. */
static gboolean
find_event_type (TptSandboxRequest *request,
                 TptSandboxOffer   *offer)
{
  GPtrArray *event_types = request->context->world->event_types;

  for (guint i = 0; i < event_types->len; i++)
    {
      TptSandboxEventType *event_type = event_types->pdata[i];

      if (g_str_equal (event_type->slug, request->args[1])
          && g_str_equal (event_type->hosts[0]->slug, request->args[0]))
        offer->event_type = event_type;
    }
  offer->slot = request->args[2];

  return is_open (request, offer);
}

static void
get_link (TptSandboxRequest *request)
{
  TptSandboxOffer offer = { 0 };

  if (find_link (request, &offer))
    tpt_sandbox_booking_page (request, &offer, 200, NULL, request->query);
}

static void
post_link (TptSandboxRequest *request)
{
  TptSandboxOffer offer = { 0 };

  if (find_link (request, &offer))
    tpt_sandbox_booking_submit (request, &offer);
}

static void
get_event_type (TptSandboxRequest *request)
{
  TptSandboxOffer offer = { 0 };

  if (find_event_type (request, &offer))
    tpt_sandbox_booking_page (request, &offer, 200, NULL, request->query);
}

static void
post_event_type (TptSandboxRequest *request)
{
  TptSandboxOffer offer = { 0 };

  if (find_event_type (request, &offer))
    tpt_sandbox_booking_submit (request, &offer);
}

/* Everything that a person offers, secret types left out. */
static void
get_person (TptSandboxRequest *request)
{
  GPtrArray *event_types = request->context->world->event_types;
  GString *page = tpt_sandbox_html_open (request->args[0]);

  g_string_append (page, "<ul>\n");
  for (guint i = 0; i < event_types->len; i++)
    {
      TptSandboxEventType *event_type = event_types->pdata[i];

      if (event_type->active && !event_type->secret && !event_type->adhoc
          && event_type->deleted_at == 0
          && g_str_equal (event_type->hosts[0]->slug, request->args[0]))
        tpt_sandbox_html_add (page, "<li><a href=\"/%s/%s\">%s</a></li>\n",
                              request->args[0], event_type->slug, event_type->name);
    }
  g_string_append (page, "</ul>\n");
  tpt_sandbox_html_reply (request, 200, page);
}

/* The booking of the address while it stands and lies ahead; else the page says what became of
 * it. */
static TptSandboxInvitee *
find_booking (TptSandboxRequest *request)
{
  TptSandboxWorld *world = request->context->world;
  TptSandboxInvitee *invitee = tpt_sandbox_world_find (world, world->invitees, request->args[0]);

  if (invitee == NULL)
    tpt_sandbox_html_notice (request, 404, "This page does not exist", "No such booking.");
  else if (invitee->cancellation.at != 0)
    tpt_sandbox_html_notice (request, 410, "This event was canceled",
                             "It was canceled or rescheduled before.");
  else if (invitee->event->start <= TPT_SANDBOX_NOW (request->context))
    tpt_sandbox_html_notice (request, 410, "This event is over",
                             "Past events can't be changed any more.");
  else
    return invitee;

  return NULL;
}

static GString *
open_booking (const char        *title,
              TptSandboxInvitee *invitee)
{
  GString *page = tpt_sandbox_html_open (title);
  g_autofree char *time = tpt_sandbox_html_time (invitee->event->start, invitee->timezone);

  tpt_sandbox_html_add (page, "<p><b>%s</b> with %s<br>%s<br>%s</p>\n",
                        invitee->event->name != NULL ? invitee->event->name : "",
                        invitee->event->hosts[0]->name, time, invitee->name);

  return page;
}

static void
get_cancellation (TptSandboxRequest *request)
{
  TptSandboxInvitee *invitee = find_booking (request);
  GString *page;

  if (invitee == NULL)
    return;
  page = open_booking ("Cancel event?", invitee);
  tpt_sandbox_html_add (page, "<form method=\"post\" action=\"%s\">\n", request->path);
  g_string_append (page, "<label>Reason <textarea name=\"reason\"></textarea></label>\n"
                         "<p><button>Cancel Event</button></p>\n</form>\n");
  tpt_sandbox_html_reply (request, 200, page);
}

static const char *
get_reason (GHashTable *form)
{
  const char *reason = g_hash_table_lookup (form, "reason");

  return reason != NULL && *reason != '\0' ? reason : NULL;
}

static void
post_cancellation (TptSandboxRequest *request)
{
  TptSandboxInvitee *invitee = find_booking (request);
  g_autoptr (GHashTable) form = tpt_sandbox_request_get_form (request);

  if (invitee == NULL)
    return;
  tpt_sandbox_booking_cancel_invitee (request->context, invitee, get_reason (form));
  tpt_sandbox_html_notice (request, 200, "Event canceled", "The host has been told.");
}

static void
show_rescheduling (TptSandboxRequest *request,
                   TptSandboxInvitee *invitee,
                   guint              status,
                   const char        *error)
{
  TptSandboxOffer offer = { .event_type = invitee->event->event_type };
  GString *page = open_booking ("Reschedule event", invitee);

  if (error != NULL)
    tpt_sandbox_html_add (page, "<p class=\"error\" role=\"alert\">%s</p>\n", error);
  tpt_sandbox_html_add (page, "<form method=\"post\" action=\"%s\">\n", request->path);
  tpt_sandbox_slots_choice (request, page, &offer, request->query);
  g_string_append (page, "<label>Reason <textarea name=\"reason\"></textarea></label>\n"
                         "<p><button>Update Event</button></p>\n</form>\n");
  tpt_sandbox_html_reply (request, status, page);
}

static void
get_rescheduling (TptSandboxRequest *request)
{
  TptSandboxInvitee *invitee = find_booking (request);

  if (invitee != NULL)
    show_rescheduling (request, invitee, 200, NULL);
}

static void
post_rescheduling (TptSandboxRequest *request)
{
  TptSandboxInvitee *invitee = find_booking (request);
  g_autoptr (GHashTable) form = tpt_sandbox_request_get_form (request);
  gint64 start = 0;
  GString *page;

  if (invitee == NULL)
    return;
  if (!tpt_sandbox_time_parse (g_hash_table_lookup (form, "start"), &start))
    {
      show_rescheduling (request, invitee, 422, "Please select a time.");
      return;
    }
  if (tpt_sandbox_slots_remaining (request->context, invitee->event->event_type, start,
                                   invitee->event->event_type->duration) == 0)
    {
      show_rescheduling (request, invitee, 409, "That time is no longer available.");
      return;
    }

  invitee = tpt_sandbox_booking_reschedule (request->context, invitee, start, get_reason (form));
  page = open_booking ("Your event has been rescheduled", invitee);
  tpt_sandbox_html_add (page, "<p><a href=\"/reschedulings/%s\">Reschedule</a> · "
                              "<a href=\"/cancellations/%s\">Cancel</a></p>\n",
                        invitee->uuid, invitee->uuid);
  tpt_sandbox_html_reply (request, 200, page);
}

/* Rows that start with "{}" fit any path: the dispatcher asks first whether a person has that
 * name. */
const TptSandboxRoute tpt_sandbox_page_routes[] = {
  { "GET", "/d/{}/{}", NULL, get_link },
  { "POST", "/d/{}/{}", NULL, post_link },
  { "GET", "/cancellations/{}", NULL, get_cancellation },
  { "POST", "/cancellations/{}", NULL, post_cancellation },
  { "GET", "/reschedulings/{}", NULL, get_rescheduling },
  { "POST", "/reschedulings/{}", NULL, post_rescheduling },
  { "GET", "/{}", NULL, get_person },
  { "GET", "/{}/{}", NULL, get_event_type },
  { "POST", "/{}/{}", NULL, post_event_type },
  { "GET", "/{}/{}/{}", NULL, get_event_type },
  { "POST", "/{}/{}/{}", NULL, post_event_type },
  { NULL, NULL, NULL, NULL },
};
