// What the route tables promise: which path leads where, what stands in the named segments, and which tables do not start.
#include "web/route.h"

static bool handle(WebRequest *request, WebResponse *response, GError **error) { return true; }

static RouteTree *tree_of(Arena *arena, const WebRoute *rows, GError **error) {
  const WebRoute *const tables[] = {rows, NULL};
  return route_tree_new(arena, tables, error);
}

static const WebRoute rows[] = {
  {WEB_GET, "/", 1, handle},
  {WEB_GET, "/conversations", 2, handle},
  {WEB_GET, "/conversations/:number", 3, handle},
  {WEB_POST, "/conversations/:number", 4, handle},
  {WEB_GET, "/conversations/new", 5, handle},
  {WEB_POST, "/conversations/:id/files/:name", 6, handle},
  {WEB_GET, "/conversations/new/back", 7, handle},
  {0},
};

static RouteMatch match(RouteTree *tree, WebMethod method, const char *path) {
  return route_match(tree, method, path, strlen(path));
}

static int found(RouteTree *tree, WebMethod method, const char *path) {
  RouteMatch result = match(tree, method, path);
  return result.route ? result.route->permission : 0;
}

static void finds_literals_before_names(void) {
  g_autoptr(Arena) arena = arena_new();
  RouteTree *tree = tree_of(arena, rows, NULL);
  g_assert_cmpint(found(tree, WEB_GET, "/"), ==, 1);
  g_assert_cmpint(found(tree, WEB_GET, "/conversations"), ==, 2);
  g_assert_cmpint(found(tree, WEB_GET, "/conversations/1042"), ==, 3);
  g_assert_cmpint(found(tree, WEB_POST, "/conversations/1042"), ==, 4);
  g_assert_cmpint(found(tree, WEB_GET, "/conversations/new"), ==, 5);
  g_assert_cmpint(found(tree, WEB_POST, "/conversations/new"), ==, 4);         // only the named one takes a POST
  g_assert_cmpint(found(tree, WEB_POST, "/conversations/new/files/a"), ==, 6); // the literal "new" leads nowhere there
}

static void does_not_guess(void) {
  g_autoptr(Arena) arena = arena_new();
  RouteTree *tree = tree_of(arena, rows, NULL);
  const char *const strange[] = {"//",
                                 "/conversations/",
                                 "/conversation",
                                 "/conversationss",
                                 "//conversations",
                                 "/conversations//files/a",
                                 "/Conversations",
                                 "/conversations/1/files/",
                                 "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a"};
  for (size_t i = 0; i < G_N_ELEMENTS(strange); i++) {
    g_assert_cmpint(found(tree, WEB_GET, strange[i]), ==, 0);
    g_assert_cmpint(found(tree, WEB_POST, strange[i]), ==, 0);
  }
}

static void gives_named_segments_undecoded(void) {
  g_autoptr(Arena) arena = arena_new();
  RouteTree *tree = tree_of(arena, rows, NULL);
  RouteMatch result = match(tree, WEB_POST, "/conversations/7/files/a%2Fb.pdf");
  g_assert_cmpuint(result.count, ==, 2);
  g_assert_cmpstr(result.names[0], ==, "id");
  g_assert_cmpstr(result.names[1], ==, "name");
  g_assert_cmpstr(arena_strndup(arena, result.values[0].at, result.values[0].length), ==, "7");
  g_assert_cmpstr(arena_strndup(arena, result.values[1].at, result.values[1].length), ==, "a%2Fb.pdf");
}

static void decodes_literals(void) {
  g_autoptr(Arena) arena = arena_new();
  RouteTree *tree = tree_of(arena, rows, NULL);
  g_assert_cmpint(found(tree, WEB_GET, "/%63onversation%73"), ==, 2);
  g_assert_cmpint(found(tree, WEB_GET, "/conversation%"), ==, 0);
}

static void says_which_methods_there_are(void) {
  g_autoptr(Arena) arena = arena_new();
  RouteTree *tree = tree_of(arena, rows, NULL);
  RouteMatch result = match(tree, WEB_POST, "/conversations");
  g_assert_null(result.route);
  g_assert_true(result.has_get && !result.has_post);
  result = match(tree, WEB_GET, "/conversations/1/files/x");
  g_assert_true(!result.route && !result.has_get && result.has_post);
  result = match(tree, WEB_GET, "/nowhere");
  g_assert_true(!result.route && !result.has_get && !result.has_post);
}

static void refuses(const WebRoute *row, const char *why) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const WebRoute table[] = {row[0], {0}};
  g_assert_null(tree_of(arena, table, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  if (!strstr(error->message, why)) g_error("\"%s\" does not say \"%s\"", error->message, why);
}

static void refuses_bad_rows(void) {
  refuses(&(WebRoute){WEB_GET, "/a", 0, handle}, "GET /a has no permission");
  refuses(&(WebRoute){WEB_POST, "/a", 1, NULL}, "POST /a has no handler");
  refuses(&(WebRoute){WEB_GET, "a", 1, handle}, "does not begin with \"/\"");
  refuses(&(WebRoute){WEB_GET, "/a//b", 1, handle}, "empty segment");
  refuses(&(WebRoute){WEB_GET, "/a/", 1, handle}, "ends with \"/\"");
  refuses(&(WebRoute){WEB_GET, "/:/b", 1, handle}, "without a name");
  refuses(&(WebRoute){WEB_GET, "/:a/:a", 1, handle}, "one name twice");
  refuses(&(WebRoute){WEB_GET, "/:a/:b/:c/:d/:e/:f/:g/:h/:i", 1, handle}, "names too many");
  refuses(&(WebRoute){WEB_GET, "/1/2/3/4/5/6/7/8/9/0/1/2/3/4/5/6/7", 1, handle}, "too many segments");
}

static void refuses_a_route_that_is_there_twice(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  const WebRoute twice[] = {{WEB_GET, "/a/:x", 1, handle}, {WEB_GET, "/a/:y", 1, handle}, {0}};
  g_assert_null(tree_of(arena, twice, &error));
  g_assert_nonnull(strstr(error->message, "GET /a/:y is in the tables twice"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/web/route/finds-literals-before-names", finds_literals_before_names);
  g_test_add_func("/web/route/does-not-guess", does_not_guess);
  g_test_add_func("/web/route/gives-named-segments-undecoded", gives_named_segments_undecoded);
  g_test_add_func("/web/route/decodes-literals", decodes_literals);
  g_test_add_func("/web/route/says-which-methods-there-are", says_which_methods_there_are);
  g_test_add_func("/web/route/refuses-bad-rows", refuses_bad_rows);
  g_test_add_func("/web/route/refuses-a-route-that-is-there-twice", refuses_a_route_that_is_there_twice);
  return g_test_run();
}
