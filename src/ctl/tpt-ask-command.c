/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-assistant.h"
#include "tpt-day.h"
#include "tpt-meeting-text.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

typedef struct
{
  TptAssistant *assistant;
  TptReply *reply;
} Progress;

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_clear_object (&progress->assistant);
  g_clear_object (&progress->reply);
  g_free (progress);
}

static void
add_arguments (JsonBuilder *builder,
               TptReply    *reply)
{
  json_builder_set_member_name (builder, "arguments");
  json_builder_begin_object (builder);
  if (reply->name != NULL)
    tpt_json_add_text (builder, "name", reply->name);
  if (reply->customer != NULL)
    tpt_json_add_text (builder, "customer", reply->customer->name);
  if (reply->stakeholder != NULL)
    tpt_json_add_text (builder, "stakeholder",
                       reply->email != NULL ? reply->email
                                            : tpt_stakeholder_get_email (reply->stakeholder));
  if (reply->name != NULL)
    tpt_json_add_bool (builder, "with_me", reply->with_me);
  json_builder_end_object (builder);
}

static void
add_result (JsonBuilder  *builder,
            TptReply     *reply,
            TptDirectory *directory)
{
  json_builder_set_member_name (builder, "result");
  if (reply->link != NULL)
    tpt_link_to_json (builder, reply->link, directory);
  else if (reply->meetings != NULL)
    {
      json_builder_begin_array (builder);
      for (guint i = 0; i < reply->meetings->len; i++)
        tpt_meeting_to_json (builder, g_ptr_array_index (reply->meetings, i), directory);
      json_builder_end_array (builder);
    }
  else
    json_builder_add_null_value (builder);
}

static void
print_json (TptInvocation *invocation,
            TptReply      *reply,
            TptDirectory  *directory)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  tpt_json_add_text (builder, "intent", reply->intent);
  add_arguments (builder, reply);
  tpt_json_add_text (builder, "answer", reply->text);
  add_result (builder, reply, directory);
  if (reply->candidates != NULL)
    {
      json_builder_set_member_name (builder, "candidates");
      json_builder_begin_array (builder);
      for (guint i = 0; i < reply->candidates->len; i++)
        json_builder_add_string_value (builder, g_ptr_array_index (reply->candidates, i));
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_text (TptInvocation *invocation,
            TptReply      *reply,
            TptDirectory  *directory)
{
  g_autofree char *text = tpt_visible_text (reply->text);

  if (reply->meetings != NULL)
    tpt_day_tell_zone (invocation);
  tpt_invocation_print (invocation, "%s", text);
  if (reply->meetings != NULL && reply->meetings->len > 0
      && g_strcmp0 (reply->intent, "show-bookings") == 0)
    tpt_meetings_print (invocation, reply->meetings, directory);
}

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (TptDirectory) directory = NULL;
  g_autoptr (GError) error = NULL;
  Progress *progress = invocation->options;

  directory = tpt_directory_load_finish (result, &error);
  if (directory == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (progress->reply->customer != NULL)
    directory->customer = progress->reply->customer->id;

  if (invocation->json)
    print_json (invocation, progress->reply, directory);
  else if (progress->reply->resolved)
    print_text (invocation, progress->reply, directory);
  else
    {
      g_autofree char *text = tpt_visible_text (progress->reply->text);

      tpt_invocation_message (invocation, "%s", text);
    }
  tpt_invocation_end (invocation, progress->reply->resolved ? TPT_EXIT_DONE : TPT_EXIT_FAILED);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Progress *progress = invocation->options;

  progress->reply = tpt_assistant_ask_finish (TPT_ASSISTANT (source), result, &error);
  if (progress->reply == NULL)
    tpt_invocation_fail (invocation, error);
  else
    tpt_directory_load_async (invocation->services->store, invocation->cancellable, directory_cb,
                              g_object_ref (invocation));
}

static void
ask_cb (TptInvocation *invocation)
{
  TptServices *services = invocation->services;
  Progress *progress = invocation->options;
  g_autofree char *sentence = g_strjoinv (" ", invocation->arguments);

  progress->assistant = tpt_assistant_new (services->store, services->connection,
                                           services->link_maker);
  tpt_assistant_ask_async (progress->assistant, sentence, "cli", invocation->cancellable, asked_cb,
                           g_object_ref (invocation));
}

void
tpt_ask_command_run (TptInvocation *invocation)
{
  tpt_invocation_set_options (invocation, g_new0 (Progress, 1), progress_free);
  if (tpt_invocation_parse (invocation, NULL, 1, G_MAXUINT))
    tpt_invocation_open (invocation, ask_cb);
}
