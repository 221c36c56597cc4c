/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-day.h"
#include "tpt-meeting-text.h"

typedef struct
{
  char *customer;
  char *status;
  char *from;
  char *to;
  char *host;
  char *document;
  char *search;
  int limit;
  TptOutcome outcome;
  TptDirectory *directory;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_free (options->customer);
  g_free (options->status);
  g_free (options->from);
  g_free (options->to);
  g_free (options->host);
  g_free (options->document);
  g_free (options->search);
  g_clear_object (&options->directory);
  g_free (options);
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
filter (Options         *options,
        const GPtrArray *meetings)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);

      if (options->status != NULL
          && tpt_meeting_get_outcome (meeting, options->directory->now) != options->outcome)
        continue;
      if (options->search != NULL && !fits_search (meeting, options->search))
        continue;
      if (options->limit > 0 && kept->len >= (guint) options->limit)
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
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) meetings = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;

  meetings = tpt_store_list_meetings_finish (TPT_STORE (source), result, &error);
  if (meetings == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  kept = filter (options, meetings);
  tpt_meetings_print (invocation, kept, options->directory);
  tpt_invocation_done (invocation);
}

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation->services->connection);
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;
  TptMeetingQuery query = { .host_email = options->host };
  TptCustomer *customer = NULL;

  options->directory = tpt_directory_load_finish (result, &error);
  if (options->directory != NULL && options->customer != NULL)
    customer = tpt_directory_choose_customer (options->directory, options->customer, &error);
  if (error == NULL)
    tpt_day_parse_range (options->from, options->to, zone, &query.range, &error);
  if (error != NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }

  query.customer = customer != NULL ? customer->id : 0;
  tpt_store_list_meetings_async (invocation->services->store, &query, invocation->cancellable,
                                 meetings_cb, g_object_ref (invocation));
}

static void
list_cb (TptInvocation *invocation)
{
  tpt_directory_load_async (invocation->services->store, invocation->cancellable, directory_cb,
                            g_object_ref (invocation));
}

void
tpt_meetings_list_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "customer", 0, 0, G_OPTION_ARG_STRING, &options->customer, N_("Of this customer"),
      N_("ID|NAME") },
    { "status", 0, 0, G_OPTION_ARG_STRING, &options->status,
      N_("upcoming, held, canceled or no_show"), N_("STATUS") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options->from, N_("From this date on"), N_("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options->to, N_("Up to this date"), N_("DATE") },
    { "host", 0, 0, G_OPTION_ARG_STRING, &options->host, N_("Hosted by"), N_("EMAIL") },
    { "document", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->document, NULL, NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &options->search, N_("With these words"), N_("TEXT") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options->limit, N_("No more than this many"), N_("N") },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, options_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 0))
    return;
  if (options->document != NULL)
    tpt_invocation_fail_usage (invocation, "%s", _("“--document” is not there yet."));
  else if (options->limit < 0)
    tpt_invocation_fail_usage (invocation, "%s", _("--limit is a number from 1 on."));
  else if (options->status != NULL && (!tpt_outcome_from_string (options->status, &options->outcome)
                                       || options->outcome == TPT_OUTCOME_SUPERSEDED))
    tpt_invocation_fail_usage (invocation,
                               _("“%s” is no status: upcoming, held, canceled or no_show."),
                               options->status);
  else
    tpt_invocation_open (invocation, list_cb);
}
