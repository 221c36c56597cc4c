/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-fuzz.h"

#include "tpt-api-salvage.h"
#include "tpt-apply.h"
#include "tpt-event-type-parse.h"
#include "tpt-invitee-parse.h"
#include "tpt-json-guard.h"
#include "tpt-page.h"
#include "tpt-scheduled-event-parse.h"

#define SEEN_AT ((TptTime) 1790000000 * TPT_SECOND)

static gpointer
parse_event (const TptJsonValue  *object,
             GError             **error)
{
  return tpt_scheduled_event_parse (object, error);
}

static gpointer
parse_invitee (const TptJsonValue  *object,
               GError             **error)
{
  return tpt_invitee_parse (object, error);
}

static gpointer
parse_event_type (const TptJsonValue  *object,
                  GError             **error)
{
  return tpt_event_type_parse (object, error);
}

/* A page is one of records that are good and records that are set aside, each with its reason. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const TptRecordParseFunc parsers[] = { parse_event, parse_invitee, parse_event_type };
  g_autoptr (TptJsonTree) tree =
    tpt_json_guard_read ((const char *) data, (gssize) size, TPT_JSON_LIMITS_PAGE, NULL);
  g_autoptr (GString) rest = NULL;

  if (tree == NULL)
    rest = tpt_api_salvage ((const char *) data, size);
  if (rest != NULL)
    tree = tpt_json_guard_read (rest->str, (gssize) rest->len, TPT_JSON_LIMITS_PAGE, NULL);
  if (tree == NULL)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (parsers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TptPage) page = tpt_page_parse (tpt_json_tree_get_root (tree), parsers[i], &error);

      if (page == NULL)
        {
          g_assert_nonnull (error);
          continue;
        }
      for (guint j = 0; j < page->failures->len; j++)
        {
          const TptRecordFailure *failure = g_ptr_array_index (page->failures, j);

          g_assert_nonnull (failure->uri);
          g_assert_true (g_utf8_validate (failure->reason, -1, NULL));
        }
      if (parsers[i] != parse_event || page->items->len == 0)
        continue;
      for (guint j = 0; j < page->items->len; j++)
        tpt_apply_stamp (g_ptr_array_index (page->items, j), TPT_SOURCE_POLL, SEEN_AT);
      tpt_fuzz_apply_twice (page->items);
    }

  return 0;
}
