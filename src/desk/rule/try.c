// Trying a rule: the newest thousand conversations as they stand now, in a handful of queries; the rest is looking.
#include "desk/rule/stored.h"

#include "base/text.h"
#include "desk/hours/hours.h"
#include "desk/rule.sql.h"

#define EXAMPLES_MOST 20

static GHashTable *moments_by_number(const RuleCameList *came) {
  GHashTable *table = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  list_each(const RuleCame, each_one, came) {
    int64_t *bits = g_hash_table_lookup(table, &each_one->number);
    if (!bits) {
      bits = g_new0(int64_t, 1);
      gint64 *key = g_memdup2(&each_one->number, sizeof each_one->number);
      g_hash_table_insert(table, key, bits);
    }
    int64_t moments = rule_moments_of((EventKind)each_one->kind, each_one->is_bare);
    if (each_one->is_of_field || !(moments & (INT64_C(1) << WHEN_FIELD))) *bits |= moments;
  }
  return table;
}

static bool waits(const Rule *rule, const RuleFacts *facts, int64_t until) {
  int64_t since = rule->moments & (INT64_C(1) << WHEN_WAITED) ? facts->waiting_since : facts->last_message_at;
  return facts->state == CONVERSATION_OPEN && since && since <= until;
}

// Whether it would not stand so already.
static bool changes(Arena *arena, const RuleAction *action, const RuleFacts *facts) {
  int64_t value = g_ascii_strtoll(action->value, NULL, 10);
  const char *tag = arena_printf(arena, " %s ", action->value);
  Priority priority;
  switch (action->deed) {
  case DO_ASSIGN: return facts->assignee_id != value;
  case DO_TEAM: return facts->team_id != value;
  case DO_PRIORITY: return priority_from_word(action->value, &priority) && facts->priority != (int64_t)priority;
  case DO_TAG: return !strstr(facts->tags, tag);
  case DO_UNTAG: return strstr(facts->tags, tag) != NULL;
  case DO_COMPLAINT: return !facts->is_complaint && !facts->is_denied && facts->machine == MAIL_PERSON;
  case DO_SNOOZE: return facts->state == CONVERSATION_OPEN && !facts->snoozed_until;
  case DO_SOLVE: return facts->state == CONVERSATION_OPEN;
  case DO_ANSWER: return facts->machine == MAIL_PERSON;
  case DO_NOTE:
  case DO_NOTIFY: return true;
  case DO_FILL:
  case DO_EMPTY: return rule_own_would_change(arena, facts, action);
  case DO_STOP:
  case DO_COUNT: break;
  }
  return false;
}

static void note(Arena *arena, const Rule *rule, const RuleNames *names, const RuleFacts *facts, RuleTrial *out) {
  g_autoptr(GString) what = g_string_new(NULL);
  for (size_t i = 0; i < rule->actions.count; i++) {
    const RuleAction *action = &rule->actions.items[i];
    if (!changes(arena, action, facts)) continue;
    out->counts.items[i]++;
    g_string_append_printf(what, "%s%s", what->len ? "; " : "", rule_action_words(arena, names, action));
  }
  if (out->examples.count >= EXAMPLES_MOST) return;
  *list_add(arena,
            &out->examples) = (RuleExample){.number = facts->number,
                                            .customer_name = facts->customer_name,
                                            .subject = facts->subject,
                                            .what = what->len ? arena_strdup(arena, what->str) : "Nothing: it stands so already"};
}

static unsigned asks_to_try(const Rule *rule) {
  unsigned asks = rule_asks(rule);
  list_each(const RuleAction, action, &rule->actions)
    if (action->deed == DO_FILL || action->deed == DO_EMPTY) asks |= ASKS_FIELDS;
  return asks;
}

// How lines of the journal begin that tell of the field which the rule watches; "": all do.
static bool watched_words(Arena *arena, Desk *desk, const Rule *rule, const char **out, GError **error) {
  FieldList fields = {0};
  *out = "";
  if (!rule->watched) return true;
  if (!field_list(arena, desk, &fields, error)) return false;
  const Field *field = rule_field_named(&fields, rule->watched);
  if (field) *out = arena_printf(arena, "%s: ", field->name);
  return true;
}

bool rule_try(Arena *arena, Desk *desk, const Rule *rule, const RuleNames *names, RuleTrial *out, GError **error) {
  RuleFactsList all = {0};
  RuleCameList came = {0};
  BusinessHours hours;
  const char *named = "", *gone = NULL;
  *out = (RuleTrial){0};
  list_each(const RuleAction, action, &rule->actions) *list_add(arena, &out->counts) = 0;
  if (!hours_load(arena, desk, &hours, error) || !watched_words(arena, desk, rule, &named, error) ||
      !rule_facts_load_newest(arena, desk, &hours, asks_to_try(rule), &all, error))
    return false;
  if (all.count && !rule_came(arena, desk->db, all.items[all.count - 1].number, named, &came, error)) return false;
  int64_t now = clock_now(desk->clock), until = rule->moments & WHEN_WAITS ? rule_threshold(rule, &hours, now) : 0;
  g_autoptr(GHashTable) moments = moments_by_number(&came);
  list_each(RuleFacts, facts, &all) {
    const int64_t *bits = g_hash_table_lookup(moments, &facts->number);
    bool happened = rule->moments & WHEN_WAITS ? waits(rule, facts, until) : bits && (*bits & rule->moments);
    out->looked_at++;
    out->happened += happened;
    if (!happened || !rule_holds(arena, rule, facts, &gone)) continue;
    out->held++;
    note(arena, rule, names, facts, out);
  }
  return true;
}
