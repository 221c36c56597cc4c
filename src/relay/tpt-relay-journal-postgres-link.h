/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* A connection on which commands are sent without waiting for each one's answer; zeroed at
 * first. */
typedef struct
{
  PGconn     *connection;
  GHashTable *prepared; /* addresses of SQL texts */
  guint       pending;
  gsize       unsent; /* about how many bytes wait to be sent */
  gint64      milliseconds; /* for which an answer is waited for */
  gboolean    has_warned;
  gboolean    has_failed; /* since it was connected: what is prepared is not known any more */
  gboolean    is_listening;
  gboolean    has_been_notified;
  GArray     *taken; /* devices (gint64) that were named in notifications */
} Link;

gboolean  link_connect            (Link        *self,
                                   const char  *conninfo,
                                   GError     **error);
void      link_close              (Link        *self);
gboolean  link_is_good            (Link        *self);
gboolean  link_is_alive           (Link        *self);
gboolean  link_run                (Link        *self,
                                   const char  *script,
                                   GError     **error);
gboolean  link_send               (Link        *self,
                                   const char  *sql,
                                   const char  *types,
                                   GError     **error,
                                   ...);
PGresult *link_ask                (Link        *self,
                                   const char  *sql,
                                   const char  *types,
                                   GError     **error,
                                   ...);
PGresult *link_settle             (Link        *self,
                                   GError     **error);
void      link_take_notifications (Link        *self);
gint64    link_int                (PGresult    *result,
                                   int          row,
                                   int          column);
char     *link_text               (PGresult    *result,
                                   int          row,
                                   int          column);
void      link_copy               (PGresult    *result,
                                   int          row,
                                   int          column,
                                   guint8      *bytes,
                                   gsize        length);
GBytes   *link_bytes              (PGresult    *result,
                                   int          row,
                                   int          column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
