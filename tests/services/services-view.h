/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "services-fixture.h"

G_BEGIN_DECLS

/* Everybody's meetings or the own ones, with the real stand-in. */

TptOrganizationView *services_view_get         (ServicesFixture  *fixture);
TptViewState         services_view_get_state   (ServicesFixture  *fixture);
TptColleagueMeetings services_view_switch      (ServicesFixture  *fixture,
                                                gboolean          everyone);
char                *services_view_sync        (ServicesFixture  *fixture,
                                                gboolean          full);
void                 services_view_connect     (ServicesFixture  *fixture,
                                                const char       *token);
gboolean             services_view_is_mine     (ServicesFixture  *fixture,
                                                TptMeeting       *meeting);
guint                services_view_count       (ServicesFixture  *fixture,
                                                gboolean          mine);
void                 services_view_count_world (ServicesFixture  *fixture,
                                                guint            *mine,
                                                guint            *others);

G_END_DECLS
