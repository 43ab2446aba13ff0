// One rule as a form. It is read whole, each line with its own problem; "Try it" looks at the last thousand conversations with what stands
// in the form and keeps nothing. A condition is chosen as field and sense in one, so that the form needs no scripts.
#include "base/words.h"
#include "desk/hours/deadline.h"
#include "pages/pages.h"
#include "pages/rule/rule.h"
#include "pages/rules.html.h"

#include <string.h>

#define LINES_LEAST 3 // of conditions and of actions; one at the end is always empty
#define LINES_MORE 3  // more than there were when somebody asks for more

bool rule_option_is(const RuleOption *option, const char *choice) { return strcmp(option->value, choice) == 0; }

const char *rule_condition_problem(Arena *arena, const RuleNames *names, const RuleCondition *condition) {
  const char *gone = rule_condition_gone(arena, &names->fields, condition);
  return gone ? arena_say(arena, "A condition never holds: %s.", gone) : NULL;
}

const char *rule_action_problem(Arena *arena, const RuleNames *names, const RuleAction *action) {
  const char *gone = rule_action_gone(arena, &names->fields, action);
  return gone ? arena_say(arena, "Something is not done: %s.", gone) : rule_action_left(arena, names, action);
}

const char *rule_watched_problem(Arena *arena, const RuleNames *names, const Rule *rule) {
  const char *gone = rule_watched_gone(arena, &names->fields, rule);
  return gone ? arena_say(arena, "This never happens: %s.", gone) : NULL;
}

// ——— what the selects offer

static const char *condition_choice(Arena *arena, const RuleCondition *condition) {
  return arena_printf(arena, "%s:%s", rule_condition_word(arena, condition), rule_sense_word(condition->sense));
}

// A list under one title; the next one when the title is another.
static RuleOptionList *group(Arena *arena, RuleGroupList *groups, const char *title) {
  if (groups->count == 0 || groups->items[groups->count - 1].title != title)
    *list_add(arena, groups) = (RuleGroup){.title = title};
  return &groups->items[groups->count - 1].options;
}

static void offer_condition(Arena *arena, const RuleNames *names, RuleField field, int64_t own, RuleForm *form) {
  for (unsigned sense = 0; sense < SENSE_COUNT; sense++) {
    RuleCondition condition = {.field = field, .sense = sense, .own = own};
    if (rule_condition_allows(&names->fields, &condition))
      *list_add(arena, group(arena, &form->asks, rule_field_group(field))) = (RuleOption){
        condition_choice(arena, &condition),
        arena_say(arena, "%s %s", rule_condition_title(&names->fields, &condition), rule_sense_title(sense))};
  }
}

static void offer_deed(Arena *arena, const RuleNames *names, RuleDeed deed, int64_t own, RuleForm *form) {
  RuleAction action = {.deed = deed, .own = own};
  const char *title = own ? rule_field_group(IF_OWN) : "What happens to it";
  *list_add(arena, group(arena, &form->deeds, title)) = (RuleOption){rule_action_word(arena, &action),
                                                                     rule_action_title(arena, &names->fields, &action)};
}

// What is retired is offered only where it stands already.
static bool stands(Arena *arena, const RuleLineList *lines, const char *word, int64_t own) {
  const char *begins = arena_printf(arena, "%s-%" G_GINT64_FORMAT, word, own);
  size_t length = strlen(begins);
  list_each(const RuleLine, line, lines)
    if (g_str_has_prefix(line->choice, begins) && !g_ascii_isdigit(line->choice[length])) return true;
  return false;
}

static const char *id_words(Arena *arena, int64_t id) { return arena_printf(arena, "%" G_GINT64_FORMAT, id); }

static void offer_own(Arena *arena, const RuleNames *names, const Field *field, RuleForm *form) {
  const char *id = id_words(arena, field->id);
  if (field->is_active || stands(arena, &form->conditions, "own", field->id))
    offer_condition(arena, names, IF_OWN, field->id, form);
  if (field->is_active || stands(arena, &form->actions, "fill", field->id)) offer_deed(arena, names, DO_FILL, field->id, form);
  if (field->is_active || stands(arena, &form->actions, "empty", field->id)) offer_deed(arena, names, DO_EMPTY, field->id, form);
  if (field->is_active || strcmp(form->watched, id) == 0) *list_add(arena, &form->watches) = (RuleOption){id, field->name};
}

