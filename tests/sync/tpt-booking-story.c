/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-booking-story.h"

#include "tpt-apply.h"

#define MAX_GUESTS 4

/* One in so many. */
#define LOST_WEBHOOK 6
#define POLL 3
#define FORGOTTEN_TYPE 8
#define OTHER_ADDRESS 4
#define WITH_LINK 3

/* What the service knows; numbers count from 1, 0 stands for none. */
typedef struct
{
  guint number;
  gboolean is_group;
  gboolean canceled;
  TptCanceler canceler;
  TptTime created_at;
  TptTime updated_at;
  guint total;
  guint gone;
} Event;

typedef struct
{
  guint number;
  guint event;
  guint old;
  guint new;
  guint person;
  guint link;
  guint depth;             /* reschedules before this one */
  gboolean canceled;
  TptCanceler canceler;
  gboolean no_show;
  TptTime created_at;
  TptTime updated_at;
  TptTime marked_at;
} Booking;

typedef struct
{
  GRand *rand;
  TptTime now;
  GPtrArray *events;       /* of Event */
  GPtrArray *bookings;     /* of Booking */
  GPtrArray *facts;
} Teller;

static gboolean
happens (Teller *self,
         int     one_in)
{
  return g_rand_int_range (self->rand, 0, one_in) == 0;
}

static char *
event_uri (guint event)
{
  return g_strdup_printf ("https://api.example.com/scheduled_events/E%u", event);
}

static char *
invitee_uri (Teller *self,
             guint   number)
{
  const Booking *booking = g_ptr_array_index (self->bookings, number - 1);

  return g_strdup_printf ("https://api.example.com/scheduled_events/E%u/invitees/I%u",
                          booking->event, number);
}

static char *
make_email (guint person)
{
  static const char *const domains[] = { "customer.example", "other.example", "gmail.com" };

  return g_strdup_printf ("person%u@%s", person, domains[person % G_N_ELEMENTS (domains)]);
}

static TptInvitee *
describe_booking (Teller        *self,
                  const Booking *booking)
{
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->uri = invitee_uri (self, booking->number);
  invitee->event = event_uri (booking->event);
  invitee->email = make_email (booking->person);
  invitee->name = g_strdup_printf ("Person %u", booking->person);
  invitee->created_at = booking->created_at;
  invitee->updated_at = booking->updated_at;
  invitee->canceled = booking->canceled;
  invitee->rescheduled = booking->new != 0;
  if (booking->link != 0)
    invitee->tracking.utm_content = g_strdup_printf ("link%u", booking->link - 1);
  if (booking->canceled)
    {
      invitee->canceled_at = booking->updated_at;
      invitee->canceler = booking->canceler;
    }
  if (booking->old != 0)
    invitee->old_invitee = invitee_uri (self, booking->old);
  if (booking->new != 0)
    invitee->new_invitee = invitee_uri (self, booking->new);
  if (booking->no_show)
    {
      invitee->no_show_uri = g_strdup_printf ("https://api.example.com/invitee_no_shows/N%u-%"
                                              G_GINT64_FORMAT,
                                              booking->number, booking->marked_at);
      invitee->no_show_at = booking->marked_at;
    }

  return invitee;
}

static TptMeeting *
describe_event (const Event *event)
{
  TptMeeting *meeting = tpt_meeting_new ();

  meeting->uri = event_uri (event->number);
  meeting->name = g_strdup (event->is_group ? "Webinar" : "Check-in");
  meeting->event_type = g_strdup_printf ("https://api.example.com/event_types/T%d",
                                         event->is_group ? 2 : 1);
  meeting->start = TPT_BOOKING_STORY_START + event->number * TPT_DAY;
  meeting->end = meeting->start + TPT_HOUR;
  meeting->created_at = event->created_at;
  meeting->updated_at = event->updated_at;
  meeting->canceled = event->canceled;
  if (event->canceled)
    {
      meeting->canceled_at = event->updated_at;
      meeting->canceler = event->canceler;
      meeting->canceled_by = g_strdup ("Somebody");
    }
  meeting->invitees_total = (int) event->total;
  meeting->invitees_active = (int) (event->total - event->gone);
  meeting->invitees_limit = event->is_group ? MAX_GUESTS : 1;
  tpt_meeting_add_host (meeting, "https://api.example.com/users/U1", "Robin", "robin@example.com");

  return meeting;
}

/* @booking NULL: everybody who booked. */
static TptMeeting *
describe (Teller        *self,
          const Event   *event,
          const Booking *booking,
          TptSource      source)
{
  TptMeeting *meeting = describe_event (event);

  for (guint i = 0; i < self->bookings->len; i++)
    {
      const Booking *other = g_ptr_array_index (self->bookings, i);

      if (other->event == event->number && (booking == NULL || booking == other))
        g_ptr_array_add (meeting->invitees, describe_booking (self, other));
    }
  tpt_apply_stamp (meeting, source, self->now);

  return meeting;
}

static Event *
get_event (Teller        *self,
           const Booking *booking)
{
  return g_ptr_array_index (self->events, booking->event - 1);
}

/* A webhook, if it is not lost; sometimes somebody looks as well, a bit later. */
static void
tell (Teller    *self,
      Booking   *booking,
      TptSource  source)
{
  Event *event = get_event (self, booking);
  TptMeeting *fact;

  if (source == TPT_SOURCE_OWN || !happens (self, LOST_WEBHOOK))
    {
      fact = describe (self, event, booking, source);
      if (happens (self, FORGOTTEN_TYPE))
        g_clear_pointer (&fact->event_type, g_free);
      g_ptr_array_add (self->facts, fact);
    }
  if (happens (self, POLL))
    {
      self->now += TPT_SECOND;
      g_ptr_array_add (self->facts, describe (self, event, NULL, TPT_SOURCE_POLL));
    }
}

