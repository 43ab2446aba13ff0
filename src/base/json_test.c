// JSON: reading, what is refused and where, and getting values of the right type only.
#include "base/json.h"

static void reads_and_writes(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(Json) json = json_read("{ \"b\": 1, \"a\": [true, \"é\"] }", &error);
  g_assert_no_error(error);
  g_assert_cmpstr(json_text(arena, json), ==, "{\"b\":1,\"a\":[true,\"é\"]}");
}

static void broken_text_is_refused_with_its_place(void) {
  static const char *const broken[] = {"", "{", "{\n\"a\": }", "[1,]", "{} x", "{\"a\":1,\"a\":2}", "\"\xFF\""};
  for (size_t i = 0; i < G_N_ELEMENTS(broken); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(json_read(broken[i], &error));
    g_assert_true(error_is(error, ERROR_INVALID));
    g_assert_nonnull(strstr(error->message, "line"));
  }
  g_autoptr(GError) error = NULL;
  g_assert_null(json_read("{\n\"a\": }", &error));
  g_assert_nonnull(strstr(error->message, "line 2"));
  g_clear_error(&error);
  g_assert_null(json_read(NULL, &error));
  g_assert_nonnull(error);
}

static void depth_is_bounded(void) {
  g_autofree char *deep = g_strnfill(1000000, '[');
  g_autoptr(GError) error = NULL;
  g_assert_null(json_read(deep, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

static void values_of_another_type_are_absent(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Json) json = json_read("{\"t\":\"x\",\"i\":7,\"d\":1.5,\"n\":null}", NULL);
  g_assert_cmpstr(json_get_text(arena, json, "t"), ==, "x");
  g_assert_null(json_get_text(arena, json, "i"));
  g_assert_null(json_get_text(arena, json, "missing"));
  g_assert_null(json_get_text(arena, NULL, "t"));
  g_assert_cmpint(json_get_int(json, "i", -1), ==, 7);
  g_assert_cmpint(json_get_int(json, "d", -1), ==, -1);
  g_assert_cmpint(json_get_int(json, "t", -1), ==, -1);
  g_assert_cmpfloat(json_get_double(json, "d", -1), ==, 1.5);
  g_assert_cmpfloat(json_get_double(json, "i", -1), ==, 7);
  g_assert_cmpfloat(json_get_double(json, "n", -1), ==, -1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/json/reads-and-writes", reads_and_writes);
  g_test_add_func("/json/broken-text-is-refused-with-its-place", broken_text_is_refused_with_its_place);
  g_test_add_func("/json/depth-is-bounded", depth_is_bounded);
  g_test_add_func("/json/values-of-another-type-are-absent", values_of_another_type_are_absent);
  return g_test_run();
}
