// Bytes: equality by content, NUL included, and nothing equals nothing.
#include "base/bytes.h"

#include <glib.h>

static void equality_is_by_content(void) {
  g_assert_true(bytes_equal(bytes_of("a\0b", 3), bytes_of("a\0b", 3)));
  g_assert_false(bytes_equal(bytes_of("a\0b", 3), bytes_of("a\0c", 3)));
  g_assert_false(bytes_equal(bytes_of("ab", 2), bytes_of("abc", 3)));
  g_assert_true(bytes_equal(bytes_of(NULL, 0), bytes_of_text("")));
}

static void a_text_is_its_bytes_without_the_end(void) { g_assert_cmpuint(bytes_of_text("né").size, ==, 3); }

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/bytes/equality-is-by-content", equality_is_by_content);
  g_test_add_func("/bytes/a-text-is-its-bytes-without-the-end", a_text_is_its_bytes_without_the_end);
  return g_test_run();
}
