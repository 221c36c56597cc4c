/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tpt-command-error.h"
#include "tpt-day.h"
#include "tpt-event-type-list.h"
#include "tpt-event-types-table.h"
#include "tpt-exit-status.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

/* What a person says that an event type is for. */
typedef struct
{
  char *type;              /* a URI or a slug; from when it was looked up its URI */
  const char *category;    /* NULL: what its name says */
} Saying;

typedef struct
{
  gboolean refresh;
  GStrv categories;        /* as typed */
  GArray *sayings;         /* (element-type Saying) */
  TptEventTypeList *list;
} Options;

static void
clear_saying (gpointer data)
{
  g_free (((Saying *) data)->type);
}

static void
options_free (gpointer data)
{
  Options *options = data;

  g_strfreev (options->categories);
  g_array_unref (options->sayings);
  tpt_event_type_list_free (options->list);
  g_free (options);
}

static gboolean
parse_saying (const char  *text,
              Saying      *saying,
              GError     **error)
{
  const char *end = strrchr (text, '=');
  g_autofree char *categories = NULL;

  for (guint i = 0; end != NULL && tpt_event_type_categories[i] != NULL; i++)
    {
      if (g_str_equal (tpt_event_type_categories[i], end + 1))
        saying->category = tpt_event_type_categories[i];
    }
  if (end != NULL && end != text && (saying->category != NULL || end[1] == '\0'))
    {
      saying->type = g_strndup (text, (gsize) (end - text));
      return TRUE;
    }
  categories = g_strjoinv (", ", (char **) tpt_event_type_categories);
  g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_USAGE,
               _("“%s” is not a slug or URI, “=” and one of %s (or nothing, for what the name "
                 "says)."),
               text, categories);

  return FALSE;
}

static gboolean
parse_sayings (Options  *options,
               GError  **error)
{
  for (guint i = 0; options->categories != NULL && options->categories[i] != NULL; i++)
    {
      Saying saying = { 0 };

      if (!parse_saying (options->categories[i], &saying, error))
        return FALSE;
      g_array_append_val (options->sayings, saying);
    }

  return TRUE;
}

/* One that is switched off may be named as well, but no slug that belongs to several. */
static TptEventType *
find_type (const GPtrArray  *event_types,
           const char       *text,
           GError          **error)
{
  TptEventType *found = NULL;
  guint count = 0;

  for (guint i = 0; i < event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (event_types, i);

      if (g_strcmp0 (type->uri, text) == 0)
        return type;
      if (type->deleted || g_strcmp0 (type->slug, text) != 0)
        continue;
      found = type;
      count++;
    }
  if (count == 1)
    return found;
  if (count == 0)
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("There is no event type “%s”. “touchpointctl event-types” shows all."), text);
  else
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("Several event types are called “%s”. Name one by its URI."), text);

  return NULL;
}

static void
print_json (TptInvocation   *invocation,
            const GPtrArray *event_types)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < event_types->len; i++)
    tpt_event_type_to_json (builder, g_ptr_array_index (event_types, i));
  json_builder_end_array (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_table (TptInvocation   *invocation,
             const GPtrArray *event_types)
{
  g_autoptr (TptTable) table = tpt_table_new (_("Name"), _("Slug"), _("Minutes"), _("Category"),
                                              _("Active"), NULL);
  g_autofree char *text = NULL;

  tpt_table_shorten (table, 0);
  for (guint i = 0; i < event_types->len; i++)
    {
      TptEventType *type = g_ptr_array_index (event_types, i);
      const char *category = tpt_event_type_get_category (type);
      g_autofree char *minutes = g_strdup_printf ("%d", type->duration);

      tpt_table_add (table, type->name != NULL ? type->name : "",
                     type->slug != NULL ? type->slug : "", minutes,
                     category != NULL ? category : "",
                     type->active && !type->deleted ? _("yes") : _("no"), NULL);
    }
  text = tpt_table_to_string (table);
  tpt_invocation_print (invocation, "%s", text);
}

/* What is missing is told beside what there is. */
static void
tell_unread (TptInvocation   *invocation,
             const GPtrArray *unread)
{
  for (guint i = 0; i < unread->len; i++)
    {
      const TptSetAside *record = g_ptr_array_index (unread, i);
      g_autofree char *uri = tpt_visible_text (record->uri);
      g_autofree char *reason = tpt_visible_text (record->reason);

      tpt_invocation_message (invocation, _("Set aside: %s: %s"), uri, reason);
    }
}

static void
print (TptInvocation *invocation)
{
  Options *options = invocation->options;

  tell_unread (invocation, options->list->unread);
  if (invocation->json)
    print_json (invocation, options->list->event_types);
  else
    print_table (invocation, options->list->event_types);
  tpt_invocation_done (invocation);
}

static void
said_again_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;

  g_clear_pointer (&options->list, tpt_event_type_list_free);
  options->list = tpt_event_type_list_load_finish (TPT_STORE (source), result, &error);
  if (options->list == NULL)
    tpt_invocation_fail (invocation, error);
  else
    print (invocation);
}

