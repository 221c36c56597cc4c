/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-test-double.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

/* A Wednesday morning, on which every test of the screens takes place. */
#define TPT_TEST_NOW "2026-11-18T09:30:00Z"

#define TPT_TEST_HOSTILE "<b>x</b> & \"Ω\" שלום"

/* A real store in memory with a few customers, and everything that a page works on. */
typedef struct
{
  TptClock *clock;
  TptStore *store;
  TptConnection *connection;
  TptEngine *engine;
  TptLinkMaker *link_maker;
  TptWorkspace *workspace;
  gboolean closed;
  gint64 busy;             /* row of a customer with a long history, a meeting ahead and links */
  gint64 quiet;            /* row of one who was not met for long, and has nothing booked */
  gint64 fresh;            /* row of one without any meeting */
  gint64 hostile;          /* row of one whose names are TPT_TEST_HOSTILE */
} TptTestWorld;

typedef enum
{
  TPT_TEST_WORLD_FULL,
  TPT_TEST_WORLD_EMPTY,
} TptTestWorldKind;

TptTestWorld *tpt_test_world_new          (TptTestWorldKind    kind,
                                           TptConnectionState  state);
void          tpt_test_world_free         (TptTestWorld       *self);
void          tpt_test_world_close        (TptTestWorld       *self);
void          tpt_test_world_await        (TptTestWorld       *self);
void          tpt_test_world_erase        (TptTestWorld       *self);
void          tpt_test_world_add_customer (TptTestWorld       *self,
                                           const char         *name,
                                           gint64             *row);
void          tpt_test_world_add_meeting  (TptTestWorld       *self,
                                           gint64              customer,
                                           const char         *name,
                                           TptTime             start,
                                           const char         *join_url);
void          tpt_test_world_write        (TptTestWorld       *self,
                                           TptStoreFunc        func,
                                           gpointer            data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TptTestWorld, tpt_test_world_free)

G_END_DECLS
