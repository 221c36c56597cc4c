/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "relay-journal.h"
#include "tpt-fault-vfs.h"
#include "tpt-test.h"

#define BATCHES 6
#define BATCH_SIZE 2
#define BOX_BYTES 5000

/* Enough that there is a cut in every place where the data is. */
#define MOST_OPERATIONS 2000

/* What the journal said was done before the power went. */
typedef struct
{
  gint64 device;  /* 0 where none was enrolled for certain */
  guint  batches;
  gint64 acked;
} Told;

static gboolean
enrol (TptRelayJournal *writer,
       Told            *told)
{
  TptRelayDeviceRecord device = { .name = (char *) "d", .user = (char *) "u",
                                  .organization = (char *) "o", .role = (char *) "user" };

  if (!tpt_relay_journal_begin (writer, NULL))
    return FALSE;
  if (!tpt_relay_journal_add_device (writer, &device, NULL) ||
      !tpt_relay_journal_commit (writer, NULL))
    {
      tpt_relay_journal_rollback (writer);
      return FALSE;
    }
  told->device = device.id;

  return TRUE;
}

static gboolean
add_batch (TptRelayJournal *writer,
           gint64           device,
           guint            batch)
{
  g_autofree char *filling = g_strnfill (BOX_BYTES, 'x');

  for (guint i = 0; i < BATCH_SIZE; i++)
    {
      guint number = batch * BATCH_SIZE + i;
      TptRelayDelivery delivery = { .received_at = 1000 };
      TptRelayDelivery *const deliveries[] = { &delivery };
      g_autofree char *text = g_strdup_printf ("%u %s", number, filling);
      g_autoptr (GBytes) box = g_bytes_new (text, strlen (text));
      TptRelayEventRecord event = { .device = device, .received_at = 1000, .box = box };

      memcpy (delivery.hash, &number, sizeof number);
      if (!tpt_relay_journal_claim_deliveries (writer, deliveries, 1, NULL) ||
          !tpt_relay_journal_add_event (writer, &event, NULL))
        return FALSE;
      g_assert_true (delivery.is_new);
    }

  return TRUE;
}

static gboolean
write_batch (TptRelayJournal *writer,
             Told            *told)
{
  if (!tpt_relay_journal_begin (writer, NULL))
    return FALSE;
  if (!add_batch (writer, told->device, told->batches) || !tpt_relay_journal_commit (writer, NULL))
    {
      tpt_relay_journal_rollback (writer);
      return FALSE;
    }
  told->batches++;

  return TRUE;
}

static gboolean
ack_first (TptRelayJournal *writer,
           Told            *told)
{
  gboolean is_known;

  if (!tpt_relay_journal_begin (writer, NULL))
    return FALSE;
  if (!tpt_relay_journal_ack (writer, told->device, BATCH_SIZE, &is_known, NULL) ||
      !tpt_relay_journal_commit (writer, NULL))
    {
      tpt_relay_journal_rollback (writer);
      return FALSE;
    }
  told->acked = BATCH_SIZE;

  return TRUE;
}

/* What the relay's threads do, one after the other: batches, an ack, checkpoints. */
static void
work (const char *location,
      Told       *told)
{
  for (guint life = 0; life < 2; life++)
    {
      g_autoptr (TptRelayJournal) writer = tpt_relay_journal_open (location,
                                                                   TPT_RELAY_JOURNAL_WRITER, NULL);

      if (writer == NULL || (told->device == 0 && !enrol (writer, told)))
        return;
      for (guint i = 0; i < BATCHES / 2; i++)
        {
          if (!write_batch (writer, told) || (i == 1 && !ack_first (writer, told)) ||
              (i != 0 && !tpt_relay_journal_checkpoint (writer, NULL)))
            return;
        }
    }
}

static gboolean
is_new (TptRelayJournal *writer,
        guint            number)
{
  TptRelayDelivery delivery = { .received_at = 1000 };
  TptRelayDelivery *const deliveries[] = { &delivery };

  memcpy (delivery.hash, &number, sizeof number);
  g_assert_true (tpt_relay_journal_begin (writer, NULL));
  g_assert_true (tpt_relay_journal_claim_deliveries (writer, deliveries, 1, NULL));
  tpt_relay_journal_rollback (writer);

  return delivery.is_new;
}

/* Told is there, acknowledged is not, and of what was under way all or nothing, with its
 * claims. */
