/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-match-inbox.h"
#include "tpt-test-world.h"
#include "tpt-undo-toast.h"

G_BEGIN_DECLS

/* A world with the inbox, and a page on the screen that tells what can be taken back. */
typedef struct
{
  TptTestWorld *world;
  TptMatcher *matcher;
  TptMatchInbox *inbox;
  GtkWidget *window;
  GtkWidget *page;
  TptUndoToast *toast;
} TptTestDesk;

TptTestDesk *tpt_test_desk_new  (TptStoreFunc  prepare);
void         tpt_test_desk_show (TptTestDesk  *self,
                                 GtkWidget    *page);
void         tpt_test_desk_free (TptTestDesk  *self);

G_END_DECLS
