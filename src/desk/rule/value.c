// Values of rules: what may be named now, how people read and type it, and how it is kept. People read and type in their language; what
// is kept is the program's word, or a number.
#include "base/words.h"
#include "desk/rule/stored.h"

#include "base/text.h"
#include "desk/hours/deadline.h"
#include "desk/mailbox/mailbox.h"
#include "desk/protocol/script.h"
#include "desk/tag/tag.h"
#include "desk/team/team.h"

#include <string.h>

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
      !tag_names(arena, desk, &tags, error) || !mailbox_list(arena, desk, &mailboxes, error) ||
      !field_list(arena, desk, &out->fields, error) || !add_scripts(arena, desk, &out->scripts, error))
    return false;
  list_each(const Staff, person, &people) {
    RuleNameList *list = !person->is_active ? &out->left : person->has_joined ? &out->people : &out->invited;
    *list_add(arena, list) = (RuleName){person->id, person->name, NULL};
  }
  list_each(const Team, team, &teams)
    if (team->is_active) *list_add(arena, &out->teams) = (RuleName){team->id, team->name, NULL};
  list_each(const Tag, tag, &tags)
    if (tag->is_active) *list_add(arena, &out->tags) = (RuleName){tag->id, tag->name, NULL};
  list_each(const Mailbox, mailbox, &mailboxes)
    *list_add(arena, &out->mailboxes) = (RuleName){mailbox->id, mailbox->address, NULL};
  return true;
}

static const RuleNameList *names_of(const RuleNames *names, RuleValueKind kind) {
  if (kind == VALUE_PERSON || kind == VALUE_HEARER) return &names->people;
  if (kind == VALUE_TEAM) return &names->teams;
  if (kind == VALUE_TAG) return &names->tags;
  if (kind == VALUE_MAILBOX) return &names->mailboxes;
  return kind == VALUE_SCRIPT ? &names->scripts : NULL;
}

static const struct {
  RuleValueKind kind;
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
  {VALUE_LANGUAGE, "pl", "pl"},          {VALUE_CHANNEL, "mail", N_("mail")},
  {VALUE_CHANNEL, "phone", N_("phone")}, {VALUE_CHANNEL, "walk-in", N_("walk-in")},
};

// Words of the program's tables; in a rule stands the first, people read and type the second.
static const struct {
  RuleValueKind kind;
  unsigned count;
  const char *(*word)(unsigned each), *(*title)(unsigned each);
} tables[] = {
  {VALUE_BEHAVIOUR, BEHAVIOUR_COUNT, behaviour_word, behaviour_word},
  {VALUE_EMOTION, EMOTION_COUNT, emotion_word, emotion_word},
  {VALUE_NEED, NEED_UNCLEAR, need_word, need_word},
  {VALUE_PRIORITY, PRIORITY_COUNT, priority_word, priority_word},
  {VALUE_STAGE, STAGE_COUNT, stage_word, stage_title},
  {VALUE_SEVERITY, SEVERITY_COUNT, severity_word, severity_word},
};

// ——— people who cannot be given anything

static bool is_person(RuleValueKind kind) { return kind == VALUE_PERSON || kind == VALUE_HEARER; }

static const RuleName *person_in(const RuleNameList *list, int64_t id) {
  list_each(const RuleName, person, list)
    if (person->id == id) return person;
  return NULL;
}

static const RuleName *missing_person(const RuleNames *names, const char *value) {
  int64_t id = g_ascii_strtoll(value, NULL, 10);
  const RuleName *left = person_in(&names->left, id);
  return left ? left : person_in(&names->invited, id);
}

const char *rule_action_left(Arena *arena, const RuleNames *names, const RuleAction *action) {
  RuleValueKind kind = rule_deed_value(action->deed);
  const RuleName *person = is_person(kind) ? missing_person(names, action->value) : NULL;
  if (!person) return NULL;
  if (person_in(&names->invited, person->id)) return arena_say(arena, "%s was invited and is not here yet.", person->name);
  return kind == VALUE_PERSON ? arena_say(arena, "%s has left; give it to somebody else.", person->name)
                              : arena_say(arena, "%s has left; tell somebody else.", person->name);
}

bool rule_names_person(const Rule *rule, int64_t staff_id) {
  list_each(const RuleAction, action, &rule->actions)
    if (is_person(rule_deed_value(action->deed)) && g_ascii_strtoll(action->value, NULL, 10) == staff_id) return true;
  return false;
}

// What may be chosen as a value of this kind: all pairs of what is kept and what is read.
typedef struct Choice {
  const char *value, *name;
} Choice;
LIST_DEFINE(Choice)

