/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-host-names.h"

#include <string.h>

#include "tpt-settings-table.h"

#define MEMBERS "everyone.members"
#define MEMBERS_TYPE "a(sss)"
#define MISSED_AT "everyone.members-missed-at"

/* Who was not told may be a while later. */
#define ASK_AGAIN TPT_HOUR

struct _TptHostNames
{
  GHashTable *members;     /* URI → TptUser */
  TptTime missed_at;       /* when they were asked for in vain the last time, or TPT_TIME_NONE */
};

/* @account: (nullable): is known without asking */
TptHostNames *
tpt_host_names_new (TptUser *account)
{
  TptHostNames *self = g_new0 (TptHostNames, 1);

  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  if (account != NULL)
    tpt_host_names_add (self, account);

  return self;
}

void
tpt_host_names_free (TptHostNames *self)
{
  g_hash_table_unref (self->members);
  g_free (self);
}

/* @older: (nullable): knows what @member does not say. Returns: (transfer full) */
static TptUser *
complete (TptUser *member,
          TptUser *older)
{
  TptUser *whole;

  if (older == NULL || (member->name != NULL && member->email != NULL))
    return g_object_ref (member);
  whole = tpt_user_new ();
  whole->uri = g_strdup (member->uri);
  whole->name = g_strdup (member->name != NULL ? member->name : older->name);
  whole->email = g_strdup (member->email != NULL ? member->email : older->email);

  return whole;
}

void
tpt_host_names_add (TptHostNames *self,
                    TptUser      *member)
{
  TptUser *whole;

  if (member->uri == NULL)
    return;
  whole = complete (member, g_hash_table_lookup (self->members, member->uri));
  g_hash_table_replace (self->members, whole->uri, whole);
}

/* Whether they are to be asked for between the syncs that always do. */
gboolean
tpt_host_names_is_due (TptHostNames *self,
                       TptTime       now,
                       gboolean      is_routine)
{
  TptTime missed_at = self->missed_at;

  return missed_at != TPT_TIME_NONE
         && (!is_routine || missed_at > now || now - missed_at >= ASK_AGAIN);
}

/* @missed_at: TPT_TIME_NONE where they came */
void
tpt_host_names_set_missed (TptHostNames *self,
                           TptTime       missed_at)
{
  self->missed_at = missed_at;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static char *
or_null (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

/* A #TptStoreFunc: adds to @names those that were saved. */
gboolean
tpt_host_names_load (TptSession  *session,
                     gpointer     names,
                     GError     **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GVariant) members = NULL;
  GVariantIter iter;
  const char *uri, *name, *email;

  if (!tpt_settings_table_get_int (session, MISSED_AT, &((TptHostNames *) names)->missed_at, error)
      || !tpt_settings_table_get_sealed (session, MEMBERS, &text, error))
    return FALSE;
  if (text != NULL)
    members = g_variant_parse (G_VARIANT_TYPE (MEMBERS_TYPE), text, NULL, NULL, NULL);
  if (members == NULL)
    return TRUE;

  g_variant_iter_init (&iter, members);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &uri, &name, &email))
    {
      g_autoptr (TptUser) member = tpt_user_new ();
      TptUser *newer = g_hash_table_lookup (((TptHostNames *) names)->members, uri);
      g_autoptr (TptUser) known = newer != NULL ? g_object_ref (newer) : NULL;

      member->uri = g_strdup (uri);
      member->name = or_null (name);
      member->email = or_null (email);
      tpt_host_names_add (names, member);
      if (known != NULL)
        tpt_host_names_add (names, known);
    }

  return TRUE;
}

static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (((TptUser *) a)->uri, ((TptUser *) b)->uri);
}

/**
 * tpt_host_names_save:
 * @is_new: (out): whether something else was saved before
 *
 * On the store's thread: for the syncs that do not ask who there is.
 */
gboolean
tpt_host_names_save (TptSession    *session,
                     TptHostNames  *self,
                     gboolean      *is_new,
                     GError       **error)
{
  g_autoptr (GList) members =
    g_list_sort (g_hash_table_get_values (self->members), compare_members);
  g_autoptr (GVariant) saved = NULL;
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;
  GVariantBuilder builder;

  if (!tpt_settings_table_set_int (session, MISSED_AT, self->missed_at, error)
      || !tpt_settings_table_get_sealed (session, MEMBERS, &before, error))
    return FALSE;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (MEMBERS_TYPE));
  for (GList *link = members; link != NULL; link = link->next)
    {
      TptUser *member = link->data;

      g_variant_builder_add (&builder, "(sss)", member->uri, or_empty (member->name),
                             or_empty (member->email));
    }
  saved = g_variant_ref_sink (g_variant_builder_end (&builder));
  text = g_variant_print (saved, FALSE);
  *is_new = g_strcmp0 (text, before) != 0;

  return !*is_new || tpt_settings_table_set_sealed (session, MEMBERS, text, error);
}

/* Returns: (transfer full): the addresses of the members that have one */
GStrv
tpt_host_names_get_emails (TptHostNames *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer member;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, NULL, &member))
    {
      if (((TptUser *) member)->email != NULL)
        g_strv_builder_add (builder, ((TptUser *) member)->email);
    }

  return g_strv_builder_end (builder);
}

/* Gives the hosts of @meeting, which nobody else has yet, the names that they lack. */
void
tpt_host_names_fill (TptHostNames *self,
                     TptMeeting   *meeting)
{
  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      TptHost *host = g_ptr_array_index (meeting->hosts, i);
      TptUser *member = host->uri != NULL ? g_hash_table_lookup (self->members, host->uri) : NULL;

      if (member == NULL)
        continue;
      if (host->name == NULL)
        host->name = g_strdup (member->name);
      if (host->email == NULL)
        host->email = g_strdup (member->email);
    }
}
