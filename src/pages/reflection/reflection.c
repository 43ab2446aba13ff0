// The staff number of every call here is that of who asks.
#include "pages/reflection.html.h"

#include "pages/pages.h"

#include <string.h>

bool reflection_folds_load(const Visit *visit, int64_t number, ReflectionFolds *out, GError **error) {
  Reflection *before = NULL, *after = NULL;
  if (!reflection_load(visit->arena, visit->desk, visit->staff->id, number, REFLECTION_BEFORE, &before, error) ||
      !reflection_load(visit->arena, visit->desk, visit->staff->id, number, REFLECTION_AFTER, &after, error))
    return false;
  out->before = (ReflectionFold){visit, number, REFLECTION_BEFORE, before};
  out->after = (ReflectionFold){visit, number, REFLECTION_AFTER, after};
  return true;
}

bool reflection_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  ReflectionMoment moment;
  View view = VIEW_OPEN;
  view_from_word(web_form(request, "view"), &view);
  const char *const answers[REFLECTION_QUESTIONS] = {web_form(request, "first"), web_form(request, "second"),
                                                     web_form(request, "third")};
  if (!reflection_from_word(web_form(request, "moment"), &moment))
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (!web_path_int(request, "number", &number, error) ||
      !reflection_keep(visit->desk, visit->staff->id, number, moment, answers, error))
    return false;
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#context", number,
                                      shell_view_again(visit, view)));
  return true;
}

bool reflections_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ReflectionsView view = {.visit = visit};
  const char *asked = web_query(request, "before");
  gint64 before = 0;
  bool has_more = false;
  Shell shell;
  if (asked && !g_ascii_string_to_signed(asked, 10, 1, G_MAXINT64, &before, NULL))
    return error_set(error, ERROR_INVALID, "The address of this page is damaged.");
  if (!shell_open(visit, RAIL_ACCOUNT, "plain", &shell, error) ||
      !reflection_list(visit->arena, visit->desk, visit->staff->id, before, &view.list, &has_more, error))
    return false;
  if (has_more) view.before = view.list.items[view.list.count - 1].id;
  shell.title = "My reflections";
  render_reflections(response->body, &shell, &view);
  return true;
}

bool reflection_post_forget(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "id", &id, error) || !reflection_forget(visit->desk, visit->staff->id, id, error)) return false;
  web_redirect(response, "/reflections");
  return true;
}

const WebRoute reflection_routes[] = {
  {WEB_POST, "/conversations/:number/reflection", PERMISSION_ANSWER, reflection_post, 0},
  {WEB_GET, "/reflections", PERMISSION_OWN, reflections_page, 0},
  {WEB_POST, "/reflections/:id/forget", PERMISSION_OWN, reflection_post_forget, 0},
  {0},
};