static void offer(Arena *arena, const RuleNames *names, RuleForm *form) {
  for (unsigned field = 0; field < IF_OWN; field++) offer_condition(arena, names, field, 0, form);
  for (unsigned deed = 0; deed < DO_FILL; deed++) offer_deed(arena, names, deed, 0, form);
  if (names->fields.count) *list_add(arena, &form->watches) = (RuleOption){"", "any field"};
  list_each(const Field, field, &names->fields) offer_own(arena, names, field, form);
  rule_choices(arena, names, &form->choices);
}

// Without fields of its own a desk is not asked about them.
static void boxes(Arena *arena, const RuleNames *names, int64_t moments, RuleForm *form) {
  for (size_t i = 0; i < WHEN_COUNT; i++) {
    RuleMoment moment = rule_moments[i];
    int64_t bit = INT64_C(1) << moment;
    if (moment == WHEN_FIELD && !names->fields.count) continue;
    *list_add(arena, bit & WHEN_WAITS ? &form->waits : &form->happens) = (RuleMomentBox){
      rule_moment_word(moment), rule_moment_title(moment), moments & bit};
  }
}

static void add_line(Arena *arena, RuleLineList *lines, RuleLine line) {
  line.index = (int64_t)lines->count;
  *list_add(arena, lines) = line;
}

static void fill_up(Arena *arena, RuleLineList *lines, size_t least, size_t most) {
  size_t wanted = MIN(MAX(lines->count + 1, MAX(least, LINES_LEAST)), most);
  while (lines->count < wanted) add_line(arena, lines, (RuleLine){.choice = "", .value = "", .words = ""});
}

static const char *amount_words(Arena *arena, const Rule *rule) {
  if (rule->moments & (INT64_C(1) << WHEN_UNTOUCHED)) return arena_printf(arena, "%d", (int)rule->amount);
  return target_write(arena, rule->amount);
}

// The form as a kept rule fills it.
static void show_rule(Arena *arena, const Rule *rule, const RuleNames *names, RuleForm *form) {
  form->id = rule->id;
  form->name = rule->name;
  form->is_on = rule->is_on;
  form->is_any = rule->is_any;
  form->amount = amount_words(arena, rule);
  form->watched = rule->watched ? id_words(arena, rule->watched) : "";
  form->watched_problem = rule_watched_problem(arena, names, rule);
  boxes(arena, names, rule->moments, form);
  list_each(const RuleCondition, condition, &rule->conditions)
    add_line(arena, &form->conditions,
             (RuleLine){.choice = condition_choice(arena, condition),
                        .value = rule_condition_value(arena, names, condition),
                        .words = "",
                        .problem = rule_condition_problem(arena, names, condition)});
  list_each(const RuleAction, action, &rule->actions)
    add_line(arena, &form->actions,
             (RuleLine){.choice = rule_action_word(arena, action),
                        .value = rule_action_value(arena, names, action),
                        .words = action->words,
                        .problem = rule_action_problem(arena, names, action)});
}

// ——— reading what was typed

static const char *typed(const Visit *visit, const char *part, size_t index) {
  const char *text = web_form(visit->request, arena_printf(visit->arena, "%s-%d", part, (int)index));
  return text ? text : "";
}

static bool read_choice(const char *choice, RuleCondition *out) {
  g_auto(GStrv) parts = g_strsplit(choice, ":", 2);
  return g_strv_length(parts) == 2 && rule_condition_from_word(parts[0], out) && rule_sense_from_word(parts[1], &out->sense);
}

static bool read_conditions(const Visit *visit, const RuleNames *names, RuleForm *form, Rule *rule) {
  bool is_good = true;
  for (size_t i = 0; i < RULE_CONDITIONS_MOST; i++) {
    RuleLine line = {.choice = typed(visit, "if", i), .value = typed(visit, "is", i), .words = ""};
    RuleCondition condition = {0};
    if (!*line.choice && text_is_blank(line.value)) continue;
    line.problem = !*line.choice                          ? "Choose what is asked."
                   : read_choice(line.choice, &condition) ? rule_condition_read(visit->arena, names, line.value, &condition)
                                                          : "The form is damaged; load the page again.";
    is_good = is_good && !line.problem;
    add_line(visit->arena, &form->conditions, line);
    *list_add(visit->arena, &rule->conditions) = condition;
  }
  return is_good;
}

