// What rules are made of: one table for the moments, one for what may be asked, one for what may be done. Forms, sentences and the lines
// in which a rule is kept are all made from them. Values stand in value.c, fields of the desk's own in own.c.
#include "base/words.h"
#include "desk/rule/stored.h"

#include "base/text.h"

#include <string.h>

static const struct {
  const char *word, *title;
} moments[WHEN_COUNT] = {
  [WHEN_OPENED] = {"opened", "A conversation is opened"},
  [WHEN_WROTE] = {"wrote", "The customer writes again"},
  [WHEN_ANSWERED] = {"answered", "We answer"},
  [WHEN_NOTED] = {"noted", "A note is kept"},
  [WHEN_SOLVED] = {"solved", "It is solved"},
  [WHEN_REOPENED] = {"reopened", "It is reopened"},
  [WHEN_ASSIGNED] = {"assigned", "It changes hands"},
  [WHEN_GIVEN] = {"given", "It is given to a person"},
  [WHEN_GIVEN_TEAM] = {"given-team", "It is given to a team"},
  [WHEN_HANDED_BACK] = {"handed-back", "It is handed back, and nobody has it"},
  [WHEN_COMPLAINT] = {"complaint", "Something happens to its complaint"},
  [WHEN_FIELD] = {"field", "A field changes"},
  [WHEN_WOKE] = {"woke", "It comes back from being snoozed"},
  [WHEN_TARGET_NEAR] = {"near", "A target is near"},
  [WHEN_TARGET_MISSED] = {"missed", "A target is missed"},
  [WHEN_WAITED] = {"waited", "The customer waits for so long"},
  [WHEN_UNTOUCHED] = {"untouched", "Nothing was written for so many days"},
};

const RuleMoment rule_moments[WHEN_COUNT] = {
  WHEN_OPENED,      WHEN_WROTE,         WHEN_ANSWERED, WHEN_NOTED,      WHEN_SOLVED,      WHEN_REOPENED,
  WHEN_WOKE,        WHEN_ASSIGNED,      WHEN_GIVEN,    WHEN_GIVEN_TEAM, WHEN_HANDED_BACK, WHEN_COMPLAINT,
  WHEN_TARGET_NEAR, WHEN_TARGET_MISSED, WHEN_FIELD,    WHEN_WAITED,     WHEN_UNTOUCHED,
};

const char *rule_moment_word(RuleMoment moment) { return moment < WHEN_COUNT ? moments[moment].word : ""; }
const char *rule_moment_title(RuleMoment moment) { return moment < WHEN_COUNT ? moments[moment].title : ""; }

// ——— what may be asked

#define B(sense) (1u << (sense))
#define ONE (B(SENSE_IS) | B(SENSE_IS_NOT))
#define TEXT (B(SENSE_HAS) | B(SENSE_HAS_NOT))
#define COUNTED (B(SENSE_IS) | B(SENSE_MORE) | B(SENSE_LESS))
#define FILLED (B(SENSE_FILLED) | B(SENSE_EMPTY))
static const char said[] = "What it says", stands[] = "Where it stands", whose[] = "The customer",
                  reads[] = "What the engine reads", complained[] = "The complaint", open_now[] = "The desk now";
