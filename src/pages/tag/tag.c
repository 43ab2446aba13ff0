// Tags: a page of their names with a search in it, and a page for each. What could not be kept stands where it was typed, with a sentence
// beside it; before two become one it is said what happens then.
#include "pages/tag/tag.h"

#include "base/text.h"
#include "pages/pages.h"
#include "pages/tag.html.h"

#define SUGGESTED 300 // that a page brings along; scripts ask for the others
#define FITTING 20

static const char *text_of(const char *text) { return text ? text : ""; }

static const char *escaped(Arena *arena, const char *text) { return arena_take(arena, g_uri_escape_string(text, NULL, false)); }

static bool is_typing(const GError *problem) { return error_is(problem, ERROR_INVALID) || error_is(problem, ERROR_CONFLICT); }

bool tag_suggestions(const Visit *visit, TagSuggestions *out, GError **error) {
  *out = (TagSuggestions){0};
  if (!tag_fitting(visit->arena, visit->desk, "", SUGGESTED + 1, &out->known, error)) return false;
  out->has_more = out->known.count > SUGGESTED;
  if (out->has_more) out->known.count = SUGGESTED;
  return true;
}

static bool names(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  TagList tags = {0};
  if (!tag_fitting(visit->arena, visit->desk, text_of(web_query(request, "part")), FITTING, &tags, error)) return false;
  response->type = "text/plain; charset=utf-8";
  list_each(const Tag, tag, &tags) g_string_append_printf(response->body, "%s\n", tag->name);
  return true;
}

static bool show_all(const Visit *visit, WebResponse *response, TagsPage *page, GError **error) {
  Arena *arena = visit->arena;
  const char *after = text_of(web_query(visit->request, "after"));
  bool has_more = false;
  page->text = text_of(web_query(visit->request, "text"));
  page->is_retired = web_query(visit->request, "retired") != NULL;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &page->shell, error) ||
      !tag_list(arena, visit->desk, !page->is_retired, page->text, after, &page->tags, &has_more, error))
    return false;
  if (has_more)
    page->more = arena_printf(arena, "/tags?%stext=%s&after=%s", page->is_retired ? "retired=yes&" : "",
                              escaped(arena, page->text), escaped(arena, page->tags.items[page->tags.count - 1].name_key));
  page->shell.title = "Tags";
  if (page->problem) response->status = 422;
  render_tags(response->body, page);
  return true;
}

static bool tags_page(WebRequest *request, WebResponse *response, GError **error) {
  TagsPage page = {.kept = shell_kept(visit_of(request))};
  return show_all(visit_of(request), response, &page, error);
}

static bool make(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  TagsPage page = {.name = text_of(web_form(request, "name"))};
  g_autoptr(GError) refusal = NULL;
  int64_t id = 0;
  if (tag_make_by_hand(visit->desk, visit->staff, page.name, &id, &refusal)) {
    web_redirect(response, arena_printf(visit->arena, "/tags/%" G_GINT64_FORMAT "?kept=made", id));
    return true;
  }
  if (!is_typing(refusal)) return g_propagate_error(error, g_steal_pointer(&refusal)), false;
  page.problem = refusal->message;
  return show_all(visit, response, &page, error);
}

static bool show_one(const Visit *visit, WebResponse *response, int64_t id, TagPage *page, GError **error) {
  Tag *tag = NULL;
  if (!tag_find(visit->arena, visit->desk, id, &tag, error) || !shell_open(visit, RAIL_HOUSE, "plain", &page->shell, error))
    return false;
  page->tag = tag;
  page->kept = shell_kept(visit);
  if (!page->name) page->name = tag->name;
  if (!page->with) page->with = "";
  page->shell.title = tag->name;
  if (page->problem || page->name_problem || page->with_problem) response->status = 422;
  render_tag(response->body, page);
  return true;
}

static bool tag_page(WebRequest *request, WebResponse *response, GError **error) {
  TagPage page = {0};
  int64_t id;
  return web_path_int(request, "tag", &id, error) && show_one(visit_of(request), response, id, &page, error);
}

