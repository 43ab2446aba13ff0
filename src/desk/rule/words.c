// What rules are made of: one table for the moments, one for what may be asked, one for what may be done. Forms, sentences and the lines
// in which a rule is kept are all made from them. A line is "field sense value" or "deed value words", values without blanks but the last.
#include "base/words.h"
#include "desk/rule/stored.h"

#include "base/text.h"
#include "desk/hours/deadline.h"
#include "desk/mailbox/mailbox.h"
#include "desk/protocol/script.h"
#include "desk/tag/tag.h"
#include "desk/team/team.h"

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
  [WHEN_COMPLAINT] = {"complaint", "Something happens to its complaint"},
  [WHEN_WOKE] = {"woke", "It comes back from being snoozed"},
  [WHEN_TARGET_NEAR] = {"near", "A target is near"},
  [WHEN_TARGET_MISSED] = {"missed", "A target is missed"},
  [WHEN_WAITED] = {"waited", "The customer waits for so long"},
  [WHEN_UNTOUCHED] = {"untouched", "Nothing was written for so many days"},
};

const char *rule_moment_word(RuleMoment moment) { return moment < WHEN_COUNT ? moments[moment].word : ""; }
const char *rule_moment_title(RuleMoment moment) { return moment < WHEN_COUNT ? moments[moment].title : ""; }

typedef enum ValueKind {
  VALUE_NONE,
  VALUE_TEXT,
  VALUE_PERSON,
  VALUE_TEAM,
  VALUE_TAG,
  VALUE_MAILBOX,
  VALUE_SCRIPT,
  VALUE_LANGUAGE,
  VALUE_BEHAVIOUR,
  VALUE_EMOTION,
  VALUE_NEED,
  VALUE_PRIORITY,
  VALUE_STATE,
  VALUE_YES,
  VALUE_MINUTES,
  VALUE_HEARER
} ValueKind;

#define B(sense) (1u << (sense))
#define ONE (B(SENSE_IS) | B(SENSE_IS_NOT))
#define TEXT (B(SENSE_HAS) | B(SENSE_HAS_NOT))
static const struct {
  const char *word, *title;
  ValueKind kind;
  unsigned senses;
} fields[IF_COUNT] = {
  [IF_MAILBOX] = {"mailbox", "Mailbox", VALUE_MAILBOX, ONE},
  [IF_ADDRESS] = {"address", "Customer\xE2\x80\x99s address", VALUE_TEXT, ONE | TEXT},
  [IF_DOMAIN] = {"domain", "Customer\xE2\x80\x99s domain", VALUE_TEXT, ONE},
  [IF_NAME] = {"name", "Customer\xE2\x80\x99s name", VALUE_TEXT, ONE | TEXT},
  [IF_SUBJECT] = {"subject", "Subject", VALUE_TEXT, TEXT},
  [IF_TEXT] = {"text", "Subject or text", VALUE_TEXT, TEXT},
  [IF_LANGUAGE] = {"language", "Language", VALUE_LANGUAGE, ONE},
  [IF_BEHAVIOUR] = {"behaviour", "Behaviour", VALUE_BEHAVIOUR, ONE | B(SENSE_LEAST)},
  [IF_FEELING] = {"feeling", "Feeling", VALUE_EMOTION, ONE},
  [IF_NEED] = {"need", "Need", VALUE_NEED, ONE},
  [IF_PRIORITY] = {"priority", "Priority", VALUE_PRIORITY, ONE | B(SENSE_LEAST)},
  [IF_TEAM] = {"team", "Team", VALUE_TEAM, ONE},
  [IF_ASSIGNEE] = {"assignee", "Whose it is", VALUE_PERSON, ONE},
  [IF_TAG] = {"tag", "Tag", VALUE_TAG, ONE},
  [IF_STATE] = {"state", "State", VALUE_STATE, ONE},
  [IF_COMPLAINT] = {"complaint", "It is a complaint", VALUE_YES, B(SENSE_IS)},
  [IF_HOURS] = {"hours", "The desk is open", VALUE_YES, B(SENSE_IS)},
  [IF_MACHINE] = {"machine", "A machine wrote it", VALUE_YES, B(SENSE_IS)},
};

const char *rule_field_word(RuleField field) { return field < IF_COUNT ? fields[field].word : ""; }
const char *rule_field_title(RuleField field) { return field < IF_COUNT ? fields[field].title : ""; }
bool rule_field_allows(RuleField field, RuleSense sense) {
  return field < IF_COUNT && sense < SENSE_COUNT && (fields[field].senses & B(sense));
}

