/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-token-store.h"

G_BEGIN_DECLS

#define TPT_TYPE_UNLOCK_WATCH (tpt_unlock_watch_get_type ())

/**
 * TptUnlockWatch:
 *
 * Looks every few seconds, without asking anybody, whether a locked keyring was unlocked meanwhile:
 * by another program, or by who answers late what we asked. Emits “unlocked” then, once. Not every
 * keyring tells; what cannot be known is waited for no longer.
 */
G_DECLARE_FINAL_TYPE (TptUnlockWatch, tpt_unlock_watch, TPT, UNLOCK_WATCH, GObject)

TptUnlockWatch *tpt_unlock_watch_new  (TptTokenStore  *secrets,
                                       guint           pause_ms);
void            tpt_unlock_watch_stop (TptUnlockWatch *self);

G_END_DECLS
