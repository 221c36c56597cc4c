/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-directory.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

struct _TptRelayDirectory
{
  GHashTable *by_token;   /* GBytes of the hash → device, owned */
  GHashTable *by_id;      /* number → device, borrowed */
  GHashTable *by_user;    /* URI → GPtrArray of devices, borrowed */
  GPtrArray  *feeds;      /* devices that get their whole organisation, borrowed */
  GHashTable *channels;   /* name → channel */
  TptRelaySent *sent;     /* what the devices' is written down in, where the journal does not */
};

void
tpt_relay_directory_free (TptRelayDirectory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->feeds);
  g_hash_table_unref (self->by_user);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_token);
  g_hash_table_unref (self->channels);
  g_free (self);
}

static void
insert (TptRelayDirectory *self,
        TptRelayDevice    *device)
{
  const TptRelayDeviceRecord *record = tpt_relay_device_get_record (device);
  GPtrArray *of_user = g_hash_table_lookup (self->by_user, record->user);

  if (of_user == NULL)
    {
      of_user = g_ptr_array_new ();
      g_hash_table_insert (self->by_user, g_strdup (record->user), of_user);
    }
  g_ptr_array_add (of_user, device);
  if (record->has_feed)
    g_ptr_array_add (self->feeds, device);
  g_hash_table_insert (self->by_id, (gpointer) &record->id, device);
  g_hash_table_insert (self->by_token, g_bytes_new (record->token_hash, TPT_RELAY_HASH_SIZE),
                       device);
}

static gboolean
load (TptRelayDirectory  *self,
      TptRelayJournal    *journal,
      GError            **error)
{
  g_autoptr (GPtrArray) channels = tpt_relay_journal_list_channels (journal, error);
  g_autoptr (GPtrArray) devices = NULL;

  if (channels == NULL)
    return FALSE;
  devices = tpt_relay_journal_list_devices (journal, error);
  if (devices == NULL)
    return FALSE;

  g_ptr_array_set_free_func (channels, NULL);
  for (guint i = 0; i < channels->len; i++)
    tpt_relay_directory_add_channel (self, channels->pdata[i]);
  g_ptr_array_set_free_func (devices, NULL);
  for (guint i = 0; i < devices->len; i++)
    insert (self, tpt_relay_device_new (devices->pdata[i], self->sent));

  return TRUE;
}

/* @sent: (nullable): lives as long. Returns: (transfer full): everyone whom the journal knows */
TptRelayDirectory *
tpt_relay_directory_new (TptRelayJournal  *journal,
                         TptRelaySent     *sent,
                         GError          **error)
{
  g_autoptr (TptRelayDirectory) self = g_new0 (TptRelayDirectory, 1);

  self->by_token = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                          (GDestroyNotify) g_bytes_unref,
                                          (GDestroyNotify) tpt_relay_device_unref);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->by_user = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_ptr_array_unref);
  self->feeds = g_ptr_array_new ();
  self->sent = sent;
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                          (GDestroyNotify) tpt_relay_channel_record_free);
  if (!load (self, journal, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* @record: (transfer full): of a device to which nothing has been sent */
void
tpt_relay_directory_add_device (TptRelayDirectory    *self,
                                TptRelayDeviceRecord *record)
{
  insert (self, tpt_relay_device_new (record, self->sent));
}

/* @channel: (transfer full): replaces one of the same name */
void
tpt_relay_directory_add_channel (TptRelayDirectory     *self,
                                 TptRelayChannelRecord *channel)
{
  g_hash_table_replace (self->channels, channel->name, channel);
}

void
tpt_relay_directory_remove (TptRelayDirectory *self,
                            TptRelayDevice    *device)
{
  const TptRelayDeviceRecord *record = tpt_relay_device_get_record (device);
  g_autoptr (GBytes) hash = g_bytes_new (record->token_hash, TPT_RELAY_HASH_SIZE);
  GPtrArray *of_user = g_hash_table_lookup (self->by_user, record->user);

  g_ptr_array_remove (self->feeds, device);
  if (of_user != NULL)
    g_ptr_array_remove (of_user, device);
  if (of_user != NULL && of_user->len == 0)
    g_hash_table_remove (self->by_user, record->user);
  g_hash_table_remove (self->by_id, &record->id);
  g_hash_table_remove (self->by_token, hash);
}

TptRelayDevice *
tpt_relay_directory_find_id (TptRelayDirectory *self,
                             gint64             id)
{
  return g_hash_table_lookup (self->by_id, &id);
}

static GPtrArray *
remove_others (TptRelayDirectory *self,
               GHashTable        *there)
{
  g_autoptr (GPtrArray) known = tpt_relay_directory_list (self);
  GPtrArray *ended = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_device_unref);

  for (guint i = 0; i < known->len; i++)
    {
      gint64 id = tpt_relay_device_get_record (known->pdata[i])->id;

      if (g_hash_table_contains (there, &id))
        continue;
      g_ptr_array_add (ended, tpt_relay_device_ref (known->pdata[i]));
      tpt_relay_directory_remove (self, known->pdata[i]);
    }

  return ended;
}

/**
 * tpt_relay_directory_refresh:
 * @devices: (element-type TptRelayDeviceRecord): everyone that the journal knows now; emptied
 * @channels: (element-type TptRelayChannelRecord): emptied, too
 *
 * Learns what other relays have enrolled, ended and changed.
 *
 * Returns: (transfer full) (element-type TptRelayDevice): the devices that are no more
 */
GPtrArray *
tpt_relay_directory_refresh (TptRelayDirectory *self,
                             GPtrArray         *devices,
                             GPtrArray         *channels)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *ended;

  for (guint i = 0; i < devices->len; i++)
    g_hash_table_add (there, &((TptRelayDeviceRecord *) devices->pdata[i])->id);
  ended = remove_others (self, there);
  while (devices->len > 0)
    {
      TptRelayDeviceRecord *record = g_ptr_array_steal_index (devices, devices->len - 1);
      TptRelayDevice *device = tpt_relay_directory_find_id (self, record->id);

      if (device == NULL)
        {
          insert (self, tpt_relay_device_new (record, self->sent));
          continue;
        }
      tpt_relay_device_set_proof (device, record->role, record->feed_proved_at);
      tpt_relay_device_set_acked (device, record->acked);
      tpt_relay_device_record_free (record);
    }
  while (channels->len > 0)
    tpt_relay_directory_add_channel (self, g_ptr_array_steal_index (channels, channels->len - 1));

  return ended;
}

