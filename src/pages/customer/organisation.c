// Organisations: their list, and the page of one with its people and what there was with them.
#include "base/text.h"
#include "pages/customer/customer.h"
#include "pages/organisation.html.h"
#include "pages/pages.h"

#include <string.h>

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

const char *first_word(Arena *arena, const char *name) { return arena_strndup(arena, name, strcspn(name, " ")); }

static gint64 query_int(const Visit *visit, const char *name) {
  const char *text = web_query(visit->request, name);
  gint64 value = 0;
  if (text) g_ascii_string_to_signed(text, 10, 0, G_MAXINT64, &value, NULL);
  return value;
}

static bool load_people(const Visit *visit, int64_t id, OrganisationView *view, GError **error) {
  Arena *arena = visit->arena;
  if (!customer_list_of(arena, visit->desk, id, web_query(visit->request, "after"), query_int(visit, "id"), &view->people, error))
    return false;
  const CustomerRow *last = view->people.has_more ? &view->people.rows.items[view->people.rows.count - 1] : NULL;
  if (last)
    view->more = arena_printf(arena, "/organisations/%" G_GINT64_FORMAT "?after=%s&id=%" G_GINT64_FORMAT, id,
                              arena_take(arena, g_uri_escape_string(last->sort_key, NULL, false)), last->id);
  return true;
}

static bool load_past(const Visit *visit, int64_t id, OrganisationView *view, GError **error) {
  Arena *arena = visit->arena;
  MoodPointList mood = {0};
  if (!organisation_conversations(arena, visit->desk, id, query_int(visit, "before"), query_int(visit, "number"), &view->past,
                                  error) ||
      (visit->shows_readings && !organisation_mood(arena, visit->desk, id, &mood, error)))
    return false;
  view->mood = mood_picture(arena, &mood);
  const OrganisationConversation *last = view->past.has_more ? &view->past.rows.items[view->past.rows.count - 1] : NULL;
  if (last)
    view->earlier = arena_printf(
      arena, "/organisations/%" G_GINT64_FORMAT "?before=%" G_GINT64_FORMAT "&number=%" G_GINT64_FORMAT "#past", id,
      last->last_message_at, last->number);
  return true;
}

// One that was joined to another is found there.
static bool lead_on(const Visit *visit, WebResponse *response, int64_t id, GError **error) {
  int64_t survivor = 0;
  if (!organisation_survivor(visit->desk, id, &survivor, error)) return false;
  web_redirect(response, arena_printf(visit->arena, "/organisations/%" G_GINT64_FORMAT, survivor));
  return true;
}

bool organisation_render(const Visit *visit, WebResponse *response, int64_t id, OrganisationView *view, GError **error) {
  const char *kept = web_query(visit->request, "kept");
  Shell shell;
  view->visit = visit;
  view->organisation = organisation_find(visit->arena, visit->desk, id, error);
  if (!view->organisation) return false;
  if (view->organisation->merged_into) return lead_on(visit, response, id, error);
  view->may_change = role_may(visit->staff->role, PERMISSION_ANSWER);
  view->kept = kept ? kept : "";
  if (!view->part) view->part = "";
  if (!view->typed) view->typed = "";
  if (!shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error) ||
      !organisation_domains(visit->arena, visit->desk, id, &view->domains, error) || !load_people(visit, id, view, error) ||
      !load_past(visit, id, view, error) || !organisation_merges(visit->arena, visit->desk, id, &view->merges, error))
    return false;
  if (view->problem) response->status = 422;
  shell.title = view->organisation->name;
  render_organisation(response->body, &shell, view);
  return true;
}

bool organisation_page(WebRequest *request, WebResponse *response, GError **error) {
  OrganisationView view = {0};
  int64_t id = 0;
  return web_path_int(request, "organisation", &id, error) && organisation_render(visit_of(request), response, id, &view, error);
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
  return organisation_render(visit, response, id, view, error);
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
