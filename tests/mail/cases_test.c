// The hard cases of mail as a specification: every NN-name.eml here is parsed and must agree with NN-name.json, which holds only what
// the case is about. README.md says how an expectation is written. The table of the cases stands in doc/mail.md.
//
// The certificates of case 48 are trusted through SSL_CERT_FILE, as an administrator of a house with an authority of its own would.
#include "mail/mail.h"

#define CASES 53

static const char *folder(void) {
  const char *path = g_getenv("RAPPORT_MAIL_CASES");
  g_assert_nonnull(path); // meson sets it
  return path;
}

static Bytes read_file(Arena *arena, const char *name, const char *ending) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strdup_printf("%s/%s%s", folder(), name, ending);
  g_autofree char *data = NULL;
  size_t size = 0;
  g_file_get_contents(path, &data, &size, &error);
  g_assert_no_error(error);
  return bytes_of(arena_copy(arena, data, size + 1), size);
}

static void compare(const char *where, const Json *found, const Json *expected);

static bool agrees(const Json *found, const Json *expected) {
  if (json_is_string(expected) && json_is_string(found))
    return strstr(json_string_value(found), json_string_value(expected)) != NULL;
  const char *key;
  Json *value;
  Json *unchanged = json_incref((Json *)(uintptr_t)expected);
  bool is_same = true;
  json_object_foreach(unchanged, key, value) is_same &= json_equal(json_object_get(found, key), value);
  json_decref(unchanged);
  return is_same;
}

static void expect_contains(const char *where, const Json *found, const Json *expected, bool is_wanted) {
  if (json_is_array(expected)) {
    for (size_t i = 0; i < json_array_size(expected); i++) expect_contains(where, found, json_array_get(expected, i), is_wanted);
    return;
  }
  bool holds = json_is_string(found) && agrees(found, expected);
  for (size_t i = 0; !holds && i < json_array_size(found); i++) holds = agrees(json_array_get(found, i), expected);
  if (holds == is_wanted) return;
  g_test_message("%s: looked for %s", where, json_string_value(expected));
  g_autofree char *text = json_dumps(found, JSON_ENCODE_ANY);
  g_test_message("found %s", text);
  g_test_fail();
}

// "text contains" is the key "text" with a test of its own.
static void compare_key(const char *where, const Json *found, const char *key, const Json *expected) {
  const char *space = strchr(key, ' ');
  g_autofree char *name = space ? g_strndup(key, (size_t)(space - key)) : g_strdup(key);
  g_autofree char *path = g_strdup_printf("%s.%s", where, name);
  const Json *value = json_object_get(found, name);
  const char *test = space ? space + 1 : "";
  if (!value) g_error("%s is no key of the result", path);
  if (!*test)
    compare(path, value, expected);
  else if (strcmp(test, "contains") == 0 || strcmp(test, "contain") == 0)
    expect_contains(path, value, expected, true);
  else if (strcmp(test, "lacks") == 0)
    expect_contains(path, value, expected, false);
  else if (strcmp(test, "count") == 0)
    g_assert_cmpuint(json_array_size(value), ==, (size_t)json_integer_value(expected));
  else if (strcmp(test, "length") == 0)
    g_assert_cmpint(g_utf8_strlen(json_string_value(value), -1), ==, json_integer_value(expected));
  else
    g_error("%s: no such test", key);
}

static void compare(const char *where, const Json *found, const Json *expected) {
  if (json_is_object(expected) && json_is_object(found)) {
    Json *object = json_deep_copy(expected);
    const char *key;
    Json *value;
    json_object_foreach(object, key, value) compare_key(where, found, key, value);
    json_decref(object);
    return;
  }
  bool are_lists = json_is_array(expected) && json_array_size(found) == json_array_size(expected);
  for (size_t i = 0; are_lists && i < json_array_size(expected); i++) {
    g_autofree char *path = g_strdup_printf("%s[%zu]", where, i);
    compare(path, json_array_get(found, i), json_array_get(expected, i));
  }
  if (are_lists || json_equal(found, expected)) return;
  g_autofree char *is = json_dumps(found, JSON_ENCODE_ANY);
  g_autofree char *should_be = json_dumps(expected, JSON_ENCODE_ANY);
  g_test_message("%s: expected %s", where, should_be);
  g_test_message("%s: found    %s", where, is);
  g_test_fail();
}

static void try_case(gconstpointer name) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Bytes raw = read_file(arena, name, ".eml");
  g_autoptr(Json) expected = json_read(read_file(arena, name, ".json").data, &error);
  g_assert_no_error(error);
  g_autoptr(Json) found = mail_to_json(arena, mail_parse(arena, raw));
  g_assert_cmpuint(json_object_size(found), ==, MAIL_JSON_KEYS);
  compare(name, found, expected);
}

static bool has_case[CASES + 1];

static void every_case_has_a_mail(void) {
  for (int number = 1; number <= CASES; number++)
    if (!has_case[number]) {
      g_test_message("no mail shows case %d", number);
      g_test_fail();
    }
}

static int by_name(gconstpointer a, gconstpointer b) { return strcmp(*(char *const *)a, *(char *const *)b); }

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_autofree char *trusted = g_build_filename(folder(), "keys", "root.pem", NULL);
  g_setenv("SSL_CERT_FILE", trusted, TRUE);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) directory = g_dir_open(folder(), 0, NULL);
  for (const char *entry; (entry = g_dir_read_name(directory));)
    if (g_str_has_suffix(entry, ".eml")) g_ptr_array_add(names, g_strndup(entry, strlen(entry) - 4));
  g_ptr_array_sort(names, by_name);
  for (size_t i = 0; i < names->len; i++) {
    g_autofree char *path = g_strdup_printf("/mail/cases/%s", (char *)names->pdata[i]);
    int64_t number = g_ascii_strtoll(names->pdata[i], NULL, 10);
    if (number > 0 && number <= CASES) has_case[number] = true;
    g_test_add_data_func(path, names->pdata[i], try_case);
  }
  g_test_add_func("/mail/cases/every-case-has-a-mail", every_case_has_a_mail);
  return g_test_run();
}
