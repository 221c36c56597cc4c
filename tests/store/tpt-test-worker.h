/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The store-worker program: see store-worker.c for what it can be told. */
GSubprocess *tpt_test_worker_start (GSpawnChildSetupFunc  set_up,
                                    gpointer              data,
                                    const char           *what,
                                    const char           *path,
                                    const char           *number);
char        *tpt_test_worker_read  (GSubprocess          *worker);
char        *tpt_test_worker_run   (GSpawnChildSetupFunc  set_up,
                                    gpointer              data,
                                    const char           *what,
                                    const char           *path);

G_END_DECLS
