// One page for all fields: what is changed comes back to it, and what could not be, with a sentence on top.
#include "pages/field/field.h"

#include "pages/field.html.h"
#include "pages/pages.h"

const char *field_kind_title(FieldKind kind) {
  static const char *const titles[FIELD_KIND_COUNT] = {[FIELD_TEXT] = "text",
                                                       [FIELD_NUMBER] = "a number",
                                                       [FIELD_DATE] = "a date",
                                                       [FIELD_CHOICE] = "one of some choices",
                                                       [FIELD_CHECKBOX] = "yes or no"};
  return kind < FIELD_KIND_COUNT ? titles[kind] : "";
}

static bool show(const Visit *visit, WebResponse *response, FieldPage *page, GError **error) {
  FieldList fields = {0};
  if (!shell_open(visit, RAIL_HOUSE, "plain", &page->shell, error) || !field_list(visit->arena, visit->desk, &fields, error))
    return false;
  list_each(const Field, field, &fields) *list_add(visit->arena, field->is_active ? &page->active : &page->retired) = *field;
  page->shell.title = "Fields";
  if (page->problem) response->status = 422;
  render_fields(response->body, page);
  return true;
}

static bool fields_page(WebRequest *request, WebResponse *response, GError **error) {
  FieldPage page = {0};
  return show(visit_of(request), response, &page, error);
}

static bool settle(const Visit *visit, WebResponse *response, FieldPage *page, bool worked, GError *refusal, GError **error) {
  if (worked) {
    web_redirect(response, "/fields");
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID) && !error_is(refusal, ERROR_CONFLICT) && !error_is(refusal, ERROR_NOT_FOUND)) {
    g_propagate_error(error, refusal);
    return false;
  }
  page->problem = arena_strdup(visit->arena, refusal->message);
  g_error_free(refusal);
  return show(visit, response, page, error);
}

static bool make(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  FieldPage page = {.name = web_form(request, "name"), .choices = web_form(request, "choices"), .kind = FIELD_KIND_COUNT};
  GError *refusal = NULL;
  int64_t id = 0;
  field_kind_from_word(web_form(request, "kind"), &page.kind);
  bool worked = field_make(visit->desk, visit->staff, page.name, page.kind, page.choices, &id, &refusal);
  return settle(visit, response, &page, worked, refusal, error);
}

static bool change(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  FieldPage page = {0};
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "field", &id, error)) return false;
  bool worked = field_change(visit->desk, visit->staff, id, web_form(request, "name"), web_form(request, "choices"), &refusal);
  return settle(visit, response, &page, worked, refusal, error);
}

static bool retire(WebRequest *request, WebResponse *response, GError **error) {
  FieldPage page = {0};
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "field", &id, error)) return false;
  bool worked = field_retire(visit_of(request)->desk, visit_of(request)->staff, id, &refusal);
  return settle(visit_of(request), response, &page, worked, refusal, error);
}

static bool restore(WebRequest *request, WebResponse *response, GError **error) {
  FieldPage page = {0};
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "field", &id, error)) return false;
  bool worked = field_restore(visit_of(request)->desk, visit_of(request)->staff, id, &refusal);
  return settle(visit_of(request), response, &page, worked, refusal, error);
}

const WebRoute field_routes[] = {
  {WEB_GET, "/fields", PERMISSION_SUPERVISE, fields_page, 0},
  {WEB_POST, "/fields", PERMISSION_SUPERVISE, make, 0},
  {WEB_POST, "/fields/:field", PERMISSION_SUPERVISE, change, 0},
  {WEB_POST, "/fields/:field/retire", PERMISSION_SUPERVISE, retire, 0},
  {WEB_POST, "/fields/:field/restore", PERMISSION_SUPERVISE, restore, 0},
  {0},
};
