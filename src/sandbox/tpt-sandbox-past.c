/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-past.h"

#include "tpt-sandbox-answers.h"
#include "tpt-sandbox-clock.h"
#include "tpt-sandbox-history.h"
#include "tpt-sandbox-names.h"
#include "tpt-sandbox-staff.h"

static const char *const reasons[] = {
  "Something urgent came up.", "Out sick today, sorry!", "Conflict with a board meeting", NULL,
  "We will be in touch for a new date", "Travelling — let's find another day", "",
};

static int
micro (TptSandboxPast *self)
{
  return (int) tpt_sandbox_random_below (&self->world->random, 1000000);
}

/* A moment between @from and @to, with microseconds like a real record's. */
static gint64
between (TptSandboxPast *self,
         gint64          from,
         gint64          to)
{
  gint64 seconds = MAX ((to - from) / TPT_SANDBOX_SECOND, 1);

  return from + (gint64) tpt_sandbox_random_below (&self->world->random, (guint) seconds)
                * TPT_SANDBOX_SECOND + micro (self);
}

static void
set_cancellation (TptSandboxPast         *self,
                  TptSandboxCancellation *cancellation,
                  const char             *by,
                  const char             *type,
                  gint64                  at)
{
  guint reason = tpt_sandbox_random_below (&self->world->random, G_N_ELEMENTS (reasons));

  cancellation->by = by;
  cancellation->type = type;
  cancellation->reason = reasons[reason];
  cancellation->at = at;
}

static void
cancel (TptSandboxPast    *self,
        TptSandboxInvitee *invitee,
        gboolean           by_host,
        gint64             at)
{
  TptSandboxEvent *event = invitee->event;

  set_cancellation (self, &invitee->cancellation,
                    by_host ? event->hosts[0]->name : invitee->name,
                    by_host ? "host" : "invitee", at);
  invitee->updated_at = at;
  event->updated_at = MAX (event->updated_at, at);
  if (event->event_type->limit == 1)
    event->cancellation = invitee->cancellation;
}

static void
set_tracking (TptSandboxPast    *self,
              TptSandboxInvitee *invitee)
{
  static const char *const sources[] = { "newsletter", "website", "crm", "signature" };

  if (!tpt_sandbox_random_chance (&self->world->random, 30))
    return;

  invitee->utm[1] = sources[tpt_sandbox_random_below (&self->world->random,
                                                      G_N_ELEMENTS (sources))];
  invitee->utm[2] = "email";
  if (tpt_sandbox_random_chance (&self->world->random, 40))
    invitee->utm[0] = "renewals-q3";
}

static TptSandboxInvitee *
add_invitee (TptSandboxPast        *self,
             TptSandboxEvent       *event,
             const TptSandboxGuest *guest,
             gint64                 created_at)
{
  TptSandboxWorld *world = self->world;
  TptSandboxInvitee *invitee = tpt_sandbox_world_add_invitee (world, event);
  g_auto (GStrv) names = NULL;

  invitee->name = guest->name;
  invitee->email = guest->email;
  invitee->timezone = tpt_sandbox_random_chance (&world->random, 2) ? NULL : guest->timezone;
  invitee->created_at = created_at;
  invitee->updated_at = created_at;
  invitee->paid = event->event_type->paid;
  invitee->answers = tpt_sandbox_answers_example (event->event_type, &world->random);
  if (event->event_type->split_name)
    {
      names = g_strsplit (guest->name, " ", 2);
      invitee->first_name = tpt_sandbox_world_text (world, names[0]);
      invitee->last_name = tpt_sandbox_world_text (world, names[1]);
    }
  if (tpt_sandbox_random_chance (&world->random, 10))
    invitee->phone = tpt_sandbox_world_text (world, "+1 202-555-0147");
  set_tracking (self, invitee);

  return invitee;
}

