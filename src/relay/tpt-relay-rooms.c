/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-rooms.h"

#include "tpt-relay-log.h"

/* Other relays add to the same journal, so it is measured anew after this part of the limit. */
#define PARTS 8
/* And this long after it was found full, since time makes room, and other relays' devices; but no
 * more often than that where a device of this one has read something. */
#define FULL_SECONDS 10
#define READ_SECONDS 1
/* Nor before so many times as long as the measuring took: the writer has others to serve. */
#define PAUSE_FACTOR 20
#define RETRY_AFTER "60"
/* Rooms are forgotten when there are more than this, and measured again when they are needed. */
#define ROOMS_MAX 4096

/**
 * TptRelayRooms:
 *
 * How much of the journal the users have filled by themselves. A member holds the key of his own
 * channel, and nobody limits how often he signs; what waits for his devices must not grow without
 * end. The journal alone knows what waits, so it is asked when that is not known or not known well
 * enough, on the writer's thread, and what is added in between is counted here. Main thread only.
 */
struct _TptRelayRooms
{
  /* borrowed */
  TptRelayContext *context;
  /* owned */
  GHashTable      *rooms; /* user, "" for dead letters → Room */
};

typedef struct
{
  char      *user;
  gint64     measured;
  gint64     added;       /* since then */
  gint64     measured_at; /* of the monotonic clock; 0 where it is not known */
  gint64     took;
  gboolean   is_full;
  gboolean   has_been_read;
  gboolean   is_measuring;
  GPtrArray *waiting;     /* of Waiting */
} Room;

typedef struct
{
  TptRelayRequest    *request;
  TptRelayDevice     *device; /* kept, should it end meanwhile */
  TptRelayRoomsAgain  again;
} Waiting;

/* One question to the journal. */
typedef struct
{
  TptRelayRooms *rooms;
  char          *user;
  gint64         most;
  gint64         bytes;
  gint64         took;
} Measuring;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  tpt_relay_device_unref (waiting->device);
  g_free (waiting);
}

static void
room_free (gpointer data)
{
  Room *room = data;

  g_free (room->user);
  g_ptr_array_unref (room->waiting);
  g_free (room);
}

static gboolean
is_idle (gpointer user,
         gpointer room,
         gpointer ignored)
{
  return !((Room *) room)->is_measuring;
}

static Room *
get_room (TptRelayRooms *self,
          const char    *user)
{
  Room *room = g_hash_table_lookup (self->rooms, user);

  if (room != NULL)
    return room;
  if (g_hash_table_size (self->rooms) >= ROOMS_MAX)
    g_hash_table_foreach_remove (self->rooms, is_idle, NULL);
  room = g_new0 (Room, 1);
  room->user = g_strdup (user);
  room->waiting = g_ptr_array_new_with_free_func (waiting_free);
  g_hash_table_insert (self->rooms, room->user, room);

  return room;
}

/* Said once, until there is room again. The log names a device of the user and not him. */
static void
set_full (TptRelayRooms *self,
          Room          *room,
          gboolean       is_full)
{
  const char *device;

  if (room->is_full == is_full)
    return;
  room->is_full = is_full;
  device = tpt_relay_directory_name_device (self->context->directory, room->user);
  tpt_relay_log_event (is_full ? "room-full" : "room-again", "device",
                       device != NULL ? device : "none", NULL);
}

static void
refuse (TptRelayRooms   *self,
        TptRelayRequest *request)
{
  tpt_relay_context_count (self->context, TPT_RELAY_METRIC_WEBHOOK_FULL);
  tpt_relay_request_add_field (request, "Retry-After", RETRY_AFTER);
  tpt_relay_request_problem (request, 503, "full", "Too much waits to be read.");
}

static gboolean
ask_journal (TptRelayJournal  *journal,
               gpointer          data,
               GError          **error)
{
  Measuring *measuring = data;
  const char *user = measuring->user[0] != '\0' ? measuring->user : NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean good = tpt_relay_journal_get_held (journal, user, measuring->most, &measuring->bytes,
                                              error);

  measuring->took = g_get_monotonic_time () - start;

  return good;
}

static void
go_on (TptRelayRooms *self,
       Waiting       *waiting,
       gboolean       is_known)
{
  TptRelayRequest *request = waiting->request;

  request->was_measured = TRUE;
  /* Where the client has gone, perhaps with the whole server, there is nobody to go on for. */
  if (!is_known || tpt_relay_request_get_fd (request) < 0)
    tpt_relay_request_problem (request, 503, "unavailable", "The journal cannot be read.");
  else
    waiting->again (self->context, request);
}