static gboolean
save_func (TptSession  *session,
           gpointer     user_data,
           GError     **error)
{
  Options *options = user_data;

  for (guint i = 0; i < options->sayings->len; i++)
    {
      const Saying *saying = &g_array_index (options->sayings, Saying, i);

      if (!tpt_event_types_table_set_category (session, saying->type, saying->category, error))
        return FALSE;
    }

  return TRUE;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    tpt_invocation_fail (invocation, error);
  else
    tpt_event_type_list_load_async (TPT_STORE (source), NULL, FALSE, invocation->cancellable,
                                    said_again_cb, g_object_ref (invocation));
}

/* All of them or none. */
static void
save (TptInvocation *invocation)
{
  Options *options = invocation->options;

  for (guint i = 0; i < options->sayings->len; i++)
    {
      Saying *saying = &g_array_index (options->sayings, Saying, i);
      g_autoptr (GError) error = NULL;
      TptEventType *type = find_type (options->list->event_types, saying->type, &error);

      if (type == NULL)
        {
          tpt_invocation_fail (invocation, error);
          return;
        }
      g_free (saying->type);
      saying->type = g_strdup (type->uri);
    }
  tpt_store_transact_async (invocation->services->store, save_func, options, NULL,
                            invocation->cancellable, saved_cb, g_object_ref (invocation));
}

static void
tell_age (TptInvocation    *invocation,
          TptEventTypeList *list)
{
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autofree char *time = tpt_day_format (list->fetched_at, zone);
  const char *reason = list->failure->message;
  gboolean is_ended = *reason != '\0' && strchr (".?!", reason[strlen (reason) - 1]) != NULL;
  g_autofree char *sentence = g_strconcat (reason, is_ended ? "" : ".", NULL);

  /* Translators: a sentence that says why, a date and time */
  tpt_invocation_message (invocation, _("Couldn’t refresh: %s This is the list of %s."),
                          sentence, time);
}

/* A list of the last time is what there is while Calendly is away; whoever asked for a new one and
 * may not have it has to hear of that. */
static gboolean
is_refused (Options *options)
{
  const GError *failure = options->list->failure;

  return options->refresh && failure != NULL && tpt_exit_status_of (failure) != TPT_EXIT_OFFLINE;
}

static void
list_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;

  options->list = tpt_event_type_list_load_finish (TPT_STORE (source), result, &error);
  if (options->list == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (is_refused (options))
    {
      tpt_invocation_fail (invocation, options->list->failure);
      return;
    }
  if (options->list->failure != NULL)
    tell_age (invocation, options->list);
  if (options->sayings->len > 0)
    save (invocation);
  else
    print (invocation);
}

/* Who never connected has an empty list, and no failure. */
static void
open_cb (TptInvocation *invocation)
{
  TptServices *services = invocation->services;
  Options *options = invocation->options;
  gboolean is_asked = options->refresh
                      || tpt_connection_get_state (services->connection)
                             != TPT_CONNECTION_DISCONNECTED;

  tpt_event_type_list_load_async (services->store, is_asked ? services->engine : NULL,
                                  options->refresh, invocation->cancellable, list_cb,
                                  g_object_ref (invocation));
}

void
tpt_event_types_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "refresh", 0, 0, G_OPTION_ARG_NONE, &options->refresh, N_("Fetch the list anew"), NULL },
    { "category", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->categories,
      N_("Say what one is for: qbr, check-in, demo, onboarding, other"), N_("SLUG=CATEGORY") },
    G_OPTION_ENTRY_NULL,
  };

  options->sayings = g_array_new (FALSE, FALSE, sizeof (Saying));
  g_array_set_clear_func (options->sayings, clear_saying);
  tpt_invocation_set_options (invocation, options, options_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 0))
    return;
  if (!parse_sayings (options, &error))
    tpt_invocation_fail (invocation, error);
  else
    tpt_invocation_open (invocation, open_cb);
}
