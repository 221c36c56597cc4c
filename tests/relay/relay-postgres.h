/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

/* A real server with its files and its only socket in a directory of its own. */
typedef struct
{
  char        *directory;
  char        *data;
  GSubprocess *process;
} Postgres;

Postgres *postgres_new         (void);
Postgres *postgres_new_standby (Postgres   *primary);
void      postgres_start       (Postgres   *self);
void      postgres_stop        (Postgres   *self);
void      postgres_kill        (Postgres   *self);
void      postgres_pause       (Postgres   *self);
void      postgres_resume      (Postgres   *self);
void      postgres_stop_waiting (Postgres  *self);
void      postgres_promote     (Postgres   *self);
void      postgres_run         (Postgres   *self,
                                const char *sql);
void      postgres_run_in      (Postgres   *self,
                                const char *database,
                                const char *sql);
char     *postgres_ask         (Postgres   *self,
                                const char *sql);
char     *postgres_location    (Postgres   *self,
                                const char *database);
void      postgres_free        (Postgres   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Postgres, postgres_free)
