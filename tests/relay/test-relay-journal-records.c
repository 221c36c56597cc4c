/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "relay-journal.h"
#include "tpt-relay-audit.h"
#include "tpt-relay-code.h"
#include "tpt-test.h"

#define DAY G_GINT64_CONSTANT (86400000)

/* A journal has a name and a secret, and keeps both; the secret until it is rolled. */
static void
test_epoch (Journal       *journal,
            gconstpointer  user_data)
{
  g_autofree char *epoch = g_strdup (tpt_relay_journal_get_epoch (journal->writer));
  g_autoptr (GBytes) key = g_bytes_ref (tpt_relay_journal_get_code_key (journal->writer));
  g_autoptr (GBytes) next = tpt_relay_code_make_key ();

  g_assert_cmpuint (strlen (epoch), ==, 16);
  g_assert_cmpuint (g_bytes_get_size (key), ==, 32);
  g_assert_cmpstr (tpt_relay_journal_get_epoch (journal->reader), ==, epoch);
  journal_reopen (journal);
  g_assert_cmpstr (tpt_relay_journal_get_epoch (journal->reader), ==, epoch);
  g_assert_true (g_bytes_equal (tpt_relay_journal_get_code_key (journal->reader), key));
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_roll_code_key (journal->writer, next, NULL));
  journal_commit (journal->writer);
  journal_reopen (journal);
  g_assert_cmpstr (tpt_relay_journal_get_epoch (journal->reader), ==, epoch);
  g_assert_true (g_bytes_equal (tpt_relay_journal_get_code_key (journal->reader), next));
}

static gboolean
use_code (Journal *journal,
          guint8   code,
          gint64   expires_at)
{
  guint8 hash[TPT_RELAY_HASH_SIZE];
  gboolean was_free = FALSE;
  g_autoptr (GError) error = NULL;

  memset (hash, code, sizeof hash);
  journal_begin (journal->writer);
  tpt_relay_journal_use_code (journal->writer, hash, expires_at, &was_free, &error);
  g_assert_no_error (error);
  journal_commit (journal->writer);

  return was_free;
}

static gboolean
is_code_used (Journal *journal,
              guint8   code)
{
  guint8 hash[TPT_RELAY_HASH_SIZE];
  gboolean is_used = FALSE;
  g_autoptr (GError) error = NULL;

  memset (hash, code, sizeof hash);
  tpt_relay_journal_is_code_used (journal->reader, hash, &is_used, &error);
  g_assert_no_error (error);

  return is_used;
}

/* A code is good once, and remembered as long as it would have been good. */
static void
test_codes (Journal       *journal,
            gconstpointer  user_data)
{
  g_assert_false (is_code_used (journal, 1));
  g_assert_true (use_code (journal, 1, 2000));
  g_assert_true (use_code (journal, 2, 5000));
  g_assert_false (use_code (journal, 1, 2000));
  g_assert_true (is_code_used (journal, 1));
  g_assert_true (tpt_relay_journal_purge (journal->writer, 0, 3000 * 1000, NULL));
  g_assert_false (is_code_used (journal, 1));
  g_assert_true (is_code_used (journal, 2));
}

static TptRelayFlowRecord *
take_flow (Journal *journal,
           guint8   state,
           gint64   now)
{
  guint8 hash[TPT_RELAY_HASH_SIZE];
  TptRelayFlowRecord *flow = NULL;
  g_autoptr (GError) error = NULL;

  memset (hash, state, sizeof hash);
  journal_begin (journal->writer);
  tpt_relay_journal_take_flow (journal->writer, hash, now, &flow, &error);
  g_assert_no_error (error);
  journal_commit (journal->writer);

  return flow;
}

static gboolean
add_flow (Journal *journal,
          guint8   state,
          gint64   now)
{
  TptRelayFlowRecord flow = { .port = 40000, .path = (char *) "/back/~x", .expires_at = now + 300 };
  gboolean was_free = FALSE;
  g_autoptr (GError) error = NULL;

  memset (flow.state_hash, state, sizeof flow.state_hash);
  journal_begin (journal->writer);
  tpt_relay_journal_add_flow (journal->writer, &flow, now, &was_free, &error);
  g_assert_no_error (error);
  journal_commit (journal->writer);

  return was_free;
}

