/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-site.h"

#include <string.h>

#include "tpt-bench-webhooks.h"
#include "tpt-relay-directory.h"
#include "tpt-test.h"

#define ORGANIZATION "https://api.calendly.com/organizations/AAAA"
#define BATCH 512
#define CHECKPOINT_EVERY (64 * BATCH)

struct _TptBenchSite
{
  char            *directory;
  char            *config;
  char            *journal;
  TptBenchProgram *program;
};

static void
write_file (const char *path,
            const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* What the @device-th device asks with. */
char *
tpt_bench_site_dup_token (guint device)
{
  return g_strdup_printf ("token-of-device-%08u", device);
}

static TptRelayDeviceRecord *
make_device (guint index)
{
  TptRelayDeviceRecord *device = g_new0 (TptRelayDeviceRecord, 1);
  guint8 secret_key[TPT_RELAY_KEY_SIZE];
  g_autofree char *token = tpt_bench_site_dup_token (index);

  device->name = g_strdup_printf ("device-%08u", index);
  device->user = tpt_bench_webhooks_host (index);
  device->organization = g_strdup (ORGANIZATION);
  device->role = g_strdup ("user");
  tpt_relay_box_make_keys (device->public_key, secret_key);
  tpt_relay_directory_hash_token (token, device->token_hash);

  return device;
}

static TptRelayJournal *
open_journal (TptBenchSite *self)
{
  g_autoptr (GError) error = NULL;
  TptRelayJournal *journal = tpt_relay_journal_open (self->journal, TPT_RELAY_JOURNAL_WRITER,
                                                     &error);

  g_assert_no_error (error);

  return journal;
}

static void
enrol (TptBenchSite *self,
       guint         devices)
{
  g_autoptr (TptRelayJournal) journal = open_journal (self);
  g_autoptr (GError) error = NULL;

  g_assert_true (tpt_relay_journal_begin (journal, &error));
  for (guint i = 0; i < devices; i++)
    {
      TptRelayDeviceRecord *device = make_device (i);

      tpt_relay_journal_add_device (journal, device, &error);
      g_assert_no_error (error);
      tpt_relay_device_record_free (device);
    }
  tpt_relay_journal_commit (journal, &error);
  g_assert_no_error (error);
}

static TptBenchSite *
site_new (char       *directory,
          const char *journal,
          guint       devices)
{
  TptBenchSite *self = g_new0 (TptBenchSite, 1);
  g_autofree char *keys = NULL;
  g_autofree char *text = NULL;

  self->directory = directory;
  self->config = g_build_filename (self->directory, "relay.conf", NULL);
  self->journal = g_strdup (journal);
  keys = g_build_filename (self->directory, "keys", NULL);
  text = g_strdup_printf ("[relay]\nlisten=tcp:127.0.0.1:0\n"
                          "public_url=https://relay.example.com/\njournal=%s\norganizations=%s\n"
                          "[keys]\nwebhook_signing_keys=%s\n",
                          self->journal, ORGANIZATION, keys);
  write_file (self->config, text);
  write_file (keys, TPT_BENCH_SITE_KEY "\n");
  if (devices > 0)
    enrol (self, devices);

  return self;
}

/* With a journal of its own. */
TptBenchSite *
tpt_bench_site_new (guint devices)
{
  g_autofree char *directory = tpt_test_make_dir ();
  g_autofree char *journal = g_strdup_printf ("sqlite:%s/journal.db", directory);

  return site_new (g_steal_pointer (&directory), journal, devices);
}

/* @devices: that the journal has not; 0 beside another relay */
TptBenchSite *
tpt_bench_site_new_shared (const char *journal,
                           guint       devices)
{
  return site_new (tpt_test_make_dir (), journal, devices);
}

/* Puts @events of 2 KB into the journal, for the first @devices in turn, as if they had come before
 * the relay began: with checkpoints in between, as its keeper makes them. */
void
tpt_bench_site_queue (TptBenchSite *self,
                      guint         events,
                      guint         devices)
{
  g_autoptr (TptRelayJournal) journal = open_journal (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *body = tpt_bench_webhooks_body (0, 0);
  TptRelayEventRecord event = { .received_at = g_get_real_time () / 1000 };

  event.box = g_bytes_new (body, strlen (body) + 16);
  for (guint i = 0; i < events; i++)
    {
      if (i % BATCH == 0)
        tpt_relay_journal_begin (journal, &error);
      event.device = 1 + i % devices;
      tpt_relay_journal_add_event (journal, &event, &error);
      if (i % BATCH == BATCH - 1 || i + 1 == events)
        tpt_relay_journal_commit (journal, &error);
      g_assert_no_error (error);
      if (i % CHECKPOINT_EVERY == CHECKPOINT_EVERY - 1 || i + 1 == events)
        tpt_relay_journal_checkpoint (journal, &error);
      g_assert_no_error (error);
    }
  g_bytes_unref (event.box);
}

void
tpt_bench_site_start (TptBenchSite *self)
{
  self->program = tpt_bench_program_start (
    (const char *const[]) { g_getenv ("TPT_RELAY"), "--config", self->config, NULL });
}

void
tpt_bench_site_stop (TptBenchSite *self)
{
  g_clear_pointer (&self->program, tpt_bench_program_stop);
}

void
tpt_bench_site_free (TptBenchSite *self)
{
  if (self->program != NULL)
    tpt_bench_site_stop (self);
  tpt_test_remove_dir (self->directory);
  g_free (self->directory);
  g_free (self->config);
  g_free (self->journal);
  g_free (self);
}

guint16
tpt_bench_site_get_port (TptBenchSite *self)
{
  const char *address = tpt_bench_program_get (self->program, "listen");

  return (guint16) g_ascii_strtoull (strrchr (address, ':') + 1, NULL, 10);
}

/* Kilobytes of memory that the relay has in use. */
double
tpt_bench_site_get_resident (TptBenchSite *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/statm",
                                           tpt_bench_program_get_id (self->program));
  g_autofree char *text = NULL;
  const char *resident;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  resident = strchr (text, ' ');
  g_assert_nonnull (resident);

  return (double) g_ascii_strtoull (resident, NULL, 10) * 4;
}
