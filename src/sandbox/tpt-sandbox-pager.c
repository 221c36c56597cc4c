/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-sandbox-request.h"

#define DEFAULT_COUNT 20
#define MOST_COUNT    100

/* A token names the first record of its page, and the place where it was in case the record is
 * gone by then. Thus records that are booked during a walk through the pages shift nothing. */
static char *
make_token (const TptSandboxList *list,
            guint                 index)
{
  const char *uuid = *(const char *const *) list->records->pdata[index];
  g_autofree char *plain = g_strdup_printf ("%u|%s", index, uuid);

  return g_base64_encode ((const guchar *) plain, strlen (plain));
}

static gboolean
is_at (const TptSandboxList *list,
       guint                 index,
       const char           *uuid)
{
  return index < list->records->len
         && g_str_equal (*(const char *const *) list->records->pdata[index], uuid);
}

static guint
get_length (const TptSandboxList *list)
{
  return list->end - list->begin;
}

/* How many of @list's records, in its order, come before the one at @index. */
static guint
get_place (const TptSandboxList *list,
           guint                 index)
{
  guint place = CLAMP (index, list->begin, list->end) - list->begin;

  if (list->descending)
    return get_length (list) - (index < list->begin ? 0 : MIN (place + 1, get_length (list)));

  return place;
}

static guint
get_index (const TptSandboxList *list,
           guint                 place)
{
  return list->descending ? list->end - 1 - place : list->begin + place;
}

/* Where the record of that uuid is, which mostly is where it was: at @index. */
static guint
find (const TptSandboxList *list,
      const char           *uuid,
      guint                 index)
{
  if (is_at (list, index, uuid))
    return index;
  for (guint i = 0; i < list->records->len; i++)
    {
      if (is_at (list, i, uuid))
        return i;
    }

  return index;
}

static gboolean
read_token (const TptSandboxList *list,
            const char           *token,
            guint                *place)
{
  gsize length;
  g_autofree guchar *plain = g_base64_decode (token, &length);
  g_autofree char *text = g_strndup ((const char *) plain, length);
  char *bar = strchr (text, '|');
  guint64 index;

  if (bar == NULL)
    return FALSE;
  *bar = '\0';
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &index, NULL))
    return FALSE;

  *place = get_place (list, find (list, bar + 1, (guint) index));

  return TRUE;
}

static gboolean
fits (const TptSandboxList *list,
      guint                 place)
{
  return list->fits == NULL
         || list->fits (list->filter, list->records->pdata[get_index (list, place)]);
}

/* The first place from @place on with a record that fits; the end where there is none. */
static guint
go_on (const TptSandboxList *list,
       guint                 place)
{
  while (place < get_length (list) && !fits (list, place))
    place++;

  return place;
}

/* As many records that fit as a page has before @place, or as there are. */
static guint
go_back (const TptSandboxList *list,
         guint                 place,
         guint                 count)
{
  guint first = place;

  while (place > 0 && count > 0)
    {
      place--;
      if (fits (list, place))
        {
          first = place;
          count--;
        }
    }

  return first;
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

static JsonObject *
make_pagination (TptSandboxRequest    *self,
                 const TptSandboxList *list,
                 guint                 count,
                 guint                 previous,
                 guint                 first,
                 guint                 next)
{
  JsonObject *pagination = json_object_new ();
  g_autofree char *previous_token = NULL;
  g_autofree char *next_token = NULL;

  if (previous < first)
    previous_token = make_token (list, get_index (list, previous));
  if (next < get_length (list))
    next_token = make_token (list, get_index (list, next));
  json_object_set_int_member (pagination, "count", count);
  add_neighbour (self, pagination, "next_page", next_token);
  add_neighbour (self, pagination, "previous_page", previous_token);

  return pagination;
}

/* Answers with the page of @list that "count" and "page_token" of the query ask for. Each record
 * starts with a pointer to its uuid. What is not on the page is not looked at: a calendar of a
 * hundred thousand events has a thousand pages. */
void
tpt_sandbox_reply_list (TptSandboxRequest    *self,
                        const TptSandboxList *list,
                        TptSandboxSerialise   serialise)
{
  const char *token = tpt_sandbox_request_get_query (self, "page_token");
  const char *count_text = tpt_sandbox_request_get_query (self, "count");
  guint64 count = DEFAULT_COUNT;
  guint first = 0;
  guint next;
  JsonArray *collection;
  JsonObject *object;

  if (count_text != NULL
      && !g_ascii_string_to_unsigned (count_text, 10, 1, MOST_COUNT, &count, NULL))
    {
      tpt_sandbox_reply_invalid (self, "count", "must be between 1 and 100");
      return;
    }
  if (token != NULL && !read_token (list, token, &first))
    {
      tpt_sandbox_reply_invalid (self, "page_token", "is invalid");
      return;
    }

  collection = json_array_sized_new ((guint) count);
  for (next = go_on (list, first);
       next < get_length (list) && json_array_get_length (collection) < count;
       next = go_on (list, next + 1))
    json_array_add_object_element (collection,
                                   serialise (self->context,
                                              list->records->pdata[get_index (list, next)]));

  object = json_object_new ();
  json_object_set_array_member (object, "collection", collection);
  json_object_set_object_member (object, "pagination",
                                 make_pagination (self, list, json_array_get_length (collection),
                                                  go_back (list, first, (guint) count), first,
                                                  next));
  tpt_sandbox_reply_json (self, 200, object);
}

/* The same where all of @records are asked for. */
void
tpt_sandbox_reply_page (TptSandboxRequest   *self,
                        GPtrArray           *records,
                        TptSandboxSerialise  serialise)
{
  const TptSandboxList list = { .records = records, .end = records->len };

  tpt_sandbox_reply_list (self, &list, serialise);
}
