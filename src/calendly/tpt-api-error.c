/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-api-error.h"

#include "tpt-config.h"
#include "tpt-text.h"

#include <glib/gi18n-lib.h>

#define MAX_TEXT    300
#define MAX_DETAILS 5
#define MAX_SCOPES  20
#define MAX_SCOPE   60

/* What an error of this domain carries besides its words. */
typedef struct
{
  const char *feature;     /* static */
  GStrv scopes;
  char *words;
  guint status;
} TptApiErrorPrivate;

static void
tpt_api_error_private_init (TptApiErrorPrivate *private)
{
}

static void
tpt_api_error_private_copy (const TptApiErrorPrivate *source,
                            TptApiErrorPrivate       *copy)
{
  copy->feature = source->feature;
  copy->scopes = g_strdupv (source->scopes);
  copy->words = g_strdup (source->words);
  copy->status = source->status;
}

static void
tpt_api_error_private_clear (TptApiErrorPrivate *private)
{
  g_strfreev (private->scopes);
  g_free (private->words);
}

G_DEFINE_EXTENDED_ERROR (TptApiError, tpt_api_error)

static const char *
get_text (const TptJsonValue *object,
          const char         *name)
{
  return tpt_json_value_get_text (tpt_json_value_get_member (object, name));
}

static const TptJsonValue *
get_array (const TptJsonValue *object,
           const char         *name)
{
  return tpt_json_value_get_array (tpt_json_value_get_member (object, name));
}

/* What the service says, cut to a length that a person can be shown. */
static void
append_text (GString    *string,
             const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (string->len > 0)
    g_string_append_c (string, ' ');
  if (g_utf8_strlen (text, -1) > MAX_TEXT)
    {
      g_autofree char *cut = tpt_text_cut (text, MAX_TEXT);

      g_string_append_printf (string, "%s…", cut);
    }
  else
    {
      g_string_append (string, text);
    }
}

/* The service's own words: its message and the details, each with the parameter that it speaks
 * of. */
static char *
describe (const TptJsonValue *object)
{
  GString *string = g_string_new (NULL);
  const TptJsonValue *details = get_array (object, "details");
  const TptJsonValue *detail = tpt_json_value_get_first (details);

  append_text (string, get_text (object, "message"));
  for (guint i = 0; detail != NULL && i < MAX_DETAILS; i++)
    {
      const char *parameter = get_text (detail, "parameter");
      const char *message = get_text (detail, "message");
      g_autofree char *text = NULL;

      if (message != NULL)
        text = parameter != NULL ? g_strdup_printf ("(%s: %s)", parameter, message)
                                 : g_strdup_printf ("(%s)", message);
      append_text (string, text);
      detail = tpt_json_value_get_next (details, detail);
    }

  return g_string_free (string, FALSE);
}

/* The scopes that the service names, else the one that its catalogue has for the endpoint. */
static GStrv
list_scopes (const TptJsonValue   *object,
             const TptApiEndpoint *endpoint)
{
  const TptJsonValue *scopes = get_array (object, "required_scopes");
  const TptJsonValue *item = tpt_json_value_get_first (scopes);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean named = FALSE;

  for (guint i = 0; item != NULL && i < MAX_SCOPES; i++)
    {
      const char *text = tpt_json_value_get_text (item);
      g_autofree char *scope = text != NULL ? tpt_text_cut (text, MAX_SCOPE) : NULL;

      if (scope != NULL)
        g_strv_builder_add (builder, scope);
      named = named || scope != NULL;
      item = tpt_json_value_get_next (scopes, item);
    }
  if (!named)
    g_strv_builder_add (builder, endpoint->scope);

  return g_strv_builder_end (builder);
}

/* What a feature is called in a sentence. */
static const char *
name_feature (const char *feature)
{
  static const struct
  {
    const char *feature;
    const char *name;
  } names[] = {
    { "account", NC_ ("feature", "your account") },
    { "availability", NC_ ("feature", "free and busy times") },
    { "contacts", NC_ ("feature", "contacts") },
    { "event-types", NC_ ("feature", "event types") },
    { "links", NC_ ("feature", "single-use links") },
    { "meetings", NC_ ("feature", "meetings") },
    { "recaps", NC_ ("feature", "recaps of meetings") },
    { "webhooks", NC_ ("feature", "instant updates") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (names[i].feature, feature) == 0)
        return g_dpgettext2 (GETTEXT_PACKAGE, "feature", names[i].name);
    }

  g_assert_not_reached ();
}

static char *
word_refusal (TptApiError  code,
              guint        status,
              const char  *feature,
              const char  *reason)
{
  if (code == TPT_API_ERROR_PLAN)
    /* Translators: what, such as “meetings”, and then Calendly's own words. */
    return g_strdup_printf (_("Your Calendly plan does not include %s: %s"),
                            name_feature (feature), reason);
  if (code == TPT_API_ERROR_PERMISSION)
    /* Translators: what, such as “meetings”, and then Calendly's own words. */
    return g_strdup_printf (_("Calendly does not give this account access to %s: %s"),
                            name_feature (feature), reason);
  if (code == TPT_API_ERROR_CONFLICT)
    return g_strdup_printf (_("Calendly has this already: %s"), reason);
  if (code == TPT_API_ERROR_EXTERNAL)
    return g_strdup_printf (_("The calendar behind Calendly has a problem: %s"), reason);

  return g_strdup_printf (_("Calendly refused the request (%u): %s"), status, reason);
}

static char *
word_unavailable (guint status)
{
  if (status >= 300 && status < 400)
    return g_strdup (_("Something between here and Calendly sends requests to another place"));
  if (status < 300)
    return g_strdup (
      _("Something that is not Calendly answered; is a network sign-in page in the way?"));

  return g_strdup_printf (_("Calendly has a problem at the moment (%u)"), status);
}