static TptSandboxEvent *
add_event (TptSandboxPast        *self,
           TptSandboxEventType   *event_type,
           gint64                 start,
           gint64                 created_at,
           const TptSandboxGuest *guest)
{
  TptSandboxWorld *world = self->world;
  TptSandboxEvent *event = tpt_sandbox_world_add_event (world, event_type, start);
  const char *location = NULL;

  event->location_kind = tpt_sandbox_answers_location (event_type, &location);
  event->location = location;
  if (g_strcmp0 (event->location_kind, "outbound_call") == 0)
    event->location = "+1 202-555-0147";
  else if (g_strcmp0 (event->location_kind, "ask_invitee") == 0)
    event->location = "At our office, ground floor";
  event->created_at = created_at;
  event->updated_at = created_at;
  if (g_strcmp0 (event_type->pooling_type, "collective") == 0)
    {
      for (event->n_hosts = 0; event->n_hosts < event_type->n_hosts; event->n_hosts++)
        event->hosts[event->n_hosts] = event_type->hosts[event->n_hosts];
    }
  else if (event_type->n_hosts > 1)
    {
      event->hosts[0] = event_type->hosts[tpt_sandbox_random_below (&world->random,
                                                                    event_type->n_hosts)];
    }
  if (guest->customer != NULL && tpt_sandbox_random_chance (&world->random, 8))
    event->guests = guest->customer->people[guest->customer->n_people - 1].email;
  if (tpt_sandbox_random_chance (&world->random, 2))
    event->name = NULL;

  return event;
}

static void
decide_outcome (TptSandboxPast        *self,
                TptSandboxInvitee     *invitee,
                const TptSandboxGuest *guest)
{
  TptSandboxRandom *random = &self->world->random;
  TptSandboxEvent *event = invitee->event;
  gboolean flaky = guest->customer != NULL && guest->customer->temper == TPT_SANDBOX_TEMPER_FLAKY;
  guint by_invitee = flaky ? 14 : 5;
  guint by_host = 4;
  guint no_show = flaky ? 13 : 3;
  guint chance = tpt_sandbox_random_below (random, 100);
  gint64 latest = MIN (event->start, self->now);

  if (chance < by_invitee + by_host)
    {
      gboolean late = tpt_sandbox_random_chance (random, 35);
      gint64 earliest = late ? MAX (invitee->created_at, event->start - 20 * TPT_SANDBOX_HOUR)
                             : invitee->created_at;

      if (earliest + TPT_SANDBOX_MINUTE < latest)
        cancel (self, invitee, chance >= by_invitee, between (self, earliest, latest));
    }
  else if (chance < by_invitee + by_host + no_show && event->end < self->now)
    {
      tpt_sandbox_world_mark_no_show (self->world, invitee,
                                      between (self, event->start,
                                               MIN (event->end + TPT_SANDBOX_DAY, self->now)));
    }
}

void
tpt_sandbox_past_init (TptSandboxPast  *self,
                       TptSandboxWorld *world,
                       gint64           now)
{
  self->world = world;
  self->now = now;
  self->taken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

void
tpt_sandbox_past_clear (TptSandboxPast *self)
{
  g_clear_pointer (&self->taken, g_hash_table_unref);
}

/* @minute of the local day that lies @day days from today, where @host lives. */
gint64
tpt_sandbox_past_local (TptSandboxPast *self,
                        TptSandboxUser *host,
                        int             day,
                        int             minute)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->now / TPT_SANDBOX_SECOND);
  g_autoptr (GDateTime) today = g_date_time_to_timezone (utc, host->zone);
  g_autoptr (GDateTime) date = g_date_time_add_days (today, day + minute / (24 * 60));
  g_autoptr (GDateTime) local = g_date_time_new (host->zone,
                                                 g_date_time_get_year (date),
                                                 g_date_time_get_month (date),
                                                 g_date_time_get_day_of_month (date),
                                                 minute / 60 % 24, minute % 60, 0);

  return g_date_time_to_unix (local) * TPT_SANDBOX_SECOND;
}

/* A working hour of @event_type's host on a working day near @day, not taken yet unless the day
 * is full. */
