// Random: repeatable with a seed, even below a limit, and tokens of the promised size.
#include "base/random.h"

#include <stdbool.h>

static void the_same_seed_gives_the_same_bytes(void) {
  Random one = random_seeded(42), other = random_seeded(42), third = random_seeded(43);
  unsigned char a[100], b[100], c[100];
  random_fill(&one, a, sizeof a);
  random_fill(&other, b, sizeof b);
  random_fill(&third, c, sizeof c);
  g_assert_cmpmem(a, sizeof a, b, sizeof b);
  g_assert_cmpint(memcmp(a, c, sizeof a), !=, 0);
  random_fill(&one, b, sizeof b);
  g_assert_cmpint(memcmp(a, b, sizeof a), !=, 0);
}

static void a_seed_means_the_same_on_every_machine(void) {
  Random random = random_seeded(0); // SplitMix64 from state 0 begins with E220A8397B1DCDAF
  g_assert_cmphex(random_below(&random, UINT64_C(1) << 63) & 0xFFFF, ==, 0xCDAF);
}

static void below_stays_below_and_is_even(void) {
  Random random = random_seeded(5);
  int counts[6] = {0};
  for (int i = 0; i < 60000; i++) counts[random_below(&random, 6)]++;
  for (int i = 0; i < 6; i++) {
    g_assert_cmpint(counts[i], >, 9500);
    g_assert_cmpint(counts[i], <, 10500);
  }
  for (int i = 0; i < 100; i++) g_assert_cmpuint(random_below(&random, 1), ==, 0);
  for (int i = 0; i < 100; i++) g_assert_cmpuint(random_below(&random, UINT64_MAX), <, UINT64_MAX);
}

static void tokens_are_url_safe_and_differ(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (int i = 0; i < 500; i++) {
    const char *token = random_token(arena, &random_system, 18);
    g_assert_cmpuint(strlen(token), ==, 24);
    g_assert_cmpuint(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, 24);
    g_assert_true(g_hash_table_add(seen, (gpointer)(uintptr_t)token));
  }
  g_assert_cmpstr(random_token(arena, &random_system, 0), ==, "");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/random/the-same-seed-gives-the-same-bytes", the_same_seed_gives_the_same_bytes);
  g_test_add_func("/random/a-seed-means-the-same-on-every-machine", a_seed_means_the_same_on_every_machine);
  g_test_add_func("/random/below-stays-below-and-is-even", below_stays_below_and_is_even);
  g_test_add_func("/random/tokens-are-url-safe-and-differ", tokens_are_url_safe_and_differ);
  return g_test_run();
}
