/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/* A text of one meeting that has to do with one customer, or one of a customer. */
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
  char *title;             /* (nullable): belongs to all entries */
  GArray *entries;         /* (element-type TptSearchEntry) those of one customer one after the
                            * other; none: it is gone */
} TptSearchDocument;

TptSearchDocument *tpt_search_document_new        (gint64              customer,
                                                   gint64              meeting);
void               tpt_search_document_add        (TptSearchDocument  *self,
                                                   gint64              customer,
                                                   const char         *text);
void               tpt_search_document_add_person (TptSearchDocument  *self,
                                                   gint64              customer,
                                                   const char         *email,
                                                   const char         *name);
void               tpt_search_document_end        (TptSearchDocument  *self);
void               tpt_search_document_free       (TptSearchDocument  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptSearchDocument, tpt_search_document_free)

G_END_DECLS