static ChoiceList choices_of(Arena *arena, const RuleNames *names, RuleValueKind kind) {
  ChoiceList choices = {0};
  const RuleNameList *list = names_of(names, kind);
  for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
    if (fixed[i].kind == kind) *list_add(arena, &choices) = (Choice){fixed[i].value, tr_of(fixed[i].name)};
  if (list)
    list_each(const RuleName, name, list)
      *list_add(arena, &choices) = (Choice){name->word ? name->word : arena_printf(arena, "%" G_GINT64_FORMAT, name->id),
                                            name->name};
  for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
    for (unsigned each = 0; tables[i].kind == kind && each < tables[i].count; each++)
      *list_add(arena, &choices) = (Choice){tables[i].word(each), tr_of(tables[i].title(each))};
  return choices;
}

#define TAGS_OFFERED 300

static void add_once(Arena *arena, GHashTable *known, const char *word, TextList *out) {
  if (g_hash_table_add(known, (void *)(uintptr_t)word)) *list_add(arena, out) = word;
}

void rule_choices(Arena *arena, const RuleNames *names, TextList *out) {
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  *out = (TextList){0};
  for (unsigned kind = 0; kind < VALUE_KIND_COUNT; kind++) {
    ChoiceList choices = choices_of(arena, names, kind);
    if (kind == VALUE_TAG) choices.count = MIN(choices.count, TAGS_OFFERED); // scripts ask for the others
    list_each(const Choice, choice, &choices) add_once(arena, known, choice->name, out);
  }
  list_each(const Field, field, &names->fields) {
    if (!field->is_active) continue;
    TextList choices = field_choices(arena, field);
    list_each(const Text, choice, &choices) add_once(arena, known, *choice, out);
    if (field->kind == FIELD_DATE) add_once(arena, known, rule_today(), out);
  }
}

// ——— values as people type and read them

static const char *shown(Arena *arena, const RuleNames *names, RuleValueKind kind, const char *value) {
  if (kind == VALUE_NONE) return "";
  if (kind == VALUE_MINUTES) return target_write(arena, g_ascii_strtoll(value, NULL, 10));
  ChoiceList choices = choices_of(arena, names, kind);
  list_each(const Choice, choice, &choices)
    if (strcmp(choice->value, value) == 0) return choice->name;
  if (!names_of(names, kind)) return value;
  const RuleName *person = is_person(kind) ? missing_person(names, value) : NULL;
  if (person) return person->name;
  return kind == VALUE_TAG && !g_ascii_isdigit(*value) ? value : tr("(gone)");
}

static bool is_same(Arena *arena, const char *one, const char *other) {
  return strcmp(text_fold(arena, one), text_fold(arena, other)) == 0;
}

static const char *unknown(Arena *arena, const ChoiceList *all) {
  g_autoptr(GString) some = g_string_new(NULL);
  for (size_t i = 0; i < MIN(all->count, 8); i++) g_string_append_printf(some, "%s%s", i ? ", " : "", all->items[i].name);
  return all->count ? arena_say(arena, "Choose one of: %s%s.", some->str, all->count > 8 ? " \xE2\x80\xA6" : "")
                    : "There is none yet to choose from.";
}

static const char *read_minutes(Arena *arena, const char *typed, const char **out) {
  int64_t minutes = 0;
  const char *problem = target_read(arena, typed, &minutes);
  if (!problem && !minutes) problem = "Write how long, as 4 h or 45 min; only time while the desk is open counts.";
  *out = arena_printf(arena, "%" G_GINT64_FORMAT, minutes);
  return problem;
}

static const char *read_count(Arena *arena, const char *typed, const char **out) {
  guint64 count = 0;
  if (!g_ascii_string_to_unsigned(typed, 10, 0, 1000000, &count, NULL)) return "Write a whole number, as 3.";
  *out = arena_printf(arena, "%" G_GUINT64_FORMAT, count);
  return NULL;
}

static const char *read_choice(Arena *arena, const RuleNames *names, RuleValueKind kind, const char *typed, const char **out) {
  ChoiceList choices = choices_of(arena, names, kind);
  list_each(const Choice, choice, &choices)
    if (is_same(arena, choice->name, typed) || (!names_of(names, kind) && is_same(arena, choice->value, typed))) {
      *out = choice->value;
      return NULL;
    }
  list_each(const RuleName, person, &names->left)
    if (is_person(kind) && is_same(arena, person->name, typed))
      return arena_say(arena, "%s has left; choose somebody else.", person->name);
  list_each(const RuleName, person, &names->invited)
    if (is_person(kind) && is_same(arena, person->name, typed))
      return arena_say(arena, "%s was invited and is not here yet.", person->name);
  return unknown(arena, &choices);
}

