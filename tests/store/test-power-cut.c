/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fault-vfs.h"
#include "tpt-restoration.h"
#include "tpt-test-store.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)
#define COMMITS 4

/* Enough that there is a cut in every place where the data is. */
#define MOST_OPERATIONS 2000

static gboolean
save_number (TptStore *store,
             int       number)
{
  g_autoptr (TptMeeting) meeting = tpt_test_store_make_meeting (number, START);
  g_autoptr (GError) error = NULL;

  tpt_test_store_make_invitee (meeting, 1, "anna@acme.example", 0);
  meeting->notes_plain = g_strnfill (5000, 'x');

  return tpt_test_store_try_save_meeting (store, meeting, &error);
}

/* Opens, commits up to @last, closes. Returns: how many commits were told as done */
static int
work_until (const char *path,
            int         told,
            int         last)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;
  TptStore *store = tpt_test_store_try_open (path, key, &error);

  if (store == NULL)
    return told;
  while (told < last && save_number (store, told))
    told++;
  tpt_test_store_close (store);

  return told;
}

/* On a new file, and on one that is there. */
static int
work (const char *path)
{
  int told = work_until (path, 0, COMMITS / 2);

  return tpt_fault_vfs_has_struck () ? told : work_until (path, told, COMMITS);
}

/* How many are there, each with its invitee, which came in the same commit; -1: the file is not
 * sound any more. */
static int
count_stored (const char *path)
{
  g_autoptr (GBytes) key = tpt_test_store_key (7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  TptStore *store = tpt_test_store_try_open (path, key, &error);
  gboolean is_sound;
  int count;

  if (store == NULL)
    {
      g_test_message ("not opened: %s", error->message);
      return -1;
    }
  is_sound = tpt_store_get_restoration (store) == NULL && tpt_test_store_check (store);
  meetings = tpt_test_store_list_meetings (store, &(TptMeetingQuery) { 0 });
  count = (int) meetings->len;
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      is_sound = is_sound && meeting->invitees->len == 1;
    }
  tpt_test_store_close (store);

  return is_sound ? count : -1;
}

/* Cuts the power at operation @operation, and looks at what is left. Returns: whether it is what
 * it should be */
static gboolean
cut (const char  *path,
     guint        operation,
     TptSurvival  survival,
     guint32      seed,
     gboolean    *has_struck)
{
  int told, stored;

  tpt_fault_vfs_arm (TPT_FAULT_POWER, operation, TRUE);
  told = work (path);
  *has_struck = tpt_fault_vfs_has_struck ();
  tpt_fault_vfs_power_on (survival, seed);
  stored = count_stored (path);
  g_test_message ("operation %u: %d told, %d stored", operation, told, stored);

  return stored >= told && stored <= told + 1;
}

static guint
cut_everywhere (TptTestStorePlace *place,
                gboolean           is_lying,
                TptSurvival        survival)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  guint32 seed = (guint32) g_test_rand_int ();
  gboolean has_struck = TRUE;
  guint operation, lost = 0;

  /* Of a disk that lies, the first loss is enough. */
  for (operation = 1; has_struck && !(is_lying && lost > 0); operation++)
    {
      g_assert_cmpuint (operation, <, MOST_OPERATIONS);
      tpt_fault_vfs_install ();
      tpt_fault_vfs_set_lying (is_lying);
      if (!cut (place->path, operation, survival, seed + operation, &has_struck))
        lost++;
      tpt_fault_vfs_uninstall ();
      tpt_test_remove_dir (folder);
    }
  g_test_message ("seed %u: %u cuts, %u of them with losses", seed, operation, lost);
  g_assert_true (is_lying || operation > 10 * COMMITS);

  return lost;
}

/* D-2: whatever the disk has not written yet: a commit is there wholly, or not at all; what was
 * told as done is there; and nothing has to be rescued. */
static void
test_nothing_lost (TptTestStorePlace *place,
                   gconstpointer      survival)
{
  g_assert_cmpuint (cut_everywhere (place, FALSE, GPOINTER_TO_UINT (survival)), ==, 0);
}

/* The same with a disk that does not wait: this test does see it when something is lost. */
static void
test_bites (TptTestStorePlace *place,
            gconstpointer      survival)
{
  g_assert_cmpuint (cut_everywhere (place, TRUE, GPOINTER_TO_UINT (survival)), >, 0);
}

#define ADD(path, func, survival)                                                                  \
  g_test_add (path, TptTestStorePlace, GUINT_TO_POINTER (survival), tpt_test_store_set_up, func,   \
              tpt_test_store_tear_down)

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  ADD ("/power-cut/nothing-survives", test_nothing_lost, TPT_SURVIVAL_NONE);
  ADD ("/power-cut/some-survives", test_nothing_lost, TPT_SURVIVAL_SOME);
  ADD ("/power-cut/torn", test_nothing_lost, TPT_SURVIVAL_TORN);
  ADD ("/power-cut/bites/nothing-survives", test_bites, TPT_SURVIVAL_NONE);
  ADD ("/power-cut/bites/some-survives", test_bites, TPT_SURVIVAL_SOME);
  ADD ("/power-cut/bites/torn", test_bites, TPT_SURVIVAL_TORN);

  return g_test_run ();
}
