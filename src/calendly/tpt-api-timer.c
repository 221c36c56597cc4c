/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-timer.h"

static gint64
system_now (gpointer user_data)
{
  return g_get_monotonic_time ();
}

static GSource *
system_after (guint    milliseconds,
              gpointer user_data)
{
  return g_timeout_source_new (milliseconds);
}

const TptApiTimer tpt_api_timer_system = {
  .now = system_now,
  .after = system_after,
};
