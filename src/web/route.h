// Routes: the tables of the application, compiled into one tree of path segments.
#pragma once

#include "web/web.h"

#define ROUTE_SEGMENTS_MOST 16
#define ROUTE_NAMES_MOST 8

typedef struct RouteTree RouteTree; // lives in the arena it was made in

typedef struct RouteSlice { // of a path as it was sent: still percent-encoded
  const char *at;
  size_t length;
} RouteSlice;

typedef struct RouteMatch {
  const WebRoute *route;               // NULL: nothing answers this method here
  const char *const *names;            // of the segments that the pattern names
  RouteSlice values[ROUTE_NAMES_MOST]; // what stands there, in the same order
  size_t count;
  bool has_get, has_post; // what this path answers at all
} RouteMatch;

// NULL with ERROR_INVALID when a row cannot work: without permission, without handler, with a bad pattern, or there twice.
RouteTree *route_tree_new(Arena *arena, const WebRoute *const *tables, GError **error);
// `path` begins with "/". The result points into the tree and the path. Literal segments go before named ones.
RouteMatch route_match(const RouteTree *tree, WebMethod method, const char *path, size_t length);