gint64
tpt_sandbox_past_time (TptSandboxPast      *self,
                       TptSandboxEventType *event_type,
                       int                  day)
{
  TptSandboxUser *host = event_type->hosts[0];
  gint64 noon = tpt_sandbox_past_local (self, host, day, 12 * 60);
  int weekday = (int) ((noon / TPT_SANDBOX_DAY + 4) % 7);
  int last = MAX (17 * 2 - ((int) event_type->duration + 29) / 30, 18);
  gint64 start = 0;

  /* On Friday instead of the weekend, or on Monday where Friday is not in the history any more. */
  if (weekday == 0 || weekday == 6)
    day -= weekday == 0 ? 2 : 1;
  if (day < -TPT_SANDBOX_HISTORY_DAYS)
    day += 3;

  for (guint try = 0; try < 6; try++)
    {
      int half_hour = tpt_sandbox_random_range (&self->world->random, 18, last);
      gint64 key;

      start = tpt_sandbox_past_local (self, host, day, half_hour * 30);
      key = start ^ (gint64) g_str_hash (host->uuid) << 20;
      if (g_hash_table_add (self->taken, g_memdup2 (&key, sizeof key)))
        break;
    }

  return start;
}

void
tpt_sandbox_past_guest (TptSandboxPast     *self,
                        TptSandboxCustomer *customer,
                        TptSandboxGuest    *guest)
{
  TptSandboxRandom *random = &self->world->random;
  TptSandboxPerson *person = &customer->people[tpt_sandbox_random_below (random,
                                                                         customer->n_people)];
  guint chance = tpt_sandbox_random_below (random, 100);
  g_autofree char *text = NULL;

  guest->customer = customer;
  guest->timezone = customer->timezone;
  guest->name = person->name;
  guest->email = person->email;
  if (chance < 15)
    {
      /* Somebody of the company whom the customer list doesn't know, some of them at a branch's
       * sub-domain. */
      const TptSandboxRegion *region = tpt_sandbox_names_region (chance + (guint) micro (self));
      const char *domain = strchr (person->email, '@') + 1;
      g_autofree char *name = g_strconcat (region->given[chance % TPT_SANDBOX_GIVEN_NAMES], " ",
                                           region->family[chance / 2], NULL);
      g_autofree char *branch = g_strconcat (chance < 5 ? "eu." : "", domain, NULL);

      text = tpt_sandbox_names_email (name, branch);
      guest->name = tpt_sandbox_world_text (self->world, name);
      guest->email = tpt_sandbox_world_text (self->world, text);
    }
  else if (chance < 18)
    {
      text = g_strdup (person->email);
      text[0] = g_ascii_toupper (text[0]);
      guest->email = tpt_sandbox_world_text (self->world, text);
    }
}

/* @kind 0: a free-mail address, 1: a company that is nobody's customer, 2: a colleague. */
void
tpt_sandbox_past_outsider (TptSandboxPast  *self,
                           guint            kind,
                           TptSandboxGuest *guest)
{
  static const char *const domains[] = { "gmail.com", "outlook.com", "gmx.de", "yahoo.co.jp" };
  TptSandboxRandom *random = &self->world->random;
  const TptSandboxRegion *region = tpt_sandbox_names_region (tpt_sandbox_random_below (random, 14));
  TptSandboxUser *colleague;
  g_autofree char *name = g_strconcat (region->given[tpt_sandbox_random_below (random, 8)], " ",
                                       region->family[tpt_sandbox_random_below (random, 8)], NULL);
  g_autofree char *email = NULL;

  if (kind == 2)
    {
      colleague = self->world->users->pdata[tpt_sandbox_random_range (random,
                                                                      TPT_SANDBOX_STAFF_ADMIN,
                                                                      TPT_SANDBOX_STAFF_WEST)];
      *guest = (TptSandboxGuest) { NULL, colleague->name, colleague->email, colleague->timezone };
      return;
    }

  email = tpt_sandbox_names_email (name, kind == 0 ? domains[tpt_sandbox_random_below (random, 4)]
                                                   : "prospect-partners.example");
  *guest = (TptSandboxGuest) { NULL, tpt_sandbox_world_text (self->world, name),
                               tpt_sandbox_world_text (self->world, email), region->timezone };
}

