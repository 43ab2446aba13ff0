// Deciding, withdrawing, carrying out; each leads back to where its form stood. And the page of what waits for approval.
#include "pages/approvals.html.h"
#include "pages/pages.h"

static bool lead_back(const Visit *visit, WebResponse *response) {
  web_redirect(response, visit_path(web_form(visit->request, "next")));
  return true;
}

bool remedy_post_decide(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *then = web_form(request, "then"), *amount = web_form(request, "amount"), *reason = web_form(request, "reason");
  RemedyDecision decision = {.is_approved = then && strcmp(then, "approve") == 0, .reason = reason ? reason : ""};
  int64_t id;
  if (!decision.is_approved && (!then || strcmp(then, "decline") != 0))
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  Remedy *remedy = web_path_int(request, "remedy", &id, error) ? remedy_find(visit->arena, visit->desk, id, error) : NULL;
  if (!remedy) return false;
  if (decision.is_approved && !money_read(visit->arena, amount ? amount : "", remedy->currency, &decision.amount, error))
    return false;
  if (decision.is_approved && decision.amount == 0)
    return error_set(error, ERROR_INVALID, "Nothing is no amount to approve; decline it instead.");
  return remedy_decide(visit->desk, visit->staff, id, &decision, error) && lead_back(visit, response);
}

bool remedy_post_withdraw(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  return web_path_int(request, "remedy", &id, error) && remedy_withdraw(visit->desk, visit->staff, id, error) &&
         lead_back(visit, response);
}

// Noon of that day, where the desk is; today: now.
static bool read_day(const Visit *visit, const char *text, int64_t *out) {
  int year, month, day, end = 0;
  if (text && strcmp(text, remedy_today(visit)) == 0) return *out = visit->now, true;
  if (!text || sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || text[end]) return false;
  g_autoptr(GDateTime) noon = g_date_time_new(visit->zone, year, month, day, 12, 0, 0);
  if (noon) *out = g_date_time_to_unix(noon) * CLOCK_SECOND;
  return noon != NULL;
}

bool remedy_post_carry_out(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *how = web_form(request, "how");
  int64_t id, at;
  if (!read_day(visit, web_form(request, "day"), &at))
    return error_set(error, ERROR_INVALID, "Give the day like %s.", remedy_today(visit));
  return web_path_int(request, "remedy", &id, error) &&
         remedy_carry_out(visit->desk, visit->staff, id, at, how ? how : "", error) && lead_back(visit, response);
}

static bool read_place(const Visit *visit, int64_t *out_due, int64_t *out_id, GError **error) {
  const char *text = web_query(visit->request, "after");
  *out_due = *out_id = 0;
  if (!text) return true;
  g_auto(GStrv) parts = g_strsplit(text, ".", 3);
  gint64 due, id;
  if (g_strv_length(parts) != 2 || !g_ascii_string_to_signed(parts[0], 10, 0, G_MAXINT64, &due, NULL) ||
      !g_ascii_string_to_signed(parts[1], 10, 0, G_MAXINT64, &id, NULL))
    return error_set(error, ERROR_INVALID, "The address of this page is damaged.");
  *out_due = due;
  *out_id = id;
  return true;
}

bool approvals_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *whose = web_query(request, "whose");
  ApprovalsPage page = {.at = whose && strcmp(whose, "others") == 0 ? REMEDY_AT_OTHERS : REMEDY_AT_MINE};
  int64_t due, id;
  Shell shell;
  if (!read_place(visit, &due, &id, error) || !shell_open(visit, RAIL_APPROVALS, "plain", &shell, error) ||
      !remedy_approvals(visit->arena, visit->desk, visit->staff, page.at == REMEDY_AT_MINE, due, id, &page.page, error))
    return false;
  shell.title = "Approvals";
  render_approvals(response->body, &shell, &page);
  return true;
}
