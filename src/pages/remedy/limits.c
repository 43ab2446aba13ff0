// The limits: everybody may read them; supervisors set those of roles below their own, administrators all, and the desk's currency.
#include "base/words.h"
#include "desk/policy/policy.h"
#include "pages/limits.html.h"
#include "pages/pages.h"

const char *limits_kind_title(int64_t kind) { return kind == LIMIT_ANY_KIND ? "any remedy" : remedy_kind_word((RemedyKind)kind); }

const char *limits_scope_title(RemedyScope scope) {
  static const char *const titles[LIMIT_SCOPE_COUNT] = {[LIMIT_EACH] = "each remedy",
                                                        [LIMIT_CUSTOMER] = "all that one customer gets",
                                                        [LIMIT_PERSON] = "all that one person gives",
                                                        [LIMIT_ROLE] = "all that the role gives"};
  return scope < LIMIT_SCOPE_COUNT ? titles[scope] : "";
}

bool limits_may_change_any(const Visit *visit) { return limit_may_change(visit->staff, ROLE_AGENT); }

static bool render(const Visit *visit, WebResponse *response, LimitsPage *page, GError **error) {
  Policy policy;
  Shell shell;
  if (!shell_open(visit, RAIL_APPROVALS, "plain", &shell, error) || !policy_load(visit->arena, visit->desk, &policy, error) ||
      !limit_list(visit->arena, visit->desk, &page->holding, error) ||
      (limits_may_change_any(visit) && !limit_history(visit->arena, visit->desk, &page->ended, error)))
    return false;
  page->currency = policy.currency;
  shell.title = "Limits";
  render_limits(response->body, &shell, page);
  return true;
}

static LimitsPage fresh_page(void) {
  return (LimitsPage){.amount = "", .days = "30", .kind = LIMIT_ANY_KIND, .scope = LIMIT_EACH};
}

bool limits_page(WebRequest *request, WebResponse *response, GError **error) {
  LimitsPage page = fresh_page();
  page.is_kept = web_query(request, "kept") != NULL;
  return render(visit_of(request), response, &page, error);
}

static bool say_problem(const Visit *visit, WebResponse *response, LimitsPage *page, GError **error) {
  response->status = 422;
  return render(visit, response, page, error);
}

static bool read_choice(const Visit *visit, LimitsPage *page) {
  const char *kind = web_form(visit->request, "kind");
  RemedyKind chosen = 0;
  bool has_kind = remedy_kind_from_word(kind, &chosen);
  page->kind = has_kind ? (int64_t)chosen : LIMIT_ANY_KIND;
  return (has_kind || (kind && strcmp(kind, "any") == 0)) && role_from_word(web_form(visit->request, "role"), &page->role) &&
         limit_scope_from_word(web_form(visit->request, "scope"), &page->scope);
}

// An empty amount is no bound, which only a box that is ticked can say. False with a sentence beside what is wrong.
static bool read_limit(const Visit *visit, LimitsPage *page, const char *currency, RemedyLimit *out) {
  g_autoptr(GError) problem = NULL;
  gint64 days = 0;
  *out = (RemedyLimit){
    .role = page->role, .kind = page->kind, .scope = page->scope, .amount = LIMIT_NO_BOUND, .currency = currency};
  if (!page->is_unbounded && !money_read(visit->arena, page->amount, currency, &out->amount, &problem))
    page->amount_problem = arena_strdup(visit->arena, problem->message);
  if (page->scope != LIMIT_EACH && !g_ascii_string_to_signed(page->days, 10, 1, LIMIT_DAYS_MOST, &days, NULL))
    page->days_problem = arena_say(visit->arena, "Say over how many days it adds up: 1 to %d.", LIMIT_DAYS_MOST);
  out->days = days;
  return !page->amount_problem && !page->days_problem;
}

bool limits_post_set(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  LimitsPage page = fresh_page();
  const char *amount = web_form(request, "amount"), *days = web_form(request, "days");
  Policy policy;
  RemedyLimit limit;
  g_autoptr(GError) refusal = NULL;
  page.amount = amount ? text_trim(visit->arena, amount) : "";
  page.days = days ? text_trim(visit->arena, days) : "";
  page.is_unbounded = web_form(request, "unbounded") != NULL;
  if (!policy_load(visit->arena, visit->desk, &policy, error)) return false;
  if (!read_choice(visit, &page)) return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (!read_limit(visit, &page, policy.currency, &limit)) return say_problem(visit, response, &page, error);
  if (!limit_set(visit->desk, visit->staff, &limit, &refusal)) {
    if (error_is(refusal, ERROR_INVALID)) {
      page.problem = refusal->message;
      return say_problem(visit, response, &page, error);
    }
    return g_propagate_error(error, g_steal_pointer(&refusal)), false;
  }
  web_redirect(response, "/limits?kept=yes");
  return true;
}

bool limits_post_end(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "limit", &id, error) || !limit_end(visit->desk, visit->staff, id, error)) return false;
  web_redirect(response, "/limits?kept=yes");
  return true;
}

bool limits_post_currency(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *given = web_form(request, "currency"), *currency = currency_read(visit->arena, given ? given : "");
  LimitsPage page = fresh_page();
  if (!currency) {
    page.own_currency = given ? given : "";
    page.currency_problem = "Give the currency as three letters, such as EUR.";
    return say_problem(visit, response, &page, error);
  }
  if (!policy_set(visit->desk, "currency", currency, error)) return false;
  web_redirect(response, "/limits?kept=yes");
  return true;
}