static void
measured (gpointer      data,
          const GError *error)
{
  Measuring *measuring = data;
  TptRelayRooms *self = measuring->rooms;
  Room *room = g_hash_table_lookup (self->rooms, measuring->user);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&room->waiting);

  room->waiting = g_ptr_array_new_with_free_func (waiting_free);
  room->is_measuring = FALSE;
  if (error == NULL)
    {
      room->measured = measuring->bytes;
      room->measured_at = g_get_monotonic_time ();
      room->took = measuring->took;
      room->added = 0;
      room->has_been_read = FALSE;
      if (room->measured < measuring->most - measuring->most / PARTS)
        set_full (self, room, FALSE);
    }
  for (guint i = 0; i < waiting->len; i++)
    go_on (self, waiting->pdata[i], error == NULL);
  g_free (measuring->user);
  g_free (measuring);
}

static void
measure (TptRelayRooms      *self,
         Room               *room,
         TptRelayRequest    *request,
         TptRelayRoomsAgain  again)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  Measuring *measuring;

  waiting->request = request;
  waiting->device = request->device != NULL ? tpt_relay_device_ref (request->device) : NULL;
  waiting->again = again;
  g_ptr_array_add (room->waiting, waiting);
  if (room->is_measuring)
    return;
  room->is_measuring = TRUE;
  measuring = g_new0 (Measuring, 1);
  measuring->rooms = self;
  measuring->user = g_strdup (room->user);
  measuring->most = self->context->config->channel_limit_bytes;
  tpt_relay_queue_push (self->context->queue, ask_journal, measured, measuring);
}

/* A copy for each of his devices, or one for the operator. */
static gint64
find_size (TptRelayRooms   *self,
           TptRelayRequest *request,
           const char      *user)
{
  gint64 copies = 1;

  if (user[0] != '\0')
    copies = tpt_relay_directory_count_devices (self->context->directory, user);

  return copies * (TPT_RELAY_EVENT_ROW_BYTES + (gint64) g_bytes_get_size (request->body));
}

/* Whether what is known of the room says nothing of @size more. */
static gboolean
is_stale (Room   *room,
          gint64  size,
          gint64  limit)
{
  gint64 age = g_get_monotonic_time () - room->measured_at;
  gint64 pause = (room->has_been_read ? READ_SECONDS : FULL_SECONDS) * G_TIME_SPAN_SECOND;

  if (room->measured + room->added + size <= limit)
    return room->added + size > limit / PARTS;

  return age > MAX (pause, PAUSE_FACTOR * room->took);
}

/* Something that waited for @user has been read. */
void
tpt_relay_rooms_note_read (TptRelayRooms *self,
                           const char    *user)
{
  Room *room = g_hash_table_lookup (self->rooms, user);

  if (room != NULL)
    room->has_been_read = TRUE;
}

/**
 * tpt_relay_rooms_admit:
 * @user: (nullable): URI of the one who vouches for the request by a key of his own; NULL for what
 *   would be a dead letter
 * @again: called with @request when the journal has been asked; it calls this again
 *
 * Whether what a member sends may be stored, as far as room is concerned.
 *
 * Returns: FALSE where @request has been answered, or waits and @again takes it up
 */
gboolean
tpt_relay_rooms_admit (TptRelayRooms      *self,
                       TptRelayRequest    *request,
                       const char         *user,
                       TptRelayRoomsAgain  again)
{
  gint64 limit = self->context->config->channel_limit_bytes;
  gint64 size = find_size (self, request, user != NULL ? user : "");
  Room *room;

  if (limit == 0 || size == 0)
    return TRUE;
  room = get_room (self, user != NULL ? user : "");
  if (room->measured_at == 0 || (!request->was_measured && is_stale (room, size, limit)))
    {
      measure (self, room, request, again);
      return FALSE;
    }
  if (room->measured + room->added + size <= limit)
    {
      room->added += size;
      return TRUE;
    }
  set_full (self, room, TRUE);
  refuse (self, request);

  return FALSE;
}

TptRelayRooms *
tpt_relay_rooms_new (TptRelayContext *context)
{
  TptRelayRooms *self = g_new0 (TptRelayRooms, 1);

  self->context = context;
  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, room_free);

  return self;
}

/* After the queue. */
void
tpt_relay_rooms_free (TptRelayRooms *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->rooms);
  g_free (self);
}
