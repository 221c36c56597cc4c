/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <sodium.h>
#include <string.h>

#include "tpt-relay-audit.h"
#include "tpt-relay-cluster.h"
#include "tpt-relay-code.h"
#include "tpt-relay-error.h"
#include "tpt-relay-guard.h"
#include "tpt-relay-log.h"
#include "tpt-relay-message.h"
#include "tpt-relay-routes.h"
#include "tpt-relay-space.h"

#define NAME_MAX_BYTES 200
/* Longer than a question to Calendly may take. */
#define QUESTION_SECONDS 30

/* What the steps of one enrolment pass on; it lives until the request is answered. */
typedef struct
{
  TptRelayContext          *context;
  TptRelayRequest          *request;
  TptRelayPeer              peer;
  TptRelayEnrolmentRequest *wish;
  TptRelayDeviceRecord     *device;
  TptRelayChannelRecord    *channel; /* NULL for an app's subscription */
  char                     *token;
  gint64                    code_expires_at;
  guint8                    code_hash[TPT_RELAY_HASH_SIZE];
  gboolean                  code_was_free;
} Enrolling;

static void
enrolling_free (Enrolling *enrolling)
{
  g_clear_pointer (&enrolling->wish, tpt_relay_enrolment_request_free);
  g_clear_pointer (&enrolling->device, tpt_relay_device_record_free);
  g_clear_pointer (&enrolling->channel, tpt_relay_channel_record_free);
  g_free (enrolling->token);
  g_free (enrolling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Enrolling, enrolling_free)

static char *
random_text (gsize size)
{
  guint8 bytes[32];
  char text[64];

  g_assert (size <= sizeof bytes);
  randombytes_buf (bytes, size);
  sodium_bin2base64 (text, sizeof text, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

  return g_strdup (text);
}

static char *
webhook_url_of (Enrolling *enrolling)
{
  const char *base = enrolling->context->config->public_url;

  if (enrolling->channel != NULL)
    return g_strdup_printf ("%s/v1/calendly/webhook/%s", base, enrolling->channel->name);

  return g_strdup_printf ("%s/v1/calendly/webhook", base);
}

static void
answer_enrolled (Enrolling *enrolling)
{
  g_autofree char *webhook_url = webhook_url_of (enrolling);
  TptRelayEnrolment answer = {
    .device = enrolling->device->name,
    .token = enrolling->token,
    .user = enrolling->device->user,
    .organization = enrolling->device->organization,
    .role = enrolling->device->role,
    .webhook_url = webhook_url,
    .signing_key = enrolling->channel != NULL ? enrolling->channel->key : NULL,
  };
  g_autofree char *json = tpt_relay_enrolment_encode (&answer);

  if (enrolling->context->cluster == NULL)
    {
      if (enrolling->channel != NULL)
        tpt_relay_directory_add_channel (enrolling->context->directory,
                                         g_steal_pointer (&enrolling->channel));
      tpt_relay_directory_add_device (enrolling->context->directory,
                                      g_steal_pointer (&enrolling->device));
    }
  tpt_relay_context_count (enrolling->context, TPT_RELAY_METRIC_ENROLMENT_DONE);
  tpt_relay_log_event ("device-enrolled", "device", answer.device, "role", answer.role, NULL);
  tpt_relay_guard_forgive_enrolment (enrolling->context, &enrolling->peer);
  tpt_relay_request_reply (enrolling->request, 201, json);
}

static gboolean
write_audit (TptRelayJournal       *journal,
             TptRelayDeviceRecord  *device,
             GError               **error)
{
  g_autofree char *detail =
    tpt_relay_audit_describe ("device", device->name, "user", device->user, "organization",
                              device->organization, "role", device->role, "feed",
                              device->has_feed ? "yes" : "no", NULL);

  return tpt_relay_journal_write_audit (journal, g_get_real_time () / 1000, "device-enrolled", 1,
                                        detail, error);
}

/* The code is used up together with what it was used for, or not at all; nor where nobody waits for
 * the answer any more. */
static gboolean
write_enrolment (TptRelayJournal  *journal,
                 gpointer          data,
                 GError          **error)
{
  Enrolling *enrolling = data;

  if (!tpt_relay_request_begin (enrolling->request))
    return TRUE;
  if (!tpt_relay_journal_use_code (journal, enrolling->code_hash,
                                   enrolling->code_expires_at * 1000, &enrolling->code_was_free,
                                   error))
    return FALSE;
  if (!enrolling->code_was_free)
    return TRUE;
  if (enrolling->channel != NULL)
    {
      if (!tpt_relay_journal_add_channel (journal, enrolling->channel, error))
        return FALSE;
      enrolling->device->channel = enrolling->channel->id;
    }

  return tpt_relay_journal_add_device (journal, enrolling->device, error) &&
         write_audit (journal, enrolling->device, error);
}

static void
looked_cb (gboolean has_looked,
           gpointer user_data)
{
  g_autoptr (Enrolling) enrolling = user_data;

  answer_enrolled (enrolling);
}

/* Where other relays enrol, too, all are learnt from the journal, in its order. */
static void
enrolment_written (gpointer      data,
                   const GError *error)
{
  g_autoptr (Enrolling) enrolling = data;
  TptRelayCluster *cluster = enrolling->context->cluster;

  if (error != NULL || tpt_relay_request_is_over (enrolling->request))
    tpt_relay_request_problem (enrolling->request, 503, "unavailable",
                               "The journal cannot be written.");
  else if (!enrolling->code_was_free)
    tpt_relay_request_problem (enrolling->request, 401, "bad_code", "The enrolment code was used.");
  else if (cluster != NULL)
    tpt_relay_cluster_look (cluster, looked_cb, g_steal_pointer (&enrolling));
  else
    answer_enrolled (enrolling);
}

static void
fill_records (Enrolling        *enrolling,
              TptRelayIdentity *identity)
{
  TptRelayDeviceRecord *device = enrolling->device;

  device->name = random_text (12);
  device->user = g_steal_pointer (&identity->user);
  device->organization = g_steal_pointer (&identity->organization);
  device->role = g_steal_pointer (&identity->role);
  device->has_feed = enrolling->wish->organization_feed;
  device->feed_proved_at = g_get_real_time () / 1000;
  enrolling->token = random_text (32);
  tpt_relay_directory_hash_token (enrolling->token, device->token_hash);

  if (strcmp (enrolling->wish->subscription, "personal") == 0)
    {
      enrolling->channel = g_new0 (TptRelayChannelRecord, 1);
      enrolling->channel->name = random_text (16);
      enrolling->channel->user = g_strdup (device->user);
      enrolling->channel->key = random_text (32);
    }
}

static void
identified_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Enrolling) enrolling = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TptRelayIdentity) identity = tpt_relay_calendly_identify_finish (result, &error);

  if (identity == NULL && g_error_matches (error, TPT_RELAY_ERROR, TPT_RELAY_ERROR_REFUSED))
    {
      tpt_relay_context_count (enrolling->context, TPT_RELAY_METRIC_ENROLMENT_REFUSED);
      tpt_relay_request_problem (enrolling->request, 403, "forbidden", error->message);
    }
  else if (identity == NULL)
    {
      tpt_relay_request_problem (enrolling->request, 503, "calendly_unreachable", error->message);
    }
  else if (identity->organization == NULL)
    {
      tpt_relay_context_count (enrolling->context, TPT_RELAY_METRIC_ENROLMENT_REFUSED);
      tpt_relay_request_problem (enrolling->request, 403, "forbidden",
                                 "This relay does not serve your organization.");
    }
  else if (enrolling->wish->organization_feed && !tpt_relay_device_is_admin_role (identity->role))
    {
      tpt_relay_context_count (enrolling->context, TPT_RELAY_METRIC_ENROLMENT_REFUSED);
      tpt_relay_request_problem (enrolling->request, 403, "forbidden",
                                 "Only an owner or admin may have the organization's feed.");
    }
  else
    {
      fill_records (enrolling, identity);
      tpt_relay_request_set_patience (enrolling->request, 0);
      tpt_relay_queue_push (enrolling->context->queue, write_enrolment, enrolment_written,
                            enrolling);
      enrolling = NULL;
    }
}

