/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-nginx.h"

#include <unistd.h>

static const char config_format[] =
  "%s"
  "%s"
  "worker_processes 1;\n"
  "daemon off;\n"
  "pid %s/pid;\n"
  "error_log %s/errors crit;\n"
  "events { worker_connections 1024; }\n"
  "http {\n"
  "  access_log off;\n"
  "  keepalive_requests 1000000;\n"
  "  client_body_temp_path %s/body;\n"
  "%s"
  "}\n";

/**
 * tpt_bench_nginx_start:
 * @directory: for its files; what it serves from there is read by the user who runs the benchmark
 * @port: that @http listens on
 * @module: (nullable): the path of one to load
 * @http: directives of its "http" block
 *
 * Waits until it listens. Its line of JSON has the "port" and the "api", an address.
 */
TptBenchProgram *
tpt_bench_nginx_start (const char *directory,
                       guint16     port,
                       const char *module,
                       const char *http)
{
  g_autofree char *nginx = g_find_program_in_path ("nginx");
  g_autofree char *config = g_build_filename (directory, "nginx.conf", NULL);
  g_autofree char *load =
    module != NULL ? g_strconcat ("load_module ", module, ";\n", NULL) : g_strdup ("");
  g_autofree char *text = NULL;
  g_autofree char *script = NULL;
  g_autoptr (GError) error = NULL;

  text = g_strdup_printf (config_format, load, geteuid () == 0 ? "user root;\n" : "", directory,
                          directory, directory, http);
  g_file_set_contents (config, text, -1, &error);
  g_assert_no_error (error);
  /* nginx says nothing when it listens, so something that waits for it does. */
  script = g_strdup_printf (
    "'%s' -c '%s' -p '%s' & trap 'kill -QUIT $!; wait; exit 0' TERM;"
    " until (: > /dev/tcp/127.0.0.1/%u) 2> /dev/null; do"
    " kill -0 $! 2> /dev/null || exit 1; sleep 0.02; done;"
    " echo '{\"port\":\"%u\",\"api\":\"http://127.0.0.1:%u\"}'; wait",
    nginx != NULL ? nginx : "/usr/sbin/nginx", config, directory, port, port, port);

  return tpt_bench_program_start ((const char *const[]) { "bash", "-c", script, NULL });
}
