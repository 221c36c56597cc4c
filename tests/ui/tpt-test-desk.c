/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-test-desk.h"

#include "tpt-test-screen.h"

/* @prepare: (nullable): what is written into the record before anybody reads it */
TptTestDesk *
tpt_test_desk_new (TptStoreFunc prepare)
{
  TptTestDesk *self = g_new0 (TptTestDesk, 1);

  self->world = tpt_test_world_new (TPT_TEST_WORLD_FULL, TPT_CONNECTION_CONNECTED);
  if (prepare != NULL)
    tpt_test_world_write (self->world, prepare, NULL);
  self->matcher = tpt_matcher_new ();
  self->inbox = tpt_match_inbox_new (self->world->store, self->matcher);
  tpt_workspace_set_inbox (self->world->workspace, self->inbox);
  tpt_test_world_await (self->world);

  return self;
}

void
tpt_test_desk_show (TptTestDesk *self,
                    GtkWidget   *page)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  self->page = page;
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  self->toast = tpt_undo_toast_new (page, self->world->workspace->inbox);
  self->window = tpt_test_screen_show (overlay, 700, 900);
}

void
tpt_test_desk_free (TptTestDesk *self)
{
  g_object_unref (self->toast);
  tpt_test_screen_close (self->window);
  tpt_test_world_free (self->world);
  g_object_unref (self->inbox);
  g_object_unref (self->matcher);
  g_free (self);
}
