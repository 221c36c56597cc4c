/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-space.h"

#include <errno.h>
#include <sys/statvfs.h>

#include "tpt-test.h"

#define BLOCK 4096
#define MEBIBYTE (1024 * 1024)

int __wrap_statvfs64 (const char     *path,
                      struct statvfs *disk);

/* What the disk says that it has left. */
static gint64 left;

/* The linker puts this in the place of the real one, which with large files has this name. */
int
__wrap_statvfs64 (const char     *path,
                  struct statvfs *disk)
{
  *disk = (struct statvfs) { .f_frsize = BLOCK, .f_bavail = (fsblkcnt_t) (left / BLOCK) };
  errno = EIO;

  return left >= 0 ? 0 : -1;
}

static void
begin (TptRelayJournal *journal)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tpt_relay_journal_begin (journal, &error));
  g_assert_no_error (error);
}

static void
commit (TptRelayJournal *journal)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (tpt_relay_journal_commit (journal, &error));
  g_assert_no_error (error);
}

static void
look (TptRelayJournal *journal,
      gint64           bytes)
{
  g_autoptr (GError) error = NULL;

  left = bytes;
  g_assert_true (tpt_relay_space_look (journal, &error));
  g_assert_no_error (error);
}

/* Bytes that nobody can read any more stay in the file: they count as free. */
static gint64
make_hole (TptRelayJournal *journal)
{
  TptRelayDeviceRecord device = { .name = (char *) "d", .user = (char *) "u",
                                  .organization = (char *) "o", .role = (char *) "user" };
  g_autoptr (GBytes) box = g_bytes_new_take (g_malloc0 (8 * MEBIBYTE), 8 * MEBIBYTE);
  TptRelayEventRecord event = { .box = box };
  gint64 outside = 0, inside = 0;
  gboolean is_known;

  begin (journal);
  g_assert_true (tpt_relay_journal_add_device (journal, &device, NULL));
  event.device = device.id;
  g_assert_true (tpt_relay_journal_add_event (journal, &event, NULL));
  commit (journal);
  begin (journal);
  g_assert_true (tpt_relay_journal_ack (journal, device.id, 1, &is_known, NULL));
  commit (journal);
  g_assert_true (tpt_relay_journal_get_space (journal, &outside, &inside, NULL));
  g_assert_cmpint (outside, ==, left);
  g_assert_cmpint (inside, >=, 8 * MEBIBYTE);

  return inside;
}

static void
test_look (void)
{
  g_autofree char *directory = tpt_test_make_dir ();
  g_autofree char *location = g_strdup_printf ("sqlite:%s/journal.db", directory);
  g_autoptr (TptRelayJournal) journal = tpt_relay_journal_open (location, TPT_RELAY_JOURNAL_WRITER,
                                                                NULL);
  g_autoptr (GError) error = NULL;
  gint64 outside, inside, hole, least;

  g_assert_nonnull (journal);
  g_assert_true (tpt_relay_journal_get_space (journal, &outside, &inside, NULL));
  least = 64 * MEBIBYTE - inside;
  g_assert_cmpint (tpt_relay_space_get (), ==, -1);
  g_assert_false (tpt_relay_space_is_low ());
  tpt_relay_space_reserve (64 * MEBIBYTE);
  look (journal, least);
  g_assert_false (tpt_relay_space_is_low ());
  look (journal, least - BLOCK);
  g_assert_true (tpt_relay_space_is_low ());
  g_assert_cmpint (tpt_relay_space_get (), ==, 64 * MEBIBYTE - BLOCK);
  /* Just as much as before would be too little again at once. */
  look (journal, least + BLOCK);
  g_assert_true (tpt_relay_space_is_low ());
  look (journal, least + 8 * MEBIBYTE);
  g_assert_false (tpt_relay_space_is_low ());

  hole = make_hole (journal);
  look (journal, least - BLOCK);
  g_assert_false (tpt_relay_space_is_low ());
  look (journal, 64 * MEBIBYTE - BLOCK - hole);
  g_assert_true (tpt_relay_space_is_low ());

  left = -1;
  g_assert_false (tpt_relay_space_look (journal, &error));
  g_assert_nonnull (error);
  g_assert_true (tpt_relay_space_is_low ());
  tpt_relay_space_reserve (0);
  look (journal, 0);
  g_assert_false (tpt_relay_space_is_low ());
  g_clear_object (&journal);
  tpt_test_remove_dir (directory);
}

/* Of a disk on another machine nothing is known. */
static void
test_unknown (void)
{
  g_assert_false (tpt_relay_space_judge (-1, MEBIBYTE, FALSE));
  g_assert_false (tpt_relay_space_judge (-1, MEBIBYTE, TRUE));
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/space/look", test_look);
  g_test_add_func ("/relay/space/unknown", test_unknown);

  return g_test_run ();
}
