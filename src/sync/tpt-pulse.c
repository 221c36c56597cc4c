/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-pulse.h"

#include "tpt-sync-plan.h"

struct _TptPulse
{
  GObject parent_instance;

  const TptPulseTimer *timer;
  GSource *source;         /* of the next beat */
  guint failures;          /* in a row */
  gboolean is_on;
  gboolean is_relay_live;
  gboolean is_woken;       /* the next beat is due now */
};

enum
{
  BEAT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptPulse, tpt_pulse, G_TYPE_OBJECT)

static void
forget_beat (TptPulse *self)
{
  self->is_woken = FALSE;
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static gboolean
beat_cb (gpointer user_data)
{
  TptPulse *self = user_data;

  forget_beat (self);
  g_signal_emit (self, signals[BEAT], 0);

  return G_SOURCE_REMOVE;
}

static void
wait_for_next (TptPulse *self,
               TptTime   pause)
{
  forget_beat (self);
  if (!self->is_on)
    return;

  self->source = self->timer->after (pause, self->timer->user_data);
  g_source_set_callback (self->source, beat_cb, self, NULL);
  g_source_attach (self->source, NULL);
}

static void
wait_as_usual (TptPulse *self)
{
  wait_for_next (self, tpt_sync_plan_get_pause (self->is_relay_live, self->failures,
                                                g_random_double ()));
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
  forget_beat (TPT_PULSE (object));

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
  self->timer = &tpt_pulse_timer_system;
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
}

TptPulse *
tpt_pulse_new (void)
{
  return g_object_new (TPT_TYPE_PULSE, NULL);
}

/* @timer has to outlive the pulse. */
void
tpt_pulse_set_timer (TptPulse            *self,
                     const TptPulseTimer *timer)
{
  self->timer = timer;
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
  forget_beat (self);
}

gboolean
tpt_pulse_is_on (TptPulse *self)
{
  return self->is_on;
}

/* Something may have been missed: beats as soon as the main loop comes by, however often that is
 * said until then. */
void
tpt_pulse_wake (TptPulse *self)
{
  wait_for_next (self, 0);
  self->is_woken = self->is_on;
}

/* Whether bookings are heard of at once, so that looking for them can wait; not so for what was
 * missed before. */
void
tpt_pulse_set_relay_live (TptPulse *self,
                          gboolean  is_live)
{
  if (self->is_relay_live == is_live)
    return;

  self->is_relay_live = is_live;
  if (!self->is_woken)
    wait_as_usual (self);
}

/* A sync has ended, whoever asked for it: the pause begins anew. */
void
tpt_pulse_note (TptPulse *self,
                gboolean  failed)
{
  self->failures = failed ? self->failures + 1 : 0;
  wait_as_usual (self);
}
