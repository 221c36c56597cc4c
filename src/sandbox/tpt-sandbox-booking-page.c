/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-booking-page.h"

#include "tpt-sandbox-html.h"
#include "tpt-sandbox-order.h"
#include "tpt-sandbox-slots.h"

#define SHOWN_SLOTS 24
#define SHOWN_DAYS  31

static const char *
get (GHashTable *values,
     const char *name)
{
  const char *value = values != NULL ? g_hash_table_lookup (values, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

static gboolean
asks_place (TptSandboxEventType *event_type)
{
  guint n_locations = event_type->locations != NULL
                        ? json_array_get_length (event_type->locations) : 0;

  for (guint i = 0; i < n_locations; i++)
    {
      JsonObject *location = json_array_get_object_element (event_type->locations, i);
      const char *kind = json_object_get_string_member (location, "kind");

      if (g_str_equal (kind, "outbound_call") || g_str_equal (kind, "ask_invitee"))
        return TRUE;
    }

  return FALSE;
}

/* From "date" or "month" of the query, never before now and within the link's own dates. */
static void
get_range (TptSandboxRequest     *request,
           const TptSandboxOffer *offer,
           GHashTable            *values,
           gint64                *from,
           gint64                *to)
{
  const char *date = get (values, "date");
  const char *month = get (values, "month");
  g_autofree char *text = NULL;
  gint64 wanted = 0;

  if (date != NULL)
    text = g_strconcat (date, "T00:00:00Z", NULL);
  else if (month != NULL)
    text = g_strconcat (month, "-01T00:00:00Z", NULL);
  *from = TPT_SANDBOX_NOW (request->context);
  if (text != NULL && tpt_sandbox_time_parse (text, &wanted))
    *from = MAX (*from, wanted);
  if (offer->link != NULL)
    *from = MAX (*from, offer->link->not_before);
  *to = *from + SHOWN_DAYS * TPT_SANDBOX_DAY;
  if (offer->link != NULL && offer->link->not_after != 0)
    *to = MIN (*to, offer->link->not_after);
}

guint
tpt_sandbox_offer_duration (const TptSandboxOffer *offer)
{
  return offer->link != NULL ? offer->link->duration : offer->event_type->duration;
}

/* The next free times as radio buttons named "start". */
void
tpt_sandbox_slots_choice (TptSandboxRequest     *request,
                          GString               *page,
                          const TptSandboxOffer *offer,
                          GHashTable            *values)
{
  const char *own_timezone = offer->event_type->hosts[0]->timezone;
  const char *zone = get (values, "timezone");
  const char *chosen = offer->slot != NULL ? offer->slot : get (values, "start");
  g_autoptr (GArray) starts = NULL;
  gint64 from;
  gint64 to;
  gint64 wanted = 0;

  get_range (request, offer, values, &from, &to);
  tpt_sandbox_time_parse (chosen, &wanted);
  starts = tpt_sandbox_slots_find (request->context, offer->event_type,
                                   tpt_sandbox_offer_duration (offer), from, to, SHOWN_SLOTS);
  if (starts->len == 0)
    g_string_append (page, "<p>No times available. Please look at another month.</p>\n");
  g_string_append (page, "<fieldset><legend>Select a time</legend>\n");
  if (wanted != 0 && (starts->len == 0 || wanted < g_array_index (starts, gint64, 0)
                      || wanted > g_array_index (starts, gint64, starts->len - 1)))
    g_array_prepend_val (starts, wanted);
  for (guint i = 0; i < starts->len; i++)
    {
      gint64 start = g_array_index (starts, gint64, i);
      g_autofree char *value = tpt_sandbox_time_format (start);
      g_autofree char *label = tpt_sandbox_html_time (start, zone != NULL ? zone : own_timezone);

      tpt_sandbox_html_add (page, "<label><input type=\"radio\" name=\"start\" value=\"%s\"%s "
                                  "required> %s</label>\n", value,
                            start == wanted ? " checked" : "", label);
    }
  g_string_append (page, "</fieldset>\n");
}

static void
add_person_fields (GString             *page,
                   TptSandboxEventType *event_type,
                   GHashTable          *values)
{
  const char *zone = get (values, "timezone");

  if (event_type->split_name)
    {
      const char *name = get (values, "name");
      g_auto (GStrv) parts = g_strsplit (name != NULL ? name : "", " ", 2);
      const char *first = get (values, "first_name");
      const char *last = get (values, "last_name");

      tpt_sandbox_html_field (page, "First name *", "first_name", "text",
                              first != NULL ? first : parts[0], TRUE);
      tpt_sandbox_html_field (page, "Last name *", "last_name", "text",
                              last != NULL || parts[0] == NULL ? last : parts[1], TRUE);
    }
  else
    {
      const char *first = get (values, "first_name");
      g_autofree char *full = g_strjoin (" ", first != NULL ? first : "",
                                         get (values, "last_name"), NULL);

      tpt_sandbox_html_field (page, "Name *", "name", "text",
                              get (values, "name") != NULL ? get (values, "name")
                                                           : g_strstrip (full), TRUE);
    }
  tpt_sandbox_html_field (page, "E-mail *", "email", "email", get (values, "email"), TRUE);
  tpt_sandbox_html_field (page, "Guests", "guests", "text", get (values, "guests"), FALSE);
  tpt_sandbox_html_field (page, "Time zone", "timezone", "text",
                          zone != NULL ? zone : event_type->hosts[0]->timezone, FALSE);
  if (asks_place (event_type))
    tpt_sandbox_html_field (page, "Phone number or place *", "location", "text",
                            get (values, "location"), TRUE);
}

/* The page where a time is chosen and the form that books it. @values: the query, or the form
 * that was refused with @error. */
void
tpt_sandbox_booking_page (TptSandboxRequest     *request,
                          const TptSandboxOffer *offer,
                          guint                  status,
                          const char            *error,
                          GHashTable            *values)
{
  TptSandboxEventType *event_type = offer->event_type;
  const char *name = offer->link != NULL ? offer->link->name : event_type->name;
  g_autofree char *minutes = g_strdup_printf ("%u", tpt_sandbox_offer_duration (offer));
  GString *page = tpt_sandbox_html_open (name);

  tpt_sandbox_html_add (page, "<p>With %s · %s minutes</p>\n", event_type->hosts[0]->name, minutes);
  if (event_type->description != NULL)
    tpt_sandbox_html_add (page, "<p>%s</p>\n", event_type->description);
  if (offer->link != NULL)
    g_string_append (page, "<p><small>This link can be used once.</small></p>\n");
  if (error != NULL)
    tpt_sandbox_html_add (page, "<p class=\"error\" role=\"alert\">%s</p>\n", error);

  tpt_sandbox_html_add (page, "<form method=\"post\" action=\"%s\">\n", request->path);
  tpt_sandbox_slots_choice (request, page, offer, values);
  add_person_fields (page, event_type, values);
  tpt_sandbox_questions_show (page, event_type, values);
  for (guint i = 0; i < TPT_SANDBOX_UTM; i++)
    tpt_sandbox_html_hidden (page, tpt_sandbox_utm_keys[i], get (values, tpt_sandbox_utm_keys[i]));
  g_string_append (page, "<p><button>Schedule Event</button></p>\n</form>\n");
  tpt_sandbox_html_reply (request, status, page);
}

static void
confirm (TptSandboxRequest *request,
         TptSandboxInvitee *invitee)
{
  GString *page = tpt_sandbox_html_open ("You are scheduled");
  g_autofree char *time = tpt_sandbox_html_time (invitee->event->start, invitee->timezone);

  tpt_sandbox_html_add (page, "<p><b>%s</b> with %s<br>%s</p>\n<p>A calendar invitation has been "
                              "sent to %s.</p>\n",
                        invitee->event->name, invitee->event->hosts[0]->name, time, invitee->email);
  tpt_sandbox_html_add (page, "<p><a href=\"/reschedulings/%s\">Reschedule</a> · "
                              "<a href=\"/cancellations/%s\">Cancel</a></p>\n",
                        invitee->uuid, invitee->uuid);
  tpt_sandbox_html_reply (request, 200, page);
}

/* What is wrong with the form, NULL when nothing is. Fills @order from it. */
static const char *
read_form (TptSandboxEventType *event_type,
           GHashTable          *form,
           TptSandboxOrder     *order,
           char               **full_name)
{
  gboolean complete;

  order->first_name = get (form, "first_name");
  order->last_name = get (form, "last_name");
  *full_name = order->first_name != NULL
                 ? g_strjoin (" ", order->first_name, order->last_name, NULL)
                 : g_strdup (get (form, "name"));
  order->name = *full_name;
  order->email = get (form, "email");
  order->timezone = get (form, "timezone");
  order->guests = get (form, "guests");
  order->answers = tpt_sandbox_questions_read (event_type, form, &complete);
  if (asks_place (event_type))
    order->location = get (form, "location");
  for (guint i = 0; i < TPT_SANDBOX_UTM; i++)
    order->utm[i] = get (form, tpt_sandbox_utm_keys[i]);

  if (!tpt_sandbox_time_parse (get (form, "start"), &order->start))
    return "Please select a time.";
  if (order->name == NULL)
    return "Please enter your name.";
  if (order->email == NULL || !tpt_sandbox_order_is_email (order->email))
    return "Please enter a valid e-mail address.";
  if (asks_place (event_type) && order->location == NULL)
    return "Please say where or at which number.";
  if (!complete)
    return "Please answer every question that is marked with *.";

  return NULL;
}

/* The page's form was sent. */
void
tpt_sandbox_booking_submit (TptSandboxRequest     *request,
                            const TptSandboxOffer *offer)
{
  g_autoptr (GHashTable) form = tpt_sandbox_request_get_form (request);
  g_auto (TptSandboxOrder) order = { .event_type = offer->event_type, .link = offer->link };
  g_autofree char *full_name = NULL;
  const char *error = read_form (offer->event_type, form, &order, &full_name);

  if (error != NULL)
    {
      tpt_sandbox_booking_page (request, offer, 422, error, form);
      return;
    }
  if (tpt_sandbox_slots_remaining (request->context, offer->event_type, order.start,
                                   tpt_sandbox_offer_duration (offer)) == 0)
    {
      tpt_sandbox_booking_page (request, offer, 409, "That time is no longer available.", form);
      return;
    }
  if (order.timezone == NULL)
    order.timezone = offer->event_type->hosts[0]->timezone;
  confirm (request, tpt_sandbox_booking_book (request->context, &order));
}