static const char *
find_mistake (TptRelayEnrolmentRequest *wish)
{
  if (!tpt_relay_calendly_is_token (wish->calendly_token))
    return "calendly_token is no token.";
  if (strlen (wish->name) > NAME_MAX_BYTES)
    return "name is too long.";
  if (strcmp (wish->subscription, "app") != 0 && strcmp (wish->subscription, "personal") != 0)
    return "subscription must be app or personal.";

  return NULL;
}

/* TRUE where it is a code of this relay; otherwise the request is answered. */
static gboolean
check_code (Enrolling *enrolling)
{
  TptRelayContext *context = enrolling->context;

  if (tpt_relay_code_check (context->code_key, enrolling->wish->enrolment_code,
                            g_get_real_time () / G_USEC_PER_SEC, &enrolling->code_expires_at,
                            enrolling->code_hash))
    return TRUE;
  tpt_relay_context_count (context, TPT_RELAY_METRIC_ENROLMENT_CODE);
  tpt_relay_request_problem (enrolling->request, 401, "bad_code",
                             "The enrolment code is wrong or has expired.");

  return FALSE;
}

static gboolean
check_key (Enrolling *enrolling)
{
  guint8 relay_key[TPT_RELAY_KEY_SIZE];
  guint8 shared[TPT_RELAY_KEY_SIZE];

  if (tpt_relay_box_decode_fixed (enrolling->wish->public_key, enrolling->device->public_key,
                                  TPT_RELAY_KEY_SIZE) &&
      tpt_relay_box_begin (enrolling->device->public_key, relay_key, shared, NULL))
    return TRUE;
  tpt_relay_request_problem (enrolling->request, 400, "bad_key",
                             "public_key is not the base64 of an X25519 key.");

  return FALSE;
}