/* SHA-256: a token has 256 random bits, so nothing slower is needed. */
void
tpt_relay_directory_hash_token (const char *token,
                                guint8     *hash)
{
  if (gnutls_hash_fast (GNUTLS_DIG_SHA256, token, strlen (token), hash) < 0)
    g_error ("SHA-256 is not available");
}

/* Looked up by its hash, whose bits nobody can choose: the time taken tells nothing about a
 * token. */
TptRelayDevice *
tpt_relay_directory_find_token (TptRelayDirectory *self,
                                const char        *token)
{
  guint8 hash[TPT_RELAY_HASH_SIZE];
  g_autoptr (GBytes) key = NULL;

  tpt_relay_directory_hash_token (token, hash);
  key = g_bytes_new (hash, sizeof hash);

  return g_hash_table_lookup (self->by_token, key);
}

/* For the operator, who asks seldom. */
TptRelayDevice *
tpt_relay_directory_find_name (TptRelayDirectory *self,
                               const char        *name)
{
  GHashTableIter iter;
  gpointer device;

  g_hash_table_iter_init (&iter, self->by_token);
  while (g_hash_table_iter_next (&iter, NULL, &device))
    {
      if (strcmp (tpt_relay_device_get_record (device)->name, name) == 0)
        return device;
    }

  return NULL;
}

/* @now: milliseconds since 1970 */
void
tpt_relay_directory_count_feeds (TptRelayDirectory *self,
                                 gint64             now,
                                 guint             *live,
                                 guint             *paused)
{
  *live = 0;
  for (guint i = 0; i < self->feeds->len; i++)
    {
      if (tpt_relay_device_has_live_feed (self->feeds->pdata[i], now))
        (*live)++;
    }
  *paused = self->feeds->len - *live;
}

/* How many users have a device, or more than one. */
guint
tpt_relay_directory_count_users (TptRelayDirectory *self)
{
  return g_hash_table_size (self->by_user);
}

guint
tpt_relay_directory_count_devices (TptRelayDirectory *self,
                                   const char        *user)
{
  GPtrArray *of_user = g_hash_table_lookup (self->by_user, user);

  return of_user != NULL ? of_user->len : 0;
}

/* Returns: (nullable): the name of one of the user's devices, for a line that must not name him */
const char *
tpt_relay_directory_name_device (TptRelayDirectory *self,
                                 const char        *user)
{
  GPtrArray *of_user = g_hash_table_lookup (self->by_user, user);

  return of_user != NULL ? tpt_relay_device_get_record (of_user->pdata[0])->name : NULL;
}

static gint
compare_devices (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = tpt_relay_device_get_record (*(TptRelayDevice *const *) a)->id;
  gint64 second = tpt_relay_device_get_record (*(TptRelayDevice *const *) b)->id;

  return first < second ? -1 : first > second;
}

