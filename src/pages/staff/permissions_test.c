// doc/permissions.md says what the route tables say: `RAPPORT_WRITE_DOC=yes` with this test puts the present ones into the file.
#include "pages/pages.h"
#include "pages/staff/staff.h"

#include <string.h>

#define MARK                                                                                                                     \
  "<!-- What follows is printed from the route tables of src/pages; staff/permissions_test.c writes and checks it. -->\n"

static void the_document_shows_the_routes(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  const char *printed = permission_print(arena);
  g_file_get_contents(DOCUMENT, &text, NULL, &error);
  g_assert_no_error(error);
  char *mark = strstr(text, MARK);
  g_assert_nonnull(mark);
  if (g_getenv("RAPPORT_WRITE_DOC")) {
    *mark = '\0';
    g_file_set_contents(DOCUMENT, arena_printf(arena, "%s%s%s", text, MARK, printed), -1, &error);
    g_assert_no_error(error);
  } else
    g_assert_cmpstr(mark + strlen(MARK), ==, printed);
}

static void every_route_has_a_permission_that_some_role_has(void) {
  size_t count = 0;
  for (const WebRoute *const *table = pages_tables(); *table; table++)
    for (const WebRoute *route = *table; route->pattern; route++, count++) {
      bool is_open = route->permission == PERMISSION_PUBLIC;
      for (unsigned role = 0; role < ROLE_COUNT; role++) is_open |= role_may(role, (Permission)route->permission);
      g_assert_true(is_open);
      g_assert_cmpstr(permission_word((Permission)route->permission), !=, "");
    }
  g_autoptr(Arena) arena = arena_new();
  PermissionGroupList groups = {0};
  permission_groups(arena, &groups);
  list_each(const PermissionGroup, group, &groups) count -= group->rows.count;
  g_assert_cmpuint(count, ==, 0); // none is left out
}

// What nobody may do without signing in is the shortest list, and it is looked at whenever it grows.
static void little_is_open_to_strangers(void) {
  static const char *const open_ones[] = {"/sign-in",       "/welcome/:token", "/setup/:token", "/branding/logo/:hash",
                                          "/choose/:token", "/appeal/:token",  "/healthz"};
  for (const WebRoute *const *table = pages_tables(); *table; table++)
    for (const WebRoute *route = *table; route->pattern; route++) {
      bool is_known = route->permission != PERMISSION_PUBLIC;
      for (size_t i = 0; i < G_N_ELEMENTS(open_ones); i++) is_known |= strcmp(open_ones[i], route->pattern) == 0;
      if (!is_known) g_error("%s is open to strangers; if that is meant, name it here.", route->pattern);
    }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/permissions/document", the_document_shows_the_routes);
  g_test_add_func("/permissions/whole", every_route_has_a_permission_that_some_role_has);
  g_test_add_func("/permissions/strangers", little_is_open_to_strangers);
  return g_test_run();
}
