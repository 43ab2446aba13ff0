// The lines in which a rule is kept: "field sense value" or "deed value words", values without blanks but the last. What this program
// does not know is left out, so that a rule of a newer one can be read.
#include "desk/rule/stored.h"

// No line may hold a line end, and none may be cut: \n becomes \\n.
static const char *pack(Arena *arena, const char *text) {
  g_autofree char *packed = g_strescape(text, NULL);
  return arena_strdup(arena, packed);
}

static const char *unpack(Arena *arena, const char *text) {
  g_autofree char *plain = g_strcompress(text);
  return g_utf8_validate(plain, -1, NULL) ? arena_strdup(arena, plain) : "";
}

const char *rule_write_conditions(Arena *arena, const Rule *rule) {
  g_autoptr(GString) lines = g_string_new(NULL);
  list_each(const RuleCondition, condition, &rule->conditions)
    g_string_append_printf(lines, "%s %s %s\n", rule_condition_word(arena, condition), rule_sense_word(condition->sense),
                           pack(arena, condition->value));
  return arena_strdup(arena, lines->str);
}

const char *rule_write_actions(Arena *arena, const Rule *rule) {
  g_autoptr(GString) lines = g_string_new(NULL);
  list_each(const RuleAction, action, &rule->actions) {
    g_autofree char *value = g_uri_escape_string(action->value, NULL, true);
    g_string_append_printf(lines, "%s %s %s\n", rule_action_word(arena, action), value,
                           pack(arena, action->words ? action->words : ""));
  }
  return arena_strdup(arena, lines->str);
}

static void read_condition(Arena *arena, char **parts, RuleConditionList *out) {
  RuleCondition condition = {0};
  if (!rule_condition_from_word(parts[0], &condition) || !rule_sense_from_word(parts[1], &condition.sense)) return;
  condition.value = unpack(arena, parts[2]);
  if (condition.field == IF_OWN || rule_condition_allows(NULL, &condition)) *list_add(arena, out) = condition;
}

static void read_action(Arena *arena, char **parts, RuleActionList *out) {
  RuleAction action = {0};
  g_autofree char *value = g_uri_unescape_string(parts[1], NULL);
  if (!value || !rule_action_from_word(parts[0], &action)) return;
  action.value = arena_strdup(arena, value);
  action.words = unpack(arena, parts[2]);
  *list_add(arena, out) = action;
}

void rule_read_row(Arena *arena, const RuleRow *row, Rule *out) {
  *out = (Rule){.id = row->id,
                .place = row->place,
                .changed_at = row->changed_at,
                .name = row->name,
                .is_on = row->is_on,
                .moments = row->moments,
                .amount = row->amount,
                .watched = row->watched,
                .is_any = row->is_any,
                .up_to = row->up_to,
                .up_to_number = row->up_to_number,
                .fired = row->fired};
  const char *const texts[] = {row->conditions, row->actions};
  for (int which = 0; which < 2; which++) {
    g_auto(GStrv) lines = g_strsplit(texts[which], "\n", -1);
    for (char **line = lines; *line; line++) {
      g_auto(GStrv) parts = g_strsplit(*line, " ", 3);
      if (g_strv_length(parts) != 3) continue;
      if (which == 0)
        read_condition(arena, parts, &out->conditions);
      else
        read_action(arena, parts, &out->actions);
    }
  }
}
