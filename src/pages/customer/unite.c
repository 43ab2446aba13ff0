// An organisation that is here twice: finding the other one, looking at both side by side, joining them, and taking that back.
#include "base/text.h"
#include "pages/customer/customer.h"
#include "pages/pages.h"
#include "pages/unite.html.h"

static bool is_refusal(const GError *problem) { return error_is(problem, ERROR_CONFLICT); }

bool organisation_alike_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *text = web_query(request, "text");
  AlikePage page = {.text = text ? text : ""};
  int64_t id = 0;
  Shell shell;
  if (!web_path_int(request, "organisation", &id, error) || !shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error))
    return false;
  page.organisation = organisation_find(visit->arena, visit->desk, id, error);
  if (!page.organisation || !organisation_alike(visit->arena, visit->desk, id, page.text, &page.rows, error)) return false;
  shell.title = "Which one is the same?";
  render_alike(response->body, &shell, &page);
  return true;
}

static bool load_house(const Visit *visit, int64_t id, House *out, GError **error) {
  out->organisation = organisation_find(visit->arena, visit->desk, id, error);
  return out->organisation && organisation_domains(visit->arena, visit->desk, id, &out->domains, error);
}

static bool read_pair(const Visit *visit, int64_t *out_left, int64_t *out_right, GError **error) {
  return web_path_int(visit->request, "organisation", out_left, error) && web_path_int(visit->request, "other", out_right, error);
}

static bool show_pair(const Visit *visit, WebResponse *response, UnitePage *page, GError **error) {
  int64_t left = 0, right = 0;
  Shell shell;
  page->visit = visit;
  if (!read_pair(visit, &left, &right, error)) return false;
  if (left == right) return error_set(error, ERROR_INVALID, "This is one organisation and not two.");
  if (!shell_open(visit, RAIL_CUSTOMERS, "plain", &shell, error) || !load_house(visit, left, &page->left, error) ||
      !load_house(visit, right, &page->right, error))
    return false;
  if (page->problem) response->status = 409;
  shell.title = "Two organisations, side by side";
  render_unite(response->body, &shell, page);
  return true;
}

bool organisation_unite_page(WebRequest *request, WebResponse *response, GError **error) {
  UnitePage page = {0};
  return show_pair(visit_of(request), response, &page, error);
}

bool organisation_post_merge(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  UnitePage page = {0};
  g_autoptr(GError) problem = NULL;
  int64_t left = 0, right = 0, merge = 0;
  if (!read_pair(visit, &left, &right, error)) return false;
  int64_t stays = visit_form_int(visit, "stays");
  if (stays != left && stays != right) return error_set(error, ERROR_INVALID, "Say which of the two stays.");
  if (organisation_merge(visit->desk, visit->staff, stays == left ? right : left, stays, &merge, &problem)) {
    web_redirect(response, arena_printf(visit->arena, "/organisations/%" G_GINT64_FORMAT "?kept=merges#merges", stays));
    return true;
  }
  if (!is_refusal(problem)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  page.problem = problem->message;
  return show_pair(visit, response, &page, error);
}

bool organisation_post_unmerge(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  OrganisationView view = {.part = "merges"};
  g_autoptr(GError) problem = NULL;
  int64_t id = 0, merge = 0;
  if (!web_path_int(request, "organisation", &id, error) || !web_path_int(request, "merge", &merge, error)) return false;
  if (organisation_unmerge(visit->desk, visit->staff, merge, &problem)) {
    web_redirect(response, arena_printf(visit->arena, "/organisations/%" G_GINT64_FORMAT "?kept=merges#merges", id));
    return true;
  }
  if (!is_refusal(problem)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  view.problem = problem->message;
  return organisation_render(visit, response, id, &view, error);
}
