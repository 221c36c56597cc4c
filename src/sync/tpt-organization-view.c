/* SPDX-FileCopyrightText: Touchpoint contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "tpt-organization-view.h"

#include "tpt-config.h"

#include <glib/gi18n-lib.h>

/* Who was refused may be allowed tomorrow; a role that changes is a reason to ask at once. What the
 * service made nothing of may be mended sooner. */
#define ASK_AGAIN TPT_DAY
#define TRY_AGAIN TPT_HOUR

struct _TptOrganizationView
{
  GObject parent_instance;

  /* owned */
  TptStore *store;
  TptUser *account;        /* NULL while nobody is signed in */

  TptViewMemory memory;
  TptViewState state;      /* as was told last */
  char *reason;            /* what is told of the refusal, or NULL */
};

/* One count or switch under way. */
typedef struct
{
  TptUser *account;
  gboolean everyone;
  TptColleagueMeetings counts;
} Deed;

enum
{
  PROP_STATE = 1,
  N_PROPS,
};

enum
{
  SWITCHING,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TptOrganizationView, tpt_organization_view, G_TYPE_OBJECT)

static void
deed_free (Deed *deed)
{
  g_object_unref (deed->account);
  g_free (deed);
}

static void
tell (TptOrganizationView *self)
{
  TptViewState state = tpt_organization_view_get_state (self);

  if (state == self->state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static gboolean
save_func (TptSession  *session,
           gpointer     memory,
           GError     **error)
{
  return tpt_view_memory_set_refusal (session, memory, error);
}

static void
memory_free (gpointer data)
{
  TptViewMemory *memory = data;

  g_free (memory->words);
  g_free (memory);
}

/* The next answer says it again. */
static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_message ("Whether everybody's meetings may be seen was not noted: %s", error->message);
}

/* Takes @memory over, with its words. */
static void
set_memory (TptOrganizationView *self,
            TptViewMemory        memory)
{
  g_free (self->memory.words);
  self->memory = memory;
  g_free (self->reason);
  self->reason = tpt_view_memory_word_refusal (&self->memory);
}

static void
set_refusal (TptOrganizationView *self,
             TptTime              refused_at,
             TptViewRefusal       refusal,
             const char          *words)
{
  TptViewMemory memory = { self->memory.is_wanted, refused_at, refusal, g_strdup (words) };
  TptViewMemory *saved;

  if (refused_at == self->memory.refused_at)
    {
      g_free (memory.words);
      return;
    }
  set_memory (self, memory);
  saved = g_memdup2 (&memory, sizeof memory);
  saved->words = g_strdup (words);
  tpt_store_transact_async (self->store, save_func, saved, memory_free, NULL, saved_cb, NULL);
  tell (self);
}

static gboolean
count_func (TptSession  *session,
            gpointer     user_data,
            GError     **error)
{
  Deed *deed = user_data;

  return tpt_colleague_meetings_count (session, deed->account, &deed->counts, error);
}

static gboolean
switch_func (TptSession  *session,
             gpointer     user_data,
             GError     **error)
{
  Deed *deed = user_data;

  return tpt_view_memory_switch (session, deed->account, deed->everyone, &deed->counts, error);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (tpt_store_transact_finish (TPT_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
switched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  TptOrganizationView *self = g_task_get_source_object (task);
  Deed *deed = g_task_get_task_data (task);
  GError *error = NULL;

  if (!tpt_store_transact_finish (TPT_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (g_strcmp0 (deed->account->uri, self->account != NULL ? self->account->uri : NULL) == 0)
    {
      set_memory (self, (TptViewMemory) { .is_wanted = deed->everyone });
      tell (self);
    }
  g_task_return_boolean (task, TRUE);
}

static void
tpt_organization_view_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  TptOrganizationView *self = TPT_ORGANIZATION_VIEW (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) tpt_organization_view_get_state (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tpt_organization_view_finalize (GObject *object)
{
  TptOrganizationView *self = TPT_ORGANIZATION_VIEW (object);

  g_object_unref (self->store);
  g_clear_object (&self->account);
  g_free (self->memory.words);
  g_free (self->reason);

  G_OBJECT_CLASS (tpt_organization_view_parent_class)->finalize (object);
}

static void
tpt_organization_view_class_init (TptOrganizationViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tpt_organization_view_finalize;
  object_class->get_property = tpt_organization_view_get_property;

  props[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, TPT_VIEW_OWN, TPT_VIEW_REFUSED, TPT_VIEW_OWN,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SWITCHING] = g_signal_new ("switching", TPT_TYPE_ORGANIZATION_VIEW, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tpt_organization_view_init (TptOrganizationView *self)
{
}

TptOrganizationView *
tpt_organization_view_new (TptStore *store)
{
  TptOrganizationView *self = g_object_new (TPT_TYPE_ORGANIZATION_VIEW, NULL);

  self->store = g_object_ref (store);

  return self;
}

/**
 * tpt_organization_view_set:
 * @account: (nullable): %NULL while nobody is signed in
 * @memory: (nullable): of its record; %NULL where that is as it was, and the account may be not
 */
void
tpt_organization_view_set (TptOrganizationView *self,
                           TptUser             *account,
                           const TptViewMemory *memory)
{
  gboolean is_other_role = self->account != NULL && account != NULL
                           && g_strcmp0 (self->account->role, account->role) != 0;

  g_set_object (&self->account, account);
  if (memory != NULL)
    set_memory (self, (TptViewMemory) { memory->is_wanted, memory->refused_at, memory->refusal,
                                        g_strdup (memory->words) });
  else if (is_other_role)
    set_refusal (self, TPT_TIME_NONE, TPT_VIEW_REFUSAL_ROLE, NULL);
  tell (self);
}

TptViewState
tpt_organization_view_get_state (TptOrganizationView *self)
{
  if (!tpt_organization_view_is_wanted (self))
    return TPT_VIEW_OWN;
  if (self->account->role != NULL && !tpt_user_is_admin (self->account))
    return TPT_VIEW_NO_ROLE;

  return self->memory.refused_at != TPT_TIME_NONE ? TPT_VIEW_REFUSED : TPT_VIEW_EVERYONE;
}

/* Whether it was chosen, whatever came of it. */
gboolean
tpt_organization_view_is_wanted (TptOrganizationView *self)
{
  return self->account != NULL && self->memory.is_wanted;
}

/* Whether it may be chosen: Calendly lets owners and administrators list an organisation's events
 * (API reference, `GET /scheduled_events`). */
gboolean
tpt_organization_view_is_possible (TptOrganizationView *self)
{
  return self->account != NULL && tpt_user_is_admin (self->account);
}

/* Returns: (nullable): a sentence: why everybody's meetings do not come though they were chosen */
const char *
tpt_organization_view_get_reason (TptOrganizationView *self)
{
  switch (tpt_organization_view_get_state (self))
    {
    case TPT_VIEW_NO_ROLE:
      return _ ("Calendly shows everyone’s meetings to owners and administrators only, and you are "
                "neither now. Your own meetings still come.");
    case TPT_VIEW_REFUSED:
      return self->reason;
    case TPT_VIEW_OWN:
    case TPT_VIEW_EVERYONE:
    default:
      return NULL;
    }
}

/* Whether to ask for everybody's meetings now. A role that is not known may do. */
gboolean
tpt_organization_view_may_ask (TptOrganizationView *self,
                               TptTime              now)
{
  TptTime refused_at = self->memory.refused_at;
  TptTime pause = self->memory.refusal == TPT_VIEW_REFUSAL_FAULT ? TRY_AGAIN : ASK_AGAIN;

  switch (tpt_organization_view_get_state (self))
    {
    case TPT_VIEW_EVERYONE:
      return TRUE;
    case TPT_VIEW_REFUSED:
      return refused_at > now || now - refused_at >= pause;
    case TPT_VIEW_OWN:
    case TPT_VIEW_NO_ROLE:
    default:
      return FALSE;
    }
}

/* Whether @meeting, which somebody else told of, belongs in the record. */
gboolean
tpt_organization_view_takes (TptOrganizationView *self,
                             TptMeeting          *meeting)
{
  if (self->account == NULL || self->memory.is_wanted || meeting->hosts->len == 0)
    return TRUE;
  for (guint i = 0; i < meeting->hosts->len; i++)
    {
      const TptHost *host = g_ptr_array_index (meeting->hosts, i);

      if (host->uri == NULL || g_strcmp0 (host->uri, self->account->uri) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * tpt_organization_view_note_answer:
 * @refusal: (nullable): why everybody's meetings did not come, where the account's own do; %NULL
 *   where they came
 */
void
tpt_organization_view_note_answer (TptOrganizationView *self,
                                   TptTime              now,
                                   const GError        *refusal)
{
  if (refusal == NULL)
    set_refusal (self, TPT_TIME_NONE, TPT_VIEW_REFUSAL_ROLE, NULL);
  else
    set_refusal (self, now, tpt_view_refusal_of (refusal), tpt_view_refusal_get_words (refusal));
}

static GTask *
begin (TptOrganizationView *self,
       gpointer             source_tag,
       gboolean             everyone,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Deed *deed = g_new0 (Deed, 1);

  deed->account = g_object_ref (self->account);
  deed->everyone = everyone;
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, deed, (GDestroyNotify) deed_free);

  return task;
}

/* Counts what switching back to one's own meetings would remove. */
void
tpt_organization_view_count_async (TptOrganizationView *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (self->account != NULL);

  task = begin (self, tpt_organization_view_count_async, FALSE, cancellable, callback, user_data);
  tpt_store_transact_async (self->store, count_func, g_task_get_task_data (task), NULL,
                            cancellable, counted_cb, task);
}

/* As tpt_view_memory_switch (). */
void
tpt_organization_view_switch_async (TptOrganizationView *self,
                                    gboolean             everyone,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (self->account != NULL);

  task = begin (self, tpt_organization_view_switch_async, everyone, cancellable, callback,
                user_data);
  g_task_set_check_cancellable (task, FALSE);
  g_signal_emit (self, signals[SWITCHING], 0);
  tpt_store_transact_async (self->store, switch_func, g_task_get_task_data (task), NULL, NULL,
                            switched_cb, task);
}

/**
 * tpt_organization_view_finish:
 * @counts: (out) (optional): the meetings that were counted, or removed
 *
 * Ends either. Errors are of %TPT_STORE_ERROR.
 */
gboolean
tpt_organization_view_finish (TptOrganizationView   *self,
                              GAsyncResult          *result,
                              TptColleagueMeetings  *counts,
                              GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (counts != NULL)
    *counts = ((Deed *) g_task_get_task_data (G_TASK (result)))->counts;

  return g_task_propagate_boolean (G_TASK (result), error);
}
