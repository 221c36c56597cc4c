/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-session.h"

#include "tpt-text.h"

/** tpt_session_new: takes @sqlite and @seal */
TptSession *
tpt_session_new (TptSqlite *sqlite,
                 TptSeal   *seal,
                 TptClock  *clock)
{
  TptSession *self = g_new0 (TptSession, 1);

  self->sqlite = sqlite;
  self->seal = seal;
  self->clock = g_object_ref (clock);
  self->customers = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->meetings = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->documents = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                           (GDestroyNotify) tpt_search_document_free);

  return self;
}

void
tpt_session_free (TptSession *self)
{
  tpt_sqlite_close (self->sqlite);
  tpt_seal_free (self->seal);
  g_object_unref (self->clock);
  g_array_unref (self->customers);
  g_array_unref (self->meetings);
  g_hash_table_unref (self->documents);
  tpt_key_memo_clear (&self->emails);
  g_free (self);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* Each row once. */
static void
settle_rows (GArray *rows)
{
  guint length = 0;

  g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 row = g_array_index (rows, gint64, i);

      if (i == 0 || row != g_array_index (rows, gint64, length - 1))
        g_array_index (rows, gint64, length++) = row;
    }
  g_array_set_size (rows, length);
}

/**
 * tpt_session_run:
 *
 * @func in one transaction; its marks are there after a commit, and none after a rollback.
 */
gboolean
tpt_session_run (TptSession    *self,
                 TptStoreFunc   func,
                 gpointer       user_data,
                 GError       **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) second = NULL;

  tpt_session_forget_changes (self);
  /* What could not be undone the last time, for want of memory, is undone now. */
  if (tpt_sqlite_rollback (self->sqlite, &reason)
      && tpt_sqlite_execute (self->sqlite, "BEGIN IMMEDIATE", &reason)
      && func (self, user_data, &reason)
      && tpt_sqlite_execute (self->sqlite, "COMMIT", &reason))
    {
      settle_rows (self->customers);
      settle_rows (self->meetings);
      return TRUE;
    }

  g_assert (reason != NULL);
  tpt_session_forget_changes (self);
  if (!tpt_sqlite_rollback (self->sqlite, &second))
    g_prefix_error (&reason, "Not undone (%s): ", second->message);
  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

void
tpt_session_forget_changes (TptSession *self)
{
  self->next_meeting = 0;
  self->next_invitee = 0;
  self->changes = 0;
  self->all = FALSE;
  g_array_set_size (self->customers, 0);
  g_array_set_size (self->meetings, 0);
  g_hash_table_remove_all (self->documents);
}

/** tpt_session_mark: @customer may be 0: then the change belongs to none */
void
tpt_session_mark (TptSession *self,
                  TptChange   change,
                  gint64      customer)
{
  self->changes |= change;
  if (customer != 0)
    g_array_append_val (self->customers, customer);
}

/** tpt_session_mark_all: everything may have changed, words included */
void
tpt_session_mark_all (TptSession *self)
{
  self->changes |= TPT_CHANGE_MEETINGS | TPT_CHANGE_CUSTOMERS | TPT_CHANGE_LINKS
                   | TPT_CHANGE_EVENT_TYPES | TPT_CHANGE_SETTINGS | TPT_CHANGE_SET_ASIDE;
  self->all = TRUE;
}

void
tpt_session_mark_meeting (TptSession *self,
                          gint64      meeting)
{
  self->changes |= TPT_CHANGE_MEETINGS;
  g_array_append_val (self->meetings, meeting);
  g_hash_table_remove (self->documents, &meeting);
}

/**
 * tpt_session_describe:
 * @meeting: as it was written in this transaction
 * @invitees: (element-type TptInvitee): all that it has, from @first on, in the order of their rows
 *
 * Its words need not be read again to be indexed, unless more is written of it.
 */