static void
test_flows (Journal       *journal,
            gconstpointer  user_data)
{
  g_autoptr (TptRelayFlowRecord) flow = NULL;

  g_assert_true (add_flow (journal, 1, 1000));
  g_assert_false (add_flow (journal, 1, 1100));
  g_assert_true (add_flow (journal, 2, 1100));
  g_assert_null (take_flow (journal, 3, 1200));
  /* The retention counts in milliseconds, and waiting flows outlive it. */
  g_assert_true (tpt_relay_journal_purge (journal->writer, 0, 1200 * 1000, NULL));
  flow = take_flow (journal, 1, 1200);
  g_assert_nonnull (flow);
  g_assert_cmpuint (flow->port, ==, 40000);
  g_assert_cmpstr (flow->path, ==, "/back/~x");
  g_assert_cmpint (flow->expires_at, ==, 1300);
  g_assert_null (take_flow (journal, 1, 1200));
  /* Too late, and free again. */
  g_assert_null (take_flow (journal, 2, 1400));
  g_assert_true (add_flow (journal, 2, 1400));
}

static TptRelayDeviceRecord *
only_device (GPtrArray *devices)
{
  g_assert_nonnull (devices);
  g_assert_cmpuint (devices->len, ==, 1);

  return devices->pdata[0];
}

static void
test_devices (Journal       *journal,
              gconstpointer  user_data)
{
  TptRelayDeviceRecord device = { .name = (char *) "d1", .user = (char *) "https://u/\xc3\xa9",
                                  .organization = (char *) "o", .role = (char *) "admin",
                                  .has_feed = TRUE, .feed_proved_at = 77, .channel = 5 };
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;
  g_autoptr (GPtrArray) events = NULL;
  TptRelayDeviceRecord *found;
  gboolean was_there = FALSE;

  memset (device.public_key, 1, sizeof device.public_key);
  memset (device.token_hash, 2, sizeof device.token_hash);
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_add_device (journal->writer, &device, NULL));
  journal_commit (journal->writer);
  first = tpt_relay_journal_list_devices (journal->reader, NULL);
  found = only_device (first);
  g_assert_cmpint (found->id, ==, device.id);
  g_assert_cmpstr (found->name, ==, "d1");
  g_assert_cmpstr (found->user, ==, "https://u/\xc3\xa9");
  g_assert_cmpstr (found->role, ==, "admin");
  g_assert_true (found->has_feed);
  g_assert_cmpint (found->feed_proved_at, ==, 77);
  g_assert_cmpint (found->channel, ==, 5);
  g_assert_cmpmem (found->public_key, 32, device.public_key, 32);
  g_assert_cmpmem (found->token_hash, 32, device.token_hash, 32);

  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_set_device_feed (journal->writer, device.id, "user", 99, NULL));
  journal_commit (journal->writer);
  second = tpt_relay_journal_list_devices (journal->reader, NULL);
  g_assert_cmpstr (only_device (second)->role, ==, "user");
  g_assert_cmpint (only_device (second)->feed_proved_at, ==, 99);

  /* It ends with all that waits for it, and with what is on its way. */
  journal_put_batch (journal, device.id, 1000, 0, 3);
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_end_device (journal->writer, device.id, &was_there, NULL));
  g_assert_true (was_there);
  g_assert_true (tpt_relay_journal_end_device (journal->writer, device.id, &was_there, NULL));
  g_assert_false (was_there);
  journal_commit (journal->writer);
  journal_put_batch (journal, device.id, 1000, 3, 3);
  third = tpt_relay_journal_list_devices (journal->reader, NULL);
  g_assert_cmpuint (third->len, ==, 0);
  events = journal_list (journal, device.id, 0);
  g_assert_cmpuint (events->len, ==, 0);
}

/* A user has one channel, whoever asks for another. */
static void
test_channels (Journal       *journal,
               gconstpointer  user_data)
{
  TptRelayChannelRecord *first = g_new0 (TptRelayChannelRecord, 1);
  TptRelayChannelRecord *second = g_new0 (TptRelayChannelRecord, 1);
  g_autoptr (GPtrArray) channels = NULL;

  first->name = g_strdup ("one");
  second->name = g_strdup ("two");
  first->key = g_strdup ("key one");
  second->key = g_strdup ("key two");
  first->user = g_strdup ("u");
  second->user = g_strdup ("u");
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_add_channel (journal->writer, first, NULL));
  g_assert_true (tpt_relay_journal_add_channel (journal->writer, second, NULL));
  journal_commit (journal->writer);
  g_assert_cmpint (first->id, ==, second->id);
  g_assert_cmpstr (second->name, ==, "one");
  g_assert_cmpstr (second->key, ==, "key one");
  channels = tpt_relay_journal_list_channels (journal->reader, NULL);
  g_assert_cmpuint (channels->len, ==, 1);
  g_assert_cmpstr (((TptRelayChannelRecord *) channels->pdata[0])->key, ==, "key one");
  tpt_relay_channel_record_free (first);
  tpt_relay_channel_record_free (second);
}

