/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "services-fixture.h"
#include "tpt-workspace.h"

G_BEGIN_DECLS

void          app_fixture_init           (int             *argc,
                                          char          ***argv);
int           app_fixture_run            (void);
void          app_fixture_clear          (void);
void          app_fixture_set_up         (ServicesFixture *fixture,
                                          gconstpointer    meetings);
TptWorkspace *app_fixture_make_workspace (ServicesFixture *fixture);

G_END_DECLS
