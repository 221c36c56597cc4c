/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "relay-postgres.h"

#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tpt-test.h"

#define USER "touchpoint"
#define WAIT_SECONDS 90
#define PROCESSES_MAX 64
/* Asking all the time would keep the server from getting ready. */
#define REST_MICROSECONDS (50 * 1000)

/* A server refuses to be root's, so it is nobody's where the tests are root's. It goes when the
 * test goes, however that happens. */
static GStrv
build_command (const char *program,
               va_list     arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *path = g_build_filename (POSTGRES_BINARIES, program, NULL);
  const char *argument;

  g_strv_builder_add_many (builder, "setpriv", "--pdeathsig", "INT", NULL);
  if (geteuid () == 0)
    g_strv_builder_add_many (builder, "--reuid", "nobody", "--regid", "nogroup", "--clear-groups",
                             NULL);
  g_strv_builder_add (builder, path);
  while ((argument = va_arg (arguments, const char *)) != NULL)
    g_strv_builder_add (builder, argument);

  return g_strv_builder_end (builder);
}

static GSubprocess *
spawn (Postgres   *self,
       const char *program,
       ...)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) command = NULL;
  GSubprocess *process;
  va_list arguments;

  va_start (arguments, program);
  command = build_command (program, arguments);
  va_end (arguments);
  g_subprocess_launcher_set_cwd (launcher, self->directory);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) command, &error);
  g_assert_no_error (error);

  return process;
}

/* What it printed. */
static char *
finish (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) != 0)
    g_error ("%s", text);

  return g_steal_pointer (&text);
}

static Postgres *
make (void)
{
  Postgres *self = g_new0 (Postgres, 1);
  struct passwd *nobody = getpwnam ("nobody");
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("touchpoint-postgres-XXXXXX", &error);
  g_assert_no_error (error);
  self->data = g_build_filename (self->directory, "data", NULL);
  if (geteuid () == 0)
    g_assert_cmpint (chown (self->directory, nobody->pw_uid, nobody->pw_gid), ==, 0);

  return self;
}

static void
configure (Postgres *self)
{
  g_autofree char *path = g_build_filename (self->data, "postgresql.auto.conf", NULL);
  g_autofree char *old = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &old, NULL, &error);
  g_assert_no_error (error);
  text = g_strdup_printf ("%slisten_addresses = ''\nunix_socket_directories = '%s'\n"
                          "unix_socket_permissions = 0700\nmax_connections = 40\n"
                          "shared_buffers = 16MB\nwal_keep_size = 64MB\njit = off\n"
                          "wal_retrieve_retry_interval = 200ms\n", old,
                          self->directory);
  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
}

static gboolean
is_ready (gpointer data)
{
  Postgres *self = data;
  g_autoptr (GSubprocess) process = spawn (self, "pg_isready", "-q", "-h", self->directory, NULL);

  g_subprocess_wait (process, NULL, NULL);

  return g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0;
}

void
postgres_start (Postgres *self)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  self->process = spawn (self, "postgres", "-D", self->data, "-c", "logging_collector=off", NULL);
  while (!is_ready (self))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_usleep (REST_MICROSECONDS);
    }
}

/* An empty server, running. */
Postgres *
postgres_new (void)
{
  Postgres *self = make ();

  g_free (finish (spawn (self, "initdb", "-D", self->data, "-U", USER, "-A", "trust", "-E", "UTF8",
                         "--locale=C", "-N", NULL)));
  configure (self);
  postgres_start (self);

  return self;
}

/* A copy that follows, running; the primary waits for it from now on. */
Postgres *
postgres_new_standby (Postgres *primary)
{
  Postgres *self = make ();
  g_autofree char *source = g_strdup_printf ("host=%s user=" USER " application_name=standby",
                                             primary->directory);

  g_free (finish (spawn (self, "pg_basebackup", "-d", source, "-D", self->data, "-R", "-X",
                         "stream", "-N", "-c", "fast", NULL)));
  configure (self);
  postgres_start (self);
  postgres_run (primary, "ALTER SYSTEM SET synchronous_standby_names = 'standby'");
  postgres_run (primary, "SELECT pg_reload_conf ()");
  while (TRUE)
    {
      g_autofree char *state = postgres_ask (primary, "SELECT count (*) FROM pg_stat_replication"
                                                      " WHERE sync_state = 'sync'");

      if (g_str_has_prefix (state, "1"))
        return self;
    }
}

