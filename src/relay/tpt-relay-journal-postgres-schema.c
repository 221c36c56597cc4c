/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-relay-journal-postgres-schema.h"

#include <sodium.h>

#include "tpt-relay-error.h"

#define VERSION 2

/* Nobody waits for ever, and no longer than the operator has said: a relay that is stopped in the
 * middle of a batch must not hold up the others, and one that waits for a standby that is gone must
 * say so to Calendly. */
static const char session[] =
  "SET search_path = touchpoint_relay;"
  "SET client_min_messages = warning;"
  "SELECT set_config (name, value, false) FROM (VALUES ('statement_timeout', '10s'),"
  " ('lock_timeout', '5s'), ('idle_in_transaction_session_timeout', '10s')) AS ours (name, value)"
  " WHERE current_setting (name) = '0';";

/* At least on its own disk and, where there is a synchronous standby, on that one's. */
static const char writer_session[] =
  "SELECT set_config ('synchronous_commit', 'on', false)"
  " WHERE current_setting ('synchronous_commit') NOT IN ('on', 'remote_apply')";

/* What a reader writes is how far it has sent; see adopt_server (). */
static const char reader_session[] = "SET synchronous_commit = off";

/* "tptrelay" */
static const char lock[] = "SELECT pg_advisory_lock (8391737052229362041)";
static const char unlock[] = "SELECT pg_advisory_unlock (8391737052229362041)";

/* Boxes do not shrink, so that trying costs time only: rows stay whole up to a page. The journal's
 * one row of state is what a batch locks first and counts on last; whoever sees an event sees all
 * that have a smaller number. */
static const char step_1[] =
  "BEGIN;"
  "CREATE SCHEMA IF NOT EXISTS touchpoint_relay;"
  "CREATE TABLE meta (key text PRIMARY KEY, value bytea NOT NULL);"
  "CREATE TABLE state (one bool PRIMARY KEY DEFAULT true CHECK (one), head int8 NOT NULL,"
  " revision int8 NOT NULL, acks int8 NOT NULL, clock int8 NOT NULL, server text NOT NULL)"
  " WITH (fillfactor = 10);"
  "CREATE TABLE channels (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
  " name text NOT NULL UNIQUE, owner text NOT NULL UNIQUE, key text NOT NULL);"
  "CREATE TABLE devices (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
  " name text NOT NULL UNIQUE, owner text NOT NULL, organization text NOT NULL,"
  " role text NOT NULL, has_feed int8 NOT NULL, feed_proved_at int8 NOT NULL,"
  " channel int8 NOT NULL, public_key bytea NOT NULL, token_hash bytea NOT NULL UNIQUE,"
  " acked int8 NOT NULL DEFAULT 0, ack_number int8 NOT NULL DEFAULT 0,"
  " purged int8 NOT NULL DEFAULT 0, sent int8 NOT NULL DEFAULT 0, streamed_by text)"
  " WITH (fillfactor = 50);"
  "CREATE TABLE events (seq int8 PRIMARY KEY, device int8 NOT NULL, received_at int8 NOT NULL,"
  " late int8 NOT NULL, relay_key bytea NOT NULL, nonce bytea NOT NULL, people bytea,"
  " box bytea NOT NULL) WITH (toast_tuple_target = 8160,"
  " autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000);"
  "ALTER TABLE events ALTER box SET STORAGE EXTERNAL;"
  "CREATE INDEX events_by_device ON events (device, seq);"
  "CREATE TABLE deliveries (channel int8 NOT NULL, created_at int8 NOT NULL, hash bytea NOT NULL,"
  " received_at int8 NOT NULL, PRIMARY KEY (channel, created_at, hash));"
  "CREATE INDEX deliveries_by_time ON deliveries USING brin (received_at);"
  "CREATE TABLE codes (hash bytea PRIMARY KEY, expires_at int8 NOT NULL);"
  "CREATE TABLE flows (state_hash bytea PRIMARY KEY, port int8 NOT NULL, path text NOT NULL,"
  " expires_at int8 NOT NULL);"
  "CREATE TABLE dead_letters (id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
  " received_at int8 NOT NULL, reason text NOT NULL, box bytea);"
  "CREATE TABLE audit (id int8 PRIMARY KEY, at int8 NOT NULL, what text NOT NULL,"
  " count int8 NOT NULL, detail text, previous bytea NOT NULL, hash bytea NOT NULL);"
  "INSERT INTO state VALUES (true, 0, 0, 0, 0, '');"
  "INSERT INTO meta VALUES ('version', '1');";

/* Up to where more may have been sent than the devices' rows say. */
static const char step_2[] =
  "BEGIN;"
  "ALTER TABLE state ADD doubt int8 NOT NULL DEFAULT 0;"
  "UPDATE meta SET value = '2' WHERE key = 'version';"
  "COMMIT;";

static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_JOURNAL, "Journal: %s", why);

  return FALSE;
}

