/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "relay-fixture.h"
#include "tpt-test.h"

#define NOBODY 65534

static void
assert_refused (Relay      *relay,
                const char *reason)
{
  int status;
  g_autofree char *out = relay_run (relay, "check", &status);

  if (strstr (out, reason) == NULL)
    g_error ("%s -- does not say: %s", out, reason);
  g_assert_cmpint (status, ==, 78);
}

static void
replace_in_config (Relay      *relay,
                   const char *from,
                   const char *to)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (relay->config, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, from, to, 0), >, 0);
  g_assert_true (g_file_set_contents (relay->config, changed->str, -1, NULL));
}

/* Each mistake with the reason that is printed for it. */
static void
test_config (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *reason;
  } cases[] = {
    { "listen=tcp:127.0.0.1:0", "listen=tcp:0.0.0.0:0", "only loopback is safe without a proxy" },
    { "listen=tcp:127.0.0.1:0", "listen=tcp:127.0.0.1", "must be unix:PATH or tcp:127.0.0.1:PORT" },
    { "listen=tcp:127.0.0.1:0", "listen=tcp:127.0.0.1:70000", "must be unix:PATH" },
    { "listen=tcp:127.0.0.1:0", "listen=unix:relay.sock", "the path must be absolute" },
    { "listen=tcp:127.0.0.1:0", "", "listen is missing" },
    { "listen=", "listened=", "Unknown key listened in [relay]" },
    { "[keys]", "[key]", "Unknown group [key]" },
    { "listen=", "listen=unix:/run/x\nlisten=", "Key listen stands twice in [relay]" },
    { "[keys]", "[keys]\nwebhook_signing_keys =/x", "webhook_signing_keys stands twice in [keys]" },
    { "[keys]", "[keys]\n[relay]\n listen = unix:/x\n[keys]", "Key listen stands twice in [relay]" },
    { "public_url=https:", "public_url=http:", "must be https" },
    { "public_url=https://relay.example.com/", "", "public_url is missing" },
    { "calendly_api_url=http://127.0.0.1", "calendly_api_url=http://example.com", "must be https" },
    { "calendly_api_url=http://", "calendly_api_url=http://me@", "not an address" },
    { "organizations=" RELAY_ORGANIZATION ";", "", "organizations is missing" },
    { "/organizations/", "/users/", "organizations: https://api.calendly.com/users/" },
    { RELAY_ORGANIZATION ";", "AAAA", "organizations: AAAA is not an address" },
    { RELAY_ORGANIZATION ";", RELAY_ORGANIZATION "/", "is not an address of the form" },
    { "journal=sqlite:", "journal=mysql:", "must be sqlite:PATH" },
    { "[keys]", "tolerance_seconds=0\n[keys]", "tolerance_seconds=0: must be a number from 1" },
    { "[keys]", "retention_days=soon\n[keys]", "retention_days=soon: must be a number" },
    { "[keys]", "[keys]\noperator_public_key=abc", "operator_public_key is not the base64" },
    { "[keys]", "[keys]\noperator_public_key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "operator_public_key is a key that seals nothing" },
    { "[keys]", "limit_per_device=-1\n[keys]", "limit_per_device=-1: must be a number from 0" },
    { "[keys]", "limit_per_address=many\n[keys]", "limit_per_address=many: must be a number" },
    { "[keys]", "channel_limit_bytes=64M\n[keys]", "channel_limit_bytes=64M: must be 0 or a" },
    { "[keys]", "channel_limit_bytes=1048575\n[keys]", "channel_limit_bytes=1048575: must be 0" },
    { "[keys]", "disk_reserve_bytes=1152921504606846977\n[keys]", "disk_reserve_bytes=115292150" },
    { "[keys]", "admin_listen=unix:/run/x\n[keys]", "admin_listen needs admin_token" },
    { "[keys]", "[keys]\nadmin_token=/etc/hostname", "admin_token needs admin_listen" },
    { "[keys]", "admin_listen=tcp:0.0.0.0:1\n[keys]", "admin_listen: " },
    { "journal=sqlite:", "journal=sqlite:/nowhere", "there is no directory /nowhere" },
    { "/keys\n", "/nokeys\n", "cannot be opened: No such file" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Relay) relay = relay_new (NULL, "");

      replace_in_config (relay, cases[i].from, cases[i].to);
      assert_refused (relay, cases[i].reason);
    }
  {
    g_autoptr (Relay) relay = relay_new (NULL, "");
    int status;
    g_autofree char *out = relay_run (relay, "check", &status);

    g_assert_cmpint (status, ==, 0);
    g_assert_cmpstr (out, ==, "The configuration is good.");
  }
}