static const struct {
  const char *word, *title;
} senses[SENSE_COUNT] = {
  [SENSE_IS] = {"is", N_("is")},
  [SENSE_IS_NOT] = {"is-not", "is not"},
  [SENSE_HAS] = {"has", N_("contains")},
  [SENSE_HAS_NOT] = {"has-not", "does not contain"},
  [SENSE_LEAST] = {"least", "is at least"},
};
const char *rule_sense_word(RuleSense sense) { return sense < SENSE_COUNT ? senses[sense].word : ""; }
const char *rule_sense_title(RuleSense sense) { return sense < SENSE_COUNT ? senses[sense].title : ""; }

static const struct {
  const char *word, *title;
  ValueKind kind;
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
};

const char *rule_deed_word(RuleDeed deed) { return deed < DO_COUNT ? deeds[deed].word : ""; }
const char *rule_deed_title(RuleDeed deed) { return deed < DO_COUNT ? deeds[deed].title : ""; }

// ——— names

static bool add_scripts(Arena *arena, Desk *desk, RuleNameList *out, GError **error) {
  GuidePage page;
  const GuideFilter filter = GUIDE_ANY;
  if (!guide_list(arena, desk, GUIDE_SCRIPT, &filter, "", 0, &page, error)) return false;
  list_each(const Guide, guide, &page.rows) {
    Script script;
    script_read(arena, guide, &script);
    if (!guide->is_retired) *list_add(arena, out) = (RuleName){0, script.head.title, guide->word};
  }
  return true;
}

bool rule_names_load(Arena *arena, Desk *desk, RuleNames *out, GError **error) {
  StaffList people = {0};
  TeamList teams = {0};
  TagList tags = {0};
  MailboxList mailboxes = {0};
  *out = (RuleNames){0};
  if (!staff_list(arena, desk, &people, error) || !team_list(arena, desk, &teams, error) ||
      !tag_list(arena, desk, &tags, error) || !mailbox_list(arena, desk, &mailboxes, error) ||
      !add_scripts(arena, desk, &out->scripts, error))
    return false;
  list_each(const Staff, person, &people)
    if (person->is_active) *list_add(arena, &out->people) = (RuleName){person->id, person->name, NULL};
  list_each(const Team, team, &teams)
    if (team->is_active) *list_add(arena, &out->teams) = (RuleName){team->id, team->name, NULL};
  list_each(const Tag, tag, &tags)
    if (tag->is_active) *list_add(arena, &out->tags) = (RuleName){tag->id, tag->name, NULL};
  list_each(const Mailbox, mailbox, &mailboxes)
    *list_add(arena, &out->mailboxes) = (RuleName){mailbox->id, mailbox->address, NULL};
  return true;
}

static const RuleNameList *names_of(const RuleNames *names, ValueKind kind) {
  if (kind == VALUE_PERSON || kind == VALUE_HEARER) return &names->people;
  if (kind == VALUE_TEAM) return &names->teams;
  if (kind == VALUE_TAG) return &names->tags;
  if (kind == VALUE_MAILBOX) return &names->mailboxes;
  return kind == VALUE_SCRIPT ? &names->scripts : NULL;
}

static const struct {
  ValueKind kind;
  const char *value, *name;
} fixed[] = {
  {VALUE_PERSON, "0", N_("nobody")},     {VALUE_TEAM, "0", N_("none")},
  {VALUE_HEARER, "0", "whoever has it"}, {VALUE_HEARER, "-1", N_("supervisors")},
  {VALUE_STATE, "open", N_("open")},     {VALUE_STATE, "snoozed", N_("snoozed")},
  {VALUE_STATE, "solved", N_("solved")}, {VALUE_YES, "yes", N_("yes")},
  {VALUE_YES, "no", N_("no")},           {VALUE_LANGUAGE, "en", "en"},
  {VALUE_LANGUAGE, "de", "de"},          {VALUE_LANGUAGE, "fr", "fr"},
  {VALUE_LANGUAGE, "es", "es"},          {VALUE_LANGUAGE, "it", "it"},
  {VALUE_LANGUAGE, "pt", "pt"},          {VALUE_LANGUAGE, "nl", "nl"},
  {VALUE_LANGUAGE, "pl", "pl"},
};