static gboolean
read_code (TptRelayJournal  *journal,
           gpointer          data,
           GError          **error)
{
  Enrolling *enrolling = data;
  gboolean is_used = FALSE;

  if (!tpt_relay_journal_is_code_used (journal, enrolling->code_hash, &is_used, error))
    return FALSE;
  enrolling->code_was_free = !is_used;

  return TRUE;
}

static void
code_read (gpointer      data,
           const GError *error)
{
  g_autoptr (Enrolling) enrolling = data;
  TptRelayContext *context = enrolling->context;

  /* Nor is Calendly asked for somebody who has been told that it did not work. */
  if (error != NULL || tpt_relay_request_is_over (enrolling->request))
    {
      tpt_relay_request_problem (enrolling->request, 503, "unavailable",
                                 "The journal cannot be read.");
      return;
    }
  if (!enrolling->code_was_free)
    {
      tpt_relay_request_problem (enrolling->request, 401, "bad_code",
                                 "The enrolment code was used.");
      return;
    }
  if (!check_key (enrolling) || !tpt_relay_space_admit (context, enrolling->request))
    return;
  /* Whoever has such a code is no stranger. */
  tpt_relay_request_authenticated (enrolling->request);
  tpt_relay_request_set_patience (enrolling->request, QUESTION_SECONDS);
  tpt_relay_calendly_identify_async (context->calendly, enrolling->wish->calendly_token, NULL,
                                     identified_cb, enrolling);
  enrolling = NULL;
}

/* POST /v1/devices: code, then key, then who it is: a stranger makes the relay ask nobody
 * anything. */
void
tpt_relay_enrol_route (TptRelayContext *context,
                       TptRelayRequest *request)
{
  g_autoptr (Enrolling) enrolling = g_new0 (Enrolling, 1);
  gsize length;
  const char *body = g_bytes_get_data (request->body, &length);
  const char *mistake;

  enrolling->context = context;
  enrolling->request = request;
  tpt_relay_peer_find (request, &enrolling->peer);
  enrolling->device = g_new0 (TptRelayDeviceRecord, 1);
  enrolling->wish = tpt_relay_enrolment_request_decode (body, (gssize) length, NULL);
  mistake = enrolling->wish == NULL ? "The body is not what enrolment needs."
                                    : find_mistake (enrolling->wish);
  if (mistake != NULL)
    {
      tpt_relay_request_problem (request, 400, "bad_request", mistake);
      return;
    }
  if (check_code (enrolling))
    tpt_relay_queue_push (context->queue, read_code, code_read, g_steal_pointer (&enrolling));
}
