/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-customer-picker.h"
#include "tpt-inbox-dialog.h"
#include "tpt-test-desk.h"
#include "tpt-test-screen.h"
#include "tpt-test.h"

static TptInboxEntry *
make_entry (void)
{
  TptInboxEntry *entry = tpt_inbox_entry_new ();
  TptInvitee *invitee = tpt_invitee_new ();

  invitee->uri = g_strdup ("https://api.example/strangers/1");
  invitee->email = g_strdup ("nina@nordlicht-logistik.example");
  g_ptr_array_add (entry->invitees, invitee);
  entry->key = g_strdup (invitee->email);
  entry->match = g_new0 (TptMatch, 1);
  entry->match->reason = TPT_MATCH_NONE;
  entry->match->candidates = g_ptr_array_new ();

  return entry;
}

static void
assert_told (GtkWidget  *dialog,
             const char *name,
             const char *sentence,
             gboolean    can_create)
{
  GtkWidget *entry = tpt_test_screen_find (dialog, GTK_TYPE_ENTRY, 0);
  gboolean is_told;

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  is_told = tpt_test_screen_shows (dialog, "There is a customer called ")
            || tpt_test_screen_shows (dialog, "A customer needs a name.");
  g_assert_cmpint (is_told, ==, sentence != NULL);
  g_assert_true (sentence == NULL || tpt_test_screen_shows (dialog, sentence));
  g_assert_cmpint (
    adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "create"), ==,
    can_create);
}

/* A name that somebody has is told while it is written, and not after the question is gone. */
static void
test_name (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  g_autoptr (TptInboxEntry) entry = make_entry ();
  GtkWidget *dialog;

  tpt_test_desk_show (desk, gtk_label_new ("Page"));
  tpt_inbox_dialog_ask_name (desk->page, desk->world->workspace, entry);
  dialog = tpt_test_screen_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  assert_told (dialog, "Quite New", NULL, TRUE);
  assert_told (dialog, " nordlicht LOGISTIK ", "There is a customer called ", FALSE);
  tpt_test_screen_shoot (dialog, "inbox-dialog-taken");
  assert_told (dialog, " ", NULL, FALSE);
  assert_told (dialog, "Nordlicht Logistik II", NULL, TRUE);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  tpt_test_desk_free (desk);
}

typedef struct
{
  GtkDropDown *picker;
  gint64 customer;
} Choice;

static gboolean
is_chosen (gpointer user_data)
{
  Choice *choice = user_data;

  tpt_customer_picker_select (choice->picker, choice->customer);

  return gtk_drop_down_get_selected_item (choice->picker) != NULL;
}

/* However long a name is, the question fits in the narrowest window. */
static void
test_long_name (void)
{
  TptTestDesk *desk = tpt_test_desk_new (NULL);
  g_autofree char *name = g_strnfill (200, 'x');
  GtkWidget *picker = tpt_customer_picker_new (desk->world->workspace->portfolio, 0);
  Choice choice = { GTK_DROP_DOWN (picker), 0 };
  int width;

  tpt_test_world_add_customer (desk->world, name, &choice.customer);
  tpt_test_desk_show (desk, picker);
  tpt_test_await_func (is_chosen, &choice);
  tpt_test_screen_await (picker, name, TRUE);
  gtk_widget_measure (picker, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <, 250);
  tpt_test_desk_free (desk);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_screen_init (&argc, &argv);

  g_test_add_func ("/inbox-dialog/name", test_name);
  g_test_add_func ("/inbox-dialog/long-name", test_long_name);

  return g_test_run ();
}
