/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-time.h"

G_BEGIN_DECLS

#define TPT_TYPE_SLOT (tpt_slot_get_type ())

G_DECLARE_FINAL_TYPE (TptSlot, tpt_slot, TPT, SLOT, GObject)

/* A time that can be booked. Filled by who makes it, read-only from then on. */
struct _TptSlot
{
  GObject parent_instance;

  char *scheduling_url;    /* the page of just this time */
  TptTime start;
  int places;              /* how many can still book it */
};

TptSlot *tpt_slot_new (void);

G_END_DECLS