static const char *read_value(Arena *arena, const RuleNames *names, RuleValueKind kind, const char *typed, const char **out) {
  const char *text = text_clamp(arena, text_one_line(arena, typed), RULE_VALUE_MOST);
  *out = kind == VALUE_NONE ? "-" : text;
  if (kind == VALUE_NONE) return NULL;
  if (text_is_blank(text)) return "Something is missing here.";
  if (kind == VALUE_TEXT) return *text_fold(arena, text) ? NULL : "Write at least one letter or digit.";
  if (kind == VALUE_MINUTES) return read_minutes(arena, text, out);
  if (kind == VALUE_COUNT) return read_count(arena, text, out);
  return read_choice(arena, names, kind, text, out);
}

// A field of the desk's own: yes or no, a day told from today, or what somebody could fill in by hand.
static const char *read_own(Arena *arena, const RuleNames *names, int64_t id, bool is_part, const char *typed, const char **out) {
  const Field *field = rule_field_named(&names->fields, id);
  const char *text = text_clamp(arena, text_one_line(arena, typed), RULE_VALUE_MOST), *problem = NULL;
  if (field->kind == FIELD_CHECKBOX) return read_value(arena, names, VALUE_YES, typed, out);
  if (text_is_blank(text)) return "Something is missing here.";
  if (is_part) return read_value(arena, names, VALUE_TEXT, typed, out);
  if (field->kind == FIELD_DATE && rule_day_read(arena, text, out)) return NULL;
  if (field->kind == FIELD_CHOICE) {
    TextList choices = field_choices(arena, field);
    list_each(const Text, choice, &choices)
      if (is_same(arena, *choice, text)) text = *choice;
  }
  field_read(arena, field, text, out, &problem);
  return problem;
}

static bool asks_for_none(RuleSense sense) { return sense == SENSE_FILLED || sense == SENSE_EMPTY; }

static const char *shown_own(Arena *arena, const RuleNames *names, int64_t id, const char *value) {
  const Field *field = rule_field_named(&names->fields, id);
  if (field && field->kind == FIELD_CHECKBOX) return shown(arena, names, VALUE_YES, value);
  return field && field->kind == FIELD_DATE ? rule_day_shown(arena, value) : value;
}

const char *rule_condition_value(Arena *arena, const RuleNames *names, const RuleCondition *condition) {
  if (asks_for_none(condition->sense)) return "";
  if (condition->field == IF_OWN) return shown_own(arena, names, condition->own, condition->value);
  return shown(arena, names, rule_field_value(condition->field), condition->value);
}

const char *rule_action_value(Arena *arena, const RuleNames *names, const RuleAction *action) {
  if (action->deed == DO_FILL) return shown_own(arena, names, action->own, action->value);
  return shown(arena, names, rule_deed_value(action->deed), action->value);
}

const char *rule_condition_read(Arena *arena, const RuleNames *names, const char *typed, RuleCondition *condition) {
  bool is_own = condition->field == IF_OWN, is_part = condition->sense == SENSE_HAS || condition->sense == SENSE_HAS_NOT;
  const char *gone = NULL;
  condition->value = "-";
  if (is_own && (gone = rule_own_gone(arena, &names->fields, condition->own, NULL)))
    return arena_say(arena, "This cannot be asked: %s.", gone);
  if (!rule_condition_allows(&names->fields, condition))
    return arena_say(
      arena, "\xE2\x80\x9C%s\xE2\x80\x9D cannot be asked with \xE2\x80\x9C%s\xE2\x80\x9D; choose another word between them.",
      rule_condition_title(&names->fields, condition), rule_sense_title(condition->sense));
  if (asks_for_none(condition->sense)) return NULL;
  return is_own ? read_own(arena, names, condition->own, is_part, typed, &condition->value)
                : read_value(arena, names, rule_field_value(condition->field), typed, &condition->value);
}

// Of a tag that nobody used yet the name is kept until the rule is.
const char *rule_action_read(Arena *arena, const RuleNames *names, const char *typed, RuleAction *action) {
  const char *gone = rule_action_gone(arena, &names->fields, action);
  if (gone) return arena_say(arena, "This cannot be done: %s.", gone);
  const char *problem = action->deed == DO_FILL ? read_own(arena, names, action->own, false, typed, &action->value)
                                                : read_value(arena, names, rule_deed_value(action->deed), typed, &action->value);
  action->words = text_clamp(arena, text_trim(arena, action->words ? action->words : ""), RULE_WORDS_MOST);
  if (problem && action->deed == DO_TAG && !text_is_blank(typed)) {
    action->value = text_one_line(arena, typed);
    problem = g_ascii_isdigit(*action->value) ? "A new tag begins with a letter." : NULL;
    if (text_length(action->value) > TAG_NAME_MOST)
      problem = arena_say(arena, "A tag has at most %d characters; shorten it.", TAG_NAME_MOST);
  }
  if (!problem && rule_deed_has_words(action->deed) && text_is_blank(action->words)) problem = "Write what it is to say.";
  return problem;
}
