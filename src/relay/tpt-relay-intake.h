/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TptRelayIntake:
 * @at: what is being looked at, between begin and end
 * @left: how much of it has not been taken
 *
 * Bytes of a connection on their way in. What is taken at once is never copied; what is left over
 * waits for more, in no more room than it needs.
 */
typedef struct
{
  const guint8 *at;
  gsize         left;
  /*< private >*/
  GByteArray   *waiting;   /* NULL where there is nothing */
} TptRelayIntake;

void     tpt_relay_intake_begin    (TptRelayIntake        *self,
                                    const guint8          *bytes,
                                    gsize                  length);
void     tpt_relay_intake_take     (TptRelayIntake        *self,
                                    gsize                  length);
void     tpt_relay_intake_end      (TptRelayIntake        *self);
void     tpt_relay_intake_clear    (TptRelayIntake        *self);
gboolean tpt_relay_intake_has_more (const TptRelayIntake  *self);
gsize    tpt_relay_intake_get_held (const TptRelayIntake  *self);

G_END_DECLS
