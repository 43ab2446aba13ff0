// One page for all fields: what is changed comes back to it, and what could not be kept stands where it
// was typed, with a sentence beside it.
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
  if (page->problem || page->typed_problem) response->status = 422;
  render_fields(response->body, page);
  return true;
}

static bool fields_page(WebRequest *request, WebResponse *response, GError **error) {
  FieldPage page = {.kept = shell_kept(visit_of(request))};
  return show(visit_of(request), response, &page, error);
}

const char *field_typed_name(const FieldPage *page, const Field *field) {
  return page->changed == field->id ? page->name : field->name;
}
const char *field_typed_choices(const FieldPage *page, const Field *field) {
  return page->changed == field->id ? page->choices : field->choices;
}

// Leads back; what was typed wrong comes back to where it was typed, and what cannot be at all is said on top.
static bool settle(const Visit *visit, WebResponse *response, FieldPage *page, bool worked, const char *back, GError *refusal,
                   GError **error) {
  if (worked) {
    web_redirect(response, back);
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID) && !error_is(refusal, ERROR_CONFLICT) && !error_is(refusal, ERROR_NOT_FOUND)) {
    g_propagate_error(error, refusal);
    return false;
  }
  bool is_typed = page->name && !error_is(refusal, ERROR_NOT_FOUND);
  if (is_typed) {
    const char *name = text_one_line(visit->arena, page->name);
    page->is_about_choices = error_is(refusal, ERROR_INVALID) && *name && text_length(name) <= FIELD_NAME_MOST;
  }
  *(is_typed ? &page->typed_problem : &page->problem) = arena_strdup(visit->arena, refusal->message);
  g_error_free(refusal);
  return show(visit, response, page, error);
}

static const char *form_text(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text : "";
}

static bool make(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  FieldPage page = {.name = form_text(visit, "name"), .choices = form_text(visit, "choices"), .kind = FIELD_KIND_COUNT};
  GError *refusal = NULL;
  int64_t id = 0;
  field_kind_from_word(web_form(request, "kind"), &page.kind);
  bool worked = field_make(visit->desk, visit->staff, page.name, page.kind, page.choices, &id, &refusal);
  return settle(visit, response, &page, worked, "/fields?kept=made", refusal, error);
}

static bool change(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  FieldPage page = {.name = form_text(visit, "name"), .choices = form_text(visit, "choices")};
  GError *refusal = NULL;
  if (!web_path_int(request, "field", &page.changed, error)) return false;
  bool worked = field_change(visit->desk, visit->staff, page.changed, page.name, page.choices, &refusal);
  return settle(visit, response, &page, worked, "/fields?kept=yes", refusal, error);
}

static bool set_active(WebRequest *request, WebResponse *response, bool is_active, GError **error) {
  const Visit *visit = visit_of(request);
  FieldPage page = {0};
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "field", &id, error)) return false;
  bool worked = is_active ? field_restore(visit->desk, visit->staff, id, &refusal)
                          : field_retire(visit->desk, visit->staff, id, &refusal);
  const char *back = is_active ? "/fields?kept=restored" : "/fields?kept=retired";
  return settle(visit, response, &page, worked, back, refusal, error);
}
static bool retire(WebRequest *request, WebResponse *response, GError **error) {
  return set_active(request, response, false, error);
}
static bool restore(WebRequest *request, WebResponse *response, GError **error) {
  return set_active(request, response, true, error);
}

const WebRoute field_routes[] = {
  {WEB_GET, "/fields", PERMISSION_SUPERVISE, fields_page, 0},
  {WEB_POST, "/fields", PERMISSION_SUPERVISE, make, 0},
  {WEB_POST, "/fields/:field", PERMISSION_SUPERVISE, change, 0},
  {WEB_POST, "/fields/:field/retire", PERMISSION_SUPERVISE, retire, 0},
  {WEB_POST, "/fields/:field/restore", PERMISSION_SUPERVISE, restore, 0},
  {0},
};
