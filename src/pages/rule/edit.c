// One rule as a form. It is read whole, each line with its own problem; "Try it" looks at the last thousand conversations with what stands
// in the form and keeps nothing. A condition is chosen as field and sense in one, so that the form needs no scripts.
#include "base/words.h"
#include "desk/hours/deadline.h"
#include "pages/pages.h"
#include "pages/rule/rule.h"
#include "pages/rules.html.h"

#include <string.h>

#define LINES_LEAST 3 // of conditions and of actions; one at the end is always empty

bool rule_option_is(const RuleOption *option, const RuleLine *line) { return strcmp(option->value, line->choice) == 0; }

static const char *condition_choice(Arena *arena, RuleField field, RuleSense sense) {
  return arena_printf(arena, "%s:%s", rule_field_word(field), rule_sense_word(sense));
}

static void offer(Arena *arena, const RuleNames *names, RuleForm *form) {
  *list_add(arena, &form->fields) = (RuleOption){"", "\xE2\x80\x94"};
  for (unsigned field = 0; field < IF_COUNT; field++)
    for (unsigned sense = 0; sense < SENSE_COUNT; sense++)
      if (rule_field_allows(field, sense))
        *list_add(arena, &form->fields) = (RuleOption){
          condition_choice(arena, field, sense), arena_printf(arena, "%s %s", rule_field_title(field), rule_sense_title(sense))};
  *list_add(arena, &form->deeds) = (RuleOption){"", "\xE2\x80\x94"};
  for (unsigned deed = 0; deed < DO_COUNT; deed++)
    *list_add(arena, &form->deeds) = (RuleOption){rule_deed_word(deed), rule_deed_title(deed)};
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  for (unsigned i = 0; i < IF_COUNT + DO_COUNT; i++) {
    TextList some;
    if (i < IF_COUNT)
      rule_field_choices(arena, names, i, &some);
    else
      rule_deed_choices(arena, names, i - IF_COUNT, &some);
    list_each(const Text, word, &some)
      if (g_hash_table_add(known, (void *)(uintptr_t)*word)) *list_add(arena, &form->choices) = *word;
  }
}

static void boxes(Arena *arena, int64_t moments, RuleForm *form) {
  for (unsigned moment = 0; moment < WHEN_COUNT; moment++)
    *list_add(arena, moment >= WHEN_WAITED ? &form->waits : &form->happens) = (RuleMomentBox){
      rule_moment_word(moment), rule_moment_title(moment), moments & (INT64_C(1) << moment)};
}

static void fill_up(Arena *arena, RuleLineList *lines, size_t most) {
  size_t wanted = MIN(MAX(lines->count + 1, LINES_LEAST), most);
  for (size_t i = lines->count; i < wanted; i++)
    *list_add(arena, lines) = (RuleLine){.index = (int64_t)i, .choice = "", .value = "", .words = ""};
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
  boxes(arena, rule->moments, form);
  list_each(const RuleCondition, condition, &rule->conditions)
    *list_add(arena, &form->conditions) = (RuleLine){.index = (int64_t)form->conditions.count,
                                                     .choice = condition_choice(arena, condition->field, condition->sense),
                                                     .value = rule_condition_value(arena, names, condition),
                                                     .words = ""};
  list_each(const RuleAction, action, &rule->actions)
    *list_add(arena, &form->actions) = (RuleLine){.index = (int64_t)form->actions.count,
                                                  .choice = rule_deed_word(action->deed),
                                                  .value = rule_action_value(arena, names, action),
                                                  .words = action->words};
}

// ——— reading what was typed

static const char *typed(const Visit *visit, const char *part, size_t index) {
  const char *text = web_form(visit->request, arena_printf(visit->arena, "%s-%d", part, (int)index));
  return text ? text : "";
}

static bool read_choice(Arena *arena, const char *choice, RuleCondition *out) {
  for (unsigned field = 0; field < IF_COUNT; field++)
    for (unsigned sense = 0; sense < SENSE_COUNT; sense++)
      if (strcmp(choice, condition_choice(arena, field, sense)) == 0) {
        *out = (RuleCondition){.field = field, .sense = sense};
        return true;
      }
  return false;
}

