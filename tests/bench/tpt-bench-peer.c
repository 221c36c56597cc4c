/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-peer.h"

#include "tpt-bench-nginx.h"
#include "tpt-test.h"

#define NCHAN_MODULE "/usr/lib/nginx/modules/ngx_nchan_module.so"

struct _TptBenchPeer
{
  char            *directory;
  TptBenchProgram *program;
  guint16          port;
};

static TptBenchPeer *
peer_new (void)
{
  TptBenchPeer *self = g_new0 (TptBenchPeer, 1);

  self->directory = tpt_test_make_dir ();

  return self;
}

static void
start (TptBenchPeer       *self,
       const char *const  *arguments)
{
  self->program = tpt_bench_program_start (arguments);
  self->port = (guint16) g_ascii_strtoull (tpt_bench_program_get (self->program, "port"), NULL, 10);
}

/* A SoupServer that checks the signature and keeps nothing. */
TptBenchPeer *
tpt_bench_peer_new_soup (void)
{
  TptBenchPeer *self = peer_new ();

  start (self, (const char *const[]) { g_getenv ("TPT_BENCH_SOUP"), NULL });

  return self;
}

/**
 * tpt_bench_peer_new_nchan:
 *
 * nginx that publishes each body to a channel in memory: nothing is checked, nothing on the disk.
 *
 * Returns: (transfer full) (nullable): NULL after having said so where it is not installed
 */
TptBenchPeer *
tpt_bench_peer_new_nchan (void)
{
  g_autofree char *nginx = g_find_program_in_path ("nginx");
  TptBenchPeer *self;
  g_autofree char *http = NULL;

  if (nginx == NULL || !g_file_test (NCHAN_MODULE, G_FILE_TEST_EXISTS))
    {
      g_print ("relay: nginx with nchan is not here, its row is left out\n");
      return NULL;
    }
  self = peer_new ();
  self->port = tpt_bench_program_find_port ();
  http = g_strdup_printf (
    "  client_body_buffer_size 64k;\n"
    "  server {\n    listen 127.0.0.1:%u backlog=1024;\n"
    "    location / { nchan_publisher; nchan_channel_id webhooks;"
    " nchan_message_buffer_length 100; }\n  }\n",
    self->port);
  self->program = tpt_bench_nginx_start (self->directory, self->port, NCHAN_MODULE, http);

  return self;
}

static gboolean
has_better_sqlite (const char *node)
{
  const char *const arguments[] = { node, "-e", "require('better-sqlite3')", NULL };
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

  return process != NULL && g_subprocess_wait (process, NULL, NULL)
         && g_subprocess_get_successful (process);
}

/**
 * tpt_bench_peer_new_node:
 *
 * A small node server with better-sqlite3: one transaction a request, on the disk before the
 * answer. The package is no part of Debian: `npm install better-sqlite3` somewhere and NODE_PATH
 * bring it.
 *
 * Returns: (transfer full) (nullable): NULL after having said so where it is not installed
 */
TptBenchPeer *
tpt_bench_peer_new_node (void)
{
  g_autofree char *node = g_find_program_in_path ("node");
  TptBenchPeer *self;

  if (node == NULL || !has_better_sqlite (node))
    {
      g_print ("relay: node with better-sqlite3 is not here, its row is left out\n");
      return NULL;
    }
  self = peer_new ();
  start (self, (const char *const[]) { node, g_getenv ("TPT_BENCH_NODE"), self->directory, NULL });

  return self;
}

guint16
tpt_bench_peer_get_port (TptBenchPeer *self)
{
  return self->port;
}

void
tpt_bench_peer_free (TptBenchPeer *self)
{
  if (self == NULL)
    return;
  tpt_bench_program_stop (self->program);
  tpt_test_remove_dir (self->directory);
  g_free (self->directory);
  g_free (self);
}