static bool read_actions(const Visit *visit, const RuleNames *names, RuleForm *form, Rule *rule) {
  bool is_good = true;
  for (size_t i = 0; i < RULE_ACTIONS_MOST; i++) {
    RuleLine line = {.choice = typed(visit, "do", i), .value = typed(visit, "to", i), .words = typed(visit, "words", i)};
    RuleAction action = {.words = line.words};
    if (!*line.choice && text_is_blank(line.value) && text_is_blank(line.words)) continue;
    line.problem = rule_action_from_word(line.choice, &action) ? rule_action_read(visit->arena, names, line.value, &action)
                                                               : "Choose what is done.";
    is_good = is_good && !line.problem;
    add_line(visit->arena, &form->actions, line);
    *list_add(visit->arena, &rule->actions) = action;
  }
  return is_good;
}

// "3", or "3 days" as it is read; 0 for anything else, and so for "4 h", which would be another rule.
static int64_t read_days(Arena *arena, const char *typed) {
  char *rest = NULL;
  const char *text = text_one_line(arena, typed);
  guint64 days = g_ascii_isdigit(*text) ? g_ascii_strtoull(text, &rest, 10) : 0;
  const char *unit = rest ? text_fold(arena, text_one_line(arena, rest)) : "",
             *units[] = {"", "d", "day", "days", text_fold(arena, tr("days"))};
  for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
    if (strcmp(unit, units[i]) == 0) return days > 366 ? 0 : (int64_t)days;
  return 0;
}

static void read_moments(const Visit *visit, const RuleNames *names, RuleForm *form, Rule *rule) {
  const char *watched = web_form(visit->request, "watched");
  for (unsigned moment = 0; moment < WHEN_COUNT; moment++)
    if (web_form(visit->request, arena_printf(visit->arena, "when-%s", rule_moment_word(moment))))
      rule->moments |= INT64_C(1) << moment;
  if (rule->moments & (INT64_C(1) << WHEN_UNTOUCHED))
    rule->amount = read_days(visit->arena, form->amount);
  else if (rule->moments & (INT64_C(1) << WHEN_WAITED) && target_read(visit->arena, form->amount, &rule->amount))
    rule->amount = 0;
  form->watched = watched ? watched : "";
  if (!g_ascii_string_to_signed(form->watched, 10, 0, G_MAXINT64, &rule->watched, NULL)) rule->watched = 0;
  form->watched_problem = rule_watched_problem(visit->arena, names, rule);
  boxes(visit->arena, names, rule->moments, form);
}

static bool read_form(const Visit *visit, const RuleNames *names, RuleForm *form, Rule *rule) {
  const char *name = web_form(visit->request, "name"), *amount = web_form(visit->request, "amount");
  const char *any = web_form(visit->request, "any");
  form->name = name ? name : "";
  form->amount = amount ? amount : "";
  form->is_on = web_form(visit->request, "on") != NULL;
  form->is_any = any && strcmp(any, "1") == 0;
  form->with_past = web_form(visit->request, "past") != NULL;
  *rule = (Rule){.id = form->id, .name = form->name, .is_on = form->is_on, .is_any = form->is_any};
  read_moments(visit, names, form, rule);
  bool conditions = read_conditions(visit, names, form, rule), actions = read_actions(visit, names, form, rule);
  bool is_good = conditions && actions && !form->watched_problem;
  if (!is_good) form->problem = "Something in the lines below is not right yet.";
  return is_good;
}

// ——— showing

static bool show(const Visit *visit, WebResponse *response, const RuleNames *names, RuleForm *form, GError **error) {
  bool has_more;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &form->shell, error) ||
      (form->id && !rule_log(visit->arena, visit->desk, form->id, 0, &form->log, &has_more, error)))
    return false;
  offer(visit->arena, names, form);
  fill_up(visit->arena, &form->conditions, form->conditions_least, RULE_CONDITIONS_MOST);
  fill_up(visit->arena, &form->actions, form->actions_least, RULE_ACTIONS_MOST);
  form->shell.title = form->id ? form->name : "A new rule";
  if (form->problem) response->status = 422;
  render_rule_page(response->body, form);
  return true;
}

