/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-inbox-entry.h"

#include "tpt-email.h"
#include "tpt-text.h"

G_DEFINE_FINAL_TYPE (TptInboxEntry, tpt_inbox_entry, G_TYPE_OBJECT)

static void
tpt_inbox_entry_finalize (GObject *object)
{
  TptInboxEntry *self = TPT_INBOX_ENTRY (object);

  g_free (self->key);
  g_ptr_array_unref (self->invitees);
  g_ptr_array_unref (self->meetings);
  tpt_match_free (self->match);
  g_free (self->explanation);

  G_OBJECT_CLASS (tpt_inbox_entry_parent_class)->finalize (object);
}

static void
tpt_inbox_entry_class_init (TptInboxEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_inbox_entry_finalize;
}

static void
tpt_inbox_entry_init (TptInboxEntry *self)
{
  self->invitees = g_ptr_array_new_with_free_func (g_object_unref);
  self->meetings = g_ptr_array_new_with_free_func (g_object_unref);
}

TptInboxEntry *
tpt_inbox_entry_new (void)
{
  return g_object_new (TPT_TYPE_INBOX_ENTRY, NULL);
}

/** tpt_inbox_entry_get_invitee: (transfer none): the one with the latest meeting */
TptInvitee *
tpt_inbox_entry_get_invitee (TptInboxEntry *self)
{
  g_return_val_if_fail (TPT_IS_INBOX_ENTRY (self) && self->invitees->len > 0, NULL);

  return g_ptr_array_index (self->invitees, 0);
}

/** tpt_inbox_entry_get_label: the name, else the address; never %NULL */
const char *
tpt_inbox_entry_get_label (TptInboxEntry *self)
{
  TptInvitee *invitee = tpt_inbox_entry_get_invitee (self);

  if (!tpt_text_is_blank (invitee->name))
    return invitee->name;

  return invitee->email != NULL ? invitee->email : "";
}

/**
 * tpt_inbox_entry_collect_meetings:
 * @uris: (element-type utf8): a set, to which those of its meetings are added; they live as long as
 *   the entry
 *
 * Of people who met together, and of somebody who is in a meeting twice, it is one meeting.
 */
void
tpt_inbox_entry_collect_meetings (TptInboxEntry *self,
                                  GHashTable    *uris)
{
  g_return_if_fail (TPT_IS_INBOX_ENTRY (self));

  for (guint i = 0; i < self->meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (self->meetings, i);

      g_hash_table_add (uris, meeting->uri != NULL ? meeting->uri : (char *) "");
    }
}

/** tpt_inbox_entry_dup_domain: (transfer full) (nullable): that of the address, normalized */
char *
tpt_inbox_entry_dup_domain (TptInboxEntry *self)
{
  g_autofree char *address = tpt_email_normalize (tpt_inbox_entry_get_invitee (self)->email);

  return address != NULL ? g_strdup (tpt_email_get_domain (address)) : NULL;
}

/**
 * tpt_inbox_entry_is_news_of:
 * @person: (nullable)
 *
 * Returns: whether there is an address that @person does not have yet
 */
gboolean
tpt_inbox_entry_is_news_of (TptInboxEntry  *self,
                            TptStakeholder *person)
{
  g_autofree char *email = NULL;

  g_return_val_if_fail (TPT_IS_INBOX_ENTRY (self), FALSE);

  email = tpt_email_normalize (tpt_inbox_entry_get_invitee (self)->email);

  return person != NULL && email != NULL && !tpt_stakeholder_has_email (person, email);
}

/** tpt_inbox_entry_list_uris: (transfer full): of all its invitees */
GStrv
tpt_inbox_entry_list_uris (TptInboxEntry *self)
{
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();

  for (guint i = 0; i < self->invitees->len; i++)
    g_strv_builder_add (uris, ((TptInvitee *) g_ptr_array_index (self->invitees, i))->uri);

  return g_strv_builder_end (uris);
}
