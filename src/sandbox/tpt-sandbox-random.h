/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small generator of our own: the same seed gives the same world with every GLib on every
 * machine. */
typedef struct
{
  guint64 state;
} TptSandboxRandom;

void     tpt_sandbox_random_seed   (TptSandboxRandom *self,
                                    guint64           seed);
guint    tpt_sandbox_random_below  (TptSandboxRandom *self,
                                    guint             limit);
int      tpt_sandbox_random_range  (TptSandboxRandom *self,
                                    int               least,
                                    int               most);
gboolean tpt_sandbox_random_chance (TptSandboxRandom *self,
                                    guint             percent);
char    *tpt_sandbox_random_id     (TptSandboxRandom *self);
char    *tpt_sandbox_random_short  (TptSandboxRandom *self);
char    *tpt_sandbox_random_uuid   (TptSandboxRandom *self);
char    *tpt_sandbox_random_hex    (TptSandboxRandom *self,
                                    guint             length);
char    *tpt_sandbox_random_code   (TptSandboxRandom *self);

G_END_DECLS
