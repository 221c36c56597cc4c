/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-schema.h"

#include "tpt-schema-key.h"

/* Columns called `sealed` hold the personal fields of their row. What ends in `_key` is a blind
 * index. Times are microseconds UTC, 0 where there is none; rows are NULL where there is none. */

#define STEP_1                                                                                     \
  "CREATE TABLE meta ("                                                                            \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"                                                                                      \
  "CREATE TABLE settings ("                                                                        \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  name TEXT NOT NULL UNIQUE,"                                                                   \
  "  number INTEGER,"                                                                              \
  "  text TEXT,"                                                                                   \
  "  sealed BLOB"                                                                                  \
  ") STRICT;"                                                                                      \
  "CREATE TABLE customers ("                                                                       \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  name_key INTEGER,"                                                                            \
  "  external_key INTEGER,"                                                                        \
  "  status INTEGER NOT NULL,"                                                                     \
  "  cadence_days INTEGER NOT NULL,"                                                               \
  "  renewal_at INTEGER NOT NULL,"                                                                 \
  "  created_at INTEGER NOT NULL,"                                                                 \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"                                                                                      \
  "CREATE INDEX customers_by_name ON customers (name_key);"                                        \
  "CREATE INDEX customers_by_external ON customers (external_key)"                                 \
  "  WHERE external_key IS NOT NULL;"                                                              \
  "CREATE TABLE stakeholders ("                                                                    \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  customer INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,"                       \
  "  email_key INTEGER,"                                                                           \
  "  created_at INTEGER NOT NULL,"                                                                 \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"                                                                                      \
  "CREATE INDEX stakeholders_by_customer ON stakeholders (customer);"                              \
  "CREATE INDEX stakeholders_by_email ON stakeholders (email_key);"                                \
  "CREATE TABLE event_types ("                                                                     \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  uri TEXT NOT NULL UNIQUE,"                                                                    \
  "  duration INTEGER NOT NULL,"                                                                   \
  "  active INTEGER NOT NULL,"                                                                     \
  "  secret INTEGER NOT NULL,"                                                                     \
  "  is_paid INTEGER NOT NULL,"                                                                    \
  "  deleted INTEGER NOT NULL,"                                                                    \
  "  created_at INTEGER NOT NULL,"                                                                 \
  "  updated_at INTEGER NOT NULL,"                                                                 \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"                                                                                      \
  "CREATE TABLE meetings ("                                                                        \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  uri TEXT NOT NULL UNIQUE,"                                                                    \
  "  event_type TEXT,"                                                                             \
  "  start_at INTEGER NOT NULL,"                                                                   \
  "  end_at INTEGER NOT NULL,"                                                                     \
  "  location_type TEXT,"                                                                          \
  "  location_status TEXT,"                                                                        \
  "  booking_method TEXT,"                                                                         \
  "  created_at INTEGER NOT NULL,"                                                                 \
  "  updated_at INTEGER NOT NULL,"                                                                 \
  "  canceled_at INTEGER NOT NULL,"                                                                \
  "  canceler INTEGER NOT NULL,"                                                                   \
  "  canceled INTEGER NOT NULL,"                                                                   \
  "  invitees_total INTEGER NOT NULL,"                                                             \
  "  invitees_active INTEGER NOT NULL,"                                                            \
  "  invitees_limit INTEGER NOT NULL,"                                                             \
  "  first_synced_at INTEGER NOT NULL,"                                                            \
  "  last_synced_at INTEGER NOT NULL,"                                                             \
  "  source INTEGER NOT NULL,"                                                                     \
  "  sealed BLOB NOT NULL,"                                                                        \
  "  payload BLOB"                                                                                 \
  ") STRICT;"                                                                                      \
  "CREATE INDEX meetings_by_start ON meetings (start_at);"                                         \
  "CREATE TABLE hosts ("                                                                           \
  "  meeting INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,"                         \
  "  email_key INTEGER NOT NULL,"                                                                  \
  "  PRIMARY KEY (meeting, email_key)"                                                             \
  ") STRICT, WITHOUT ROWID;"                                                                       \
  "CREATE INDEX hosts_by_email ON hosts (email_key);"                                              \
  "CREATE TABLE invitees ("                                                                        \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  meeting INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,"                         \
  "  customer INTEGER REFERENCES customers (id) ON DELETE SET NULL,"                               \
  "  stakeholder INTEGER REFERENCES stakeholders (id) ON DELETE SET NULL,"                         \
  "  match INTEGER NOT NULL,"                                                                      \
  "  previous INTEGER REFERENCES invitees (id) ON DELETE SET NULL,"                                \
  "  email_key INTEGER,"                                                                           \
  "  tracking_key INTEGER,"                                                                        \
  "  created_at INTEGER NOT NULL,"                                                                 \
  "  updated_at INTEGER NOT NULL,"                                                                 \
  "  seen_at INTEGER NOT NULL,"                                                                    \
  "  no_show_at INTEGER NOT NULL,"                                                                 \
  "  canceled_at INTEGER NOT NULL,"                                                                \
  "  canceler INTEGER NOT NULL,"                                                                   \
  "  canceled INTEGER NOT NULL,"                                                                   \
  "  rescheduled INTEGER NOT NULL,"                                                                \
  "  no_show INTEGER NOT NULL,"                                                                    \
  "  no_show_local INTEGER NOT NULL,"                                                              \
  "  confirmed INTEGER NOT NULL,"                                                                  \
  "  uri TEXT NOT NULL UNIQUE,"                                                                    \
  "  old_invitee TEXT,"                                                                            \
  "  new_invitee TEXT,"                                                                            \
  "  no_show_uri TEXT,"                                                                            \
  "  scheduled_by TEXT,"                                                                           \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"                                                                                      \
  "CREATE INDEX invitees_by_meeting ON invitees (meeting);"                                        \
  "CREATE INDEX invitees_by_customer ON invitees (customer);"                                      \
  "CREATE INDEX invitees_by_stakeholder ON invitees (stakeholder)"                                 \
  "  WHERE stakeholder IS NOT NULL;"                                                               \
  "CREATE INDEX invitees_by_previous ON invitees (previous) WHERE previous IS NOT NULL;"           \
  "CREATE INDEX invitees_by_email ON invitees (email_key);"                                        \
  "CREATE INDEX invitees_by_tracking ON invitees (tracking_key)"                                   \
  "  WHERE tracking_key IS NOT NULL;"                                                              \
  "CREATE INDEX invitees_by_old ON invitees (old_invitee) WHERE old_invitee IS NOT NULL;"          \
  "CREATE INDEX invitees_by_new ON invitees (new_invitee) WHERE new_invitee IS NOT NULL;"          \
  "CREATE TABLE links ("                                                                           \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  tracking TEXT NOT NULL UNIQUE,"                                                               \
  "  kind INTEGER NOT NULL,"                                                                       \
  "  event_type TEXT,"                                                                             \
  "  customer INTEGER REFERENCES customers (id) ON DELETE SET NULL,"                               \
  "  stakeholder INTEGER REFERENCES stakeholders (id) ON DELETE SET NULL,"                         \
  "  email_key INTEGER,"                                                                           \
  "  origin TEXT,"                                                                                 \
  "  created_at INTEGER NOT NULL,"                                                                 \
  "  state INTEGER NOT NULL,"                                                                      \
  "  attribution INTEGER NOT NULL,"                                                                \
  "  booked_at INTEGER NOT NULL,"                                                                  \
  "  invitee TEXT,"                                                                                \
  "  meeting TEXT,"                                                                                \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"                                                                                      \
  "CREATE INDEX links_by_customer ON links (customer);"                                            \
  "CREATE INDEX links_by_stakeholder ON links (stakeholder) WHERE stakeholder IS NOT NULL;"        \
  "CREATE INDEX links_by_email ON links (email_key);"                                              \
  "CREATE INDEX links_by_invitee ON links (invitee) WHERE invitee IS NOT NULL;"                    \
  "CREATE TABLE set_aside ("                                                                       \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  uri TEXT NOT NULL UNIQUE,"                                                                    \
  "  at INTEGER NOT NULL,"                                                                         \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"

/* What a person decided about whose an invitee is: rules, and a stack of what can be taken back. */
#define STEP_2                                                                                     \
  "CREATE TABLE match_rules ("                                                                     \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  kind INTEGER NOT NULL,"                                                                       \
  "  key INTEGER NOT NULL,"                                                                        \
  "  customer INTEGER REFERENCES customers (id) ON DELETE CASCADE,"                                \
  "  created_at INTEGER NOT NULL,"                                                                 \
  "  sealed BLOB NOT NULL,"                                                                        \
  "  UNIQUE (kind, key)"                                                                           \
  ") STRICT;"                                                                                      \
  "CREATE INDEX match_rules_by_customer ON match_rules (customer) WHERE customer IS NOT NULL;"     \
  "CREATE TABLE match_actions ("                                                                   \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  at INTEGER NOT NULL,"                                                                         \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"                                                                                      \
  "CREATE INDEX invitees_unmatched ON invitees (match) WHERE customer IS NULL;"

/* What the relay delivered last. */
#define STEP_3                                                                                     \
  "CREATE TABLE deliveries ("                                                                      \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  at INTEGER NOT NULL,"                                                                         \
  "  outcome INTEGER NOT NULL,"                                                                    \
  "  late INTEGER NOT NULL,"                                                                       \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"

/* Addresses of resources are long and in no order: the index of them was most of what an import
 * wrote. Their key takes a tenth of the place. And what was told of an event last, in one number:
 * to know it again without reading all of it. */
#define STEP_4                                                                                     \
  "CREATE TABLE new_meetings ("                                                                    \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  uri TEXT NOT NULL,"                                                                           \
  "  event_type TEXT,"                                                                             \
  "  start_at INTEGER NOT NULL,"                                                                   \
  "  end_at INTEGER NOT NULL,"                                                                     \
  "  location_type TEXT,"                                                                          \
  "  location_status TEXT,"                                                                        \
  "  booking_method TEXT,"                                                                         \
  "  created_at INTEGER NOT NULL,"                                                                 \
  "  updated_at INTEGER NOT NULL,"                                                                 \
  "  canceled_at INTEGER NOT NULL,"                                                                \
  "  canceler INTEGER NOT NULL,"                                                                   \
  "  canceled INTEGER NOT NULL,"                                                                   \
  "  invitees_total INTEGER NOT NULL,"                                                             \
  "  invitees_active INTEGER NOT NULL,"                                                            \
  "  invitees_limit INTEGER NOT NULL,"                                                             \
  "  first_synced_at INTEGER NOT NULL,"                                                            \
  "  last_synced_at INTEGER NOT NULL,"                                                             \
  "  source INTEGER NOT NULL,"                                                                     \
  "  uri_key INTEGER NOT NULL,"                                                                    \
  "  digest INTEGER NOT NULL,"                                                                     \
  "  sealed BLOB NOT NULL,"                                                                        \
  "  payload BLOB"                                                                                 \
  ") STRICT;"                                                                                      \
  "INSERT INTO new_meetings (id, uri, event_type, start_at, end_at, location_type, "               \
  "  location_status, booking_method, created_at, updated_at, canceled_at, canceler, canceled, "   \
  "  invitees_total, invitees_active, invitees_limit, first_synced_at, last_synced_at, source, "   \
  "  sealed, payload, uri_key, digest) "                                                           \
  "  SELECT id, uri, event_type, start_at, end_at, location_type, location_status, "               \
  "  booking_method, created_at, updated_at, canceled_at, canceler, canceled, invitees_total, "    \
  "  invitees_active, invitees_limit, first_synced_at, last_synced_at, source, sealed, "           \
  "  payload, key_of (uri), 0 FROM meetings;"                                                      \
  "DROP TABLE meetings;"                                                                           \
  "ALTER TABLE new_meetings RENAME TO meetings;"                                                   \
  "CREATE INDEX meetings_by_start ON meetings (start_at);"                                         \
  "CREATE INDEX meetings_by_uri ON meetings (uri_key);"                                            \
  "CREATE TABLE new_invitees ("                                                                    \
  "  id INTEGER PRIMARY KEY,"                                                                      \
  "  meeting INTEGER NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,"                         \
  "  customer INTEGER REFERENCES customers (id) ON DELETE SET NULL,"                               \
  "  stakeholder INTEGER REFERENCES stakeholders (id) ON DELETE SET NULL,"                         \
  "  match INTEGER NOT NULL,"                                                                      \
  "  previous INTEGER REFERENCES invitees (id) ON DELETE SET NULL,"                                \
  "  email_key INTEGER,"                                                                           \
  "  tracking_key INTEGER,"                                                                        \
  "  created_at INTEGER NOT NULL,"                                                                 \
  "  updated_at INTEGER NOT NULL,"                                                                 \
  "  seen_at INTEGER NOT NULL,"                                                                    \
  "  no_show_at INTEGER NOT NULL,"                                                                 \
  "  canceled_at INTEGER NOT NULL,"                                                                \
  "  canceler INTEGER NOT NULL,"                                                                   \
  "  canceled INTEGER NOT NULL,"                                                                   \
  "  rescheduled INTEGER NOT NULL,"                                                                \
  "  no_show INTEGER NOT NULL,"                                                                    \
  "  no_show_local INTEGER NOT NULL,"                                                              \
  "  confirmed INTEGER NOT NULL,"                                                                  \
  "  uri TEXT NOT NULL,"                                                                           \
  "  old_invitee TEXT,"                                                                            \
  "  new_invitee TEXT,"                                                                            \
  "  no_show_uri TEXT,"                                                                            \
  "  scheduled_by TEXT,"                                                                           \
  "  uri_key INTEGER NOT NULL,"                                                                    \
  "  sealed BLOB NOT NULL"                                                                         \
  ") STRICT;"                                                                                      \
  "INSERT INTO new_invitees (id, meeting, customer, stakeholder, match, previous, email_key, "     \
  "  tracking_key, created_at, updated_at, seen_at, no_show_at, canceled_at, canceler, "           \
  "  canceled, rescheduled, no_show, no_show_local, confirmed, uri, old_invitee, new_invitee, "    \
  "  no_show_uri, scheduled_by, sealed, uri_key) "                                                 \
  "  SELECT id, meeting, customer, stakeholder, match, previous, email_key, tracking_key, "        \
  "  created_at, updated_at, seen_at, no_show_at, canceled_at, canceler, canceled, "               \
  "  rescheduled, no_show, no_show_local, confirmed, uri, old_invitee, new_invitee, "              \
  "  no_show_uri, scheduled_by, sealed, key_of (uri) FROM invitees;"                               \
  "DROP TABLE invitees;"                                                                           \
  "ALTER TABLE new_invitees RENAME TO invitees;"                                                   \
  "CREATE INDEX invitees_by_uri ON invitees (uri_key);"                                            \
  "CREATE INDEX invitees_by_meeting ON invitees (meeting);"                                        \
  "CREATE INDEX invitees_by_customer ON invitees (customer);"                                      \
  "CREATE INDEX invitees_by_stakeholder ON invitees (stakeholder)"                                 \
  "  WHERE stakeholder IS NOT NULL;"                                                               \
  "CREATE INDEX invitees_by_previous ON invitees (previous) WHERE previous IS NOT NULL;"           \
  "CREATE INDEX invitees_by_email ON invitees (email_key);"                                        \
  "CREATE INDEX invitees_by_tracking ON invitees (tracking_key)"                                   \
  "  WHERE tracking_key IS NOT NULL;"                                                              \
  "CREATE INDEX invitees_by_old ON invitees (old_invitee) WHERE old_invitee IS NOT NULL;"          \
  "CREATE INDEX invitees_by_new ON invitees (new_invitee) WHERE new_invitee IS NOT NULL;"          \
  "CREATE INDEX invitees_unmatched ON invitees (match) WHERE customer IS NULL;"

/* A person has several e-mail addresses, and any of them tells who it is. They are sealed with the
 * rest of the person; only their keys stand apart. */
#define STEP_5                                                                                     \
  "CREATE TABLE stakeholder_emails ("                                                              \
  "  stakeholder INTEGER NOT NULL REFERENCES stakeholders (id) ON DELETE CASCADE,"                 \
  "  email_key INTEGER NOT NULL,"                                                                  \
  "  PRIMARY KEY (stakeholder, email_key)"                                                         \
  ") STRICT, WITHOUT ROWID;"                                                                       \
  "CREATE INDEX stakeholder_emails_by_email ON stakeholder_emails (email_key);"                    \
  "INSERT INTO stakeholder_emails (stakeholder, email_key)"                                        \
  "  SELECT id, email_key FROM stakeholders WHERE email_key IS NOT NULL;"                          \
  "DROP INDEX stakeholders_by_email;"                                                              \
  "ALTER TABLE stakeholders DROP COLUMN email_key;"

const TptSchemaStep tpt_schema_steps[] = {
  { 1, STEP_1, tpt_schema_key_write, FALSE },
  { 2, STEP_2, NULL, FALSE },
  { 3, STEP_3, NULL, FALSE },
  { 4, STEP_4, NULL, TRUE },
  { 5, STEP_5, NULL, FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (tpt_schema_steps) == TPT_SCHEMA_VERSION);
