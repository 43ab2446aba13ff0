// Loading what rules ask about: one query for the conversation, one for what takes counting, two for fields of the desk's own, and the
// latter only for rules that ask for it; of the newest thousand with as many queries.
#include "desk/rule/stored.h"

#include "desk/hours/hours.h"
#include "desk/rule.sql.h"

#define RECENT (30 * CLOCK_DAY)

unsigned rule_asks(const Rule *rule) {
  unsigned asks = 0;
  list_each(const RuleCondition, condition, &rule->conditions) {
    RuleField field = condition->field;
    if (field == IF_OWN) asks |= ASKS_FIELDS;
    if (field == IF_MESSAGES || field == IF_REOPENED || field == IF_RECENT || field == IF_OTHER_COMPLAINT) asks |= ASKS_MORE;
  }
  return asks;
}

static int64_t recently(const Desk *desk) { return clock_now(desk->clock) - RECENT; }

static bool load_hours(Arena *arena, Desk *desk, const BusinessHours *hours, RuleFacts *facts, GError **error) {
  int64_t now = clock_now(desk->clock);
  BusinessHours own;
  if (!hours && !hours_load(arena, desk, &own, error)) return false;
  facts->is_open_hours = hours_is_open(hours ? hours : &own, now);
  facts->today = hours_day_of(hours ? hours : &own, now);
  return true;
}

static bool load_more(Arena *arena, Desk *desk, RuleFacts *facts, GError **error) {
  RuleMoreList more = {0};
  if (!rule_more_select(arena, desk->db, facts->number, facts->number, recently(desk), &more, error)) return false;
  if (more.count) facts->more = more.items[0];
  return true;
}

static const FieldList *load_fields(Arena *arena, Desk *desk, GError **error) {
  FieldList *fields = arena_make(arena, FieldList);
  return field_list(arena, desk, fields, error) ? fields : NULL;
}

bool rule_facts_load(Arena *arena, Desk *desk, int64_t number, const BusinessHours *hours, unsigned asks, RuleFacts **out,
                     GError **error) {
  if (!rule_facts_select(arena, desk->db, number, out, error)) return false;
  RuleFacts *facts = *out;
  if (!facts) return true;
  if (!load_hours(arena, desk, hours, facts, error) || ((asks & ASKS_MORE) && !load_more(arena, desk, facts, error)))
    return false;
  if (!(asks & ASKS_FIELDS)) return true;
  facts->fields = load_fields(arena, desk, error);
  return facts->fields && rule_value_select(arena, desk->db, number, number, &facts->values, error);
}

// ——— of many. All lists go from the newest down.

static bool load_more_of_all(Arena *arena, Desk *desk, RuleFactsList *all, GError **error) {
  RuleMoreList rows = {0};
  size_t at = 0;
  if (!rule_more_select(arena, desk->db, all->items[all->count - 1].number, all->items[0].number, recently(desk), &rows, error))
    return false;
  list_each(RuleFacts, facts, all) {
    while (at < rows.count && rows.items[at].number > facts->number) at++;
    if (at < rows.count && rows.items[at].number == facts->number) facts->more = rows.items[at];
  }
  return true;
}

static bool load_fields_of_all(Arena *arena, Desk *desk, RuleFactsList *all, GError **error) {
  RuleValueList rows = {0};
  size_t at = 0;
  const FieldList *fields = load_fields(arena, desk, error);
  if (!fields || !rule_value_select(arena, desk->db, all->items[all->count - 1].number, all->items[0].number, &rows, error))
    return false;
  list_each(RuleFacts, facts, all) {
    facts->fields = fields;
    while (at < rows.count && rows.items[at].number > facts->number) at++;
    for (; at < rows.count && rows.items[at].number == facts->number; at++) *list_add(arena, &facts->values) = rows.items[at];
  }
  return true;
}

bool rule_facts_load_newest(Arena *arena, Desk *desk, const BusinessHours *hours, unsigned asks, RuleFactsList *out,
                            GError **error) {
  *out = (RuleFactsList){0};
  if (!rule_facts_newest(arena, desk->db, RULE_TRIED, out, error)) return false;
  if (out->count == 0) return true;
  list_each(RuleFacts, facts, out)
    if (!load_hours(arena, desk, hours, facts, error)) return false;
  return (!(asks & ASKS_MORE) || load_more_of_all(arena, desk, out, error)) &&
         (!(asks & ASKS_FIELDS) || load_fields_of_all(arena, desk, out, error));
}
