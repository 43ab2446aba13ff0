// The query stands in the address, so that it can be kept, sent to a colleague, and gone back to. What it got wrong is said above what
// the rest of it found.
#include "pages/search/search.h"
#include "base/words.h"

#include "base/text.h"
#include "pages/conversation/list.h"
#include "pages/search.html.h"

const char *search_place_words(const SearchResult *result) {
  if (result->is_attachment) return "the name of a file";
  if (!result->message_id) return NULL;
  switch (result->kind) {
  case MESSAGE_NOTE: return "in a note";
  case MESSAGE_AGENT: return "in our answer";
  case MESSAGE_CUSTOMER:
  case MESSAGE_AUTOMATIC:
  case MESSAGE_NOTICE:
  case MESSAGE_TAKEN_BACK: break;
  }
  return NULL;
}

// In a long conversation that message is not among the newest: the page is asked for those up to it.
const char *search_address(const SearchSheet *sheet, const SearchResult *result) {
  Arena *arena = sheet->shell.visit->arena;
  const ConversationRow *row = result->row;
  const char *page = arena_printf(arena, "/conversations/%" G_GINT64_FORMAT "?view=found%s", row->number,
                                  found_suffix(arena, &sheet->found));
  if (!result->message_id) return arena_printf(arena, "%s#latest", page);
  if (row->message_count < THREAD_PAGE / 2) return arena_printf(arena, "%s#m%" G_GINT64_FORMAT, page, result->message_id);
  return arena_printf(arena, "%s&before=%" G_GINT64_FORMAT "#m%" G_GINT64_FORMAT, page, result->message_id + 1,
                      result->message_id);
}

static const char *address_of(Arena *arena, const char *query, int64_t after) {
  return found_address(arena, &(Found){query, after}, 0);
}

static void add_token(const Visit *visit, SearchSheet *sheet, const char *token, const char *meaning) {
  const char *text = sheet->search.text;
  const char *query = text_is_blank(text) ? token : arena_printf(visit->arena, "%s %s", text, token);
  *list_add(visit->arena, &sheet->tokens) = (SearchToken){token, meaning, address_of(visit->arena, query, 0)};
}

static void add_tokens(const Visit *visit, SearchSheet *sheet) {
  size_t count;
  const SearchFilter *filters = search_filters(&count);
  for (size_t i = 0; i < count; i++) add_token(visit, sheet, filters[i].example, filters[i].meaning);
}

// What somebody from outside wrote, where nothing can be opened: when anything of it is folded, its hits are no longer marked.
static void shield(const Visit *visit, SnippetPieceList *pieces) {
  g_autoptr(GString) whole = g_string_new(NULL);
  list_each(const SnippetPiece, piece, pieces) g_string_append(whole, piece->text);
  const char *text = arena_strndup(visit->arena, whole->str, whole->len), *shown = shell_line(visit, text);
  if (shown == text) return;
  pieces->count = 1;
  pieces->items[0] = (SnippetPiece){shown, false};
}

static void shield_results(const Visit *visit, SearchPage *page) {
  list_each(SearchResult, result, &page->results) {
    shield(visit, &result->subject);
    if (result->message_id && result->kind == MESSAGE_CUSTOMER) shield(visit, &result->snippet);
  }
}

static bool load(const Visit *visit, SearchSheet *sheet, const char *text, GError **error) {
  int64_t after = found_after(web_query(visit->request, "after"));
  if (!shell_open(visit, RAIL_SEARCH, "plain", &sheet->shell, error) ||
      !search_read(visit->arena, visit->desk, visit->staff, text, visit->shows_readings, &sheet->search, error) ||
      !search_look(visit->arena, visit->desk, &sheet->search, after, &sheet->page, error) ||
      !sent_load(visit, &sheet->sent, error) || !bulk_notice_load(visit, true, &sheet->bulk, error))
    return false;
  shield_results(visit, &sheet->page);
  text = sheet->search.text;
  sheet->found = (Found){text, after};
  add_tokens(visit, sheet);
  sheet->is_continued = after != 0;
  sheet->top = address_of(visit->arena, text, 0);
  sheet->more = address_of(visit->arena, text, sheet->page.next);
  sheet->shell.title = text_is_blank(text) ? "Search" : arena_say(visit->arena, "Search: %s", text_clamp(visit->arena, text, 60));
  return true;
}

bool search_page(WebRequest *request, WebResponse *response, GError **error) {
  SearchSheet *sheet = arena_make(request->arena, SearchSheet);
  if (!load(visit_of(request), sheet, web_query(request, "q"), error)) return false;
  render_search_page(response->body, sheet);
  return true;
}

// ——— views

static bool post_view(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  SearchSheet *sheet = arena_make(request->arena, SearchSheet);
  const char *name = web_form(request, "name"), *query = web_form(request, "q");
  bool is_shared = web_form(request, "shared") != NULL;
  int64_t id;
  if (!view_make(visit->arena, visit->desk, visit->staff, name, query, is_shared, &id, &sheet->view_problem, error)) return false;
  if (!sheet->view_problem) {
    web_redirect(response, arena_printf(visit->arena, "/?view=%s", view_word((View)(VIEW_SAVED + id))));
    return true;
  }
  sheet->view_name = name;
  sheet->view_is_shared = is_shared;
  if (!load(visit, sheet, query, error)) return false;
  response->status = 422;
  render_search_page(response->body, sheet);
  return true;
}

static bool post_change(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ListChange change = {.draft = {.name = web_form(request, "name"), .query = web_form(request, "q")}};
  int64_t id;
  change.draft.is_shared = web_form(request, "shared") != NULL;
  change.draft.version = visit_form_int(visit, "version");
  if (!web_path_int(request, "id", &id, error) ||
      !view_change(visit->arena, visit->desk, visit->staff, id, &change.draft, &change.problems, error))
    return false;
  if (view_has_problem(&change.problems)) return list_show_problem(visit, response, &change, error);
  web_redirect(response, arena_printf(visit->arena, "/?view=%s", view_word((View)(VIEW_SAVED + id))));
  return true;
}

static bool post_remove(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "id", &id, error) || !view_remove(visit->desk, visit->staff, id, error)) return false;
  web_redirect(response, "/");
  return true;
}

const WebRoute search_routes[] = {
  {WEB_GET, "/search", PERMISSION_READ, search_page, 0},
  {WEB_POST, "/views", PERMISSION_READ, post_view, 0},
  {WEB_POST, "/views/:id", PERMISSION_READ, post_change, 0},
  {WEB_POST, "/views/:id/remove", PERMISSION_READ, post_remove, 0},
  {0},
};
