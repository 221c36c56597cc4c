/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-command.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

#include "tpt-day.h"
#include "tpt-directory.h"
#include "tpt-metrics-text.h"
#include "tpt-preference.h"

typedef struct
{
  char *customer;
  int window;
  TptDirectory *directory;
  TptCustomer *chosen;
  GArray *bookings;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_free (options->customer);
  g_clear_object (&options->directory);
  g_clear_pointer (&options->bookings, g_array_unref);
  g_free (options);
}

static void
report (TptInvocation *invocation,
        GPtrArray     *links)
{
  Options *options = invocation->options;
  g_autoptr (GTimeZone) zone = tpt_day_get_zone (invocation);
  g_autoptr (TptMetrics) one = NULL;
  g_autoptr (TptMetrics) portfolio = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GHashTable) cadences = tpt_preference_get_tier_cadences ();
  TptMetricsInput input = { options->bookings, links, zone, options->directory->now,
                            options->window,
                            cadences };

  if (options->chosen != NULL)
    {
      one = tpt_metrics_compute (&input, options->chosen);
      tpt_metrics_print (invocation, one, options->chosen, zone);
    }
  else
    {
      all = tpt_metrics_compute_all (&input, options->directory->customers);
      portfolio = tpt_metrics_compute_portfolio (&input, options->directory->customers);
      tpt_metrics_print_all (invocation, all, options->directory->customers, portfolio, zone);
    }
  tpt_invocation_done (invocation);
}

static void
links_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GError) error = NULL;

  links = tpt_store_list_links_finish (TPT_STORE (source), result, &error);
  if (links == NULL)
    tpt_invocation_fail (invocation, error);
  else
    report (invocation, links);
}

static void
bookings_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;

  options->bookings = tpt_store_list_bookings_finish (TPT_STORE (source), result, &error);
  if (options->bookings == NULL)
    tpt_invocation_fail (invocation, error);
  else
    tpt_store_list_links_async (TPT_STORE (source),
                                options->chosen != NULL ? options->chosen->id : 0,
                                invocation->cancellable, links_cb, g_object_ref (invocation));
}

static void
directory_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (TptInvocation) invocation = user_data;
  g_autoptr (GError) error = NULL;
  Options *options = invocation->options;

  options->directory = tpt_directory_load_finish (result, &error);
  if (error == NULL && options->customer != NULL)
    options->chosen = tpt_directory_choose_customer (options->directory, options->customer, &error);
  if (error != NULL)
    tpt_invocation_fail (invocation, error);
  else
    tpt_store_list_bookings_async (invocation->services->store,
                                   options->chosen != NULL ? options->chosen->id : 0,
                                   invocation->cancellable,
                                   bookings_cb, g_object_ref (invocation));
}

static void
metrics_cb (TptInvocation *invocation)
{
  tpt_directory_load_async (invocation->services->store, invocation->cancellable, directory_cb,
                            g_object_ref (invocation));
}

void
tpt_metrics_command_run (TptInvocation *invocation)
{
  Options *options = g_new0 (Options, 1);
  const GOptionEntry entries[] = {
    { "customer", 0, 0, G_OPTION_ARG_STRING, &options->customer, N_("Of this customer"),
      N_("ID|NAME") },
    { "window", 0, 0, G_OPTION_ARG_INT, &options->window, N_("30, 90, 180 or 365 days"),
      N_("DAYS") },
    G_OPTION_ENTRY_NULL,
  };

  options->window = 90;
  tpt_invocation_set_options (invocation, options, options_free);
  if (!tpt_invocation_parse (invocation, entries, 0, 0))
    return;
  if (options->window != 30 && options->window != 90 && options->window != 180
      && options->window != 365)
    tpt_invocation_fail_usage (invocation, "%s", _("--window is 30, 90, 180 or 365."));
  else
    tpt_invocation_open (invocation, metrics_cb);
}