static const struct {
  const char *word, *title, *group;
  RuleValueKind kind;
  unsigned senses;
} fields[IF_COUNT] = {
  [IF_SUBJECT] = {"subject", "Subject", said, VALUE_TEXT, TEXT},
  [IF_TEXT] = {"text", "Subject or text", said, VALUE_TEXT, TEXT},
  [IF_LANGUAGE] = {"language", "Language", said, VALUE_LANGUAGE, ONE},
  [IF_MAILBOX] = {"mailbox", "Mailbox", stands, VALUE_MAILBOX, ONE},
  [IF_CHANNEL] = {"channel", "How it came", stands, VALUE_CHANNEL, ONE},
  [IF_MACHINE] = {"machine", "A machine wrote it", stands, VALUE_YES, B(SENSE_IS)},
  [IF_PRIORITY] = {"priority", "Priority", stands, VALUE_PRIORITY, ONE | B(SENSE_LEAST)},
  [IF_TEAM] = {"team", "Team", stands, VALUE_TEAM, ONE},
  [IF_ASSIGNEE] = {"assignee", "Whose it is", stands, VALUE_PERSON, ONE},
  [IF_TAG] = {"tag", "Tag", stands, VALUE_TAG, ONE},
  [IF_STATE] = {"state", "State", stands, VALUE_STATE, ONE},
  [IF_MESSAGES] = {"messages", "Number of messages", stands, VALUE_COUNT, COUNTED},
  [IF_REOPENED] = {"reopened", "Times it was reopened", stands, VALUE_COUNT, COUNTED},
  [IF_ADDRESS] = {"address", "Customer\xE2\x80\x99s address", whose, VALUE_TEXT, ONE | TEXT},
  [IF_DOMAIN] = {"domain", "Customer\xE2\x80\x99s domain", whose, VALUE_TEXT, ONE},
  [IF_NAME] = {"name", "Customer\xE2\x80\x99s name", whose, VALUE_TEXT, ONE | TEXT},
  [IF_ORGANISATION] = {"organisation", "Customer\xE2\x80\x99s organisation", whose, VALUE_TEXT, ONE | TEXT | FILLED},
  [IF_RECENT] = {"recent", "Customer\xE2\x80\x99s conversations in 30 days", whose, VALUE_COUNT, COUNTED},
  [IF_OTHER_COMPLAINT] = {"other-complaint", "Another complaint of the customer is open", whose, VALUE_YES, B(SENSE_IS)},
  [IF_BEHAVIOUR] = {"behaviour", "Behaviour", reads, VALUE_BEHAVIOUR, ONE | B(SENSE_LEAST)},
  [IF_FEELING] = {"feeling", "Feeling", reads, VALUE_EMOTION, ONE},
  [IF_NEED] = {"need", "Need", reads, VALUE_NEED, ONE},
  [IF_COMPLAINT] = {"complaint", "It is a complaint", complained, VALUE_YES, B(SENSE_IS)},
  [IF_STAGE] = {"stage", "Stage", complained, VALUE_STAGE, ONE},
  [IF_SEVERITY] = {"severity", "Severity", complained, VALUE_SEVERITY, ONE | B(SENSE_LEAST)},
  [IF_HOURS] = {"hours", "The desk is open", open_now, VALUE_YES, B(SENSE_IS)},
  [IF_OWN] = {"own", "", "Fields of your own", VALUE_OWN, 0},
};
static const unsigned own_senses[FIELD_KIND_COUNT] = {
  [FIELD_TEXT] = ONE | TEXT | FILLED,
  [FIELD_NUMBER] = ONE | B(SENSE_MORE) | B(SENSE_LESS) | FILLED,
  [FIELD_DATE] = ONE | B(SENSE_BEFORE) | B(SENSE_AFTER) | FILLED,
  [FIELD_CHOICE] = ONE | FILLED,
  [FIELD_CHECKBOX] = B(SENSE_IS),
};

const char *rule_field_group(RuleField field) { return field < IF_COUNT ? fields[field].group : ""; }
RuleValueKind rule_field_value(RuleField field) { return fields[field].kind; }

bool rule_condition_allows(const FieldList *own, const RuleCondition *condition) {
  if (condition->field >= IF_COUNT || condition->sense >= SENSE_COUNT) return false;
  const Field *field = condition->field == IF_OWN ? rule_field_named(own, condition->own) : NULL;
  unsigned senses = fields[condition->field].senses;
  if (field && field->kind < FIELD_KIND_COUNT) senses = own_senses[field->kind];
  return senses & B(condition->sense);
}

static const struct {
  const char *word, *title;
} senses[SENSE_COUNT] = {
  [SENSE_IS] = {"is", N_("is")},
  [SENSE_IS_NOT] = {"is-not", "is not"},
  [SENSE_HAS] = {"has", N_("contains")},
  [SENSE_HAS_NOT] = {"has-not", "does not contain"},
  [SENSE_LEAST] = {"least", "is at least"},
  [SENSE_MORE] = {"more", "is more than"},
  [SENSE_LESS] = {"less", "is less than"},
  [SENSE_BEFORE] = {"before", "is before"},
  [SENSE_AFTER] = {"after", "is after"},
  [SENSE_FILLED] = {"filled", "is filled in"},
  [SENSE_EMPTY] = {"empty", "is empty"},
};
const char *rule_sense_word(RuleSense sense) { return sense < SENSE_COUNT ? senses[sense].word : ""; }
const char *rule_sense_title(RuleSense sense) { return sense < SENSE_COUNT ? senses[sense].title : ""; }

bool rule_sense_from_word(const char *word, RuleSense *out) {
  for (unsigned i = 0; i < SENSE_COUNT; i++)
    if (strcmp(senses[i].word, word) == 0) return *out = i, true;
  return false;
}

// ——— what may be done

