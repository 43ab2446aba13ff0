// The arena: alignment, zeroing, growth, order of release, and that a read outside an allocation dies under AddressSanitizer.
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN true
#endif
#endif
#ifndef HAS_ASAN
#define HAS_ASAN false
#endif

static bool is_zero(const char *data, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (data[i]) return false;
  return true;
}

static void gives_zeroed_aligned_memory(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GRand) rand = g_rand_new_with_seed(1);
  for (int i = 0; i < 5000; i++) {
    size_t size = (size_t)g_rand_int_range(rand, 0, i % 100 == 0 ? 100000 : 300);
    char *at = arena_alloc(arena, size);
    g_assert_cmpuint((uintptr_t)at % 16, ==, 0);
    g_assert_true(is_zero(at, size));
    memset(at, 0xAA, size);
  }
}

static void is_zeroed_again_after_reset(void) {
  g_autoptr(Arena) arena = arena_new();
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < 100; i++) {
      char *at = arena_alloc(arena, 1000);
      g_assert_true(is_zero(at, 1000));
      memset(at, 0xAA, 1000);
    }
    g_assert_cmpuint(arena_used(arena), ==, 100000);
    arena_reset(arena);
    g_assert_cmpuint(arena_used(arena), ==, 0);
  }
}

static void allocations_do_not_overlap(void) {
  g_autoptr(Arena) arena = arena_new();
  enum { COUNT = 2000 };
  unsigned char *items[COUNT];
  size_t sizes[COUNT];
  for (size_t i = 0; i < COUNT; i++) {
    sizes[i] = i % 97 == 0 ? 20000 : i % 64 + 1;
    items[i] = arena_alloc(arena, sizes[i]);
    memset(items[i], (int)(i % 251), sizes[i]);
  }
  for (size_t i = 0; i < COUNT; i++)
    for (size_t j = 0; j < sizes[i]; j++) g_assert_cmpint(items[i][j], ==, i % 251);
}

static void big_requests_are_served(void) {
  g_autoptr(Arena) arena = arena_new();
  char *first = arena_strdup(arena, "before");
  size_t size = (size_t)40 * 1024 * 1024;
  char *big = arena_alloc(arena, size);
  big[0] = 'a';
  big[size - 1] = 'z';
  char *after = arena_strdup(arena, "after");
  g_assert_cmpstr(first, ==, "before");
  g_assert_cmpstr(after, ==, "after");
  g_assert_cmpint(big[size - 1], ==, 'z');
}

static void a_senseless_size_aborts(void) {
  if (g_test_subprocess()) {
    g_autoptr(Arena) arena = arena_new();
    arena_alloc_array(arena, SIZE_MAX / 2, 3);
    return;
  }
  g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed();
  g_test_trap_assert_stderr("*arena: a request for*");
}

static void texts_are_copied(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_null(arena_strdup(arena, NULL));
  g_assert_null(arena_strndup(arena, NULL, 3));
  g_assert_cmpstr(arena_strdup(arena, ""), ==, "");
  g_assert_cmpstr(arena_strndup(arena, "abcdef", 3), ==, "abc");
  g_assert_cmpstr(arena_strndup(arena, "ab", 30), ==, "ab");
  g_assert_cmpstr(arena_printf(arena, "%s-%d", "x", 7), ==, "x-7");
  g_assert_cmpstr(arena_take(arena, g_strdup("taken")), ==, "taken");
  g_assert_null(arena_take(arena, NULL));
  g_assert_cmpmem(arena_copy(arena, "a\0b", 3), 3, "a\0b", 3);
  g_autofree char *long_text = g_strnfill(70000, 'x');
  g_assert_cmpuint(strlen(arena_printf(arena, "%s!", long_text)), ==, 70001);
}

static GString *released;
static void release(void *data) { g_string_append(released, data); }

static void deferred_calls_run_last_first(void) {
  released = g_string_new(NULL);
  char a[] = "a", b[] = "b", c[] = "c";
  Arena *arena = arena_new();
  arena_defer(arena, release, a);
  arena_defer(arena, release, b);
  arena_reset(arena);
  g_assert_cmpstr(released->str, ==, "ba");
  arena_defer(arena, release, c);
  arena_free(arena);
  g_assert_cmpstr(released->str, ==, "bac");
  g_string_free(released, TRUE);
}

static void defers_inside_a_deferred_call(void *data) { arena_defer(data, g_free, g_strdup("made while releasing")); }

static void a_deferred_call_may_defer(void) {
  Arena *arena = arena_new();
  arena_defer(arena, defers_inside_a_deferred_call, arena);
  arena_free(arena); // a leak here would be reported
}

static void freeing_nothing_is_fine(void) { arena_free(NULL); }

static void reading_behind_an_allocation_dies(void) {
  if (!HAS_ASAN) {
    g_test_skip("built without AddressSanitizer");
    return;
  }
  if (g_test_subprocess()) {
    g_autoptr(Arena) arena = arena_new();
    const char *at = arena_alloc(arena, 10);
    volatile size_t behind = 10; // unknown to the compiler, which would warn
    g_print("%d", at[behind]);
    return;
  }
  g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed();
  g_test_trap_assert_stderr("*AddressSanitizer*");
}

static void reading_after_a_reset_dies(void) {
  if (!HAS_ASAN) {
    g_test_skip("built without AddressSanitizer");
    return;
  }
  if (g_test_subprocess()) {
    g_autoptr(Arena) arena = arena_new();
    volatile char *at = arena_alloc(arena, 10);
    arena_reset(arena);
    g_print("%d", at[0]);
    return;
  }
  g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed();
  g_test_trap_assert_stderr("*AddressSanitizer*");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/arena/gives-zeroed-aligned-memory", gives_zeroed_aligned_memory);
  g_test_add_func("/arena/is-zeroed-again-after-reset", is_zeroed_again_after_reset);
  g_test_add_func("/arena/allocations-do-not-overlap", allocations_do_not_overlap);
  g_test_add_func("/arena/big-requests-are-served", big_requests_are_served);
  g_test_add_func("/arena/a-senseless-size-aborts", a_senseless_size_aborts);
  g_test_add_func("/arena/texts-are-copied", texts_are_copied);
  g_test_add_func("/arena/deferred-calls-run-last-first", deferred_calls_run_last_first);
  g_test_add_func("/arena/a-deferred-call-may-defer", a_deferred_call_may_defer);
  g_test_add_func("/arena/freeing-nothing-is-fine", freeing_nothing_is_fine);
  g_test_add_func("/arena/asan/reading-behind-an-allocation-dies", reading_behind_an_allocation_dies);
  g_test_add_func("/arena/asan/reading-after-a-reset-dies", reading_after_a_reset_dies);
  return g_test_run();
}