static void
audit (Journal    *journal,
       gint64      at,
       const char *what,
       const char *detail)
{
  g_autoptr (GError) error = NULL;

  journal_begin (journal->writer);
  tpt_relay_journal_write_audit (journal->writer, at, what, 3, detail, &error);
  g_assert_no_error (error);
  journal_commit (journal->writer);
}

/* One chain, over batches and processes, also within a batch; its old end can go and says so. */
static void
test_audit (Journal       *journal,
            gconstpointer  user_data)
{
  gint64 now = 1000 * DAY;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GPtrArray) left = NULL;
  const TptRelayAuditRecord *last;

  audit (journal, now - 500 * DAY, "one", NULL);
  audit (journal, now - 450 * DAY, "two", "{\"x\":\"1\"}");
  journal_reopen (journal);
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_add_audit (journal->writer, now, "three", 1, NULL));
  g_assert_true (tpt_relay_journal_add_audit (journal->writer, now, "four", 2, NULL));
  journal_commit (journal->writer);

  all = tpt_relay_journal_list_audit (journal->reader, 0, 100, NULL);
  g_assert_cmpuint (all->len, ==, 4);
  for (guint i = 0; i < all->len; i++)
    g_assert_true (tpt_relay_audit_follows (all->pdata[i], i > 0 ? all->pdata[i - 1] : NULL, NULL));
  g_assert_cmpstr (((TptRelayAuditRecord *) all->pdata[1])->detail, ==, "{\"x\":\"1\"}");
  page = tpt_relay_journal_list_audit (journal->reader, 2, 1, NULL);
  g_assert_cmpuint (page->len, ==, 1);
  g_assert_cmpstr (((TptRelayAuditRecord *) page->pdata[0])->what, ==, "three");

  g_assert_true (tpt_relay_journal_purge (journal->writer, now - 30 * DAY, now, NULL));
  left = tpt_relay_journal_list_audit (journal->reader, 0, 100, NULL);
  g_assert_cmpuint (left->len, ==, 3);
  for (guint i = 1; i < left->len; i++)
    g_assert_true (tpt_relay_audit_follows (left->pdata[i], left->pdata[i - 1], NULL));
  last = left->pdata[2];
  g_assert_cmpstr (last->what, ==, "audit-purged");
  g_assert_cmpint (last->count, ==, 2);
  g_assert_cmpstr (last->detail, ==, "{\"through\":2}");
}

static TptRelayJournalCounts
count (Journal *journal)
{
  TptRelayJournalCounts counts = { 0 };
  g_autoptr (GError) error = NULL;

  tpt_relay_journal_get_counts (journal->reader, &counts, &error);
  g_assert_no_error (error);

  return counts;
}

/* Dead letters with and without what was in them, for as long as events. */
static void
test_counts (Journal       *journal,
             gconstpointer  user_data)
{
  gint64 now = 100 * DAY;
  gint64 alice = journal_enrol (journal, "alice");
  g_autoptr (GBytes) box = g_bytes_new ("sealed", 6);
  TptRelayJournalCounts counts;

  journal_put_batch (journal, alice, now - 5, 0, 3);
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_add_dead_letter (journal->writer, now, "no key", NULL, NULL));
  g_assert_true (tpt_relay_journal_add_dead_letter (journal->writer, now - 40 * DAY, "not JSON",
                                                    box, NULL));
  journal_commit (journal->writer);
  counts = count (journal);
  g_assert_cmpint (counts.events, ==, 3);
  g_assert_cmpint (counts.oldest_received_at, ==, now - 5);
  g_assert_cmpint (counts.devices, ==, 1);
  g_assert_cmpint (counts.dead_letters, ==, 2);
  g_assert_cmpint (counts.bytes, >, 0);
  g_assert_cmpint (counts.head, ==, journal_position (journal, alice).head);
  g_assert_true (tpt_relay_journal_purge (journal->writer, now - 30 * DAY, now, NULL));
  g_assert_cmpint (count (journal).dead_letters, ==, 1);
}

