// Whether a rule's conditions hold for a conversation: a look at what is loaded, never at the database. Words are whole words, whatever
// their case and accents; "fee" is not in "coffee".
#include "desk/rule/stored.h"

#include "base/text.h"
#include "desk/complaint/handling.h"

#include <string.h>

#define TEXT_LOOKED_AT (64 * 1024) // characters

static const char *folded_text(Arena *arena, RuleFacts *facts) {
  if (!facts->folded)
    facts->folded = text_fold(arena,
                              arena_printf(arena, "%s\n%s", facts->subject, text_clamp(arena, facts->body, TEXT_LOOKED_AT)));
  return facts->folded;
}

static bool is_letter(const char *at) { return g_unichar_isalnum(g_utf8_get_char(at)); }

bool rule_text_has(const char *text, const char *words) {
  size_t length = strlen(words);
  for (const char *at = length ? strstr(text, words) : NULL; at; at = strstr(text_next(at), words)) {
    bool begins = at == text || !is_letter(g_utf8_prev_char(at)) || !is_letter(words);
    bool ends = !at[length] || !is_letter(at + length) || !is_letter(g_utf8_prev_char(words + length));
    if (begins && ends) return true;
  }
  return false;
}

static const char *domain_of(const char *address) {
  const char *at = strrchr(address, '@');
  return at ? at + 1 : "";
}

// Of an address also a part of it counts: "@example.com".
static bool text_holds(Arena *arena, const RuleCondition *condition, RuleFacts *facts) {
  bool has = condition->sense == SENSE_HAS || condition->sense == SENSE_HAS_NOT;
  const char *value = text_fold(arena, condition->value);
  if (condition->field == IF_TEXT) return rule_text_has(folded_text(arena, facts), value);
  if (condition->field == IF_SUBJECT) return rule_text_has(text_fold(arena, facts->subject), value);
  if (condition->field == IF_NAME || condition->field == IF_ORGANISATION) {
    const char *name = text_fold(arena, condition->field == IF_NAME ? facts->customer_name : facts->organisation);
    return has ? rule_text_has(name, value) : strcmp(name, value) == 0;
  }
  const char *address = text_fold(arena,
                                  condition->field == IF_DOMAIN ? domain_of(facts->customer_address) : facts->customer_address);
  if (condition->field == IF_DOMAIN && *value == '@') value++;
  return has ? strstr(address, value) != NULL : strcmp(address, value) == 0;
}

static bool number_is(const char *value, int64_t number) { return g_ascii_strtoll(value, NULL, 10) == number; }

static bool has(Arena *arena, const char *numbers, const char *value) {
  return strstr(numbers, arena_printf(arena, " %s ", value)) != NULL;
}

static const char *state_of(const RuleFacts *facts) {
  if (facts->state != CONVERSATION_OPEN) return "solved";
  return facts->snoozed_until ? "snoozed" : "open";
}

static bool says(const char *value, bool is_so) { return strcmp(value, is_so ? "yes" : "no") == 0; }

static bool behaviour_holds(const RuleCondition *condition, const RuleFacts *facts) {
  Behaviour value;
  if (!facts->is_read || !behaviour_from_word(condition->value, &value)) return false;
  return condition->sense == SENSE_LEAST ? facts->behaviour >= value : facts->behaviour == value;
}

static bool priority_holds(const RuleCondition *condition, const RuleFacts *facts) {
  Priority value;
  if (!priority_from_word(condition->value, &value)) return false;
  return condition->sense == SENSE_LEAST ? facts->priority >= (int64_t)value : facts->priority == (int64_t)value;
}

static bool stage_holds(const RuleCondition *condition, const RuleFacts *facts) {
  ComplaintStage value;
  return facts->is_complaint && stage_from_word(condition->value, &value) && facts->stage == value;
}

static bool severity_holds(const RuleCondition *condition, const RuleFacts *facts) {
  ComplaintSeverity value;
  if (!facts->is_complaint || !severity_from_word(condition->value, &value)) return false;
  return condition->sense == SENSE_LEAST ? facts->severity >= value : facts->severity == value;
}

static bool organisation_holds(Arena *arena, const RuleCondition *condition, RuleFacts *facts) {
  bool asks_whether = condition->sense == SENSE_FILLED || condition->sense == SENSE_EMPTY;
  return asks_whether ? *facts->organisation : text_holds(arena, condition, facts);
}

static bool count_holds(const RuleCondition *condition, int64_t count) {
  int64_t value = g_ascii_strtoll(condition->value, NULL, 10);
  if (condition->sense == SENSE_MORE) return count > value;
  return condition->sense == SENSE_LESS ? count < value : count == value;
}

static bool is_so(Arena *arena, const RuleCondition *condition, RuleFacts *facts) {
  const char *value = condition->value;
  switch (condition->field) {
  case IF_SUBJECT:
  case IF_TEXT:
  case IF_ADDRESS:
  case IF_DOMAIN:
  case IF_NAME: return text_holds(arena, condition, facts);
  case IF_ORGANISATION: return organisation_holds(arena, condition, facts);
  case IF_LANGUAGE: return strcmp(value, facts->language) == 0;
  case IF_MAILBOX: return number_is(value, facts->mailbox_id) || has(arena, facts->came_too, value);
  case IF_CHANNEL: return strcmp(value, message_channel_word(facts->channel)) == 0;
  case IF_MACHINE: return says(value, facts->machine != MAIL_PERSON);
  case IF_PRIORITY: return priority_holds(condition, facts);
  case IF_TEAM: return number_is(value, facts->team_id);
  case IF_ASSIGNEE: return number_is(value, facts->assignee_id);
  case IF_TAG: return has(arena, facts->tags, value);
  case IF_STATE: return strcmp(value, state_of(facts)) == 0;
  case IF_MESSAGES: return count_holds(condition, facts->more.messages);
  case IF_REOPENED: return count_holds(condition, facts->more.reopened);
  case IF_RECENT: return count_holds(condition, facts->more.recent);
  case IF_OTHER_COMPLAINT: return says(value, facts->more.has_other_complaint);
  case IF_BEHAVIOUR: return behaviour_holds(condition, facts);
  case IF_FEELING: return facts->is_read && strcmp(value, emotion_word(facts->emotion)) == 0;
  case IF_NEED: return facts->is_read && strcmp(value, need_word(facts->need)) == 0;
  case IF_COMPLAINT: return says(value, facts->is_complaint);
  case IF_STAGE: return stage_holds(condition, facts);
  case IF_SEVERITY: return severity_holds(condition, facts);
  case IF_HOURS: return says(value, facts->is_open_hours);
  case IF_OWN: return rule_own_holds(arena, condition, facts);
  case IF_COUNT: break;
  }
  return false;
}

static bool condition_holds(Arena *arena, const RuleCondition *condition, RuleFacts *facts) {
  RuleSense sense = condition->sense;
  bool negates = sense == SENSE_IS_NOT || sense == SENSE_HAS_NOT || sense == SENSE_EMPTY;
  return is_so(arena, condition, facts) != negates;
}

bool rule_holds(Arena *arena, const Rule *rule, RuleFacts *facts, const char **out_gone) {
  const char *gone = NULL;
  *out_gone = NULL;
  list_each(const RuleCondition, condition, &rule->conditions) {
    const char *why = rule_condition_gone(arena, facts->fields, condition);
    if (why)
      gone = why;
    else if (condition_holds(arena, condition, facts) == rule->is_any)
      return rule->is_any;
  }
  *out_gone = gone;
  return !gone && (!rule->is_any || rule->conditions.count == 0);
}