bool rule_page_new(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  RuleForm form = {.name = "", .amount = "", .watched = "", .is_on = true};
  RuleNames names;
  if (!rule_names_load(visit->arena, visit->desk, &names, error)) return false;
  boxes(visit->arena, &names, 0, &form);
  return show(visit, response, &names, &form, error);
}

bool rule_page_edit(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  RuleForm form = {0};
  RuleNames names;
  Rule *rule = NULL;
  int64_t id;
  if (!web_path_int(request, "rule", &id, error) || !rule_find(visit->arena, visit->desk, id, &rule, error) ||
      !rule_names_load(visit->arena, visit->desk, &names, error))
    return false;
  show_rule(visit->arena, rule, &names, &form);
  return show(visit, response, &names, &form, error);
}

static bool try_it(const Visit *visit, WebResponse *response, const RuleNames *names, const Rule *rule, RuleForm *form,
                   GError **error) {
  RuleTrial *trial = arena_make(visit->arena, RuleTrial);
  if (!rule_try(visit->arena, visit->desk, rule, names, trial, error)) return false;
  list_each(const RuleAction, action, &rule->actions)
    *list_add(visit->arena, &form->deed_words) = rule_action_words(visit->arena, names, action);
  form->trial = trial;
  return show(visit, response, names, form, error);
}

static size_t lines_of_form(const Visit *visit, const char *part) {
  size_t count = 0;
  while (web_form(visit->request, arena_printf(visit->arena, "%s-%d", part, (int)count))) count++;
  return count;
}

// What stands in the form stays; nothing is said to be wrong with it yet.
static bool show_more(const Visit *visit, WebResponse *response, const RuleNames *names, RuleForm *form, GError **error) {
  list_each(RuleLine, line, &form->conditions) line->problem = NULL;
  list_each(RuleLine, line, &form->actions) line->problem = NULL;
  form->problem = form->watched_problem = NULL;
  form->conditions_least = lines_of_form(visit, "if") + LINES_MORE;
  form->actions_least = lines_of_form(visit, "do") + LINES_MORE;
  return show(visit, response, names, form, error);
}

static bool keep(const Visit *visit, WebResponse *response, int64_t id, GError **error) {
  RuleForm form = {.id = id};
  RuleNames names;
  Rule rule;
  g_autoptr(GError) refusal = NULL;
  int64_t kept = 0;
  if (!rule_names_load(visit->arena, visit->desk, &names, error)) return false;
  const char *verb = web_form(visit->request, "do");
  bool is_good = read_form(visit, &names, &form, &rule);
  if (g_strcmp0(verb, "more") == 0) return show_more(visit, response, &names, &form, error);
  if (!is_good) return show(visit, response, &names, &form, error);
  if (g_strcmp0(verb, "try") == 0) return try_it(visit, response, &names, &rule, &form, error);
  if (rule_keep(visit->desk, visit->staff, &rule, form.with_past, &kept, &refusal)) {
    web_redirect(response, "/rules?kept=yes");
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID) && !error_is(refusal, ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
  }
  form.problem = arena_strdup(visit->arena, refusal->message);
  return show(visit, response, &names, &form, error);
}

bool rule_post_new(WebRequest *request, WebResponse *response, GError **error) {
  return keep(visit_of(request), response, 0, error);
}

bool rule_post_edit(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  Rule *rule = NULL;
  int64_t id;
  if (!web_path_int(request, "rule", &id, error) || !rule_find(visit->arena, visit->desk, id, &rule, error)) return false;
  return keep(visit, response, id, error);
}

const char *rule_trial_words(const RuleForm *form, Arena *arena) {
  const RuleTrial *trial = form->trial;
  return arena_say(
    arena,
    "Of the last %d conversations, this came to pass in %d, and what it asks holds in %d of these as they stand now. "
    "Nothing was changed.",
    (int)trial->looked_at, (int)trial->happened, (int)trial->held);
}

const char *rule_count_words(const RuleForm *form, Arena *arena, const Text *words) {
  size_t at = (size_t)(words - form->deed_words.items);
  int count = (int)form->trial->counts.items[at];
  return arena_say(arena, "%s: in %d", *words, count);
}
