// Editing the rules that make complaints of mail as it comes in. Each condition has a form of its own, so that nothing depends on scripts.
#include "pages/rules.html.h"

#include "pages/complaint/panel.h"
#include "pages/pages.h"

static bool show(const Visit *visit, WebResponse *response, RulesPage *page, GError **error) {
  Shell shell;
  if (!shell_open(visit, RAIL_NOWHERE, "plain", &shell, error) ||
      !complaint_rules(visit->arena, visit->desk, &page->rules, error) ||
      !mailbox_list(visit->arena, visit->desk, &page->mailboxes, error))
    return false;
  shell.title = "What becomes a complaint";
  if (page->problem) response->status = 422;
  render_complaint_rules_page(response->body, &shell, page);
  return true;
}

bool rules_page(WebRequest *request, WebResponse *response, GError **error) {
  RulesPage page = {0};
  return show(visit_of(request), response, &page, error);
}

bool rules_post_add(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *value = web_form(request, "value");
  ComplaintRuleKind kind;
  g_autoptr(GError) refusal = NULL;
  if (!rule_kind_from_word(web_form(request, "kind"), &kind))
    return error_set(error, ERROR_INVALID, "The form does not say which kind of rule it is.");
  if (complaint_rule_add(visit->desk, visit->staff, kind, value ? value : "", &refusal)) {
    web_redirect(response, "/complaints/rules");
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID) && !error_is(refusal, ERROR_CONFLICT)) {
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
  }
  RulesPage page = {.problem = arena_strdup(visit->arena, refusal->message), .words = kind == RULE_WORDS ? value : NULL};
  return show(visit, response, &page, error);
}

bool rules_post_remove(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "rule", &id, error) || !complaint_rule_remove(visit->desk, id, error)) return false;
  web_redirect(response, "/complaints/rules");
  return true;
}
