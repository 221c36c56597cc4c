/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-person-card.h"

TptPersonCard *
tpt_person_card_new (guint number)
{
  TptPersonCard *self = g_new0 (TptPersonCard, 1);

  self->number = number;
  self->emails = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
tpt_person_card_free (TptPersonCard *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->organization);
  g_free (self->role);
  g_ptr_array_unref (self->emails);
  g_free (self->phone);
  g_free (self->timezone);
  g_free (self->problem);
  g_free (self);
}