static bool read_conditions(const Visit *visit, const RuleNames *names, RuleForm *form, Rule *rule) {
  bool is_good = true;
  for (size_t i = 0; i < RULE_CONDITIONS_MOST; i++) {
    RuleLine line = {
      .index = (int64_t)form->conditions.count, .choice = typed(visit, "if", i), .value = typed(visit, "is", i), .words = ""};
    RuleCondition condition = {0};
    if (!*line.choice && text_is_blank(line.value)) continue;
    line.problem = !*line.choice ? "Choose what is asked."
                   : read_choice(visit->arena, line.choice, &condition)
                     ? rule_condition_read(visit->arena, names, line.value, &condition)
                     : "The form is damaged; load the page again.";
    is_good = is_good && !line.problem;
    *list_add(visit->arena, &form->conditions) = line;
    *list_add(visit->arena, &rule->conditions) = condition;
  }
  return is_good;
}

static bool read_deed(const char *word, RuleDeed *out) {
  for (unsigned deed = 0; deed < DO_COUNT; deed++)
    if (strcmp(word, rule_deed_word(deed)) == 0) {
      *out = deed;
      return true;
    }
  return false;
}

static bool read_actions(const Visit *visit, const RuleNames *names, RuleForm *form, Rule *rule) {
  bool is_good = true;
  for (size_t i = 0; i < RULE_ACTIONS_MOST; i++) {
    RuleLine line = {.index = (int64_t)form->actions.count,
                     .choice = typed(visit, "do", i),
                     .value = typed(visit, "to", i),
                     .words = typed(visit, "words", i)};
    RuleAction action = {.words = line.words};
    if (!*line.choice && text_is_blank(line.value) && text_is_blank(line.words)) continue;
    line.problem = read_deed(line.choice, &action.deed) ? rule_action_read(visit->arena, names, line.value, &action)
                                                        : "Choose what is done.";
    is_good = is_good && !line.problem;
    *list_add(visit->arena, &form->actions) = line;
    *list_add(visit->arena, &rule->actions) = action;
  }
  return is_good;
}

static void read_moments(const Visit *visit, RuleForm *form, Rule *rule) {
  for (unsigned moment = 0; moment < WHEN_COUNT; moment++)
    if (web_form(visit->request, arena_printf(visit->arena, "when-%s", rule_moment_word(moment))))
      rule->moments |= INT64_C(1) << moment;
  if (rule->moments & (INT64_C(1) << WHEN_UNTOUCHED))
    rule->amount = g_ascii_strtoll(form->amount, NULL, 10);
  else if (rule->moments & (INT64_C(1) << WHEN_WAITED) && target_read(visit->arena, form->amount, &rule->amount))
    rule->amount = 0;
  boxes(visit->arena, rule->moments, form);
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
  read_moments(visit, form, rule);
  bool conditions = read_conditions(visit, names, form, rule), actions = read_actions(visit, names, form, rule);
  if (!conditions || !actions) form->problem = "Something in the lines below is not right yet.";
  return conditions && actions;
}

// ——— showing

static bool show(const Visit *visit, WebResponse *response, const RuleNames *names, RuleForm *form, GError **error) {
  bool has_more;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &form->shell, error) ||
      (form->id && !rule_log(visit->arena, visit->desk, form->id, 0, &form->log, &has_more, error)))
    return false;
  offer(visit->arena, names, form);
  fill_up(visit->arena, &form->conditions, RULE_CONDITIONS_MOST);
  fill_up(visit->arena, &form->actions, RULE_ACTIONS_MOST);
  form->shell.title = form->id ? form->name : "A new rule";
  if (form->problem) response->status = 422;
  render_rule_page(response->body, form);
  return true;
}

bool rule_page_new(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  RuleForm form = {.name = "", .amount = "", .is_on = true};
  RuleNames names;
  if (!rule_names_load(visit->arena, visit->desk, &names, error)) return false;
  boxes(visit->arena, 0, &form);
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

static bool keep(const Visit *visit, WebResponse *response, int64_t id, GError **error) {
  RuleForm form = {.id = id};
  RuleNames names;
  Rule rule;
  g_autoptr(GError) refusal = NULL;
  int64_t kept = 0;
  if (!rule_names_load(visit->arena, visit->desk, &names, error)) return false;
  if (!read_form(visit, &names, &form, &rule)) return show(visit, response, &names, &form, error);
  if (g_strcmp0(web_form(visit->request, "do"), "try") == 0) return try_it(visit, response, &names, &rule, &form, error);
  if (rule_keep(visit->desk, visit->staff, &rule, form.with_past, &kept, &refusal)) {
    web_redirect(response, "/rules?changed=kept");
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
