/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "tpt-workspace.h"

G_BEGIN_DECLS

#define TPT_TYPE_IMPORT_PAGE (tpt_import_page_get_type ())

/**
 * TptImportPage:
 *
 * Choosing a CSV file with customers, and what became of every row of it. Signal `imported`:
 * the user has read the
 * report and goes on.
 */
G_DECLARE_FINAL_TYPE (TptImportPage, tpt_import_page, TPT, IMPORT_PAGE, AdwBin)

GtkWidget  *tpt_import_page_new           (void);
void        tpt_import_page_set_workspace (TptImportPage *self,
                                           TptWorkspace  *workspace);
void        tpt_import_page_import_file   (TptImportPage *self,
                                           GFile         *file);
const char *tpt_import_page_get_step      (TptImportPage *self);
const char *tpt_import_page_get_problem   (TptImportPage *self);

G_END_DECLS
