/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "relay-fixture.h"

/* A relay whose disk and clock obey the test, see relay-hold.c, and which has one device. @ahead:
 * seconds */
typedef struct
{
  Relay  *relay;
  Device *alice;
  char   *gate;
  gint64 *ahead;
  int     lock;
} Held;

void     held_set_up     (Held          *self,
                          gconstpointer  user_data);
void     held_tear_down  (Held          *self,
                          gconstpointer  user_data);
void     held_hold       (Held          *self,
                          const char    *what);
void     held_let_go     (Held          *self);
gboolean held_is_reached (gpointer       data);
gboolean held_is_writing (gpointer       data);
gboolean held_is_well    (gpointer       data);