// Leads back to the tag, or shows it with what could not be at `*place`.
static bool settle(const Visit *visit, WebResponse *response, int64_t id, const char *kept, TagPage *page, const char **place,
                   GError **refusal, GError **error) {
  if (!*refusal) {
    web_redirect(response, arena_printf(visit->arena, "/tags/%" G_GINT64_FORMAT "?kept=%s", id, kept));
    return true;
  }
  if (!is_typing(*refusal)) return g_propagate_error(error, g_steal_pointer(refusal)), false;
  *place = (*refusal)->message;
  return show_one(visit, response, id, page, error);
}

static bool rename_it(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  TagPage page = {.name = text_of(web_form(request, "name"))};
  g_autoptr(GError) refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "tag", &id, error)) return false;
  tag_rename(visit->desk, visit->staff, id, page.name, &refusal);
  return settle(visit, response, id, "yes", &page, &page.name_problem, &refusal, error);
}

static bool set_active(WebRequest *request, WebResponse *response, bool is_active, GError **error) {
  const Visit *visit = visit_of(request);
  TagPage page = {0};
  g_autoptr(GError) refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "tag", &id, error)) return false;
  is_active ? tag_restore(visit->desk, visit->staff, id, &refusal) : tag_retire(visit->desk, visit->staff, id, &refusal);
  return settle(visit, response, id, is_active ? "restored" : "retired", &page, &page.problem, &refusal, error);
}
static bool retire(WebRequest *request, WebResponse *response, GError **error) {
  return set_active(request, response, false, error);
}
static bool restore(WebRequest *request, WebResponse *response, GError **error) {
  return set_active(request, response, true, error);
}

static bool unite_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  TagUnitePage page = {0};
  TagPage back = {.with = text_of(web_query(request, "with"))};
  Tag *tag = NULL, *into = NULL;
  g_autoptr(GError) refusal = NULL;
  int64_t id;
  if (!web_path_int(request, "tag", &id, error) || !tag_find(visit->arena, visit->desk, id, &tag, error)) return false;
  if (!tag_named(visit->arena, visit->desk, back.with, &into, &refusal)) {
    if (!error_is(refusal, ERROR_NOT_FOUND)) return g_propagate_error(error, g_steal_pointer(&refusal)), false;
    back.with_problem = "There is no tag of this name. Choose one of those that are offered.";
  } else if (into->id == id)
    back.with_problem = "That is this tag itself; choose another.";
  if (back.with_problem) return show_one(visit, response, id, &back, error);
  if (!tag_find(visit->arena, visit->desk, into->id, &into, error) || !shell_open(visit, RAIL_HOUSE, "plain", &page.shell, error))
    return false;
  page.tag = tag;
  page.into = into;
  page.shell.title = "Unite two tags?";
  render_tag_unite(response->body, &page);
  return true;
}

static bool unite(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  TagPage page = {0};
  g_autoptr(GError) refusal = NULL;
  int64_t id, into = visit_form_int(visit, "into");
  if (!web_path_int(request, "tag", &id, error)) return false;
  bool worked = tag_merge(visit->desk, visit->staff, id, into, &refusal);
  return settle(visit, response, worked ? into : id, "united", &page, &page.problem, &refusal, error);
}

const WebRoute tag_routes[] = {
  {WEB_GET, "/tags", PERMISSION_SUPERVISE, tags_page, 0},
  {WEB_POST, "/tags", PERMISSION_SUPERVISE, make, 0},
  {WEB_GET, "/tags/names", PERMISSION_READ, names, 0},
  {WEB_GET, "/tags/:tag", PERMISSION_SUPERVISE, tag_page, 0},
  {WEB_POST, "/tags/:tag", PERMISSION_SUPERVISE, rename_it, 0},
  {WEB_GET, "/tags/:tag/unite", PERMISSION_SUPERVISE, unite_page, 0},
  {WEB_POST, "/tags/:tag/unite", PERMISSION_SUPERVISE, unite, 0},
  {WEB_POST, "/tags/:tag/retire", PERMISSION_SUPERVISE, retire, 0},
  {WEB_POST, "/tags/:tag/restore", PERMISSION_SUPERVISE, restore, 0},
  {0},
};
