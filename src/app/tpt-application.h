/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-services.h"
#include "tpt-window.h"

G_BEGIN_DECLS

#define TPT_TYPE_APPLICATION (tpt_application_get_type ())

/**
 * TptApplication:
 *
 * The running app: one of it in a session, and one window. The window stands first; what it shows
 * is opened behind it. The table of commands is exported on the session bus for touchpointctl.
 */
G_DECLARE_FINAL_TYPE (TptApplication, tpt_application, TPT, APPLICATION, AdwApplication)

TptApplication *tpt_application_new           (void);
TptWindow      *tpt_application_get_window    (TptApplication *self);
TptWorkspace   *tpt_application_get_workspace (TptApplication *self);
GSettings      *tpt_application_get_settings  (TptApplication *self);
TptServices    *tpt_application_get_services  (TptApplication *self);

/* tpt-application-actions.c */
extern const TptShortcut tpt_application_shortcuts[];

void            tpt_application_add_actions   (TptApplication *self);

G_END_DECLS
