/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-meeting-digest.h"
#include "tpt-test-store.h"

#define START ((TptTime) 1780000000 * TPT_SECOND)

static TptMeeting *
make_fact (void)
{
  TptMeeting *fact = tpt_test_store_make_meeting (1, START);

  fact->invitees_total = 1;

  return fact;
}

static gboolean
is_found (TptSession *session,
          TptMeeting *fact)
{
  g_autoptr (GError) error = NULL;
  gint64 row;
  gboolean same;

  g_assert_true (tpt_meeting_digest_find (session, fact, &row, &same, &error));
  g_assert_no_error (error);
  g_assert_true (row != 0 || !same);

  return same;
}

static void
note (TptSession *session,
      TptMeeting *fact)
{
  g_autoptr (GError) error = NULL;
  gint64 row;

  g_assert_true (tpt_meetings_table_find_row (session, fact->uri, &row, &error));
  g_assert_true (tpt_meeting_digest_note (session, row, tpt_meeting_digest_make (session, fact),
                                          &error));
  g_assert_no_error (error);
}

/* A fact is known again until the event is saved, and with all of its invitees only. */
static gboolean
known_func (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  g_autoptr (TptMeeting) fact = make_fact ();
  TptInvitee *invitee = tpt_test_store_make_invitee (fact, 1, "a@b.example", 0);

  g_assert_false (is_found (session, fact));
  g_assert_true (tpt_meetings_table_save (session, fact, error));
  g_assert_false (is_found (session, fact));
  note (session, fact);
  g_assert_false (is_found (session, fact));
  g_assert_true (tpt_invitees_table_save (session, invitee, error));
  g_assert_true (is_found (session, fact));
  fact->invitees_total = 2;
  g_assert_false (is_found (session, fact));
  fact->invitees_total = 1;
  g_assert_true (is_found (session, fact));
  g_assert_true (tpt_meetings_table_save (session, fact, error));

  return !is_found (session, fact);
}

static void
test_known (void)
{
  TptStore *store = tpt_test_store_open (":memory:");

  tpt_test_store_transact (store, known_func, NULL);
  tpt_test_store_close (store);
}

static const gsize strings[] = {
  G_STRUCT_OFFSET (TptMeeting, uri),           G_STRUCT_OFFSET (TptMeeting, name),
  G_STRUCT_OFFSET (TptMeeting, event_type),    G_STRUCT_OFFSET (TptMeeting, location_type),
  G_STRUCT_OFFSET (TptMeeting, location),      G_STRUCT_OFFSET (TptMeeting, location_status),
  G_STRUCT_OFFSET (TptMeeting, join_url),      G_STRUCT_OFFSET (TptMeeting, notes_plain),
  G_STRUCT_OFFSET (TptMeeting, notes_html),    G_STRUCT_OFFSET (TptMeeting, booking_method),
  G_STRUCT_OFFSET (TptMeeting, cancel_reason), G_STRUCT_OFFSET (TptMeeting, canceled_by),
};

static const gsize times[] = {
  G_STRUCT_OFFSET (TptMeeting, start),       G_STRUCT_OFFSET (TptMeeting, end),
  G_STRUCT_OFFSET (TptMeeting, created_at),  G_STRUCT_OFFSET (TptMeeting, updated_at),
  G_STRUCT_OFFSET (TptMeeting, canceled_at),
};

static const gsize numbers[] = {
  G_STRUCT_OFFSET (TptMeeting, invitees_total),
  G_STRUCT_OFFSET (TptMeeting, invitees_active),
  G_STRUCT_OFFSET (TptMeeting, invitees_limit),
};

static void
take_digest (TptSession *session,
             TptMeeting *fact,
             GHashTable *digests)
{
  gint64 digest = tpt_meeting_digest_make (session, fact);

  g_assert_true (g_hash_table_add (digests, g_memdup2 (&digest, sizeof digest)));
}

static void
change_rest (TptSession *session,
             GHashTable *digests)
{
  g_autoptr (TptMeeting) canceled = make_fact ();
  g_autoptr (TptMeeting) hosted = make_fact ();
  g_autoptr (TptMeeting) guested = make_fact ();

  canceled->canceled = TRUE;
  take_digest (session, canceled, digests);
  canceled->canceler = TPT_CANCELER_HOST;
  take_digest (session, canceled, digests);
  tpt_meeting_add_host (hosted, "https://api.example.com/users/OTHER", NULL, "o@host.example");
  take_digest (session, hosted, digests);
  g_strfreev (guested->guests);
  guested->guests = g_strsplit ("guest@other.example;another@other.example", ";", -1);
  take_digest (session, guested, digests);
}

/* Whatever the service tells differently makes another number. */
static gboolean
changes_func (TptSession  *session,
              gpointer     data,
              GError     **error)
{
  g_autoptr (GHashTable) digests =
    g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (TptMeeting) fact = make_fact ();

  take_digest (session, fact, digests);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autoptr (TptMeeting) other = make_fact ();
      char **field = G_STRUCT_MEMBER_P (other, strings[i]);

      g_free (*field);
      *field = g_strdup ("something else");
      take_digest (session, other, digests);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (TptMeeting) other = make_fact ();

      G_STRUCT_MEMBER (TptTime, other, times[i]) += 1;
      take_digest (session, other, digests);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (TptMeeting) other = make_fact ();

      G_STRUCT_MEMBER (int, other, numbers[i]) += 1;
      take_digest (session, other, digests);
    }
  change_rest (session, digests);

  return TRUE;
}

static void
test_changes (void)
{
  TptStore *store = tpt_test_store_open (":memory:");

  tpt_test_store_transact (store, changes_func, NULL);
  tpt_test_store_close (store);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);

  g_test_add_func ("/meeting-digest/known", test_known);
  g_test_add_func ("/meeting-digest/changes", test_changes);

  return g_test_run ();
}
