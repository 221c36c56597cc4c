/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-inbox-world.h"

#include "tpt-customer-fields.h"
#include "tpt-customers-table.h"
#include "tpt-invitees-table.h"
#include "tpt-links-table.h"
#include "tpt-match-rules-table.h"
#include "tpt-meetings-table.h"
#include "tpt-settings-table.h"

static gboolean
own_domains_func (TptSession  *session,
                  gpointer     data,
                  GError     **error)
{
  return tpt_settings_table_set_text (session, "match.own-domains", "ours.example", error);
}

void
tpt_inbox_world_set_up (TptInboxWorld *self,
                        gconstpointer  user_data)
{
  tpt_apply_fixture_set_up (&self->facts, TPT_INBOX_NOW);
  self->inbox = tpt_match_inbox_new (self->facts.store, self->facts.matcher);
  tpt_apply_fixture_transact (&self->facts, own_domains_func, NULL);
}

void
tpt_inbox_world_tear_down (TptInboxWorld *self,
                           gconstpointer  user_data)
{
  tpt_test_finalized (self->inbox);
  tpt_apply_fixture_tear_down (&self->facts);
}

static gboolean
save_customer_func (TptSession  *session,
                    gpointer     data,
                    GError     **error)
{
  return tpt_customers_table_save (session, data, error);
}

/**
 * tpt_inbox_world_add_customer:
 * @domains: with blanks between them
 * @people: their addresses, with blanks between one person's and the next one's, and semicolons
 *   between those of one person
 */
gint64
tpt_inbox_world_add_customer (TptInboxWorld *self,
                              const char    *name,
                              const char    *domains,
                              const char    *people)
{
  g_autoptr (TptCustomer) customer = tpt_customer_new ();
  g_auto (GStrv) emails = g_strsplit (people, " ", -1);

  customer->name = g_strdup (name);
  g_strfreev (customer->domains);
  customer->domains = *domains != '\0' ? g_strsplit (domains, " ", -1) : g_new0 (char *, 1);
  for (char **email = emails; *email != NULL; email++)
    {
      TptStakeholder *person = tpt_stakeholder_new ();
      g_auto (GStrv) theirs = g_strsplit (*email, ";", -1);

      tpt_stakeholder_set_emails (person, (const char *const *) theirs);
      g_ptr_array_add (customer->stakeholders, person);
    }
  tpt_apply_fixture_transact (&self->facts, save_customer_func, customer);
  tpt_matcher_forget (self->facts.matcher);

  return customer->id;
}

static gboolean
save_link_func (TptSession  *session,
                gpointer     data,
                GError     **error)
{
  TptLink *link = data;
  g_autoptr (TptCustomer) customer = NULL;
  TptStakeholder *person;

  g_assert_true (tpt_customers_table_load (session, link->customer, &customer, error));
  person = tpt_customer_find_stakeholder (customer, link->invitee_email);
  link->stakeholder = person != NULL ? person->id : 0;
  link->customer_name = g_strdup (customer->name);

  return tpt_links_table_save (session, link, error);
}

/** tpt_inbox_world_add_link: @invitee: (nullable): the booking that came through it */
void
tpt_inbox_world_add_link (TptInboxWorld *self,
                          const char    *id,
                          gint64         customer,
                          const char    *email,
                          const char    *invitee)
{
  g_autoptr (TptLink) link = tpt_link_new ();

  link->id = g_strdup (id);
  link->customer = customer;
  link->invitee_email = g_strdup (email);
  link->invitee = g_strdup (invitee);
  link->created_at = TPT_INBOX_NOW - TPT_DAY;
  link->state = invitee != NULL ? TPT_LINK_BOOKED : TPT_LINK_OPEN;
  tpt_apply_fixture_transact (&self->facts, save_link_func, link);
}

/**
 * tpt_inbox_world_book:
 * @old_uri: (nullable): the booking that it replaces
 *
 * Applies what a poll would find. Later calls tell of later meetings.
 */
