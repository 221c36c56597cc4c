/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-replay.h"

#include "tpt-bench-nginx.h"
#include "tpt-test.h"

/* What one question is told from another by. Not by its times, which move with the clock: only
 * whether there is an end. */
static const char *const parameters[] = { "user", "organization", "sort", "page_token" };

struct _TptBenchReplay
{
  char *directory;
  TptBenchProgram *program;
};

static const char http_format[] =
  "  default_type application/json;\n"
  "  open_file_cache max=65536 inactive=1h;\n"
  "  open_file_cache_valid 1h;\n"
  "  map_hash_max_size 65536;\n"
  "  map_hash_bucket_size 512;\n"
  "  map $arg_max_start_time $end { \"\" open; default set; }\n"
  "  map \"$uri $arg_user $arg_organization $arg_sort $arg_page_token $end\" $answer {\n"
  "%s"
  "  }\n"
  "  server {\n"
  "    listen 127.0.0.1:%u;\n"
  "    root %s;\n"
  "    location / { try_files $answer =404; }\n"
  "  }\n";

/* The value in @query as it is written there, "" without: nginx does not decode it, either. */
static void
append_value (GString    *key,
              GStrv       query,
              const char *name)
{
  g_autofree char *prefix = g_strconcat (name, "=", NULL);

  for (guint i = 0; query[i] != NULL; i++)
    {
      if (g_str_has_prefix (query[i], prefix))
        g_string_append (key, query[i] + strlen (prefix));
    }
}

/* Returns: (transfer full): what nginx makes of a question for @path */
static char *
make_key (const char *path)
{
  const char *mark = strchr (path, '?');
  g_auto (GStrv) query = g_strsplit (mark != NULL ? mark + 1 : "", "&", -1);
  GString *key = g_string_new_len (path, mark != NULL ? mark - path : (gssize) strlen (path));
  g_autoptr (GString) end = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    {
      g_string_append_c (key, ' ');
      append_value (key, query, parameters[i]);
    }
  append_value (end, query, "max_start_time");
  g_string_append (key, end->len > 0 ? " set" : " open");

  return g_string_free (key, FALSE);
}

/* Asks for @path, and keeps the answer under @name. */
static void
record (TptBenchReplay *self,
        SoupSession    *session,
        const char     *url,
        const char     *token,
        const char     *name)
{
  g_autofree char *file = g_build_filename (self->directory, name, NULL);
  g_autoptr (GBytes) body = tpt_bench_request (session, "GET", url, token, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body),
                       &error);
  g_assert_no_error (error);
}

/**
 * tpt_bench_replay_new:
 * @api: of the service that knows the answers
 * @paths: (element-type utf8): with their queries, each once
 */
TptBenchReplay *
tpt_bench_replay_new (SoupSession *session,
                      const char  *api,
                      const char  *token,
                      GPtrArray   *paths)
{
  TptBenchReplay *self = g_new0 (TptBenchReplay, 1);
  g_autoptr (GString) answers = g_string_new (NULL);
  guint16 port = tpt_bench_program_find_port ();
  g_autofree char *http = NULL;

  self->directory = tpt_test_make_dir ();
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *url = g_strconcat (api, path, NULL);
      g_autofree char *name = g_strdup_printf ("%u.json", i);
      g_autofree char *key = make_key (path);

      record (self, session, url, token, name);
      g_string_append_printf (answers, "    \"%s\" /%s;\n", key, name);
    }
  http = g_strdup_printf (http_format, answers->str, port, self->directory);
  self->program = tpt_bench_nginx_start (self->directory, port, NULL, http);

  return self;
}

const char *
tpt_bench_replay_get_api (TptBenchReplay *self)
{
  return tpt_bench_program_get (self->program, "api");
}

void
tpt_bench_replay_free (TptBenchReplay *self)
{
  tpt_bench_program_stop (self->program);
  tpt_test_remove_dir (self->directory);
  g_free (self->directory);
  g_free (self);
}
