/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-store.h"

G_BEGIN_DECLS

/**
 * TptRestorationSource:
 * @TPT_RESTORATION_NOTHING: there was no backup: what was only here is lost
 * @TPT_RESTORATION_BACKUP: from a backup: what was entered after it was taken is lost
 * @TPT_RESTORATION_PARTLY: from the damaged file itself; only what was decided about bookings is
 *   from a backup, if there is one
 * @TPT_RESTORATION_RESCUED: from the damaged file itself: nothing is lost
 */
typedef enum
{
  TPT_RESTORATION_NOTHING,
  TPT_RESTORATION_BACKUP,
  TPT_RESTORATION_PARTLY,
  TPT_RESTORATION_RESCUED,
} TptRestorationSource;

/* What became of a record whose file was damaged. Meetings are pulled again; the rest is what the
 * counts say. Read-only, shared between threads. */
typedef struct
{
  char *kept_as;           /* path of the damaged file, or NULL where the file was gone */
  char *reason;            /* one technical sentence, for the details */
  TptTime at;
  TptRestorationSource source;
  TptTime backup_at;       /* when the backup was taken; none was needed, or is there, where 0 */
  gint64 customers;
  gint64 stakeholders;
  gint64 links;
  gint64 decisions;        /* bookings about which somebody decided by hand */
} TptRestoration;

TptRestoration       *tpt_restoration_new    (void);
TptRestoration       *tpt_restoration_ref    (TptRestoration  *self);
void                  tpt_restoration_unref  (TptRestoration  *self);

TptRestoration       *tpt_store_get_restoration (TptStore     *store);

/* On the store's thread: it is kept in the record until somebody has read it. */
gboolean              tpt_restoration_load   (TptSession      *session,
                                              TptRestoration **restoration,
                                              GError         **error);
gboolean              tpt_restoration_save   (TptSession      *session,
                                              TptRestoration  *self,
                                              GError         **error);
gboolean              tpt_restoration_forget (TptSession      *session,
                                              gpointer         unused,
                                              GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptRestoration, tpt_restoration_unref)

G_END_DECLS
