/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "relay-fixture.h"

#define RELAY_ADMIN_TOKEN "an-admin-token-of-forty-characters-or-so"
#define RELAY_ADMIN_FIELD "Authorization: Bearer " RELAY_ADMIN_TOKEN "\r\n"

/* The operator's side of the relay: its address and its token. */
void               relay_add_admin   (Relay      *self);
GSocketConnection *relay_send_admin  (Relay      *self,
                                      const char *method,
                                      const char *path,
                                      const char *fields,
                                      const char *body);
Reply             *relay_knock_admin (Relay      *self,
                                      const char *method,
                                      const char *path,
                                      const char *fields,
                                      const char *body);
Reply             *relay_ask_admin   (Relay      *self,
                                      const char *method,
                                      const char *path,
                                      const char *body);
double             relay_get_metric  (Relay      *self,
                                      const char *name);
void               relay_write_keys  (Relay      *self,
                                      const char *text);
