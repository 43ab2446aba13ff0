// Writing rules down, and having them in memory. Whoever changes one makes the book a new version, by which every connection of every
// process sees that what it has is old. A rule that waits looks only at what begins to be due after it was written, unless it is asked
// to look back.
#include "desk/rule/stored.h"

#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/hours/hours.h"
#include "desk/protocol/script.h"
#include "desk/rule.sql.h"
#include "desk/tag/tag.h"

bool rule_list(Arena *arena, Desk *desk, RuleList *out, GError **error) {
  RuleRowList rows = {0};
  *out = (RuleList){0};
  if (!rule_select_all(arena, desk->db, &rows, error)) return false;
  list_each(const RuleRow, row, &rows) rule_read_row(arena, row, list_add(arena, out));
  return true;
}

bool rule_find(Arena *arena, Desk *desk, int64_t id, Rule **out, GError **error) {
  RuleRow *row = NULL;
  if (!rule_select(arena, desk->db, id, &row, error)) return false;
  if (!row) return error_set(error, ERROR_NOT_FOUND, "This rule is not here any more.");
  *out = arena_make(arena, Rule);
  rule_read_row(arena, row, *out);
  return true;
}

// ——— in memory

void rules_forget(Desk *desk) {
  if (desk->rules) arena_free(desk->rules->arena);
  desk->rules = NULL;
}

bool rules_take_up(Desk *desk, GError **error) {
  int64_t version = 0;
  if (!rule_version(desk->db, &version, error)) return false;
  if (desk->rules && desk->rules->version == version) return true;
  g_autoptr(Arena) arena = arena_new();
  RuleRowList rows = {0};
  struct Rules *rules = arena_make(arena, struct Rules);
  if (!rule_select_on(arena, desk->db, &rows, error)) return false;
  list_each(const RuleRow, row, &rows) rule_read_row(arena, row, list_add(arena, &rules->list));
  rules->version = version;
  rules->arena = g_steal_pointer(&arena);
  rules_forget(desk);
  desk->rules = rules;
  return true;
}

// ——— keeping

static bool check_moments(const Rule *rule, GError **error) {
  int64_t waits = rule->moments & WHEN_WAITS, all = (INT64_C(1) << WHEN_COUNT) - 1;
  if (!(rule->moments & all)) return error_set(error, ERROR_INVALID, "Choose when the rule looks.");
  if (waits && waits != rule->moments)
    return error_set(error, ERROR_INVALID, "A rule that waits has one moment; write another rule for what happens.");
  if (waits && (waits & (waits - 1)))
    return error_set(error, ERROR_INVALID, "Choose one of the two moments that are waited for.");
  bool by_days = waits & (INT64_C(1) << WHEN_UNTOUCHED);
  if (waits && (rule->amount <= 0 || rule->amount > (by_days ? 366 : 366 * 24 * 60)))
    return error_set(error, ERROR_INVALID, by_days ? "Write how many days, from 1 to 366." : "Write how long, as 4 h or 45 min.");
  return true;
}

// A note as a moment and a note as a deed, and the like, cannot go round; but a rule that does nothing is a mistake.
static bool check(Arena *arena, Desk *desk, Rule *rule, GError **error) {
  rule->name = text_clamp(arena, text_one_line(arena, rule->name), RULE_NAME_MOST);
  if (text_is_blank(rule->name))
    return error_set(error, ERROR_INVALID, "Give the rule a name; the log and the history call it by that.");
  if (!check_moments(rule, error)) return false;
  if (!rule->actions.count) return error_set(error, ERROR_INVALID, "Say what the rule does.");
  if (rule->conditions.count > RULE_CONDITIONS_MOST || rule->actions.count > RULE_ACTIONS_MOST)
    return error_set(error, ERROR_INVALID, "A rule has at most %d conditions and does at most %d things.", RULE_CONDITIONS_MOST,
                     RULE_ACTIONS_MOST);
  list_each(const RuleAction, action, &rule->actions) {
    Script script;
    if (action->deed != DO_ANSWER) continue;
    if (!script_find(arena, desk, action->value, &script, error)) return false;
    TextList blanks = {0};
    script_blanks(arena, script.text, &blanks);
    list_each(const Text, blank, &blanks)
      if (!script_knows(*blank))
        return error_set(error, ERROR_INVALID, "The script \"%s\" has a blank that only a person can fill: {{%s}}.",
                         script.head.title, *blank);
  }
  return true;
}

static bool make_tags(Arena *arena, Desk *desk, Rule *rule, GError **error) {
  list_each(RuleAction, action, &rule->actions) {
    int64_t tag_id = 0;
    if (action->deed != DO_TAG || g_ascii_isdigit(*action->value)) continue;
    if (!tag_make(desk, action->value, &tag_id, error)) return false;
    action->value = arena_printf(arena, "%" G_GINT64_FORMAT, tag_id);
  }
  return true;
}

