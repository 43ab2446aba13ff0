// Who may do what, read from the route tables that the server itself matches requests with: what is printed here is what is enforced.
#include "pages/pages.h"
#include "pages/permissions.html.h"
#include "pages/staff/staff.h"

#include <string.h>

static int compare_rows(const void *a, const void *b) {
  const PermissionRow *mine = a, *theirs = b;
  int by_pattern = strcmp(mine->pattern, theirs->pattern);
  return by_pattern ? by_pattern : strcmp(mine->method, theirs->method);
}

static void add_routes(Arena *arena, Permission permission, PermissionRowList *out) {
  for (const WebRoute *const *table = pages_tables(); *table; table++)
    for (const WebRoute *route = *table; route->pattern; route++)
      if (route->permission == (int)permission)
        *list_add(arena, out) = (PermissionRow){route->method == WEB_POST ? "POST" : "GET", route->pattern, permission};
}

void permission_groups(Arena *arena, PermissionGroupList *out) {
  for (unsigned permission = PERMISSION_PUBLIC; permission <= PERMISSION_LAST; permission++) {
    PermissionRowList rows = {0};
    add_routes(arena, permission, &rows);
    if (rows.count == 0) continue;
    qsort(rows.items, rows.count, sizeof *rows.items, compare_rows);
    *list_add(arena, out) = (PermissionGroup){permission, rows};
  }
}

bool pages_has_route(const char *pattern) {
  for (const WebRoute *const *table = pages_tables(); *table; table++)
    for (const WebRoute *route = *table; route->pattern; route++)
      if (route->method == WEB_GET && strcmp(route->pattern, pattern) == 0) return true;
  return false;
}

static void print_group(const PermissionGroup *group, GString *out) {
  g_string_append_printf(out, "\n## %s\n\n%s\n\nOpen to:", permission_word(group->permission),
                         permission_words(group->permission));
  if (group->permission == PERMISSION_PUBLIC) g_string_append(out, " everybody");
  for (unsigned role = 0; role < ROLE_COUNT && group->permission != PERMISSION_PUBLIC; role++)
    if (role_may(role, group->permission)) g_string_append_printf(out, " %s", role_word(role));
  g_string_append(out, ".\n\n| | route |\n|---|---|\n");
  list_each(const PermissionRow, row, &group->rows) g_string_append_printf(out, "| %s | `%s` |\n", row->method, row->pattern);
}

const char *permission_print(Arena *arena) {
  g_autoptr(GString) out = g_string_new(NULL);
  PermissionGroupList groups = {0};
  permission_groups(arena, &groups);
  list_each(const PermissionGroup, group, &groups) print_group(group, out);
  return arena_strndup(arena, out->str, out->len);
}

static bool permissions_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  PermissionGroupList groups = {0};
  Shell shell;
  if (!shell_open(visit, RAIL_HOUSE, "plain", &shell, error)) return false;
  permission_groups(visit->arena, &groups);
  shell.title = "Roles and permissions";
  render_permissions(response->body, &shell, &groups);
  return true;
}

const WebRoute permission_routes[] = {
  {WEB_GET, "/permissions", PERMISSION_READ, permissions_page, 0},
  {0},
};
