/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-search-document.h"

G_BEGIN_DECLS

/* The words of everything that can be found: an index in memory, on a thread of its own. */
typedef struct _TptSearch TptSearch;

TptSearch *tpt_search_new       (void);
void       tpt_search_end       (TptSearch    *self);
void       tpt_search_clear     (TptSearch    *self);
void       tpt_search_put       (TptSearch    *self,
                                 GPtrArray    *documents);
void       tpt_search_set_ready (TptSearch    *self,
                                 const GError *error);
void       tpt_search_find      (TptSearch    *self,
                                 GTask        *task,
                                 const char   *text,
                                 guint         limit);

G_END_DECLS