int64_t rule_threshold(const Rule *rule, const BusinessHours *hours, int64_t now) {
  if (rule->moments & (INT64_C(1) << WHEN_WAITED)) return hours_before(hours, now, rule->amount);
  return now - rule->amount * CLOCK_DAY;
}

static bool beginning(Arena *arena, Desk *desk, const Rule *rule, int64_t *out, GError **error) {
  BusinessHours hours;
  *out = 0;
  if (!(rule->moments & WHEN_WAITS)) return true;
  if (!hours_load(arena, desk, &hours, error)) return false;
  *out = rule_threshold(rule, &hours, clock_now(desk->clock));
  return true;
}

static bool note(Arena *arena, Desk *desk, const Staff *actor, const char *what, const Rule *before, const Rule *after,
                 GError **error) {
  const char *detail = "", *name = after ? after->name : before->name;
  return rule_told_changes(arena, desk, before, after, &detail, error) &&
         (!*detail || audit_add(desk, actor, what, name, detail, error));
}

bool rule_keep(Desk *desk, const Staff *actor, const Rule *given, bool with_past, int64_t *out_id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Rule rule = *given;
  int64_t up_to = 0, count = 0, changed = 1, now = clock_now(desk->clock);
  if (!check(arena, desk, &rule, error) || !make_tags(arena, desk, &rule, error) ||
      (!with_past && !beginning(arena, desk, &rule, &up_to, error)))
    return false;
  const int64_t *watched = rule.watched && (rule.moments & (INT64_C(1) << WHEN_FIELD)) ? &rule.watched : NULL;
  const char *conditions = rule_write_conditions(arena, &rule), *actions = rule_write_actions(arena, &rule);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !rule_count(desk->db, &count, error)) return false;
  if (!rule.id && count >= RULES_MOST)
    return error_set(error, ERROR_CONFLICT, "There are %d rules already; remove one first.", RULES_MOST);
  Rule *old = NULL;
  if (rule.id && !rule_find(arena, desk, rule.id, &old, error)) return false;
  *out_id = rule.id;
  bool worked = rule.id ? rule_update(desk->db, rule.id, rule.name, rule.moments, rule.amount, watched, rule.is_any, conditions,
                                      actions, rule.is_on, up_to, now, &changed, error)
                        : rule_insert(desk->db, rule.name, rule.moments, rule.amount, watched, rule.is_any, conditions, actions,
                                      rule.is_on, up_to, actor ? &actor->id : NULL, now, out_id, error);
  if (!worked) return false;
  if (!changed) return error_set(error, ERROR_NOT_FOUND, "This rule is not here any more.");
  return rule_book_change(desk->db, error) && note(arena, desk, actor, old ? "rule.changed" : "rule.made", old, &rule, error) &&
         db_commit(&tx, error);
}

bool rule_switch(Desk *desk, const Staff *actor, int64_t id, bool is_on, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Rule *rule = NULL;
  int64_t up_to = 0, changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !rule_find(arena, desk, id, &rule, error) || !beginning(arena, desk, rule, &up_to, error)) return false;
  Rule after = *rule;
  after.is_on = is_on;
  return rule_update_on(desk->db, id, is_on, up_to, &changed, error) && rule_book_change(desk->db, error) &&
         note(arena, desk, actor, "rule.switched", rule, &after, error) && db_commit(&tx, error);
}

bool rule_move(Desk *desk, const Staff *actor, int64_t id, bool up, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  RuleList rules;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !rule_list(arena, desk, &rules, error)) return false;
  for (size_t i = 0; i < rules.count; i++) {
    if (rules.items[i].id != id) continue;
    if (up ? i == 0 : i + 1 == rules.count) return true;
    const Rule *here = &rules.items[i], *there = &rules.items[up ? i - 1 : i + 1];
    int from = (int)i + 1, to = up ? from - 1 : from + 1;
    const char *detail = audit_change(arena, "", "place", arena_printf(arena, "%d", from), arena_printf(arena, "%d", to));
    return rule_update_place(desk->db, here->id, there->place, error) &&
           rule_update_place(desk->db, there->id, here->place, error) && rule_book_change(desk->db, error) &&
           audit_add(desk, actor, "rule.moved", here->name, detail, error) && db_commit(&tx, error);
  }
  return error_set(error, ERROR_NOT_FOUND, "This rule is not here any more.");
}

bool rule_remove(Desk *desk, const Staff *actor, int64_t id, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Rule *rule = NULL;
  int64_t changed = 0;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !rule_find(arena, desk, id, &rule, error) || !rule_update_gone(desk->db, id, &changed, error)) return false;
  if (!changed) return error_set(error, ERROR_NOT_FOUND, "This rule is not here any more.");
  return rule_book_change(desk->db, error) && note(arena, desk, actor, "rule.removed", rule, NULL, error) &&
         db_commit(&tx, error);
}
