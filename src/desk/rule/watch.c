// Rules that wait. Each remembers how far it has looked: the moment since which the last conversation it looked at was waiting, and its
// number. Who waited longer than that and long enough is looked at under the lock of the rule, in the order of their waiting, and then the
// rule moves on in the same transaction; so each waiting is looked at once, whichever process comes first.
#include "desk/rule/stored.h"

#include "desk/conversation.sql.h"
#include "desk/hours/hours.h"
#include "desk/policy/policy.h"
#include "desk/rule.sql.h"

#define AT_ONCE 50

static bool fire_one(Arena *arena, Desk *desk, const Rule *rule, const BusinessHours *hours, int64_t number, RuleMoment moment,
                     GError **error) {
  ConversationStand *stand = NULL;
  RuleFacts *facts = NULL;
  const char *gone = NULL;
  bool stops = false;
  if (!conversation_lock(arena, desk->db, number, &stand, error) ||
      !rule_facts_load(arena, desk, number, hours, rule_asks(rule), &facts, error))
    return false;
  if (!facts) return true;
  if (!rule_holds(arena, rule, facts, &gone)) return !gone || rule_say_gone(desk, rule, facts, moment, gone, error);
  int64_t root = happening_new_root(desk);
  happening_take_turn(desk, rule->id, root);
  happening_by_rule(desk, root);
  bool worked = rule_fire(arena, desk, rule, facts, moment, &stops, error);
  happening_by_rule(desk, HAPPENING_OF_ITSELF);
  return worked;
}

static bool look_at_some(Desk *desk, int64_t rule_id, const BusinessHours *hours, bool *out_has_more, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  RuleRow *row = NULL;
  RuleTimeList waiting = {0};
  Rule rule;
  *out_has_more = false;
  if (!tx || !rule_lock(arena, desk->db, rule_id, &row, error)) return false;
  if (!row) return true; // removed or switched off meanwhile
  rule_read_row(arena, row, &rule);
  int64_t until = rule_threshold(&rule, hours, clock_now(desk->clock));
  RuleMoment moment = rule.moments & (INT64_C(1) << WHEN_WAITED) ? WHEN_WAITED : WHEN_UNTOUCHED;
  bool loaded = moment == WHEN_WAITED
                  ? rule_waited(arena, desk->db, rule.up_to, rule.up_to_number, until, AT_ONCE, &waiting, error)
                  : rule_untouched(arena, desk->db, rule.up_to, rule.up_to_number, until, AT_ONCE, &waiting, error);
  if (!loaded || !waiting.count) return loaded;
  list_each(const RuleTime, each_one, &waiting)
    if (!fire_one(arena, desk, &rule, hours, each_one->number, moment, error)) return false;
  const RuleTime *last = &waiting.items[waiting.count - 1];
  *out_has_more = waiting.count == AT_ONCE;
  return rule_update_up_to(desk->db, rule.id, last->since, last->number, error) && db_commit(&tx, error);
}

bool rule_watch(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  BusinessHours hours;
  IntList waiting = {0};
  if (!rules_take_up(desk, error)) return false;
  list_each(const Rule, rule, &desk->rules->list)
    if (rule->moments & WHEN_WAITS) *list_add(arena, &waiting) = rule->id;
  if (waiting.count == 0) return true;
  if (!hours_load(arena, desk, &hours, error)) return false;
  list_each(const Int, id, &waiting)
    for (bool has_more = true; has_more;)
      if (!look_at_some(desk, *id, &hours, &has_more, error)) return false;
  return true;
}

bool rule_prune(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Policy policy;
  int64_t changed = 0;
  if (!policy_load(arena, desk, &policy, error)) return false;
  do {
    if (!rule_firing_delete_old(desk->db, clock_now(desk->clock) - policy.rule_log_keeps, &changed, error)) return false;
  } while (changed);
  return true;
}

bool rule_log(Arena *arena, Desk *desk, int64_t rule_id, int64_t before, RuleFiringList *out, bool *out_has_more,
              GError **error) {
  int64_t from = before ? before : INT64_MAX;
  *out = (RuleFiringList){0};
  if (rule_id ? !rule_firing_select(arena, desk->db, rule_id, from, RULE_LOG_PAGE + 1, out, error)
              : !rule_firing_select_all(arena, desk->db, from, RULE_LOG_PAGE + 1, out, error))
    return false;
  *out_has_more = out->count > RULE_LOG_PAGE;
  out->count = MIN(out->count, RULE_LOG_PAGE);
  return true;
}
