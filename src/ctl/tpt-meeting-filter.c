/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-meeting-filter.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-command-error.h"
#include "tpt-day.h"

typedef struct
{
  TptMeetingFilter *filter;
  TptServices *services;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->services);
  g_free (load);
}

static gboolean
contains (const char *text,
          const char *wanted)
{
  return text != NULL && g_str_match_string (wanted, text, TRUE);
}

/* Every word of the search begins a word of one of these texts. */
static gboolean
fits_search (TptMeeting *meeting,
             const char *wanted)
{
  if (contains (meeting->name, wanted) || contains (meeting->notes_plain, wanted))
    return TRUE;
  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      TptHost *host = g_ptr_array_index (meeting->hosts, i);

      if (contains (host->name, wanted) || contains (host->email, wanted))
        return TRUE;
    }
  for (guint i = 0; i < meeting->invitees->len; i++)
    {
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, i);

      if (contains (invitee->name, wanted) || contains (invitee->email, wanted))
        return TRUE;
      for (guint j = 0; j < invitee->answers->len; j++)
        {
          if (contains (((TptAnswer *) g_ptr_array_index (invitee->answers, j))->answer, wanted))
            return TRUE;
        }
    }

  return FALSE;
}

static GPtrArray *
filter (TptMeetingFilter *self,
        const GPtrArray  *meetings)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (self->status != NULL
          && tpt_directory_get_outcome (self->directory, meeting) != self->outcome)
        continue;
      if (self->search != NULL && !fits_search (meeting, self->search))
        continue;
      if (kept->len >= self->limit)
        break;
      g_ptr_array_add (kept, g_object_ref (meeting));
    }

  return kept;
}

static void
meetings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GError) error = NULL;
  Load *load = g_task_get_task_data (task);

  meetings = tpt_store_list_meetings_finish (TPT_STORE (source), result, &error);
  if (meetings == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, filter (load->filter, meetings),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Load *load = g_task_get_task_data (task);
  TptMeetingFilter *self = load->filter;
  TptUser *account = tpt_connection_get_account (load->services->connection);
  g_autoptr (GTimeZone) zone = tpt_user_make_zone (account);
  TptMeetingQuery query = { .host_email = self->host };
  TptCustomer *customer = NULL;

  self->directory = tpt_directory_load_finish (result, &error);
  if (self->directory != NULL && self->customer != NULL)
    customer = tpt_directory_choose_customer (self->directory, self->customer, &error);
  if (error == NULL)
    tpt_day_parse_range (self->from, self->to, zone, &query.range, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  query.customer = customer != NULL ? customer->id : 0;
  self->directory->customer = query.customer;
  tpt_store_list_meetings_async (load->services->store, &query, g_task_get_cancellable (task),
                                 meetings_cb, g_object_ref (task));
}

TptMeetingFilter *
tpt_meeting_filter_new (void)
{
  TptMeetingFilter *self = g_new0 (TptMeetingFilter, 1);

  self->limit = G_MAXUINT64;

  return self;
}

void
tpt_meeting_filter_free (TptMeetingFilter *self)
{
  g_free (self->customer);
  g_free (self->status);
  g_free (self->from);
  g_free (self->to);
  g_free (self->host);
  g_free (self->document);
  g_free (self->search);
  g_free (self->most);
  g_clear_object (&self->directory);
  g_free (self);
}

/**
 * tpt_meeting_filter_make_entries:
 * @more: what else the command knows, with an end
 *
 * Returns: (transfer full): options for tpt_invocation_parse (), which write into @self
 */
GOptionEntry *
tpt_meeting_filter_make_entries (TptMeetingFilter   *self,
                                 const GOptionEntry *more)
{
  const GOptionEntry own[] = {
    { "customer", 0, 0, G_OPTION_ARG_STRING, &self->customer, N_("Of this customer"),
      N_("ID|NAME") },
    { "status", 0, 0, G_OPTION_ARG_STRING, &self->status,
      N_("upcoming, held, canceled or no_show"), N_("STATUS") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &self->from, N_("From this date on"), N_("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &self->to, N_("Up to this date"), N_("DATE") },
    { "host", 0, 0, G_OPTION_ARG_STRING, &self->host, N_("Hosted by"), N_("EMAIL") },
    { "document", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &self->document, NULL, NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &self->search, N_("With these words"), N_("TEXT") },
    { "limit", 0, 0, G_OPTION_ARG_STRING, &self->most, N_("No more than this many"), N_("N") },
  };
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
  for (guint i = 0; more[i].long_name != NULL; i++)
    g_array_append_val (entries, more[i]);

  return (GOptionEntry *) (gpointer) g_array_free (g_steal_pointer (&entries), FALSE);
}

/** tpt_meeting_filter_check: whether what was typed makes sense; else %TPT_COMMAND_ERROR_USAGE */
gboolean
tpt_meeting_filter_check (TptMeetingFilter  *self,
                          GError           **error)
{
  if (self->document != NULL)
    g_set_error_literal (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE,
                         _("“--document” is not there yet."));
  else if (self->most != NULL
           && !g_ascii_string_to_unsigned (self->most, 10, 1, G_MAXUINT64, &self->limit, NULL))
    g_set_error_literal (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE,
                         _("--limit is a number from 1 on."));
  else if (self->status != NULL && (!tpt_outcome_from_string (self->status, &self->outcome)
                                    || self->outcome == TPT_OUTCOME_SUPERSEDED))
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE,
                 _("“%s” is no status: upcoming, held, canceled or no_show."), self->status);
  else
    return TRUE;

  return FALSE;
}

/**
 * tpt_meeting_filter_load_async:
 * @self: has to outlive the call
 *
 * Finds the meetings, ordered by their start, and the directory of whom they speak of.
 */
void
tpt_meeting_filter_load_async (TptMeetingFilter    *self,
                               TptServices         *services,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->filter = self;
  load->services = g_object_ref (services);
  g_task_set_source_tag (task, tpt_meeting_filter_load_async);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  tpt_directory_load_async (services->store, cancellable, directory_cb, task);
}

/** tpt_meeting_filter_load_finish: (transfer full) (element-type TptMeeting) (nullable) */
GPtrArray *
tpt_meeting_filter_load_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