static Event *
add_event (Teller   *self,
           gboolean  is_group)
{
  Event *event = g_new0 (Event, 1);

  g_ptr_array_add (self->events, event);
  event->number = self->events->len;
  event->is_group = is_group;
  event->created_at = event->updated_at = self->now;

  return event;
}

/* A group that stands and has a seat left, now and then. */
static Event *
choose_event (Teller *self)
{
  if (happens (self, 2))
    return add_event (self, FALSE);
  for (guint i = 0; i < self->events->len; i++)
    {
      Event *event = g_ptr_array_index (self->events, i);

      if (event->is_group && !event->canceled && event->total < MAX_GUESTS)
        return event;
    }

  return add_event (self, TRUE);
}

/* The service may or may not count it as a change of the event itself. */
static void
touch (Teller *self,
       Event  *event)
{
  if (happens (self, 2))
    event->updated_at = self->now;
}

static Booking *
book (Teller  *self,
      Booking *old)
{
  Event *event = choose_event (self);
  Booking *booking = g_new0 (Booking, 1);

  g_ptr_array_add (self->bookings, booking);
  booking->number = self->bookings->len;
  booking->event = event->number;
  booking->created_at = booking->updated_at = self->now;
  booking->person = (guint) g_rand_int_range (self->rand, 0, 4);
  if (old != NULL)
    {
      booking->old = old->number;
      booking->depth = old->depth + 1;
      if (!happens (self, OTHER_ADDRESS))
        booking->person = old->person;
    }
  else if (happens (self, WITH_LINK))
    booking->link = (guint) g_rand_int_range (self->rand, 1, 4);
  event->total++;
  touch (self, event);

  return booking;
}

static void
leave (Teller      *self,
       Booking     *booking,
       TptCanceler  canceler)
{
  Event *event = get_event (self, booking);

  booking->canceled = TRUE;
  booking->canceler = canceler;
  booking->updated_at = self->now;
  event->gone++;
  touch (self, event);
  if (event->is_group)
    return;
  event->canceled = TRUE;
  event->canceler = canceler;
  event->updated_at = self->now;
}

static void
reschedule (Teller  *self,
            Booking *booking)
{
  Booking *next;

  leave (self, booking, TPT_CANCELER_INVITEE);
  next = book (self, booking);
  booking->new = next->number;
  tell (self, booking, TPT_SOURCE_WEBHOOK);
  tell (self, next, TPT_SOURCE_WEBHOOK);
}

/* The host calls the event off, for everybody in it. */
static void
call_off (Teller *self,
          Event  *event)
{
  event->canceled = TRUE;
  event->canceler = TPT_CANCELER_HOST;
  event->updated_at = self->now;
  for (guint i = 0; i < self->bookings->len; i++)
    {
      Booking *booking = g_ptr_array_index (self->bookings, i);

      if (booking->event == event->number && !booking->canceled)
        leave (self, booking, TPT_CANCELER_HOST);
    }
  event->updated_at = self->now;
  for (guint i = 0; i < self->bookings->len; i++)
    {
      Booking *booking = g_ptr_array_index (self->bookings, i);

      if (booking->event == event->number && booking->updated_at == self->now)
        tell (self, booking, TPT_SOURCE_OWN);
    }
}

/* The mark comes and goes without a new updated_at. */
static void
mark (Teller  *self,
      Booking *booking)
{
  booking->no_show = !booking->no_show;
  booking->marked_at = booking->no_show ? self->now : TPT_TIME_NONE;
  tell (self, booking, happens (self, 2) ? TPT_SOURCE_OWN : TPT_SOURCE_WEBHOOK);
}

static void
go_on (Teller *self)
{
  int count = (int) self->bookings->len;
  Booking *booking = NULL;

  self->now += TPT_MINUTE;
  if (count > 0)
    booking = g_ptr_array_index (self->bookings, g_rand_int_range (self->rand, 0, count));
  /* The newest is the end of a chain, if there is one: else hardly any would become long. */
  if (count > 0 && happens (self, 2))
    booking = g_ptr_array_index (self->bookings, count - 1);
  switch (booking != NULL && !booking->canceled ? g_rand_int_range (self->rand, 0, 8) : 0)
    {
    case 1:
      leave (self, booking, TPT_CANCELER_INVITEE);
      tell (self, booking, TPT_SOURCE_WEBHOOK);
      break;
    case 2:
      call_off (self, get_event (self, booking));
      break;
    case 3:
    case 4:
      mark (self, booking);
      break;
    case 5:
    case 6:
    case 7:
      if (booking->depth < TPT_BOOKING_STORY_MAX_CHAIN)
        {
          reschedule (self, booking);
          break;
        }
      G_GNUC_FALLTHROUGH;
    default:
      tell (self, book (self, NULL), TPT_SOURCE_WEBHOOK);
      break;
    }
}

/** tpt_booking_story_new: @steps things happen, one a minute, beginning with a booking */
TptBookingStory *
tpt_booking_story_new (GRand *rand,
                       guint  steps)
{
  TptBookingStory *self = g_new0 (TptBookingStory, 1);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) bookings = g_ptr_array_new_with_free_func (g_free);
  Teller teller = { rand, TPT_BOOKING_STORY_START, events, bookings, NULL };

  self->facts = teller.facts = g_ptr_array_new_with_free_func (g_object_unref);
  self->ending = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < steps; i++)
    go_on (&teller);

  teller.now += TPT_MINUTE;
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (self->ending, describe (&teller, g_ptr_array_index (events, i), NULL,
                                             TPT_SOURCE_POLL));

  return self;
}

void
tpt_booking_story_free (TptBookingStory *self)
{
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->ending);
  g_free (self);
}
