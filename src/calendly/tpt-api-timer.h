/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptApiTimer:
 * @now: microseconds on a clock that never jumps
 * @after: (transfer full): a source, not attached yet, that is ready @milliseconds from now
 *
 * How the client waits, so that a test need not.
 */
typedef struct
{
  gint64   (*now)   (gpointer user_data);
  GSource *(*after) (guint    milliseconds,
                     gpointer user_data);
  gpointer user_data;
} TptApiTimer;

extern const TptApiTimer tpt_api_timer_system;

G_END_DECLS
