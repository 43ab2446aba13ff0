// What the audit journal says of a rule that changed: each part of it before and after, in English, whatever language who changed it
// speaks. What is a word of the program stands bare, so that it can be said to who reads it; what somebody wrote or named, in quotes.
#include "base/words.h"
#include "desk/rule/stored.h"

#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/hours/deadline.h"

static void add(GString *out, const char *between, const char *part) {
  if (*part) g_string_append_printf(out, "%s%s", out->len ? between : "", part);
}

static const char *when_told(Arena *arena, const Rule *rule) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (size_t i = 0; rule && i < WHEN_COUNT; i++)
    if (rule->moments & (INT64_C(1) << rule_moments[i])) add(out, "; ", rule_moment_title(rule_moments[i]));
  return arena_strdup(arena, out->str);
}

static const char *amount_told(Arena *arena, const Rule *rule) {
  if (!rule || !(rule->moments & WHEN_WAITS)) return "";
  return rule->moments & (INT64_C(1) << WHEN_UNTOUCHED) ? arena_printf(arena, "%d d", (int)rule->amount)
                                                        : target_write(arena, rule->amount);
}

static bool is_named(RuleValueKind kind, const char *value) {
  bool is_special = strcmp(value, "0") == 0 || strcmp(value, "-1") == 0; // nobody, whoever has it, supervisors
  if (kind == VALUE_PERSON || kind == VALUE_TEAM || kind == VALUE_HEARER) return !is_special;
  return kind == VALUE_TEXT || kind == VALUE_TAG || kind == VALUE_MAILBOX || kind == VALUE_SCRIPT || kind == VALUE_OWN;
}

static const char *value_told(Arena *arena, RuleValueKind kind, const char *value, const char *shown) {
  return is_named(kind, value) ? audit_written(arena, shown) : shown;
}

static const char *conditions_told(Arena *arena, const RuleNames *names, const Rule *rule) {
  g_autoptr(GString) out = g_string_new(NULL);
  if (!rule) return "";
  list_each(const RuleCondition, condition, &rule->conditions) {
    const char *title = rule_condition_title(&names->fields, condition), *shown = rule_condition_value(arena, names, condition);
    bool is_own = condition->field == IF_OWN;
    RuleValueKind kind = is_own ? VALUE_OWN : rule_field_value(condition->field);
    add(out, "; ", is_own ? audit_written(arena, title) : title);
    add(out, " / ", rule_sense_title(condition->sense));
    add(out, " / ", value_told(arena, kind, condition->value, shown));
  }
  return arena_strdup(arena, out->str);
}

static const char *own_title(Arena *arena, const RuleNames *names, const RuleAction *action) {
  const Field *field = rule_field_named(&names->fields, action->own);
  return arena_printf(arena, "%s / %s", action->deed == DO_FILL ? "fill in" : "empty",
                      audit_written(arena, field ? field->name : "?"));
}

static const char *actions_told(Arena *arena, const RuleNames *names, const Rule *rule) {
  g_autoptr(GString) out = g_string_new(NULL);
  if (!rule) return "";
  list_each(const RuleAction, action, &rule->actions) {
    bool is_own = action->deed == DO_FILL || action->deed == DO_EMPTY;
    const char *shown = rule_action_value(arena, names, action);
    const char *words = rule_deed_has_words(action->deed) ? action->words : "";
    add(out, "; ", is_own ? own_title(arena, names, action) : rule_action_title(arena, &names->fields, action));
    add(out, " / ", value_told(arena, is_own ? VALUE_OWN : rule_deed_value(action->deed), action->value, shown));
    add(out, " / ", audit_written(arena, words));
  }
  return arena_strdup(arena, out->str);
}

static const char *yes_no(const Rule *rule, bool is_so) { return !rule ? "" : is_so ? "yes" : "no"; }

// The field that it looks at, by name.
static const char *watched_told(const RuleNames *names, const Rule *rule) {
  const Field *field = rule && rule->watched ? rule_field_named(&names->fields, rule->watched) : NULL;
  return field ? field->name : rule && rule->watched ? "?" : "";
}

static const char *told(Arena *arena, const RuleNames *names, const Rule *before, const Rule *after) {
  const char *detail = audit_change_written(arena, "", "name", before ? before->name : "", after ? after->name : "");
  detail = audit_change(arena, detail, "when", when_told(arena, before), when_told(arena, after));
  detail = audit_change(arena, detail, "how long", amount_told(arena, before), amount_told(arena, after));
  detail = audit_change_written(arena, detail, "field", watched_told(names, before), watched_told(names, after));
  detail = audit_change(arena, detail, "if", conditions_told(arena, names, before), conditions_told(arena, names, after));
  detail = audit_change(arena, detail, "one is enough", yes_no(before, before && before->is_any),
                        yes_no(after, after && after->is_any));
  detail = audit_change(arena, detail, "then", actions_told(arena, names, before), actions_told(arena, names, after));
  return audit_change(arena, detail, "switched on", yes_no(before, before && before->is_on),
                      yes_no(after, after && after->is_on));
}

bool rule_told_changes(Arena *arena, Desk *desk, const Rule *before, const Rule *after, const char **out, GError **error) {
  RuleNames names;
  if (!rule_names_load(arena, desk, &names, error)) return false;
  int spoken = words_use(0);
  *out = told(arena, &names, before, after);
  words_use(spoken);
  return true;
}