static void add_words(Arena *arena, ValueKind kind, TextList *out) {
  for (unsigned i = 0; kind == VALUE_BEHAVIOUR && i < BEHAVIOUR_COUNT; i++) *list_add(arena, out) = behaviour_word(i);
  for (unsigned i = 0; kind == VALUE_EMOTION && i < EMOTION_COUNT; i++) *list_add(arena, out) = emotion_word(i);
  for (unsigned i = 0; kind == VALUE_NEED && i < NEED_UNCLEAR; i++) *list_add(arena, out) = need_word(i);
  for (unsigned i = 0; kind == VALUE_PRIORITY && i < PRIORITY_COUNT; i++) *list_add(arena, out) = priority_word(i);
}

static void choices(Arena *arena, const RuleNames *names, ValueKind kind, TextList *out) {
  const RuleNameList *list = names_of(names, kind);
  *out = (TextList){0};
  for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
    if (fixed[i].kind == kind) *list_add(arena, out) = fixed[i].name;
  if (list)
    list_each(const RuleName, name, list) *list_add(arena, out) = name->name;
  add_words(arena, kind, out);
}

void rule_field_choices(Arena *arena, const RuleNames *names, RuleField field, TextList *out) {
  choices(arena, names, field < IF_COUNT ? fields[field].kind : VALUE_NONE, out);
}

void rule_deed_choices(Arena *arena, const RuleNames *names, RuleDeed deed, TextList *out) {
  choices(arena, names, deed < DO_COUNT ? deeds[deed].kind : VALUE_NONE, out);
}

// ——— values as people type and read them

static const char *shown(Arena *arena, const RuleNames *names, ValueKind kind, const char *value) {
  const RuleNameList *list = names_of(names, kind);
  for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
    if (fixed[i].kind == kind && strcmp(fixed[i].value, value) == 0) return fixed[i].name;
  if (kind == VALUE_MINUTES) return target_write(arena, g_ascii_strtoll(value, NULL, 10));
  if (!list) return value;
  list_each(const RuleName, name, list)
    if (name->word ? strcmp(name->word, value) == 0 : name->id == g_ascii_strtoll(value, NULL, 10)) return name->name;
  return kind == VALUE_TAG && !g_ascii_isdigit(*value) ? value : "(gone)";
}

static bool is_same(Arena *arena, const char *one, const char *other) {
  return strcmp(text_fold(arena, one), text_fold(arena, other)) == 0;
}

static const char *unknown(Arena *arena, const RuleNames *names, ValueKind kind) {
  TextList all;
  g_autoptr(GString) some = g_string_new(NULL);
  choices(arena, names, kind, &all);
  for (size_t i = 0; i < MIN(all.count, 8); i++) g_string_append_printf(some, "%s%s", i ? ", " : "", all.items[i]);
  return all.count ? arena_say(arena, "Choose one of: %s%s.", some->str, all.count > 8 ? " \xE2\x80\xA6" : "")
                   : "There is none yet to choose from.";
}

static const char *read_minutes(Arena *arena, const char *typed, const char **out) {
  int64_t minutes = 0;
  const char *problem = target_read(arena, typed, &minutes);
  if (!problem && !minutes) problem = "Write how long, as 4 h or 45 min; only time while the desk is open counts.";
  *out = arena_printf(arena, "%" G_GINT64_FORMAT, minutes);
  return problem;
}

static const char *read_value(Arena *arena, const RuleNames *names, ValueKind kind, const char *typed, const char **out) {
  const char *text = text_clamp(arena, text_one_line(arena, typed), RULE_VALUE_MOST);
  const RuleNameList *list = names_of(names, kind);
  TextList words = {0};
  *out = kind == VALUE_NONE ? "-" : text;
  if (kind == VALUE_NONE) return NULL;
  if (text_is_blank(text)) return "Something is missing here.";
  if (kind == VALUE_TEXT) return *text_fold(arena, text) ? NULL : "Write at least one letter or digit.";
  if (kind == VALUE_MINUTES) return read_minutes(arena, text, out);
  for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
    if (fixed[i].kind == kind && is_same(arena, fixed[i].name, text)) {
      *out = fixed[i].value;
      return NULL;
    }
  if (list)
    list_each(const RuleName, name, list)
      if (is_same(arena, name->name, text)) {
        *out = name->word ? name->word : arena_printf(arena, "%" G_GINT64_FORMAT, name->id);
        return NULL;
      }
  add_words(arena, kind, &words);
  list_each(const Text, word, &words)
    if (is_same(arena, *word, text)) {
      *out = *word;
      return NULL;
    }
  return unknown(arena, names, kind);
}

