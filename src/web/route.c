// Routing. Every pattern becomes a way through a tree of segments; a node has named children for literal segments and at most
// one child that matches any segment. A path is cut into segments first and decoded while comparing, so that "%2F" inside a
// segment stays inside it. The search tries literals before the named child and goes back when that leads nowhere; its depth
// is bounded by the number of segments. The tree never changes after start, so threads share it without a lock.
#include "web/route.h"

#include "web/form.h"

typedef struct Leaf {
  const WebRoute *route;
  const char *names[ROUTE_NAMES_MOST];
  size_t count;
} Leaf;

typedef struct Node {
  const char *literal; // NULL in the root and in named children
  size_t length;
  struct Node *children, *next; // literal ones
  struct Node *any;
  Leaf *get, *post;
} Node;

struct RouteTree {
  Node root;
};

static bool refuse(const WebRoute *route, const char *why, GError **error) {
  return error_set(error, ERROR_INVALID, "The route %s %s %s.", route->method == WEB_GET ? "GET" : "POST", route->pattern, why);
}

static Node *literal_child(Arena *arena, Node *node, const char *text, size_t length) {
  Node **at = &node->children;
  for (; *at; at = &(*at)->next)
    if ((*at)->length == length && memcmp((*at)->literal, text, length) == 0) return *at;
  *at = arena_make(arena, Node);
  (*at)->literal = arena_strndup(arena, text, length);
  (*at)->length = length;
  return *at;
}

// The node that the pattern leads to, made when it is not there; the names on the way go into `leaf`.
static Node *grow(Arena *arena, RouteTree *tree, const WebRoute *route, Leaf *leaf, GError **error) {
  Node *node = &tree->root;
  int depth = 0;
  for (const char *at = route->pattern + 1; *at;) {
    size_t length = strcspn(at, "/");
    if (length == 0) return refuse(route, "has an empty segment", error), NULL;
    if (++depth > ROUTE_SEGMENTS_MOST) return refuse(route, "has too many segments", error), NULL;
    if (*at == ':') {
      if (length == 1) return refuse(route, "has a segment without a name", error), NULL;
      if (leaf->count == ROUTE_NAMES_MOST) return refuse(route, "names too many segments", error), NULL;
      const char *name = arena_strndup(arena, at + 1, length - 1);
      for (size_t i = 0; i < leaf->count; i++)
        if (strcmp(leaf->names[i], name) == 0) return refuse(route, "uses one name twice", error), NULL;
      leaf->names[leaf->count++] = name;
      if (!node->any) node->any = arena_make(arena, Node);
      node = node->any;
    } else {
      node = literal_child(arena, node, at, length);
    }
    at += length;
    if (*at == '/' && !*++at) return refuse(route, "ends with \"/\"", error), NULL;
  }
  return node;
}

static bool add_route(Arena *arena, RouteTree *tree, const WebRoute *route, GError **error) {
  if (route->permission == 0) return refuse(route, "has no permission; say in its row who may use it", error);
  if (!route->handler) return refuse(route, "has no handler", error);
  if (route->pattern[0] != '/') return refuse(route, "does not begin with \"/\"", error);
  Leaf *leaf = arena_make(arena, Leaf);
  leaf->route = route;
  Node *node = grow(arena, tree, route, leaf, error);
  if (!node) return false;
  Leaf **place = route->method == WEB_GET ? &node->get : &node->post;
  if (*place) return refuse(route, "is in the tables twice", error);
  *place = leaf;
  return true;
}

RouteTree *route_tree_new(Arena *arena, const WebRoute *const *tables, GError **error) {
  RouteTree *tree = arena_make(arena, RouteTree);
  for (; tables && *tables; tables++)
    for (const WebRoute *route = *tables; route->pattern; route++)
      if (!add_route(arena, tree, route, error)) return NULL;
  return tree;
}

static bool is_literal(RouteSlice segment, const Node *node) {
  if (segment.length == node->length) return memcmp(segment.at, node->literal, node->length) == 0;
  if (segment.length < node->length) return false;
  const char *at = segment.at, *end = at + segment.length;
  for (size_t i = 0; i < node->length; i++) {
    int byte = at < end ? form_percent_byte(at, end) : -1;
    if (at == end || (byte >= 0 ? (char)byte : *at) != node->literal[i]) return false;
    at += byte >= 0 ? 3 : 1;
  }
  return at == end;
}

typedef struct Search {
  RouteSlice segments[ROUTE_SEGMENTS_MOST];
  size_t count;
  WebMethod method;
  RouteMatch match;
} Search;

// True when the segments from `depth` on lead to a route for this method. `named` counts the named segments so far.
static bool walk(Search *search, const Node *node, size_t depth, size_t named) {
  if (depth == search->count) {
    const Leaf *leaf = search->method == WEB_GET ? node->get : node->post;
    search->match.has_get |= node->get != NULL;
    search->match.has_post |= node->post != NULL;
    if (!leaf) return false;
    search->match.route = leaf->route;
    search->match.names = leaf->names;
    search->match.count = leaf->count;
    return true;
  }
  RouteSlice segment = search->segments[depth];
  for (const Node *child = node->children; child; child = child->next)
    if (is_literal(segment, child) && walk(search, child, depth + 1, named)) return true;
  if (!node->any || segment.length == 0 || named == ROUTE_NAMES_MOST) return false;
  search->match.values[named] = segment;
  return walk(search, node->any, depth + 1, named + 1);
}

RouteMatch route_match(const RouteTree *tree, WebMethod method, const char *path, size_t length) {
  Search search = {.count = 0, .method = method};
  const char *at = path + 1, *end = path + length;
  while (length > 1 && search.count < ROUTE_SEGMENTS_MOST) {
    const char *stop = memchr(at, '/', (size_t)(end - at));
    search.segments[search.count++] = (RouteSlice){at, (size_t)((stop ? stop : end) - at)};
    if (!stop) break;
    at = stop + 1;
    if (search.count == ROUTE_SEGMENTS_MOST) return search.match;
  }
  walk(&search, &tree->root, 0, 0);
  return search.match;
}
