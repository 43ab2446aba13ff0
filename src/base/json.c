// JSON: thin calls over jansson. Text that is read may be hostile: jansson bounds the depth (2048) and seeds its hash
// tables; double keys are refused here, because two readers could take a different one of them.
#include "base/json.h"

#include <stdlib.h>

const char *json_text(Arena *arena, const Json *json) {
  char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
  if (!text) g_error("json_text: a value that cannot be written"); // NULL or a cycle: a bug
  const char *copy = arena_strdup(arena, text);
  free(text);
  return copy;
}

Json *json_read(const char *text, GError **error) {
  json_error_t problem;
  Json *json = text ? json_loads(text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem) : NULL;
  if (!text)
    error_set(error, ERROR_INVALID, "There is no JSON.");
  else if (!json)
    error_set(error, ERROR_INVALID, "The JSON is broken at line %d, column %d: %s.", problem.line, problem.column, problem.text);
  return json;
}

const char *json_get_text(Arena *arena, const Json *json, const char *key) {
  return arena_strdup(arena, json_string_value(json_object_get(json, key)));
}

int64_t json_get_int(const Json *json, const char *key, int64_t otherwise) {
  const Json *value = json_object_get(json, key);
  return json_is_integer(value) ? (int64_t)json_integer_value(value) : otherwise;
}

double json_get_double(const Json *json, const char *key, double otherwise) {
  const Json *value = json_object_get(json, key);
  return json_is_number(value) ? json_number_value(value) : otherwise;
}
