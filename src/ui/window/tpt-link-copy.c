/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-config.h"

#include "tpt-link-copy.h"

#include "tpt-literal.h"

#include <glib/gi18n.h>

/* The sentence names who and what, so that a link never goes to the wrong person unseen. */
static char *
describe (TptLink *link)
{
  g_autofree char *customer = tpt_literal_part (link->customer_name);
  g_autofree char *who = NULL;
  g_autofree char *what = NULL;

  if (link->event_type_name == NULL)
    what = g_strdup (_("Booking link"));
  else
    what = tpt_literal_part (link->event_type_name);
  if (link->invitee_name == NULL && link->invitee_email == NULL)
    /* Translators: name of an event type, name of a customer */
    return g_strdup_printf (_("Copied: %s for %s"), what, customer);
  who = tpt_literal_part (link->invitee_name != NULL ? link->invitee_name : link->invitee_email);

  /* Translators: name of an event type, name of a person, name of the person's company */
  return g_strdup_printf (_("Copied: %s for %s, %s"), what, who, customer);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptLink) link = NULL;

  link = tpt_link_maker_make_finish (TPT_LINK_MAKER (source), result, &error);
  if (link == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  gdk_clipboard_set_text (g_task_get_task_data (task), link->url);
  g_task_return_pointer (task, describe (link), g_free);
}

/**
 * tpt_link_copy_async:
 * @customer: for whom; the right stakeholder and the recommended event type are chosen
 * @origin: the place that it is made from, for the ledger
 *
 * Makes a single-use link and puts it on @clipboard.
 */
void
tpt_link_copy_async (TptWorkspace        *workspace,
                     TptCustomer         *customer,
                     const char          *origin,
                     GdkClipboard        *clipboard,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, NULL, callback, user_data);
  TptLinkRequest request = { .customer = customer, .kind = TPT_LINK_SINGLE_USE, .origin = origin };
  TptCustomerItem *item;
  TptMetrics *metrics;

  g_return_if_fail (TPT_IS_WORKSPACE (workspace));
  g_return_if_fail (TPT_IS_CUSTOMER (customer));

  item = tpt_portfolio_find (workspace->portfolio, customer->id);
  metrics = item != NULL ? tpt_customer_item_get_metrics (item) : NULL;
  request.cadence_days = metrics != NULL ? metrics->cadence_days : 0;
  g_task_set_source_tag (task, tpt_link_copy_async);
  g_task_set_task_data (task, g_object_ref (clipboard), g_object_unref);
  if (!tpt_workspace_is_connected (workspace) || workspace->link_maker == NULL)
    {
      g_task_return_new_error (task, TPT_CONNECTION_ERROR, TPT_CONNECTION_ERROR_NOT_CONNECTED, "%s",
                               _("Connect your Calendly account first"));
      return;
    }
  tpt_link_maker_make_async (workspace->link_maker, &request, NULL, made_cb,
                             g_steal_pointer (&task));
}

/**
 * tpt_link_copy_finish:
 *
 * Returns: (transfer full): the sentence that tells what was copied for whom
 */
char *
tpt_link_copy_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
