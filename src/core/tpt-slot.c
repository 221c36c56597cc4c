/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-slot.h"

G_DEFINE_FINAL_TYPE (TptSlot, tpt_slot, G_TYPE_OBJECT)

static void
tpt_slot_finalize (GObject *object)
{
  TptSlot *self = TPT_SLOT (object);

  g_free (self->scheduling_url);

  G_OBJECT_CLASS (tpt_slot_parent_class)->finalize (object);
}

static void
tpt_slot_class_init (TptSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tpt_slot_finalize;
}

static void
tpt_slot_init (TptSlot *self)
{
}

TptSlot *
tpt_slot_new (void)
{
  return g_object_new (TPT_TYPE_SLOT, NULL);
}
