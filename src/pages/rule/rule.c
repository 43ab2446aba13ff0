// The list of rules, each told as a sentence, and the log of what they did.
#include "pages/rule/rule.h"
#include "base/words.h"
#include "desk/hours/deadline.h"
#include "pages/pages.h"
#include "pages/rules.html.h"

// Constants among them are said.
static const char *join(Arena *arena, const TextList *words, const char *between) {
  g_autoptr(GString) text = g_string_new(NULL);
  list_each(const Text, word, words) g_string_append_printf(text, "%s%s", text->len ? tr_of(between) : "", tr_of(*word));
  return arena_strdup(arena, text->str);
}

static const char *moment_words(Arena *arena, const RuleNames *names, const Rule *rule, RuleMoment moment) {
  const char *title = rule_moment_title(moment);
  const Field *field = rule_field_named(&names->fields, rule->watched);
  return moment == WHEN_FIELD && field ? arena_say(arena, "%s: %s", title, field->name) : title;
}

static const char *when_words(Arena *arena, const RuleNames *names, const Rule *rule) {
  TextList words = {0};
  for (size_t i = 0; i < WHEN_COUNT; i++)
    if (rule->moments & (INT64_C(1) << rule_moments[i]))
      *list_add(arena, &words) = moment_words(arena, names, rule, rule_moments[i]);
  const char *all = join(arena, &words, N_(", or: "));
  if (rule->moments & (INT64_C(1) << WHEN_WAITED)) return arena_printf(arena, "%s: %s", all, target_write(arena, rule->amount));
  if (rule->moments & (INT64_C(1) << WHEN_UNTOUCHED)) return arena_printf(arena, "%s: %d", all, (int)rule->amount);
  return all;
}

static void add_problem(Arena *arena, const char *problem, TextList *out) {
  if (problem) *list_add(arena, out) = problem;
}

static RuleCard card_of(Arena *arena, const Rule *rule, const RuleNames *names) {
  TextList conditions = {0}, actions = {0}, gone = {0};
  add_problem(arena, rule_watched_problem(arena, names, rule), &gone);
  list_each(const RuleCondition, condition, &rule->conditions) {
    *list_add(arena, &conditions) = rule_condition_words(arena, names, condition);
    add_problem(arena, rule_condition_problem(arena, names, condition), &gone);
  }
  list_each(const RuleAction, action, &rule->actions) {
    *list_add(arena, &actions) = rule_action_words(arena, names, action);
    add_problem(arena, rule_action_problem(arena, names, action), &gone);
  }
  return (RuleCard){.rule = rule,
                    .when = when_words(arena, names, rule),
                    .what_if = join(arena, &conditions, rule->is_any ? N_(", or ") : N_(", and ")),
                    .what = join(arena, &actions, "; "),
                    .gone = gone};
}

bool rule_page_list(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  Arena *arena = visit->arena;
  RuleListPage page = {.kept = shell_kept(visit)};
  RuleNames names;
  RuleList rules;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &page.shell, error) || !rule_names_load(arena, visit->desk, &names, error) ||
      !rule_list(arena, visit->desk, &rules, error))
    return false;
  list_each(const Rule, rule, &rules) *list_add(arena, &page.cards) = card_of(arena, rule, &names);
  if (page.cards.count) {
    page.cards.items[0].is_first = true;
    page.cards.items[page.cards.count - 1].is_last = true;
  }
  page.shell.title = "Rules";
  render_rules_page(response->body, &page);
  return true;
}

bool rule_page_log(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *before = web_query(request, "before");
  RuleLogPage page = {0};
  bool has_more = false;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &page.shell, error) ||
      !rule_log(visit->arena, visit->desk, 0, before ? g_ascii_strtoll(before, NULL, 10) : 0, &page.firings, &has_more, error))
    return false;
  if (has_more) page.next = page.firings.items[page.firings.count - 1].id;
  page.shell.title = "What rules did";
  render_rule_log_page(response->body, &page);
  return true;
}

bool rule_post_switch(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "rule", &id, error) ||
      !rule_switch(visit->desk, visit->staff, id, web_form(request, "on") != NULL, error))
    return false;
  web_redirect(response, "/rules");
  return true;
}

bool rule_post_move(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "rule", &id, error) ||
      !rule_move(visit->desk, visit->staff, id, web_form(request, "up") != NULL, error))
    return false;
  web_redirect(response, "/rules");
  return true;
}

bool rule_post_remove(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "rule", &id, error) || !rule_remove(visit->desk, visit->staff, id, error)) return false;
  web_redirect(response, "/rules?kept=removed");
  return true;
}

const WebRoute rule_routes[] = {
  {WEB_GET, "/rules", PERMISSION_SUPERVISE, rule_page_list, 0},
  {WEB_GET, "/rules/new", PERMISSION_SUPERVISE, rule_page_new, 0},
  {WEB_GET, "/rules/log", PERMISSION_SUPERVISE, rule_page_log, 0},
  {WEB_POST, "/rules", PERMISSION_SUPERVISE, rule_post_new, 0},
  {WEB_GET, "/rules/:rule", PERMISSION_SUPERVISE, rule_page_edit, 0},
  {WEB_POST, "/rules/:rule", PERMISSION_SUPERVISE, rule_post_edit, 0},
  {WEB_POST, "/rules/:rule/switch", PERMISSION_SUPERVISE, rule_post_switch, 0},
  {WEB_POST, "/rules/:rule/move", PERMISSION_SUPERVISE, rule_post_move, 0},
  {WEB_POST, "/rules/:rule/remove", PERMISSION_SUPERVISE, rule_post_remove, 0},
  {0},
};
