/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-pulse.h"

#include "tpt-sync-plan.h"

struct _TptPulse
{
  GObject parent_instance;

  guint failures;          /* in a row */
  guint timer;
  gboolean is_on;
  gboolean is_relay_live;
};

enum
{
  BEAT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptPulse, tpt_pulse, G_TYPE_OBJECT)

static gboolean
timer_cb (gpointer user_data)
{
  TptPulse *self = user_data;

  self->timer = 0;
  g_signal_emit (self, signals[BEAT], 0);

  return G_SOURCE_REMOVE;
}

static void
wait_for_next (TptPulse *self)
{
  TptTime pause;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->is_on)
    return;

  pause = tpt_sync_plan_get_pause (self->is_relay_live, self->failures, g_random_double ());
  self->timer = g_timeout_add ((guint) (pause / 1000), timer_cb, self);
}

static void
network_cb (TptPulse *self,
            gboolean  is_available)
{
  if (is_available && self->failures > 0)
    tpt_pulse_wake (self);
}

static void
tpt_pulse_finalize (GObject *object)
{
  TptPulse *self = TPT_PULSE (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (tpt_pulse_parent_class)->finalize (object);
}

static void
tpt_pulse_class_init (TptPulseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_pulse_finalize;

  signals[BEAT] = g_signal_new ("beat", TPT_TYPE_PULSE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
tpt_pulse_init (TptPulse *self)
{
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
}

TptPulse *
tpt_pulse_new (void)
{
  return g_object_new (TPT_TYPE_PULSE, NULL);
}

/* Beats at once, then after each pause. */
void
tpt_pulse_start (TptPulse *self)
{
  if (self->is_on)
    return;

  self->is_on = TRUE;
  tpt_pulse_wake (self);
}

void
tpt_pulse_stop (TptPulse *self)
{
  self->is_on = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
}

gboolean
tpt_pulse_is_on (TptPulse *self)
{
  return self->is_on;
}

/* Something may have been missed: beats as soon as the main loop comes by. */
void
tpt_pulse_wake (TptPulse *self)
{
  if (!self->is_on)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_idle_add (timer_cb, self);
}

/* Whether bookings are heard of at once, so that looking for them can wait. */
void
tpt_pulse_set_relay_live (TptPulse *self,
                          gboolean  is_live)
{
  if (self->is_relay_live == is_live)
    return;

  self->is_relay_live = is_live;
  wait_for_next (self);
}

/* A sync has ended, whoever asked for it: the pause begins anew. */
void
tpt_pulse_note (TptPulse *self,
                gboolean  failed)
{
  self->failures = failed ? self->failures + 1 : 0;
  wait_for_next (self);
}
