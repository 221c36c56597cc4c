/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tasks that must not meet each other: each begins when the one before has returned. To be kept in
 * their source object, and all zeros at first. */
typedef struct
{
  gboolean is_taken;
  GQueue waiting;
} TptTurns;

/* Begins, and takes @task. */
typedef void (*TptTurnFunc) (GTask *task);

void tpt_turns_push (TptTurns    *self,
                     GTask       *task,
                     TptTurnFunc  func);

G_END_DECLS
