/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-request.h"

#define DEFAULT_COUNT 20
#define MOST_COUNT    100

/* A token names the first record of its page, and the place where it was in case the record is
 * gone by then. Thus records that are booked during a walk through the pages shift nothing. */
static char *
make_token (GPtrArray *records,
            guint      offset)
{
  const char *uuid = *(const char *const *) records->pdata[offset];
  g_autofree char *plain = g_strdup_printf ("%u|%s", offset, uuid);

  return g_base64_encode ((const guchar *) plain, strlen (plain));
}

static gboolean
read_token (GPtrArray  *records,
            const char *token,
            guint      *offset)
{
  gsize length;
  g_autofree guchar *plain = g_base64_decode (token, &length);
  g_autofree char *text = g_strndup ((const char *) plain, length);
  char *bar = strchr (text, '|');

  if (bar == NULL)
    return FALSE;
  *bar = '\0';
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, (guint64 *) &length, NULL))
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      if (g_str_equal (*(const char *const *) records->pdata[i], bar + 1))
        {
          *offset = i;
          return TRUE;
        }
    }
  *offset = MIN ((guint) length, records->len);

  return TRUE;
}

static char *
make_url (TptSandboxRequest *self,
          const char        *token)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (self->message));
  g_auto (GStrv) pairs = g_strsplit (query != NULL ? query : "", "&", -1);
  g_autofree char *escaped = g_uri_escape_string (token, NULL, FALSE);
  GString *url = g_string_new (self->context->base);

  g_string_append_printf (url, "%s?", self->path);
  for (char **pair = pairs; *pair != NULL; pair++)
    {
      if (**pair != '\0' && !g_str_has_prefix (*pair, "page_token="))
        g_string_append_printf (url, "%s&", *pair);
    }
  g_string_append_printf (url, "page_token=%s", escaped);

  return g_string_free (url, FALSE);
}

static void
add_neighbour (TptSandboxRequest *self,
               JsonObject        *pagination,
               const char        *name,
               const char        *token)
{
  g_autofree char *token_name = g_strconcat (name, "_token", NULL);
  g_autofree char *url = token != NULL ? make_url (self, token) : NULL;

  json_object_set_string_member (pagination, name, url);
  json_object_set_string_member (pagination, token_name, token);
}

/* Answers with the page of @records that "count" and "page_token" of the query ask for. Each
 * record starts with a pointer to its uuid. */
void
tpt_sandbox_reply_page (TptSandboxRequest *self,
                        GPtrArray         *records,
                        JsonObject      *(*serialise) (TptSandboxContext *,
                                                       gconstpointer))
{
  const char *token = tpt_sandbox_request_get_query (self, "page_token");
  const char *count_text = tpt_sandbox_request_get_query (self, "count");
  guint64 count = DEFAULT_COUNT;
  guint offset = 0;
  guint end;
  JsonArray *collection;
  JsonObject *object;
  JsonObject *pagination;
  g_autofree char *next = NULL;
  g_autofree char *previous = NULL;

  if (count_text != NULL
      && !g_ascii_string_to_unsigned (count_text, 10, 1, MOST_COUNT, &count, NULL))
    {
      tpt_sandbox_reply_invalid (self, "count", "must be between 1 and 100");
      return;
    }
  if (token != NULL && !read_token (records, token, &offset))
    {
      tpt_sandbox_reply_invalid (self, "page_token", "is invalid");
      return;
    }

  end = MIN (offset + (guint) count, records->len);
  collection = json_array_sized_new (end - offset);
  for (guint i = offset; i < end; i++)
    json_array_add_object_element (collection, serialise (self->context, records->pdata[i]));
  if (end < records->len)
    next = make_token (records, end);
  if (offset > 0)
    previous = make_token (records, offset > count ? offset - (guint) count : 0);

  pagination = json_object_new ();
  json_object_set_int_member (pagination, "count", end - offset);
  add_neighbour (self, pagination, "next_page", next);
  add_neighbour (self, pagination, "previous_page", previous);
  object = json_object_new ();
  json_object_set_array_member (object, "collection", collection);
  json_object_set_object_member (object, "pagination", pagination);
  tpt_sandbox_reply_json (self, 200, object);
}
