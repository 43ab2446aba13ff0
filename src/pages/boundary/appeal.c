// A customer appeals by the link in a letter. Nobody is signed in; opening the page changes nothing, its button does.
#include "pages/boundary/conduct.h"

#include "pages/appeal.html.h"

#include <string.h>

static bool show(Visit *visit, WebResponse *response, const AppealVisit *appeal, const char *words, const char *problem) {
  AppealPage page = {.visit = visit,
                     .desk_name = visit->desk->name,
                     .token = web_path_text(visit->request, "token"),
                     .words = words,
                     .problem = problem,
                     .appeal = *appeal};
  if (!visit->csrf) visit->csrf = web_csrf(visit->request); // the form is bound to a cookie of its own
  web_add_header(response, "X-Robots-Tag", "noindex");
  if (problem) response->status = 422;
  if (*words && !problem) response->status = appeal->closed == APPEAL_TOO_MANY ? 429 : 409;
  if (appeal->is_past) response->status = 410;
  render_appeal_page(response->body, &page);
  return true;
}

bool appeal_page(WebRequest *request, WebResponse *response, GError **error) {
  Visit *visit = visit_of(request);
  AppealVisit appeal;
  return appeal_show(visit->arena, visit->desk, web_path_text(request, "token"), &appeal, error) &&
         show(visit, response, &appeal, "", NULL);
}

// Sent twice.
static bool is_the_same(const Visit *visit, const AppealVisit *appeal, const char *words) {
  return appeal->appeal &&
         strcmp(appeal->appeal->words, text_clamp(visit->arena, text_trim(visit->arena, words), BOUNDARY_TEXT_MOST)) == 0;
}

bool appeal_post(WebRequest *request, WebResponse *response, GError **error) {
  Visit *visit = visit_of(request);
  AppealVisit appeal;
  g_autoptr(GError) problem = NULL;
  const char *words = web_form(request, "words"), *token = web_path_text(request, "token");
  if (!words) words = "";
  if (!appeal_show(visit->arena, visit->desk, token, &appeal, error)) return false;
  if (appeal.is_past) return show(visit, response, &appeal, words, NULL);
  if (appeal_make(visit->arena, visit->desk, token, words, visit_client_address(visit), &appeal, &problem)) {
    bool is_kept = appeal.is_new || is_the_same(visit, &appeal, words);
    return show(visit, response, &appeal, is_kept ? "" : words, NULL);
  }
  if (error_is(problem, ERROR_INVALID))
    return show(visit, response, &appeal, words, arena_strdup(visit->arena, problem->message));
  g_propagate_error(error, g_steal_pointer(&problem));
  return false;
}
