// Organisations: their list, and the page of one with its people and what there was with them.
#include "base/text.h"
#include "pages/customer/customer.h"
#include "pages/organisation.html.h"
#include "pages/pages.h"

static bool is_typing(const GError *problem) { return error_is(problem, ERROR_INVALID) || error_is(problem, ERROR_CONFLICT); }

static bool show_list(const Visit *visit, WebResponse *response, OrganisationsPage *page, GError **error) {
  const char *after = web_query(visit->request, "after");
  bool has_more = false;
  Shell shell;
  if (!shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error) ||
      !organisation_list(visit->arena, visit->desk, after, &page->rows, &has_more, error))
    return false;
  if (has_more)
    page->more = arena_printf(
      visit->arena, "/organisations?after=%s",
      arena_take(visit->arena, g_uri_escape_string(page->rows.items[page->rows.count - 1].key, NULL, false)));
  page->may_change = role_may(visit->staff->role, PERMISSION_ANSWER);
  if (page->problem) response->status = 422;
  shell.title = "Organisations";
  render_organisations(response->body, &shell, page);
  return true;
}

bool organisations_page(WebRequest *request, WebResponse *response, GError **error) {
  OrganisationsPage page = {.typed = ""};
  return show_list(visit_of(request), response, &page, error);
}

bool organisations_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  OrganisationsPage page = {.typed = guide_field(visit, "name")};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0;
  if (organisation_add(visit->desk, page.typed, &id, &problem)) {
    web_redirect(response, arena_printf(visit->arena, "/organisations/%" G_GINT64_FORMAT, id));
    return true;
  }
  if (!is_typing(problem)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  page.problem = problem->message;
  return show_list(visit, response, &page, error);
}

static bool show_one(const Visit *visit, WebResponse *response, int64_t id, OrganisationView *view, GError **error) {
  const char *kept = web_query(visit->request, "kept"), *after = web_query(visit->request, "after"),
             *from = web_query(visit->request, "id");
  gint64 after_id = 0;
  Shell shell;
  if (from) g_ascii_string_to_signed(from, 10, 0, G_MAXINT64, &after_id, NULL);
  view->visit = visit;
  view->organisation = organisation_find(visit->arena, visit->desk, id, error);
  view->may_change = role_may(visit->staff->role, PERMISSION_ANSWER);
  view->kept = kept ? kept : "";
  if (!view->part) view->part = "";
  if (!view->typed) view->typed = "";
  if (!view->organisation || !shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error) ||
      !organisation_domains(visit->arena, visit->desk, id, &view->domains, error) ||
      !customer_list_of(visit->arena, visit->desk, id, after, after_id, &view->people, error) ||
      !organisation_conversations(visit->arena, visit->desk, id, &view->conversations, error))
    return false;
  const CustomerRow *last = view->people.has_more ? &view->people.rows.items[view->people.rows.count - 1] : NULL;
  if (last)
    view->more = arena_printf(visit->arena, "/organisations/%" G_GINT64_FORMAT "?after=%s&id=%" G_GINT64_FORMAT, id,
                              arena_take(visit->arena, g_uri_escape_string(last->sort_key, NULL, false)), last->id);
  if (view->problem) response->status = 422;
  shell.title = view->organisation->name;
  render_organisation(response->body, &shell, view);
  return true;
}

bool organisation_page(WebRequest *request, WebResponse *response, GError **error) {
  OrganisationView view = {0};
  int64_t id = 0;
  return web_path_int(request, "organisation", &id, error) && show_one(visit_of(request), response, id, &view, error);
}

static bool end(const Visit *visit, WebResponse *response, int64_t id, const char *part, bool is_done, GError **problem,
                OrganisationView *view, GError **error) {
  if (is_done) {
    web_redirect(response, arena_printf(visit->arena, "/organisations/%" G_GINT64_FORMAT "?kept=%s#%s", id, part, part));
    return true;
  }
  if (!is_typing(*problem)) {
    g_propagate_error(error, g_steal_pointer(problem));
    return false;
  }
  view->part = part;
  view->problem = (*problem)->message;
  return show_one(visit, response, id, view, error);
}

bool organisation_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  OrganisationView view = {0};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0;
  if (!web_path_int(request, "organisation", &id, error)) return false;
  bool is_done = organisation_change(visit->desk, id, guide_field(visit, "name"), guide_field(visit, "about"), &problem);
  return end(visit, response, id, "about", is_done, &problem, &view, error);
}

bool organisation_post_domain(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  OrganisationView view = {.typed = guide_field(visit, "domain")};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0, people = 0;
  if (!web_path_int(request, "organisation", &id, error)) return false;
  bool is_done = organisation_add_domain(visit->desk, id, view.typed, &people, &problem);
  return end(visit, response, id, "domains", is_done, &problem, &view, error);
}

bool organisation_post_domain_remove(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  OrganisationView view = {0};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0;
  if (!web_path_int(request, "organisation", &id, error)) return false;
  bool is_done = organisation_remove_domain(visit->desk, id, guide_field(visit, "domain"), &problem);
  return end(visit, response, id, "domains", is_done, &problem, &view, error);
}