/* One meeting as a chain of at most @most bookings: the last one has an outcome, each earlier
 * one was replaced. */
void
tpt_sandbox_past_add_chain (TptSandboxPast        *self,
                            TptSandboxEventType   *event_type,
                            gint64                 start,
                            const TptSandboxGuest *guest,
                            guint                  most)
{
  TptSandboxRandom *random = &self->world->random;
  gint64 lead = between (self, 2 * TPT_SANDBOX_HOUR, 14 * TPT_SANDBOX_DAY);
  gint64 created_at = start - lead;
  guint length = 1;
  TptSandboxInvitee *newer;

  if (created_at > self->now)
    created_at = self->now - between (self, TPT_SANDBOX_HOUR, 5 * TPT_SANDBOX_DAY);
  while (length < MIN (most, 5) && tpt_sandbox_random_chance (random, length == 1 ? 11 : 35))
    length++;

  newer = add_invitee (self, add_event (self, event_type, start, created_at, guest),
                       guest, created_at);
  decide_outcome (self, newer, guest);

  for (; length > 1; length--)
    {
      gint64 replaced_at = created_at;
      int day = (int) ((replaced_at - self->now) / TPT_SANDBOX_DAY)
                + tpt_sandbox_random_range (random, 1, 6);
      TptSandboxEvent *event;
      TptSandboxInvitee *older;

      day = MAX (day, -TPT_SANDBOX_HISTORY_DAYS);
      start = tpt_sandbox_past_time (self, event_type, day);
      if (start < replaced_at)
        start = tpt_sandbox_past_time (self, event_type, day + 3);
      created_at = replaced_at - between (self, TPT_SANDBOX_HOUR, 9 * TPT_SANDBOX_DAY);
      event = add_event (self, event_type, start, created_at, guest);
      older = add_invitee (self, event, guest, created_at);
      cancel (self, older, FALSE, replaced_at);
      older->rescheduled = TRUE;
      older->new_invitee = newer;
      newer->old_invitee = older;
      newer = older;
    }
}

/* A booking that stands: nobody cancels it. */
void
tpt_sandbox_past_add_standing (TptSandboxPast        *self,
                               TptSandboxEventType   *event_type,
                               gint64                 start,
                               const TptSandboxGuest *guest)
{
  gint64 before = MIN (start, self->now);
  gint64 created_at = between (self, before - 9 * TPT_SANDBOX_DAY, before - TPT_SANDBOX_HOUR);

  add_invitee (self, add_event (self, event_type, start, created_at, guest), guest, created_at);
}

/* One event with two to eight invitees of several customers, each with a fate of their own. */
void
tpt_sandbox_past_add_group (TptSandboxPast      *self,
                            TptSandboxEventType *event_type,
                            gint64               start)
{
  TptSandboxWorld *world = self->world;
  gint64 before = MIN (start, self->now);
  gint64 opened_at = before - 12 * TPT_SANDBOX_DAY;
  guint n_invitees = (guint) tpt_sandbox_random_range (&world->random, 2, 8);
  TptSandboxEvent *event = NULL;
  guint offset = tpt_sandbox_random_below (&world->random, world->customers->len);

  for (guint i = 0; i < n_invitees; i++)
    {
      guint index = (offset + i * 2) % world->customers->len;
      gint64 created_at = between (self, opened_at + i * TPT_SANDBOX_DAY,
                                   opened_at + (i + 1) * TPT_SANDBOX_DAY);
      TptSandboxGuest guest;

      tpt_sandbox_past_guest (self, world->customers->pdata[index], &guest);
      if (event == NULL)
        event = add_event (self, event_type, start, created_at, &guest);
      decide_outcome (self, add_invitee (self, event, &guest, created_at), &guest);
      event->updated_at = MAX (event->updated_at, created_at);
    }
}
