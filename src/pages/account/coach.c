// My account: hints while I write, on or off, and bringing back those I dismissed.
#include "pages/account/account.h"

#include <string.h>

bool account_lowered_hints(const AccountPage *page) {
  for (CoachRule rule = 0; rule < COACH_RULE_COUNT; rule++)
    if (page->coach.dismissed[rule]) return true;
  return false;
}

bool account_set_coach(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *hints = web_form(request, "hints");
  bool is_off = hints && strcmp(hints, "off") == 0;
  if (!hints || (!is_off && strcmp(hints, "on") != 0))
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (!coach_set_off(visit->desk, visit->staff->id, is_off, error)) return false;
  if (web_form(request, "anew") && !coach_forget_dismissals(visit->desk, visit->staff->id, error)) return false;
  web_redirect(response, "/account?changed=coach#coach");
  return true;
}
