// See found.h.
#include "pages/search/found.h"

#include "desk/conversation/conversation.h"
#include "pages/shell/shell.h"

#include <string.h>

int64_t found_after(const char *text) {
  gint64 after = 0;
  return text && g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &after, NULL) ? after : 0;
}

static Found read_address(const Visit *visit) {
  return (Found){web_query(visit->request, "q"), found_after(web_query(visit->request, "after"))};
}

static Found read_page_before(const Visit *visit) {
  return (Found){shell_came_from(visit, "q"), found_after(shell_came_from(visit, "after"))};
}

Found found_read(const Visit *visit) {
  Found found = read_address(visit);
  return found.query ? found : read_page_before(visit);
}

const char *found_suffix(Arena *arena, const Found *found) {
  g_autoptr(GString) suffix = g_string_new("&q=");
  g_string_append_uri_escaped(suffix, found->query, NULL, false);
  if (found->after) g_string_append_printf(suffix, "&after=%" G_GINT64_FORMAT, found->after);
  return arena_strndup(arena, suffix->str, suffix->len);
}

const char *found_address(Arena *arena, const Found *found, int64_t number) {
  const char *address = arena_printf(arena, "/search?%s", found_suffix(arena, found) + 1);
  return number ? arena_printf(arena, "%s#hit-%" G_GINT64_FORMAT, address, number) : address;
}

bool found_leads_on(const Visit *visit, WebResponse *response, const char *path) {
  View view = VIEW_OPEN;
  view_from_word(web_query(visit->request, "view"), &view);
  bool says_query = web_query(visit->request, "q") != NULL;
  if (view != (View)VIEW_FOUND || (says_query && strcmp(visit->request->path, path) == 0)) return false;
  Found found = found_read(visit);
  if (!found.query) return false;
  web_redirect(response, arena_printf(visit->arena, "%s?%s%s", path, web_query_text(visit->request),
                                      says_query ? "" : found_suffix(visit->arena, &found)));
  return true;
}
