/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-page.h"

#include "tpt-api-error.h"
#include "tpt-fields.h"
#include "tpt-record-label.h"

G_DEFINE_BOXED_TYPE (TptPage, tpt_page, tpt_page_copy, tpt_page_free)

static TptRecordFailure *
record_failure_new (const char *uri,
                    const char *reason,
                    const char *label)
{
  TptRecordFailure *failure = g_new0 (TptRecordFailure, 1);

  failure->uri = g_strdup (uri);
  failure->reason = g_strdup (reason);
  failure->label = g_strdup (label);

  return failure;
}

static void
record_failure_free (TptRecordFailure *failure)
{
  g_free (failure->uri);
  g_free (failure->reason);
  g_free (failure->label);
  g_free (failure);
}

static gpointer
record_failure_copy (const TptRecordFailure *failure,
                     gpointer                user_data)
{
  return record_failure_new (failure->uri, failure->reason, failure->label);
}

/* What tpt_api_salvage() leaves in the place of a record. */
static gboolean
take_unreadable (TptPage            *page,
                 const TptJsonValue *value)
{
  const TptJsonValue *array = tpt_json_value_get_array (value);
  const TptJsonValue *uri = tpt_json_value_get_first (array);
  const TptJsonValue *reason = uri != NULL ? tpt_json_value_get_next (array, uri) : NULL;

  if (reason == NULL || uri->kind != TPT_JSON_STRING || reason->kind != TPT_JSON_STRING)
    return FALSE;
  g_ptr_array_add (page->failures, record_failure_new (uri->text, reason->text, NULL));

  return TRUE;
}

/* Whatever of it can be read: a meeting has a start, an invitee an address. */
static char *
make_label (TptFields *fields)
{
  g_autofree char *name = tpt_fields_text (fields, "name", TPT_FIELD_LOOSE);
  g_autofree char *start = tpt_fields_text (fields, "start_time", TPT_FIELD_LOOSE);
  g_autofree char *email = tpt_fields_text (fields, "email", TPT_FIELD_LOOSE);

  return tpt_record_label_make (name, start != NULL ? start : email);
}

static void
parse_record (TptPage            *page,
              const TptJsonValue *value,
              TptRecordParseFunc  parse)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *label = NULL;
  const TptJsonValue *object = tpt_json_value_get_object (value);
  TptFields fields = { object, "record", &error };
  gpointer item = object != NULL ? parse (object, &error) : NULL;

  if (item != NULL)
    {
      g_ptr_array_add (page->items, item);
      return;
    }
  if (take_unreadable (page, value))
    return;
  uri = tpt_fields_text (&fields, "uri", TPT_FIELD_LOOSE);
  label = make_label (&fields);
  g_ptr_array_add (page->failures,
                   record_failure_new (uri != NULL ? uri : "",
                                       error != NULL ? error->message : "not an object", label));
}

/* Answers of 2020 and 2021 have the address of the next page only. */
static char *
token_from_address (const char *address)
{
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL) : NULL;
  g_autoptr (GHashTable) query = NULL;

  if (uri == NULL || g_uri_get_query (uri) == NULL)
    return NULL;
  query = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL);

  return query != NULL ? g_strdup (g_hash_table_lookup (query, "page_token")) : NULL;
}

static char *
parse_next (TptFields *root)
{
  TptFields fields = { tpt_fields_object (root, "pagination", TPT_FIELD_TYPED), "answer.pagination",
                       root->error };
  g_autofree char *token = tpt_fields_text (&fields, "next_page_token", TPT_FIELD_TYPED);
  g_autofree char *address = tpt_fields_text (&fields, "next_page", TPT_FIELD_TYPED);

  if (token == NULL && fields.object != NULL
      && tpt_json_value_get_member (fields.object, "next_page_token") == NULL)
    token = token_from_address (address);

  return g_steal_pointer (&token);
}

TptPage *
tpt_page_new (void)
{
  TptPage *self = g_new0 (TptPage, 1);

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) record_failure_free);

  return self;
}

TptPage *
tpt_page_copy (const TptPage *self)
{
  TptPage *copy = tpt_page_new ();

  g_ptr_array_extend (copy->items, self->items, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  g_ptr_array_extend (copy->failures, self->failures, (GCopyFunc) record_failure_copy, NULL);
  copy->next_page_token = g_strdup (self->next_page_token);

  return copy;
}

void
tpt_page_free (TptPage *self)
{
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->failures);
  g_free (self->next_page_token);
  g_free (self);
}

/** tpt_page_append: moves what @other holds to the end of @self */
void
tpt_page_append (TptPage *self,
                 TptPage *other)
{
  g_ptr_array_extend_and_steal (self->items, g_steal_pointer (&other->items));
  g_ptr_array_extend_and_steal (self->failures, g_steal_pointer (&other->failures));
  other->items = g_ptr_array_new_with_free_func (g_object_unref);
  other->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) record_failure_free);
}

/** tpt_page_set_aside: takes the item at @index out again: it could be read, but cannot be used */
void
tpt_page_set_aside (TptPage    *self,
                    guint       index,
                    const char *uri,
                    const char *reason,
                    const char *label)
{
  g_ptr_array_add (self->failures, record_failure_new (uri, reason, label));
  g_ptr_array_remove_index (self->items, index);
}

/**
 * tpt_page_parse:
 * @root: `{"collection":[…],"pagination":{…}}`; some lists have no `pagination`
 * @parse: reads one record
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with %TPT_API_ERROR_PROTOCOL when it is
 *   no page at all
 */
TptPage *
tpt_page_parse (const TptJsonValue  *root,
                TptRecordParseFunc   parse,
                GError             **error)
{
  g_autoptr (TptPage) page = tpt_page_new ();
  g_autoptr (GError) local = NULL;
  TptFields fields = { root, "answer", &local };
  const TptJsonValue *array = tpt_fields_array (&fields, "collection", TPT_FIELD_NEEDED);

  for (const TptJsonValue *item = tpt_json_value_get_first (array); item != NULL;
       item = tpt_json_value_get_next (array, item))
    parse_record (page, item, parse);
  page->next_page_token = parse_next (&fields);

  if (local != NULL)
    {
      tpt_api_error_set_senseless (error, local);
      return NULL;
    }

  return g_steal_pointer (&page);
}