void
tpt_inbox_world_book (TptInboxWorld *self,
                      const char    *uri,
                      const char    *email,
                      const char    *old_uri)
{
  static int number = 0;
  g_autoptr (GPtrArray) meetings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptMeeting *meeting = tpt_meeting_new ();
  TptInvitee *invitee = tpt_invitee_new ();

  meeting->uri = g_strconcat ("event-of-", uri, NULL);
  meeting->name = g_strdup ("Check-in");
  meeting->start = TPT_INBOX_NOW + ++number * TPT_HOUR;
  meeting->end = meeting->start + TPT_HOUR;
  meeting->created_at = meeting->updated_at = TPT_INBOX_NOW;
  invitee->uri = g_strdup (uri);
  invitee->event = g_strdup (meeting->uri);
  invitee->email = g_strdup (email);
  invitee->old_invitee = g_strdup (old_uri);
  invitee->created_at = invitee->updated_at = TPT_INBOX_NOW + number;
  g_ptr_array_add (meeting->invitees, invitee);
  g_ptr_array_add (meetings, meeting);
  tpt_apply_stamp (meeting, TPT_SOURCE_POLL, TPT_INBOX_NOW + number);

  tpt_apply_run_async (self->facts.apply, meetings, NULL, NULL, NULL, NULL, tpt_test_result_cb,
                       &waiting);
  result = tpt_test_await (&waiting);
  tpt_apply_run_finish (self->facts.apply, result, NULL, &error);
  g_assert_no_error (error);
}

GPtrArray *
tpt_inbox_world_list (TptInboxWorld *self,
                      gboolean       ignored)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  GPtrArray *entries;

  tpt_match_inbox_list_async (self->inbox, ignored, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  entries = tpt_match_inbox_list_finish (self->inbox, result, &error);
  g_assert_no_error (error);

  return entries;
}

/** tpt_inbox_world_list_text: “reason uri+uri row:score,row:score” for each, a line each */
char *
tpt_inbox_world_list_text (TptInboxWorld *self,
                           gboolean       ignored)
{
  g_autoptr (GPtrArray) entries = tpt_inbox_world_list (self, ignored);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      TptInboxEntry *entry = g_ptr_array_index (entries, i);
      g_auto (GStrv) uris = tpt_inbox_entry_list_uris (entry);
      g_autofree char *all = g_strjoinv ("+", uris);

      g_assert_cmpuint (entry->meetings->len, ==, entry->invitees->len);
      g_assert_cmpstr (entry->explanation, !=, "");
      g_string_append_printf (text, "%s%s %s", i > 0 ? "\n" : "",
                              tpt_match_reason_to_string (entry->match->reason), all);
      for (guint j = 0; j < entry->match->candidates->len; j++)
        {
          TptMatchCandidate *candidate = g_ptr_array_index (entry->match->candidates, j);

          g_string_append_printf (text, " %s:%d", candidate->customer->name, candidate->score);
        }
    }

  return g_string_free (text, FALSE);
}