/* Returns: (transfer full) (element-type TptRelayDevice): in the order of their enrolment */
GPtrArray *
tpt_relay_directory_list (TptRelayDirectory *self)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_device_unref);
  GHashTableIter iter;
  gpointer device;

  g_hash_table_iter_init (&iter, self->by_token);
  while (g_hash_table_iter_next (&iter, NULL, &device))
    g_ptr_array_add (devices, tpt_relay_device_ref (device));
  g_ptr_array_sort (devices, compare_devices);

  return devices;
}

const TptRelayChannelRecord *
tpt_relay_directory_find_channel (TptRelayDirectory *self,
                                  const char        *name)
{
  return g_hash_table_lookup (self->channels, name);
}

static void
add_once (GPtrArray      *devices,
          TptRelayDevice *device)
{
  if (!g_ptr_array_find (devices, device, NULL))
    g_ptr_array_add (devices, tpt_relay_device_ref (device));
}

static gboolean
has_host_of (GPtrArray  *devices,
             guint       count,
             const char *organization)
{
  for (guint i = 0; i < count; i++)
    {
      if (strcmp (tpt_relay_device_get_record (devices->pdata[i])->organization, organization) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_devices_of (TptRelayDirectory *self,
                GPtrArray         *receivers,
                const char        *user)
{
  GPtrArray *of_user = g_hash_table_lookup (self->by_user, user);

  for (guint i = 0; of_user != NULL && i < of_user->len; i++)
    {
      if (!tpt_relay_device_has_left (of_user->pdata[i]))
        add_once (receivers, of_user->pdata[i]);
    }
}

static void
add_own_feeds (TptRelayDirectory *self,
               GPtrArray         *receivers,
               const char        *user)
{
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; i < self->feeds->len; i++)
    {
      if (tpt_relay_device_has_live_feed (self->feeds->pdata[i], now) &&
          strcmp (tpt_relay_device_get_record (self->feeds->pdata[i])->user, user) == 0)
        add_once (receivers, self->feeds->pdata[i]);
    }
}

static void
add_feeds (TptRelayDirectory *self,
           GPtrArray         *receivers,
           const char        *only_organization)
{
  guint direct = receivers->len;
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; i < self->feeds->len; i++)
    {
      const TptRelayDeviceRecord *record = tpt_relay_device_get_record (self->feeds->pdata[i]);

      if (!tpt_relay_device_has_live_feed (self->feeds->pdata[i], now))
        continue;
      if (only_organization != NULL ? strcmp (only_organization, record->organization) == 0
                                    : has_host_of (receivers, direct, record->organization))
        add_once (receivers, self->feeds->pdata[i]);
    }
}

/* Returns: (transfer full) (element-type TptRelayDevice): who may hear by the same subscription at
 * Calendly as @device: its user's other devices, and where it has a feed, its organization's
 * others */
GPtrArray *
tpt_relay_directory_list_beside (TptRelayDirectory *self,
                                 TptRelayDevice    *device)
{
  const TptRelayDeviceRecord *record = tpt_relay_device_get_record (device);
  GPtrArray *devices = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_device_unref);
  GPtrArray *of_user = g_hash_table_lookup (self->by_user, record->user);

  for (guint i = 0; of_user != NULL && i < of_user->len; i++)
    {
      if (of_user->pdata[i] != device)
        add_once (devices, of_user->pdata[i]);
    }
  for (guint i = 0; record->has_feed && i < self->feeds->len; i++)
    {
      TptRelayDevice *feed = self->feeds->pdata[i];

      if (feed != device &&
          strcmp (tpt_relay_device_get_record (feed)->organization, record->organization) == 0)
        add_once (devices, feed);
    }

  return devices;
}

/**
 * tpt_relay_directory_receivers:
 * @hosts: URIs of the event's hosts
 * @only_user: (nullable): whose channel it came through: nobody else may get it, for that user
 *   holds the channel's key and could have made it up
 * @only_organization: (nullable): the one that the relay serves, so that every event is of it; who
 *   was enrolled when it served another, too, has no part in it
 *
 * A webhook does not name its organisation. Where there are several, a feed gets what has a host
 * who is known to be of it. A feed whose right to it has not been shown for long gets nothing.
 *
 * Returns: (transfer full) (element-type TptRelayDevice)
 */
GPtrArray *
tpt_relay_directory_receivers (TptRelayDirectory *self,
                               const char *const *hosts,
                               const char        *only_user,
                               const char        *only_organization)
{
  GPtrArray *receivers = g_ptr_array_new_with_free_func ((GDestroyNotify) tpt_relay_device_unref);

  for (guint i = 0; hosts[i] != NULL; i++)
    {
      if (only_user == NULL || strcmp (only_user, hosts[i]) == 0)
        add_devices_of (self, receivers, hosts[i]);
    }
  if (only_user != NULL)
    add_own_feeds (self, receivers, only_user);
  else
    add_feeds (self, receivers, only_organization);

  return receivers;
}
