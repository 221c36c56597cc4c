/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lets a few in at once and keeps the others in a line that has an end. One thread's. */
typedef struct _TptRelayTurnstile TptRelayTurnstile;

/* It is somebody's turn. */
typedef void (*TptRelayTurnstileFunc) (gpointer who);

TptRelayTurnstile *tpt_relay_turnstile_new      (guint                  at_once,
                                                 guint                  line,
                                                 TptRelayTurnstileFunc  enter);
void               tpt_relay_turnstile_free     (TptRelayTurnstile     *self);
gboolean           tpt_relay_turnstile_line_up  (TptRelayTurnstile     *self,
                                                 gpointer               who);
gboolean           tpt_relay_turnstile_step_out (TptRelayTurnstile     *self,
                                                 gpointer               who);
void               tpt_relay_turnstile_leave    (TptRelayTurnstile     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRelayTurnstile, tpt_relay_turnstile_free)

G_END_DECLS
