/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-search.h"
#include "tpt-session.h"
#include "tpt-store-thread.h"

G_BEGIN_DECLS

/* Brings what the database holds into the search, at first and after every commit. On the store's
 * thread, in jobs so small that others need not wait for long. */
typedef struct _TptSearchLoader TptSearchLoader;

TptSearchLoader *tpt_search_loader_start   (TptSession      *session,
                                            TptSearch       *search,
                                            TptStoreThread  *thread);
void             tpt_search_loader_move    (TptSearchLoader *self,
                                            TptSession      *session);
void             tpt_search_loader_stop    (TptSearchLoader *self);
void             tpt_search_loader_refresh (TptSearch       *search,
                                            TptSession      *session);

G_END_DECLS