static char *
word_answer (TptApiError         code,
             guint               status,
             const char         *feature,
             const TptJsonValue *object,
             GStrv               scopes)
{
  g_autofree char *text = describe (object);
  g_autofree char *list = scopes != NULL ? g_strjoinv (", ", scopes) : NULL;

  switch (code)
    {
    case TPT_API_ERROR_UNAUTHORIZED:
      return g_strdup (_("Calendly no longer accepts the sign-in"));
    case TPT_API_ERROR_SCOPE:
      /* Translators: what for, such as “meetings”, and then Calendly's names of permissions. */
      return g_strdup_printf (_("The sign-in lacks the permission for %s: %s"),
                              name_feature (feature), list);
    case TPT_API_ERROR_NOT_FOUND:
      return g_strdup (_("Calendly does not know this any more"));
    case TPT_API_ERROR_RATE_LIMITED:
      return g_strdup (_("Calendly asks to slow down; please try again in a minute"));
    case TPT_API_ERROR_UNAVAILABLE:
    case TPT_API_ERROR_OFFLINE:
      return word_unavailable (status);
    case TPT_API_ERROR_PLAN:
    case TPT_API_ERROR_PERMISSION:
    case TPT_API_ERROR_CONFLICT:
    case TPT_API_ERROR_INVALID:
    case TPT_API_ERROR_PROTOCOL:
    case TPT_API_ERROR_EXTERNAL:
    default:
      return word_refusal (code, status, feature, *text != '\0' ? text : _("no reason given"));
    }
}

/* @error is in words for people already, where the exchange was made. */
static char *
word_transport (TptApiError   code,
                const GError *error)
{
  if (error->domain == G_TLS_ERROR)
    return g_strdup_printf (
      _("The connection to Calendly is not trustworthy, so nothing was sent: %s"), error->message);
  if (code == TPT_API_ERROR_OFFLINE)
    return g_strdup_printf (_("Calendly cannot be reached: %s"),
                            error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup (_("Calendly did not answer in time"));

  return g_strdup_printf (_("The connection to Calendly broke off: %s"), error->message);
}

/** tpt_api_error_set_senseless: for an answer that is not what the service answers to that */
void
tpt_api_error_set_senseless (GError       **error,
                             const GError  *reason)
{
  g_set_error (error, TPT_API_ERROR, TPT_API_ERROR_PROTOCOL,
               _ ("Calendly’s answer makes no sense: %s"), reason->message);
}

/**
 * tpt_api_error_new:
 * @endpoint: what was asked
 * @code: what tpt_api_outcome_decide() made of it
 * @status: of the answer, 0 where there was none
 * @body: (nullable): the answer's JSON
 * @transport: (nullable): what went wrong below HTTP
 *
 * Puts a failure into words. One that was canceled stays what it is.
 */
GError *
tpt_api_error_new (const TptApiEndpoint *endpoint,
                   TptApiError           code,
                   guint                 status,
                   const TptJsonValue   *body,
                   const GError         *transport)
{
  g_auto (GStrv) scopes = code == TPT_API_ERROR_SCOPE ? list_scopes (body, endpoint) : NULL;
  g_autofree char *words = NULL;
  TptApiErrorPrivate *private;
  GError *error;

  if (transport != NULL
      && (g_error_matches (transport, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          || transport->domain == TPT_API_ERROR))
    return g_error_copy (transport);

  words = transport != NULL ? word_transport (code, transport)
                            : word_answer (code, status, endpoint->feature, body, scopes);
  error = g_error_new_literal (TPT_API_ERROR, (int) code, words);
  private = tpt_api_error_get_private (error);
  private->status = transport == NULL ? status : 0;
  private->feature = endpoint->feature;
  private->scopes = g_steal_pointer (&scopes);
  if (transport == NULL)
    private->words = describe (body);

  return error;
}

/**
 * tpt_api_error_get_feature:
 *
 * Returns: (nullable): the feature that was meant, as in #TptApiEndpoint: with
 *   %TPT_API_ERROR_SCOPE, %TPT_API_ERROR_PLAN and %TPT_API_ERROR_PERMISSION the one that does not
 *   work. %NULL where nothing was refused: %TPT_API_ERROR_PROTOCOL, and errors of other domains
 */
const char *
tpt_api_error_get_feature (const GError *error)
{
  if (error->domain != TPT_API_ERROR)
    return NULL;

  return tpt_api_error_get_private (error)->feature;
}

/**
 * tpt_api_error_get_scopes:
 *
 * Returns: (nullable): with %TPT_API_ERROR_SCOPE the scopes that the sign-in lacks, never none;
 *   else %NULL
 */
const char *const *
tpt_api_error_get_scopes (const GError *error)
{
  if (!g_error_matches (error, TPT_API_ERROR, TPT_API_ERROR_SCOPE))
    return NULL;

  return (const char *const *) tpt_api_error_get_private (error)->scopes;
}

/**
 * tpt_api_error_get_words:
 *
 * Returns: (nullable): the service's own words, for who says in others what was refused; %NULL
 *   where it had none
 */
const char *
tpt_api_error_get_words (const GError *error)
{
  const char *words;

  if (error->domain != TPT_API_ERROR)
    return NULL;
  words = tpt_api_error_get_private (error)->words;

  return words != NULL && *words != '\0' ? words : NULL;
}

/** tpt_api_error_get_status: what the service answered with, 0 where it did not answer */
guint
tpt_api_error_get_status (const GError *error)
{
  return error->domain == TPT_API_ERROR ? tpt_api_error_get_private (error)->status : 0;
}