void
tpt_session_describe (TptSession *self,
                      TptMeeting *meeting,
                      GPtrArray  *invitees,
                      guint       first)
{
  TptSearchDocument *document = tpt_search_document_new (0, meeting->id);

  document->start = meeting->start;
  document->title = g_strdup (meeting->name);
  for (guint i = first; i < invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (invitees, i);

      tpt_search_document_add_person (document, invitee->customer, invitee->email, invitee->name);
    }
  tpt_search_document_end (document);
  g_hash_table_replace (self->documents, &document->meeting, document);
}

TptStatement *
tpt_session_get (TptSession *self,
                 const char *sql)
{
  return tpt_sqlite_get (self->sqlite, sql);
}

/** tpt_session_seal: (transfer full) */
GByteArray *
tpt_session_seal (TptSession *self,
                  const char *table,
                  const char *column,
                  gint64      row,
                  TptPack    *pack)
{
  GByteArray *sealed = g_byte_array_new ();

  tpt_seal_close (self->seal, table, column, row, pack->bytes, sealed);

  return sealed;
}

/**
 * tpt_session_unseal:
 *
 * The blob in column @index of @statement into @pack, ready to take from. The columns that were
 * read before it could be, too, or this fails.
 */
gboolean
tpt_session_unseal (TptSession    *self,
                    const char    *table,
                    const char    *column,
                    gint64         row,
                    TptStatement  *statement,
                    int            index,
                    TptPack       *pack,
                    GError       **error)
{
  gsize length;
  const guint8 *sealed = tpt_statement_get_blob (statement, index, &length);

  pack->offset = 0;
  pack->failed = FALSE;
  if (!tpt_statement_check (statement, error))
    return FALSE;

  return tpt_seal_open (self->seal, table, column, row, sealed, length, pack->bytes, error);
}

/** tpt_session_check_pack: after the last field was taken: whether all of them could be read */
gboolean
tpt_session_check_pack (TptPack     *pack,
                        const char  *table,
                        gint64       row,
                        GError     **error)
{
  if (!pack->failed)
    return TRUE;
  g_set_error (error, TPT_STORE_ERROR, TPT_STORE_ERROR_CORRUPT,
               "Row %" G_GINT64_FORMAT " in “%s” cannot be read", row, table);

  return FALSE;
}

/** tpt_session_text_key: the blind index of @text, whatever the case of its letters */
gint64
tpt_session_text_key (TptSession *self,
                      const char *purpose,
                      const char *text)
{
  g_autofree char *folded = text != NULL ? tpt_text_fold (text) : NULL;

  return folded != NULL ? tpt_seal_index (self->seal, purpose, g_strstrip (folded)) : 0;
}

static gint64
make_email_key (const char *email,
                gpointer    self)
{
  return tpt_session_text_key (self, "e-mail", email);
}

gint64
tpt_session_email_key (TptSession *self,
                       const char *email)
{
  return email != NULL ? tpt_key_memo_get (&self->emails, email, make_email_key, self) : 0;
}

/**
 * tpt_session_take_row:
 * @next: (inout): where the session keeps the next row of a table
 * @sql: what gives it, asked once a transaction
 * @row: (out): one that nothing is at
 */
gboolean
tpt_session_take_row (TptSession  *self,
                      gint64      *next,
                      const char  *sql,
                      gint64      *row,
                      GError     **error)
{
  if (*next == 0 && !tpt_sqlite_query_int (self->sqlite, sql, next, error))
    return FALSE;
  *row = (*next)++;

  return TRUE;
}

/** tpt_session_lookup: the number that @sql gives for @text, 0 where it gives no row */
gboolean
tpt_session_lookup (TptSession  *self,
                    const char  *sql,
                    const char  *text,
                    gint64      *row,
                    GError     **error)
{
  g_autoptr (TptStatement) statement = tpt_session_get (self, sql);

  tpt_statement_bind_text (statement, 1, text);
  *row = tpt_statement_next (statement) ? tpt_statement_get_int (statement, 0) : 0;

  return tpt_statement_check (statement, error);
}
