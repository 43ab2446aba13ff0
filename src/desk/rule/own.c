// Fields of the desk's own, as rules ask for them and fill them in. What a rule names may be retired later, a field or one of its choices:
// then there is a sentence that says so, the condition never holds, and the action is not done. A day may be told from today.
#include "base/words.h"
#include "desk/rule/stored.h"

#include "base/text.h"

#include <string.h>

const Field *rule_field_named(const FieldList *fields, int64_t id) {
  for (size_t i = 0; fields && i < fields->count; i++)
    if (fields->items[i].id == id) return &fields->items[i];
  return NULL;
}

// ——— what is retired

static bool is_choice(Arena *arena, const Field *field, const char *value) {
  TextList choices = field_choices(arena, field);
  list_each(const Text, choice, &choices)
    if (strcmp(*choice, value) == 0) return true;
  return false;
}

const char *rule_own_gone(Arena *arena, const FieldList *fields, int64_t id, const char *choice) {
  const Field *field = rule_field_named(fields, id);
  if (!field) return "the field is not there any more";
  if (!field->is_active) return arena_say(arena, "the field \xE2\x80\x9C%s\xE2\x80\x9D is not asked for any more", field->name);
  if (!choice || field->kind != FIELD_CHOICE || is_choice(arena, field, choice)) return NULL;
  return arena_say(arena, "\xE2\x80\x9C%s\xE2\x80\x9D is no choice of the field \xE2\x80\x9C%s\xE2\x80\x9D any more", choice,
                   field->name);
}

const char *rule_condition_gone(Arena *arena, const FieldList *fields, const RuleCondition *condition) {
  bool names_one = condition->sense == SENSE_IS || condition->sense == SENSE_IS_NOT;
  return condition->field == IF_OWN ? rule_own_gone(arena, fields, condition->own, names_one ? condition->value : NULL) : NULL;
}

const char *rule_action_gone(Arena *arena, const FieldList *fields, const RuleAction *action) {
  if (action->deed == DO_FILL) return rule_own_gone(arena, fields, action->own, action->value);
  return action->deed == DO_EMPTY ? rule_own_gone(arena, fields, action->own, NULL) : NULL;
}

const char *rule_watched_gone(Arena *arena, const FieldList *fields, const Rule *rule) {
  bool looks = rule->moments & (INT64_C(1) << WHEN_FIELD);
  return looks && rule->watched ? rule_own_gone(arena, fields, rule->watched, NULL) : NULL;
}

// ——— days: "2026-11-22", or "today", "today+7", "today-30"

#define DAYS_MOST 3660

const char *rule_today(void) { return tr("today"); }

static bool days_from_today(const char *value, int64_t *out) {
  const char *rest = value + strlen(RULE_TODAY);
  *out = 0;
  if (!g_str_has_prefix(value, RULE_TODAY)) return false;
  return !*rest || g_ascii_string_to_signed(*rest == '+' ? rest + 1 : rest, 10, -DAYS_MOST, DAYS_MOST, out, NULL);
}

bool rule_day_read(Arena *arena, const char *typed, const char **out) {
  const char *text = text_fold(arena, typed), *names[] = {RULE_TODAY, text_fold(arena, rule_today())};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    if (!g_str_has_prefix(text, names[i])) continue;
    g_auto(GStrv) parts = g_strsplit(text + strlen(names[i]), " ", -1); // without its blanks
    g_autofree char *rest = g_strjoinv("", parts);
    const char *value = arena_printf(arena, "%s%s", RULE_TODAY, rest);
    int64_t days = 0;
    bool is_signed = !*rest || *rest == '+' || *rest == '-';
    if (!is_signed || !days_from_today(value, &days)) continue;
    *out = days ? arena_printf(arena, "%s%+" G_GINT64_FORMAT, RULE_TODAY, days) : RULE_TODAY;
    return true;
  }
  return false;
}

const char *rule_day_shown(Arena *arena, const char *value) {
  int64_t days = 0;
  if (!days_from_today(value, &days)) return value;
  if (!days) return rule_today();
  return arena_printf(arena, "%s %c %" G_GINT64_FORMAT, rule_today(), days < 0 ? '-' : '+', ABS(days));
}

static const char *day_of(Arena *arena, const char *value, Day today) {
  int64_t days = 0;
  if (!days_from_today(value, &days)) return value;
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)(today + days));
  return arena_printf(arena, "%04d-%02d-%02d", (int)g_date_get_year(&date), (int)g_date_get_month(&date),
                      (int)g_date_get_day(&date));
}

const char *rule_own_text(Arena *arena, const Field *field, const char *value, Day today) {
  if (field->kind == FIELD_CHECKBOX) return strcmp(value, "yes") == 0 ? "1" : "";
  return field->kind == FIELD_DATE ? day_of(arena, value, today) : value;
}

// ——— whether a condition holds

static const char *value_in(const RuleFacts *facts, int64_t id) {
  list_each(const RuleValue, value, &facts->values)
    if (value->field_id == id) return value->value;
  return "";
}

bool rule_own_would_change(Arena *arena, const RuleFacts *facts, const RuleAction *action) {
  const Field *field = rule_field_named(facts->fields, action->own);
  const char *value = "", *problem = NULL;
  if (rule_action_gone(arena, facts->fields, action)) return false;
  if (action->deed == DO_FILL &&
      !field_read(arena, field, rule_own_text(arena, field, action->value, facts->today), &value, &problem))
    return false;
  return strcmp(value, value_in(facts, action->own)) != 0;
}

static int compare(const Field *field, const char *one, const char *other) {
  if (field->kind != FIELD_NUMBER) return strcmp(one, other);
  double first = g_ascii_strtod(one, NULL), second = g_ascii_strtod(other, NULL);
  return (first > second) - (first < second);
}

static bool is_equal(Arena *arena, const Field *field, const char *one, const char *other) {
  if (field->kind == FIELD_TEXT) return strcmp(text_fold(arena, one), text_fold(arena, other)) == 0;
  return strcmp(one, other) == 0;
}

bool rule_own_holds(Arena *arena, const RuleCondition *condition, const RuleFacts *facts) {
  const Field *field = rule_field_named(facts->fields, condition->own);
  const char *now = value_in(facts, condition->own), *asked = rule_own_text(arena, field, condition->value, facts->today);
  RuleSense sense = condition->sense;
  if (sense == SENSE_FILLED || sense == SENSE_EMPTY) return *now;
  if (sense == SENSE_HAS || sense == SENSE_HAS_NOT) return rule_text_has(text_fold(arena, now), text_fold(arena, asked));
  if (sense == SENSE_MORE || sense == SENSE_AFTER) return *now && compare(field, now, asked) > 0;
  if (sense == SENSE_LESS || sense == SENSE_BEFORE) return *now && compare(field, now, asked) < 0;
  return is_equal(arena, field, now, asked);
}