static void
test_clock (Journal       *journal,
            gconstpointer  user_data)
{
  gint64 clock = -1;

  g_assert_true (tpt_relay_journal_get_clock (journal->reader, &clock, NULL));
  g_assert_cmpint (clock, ==, 0);
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_set_clock (journal->writer, 1234567890123, NULL));
  journal_commit (journal->writer);
  journal_reopen (journal);
  g_assert_true (tpt_relay_journal_get_clock (journal->reader, &clock, NULL));
  g_assert_cmpint (clock, ==, 1234567890123);
}

static gint64
get_held (Journal    *journal,
          const char *user,
          gint64      most)
{
  g_autoptr (GError) error = NULL;
  gint64 bytes = -1;

  journal_begin (journal->writer);
  tpt_relay_journal_get_held (journal->writer, user, most, &bytes, &error);
  g_assert_no_error (error);
  journal_commit (journal->writer);

  return bytes;
}

static gint64
add_channel (Journal    *journal,
             const char *user)
{
  TptRelayChannelRecord *channel = g_new0 (TptRelayChannelRecord, 1);
  gint64 id;

  channel->name = g_strdup (user);
  channel->user = g_strdup (user);
  channel->key = g_strdup ("key");
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_add_channel (journal->writer, channel, NULL));
  journal_commit (journal->writer);
  id = channel->id;
  tpt_relay_channel_record_free (channel);

  return id;
}

static gint64
size_of (gpointer event)
{
  return (gint64) g_bytes_get_size (((TptRelayEventRecord *) event)->box);
}

/* Whatever waits for a user, wherever it came from, and what is remembered of his channel; nothing
 * of anybody else. */
static void
test_held (Journal       *journal,
           gconstpointer  user_data)
{
  gint64 alice = journal_enrol (journal, "alice");
  gint64 bob = journal_enrol (journal, "bob");
  gint64 channel = add_channel (journal, "alice");
  g_autoptr (GBytes) box = g_bytes_new_static ("0123456789", 10);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) of_bob = NULL;
  gint64 all = 0;

  g_assert_cmpint (get_held (journal, "alice", G_MAXINT32), ==, 0);
  g_assert_cmpint (get_held (journal, "nobody", G_MAXINT32), ==, 0);
  journal_put_batch (journal, alice, 1000, 0, 20);
  journal_put_batch (journal, bob, 1000, 20, 1);
  events = journal_list (journal, alice, 0);
  for (guint i = 0; i < events->len; i++)
    all += TPT_RELAY_EVENT_ROW_BYTES + size_of (events->pdata[i]);
  g_assert_cmpint (get_held (journal, "alice", G_MAXINT32), ==, all);
  journal_begin (journal->writer);
  for (guint i = 0; i < 3; i++)
    g_assert_true (journal_claim (journal->writer, channel, i));
  g_assert_true (journal_claim (journal->writer, 0, 9));
  journal_commit (journal->writer);
  g_assert_cmpint (get_held (journal, "alice", G_MAXINT32), ==,
                   all + 3 * TPT_RELAY_DELIVERY_ROW_BYTES);
  /* Much is told from more without looking at all of it. */
  g_assert_cmpint (get_held (journal, "alice", all / 2), >=, all / 2);
  of_bob = journal_list (journal, bob, 0);
  g_assert_cmpint (get_held (journal, "bob", G_MAXINT32), ==,
                   TPT_RELAY_EVENT_ROW_BYTES + size_of (of_bob->pdata[0]));

  g_assert_cmpint (get_held (journal, NULL, G_MAXINT32), ==, 0);
  journal_begin (journal->writer);
  g_assert_true (tpt_relay_journal_add_dead_letter (journal->writer, 1, "why", box, NULL));
  g_assert_true (tpt_relay_journal_add_dead_letter (journal->writer, 2, "why", NULL, NULL));
  journal_commit (journal->writer);
  g_assert_cmpint (get_held (journal, NULL, G_MAXINT32), ==, 10 + 2 * TPT_RELAY_EVENT_ROW_BYTES);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  journal_add_test ("epoch", test_epoch);
  journal_add_test ("codes", test_codes);
  journal_add_test ("flows", test_flows);
  journal_add_test ("devices", test_devices);
  journal_add_test ("channels", test_channels);
  journal_add_test ("audit", test_audit);
  journal_add_test ("counts", test_counts);
  journal_add_test ("clock", test_clock);
  journal_add_test ("held", test_held);

  return journal_run_tests ();
}
