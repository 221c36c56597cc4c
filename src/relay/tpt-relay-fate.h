/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptRelayFate:
 *
 * Whether a request is carried out or its client told that it took too long, whichever is decided
 * first: never both. From any thread, but for tpt_relay_fate_open ().
 */
typedef struct
{
  gint state; /* private, atomic */
} TptRelayFate;

void     tpt_relay_fate_open    (TptRelayFate *self);
gboolean tpt_relay_fate_begin   (TptRelayFate *self);
gboolean tpt_relay_fate_end     (TptRelayFate *self);
gboolean tpt_relay_fate_is_over (TptRelayFate *self);

G_END_DECLS
