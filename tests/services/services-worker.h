/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "services-fixture.h"

G_BEGIN_DECLS

/* The program that is there to be killed: import-worker. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
  char *begin;             /* what it said before it began */
} ServicesWorker;

const char *services_worker_start  (ServicesWorker   *self,
                                    const char       *home,
                                    const char       *what,
                                    const char       *from,
                                    const char       *to);
char       *services_worker_finish (ServicesWorker   *self);
void        services_worker_kill   (ServicesWorker   *self,
                                    ServicesFixture  *fixture,
                                    guint             requests);
char       *services_worker_dump   (const char       *home);

G_END_DECLS
