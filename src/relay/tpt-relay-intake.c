/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-intake.h"

/**
 * tpt_relay_intake_begin:
 * @bytes: what came now, which must live until the end; behind what waits
 */
void
tpt_relay_intake_begin (TptRelayIntake *self,
                        const guint8   *bytes,
                        gsize           length)
{
  if (self->waiting == NULL)
    {
      self->at = bytes;
      self->left = length;
      return;
    }
  if (length > 0)
    g_byte_array_append (self->waiting, bytes, (guint) length);
  self->at = self->waiting->data;
  self->left = self->waiting->len;
}

void
tpt_relay_intake_take (TptRelayIntake *self,
                       gsize           length)
{
  g_return_if_fail (length <= self->left);

  self->at += length;
  self->left -= length;
}

/* What was not taken waits. */
void
tpt_relay_intake_end (TptRelayIntake *self)
{
  g_autoptr (GByteArray) looked_at = g_steal_pointer (&self->waiting);

  if (self->left > 0 && looked_at != NULL && looked_at->len == self->left)
    {
      self->waiting = g_steal_pointer (&looked_at);
    }
  else if (self->left > 0)
    {
      self->waiting = g_byte_array_new ();
      g_byte_array_append (self->waiting, self->at, (guint) self->left);
    }
  self->at = NULL;
  self->left = 0;
}

void
tpt_relay_intake_clear (TptRelayIntake *self)
{
  self->at = NULL;
  self->left = 0;
  g_clear_pointer (&self->waiting, g_byte_array_unref);
}

/* Whether there is anything that was not taken. */
gboolean
tpt_relay_intake_has_more (const TptRelayIntake *self)
{
  return self->at != NULL ? self->left > 0 : self->waiting != NULL;
}

/* How many bytes wait for more. */
gsize
tpt_relay_intake_get_held (const TptRelayIntake *self)
{
  return self->waiting != NULL ? self->waiting->len : 0;
}
