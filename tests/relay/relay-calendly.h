/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* As much of Calendly as enrolment asks, on a thread of its own: the tests block while they
 * wait. */
typedef struct _RelayCalendly RelayCalendly;

#define RELAY_ORGANIZATION "https://api.calendly.com/organizations/AAAA"

RelayCalendly *relay_calendly_new         (void);
char          *relay_calendly_get_url     (RelayCalendly *self);
guint          relay_calendly_get_asked   (RelayCalendly *self);
void           relay_calendly_set_owner_role (RelayCalendly *self,
                                              const char    *role);
void           relay_calendly_set_owner_organization (RelayCalendly *self,
                                                      const char    *organization);
void           relay_calendly_set_held    (RelayCalendly *self,
                                           gboolean       is_held);
void           relay_calendly_free        (RelayCalendly *self);
