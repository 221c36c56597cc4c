/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-customer-text.h"
#include "tpt-directory.h"

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (TptDirectory) directory = NULL;
  g_autoptr (GError) error = NULL;
  TptCustomer *customer = NULL;

  directory = tpt_directory_load_finish (result, &error);
  if (directory != NULL)
    customer = tpt_directory_choose_customer (directory, invocation->arguments[0], &error);
  if (customer == NULL)
    {
      tpt_invocation_fail (invocation, error);
      return;
    }
  tpt_customer_print (invocation, customer);
  tpt_invocation_done (invocation);
}

static void
show_cb (TptInvocation *invocation)
{
  tpt_directory_load_async (invocation->services->store, invocation->cancellable, directory_cb,
                            g_object_ref (invocation));
}

void
tpt_customers_show_command_run (TptInvocation *invocation)
{
  if (tpt_invocation_parse (invocation, NULL, 1, 1))
    tpt_invocation_open (invocation, show_cb);
}