const char *rule_condition_value(Arena *arena, const RuleNames *names, const RuleCondition *condition) {
  return shown(arena, names, fields[condition->field].kind, condition->value);
}

const char *rule_action_value(Arena *arena, const RuleNames *names, const RuleAction *action) {
  return deeds[action->deed].kind == VALUE_NONE ? "" : shown(arena, names, deeds[action->deed].kind, action->value);
}

const char *rule_condition_read(Arena *arena, const RuleNames *names, const char *typed, RuleCondition *condition) {
  if (!rule_field_allows(condition->field, condition->sense))
    return arena_say(
      arena, "\xE2\x80\x9C%s\xE2\x80\x9D cannot be asked with \xE2\x80\x9C%s\xE2\x80\x9D; choose another word between them.",
      rule_field_title(condition->field), rule_sense_title(condition->sense));
  return read_value(arena, names, fields[condition->field].kind, typed, &condition->value);
}

// Of a tag that nobody used yet the name is kept until the rule is.
const char *rule_action_read(Arena *arena, const RuleNames *names, const char *typed, RuleAction *action) {
  const char *problem = read_value(arena, names, deeds[action->deed].kind, typed, &action->value);
  action->words = text_clamp(arena, text_trim(arena, action->words ? action->words : ""), RULE_WORDS_MOST);
  if (problem && action->deed == DO_TAG && !text_is_blank(typed)) {
    action->value = text_clamp(arena, text_one_line(arena, typed), TAG_NAME_MOST);
    problem = g_ascii_isdigit(*action->value) ? "A new tag begins with a letter." : NULL;
  }
  if (!problem && deeds[action->deed].has_words && text_is_blank(action->words)) problem = "Write what it is to say.";
  return problem;
}

const char *rule_condition_words(Arena *arena, const RuleNames *names, const RuleCondition *condition) {
  return arena_say(arena, "%s %s %s", rule_field_title(condition->field), rule_sense_title(condition->sense),
                   rule_condition_value(arena, names, condition));
}

const char *rule_action_words(Arena *arena, const RuleNames *names, const RuleAction *action) {
  const char *value = rule_action_value(arena, names, action), *title = rule_deed_title(action->deed);
  const char *words = deeds[action->deed].has_words ? text_clamp(arena, text_one_line(arena, action->words), 60) : "";
  return arena_say(arena, "%s%s%s%s%s", title, *value ? " " : "", value, *words ? ": " : "", words);
}

// ——— lines

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
    g_string_append_printf(lines, "%s %s %s\n", rule_field_word(condition->field), rule_sense_word(condition->sense),
                           pack(arena, condition->value));
  return arena_strdup(arena, lines->str);
}

const char *rule_write_actions(Arena *arena, const Rule *rule) {
  g_autoptr(GString) lines = g_string_new(NULL);
  list_each(const RuleAction, action, &rule->actions) {
    g_autofree char *value = g_uri_escape_string(action->value, NULL, true);
    g_string_append_printf(lines, "%s %s %s\n", rule_deed_word(action->deed), value,
                           pack(arena, action->words ? action->words : ""));
  }
  return arena_strdup(arena, lines->str);
}

static bool find_field(const char *word, RuleField *out) {
  for (unsigned i = 0; i < IF_COUNT; i++)
    if (strcmp(fields[i].word, word) == 0) return *out = i, true;
  return false;
}
static bool find_sense(const char *word, RuleSense *out) {
  for (unsigned i = 0; i < SENSE_COUNT; i++)
    if (strcmp(senses[i].word, word) == 0) return *out = i, true;
  return false;
}
static bool find_deed(const char *word, RuleDeed *out) {
  for (unsigned i = 0; i < DO_COUNT; i++)
    if (strcmp(deeds[i].word, word) == 0) return *out = i, true;
  return false;
}

static void read_condition(Arena *arena, char **parts, RuleConditionList *out) {
  RuleCondition condition;
  if (!find_field(parts[0], &condition.field) || !find_sense(parts[1], &condition.sense)) return;
  condition.value = unpack(arena, parts[2]);
  if (rule_field_allows(condition.field, condition.sense)) *list_add(arena, out) = condition;
}

static void read_action(Arena *arena, char **parts, RuleActionList *out) {
  RuleAction action;
  g_autofree char *value = g_uri_unescape_string(parts[1], NULL);
  if (!value || !find_deed(parts[0], &action.deed)) return;
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