static void
test_key_file (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *keys = g_build_filename (relay->directory, "keys", NULL);
  g_autofree char *elsewhere = g_build_filename (relay->directory, "elsewhere", NULL);

  g_assert_cmpint (g_chmod (keys, 0640), ==, 0);
  assert_refused (relay, "has mode 0640; it must be 0600");
  g_assert_cmpint (g_chmod (keys, 0604), ==, 0);
  assert_refused (relay, "has mode 0604; it must be 0600");
  g_assert_cmpint (g_chmod (keys, 0600), ==, 0);
  g_assert_cmpint (g_rename (keys, elsewhere), ==, 0);
  g_assert_cmpint (symlink (elsewhere, keys), ==, 0);
  assert_refused (relay, "cannot be opened");
  g_assert_cmpint (g_unlink (keys), ==, 0);
  g_assert_cmpint (g_mkdir (keys, 0600), ==, 0);
  assert_refused (relay, "is no regular file");
  g_assert_cmpint (g_rmdir (keys), ==, 0);
  g_assert_cmpint (mkfifo (keys, 0600), ==, 0);
  assert_refused (relay, "is no regular file");
  g_assert_cmpint (g_unlink (keys), ==, 0);
  g_assert_true (g_file_set_contents_full (keys, "# none\n\n", -1, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
  assert_refused (relay, "holds no key");
  g_assert_true (g_file_set_contents (keys, "# one\nshort\n", -1, NULL));
  g_assert_cmpint (g_chmod (keys, 0600), ==, 0);
  assert_refused (relay, "line 2: a key of 5 characters; it must have 8 to 512");
  g_assert_true (g_file_set_contents (keys, "good-enough\nnot good enough\n", -1, NULL));
  g_assert_cmpint (g_chmod (keys, 0600), ==, 0);
  assert_refused (relay, "line 2: a key holds neither spaces");
}

/* systemd hands out keys with modes of its own in a directory that it names. */
static void
test_credential (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *keys = g_build_filename (relay->directory, "keys", NULL);
  g_autofree char *out = NULL;
  int status;

  g_assert_cmpint (g_chmod (keys, 0440), ==, 0);
  assert_refused (relay, "has mode 0440");
  g_setenv ("CREDENTIALS_DIRECTORY", relay->directory, TRUE);
  out = relay_run (relay, "check", &status);
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  g_assert_cmpint (status, ==, 0);
}

/* What systemd hands to the service alone, nobody else can read, nor has to: not who asks for a
 * code, and not who looks at the configuration before the service starts. The service does. */
static void
test_foreign_credential (void)
{
  static const char path[] = "/run/credentials/none.service/keys";
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *keys = g_build_filename (relay->directory, "keys", NULL);
  const char *const argv[] = { relay->program, "--config", relay->config, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = NULL;
  g_autofree char *code = NULL;
  g_autofree char *complaint = NULL;
  int status;

  replace_in_config (relay, keys, path);
  out = relay_run (relay, "check", &status);
  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (out, "hands to the service was not read"));
  code = relay_run (relay, "enrol-code", &status);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpuint (strlen (code), >, 20);
  g_assert_null (strchr (code, '\n'));

  process = relay_spawn (G_SUBPROCESS_FLAGS_STDERR_PIPE, argv);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 78);
  g_assert_nonnull (strstr (complaint, path));
}

/* Whatever happens to it, nothing of it comes to lie in a file, and nobody looks into it. */
static void
test_memory (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  struct rlimit core;
  int pid;

  relay_start (relay);
  pid = atoi (g_subprocess_get_identifier (relay->process));
  g_assert_cmpint (prlimit (pid, RLIMIT_CORE, NULL, &core), ==, 0);
  g_assert_cmpuint (core.rlim_max, ==, 0);
  /* Of a process that may not be dumped, all of /proc is root's. */
  path = g_strdup_printf ("/proc/%d/status", pid);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\nCoreDumping:\t0\n"));
  g_assert_nonnull (strstr (text, "\nUmask:\t0077\n"));
}

static guint
mode_of (Relay      *relay,
         const char *name)
{
  g_autofree char *path = g_build_filename (relay->directory, name, NULL);
  struct stat status;

  g_assert_cmpint (g_lstat (path, &status), ==, 0);

  return status.st_mode & 07777;
}

static void
test_modes (void)
{
  mode_t old = umask (0);
  g_autoptr (Relay) relay = relay_new ("unix", "");

  relay_start (relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  g_assert_cmpuint (mode_of (relay, "journal.db"), ==, 0600);
  g_assert_cmpuint (mode_of (relay, "journal.db-wal"), ==, 0600);
  g_assert_cmpuint (mode_of (relay, "relay.sock"), ==, 0660);
  umask (old);
}

/* A socket left behind by a kill is taken over; one on which somebody listens is not. */
static void
test_stale_socket (void)
{
  g_autoptr (Relay) relay = relay_new ("unix", "");
  g_autoptr (GSubprocess) second = NULL;
  g_autofree char *path = NULL;

  relay_start (relay);
  relay_kill (relay);
  relay_start (relay);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 200);
  second = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, relay->program, "--config",
                             relay->config, NULL);
  g_assert_true (g_subprocess_wait (second, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (second), ==, 74);
  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 200);
  relay_stop (relay);
  path = g_build_filename (relay->directory, "relay.sock", NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Somebody else holds the database: 503 and never 200, until it is free again. */
static void
test_locked (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (Device) alice = NULL;
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  g_autoptr (Reply) health = NULL;
  g_autoptr (Stream) stream = NULL;
  g_autoptr (TptRelayFrame) hello = NULL;
  g_autoptr (TptRelayFrame) frame = NULL;
  g_autofree char *expected = relay_body ("ALICE", 2);
  g_autofree char *opened = NULL;
  sqlite3 *db;

  relay_start (relay);
  alice = relay_enrol (relay, "tok-alice", "app", FALSE);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpuint (relay_book (relay, "ALICE", 1), ==, 503);
  health = relay_ask (relay, "GET", "/healthz", "", "");
  g_assert_cmpuint (health->status, ==, 503);
  g_assert_nonnull (strstr (health->head, "\r\nRetry-After: "));
  g_assert_cmpint (sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  g_assert_cmpuint (relay_book (relay, "ALICE", 2), ==, 200);
  stream = stream_open (relay, alice, NULL);
  hello = stream_next_of (stream, "hello");
  frame = stream_next_of (stream, "webhook");
  opened = device_open (alice, frame->data);
  g_assert_cmpstr (opened, ==, expected);
}

/* Another's file in the journal's place is left as it is. */
static void
test_foreign_journal (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *complaint = NULL;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE theirs (x)", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL, relay->program, "--config",
                              relay->config, NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 74);
  g_assert_nonnull (strstr (complaint, "another program's database"));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "SELECT x FROM theirs", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* A code before the first start, asked for by somebody else than the service: no journal is left
 * that the service could not open. */
static void
test_foreign_maker (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *path = g_build_filename (relay->directory, "journal.db", NULL);
  g_autofree char *place = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *elsewhere = g_strdup_printf ("/tmp/touchpoint-%d.db", getpid ());
  g_autofree char *elsewhere_place = g_strconcat ("sqlite:", elsewhere, NULL);
  g_autofree char *out = NULL;
  g_autofree char *code = NULL;
  int status;

  /* Root can give its directory away; everybody else has one that is root's. */
  if (geteuid () == 0)
    g_assert_cmpint (chown (relay->directory, NOBODY, NOBODY), ==, 0);
  else
    replace_in_config (relay, place, elsewhere_place);
  out = relay_run (relay, "enrol-code", &status);
  g_assert_cmpint (status, ==, 74);
  g_assert_nonnull (strstr (out, "is not there yet"));
  g_assert_nonnull (strstr (out, "start the relay first"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (elsewhere, G_FILE_TEST_EXISTS));

  if (geteuid () != 0)
    replace_in_config (relay, elsewhere_place, place);
  relay_start (relay);
  code = relay_run (relay, "enrol-code", NULL);
  g_assert_cmpuint (strlen (code), ==, 32);
}

/* SIGTERM while a body is on its way: it is still taken and answered. */
static void
test_terminate (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autoptr (GSocketConnection) half = NULL;
  g_autoptr (GSocketConnection) idle = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *nothing = NULL;
  const char *head = "POST /v1/events/ack HTTP/1.1\r\nHost: r\r\nExpect: 100-continue\r\n"
                     "Content-Length: 5\r\n\r\n";
  GOutputStream *out;

  relay_start (relay);
  idle = relay_connect (relay);
  half = relay_connect (relay);
  out = g_io_stream_get_output_stream (G_IO_STREAM (half));
  g_assert_true (g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL));
  {
    char word[26] = "";

    /* The head has been read when this comes. */
    g_assert_true (g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (half)), word,
                                            25, NULL, NULL, NULL));
    g_assert_cmpstr (word, ==, "HTTP/1.1 100 Continue\r\n\r\n");
  }
  g_subprocess_send_signal (relay->process, SIGTERM);
  nothing = relay_read_all (idle);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_true (g_output_stream_write_all (out, "hello", 5, NULL, NULL, NULL));
  answer = relay_read_all (half);
  g_assert_nonnull (strstr (answer, "401 Unauthorized"));
  g_assert_nonnull (strstr (answer, "Connection: close"));
  g_assert_true (g_subprocess_wait (relay->process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (relay->process), ==, 0);
  g_clear_object (&relay->process);
}

/* What one has in memory the other does not know, so a journal serves one relay. */
static void
test_second_relay (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  const char *const argv[] = { relay->program, "--config", relay->config, NULL };
  g_autoptr (GSubprocess) second = NULL;
  g_autoptr (Reply) reply = NULL;
  g_autofree char *out = NULL;

  relay_start (relay);
  second = relay_spawn (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, argv);
  g_assert_true (g_subprocess_communicate_utf8 (second, NULL, NULL, &out, NULL, NULL));
  g_assert_nonnull (strstr (out, "another relay works with it"));
  g_assert_cmpint (g_subprocess_get_exit_status (second), ==, 74);
  reply = relay_ask (relay, "GET", "/healthz", "", "");
  g_assert_cmpuint (reply->status, ==, 200);

  relay_kill (relay);
  relay_start (relay);
}

static gpointer
enrol_thread (gpointer data)
{
  Relay *relay = data;
  g_autofree char *code = relay_run (relay, "enrol-code", NULL);

  return relay_try_enrol (relay, code, "tok-alice", "app", FALSE, NULL);
}

/* A Calendly that takes the question and says nothing: whoever enrols hears so at once when the
 * relay stops, and the relay does not wait for an answer. */
static void
test_stop_while_asking (void)
{
  g_autoptr (Relay) relay = relay_new (NULL, "");
  g_autofree char *url = relay_calendly_get_url (relay->calendly);
  g_autoptr (GSocketListener) silent = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (silent, NULL, NULL);
  g_autofree char *silent_url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (GSocketConnection) question = NULL;
  g_autoptr (Reply) reply = NULL;
  GThread *thread;

  replace_in_config (relay, url, silent_url);
  relay_start (relay);
  thread = g_thread_new ("enrol", enrol_thread, relay);
  question = g_socket_listener_accept (silent, NULL, NULL, NULL);
  g_assert_nonnull (question);
  relay_stop (relay);
  reply = g_thread_join (thread);
  g_assert_cmpuint (reply->status, ==, 503);
}

int
main (int    argc,
      char **argv)
{
  tpt_test_init (&argc, &argv);
  g_test_add_func ("/relay/main/config", test_config);
  g_test_add_func ("/relay/main/key-file", test_key_file);
  g_test_add_func ("/relay/main/credential", test_credential);
  g_test_add_func ("/relay/main/foreign-credential", test_foreign_credential);
  g_test_add_func ("/relay/main/memory", test_memory);
  g_test_add_func ("/relay/main/modes", test_modes);
  g_test_add_func ("/relay/main/stale-socket", test_stale_socket);
  g_test_add_func ("/relay/main/locked", test_locked);
  g_test_add_func ("/relay/main/foreign-journal", test_foreign_journal);
  g_test_add_func ("/relay/main/foreign-maker", test_foreign_maker);
  g_test_add_func ("/relay/main/second-relay", test_second_relay);
  g_test_add_func ("/relay/main/terminate", test_terminate);
  g_test_add_func ("/relay/main/stop-while-asking", test_stop_while_asking);

  return g_test_run ();
}