static gboolean
is_right (const char *location,
          const Told *told)
{
  g_autoptr (TptRelayJournal) writer = tpt_relay_journal_open (location, TPT_RELAY_JOURNAL_WRITER,
                                                               NULL);
  g_autoptr (GPtrArray) events = NULL;
  guint expected = told->batches * BATCH_SIZE - (guint) told->acked;
  guint first = (guint) told->acked;
  gboolean ack_was_under_way = told->acked == 0 && told->batches >= 2;

  if (writer == NULL)
    return told->device == 0;
  events = tpt_relay_journal_list_events (writer, 1, 0, 1000, G_MAXSIZE, NULL);
  if (events == NULL)
    return FALSE;
  if (ack_was_under_way && events->len > 0 &&
      ((TptRelayEventRecord *) events->pdata[0])->seq == BATCH_SIZE + 1)
    {
      first = BATCH_SIZE;
      expected -= BATCH_SIZE;
    }
  g_test_message ("%u batches told, acknowledged up to %" G_GINT64_FORMAT ": %u events from %"
                  G_GINT64_FORMAT " on", told->batches, told->acked, events->len,
                  events->len > 0 ? ((TptRelayEventRecord *) events->pdata[0])->seq : 0);
  if (events->len != expected && events->len != expected + BATCH_SIZE)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      const TptRelayEventRecord *event = events->pdata[i];
      const char *text = g_bytes_get_data (event->box, NULL);

      if (event->seq != first + i + 1 || g_bytes_get_size (event->box) < BOX_BYTES ||
          g_ascii_strtoull (text, NULL, 10) != first + i)
        return FALSE;
    }
  for (guint number = 0; number < BATCHES * BATCH_SIZE; number++)
    {
      if (is_new (writer, number) != (number >= first + events->len))
        return FALSE;
    }

  return TRUE;
}

static gboolean
cut (const char  *directory,
     guint        operation,
     TptSurvival  survival,
     guint32      seed,
     gboolean    *has_struck)
{
  g_autofree char *location = g_strdup_printf ("sqlite:%s/journal.db", directory);
  g_autofree char *shared = g_build_filename (directory, "journal.db-shm", NULL);
  Told told = { 0, 0, 0 };

  tpt_fault_vfs_arm (TPT_FAULT_POWER, operation, TRUE);
  work (location, &told);
  *has_struck = tpt_fault_vfs_has_struck ();
  tpt_fault_vfs_power_on (survival, seed);
  g_unlink (shared);

  return is_right (location, &told);
}

static guint
cut_everywhere (gboolean    is_lying,
                TptSurvival survival)
{
  guint32 seed = (guint32) g_test_rand_int ();
  gboolean has_struck = TRUE;
  guint operation, lost = 0;

  /* Of a disk that lies, the first loss is enough. */
  for (operation = 1; has_struck && !(is_lying && lost > 0); operation++)
    {
      g_autofree char *directory = tpt_test_make_dir ();

      g_assert_cmpuint (operation, <, MOST_OPERATIONS);
      tpt_fault_vfs_install ();
      tpt_fault_vfs_set_lying (is_lying);
      if (!cut (directory, operation, survival, seed + operation, &has_struck))
        {
          g_test_message ("lost at operation %u", operation);
          lost++;
        }
      tpt_fault_vfs_uninstall ();
      tpt_test_remove_dir (directory);
    }
  g_test_message ("seed %u: %u cuts, %u of them with losses", seed, operation, lost);
  g_assert_true (is_lying || operation > 10 * BATCHES);

  return lost;
}

/* whenever the power goes, whatever the disk has not written yet. */
static void
test_nothing_lost (gconstpointer survival)
{
  g_assert_cmpuint (cut_everywhere (FALSE, GPOINTER_TO_UINT (survival)), ==, 0);
}

/* The same with a disk that does not wait: this test does see it when something is lost. */
static void
test_bites (gconstpointer survival)
{
  g_assert_cmpuint (cut_everywhere (TRUE, GPOINTER_TO_UINT (survival)), >, 0);
}

#define ADD(path, func, survival) g_test_add_data_func (path, GUINT_TO_POINTER (survival), func)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  ADD ("/relay/journal/power/nothing-survives", test_nothing_lost, TPT_SURVIVAL_NONE);
  ADD ("/relay/journal/power/some-survives", test_nothing_lost, TPT_SURVIVAL_SOME);
  ADD ("/relay/journal/power/torn", test_nothing_lost, TPT_SURVIVAL_TORN);
  ADD ("/relay/journal/power/bites/nothing-survives", test_bites, TPT_SURVIVAL_NONE);
  ADD ("/relay/journal/power/bites/some-survives", test_bites, TPT_SURVIVAL_SOME);
  ADD ("/relay/journal/power/bites/torn", test_bites, TPT_SURVIVAL_TORN);

  return g_test_run ();
}
