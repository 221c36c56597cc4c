/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Stands between a relay and the socket of its database, and hands everything on, until a word
 * comes by for which it was set: from then on that connection is as good as dead, but open. */
typedef struct _Stall Stall;

Stall *stall_new  (const char *directory,
                   const char *target);
void   stall_set  (Stall      *self,
                   const char *word);
void   stall_free (Stall      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stall, stall_free)