/* A server that says "written" and has it in memory makes every promise here void. */
static gboolean
check_server (Link    *link,
              GError **error)
{
  g_autoptr (PGresult) result =
    link_ask (link, "SELECT current_setting ('fsync'),"
                    " current_setting ('server_version_num')::int8,"
                    " (SELECT setting::int8 FROM pg_settings WHERE name = 'statement_timeout')", "",
              error);
  g_autofree char *fsync = NULL;

  if (result == NULL)
    return FALSE;
  fsync = link_text (result, 0, 0);
  link->milliseconds = link_int (result, 0, 2);
  if (g_strcmp0 (fsync, "on") != 0)
    return refuse (error, "the server runs with fsync=off");

  return link_int (result, 0, 1) >= 130000 || refuse (error, "the server is older than 13");
}

/* 0 where there is nothing yet. */
static gboolean
read_version (Link    *link,
              gint64  *version,
              GError **error)
{
  g_autoptr (PGresult) table = link_ask (link, "SELECT 1 WHERE to_regclass"
                                               " ('touchpoint_relay.meta') IS NOT NULL", "", error);
  g_autoptr (PGresult) row = NULL;

  *version = 0;
  if (table == NULL)
    return FALSE;
  if (PQntuples (table) == 0)
    return TRUE;
  row = link_ask (link, "SELECT convert_from (value, 'UTF8')::int8 FROM meta WHERE key = 'version'",
                  "", error);
  if (row == NULL)
    return FALSE;
  *version = PQntuples (row) > 0 ? link_int (row, 0, 0) : 0;

  return TRUE;
}

static gboolean
create (Link    *link,
        GError **error)
{
  guint8 epoch[8], code_key[32];
  char text[2 * sizeof epoch + 1];
  g_autoptr (GBytes) epoch_bytes = NULL;
  g_autoptr (GBytes) key_bytes = NULL;
  g_autoptr (PGresult) done = NULL;

  randombytes_buf (epoch, sizeof epoch);
  randombytes_buf (code_key, sizeof code_key);
  sodium_bin2hex (text, sizeof text, epoch, sizeof epoch);
  epoch_bytes = g_bytes_new (text, sizeof text - 1);
  key_bytes = g_bytes_new (code_key, sizeof code_key);
  if (!link_run (link, step_1, error))
    return FALSE;
  done = link_ask (link, "INSERT INTO meta VALUES ('epoch', $1), ('code_key', $2)", "bb", error,
                   epoch_bytes, key_bytes);

  return done != NULL && link_run (link, "COMMIT", error);
}

/**
 * adopt_server:
 *
 * A server that was started anew may have forgotten how far was sent, since nobody waits until that
 * is on a disk: whether what there is was sent is in doubt, until it is sent again. One that was
 * promoted may have lost events that its master showed to somebody, if that did not wait for it: no
 * number is given twice, so it leaves out a million. A standby is not waited for: no deadline would
 * end that, and each batch that is waited for comes later in the log.
 */
static gboolean
adopt_server (Link    *link,
              GError **error)
{
  static const char script[] =
    "BEGIN;SET LOCAL synchronous_commit = local;"
    "WITH here AS (SELECT substr (pg_walfile_name (pg_current_wal_insert_lsn ()), 1, 8)"
    " || ' ' || pg_postmaster_start_time ()::text AS server),"
    " gap AS (SELECT CASE WHEN state.server <> '' AND substr (state.server, 1, 8)"
    " <> substr (here.server, 1, 8) THEN 1000000 ELSE 0 END AS size FROM state, here)"
    " UPDATE state SET server = here.server, head = head + gap.size, doubt = head + gap.size"
    " FROM here, gap WHERE state.server <> here.server;"
    "COMMIT;";

  return link_run (link, script, error);
}

static gboolean
bring_up (Link    *link,
          GError **error)
{
  gint64 version = 0;

  if (!read_version (link, &version, error))
    return FALSE;
  if (version > VERSION)
    return refuse (error, "the tables were made by a newer relay");
  if ((version == 0 && !create (link, error)) ||
      (version < 2 && !link_run (link, step_2, error)))
    return FALSE;

  return adopt_server (link, error);
}

static gboolean
prepare_writer (Link    *link,
                GError **error)
{
  gboolean good;

  if (!link_run (link, writer_session, error) || !link_run (link, lock, error))
    return FALSE;
  good = bring_up (link, error);
  if (!good)
    return FALSE;

  return link_run (link, unlock, error);
}

/**
 * tpt_relay_journal_postgres_schema_prepare:
 * @may_write: makes the tables where there are none
 *
 * Brings a connection and its database into the state that the rest relies on. A lock that all
 * relays know keeps two of them from doing it at once; it goes with the connection.
 */
gboolean
tpt_relay_journal_postgres_schema_prepare (Link      *link,
                                           gboolean   may_write,
                                           GError   **error)
{
  gint64 version = 0;

  if (!link_run (link, session, error) || !check_server (link, error))
    return FALSE;
  if (may_write)
    return prepare_writer (link, error);
  if (!link_run (link, reader_session, error) || !read_version (link, &version, error))
    return FALSE;

  return version == VERSION || refuse (error, "the tables are not those of this relay");
}
