/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* The words of everything that can be found, in memory, on a thread of its own. */
typedef struct _TptSearch TptSearch;

/* The words of one meeting, as far as they have to do with one customer, or of a customer. */
typedef struct
{
  gint64 customer;
  char *text;
} TptSearchEntry;

/* Everything that is known of one meeting, or of one customer: takes the place of what was. */
typedef struct
{
  gint64 customer;         /* row, where it is a customer */
  gint64 meeting;          /* row, where it is a meeting */
  TptTime start;
  GArray *entries;         /* (element-type TptSearchEntry) none: it is gone */
} TptSearchDocument;

TptSearchDocument *tpt_search_document_new  (gint64              customer,
                                             gint64              meeting);
void               tpt_search_document_add  (TptSearchDocument  *self,
                                             gint64              customer,
                                             const char         *text);
void               tpt_search_document_free (TptSearchDocument  *self);

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSearchDocument, tpt_search_document_free)

G_END_DECLS
