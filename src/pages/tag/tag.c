// One page for all tags: what is changed comes back to it, and what could not be, with a sentence on top.
#include "pages/tag/tag.h"

#include "pages/pages.h"
#include "pages/tag.html.h"

static bool show(const Visit *visit, WebResponse *response, TagPage *page, GError **error) {
  TagList tags = {0};
  if (!shell_open(visit, RAIL_HOUSE, "plain", &page->shell, error) || !tag_list(visit->arena, visit->desk, &tags, error))
    return false;
  list_each(const Tag, tag, &tags) *list_add(visit->arena, tag->is_active ? &page->active : &page->retired) = *tag;
  page->shell.title = "Tags";
  if (page->problem) response->status = 422;
  render_tags(response->body, page);
  return true;
}

static bool tags_page(WebRequest *request, WebResponse *response, GError **error) {
  TagPage page = {0};
  return show(visit_of(request), response, &page, error);
}

static bool settle(const Visit *visit, WebResponse *response, bool worked, GError *refusal, GError **error) {
  if (worked) {
    web_redirect(response, "/tags");
    return true;
  }
  if (!error_is(refusal, ERROR_INVALID) && !error_is(refusal, ERROR_CONFLICT) && !error_is(refusal, ERROR_NOT_FOUND)) {
    g_propagate_error(error, refusal);
    return false;
  }
  TagPage page = {.problem = arena_strdup(visit->arena, refusal->message)};
  g_error_free(refusal);
  return show(visit, response, &page, error);
}

static bool make(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t id = 0;
  bool worked = tag_make_by_hand(visit->desk, visit->staff, web_form(request, "name"), &id, &refusal);
  return settle(visit, response, worked, refusal, error);
}

static bool rename_it(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "tag", &id, error)) return false;
  bool worked = tag_rename(visit->desk, visit->staff, id, web_form(request, "name"), &refusal);
  return settle(visit, response, worked, refusal, error);
}

static bool merge(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "tag", &id, error)) return false;
  bool worked = tag_merge(visit->desk, visit->staff, id, visit_form_int(visit, "into"), &refusal);
  return settle(visit, response, worked, refusal, error);
}

static bool retire(WebRequest *request, WebResponse *response, GError **error) {
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "tag", &id, error)) return false;
  bool worked = tag_retire(visit_of(request)->desk, visit_of(request)->staff, id, &refusal);
  return settle(visit_of(request), response, worked, refusal, error);
}

static bool restore(WebRequest *request, WebResponse *response, GError **error) {
  GError *refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "tag", &id, error)) return false;
  bool worked = tag_restore(visit_of(request)->desk, visit_of(request)->staff, id, &refusal);
  return settle(visit_of(request), response, worked, refusal, error);
}

const WebRoute tag_routes[] = {
  {WEB_GET, "/tags", PERMISSION_SUPERVISE, tags_page, 0},
  {WEB_POST, "/tags", PERMISSION_SUPERVISE, make, 0},
  {WEB_POST, "/tags/:tag", PERMISSION_SUPERVISE, rename_it, 0},
  {WEB_POST, "/tags/:tag/merge", PERMISSION_SUPERVISE, merge, 0},
  {WEB_POST, "/tags/:tag/retire", PERMISSION_SUPERVISE, retire, 0},
  {WEB_POST, "/tags/:tag/restore", PERMISSION_SUPERVISE, restore, 0},
  {0},
};
