// Shares and their intervals, against published values.
#include "base/share.h"

#include <glib.h>

static void interval_agrees_with_published_values(void) {
  // Newcombe 1998, Stat. Med. 17:857, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  static const struct {
    int64_t count, of;
    double low, high;
  } cases[] = {{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}};
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    Share share = share_of(cases[i].count, cases[i].of);
    g_assert_cmpfloat_with_epsilon(share.low, cases[i].low, 0.00006);
    g_assert_cmpfloat_with_epsilon(share.high, cases[i].high, 0.00006);
  }
}

static void of_nothing_anything_may_be_true(void) {
  Share share = share_of(0, 0);
  g_assert_cmpfloat(share.low, ==, 0);
  g_assert_cmpfloat(share.high, ==, 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/share/interval-agrees-with-published-values", interval_agrees_with_published_values);
  g_test_add_func("/share/of-nothing-anything-may-be-true", of_nothing_anything_may_be_true);
  return g_test_run();
}
