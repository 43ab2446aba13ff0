// JSON: jansson, with its handles released by scope. json_t lives on jansson's heap, not in an arena.
#pragma once

#include "base/arena.h"
#include "base/error.h"

#include <jansson.h>

typedef json_t Json;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Json, json_decref)

// Compact text in the arena, keys in the order they were set.
const char *json_text(Arena *arena, const Json *json);
// Parses `text`, any JSON value; NULL with ERROR_INVALID naming line and column. A key that stands twice is an error too.
Json *json_read(const char *text, GError **error);
// The string at `key`, copied; NULL when absent or not a string. Integers and numbers likewise with a default.
const char *json_get_text(Arena *arena, const Json *json, const char *key);
int64_t json_get_int(const Json *json, const char *key, int64_t otherwise);
double json_get_double(const Json *json, const char *key, double otherwise);
