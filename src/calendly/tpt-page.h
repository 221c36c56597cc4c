/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-json-tree.h"
#include "tpt-time.h"

G_BEGIN_DECLS

/* A record that could not be read, and why. */
typedef struct
{
  char *uri;               /* "" where even that is missing */
  char *reason;
  char *label;             /* as tpt_record_label_make () makes it, or NULL */
} TptRecordFailure;

#define TPT_TYPE_PAGE (tpt_page_get_type ())

/**
 * TptPage:
 * @items: objects of core
 * @failures: (element-type TptRecordFailure): records that were set aside; the rest of the page
 *   is good
 * @next_page_token: (nullable): %NULL on the last page
 */
typedef struct
{
  GPtrArray *items;
  GPtrArray *failures;
  char *next_page_token;
} TptPage;

/**
 * TptRecordParseFunc:
 *
 * Returns: (transfer full) (nullable): a GObject, or %NULL with @error set
 */
typedef gpointer (*TptRecordParseFunc) (const TptJsonValue  *object,
                                        GError             **error);

GType    tpt_page_get_type  (void);
TptPage *tpt_page_new       (void);
TptPage *tpt_page_copy      (const TptPage       *self);
void     tpt_page_free      (TptPage             *self);
void     tpt_page_append    (TptPage             *self,
                             TptPage             *other);
void     tpt_page_set_aside (TptPage             *self,
                             guint                index,
                             const char          *uri,
                             const char          *reason,
                             const char          *label);
TptPage *tpt_page_parse     (const TptJsonValue  *root,
                             TptRecordParseFunc   parse,
                             GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptPage, tpt_page_free)

G_END_DECLS
