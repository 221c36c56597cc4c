/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-bench-relay.h"

#include "tpt-test.h"

#define SIGNING_KEY "sandbox-signing-key\n"

struct _TptBenchRelay
{
  TptBenchProgram *program;
  char *url;
  char *config;
};

static void
write_file (const char *path,
            const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* One that keeps as much for a member as there is. */
TptBenchRelay *
tpt_bench_relay_start (const char *directory,
                       const char *api,
                       const char *organization)
{
  TptBenchRelay *self = g_new0 (TptBenchRelay, 1);
  g_autofree char *folder = g_build_filename (directory, "relay", NULL);
  g_autofree char *keys = g_build_filename (folder, "signing-keys", NULL);
  g_autofree char *text = NULL;
  guint port = tpt_bench_program_find_port ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", port);
  self->config = g_build_filename (folder, "relay.conf", NULL);
  text = g_strdup_printf ("[relay]\nlisten=tcp:127.0.0.1:%u\npublic_url=%s\n"
                          "journal=sqlite:%s/journal.db\norganizations=%s\ncalendly_api_url=%s\n"
                          "channel_limit_bytes=0\n"
                          "[keys]\nwebhook_signing_keys=%s\n",
                          port, self->url, folder, organization, api, keys);
  write_file (keys, SIGNING_KEY);
  write_file (self->config, text);
  self->program = tpt_bench_program_start (
    (const char *const[]) { g_getenv ("TPT_RELAY"), "--config", self->config, NULL });

  return self;
}

static gboolean
is_live (gpointer user_data)
{
  TptRelayListener *listener = TPT_RELAY_LISTENER (user_data);

  return tpt_relay_listener_get_state (listener) == TPT_RELAY_LIVE
         && g_str_equal (tpt_relay_listener_get_webhook_state (listener), "active");
}

/* Afterwards @desk listens to the relay, and the service posts to it. */
void
tpt_bench_relay_enrol (TptBenchRelay *self,
                       TptServices   *desk)
{
  g_autofree char *code = tpt_bench_program_read (
    (const char *const[]) { g_getenv ("TPT_RELAY"), "enrol-code", "--config", self->config, NULL });
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };

  tpt_relay_listener_enrol_async (desk->listener, self->url, code, NULL, tpt_test_result_cb,
                                  &waiting);
  result = tpt_test_await (&waiting);
  tpt_relay_listener_enrol_finish (desk->listener, result, &error);
  g_assert_no_error (error);
  tpt_relay_listener_start (desk->listener);
  tpt_test_await_func (is_live, desk->listener);
}

/* Ends it and frees @self. */
void
tpt_bench_relay_stop (TptBenchRelay *self)
{
  tpt_bench_program_stop (self->program);
  g_free (self->url);
  g_free (self->config);
  g_free (self);
}