/** tpt_inbox_world_try: @act: (transfer full) */
gboolean
tpt_inbox_world_try (TptInboxWorld    *self,
                     TptMatchAct      *act,
                     TptMatchReceipt  *receipt,
                     GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_match_inbox_act_async (self->inbox, act, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_match_inbox_act_finish (self->inbox, result, receipt, error);
}

TptMatchReceipt
tpt_inbox_world_act (TptInboxWorld *self,
                     TptMatchAct   *act)
{
  g_autoptr (GError) error = NULL;
  TptMatchReceipt receipt;

  tpt_inbox_world_try (self, act, &receipt, &error);
  g_assert_no_error (error);

  return receipt;
}

gboolean
tpt_inbox_world_undo (TptInboxWorld  *self,
                      gint64          action,
                      GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  TptTestResult waiting = { NULL };

  tpt_match_inbox_undo_async (self->inbox, action, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);

  return tpt_match_inbox_undo_finish (self->inbox, result, error);
}

/* A row means nothing to a reader, and may be another after something was taken back. */
typedef struct
{
  const char *uri;
  GString *out;
} Look;

static void
dump_invitee (GPtrArray  *customers,
              TptInvitee *invitee,
              GString    *out)
{
  const char *name = "nobody", *person = "";

  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);

      if (customer->id != invitee->customer)
        continue;
      name = customer->name;
      for (guint j = 0; j < customer->stakeholders->len; j++)
        {
          TptStakeholder *stakeholder = g_ptr_array_index (customer->stakeholders, j);

          if (stakeholder->id == invitee->stakeholder)
            person = tpt_stakeholder_get_email (stakeholder);
        }
    }
  g_string_append_printf (out, "%s (%s) %s", name, tpt_match_reason_to_string (invitee->match),
                          person);
}

static gboolean
where_func (TptSession  *session,
            gpointer     data,
            GError     **error)
{
  Look *look = data;
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (TptInvitee) invitee = NULL;

  g_assert_true (tpt_customers_table_list (session, &customers, error));
  g_assert_true (tpt_invitees_table_find (session, look->uri, &invitee, error));
  g_assert_nonnull (invitee);
  dump_invitee (customers, invitee, look->out);

  return TRUE;
}

/** tpt_inbox_world_where: “customer (reason) stakeholder” */
char *
tpt_inbox_world_where (TptInboxWorld *self,
                       const char    *uri)
{
  Look look = { uri, g_string_new (NULL) };

  tpt_apply_fixture_transact (&self->facts, where_func, &look);

  return g_strstrip (g_string_free (look.out, FALSE));
}

static int
compare_emails (gconstpointer a,
                gconstpointer b)
{
  return g_strcmp0 (tpt_stakeholder_get_email (*(TptStakeholder *const *) a),
                    tpt_stakeholder_get_email (*(TptStakeholder *const *) b));
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 ((*(TptCustomer *const *) a)->name, (*(TptCustomer *const *) b)->name);
}

static int
compare_patterns (gconstpointer a,
                  gconstpointer b)
{
  return g_strcmp0 ((*(TptMatchRule *const *) a)->pattern, (*(TptMatchRule *const *) b)->pattern);
}

static const char *
get_name (GPtrArray *customers,
          gint64     row)
{
  for (guint i = 0; i < customers->len; i++)
    {
      TptCustomer *customer = g_ptr_array_index (customers, i);

      if (customer->id == row)
        return customer->name;
    }

  return "nobody";
}

/* A star behind what somebody wrote. */
static void
dump_fields (TptCustomer *customer,
             GString     *out)
{
  g_auto (GStrv) names = tpt_customer_fields_list_names (customer);

  for (char **name = names; *name != NULL; name++)
    g_string_append_printf (out, " %s=%s%s", *name,
                            (const char *) g_hash_table_lookup (customer->fields, *name),
                            g_hash_table_contains (customer->fields_by_hand, *name) ? "*" : "");
}

static void
dump_customer (TptCustomer *customer,
               GString     *out)
{
  g_autofree char *domains = NULL;

  qsort (customer->domains, g_strv_length (customer->domains), sizeof (char *), compare_texts);
  domains = g_strjoinv (",", customer->domains);
  g_string_append_printf (out, "%s [%s] %s %s %d", customer->name, domains, customer->tier,
                          customer->external_id, customer->cadence_days);
  if (customer->by_hand != 0)
    g_string_append_printf (out, " %s %s %" G_GINT64_FORMAT " #%x", customer->owner,
                            tpt_customer_status_to_string (customer->status), customer->renewal_at,
                            customer->by_hand);
  dump_fields (customer, out);
  g_string_append_c (out, '\n');
  g_ptr_array_sort (customer->stakeholders, compare_emails);
  for (guint i = 0; i < customer->stakeholders->len; i++)
    {
      TptStakeholder *person = g_ptr_array_index (customer->stakeholders, i);
      g_autofree char *emails = g_strjoinv (" ", person->emails);

      g_string_append_printf (out, "  %s %s", emails, person->name);
      if (person->by_hand != 0)
        g_string_append_printf (out, " %s %s %s #%x", person->role, person->phone,
                                person->timezone, person->by_hand);
      g_string_append_c (out, '\n');
    }
}

