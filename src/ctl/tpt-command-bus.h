/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tpt-invocation.h"

G_BEGIN_DECLS

#define TPT_TYPE_COMMAND_BUS (tpt_command_bus_get_type ())

/**
 * TptCommandBus:
 *
 * The table of commands on the session bus: the running app exports one, and touchpointctl calls
 * it, so that one process owns the data. The object stands at the app's path; it can be exported
 * before the services are open.
 */
G_DECLARE_FINAL_TYPE (TptCommandBus, tpt_command_bus, TPT, COMMAND_BUS, GObject)

TptCommandBus *tpt_command_bus_new          (void);
gboolean       tpt_command_bus_export       (TptCommandBus          *self,
                                             GDBusConnection        *connection,
                                             const char             *path,
                                             GError                **error);
void           tpt_command_bus_unexport     (TptCommandBus          *self);
void           tpt_command_bus_set_services (TptCommandBus          *self,
                                             TptServices            *services);
void           tpt_command_bus_set_opening  (TptCommandBus          *self,
                                             gboolean                is_opening);
void           tpt_command_bus_set_copy     (TptCommandBus          *self,
                                             TptInvocationCopyFunc   copy,
                                             gpointer                copy_data);

gboolean       tpt_command_bus_has_app      (GDBusConnection        *connection);
void           tpt_command_bus_call_async   (GDBusConnection        *connection,
                                             const char *const      *argv,
                                             const char             *input,
                                             GBytes                 *file,
                                             void                  (*message) (const char *text),
                                             void                  (*progress) (const char *text),
                                             GCancellable           *cancellable,
                                             GAsyncReadyCallback     callback,
                                             gpointer                user_data);
gboolean       tpt_command_bus_call_finish  (GAsyncResult           *result,
                                             int                    *status,
                                             char                  **out,
                                             char                  **err,
                                             GError                **error);

G_END_DECLS
