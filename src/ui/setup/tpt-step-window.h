/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_STEP_WINDOW (tpt_step_window_get_type ())

/**
 * TptStepWindow:
 *
 * One of the first steps in a window of its own, for later: signing in (again), importing
 * customers. It closes itself
 * when the step is done. Signal `done`.
 */
G_DECLARE_FINAL_TYPE (TptStepWindow, tpt_step_window, TPT, STEP_WINDOW, AdwWindow)

GtkWidget *tpt_step_window_new_connect (TptWorkspace *workspace);
GtkWidget *tpt_step_window_new_import  (TptWorkspace *workspace);

G_END_DECLS