static const struct {
  const char *word, *title;
  RuleValueKind kind;
  bool has_words;
} deeds[DO_COUNT] = {
  [DO_ASSIGN] = {"assign", "Give it to", VALUE_PERSON, false},
  [DO_TEAM] = {"team", "Give it to the team", VALUE_TEAM, false},
  [DO_PRIORITY] = {"priority", "Set the priority to", VALUE_PRIORITY, false},
  [DO_TAG] = {"tag", "Add the tag", VALUE_TAG, false},
  [DO_UNTAG] = {"untag", "Take off the tag", VALUE_TAG, false},
  [DO_NOTE] = {"note", "Keep the note", VALUE_NONE, true},
  [DO_ANSWER] = {"answer", "Answer by itself with the script", VALUE_SCRIPT, false},
  [DO_COMPLAINT] = {"complaint", "Make it a complaint", VALUE_NONE, false},
  [DO_SNOOZE] = {"snooze", "Snooze it for", VALUE_MINUTES, false},
  [DO_SOLVE] = {"solve", "Solve it", VALUE_NONE, false},
  [DO_NOTIFY] = {"notify", "Tell", VALUE_HEARER, true},
  [DO_STOP] = {"stop", "Stop here: no later rule looks at this", VALUE_NONE, false},
  [DO_FILL] = {"fill", "", VALUE_OWN, false},
  [DO_EMPTY] = {"empty", "", VALUE_NONE, false}, // of these two with the name of the field: rule_action_title
};

RuleValueKind rule_deed_value(RuleDeed deed) { return deeds[deed].kind; }
bool rule_deed_has_words(RuleDeed deed) { return deeds[deed].has_words; }

// ——— how forms and lines call them: with the number of a field behind those that are about one

static bool is_about_own(RuleDeed deed) { return deed == DO_FILL || deed == DO_EMPTY; }

static const char *numbered(Arena *arena, const char *word, int64_t own) {
  return own ? arena_printf(arena, "%s-%" G_GINT64_FORMAT, word, own) : word;
}

static bool is_called(const char *given, const char *word, bool has_number, int64_t *out_own) {
  size_t length = strlen(word);
  guint64 number = 0;
  *out_own = 0;
  if (!has_number) return strcmp(given, word) == 0;
  if (!g_str_has_prefix(given, word) || given[length] != '-') return false;
  if (!g_ascii_string_to_unsigned(given + length + 1, 10, 1, G_MAXINT64, &number, NULL)) return false;
  *out_own = (int64_t)number;
  return true;
}

const char *rule_condition_word(Arena *arena, const RuleCondition *condition) {
  return numbered(arena, fields[condition->field].word, condition->field == IF_OWN ? condition->own : 0);
}

bool rule_condition_from_word(const char *word, RuleCondition *out) {
  for (unsigned i = 0; i < IF_COUNT; i++)
    if (is_called(word, fields[i].word, i == IF_OWN, &out->own)) return out->field = i, true;
  return false;
}

const char *rule_action_word(Arena *arena, const RuleAction *action) {
  return numbered(arena, deeds[action->deed].word, is_about_own(action->deed) ? action->own : 0);
}

bool rule_action_from_word(const char *word, RuleAction *out) {
  for (unsigned i = 0; i < DO_COUNT; i++)
    if (is_called(word, deeds[i].word, is_about_own(i), &out->own)) return out->deed = i, true;
  return false;
}

// ——— sentences

static const char *name_of(const FieldList *own, int64_t id) {
  const Field *field = rule_field_named(own, id);
  return field ? field->name : "(gone)";
}

const char *rule_condition_title(const FieldList *own, const RuleCondition *condition) {
  return condition->field == IF_OWN ? name_of(own, condition->own) : fields[condition->field].title;
}

const char *rule_action_title(Arena *arena, const FieldList *own, const RuleAction *action) {
  const char *title = deeds[action->deed].title;
  if (!is_about_own(action->deed)) return title;
  const char *name = name_of(own, action->own);
  return action->deed == DO_FILL ? arena_say(arena, "Fill in \xE2\x80\x9C%s\xE2\x80\x9D with", name)
                                 : arena_say(arena, "Empty \xE2\x80\x9C%s\xE2\x80\x9D", name);
}

const char *rule_condition_words(Arena *arena, const RuleNames *names, const RuleCondition *condition) {
  const char *value = rule_condition_value(arena, names, condition);
  return arena_say(arena, "%s %s%s%s", rule_condition_title(&names->fields, condition), rule_sense_title(condition->sense),
                   *value ? " " : "", value);
}

const char *rule_action_words(Arena *arena, const RuleNames *names, const RuleAction *action) {
  const char *value = rule_action_value(arena, names, action), *title = rule_action_title(arena, &names->fields, action);
  const char *words = rule_deed_has_words(action->deed) ? text_clamp(arena, text_one_line(arena, action->words), 60) : "";
  return arena_say(arena, "%s%s%s%s%s", title, *value ? " " : "", value, *words ? ": " : "", words);
}
