/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-test.h"

G_BEGIN_DECLS

/* A session bus of its own with, or without, a real keyring daemon on it. It is the one bus of the
 * process: DBUS_SESSION_BUS_ADDRESS is set before anything connects. */
typedef struct
{
  char *directory;
  GSubprocess *bus;
  GSubprocess *daemon;
} TptKeyringFixture;

TptKeyringFixture *tpt_keyring_fixture_new          (void);
void               tpt_keyring_fixture_free         (TptKeyringFixture *self);
void               tpt_keyring_fixture_start_daemon (TptKeyringFixture *self);
void               tpt_keyring_fixture_start_locked (TptKeyringFixture *self);
void               tpt_keyring_fixture_hold_daemon  (TptKeyringFixture *self);
void               tpt_keyring_fixture_kill_daemon  (TptKeyringFixture *self);
void               tpt_keyring_fixture_lock         (TptKeyringFixture *self);
void               tpt_keyring_fixture_unlock       (TptKeyringFixture *self);
void               tpt_keyring_fixture_add_item     (TptKeyringFixture *self,
                                                     const char        *application,
                                                     const char        *kind,
                                                     const char        *secret);

G_END_DECLS
