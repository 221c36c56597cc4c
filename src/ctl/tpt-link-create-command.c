/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-clipboard.h"
#include "tpt-command-error.h"
#include "tpt-email.h"
#include "tpt-event-type-list.h"
#include "tpt-preference.h"
#include "tpt-record-json.h"
#include "tpt-table.h"

typedef struct
{
  char *customer;
  char *stakeholder;
  char *email;             /* that one in its normal form, or NULL */
  char *event_type;
  char *document;
  char *template;
  gboolean reusable;
  gboolean copy;
  gboolean is_listed;      /* the list of event types is as new as it gets */
  TptDirectory *directory;
  TptLink *link;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_free (options->customer);
  g_free (options->stakeholder);
  g_free (options->email);
  g_free (options->event_type);
  g_free (options->document);
  g_free (options->template);
  g_clear_object (&options->directory);
  g_clear_object (&options->link);
  g_free (options);
}

static void
finish (TptInvocation *invocation)
{
  Options *options = invocation->options;
  g_autoptr (JsonBuilder) builder = NULL;

  if (invocation->json)
    {
      builder = json_builder_new ();
      tpt_link_to_json (builder, options->link, options->directory);
      tpt_invocation_print_json (invocation, builder);
    }
  else
    tpt_invocation_print (invocation, "%s", options->link->url);
  tpt_invocation_done (invocation);
}

/* The link is made, whatever becomes of the copy. */
static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (tpt_clipboard_copy_finish (result, &error))
    tpt_invocation_message (invocation, "%s", _("Copied."));
  else
    tpt_invocation_message (invocation, _("Not copied: %s"),
                            g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                              ? _("Canceled.") : error->message);
  finish (invocation);
}

/* What was chosen for the person, and why. */
static void
tell_choice (TptInvocation *invocation,
             TptLink       *link)
{
  g_autofree char *name = tpt_visible_text (link->event_type_name);

  if (link->reason != NULL)
    /* Translators: name of an event type (a sentence that says why it was chosen) */
    tpt_invocation_message (invocation, _("Event type: %s (%s)"), name, link->reason);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;

  options->link = tpt_link_maker_make_finish (TPT_LINK_MAKER (source), result, &error);
  if (options->link != NULL)
    tell_choice (invocation, options->link);
  if (options->link == NULL)
    tpt_invocation_fail (invocation, error);
  else if (options->copy)
    tpt_clipboard_copy_async (options->link->url, invocation->copy, invocation->copy_data,
                              invocation->cancellable,
                              copied_cb, g_object_ref (invocation));
  else
    finish (invocation);
}

/* The link is for the address that was named, even where it is not the first of theirs. */
static void
choose_stakeholder (TptLinkRequest  *request,
                    Options         *options,
                    GError         **error)
{
  g_free (options->email);
  options->email = tpt_email_normalize (options->stakeholder);
  request->stakeholder = tpt_customer_find_stakeholder (request->customer, options->email);
  if (request->stakeholder != NULL)
    request->email = options->email;
  else
    g_set_error (error, TPT_COMMAND_ERROR, TPT_COMMAND_ERROR_NOT_FOUND,
                 _("“%s” is not the address of a stakeholder of this customer."),
                 options->stakeholder);
}

static int
get_tier_cadence (TptCustomer *customer)
{
  g_autoptr (GHashTable) cadences = tpt_preference_get_tier_cadences ();

  return customer->tier != NULL
           ? GPOINTER_TO_INT (g_hash_table_lookup (cadences, customer->tier))
           : 0;
}

static void create_cb (TptInvocation *invocation);

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptEventTypeList) list = NULL;
  Options *options = invocation->options;

  list = tpt_event_type_list_load_finish (TPT_STORE (source), result, &error);
  options->is_listed = TRUE;
  g_clear_object (&options->directory);
  if (list == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  if (list->failure != NULL)
    /* Translators: a sentence that says why */
    tpt_invocation_message (invocation, _("Couldn’t refresh: %s"), list->failure->message);
  create_cb (invocation);
}

/* That there is no such event type is only true of a list that has come, and not long ago. */
static void
list_event_types (TptInvocation *invocation)
{
  tpt_event_type_list_load_async (invocation->services->store, invocation->services->engine,
                                  FALSE, invocation->cancellable, listed_cb,
                                  g_object_ref (invocation));
}

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;
  TptLinkRequest request = {
    .kind = options->reusable ? TPT_LINK_REUSABLE : TPT_LINK_SINGLE_USE,
    .origin = "cli",
  };

  gboolean is_asked = FALSE;

  options->directory = tpt_directory_load_finish (result, &error);
  if (error == NULL)
    request.customer = tpt_directory_choose_customer (options->directory, options->customer,
                                                      &error);
  if (error == NULL)
    request.cadence_days = get_tier_cadence (request.customer);
  if (error == NULL && options->stakeholder != NULL)
    choose_stakeholder (&request, options, &error);
  if (error == NULL && options->event_type != NULL)
    {
      request.event_type = tpt_directory_choose_event_type (options->directory,
                                                            options->event_type, &error);
      is_asked = request.event_type == NULL && !options->is_listed;
    }
  if (is_asked)
    list_event_types (invocation);
  else if (error != NULL)
    tpt_invocation_fail (invocation, error);
  else
    tpt_link_maker_make_async (invocation->services->link_maker, &request, invocation->cancellable,
                               made_cb, g_object_ref (invocation));
}

static void
create_cb (TptInvocation *invocation)
{
  tpt_directory_load_async (invocation->services->store, invocation->cancellable, directory_cb,
                            g_object_ref (invocation));
}

void
tpt_link_create_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "customer", 0, 0, G_OPTION_ARG_STRING, &options->customer, N_("For this customer"),
      N_("ID|NAME") },
    { "stakeholder", 0, 0, G_OPTION_ARG_STRING, &options->stakeholder, N_("For this person"),
      N_("EMAIL") },
    { "event-type", 0, 0, G_OPTION_ARG_STRING, &options->event_type, N_("To book this"),
      N_("URI|SLUG") },
    { "document", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->document, NULL, NULL },
    { "template", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->template, NULL, NULL },
    { "reusable", 0, 0, G_OPTION_ARG_NONE, &options->reusable, N_("A link that can be used again"),
      NULL },
    { "copy", 0, 0, G_OPTION_ARG_NONE, &options->copy, N_("Put it on the clipboard"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  tpt_invocation_set_options (invocation, options, options_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 0))
    return;
  if (options->document != NULL || options->template != NULL)
    tpt_invocation_fail_usage (invocation, _("“%s” is not there yet."),
                               options->document != NULL ? "--document" : "--template");
  else if (options->customer == NULL)
    tpt_invocation_fail_usage (invocation, "%s", _("Say for whom, with --customer."));
  else
    tpt_invocation_open (invocation, create_cb);
}
