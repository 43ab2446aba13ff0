// My account: the language in which the desk speaks to me, and the zone of its times.
#include "pages/account/account.h"

IntList account_languages(Arena *arena) {
  IntList all = {0};
  for (int language = 0; language < words_count(); language++) *list_add(arena, &all) = language;
  return all;
}

bool account_set_reader(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *language = web_form(request, "language"), *zone = web_form(request, "zone");
  g_autoptr(GError) refusal = NULL;
  if (staff_set_reader(visit->desk, visit->staff->id, language ? language : "", zone ? zone : "", &refusal)) {
    web_redirect(response, "/account?changed=reader#reader");
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID)) {
    g_propagate_error(error, g_steal_pointer(&refusal));
    return false;
  }
  AccountPage page = {.zone = zone, .zone_problem = refusal->message};
  response->status = 422;
  return account_render(visit, response, &page, error);
}
