/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-match-run.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-record-json.h"
#include "tpt-table.h"

/* What has been done, on its way to the name of the customer that it was done for. */
typedef struct
{
  TptInvocation *invocation;
  TptMatchReceipt receipt;
} Done;

typedef struct
{
  TptInvocation *invocation;
  TptMatchRunFunc make;
} Wish;

static void
print_json (TptInvocation         *invocation,
            const TptMatchReceipt *receipt,
            TptCustomer           *customer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  tpt_json_add_int (builder, "action", receipt->action);
  json_builder_set_member_name (builder, "customer");
  if (customer != NULL)
    {
      json_builder_begin_object (builder);
      tpt_json_add_int (builder, "id", customer->id);
      tpt_json_add_text (builder, "name", customer->name);
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);
  tpt_json_add_int (builder, "rematched", receipt->rematched);
  json_builder_end_object (builder);
  tpt_invocation_print_json (invocation, builder);
}

static void
print_text (TptInvocation         *invocation,
            const TptMatchReceipt *receipt,
            TptCustomer           *customer)
{
  g_autofree char *name = customer != NULL ? tpt_visible_text (customer->name) : NULL;

  if (receipt->action == 0)
    tpt_invocation_print (invocation, _("Nothing to change."));
  else if (name != NULL)
    tpt_invocation_print (invocation, _("Done: %s."), name);
  else
    tpt_invocation_print (invocation, _("Done."));
  if (receipt->rematched > 0)
    tpt_invocation_print (invocation,
                          ngettext ("%u invitee of the past was matched anew.",
                                    "%u invitees of the past were matched anew.",
                                    receipt->rematched),
                          receipt->rematched);
  if (receipt->action != 0)
    tpt_invocation_print (invocation, _("“touchpointctl match undo” takes it back."));
}

static void
named_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Done *done = user_data;
  g_autoptr (TptInvocation) invocation = done->invocation;
  g_autoptr (TptDirectory) directory = NULL;
  g_autoptr (GError) error = NULL;
  TptCustomer *customer;

  directory = tpt_directory_load_finish (result, &error);
  if (directory == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  customer = tpt_directory_find_customer (directory, done->receipt.customer);
  if (invocation->json)
    print_json (invocation, &done->receipt, customer);
  else
    print_text (invocation, &done->receipt, customer);
  tpt_invocation_done (invocation);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  TptMatchReceipt receipt;
  Done *done;

  if (!tpt_match_inbox_act_finish (TPT_MATCH_INBOX (source), result, &receipt, &error))
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  done = g_new0 (Done, 1);
  done->receipt = receipt;
  done->invocation = g_object_ref (invocation);
  tpt_directory_load_async (invocation->services->store, invocation->cancellable, named_cb, done);
}

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Wish *wish = user_data;
  g_autoptr (TptInvocation) invocation = wish->invocation;
  g_autoptr (TptDirectory) directory = NULL;
  g_autoptr (GError) error = NULL;
  TptMatchAct *act = NULL;

  directory = tpt_directory_load_finish (result, &error);
  if (directory != NULL)
    act = wish->make (invocation, directory, &error);
  if (act == NULL)
    tpt_invocation_fail (invocation, error);
  else
    tpt_match_run_act (invocation, act);
}

/** tpt_match_run: does what @make says, prints what was done and ends the command */
void
tpt_match_run (TptInvocation   *invocation,
               TptMatchRunFunc  make)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->invocation = g_object_ref (invocation);
  wish->make = make;
  tpt_directory_load_async (invocation->services->store, invocation->cancellable, directory_cb,
                            wish);
}

/** tpt_match_run_act: @act: (transfer full): as tpt_match_run () */
void
tpt_match_run_act (TptInvocation *invocation,
                   TptMatchAct   *act)
{
  tpt_match_inbox_act_async (invocation->services->inbox, act, invocation->cancellable, acted_cb,
                             g_object_ref (invocation));
}
