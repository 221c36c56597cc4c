/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-connection.h"
#include "tpt-engine.h"
#include "tpt-link-maker.h"
#include "tpt-relay-listener.h"

G_BEGIN_DECLS

/* A connection and a link maker without a service behind them, so that a screen can be brought
 * into any state. They stand in for sync's own at link time; the real ones are walked by
 * tests/sync and by the end-to-end test. */

TptConnection *tpt_test_connection_new       (TptConnectionState  state);
void           tpt_test_connection_set_state (TptConnection      *self,
                                              TptConnectionState  state);
TptEngine     *tpt_test_engine_new           (void);
guint          tpt_test_engine_get_refreshes (TptEngine          *self);
void           tpt_test_engine_sync          (TptEngine          *self);
void           tpt_test_engine_set_fails     (TptEngine          *self,
                                              gboolean            fails);
void           tpt_test_engine_set_hangs     (TptEngine          *self,
                                              gboolean            hangs);
TptLinkMaker  *tpt_test_link_maker_new       (void);
void           tpt_test_link_maker_hold      (TptLinkMaker       *self);
void           tpt_test_link_maker_release   (TptLinkMaker       *self,
                                              const char         *failure);
void           tpt_test_link_maker_refuse    (TptLinkMaker       *self,
                                              const char         *failure);
const char    *tpt_test_link_maker_origin    (TptLinkMaker       *self);
const char    *tpt_test_link_maker_email     (TptLinkMaker       *self);

G_END_DECLS
