// Where in a list one is. It stands in the address of a page; a form does not carry it, so the way back after one takes it from the page
// that the form stood on. It is only ever put into addresses of the desk's own, and is read there as anything from outside.
#include "pages/shell/shell.h"

#include <string.h>

#define PLACE_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789.-" // of an order, and of "key.number"

const char *shell_came_from(const Visit *visit, const char *name) {
  const char *from = web_came_from(visit->request), *query = from ? strchr(from, '?') : NULL;
  if (!query) return NULL;
  g_autoptr(GHashTable) fields = g_uri_parse_params(query + 1, (gssize)strcspn(query + 1, "#"), "&", G_URI_PARAMS_WWW_FORM, NULL);
  return fields ? arena_strdup(visit->arena, g_hash_table_lookup(fields, name)) : NULL;
}

static const char *of_form(const Visit *visit, const char *name) {
  const char *view = visit->request->method == WEB_POST ? web_form(visit->request, "view") : NULL;
  return view && g_strcmp0(shell_came_from(visit, "view"), view) == 0 ? shell_came_from(visit, name) : NULL;
}

const char *shell_place(const Visit *visit, const char *name) {
  const char *said = web_query(visit->request, name);
  if (!said) said = of_form(visit, name);
  return said && strspn(said, PLACE_CHARACTERS) == strlen(said) ? said : NULL;
}

const char *shell_view_again(const Visit *visit, View view) {
  if (view == (View)VIEW_FOUND) return view_word(view); // its query is put back where it leads to, see found_leads_on
  const char *sort = shell_place(visit, "sort"), *after = shell_place(visit, "after");
  return arena_printf(visit->arena, "%s%s%s%s%s", view_word(view), sort ? "&sort=" : "", sort ? sort : "", after ? "&after=" : "",
                      after ? after : "");
}