static void
end (Postgres *self,
     int       signal_number)
{
  g_subprocess_send_signal (self->process, signal_number);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
postgres_stop (Postgres *self)
{
  end (self, SIGINT);
}

static GArray *
list_processes (Postgres *self)
{
  GArray *pids = g_array_new (FALSE, FALSE, sizeof (pid_t));
  pid_t own = atoi (g_subprocess_get_identifier (self->process));
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", own, own);
  g_autofree char *text = NULL;
  g_auto (GStrv) children = NULL;

  g_array_append_val (pids, own);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  children = g_strsplit (g_strstrip (text), " ", PROCESSES_MAX);
  for (guint i = 0; children[i] != NULL; i++)
    {
      pid_t child = atoi (children[i]);

      if (child > 0)
        g_array_append_val (pids, child);
    }

  return pids;
}

/* Returns: as proc(5) has it, or 0: there is no such process */
static char
read_state (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  const char *end;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  end = strrchr (text, ')');
  g_assert_nonnull (end);

  return end[2];
}

static gboolean
is_gone (gpointer data)
{
  char state = read_state (*(pid_t *) data);

  return state == 0 || state == 'Z';
}

/* One that is ending while it is asked counts as stopped. */
static gboolean
is_paused (gpointer data)
{
  return is_gone (data) || read_state (*(pid_t *) data) == 'T';
}

/* Every process of it stands still: what is sent to it is taken by the kernel, as far as that has
 * room, and nobody answers. The first one stops first, so that no more can come. */
void
postgres_pause (Postgres *self)
{
  g_autoptr (GArray) first = list_processes (self);
  g_autoptr (GArray) pids = NULL;

  g_assert_cmpint (kill (g_array_index (first, pid_t, 0), SIGSTOP), ==, 0);
  tpt_test_await_func (is_paused, &g_array_index (first, pid_t, 0));
  pids = list_processes (self);
  for (guint i = 0; i < pids->len; i++)
    {
      kill (g_array_index (pids, pid_t, i), SIGSTOP);
      tpt_test_await_func (is_paused, &g_array_index (pids, pid_t, i));
    }
}

/* As a machine that loses its power takes it: nobody is told anything. As long as one of its
 * processes is left, no server can be started on its files. */
void
postgres_kill (Postgres *self)
{
  g_autoptr (GArray) pids = NULL;

  postgres_pause (self);
  pids = list_processes (self);
  for (guint i = 1; i < pids->len; i++)
    kill (g_array_index (pids, pid_t, i), SIGKILL);
  end (self, SIGKILL);
  for (guint i = 1; i < pids->len; i++)
    tpt_test_await_func (is_gone, &g_array_index (pids, pid_t, i));
}

void
postgres_resume (Postgres *self)
{
  g_autoptr (GArray) pids = list_processes (self);

  for (guint i = 0; i < pids->len; i++)
    kill (g_array_index (pids, pid_t, i), SIGCONT);
}

/* For a standby. */
void
postgres_stop_waiting (Postgres *self)
{
  postgres_run (self, "ALTER SYSTEM RESET synchronous_standby_names");
  postgres_run (self, "SELECT pg_reload_conf ()");
}

void
postgres_promote (Postgres *self)
{
  g_free (finish (spawn (self, "pg_ctl", "promote", "-w", "-D", self->data, NULL)));
}

/* The first value of the first row, or the command's name. */
char *
postgres_ask (Postgres   *self,
              const char *sql)
{
  return finish (spawn (self, "psql", "-h", self->directory, "-U", USER, "-d", "postgres", "-X",
                        "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql, NULL));
}

void
postgres_run (Postgres   *self,
              const char *sql)
{
  g_free (postgres_ask (self, sql));
}

void
postgres_run_in (Postgres   *self,
                 const char *database,
                 const char *sql)
{
  g_free (finish (spawn (self, "psql", "-h", self->directory, "-U", USER, "-d", database, "-X",
                         "-q", "-v", "ON_ERROR_STOP=1", "-c", sql, NULL)));
}

/* The journal's, as the relay's configuration names it. */
char *
postgres_location (Postgres   *self,
                   const char *database)
{
  return g_strdup_printf ("postgres:host=%s user=" USER " dbname=%s", self->directory, database);
}

void
postgres_free (Postgres *self)
{
  if (self->process != NULL)
    postgres_stop (self);
  tpt_test_remove_dir (self->directory);
  g_free (self->directory);
  g_free (self->data);
  g_free (self);
}