static gboolean
dump_func (TptSession  *session,
           gpointer     data,
           GError     **error)
{
  GString *out = data;
  g_autoptr (GPtrArray) customers = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (GPtrArray) meetings = NULL;
  TptMeetingQuery query = { .with_superseded = TRUE };

  g_assert_true (tpt_customers_table_list (session, &customers, error));
  g_assert_true (tpt_match_rules_table_list (session, &rules, error));
  g_assert_true (tpt_links_table_list (session, 0, &links, error));
  g_assert_true (tpt_meetings_table_list (session, &query, &meetings, error));
  g_ptr_array_sort (customers, compare_names);
  g_ptr_array_sort (rules, compare_patterns);
  for (guint i = 0; i < meetings->len; i++)
    {
      TptMeeting *meeting = g_ptr_array_index (meetings, i);
      TptInvitee *invitee = g_ptr_array_index (meeting->invitees, 0);

      g_string_append_printf (out, "%s: ", invitee->uri);
      dump_invitee (customers, invitee, out);
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < customers->len; i++)
    dump_customer (g_ptr_array_index (customers, i), out);
  for (guint i = 0; i < rules->len; i++)
    {
      TptMatchRule *rule = g_ptr_array_index (rules, i);

      g_string_append_printf (out, "rule %s %s: %s\n", tpt_match_rule_kind_to_string (rule->kind),
                              rule->pattern, get_name (customers, rule->customer));
    }
  for (guint i = 0; i < links->len; i++)
    {
      TptLink *link = g_ptr_array_index (links, i);

      g_string_append_printf (out, "link %s %s %s%s\n", link->id,
                              get_name (customers, link->customer), link->customer_name,
                              link->stakeholder != 0 ? " for somebody" : "");
    }

  return TRUE;
}

/** tpt_inbox_world_dump: everything that an act may change, by name and not by row */
char *
tpt_inbox_world_dump (TptInboxWorld *self)
{
  GString *out = g_string_new (NULL);

  tpt_apply_fixture_transact (&self->facts, dump_func, out);

  return g_string_free (out, FALSE);
}

/** tpt_inbox_world_import: @list: CSV or vCards */
TptImportReport *
tpt_inbox_world_import (TptInboxWorld *self,
                        const char    *list)
{
  g_autoptr (TptImporter) importer =
    tpt_importer_new (self->facts.store, self->facts.matcher, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (list, strlen (list));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  TptTestResult waiting = { NULL };
  TptImportReport *report;

  tpt_importer_import_async (importer, bytes, NULL, tpt_test_result_cb, &waiting);
  result = tpt_test_await (&waiting);
  report = tpt_importer_import_finish (importer, result, &error);
  g_assert_no_error (error);

  return report;
}

void
tpt_inbox_world_assert_where (TptInboxWorld *self,
                              const char    *uri,
                              const char    *expected)
{
  g_autofree char *where = tpt_inbox_world_where (self, uri);

  g_assert_cmpstr (where, ==, expected);
}

/** tpt_inbox_world_assert_undone: taking @action back leads to the state @before */
void
tpt_inbox_world_assert_undone (TptInboxWorld *self,
                               gint64         action,
                               const char    *before)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;

  tpt_inbox_world_undo (self, action, &error);
  g_assert_no_error (error);
  after = tpt_inbox_world_dump (self);
  g_assert_cmpstr (after, ==, before);
}
