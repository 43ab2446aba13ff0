// Amounts as people write and read them.
#include "desk/remedy/money.h"

#include "base/words.h"
#include "desk/testing.h"

static void each_currency_has_its_own_digits(void) {
  static const struct {
    const char *currency;
    int64_t amount;
    const char *words, *digits;
  } cases[] = {
    {"EUR", 0, "0.00 EUR", "0.00"},
    {"EUR", 5, "0.05 EUR", "0.05"},
    {"EUR", 123450, "1,234.50 EUR", "1234.50"},
    {"EUR", 100000000, "1,000,000.00 EUR", "1000000.00"},
    {"JPY", 1234567, "1,234,567 JPY", "1234567"},
    {"KWD", 1005, "1.005 KWD", "1.005"},
    {"EUR", -250,
     "\xE2\x88\x92"
     "2.50 EUR",
     "-2.50"},
    {"EUR", MONEY_MOST, "10,000,000,000.00 EUR", "10000000000.00"},
  };
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_assert_cmpstr(money_words(arena, cases[i].amount, cases[i].currency), ==, cases[i].words);
    g_assert_cmpstr(money_digits(arena, cases[i].amount, cases[i].currency), ==, cases[i].digits);
    g_assert_cmpstr(money_typed(arena, cases[i].amount, cases[i].currency), ==, cases[i].digits); // in English
  }
}

static void what_people_write_is_read(void) {
  static const struct {
    const char *text, *currency;
    int64_t amount;
  } cases[] = {
    {"12", "EUR", 1200},
    {"12.5", "EUR", 1250},
    {" 12,50 ", "EUR", 1250},
    {"1 234.50", "EUR", 123450},
    {"1,234.50", "EUR", 123450},
    {"1.234,50", "EUR", 123450},
    {"1'234.50", "CHF", 123450},
    {"1.234.567", "EUR", 123456700},
    {"1,234,567.89", "EUR", 123456789},
    {"0.05", "EUR", 5},
    {"500", "JPY", 500},
    {"12 500", "JPY", 12500},
    {"1,234,567", "JPY", 1234567},
    {"1.005", "KWD", 1005},
    {"1\xC2\xA0"
     "234,5",
     "EUR", 123450},
    {"0", "EUR", 0},
    {"10000000000", "EUR", MONEY_MOST},
  };
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    int64_t amount = -1;
    g_test_message("%s %s", cases[i].text, cases[i].currency);
    g_assert_true(money_read(arena, cases[i].text, cases[i].currency, &amount, &error));
    g_assert_cmpint(amount, ==, cases[i].amount);
  }
}

static void what_can_be_meant_in_two_ways_is_refused(void) {
  static const struct {
    const char *text, *currency;
  } cases[] = {
    {"1.234", "EUR"},
    {"1,234", "EUR"},
    {"1,234", "KWD"},
    {"1.5", "JPY"},
    {"1,234", "JPY"},
    {"-5", "EUR"},
    {"+5", "EUR"},
    {"", "EUR"},
    {"twelve", "EUR"},
    {"12.", "EUR"},
    {".50", "EUR"},
    {"12.345", "EUR"},
    {"1.2.3", "EUR"},
    {"1,23,456", "EUR"},
    {"1 23", "EUR"},
    {"1e3", "EUR"},
    {"5 EUR", "EUR"},
    {"0x10", "EUR"},
    {"5", "XXX"},
    {"5", "eur"},
    {"1  234", "EUR"},
    {"1,234,50", "EUR"},
    {"1'234 567", "EUR"},
    {"10000000000.01", "EUR"},
    {"99999999999999999999999999", "EUR"},
    {"12.5\xD9\xA0", "EUR"},
  };
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    int64_t amount = 0;
    g_test_message("%s %s", cases[i].text, cases[i].currency);
    g_assert_false(money_read(arena, cases[i].text, cases[i].currency, &amount, &error));
    g_assert_true(error_is(error, ERROR_INVALID));
  }
}

static void what_is_written_is_read_again(void) {
  static const char *const currencies[] = {"EUR", "JPY", "KWD"};
  g_autoptr(Arena) arena = arena_new();
  for (int round = 0; round < 3000; round++) {
    const char *currency = currencies[round % 3];
    int64_t amount = (int64_t)(g_test_rand_double() * (double)(INT64_C(1) << g_test_rand_int_range(0, 39))), again = -1;
    g_autoptr(GError) error = NULL;
    money_read(arena, money_typed(arena, amount, currency), currency, &again, &error);
    g_assert_no_error(error);
    g_assert_cmpint(again, ==, amount);
  }
}

static void a_form_is_filled_as_its_reader_writes(void) {
  g_autoptr(Arena) arena = arena_new();
  test_teach_german("1.5", "1,5");
  int before = words_use(words_from_code("de"));
  g_assert_cmpstr(money_typed(arena, 123450, "EUR"), ==, "1234,50");
  g_assert_cmpstr(money_typed(arena, 1234, "JPY"), ==, "1234");
  g_assert_cmpstr(money_typed(arena, 1234, "KWD"), ==, "1.234"); // dinars: with a comma they could be thousands
  g_assert_cmpstr(money_words(arena, 123450, "EUR"), ==, "1.234,50 EUR");
  what_is_written_is_read_again();
  words_use(before);
}

// Whatever is read is made of the digits that were written, in their order, with no more zeros behind them than the currency has.
static void no_digit_is_invented_or_lost(void) {
  static const char *const bits[] = {"0", "1", "2", "34", "567", "000", ".", ",", " ", "'", "\xC2\xA0", "-", "x", "\xE2\x80\xAF"};
  static const char *const currencies[] = {"JPY", "EUR", "KWD"};
  static const int exponents[] = {0, 2, 3};
  int read = 0;
  for (int round = 0; round < 40000; round++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) digits = g_string_new(NULL);
    int64_t amount = -1, plain;
    int zeros = exponents[round % 3];
    for (int i = g_test_rand_int_range(1, 8); i > 0; i--)
      g_string_append(text, bits[g_test_rand_int_range(0, G_N_ELEMENTS(bits))]);
    if (!money_read(arena, text->str, currencies[round % 3], &amount, NULL)) continue;
    read++;
    g_assert_cmpint(amount, >=, 0);
    g_assert_cmpint(amount, <=, MONEY_MOST);
    for (const char *at = text->str; *at; at++)
      if (g_ascii_isdigit(*at)) g_string_append_c(digits, *at);
    for (plain = g_ascii_strtoll(digits->str, NULL, 10); plain != amount && zeros > 0; zeros--) plain *= 10;
    g_assert_cmpint(plain, ==, amount);
  }
  g_assert_cmpint(read, >, 1000);
}

static void currencies_are_known_by_three_capitals(void) {
  g_autoptr(Arena) arena = arena_new();
  int exponent = -1;
  g_assert_true(currency_find("EUR", &exponent));
  g_assert_cmpint(exponent, ==, 2);
  g_assert_true(currency_find("ISK", &exponent));
  g_assert_cmpint(exponent, ==, 0);
  g_assert_true(currency_find("BHD", &exponent));
  g_assert_cmpint(exponent, ==, 3);
  g_assert_cmpstr(currency_read(arena, " gbp "), ==, "GBP");
  for (size_t i = 0; i < 6; i++) {
    static const char *const wrong[] = {"", "EU", "EURO", "R U", "XXX", " EU"};
    g_assert_false(currency_find(wrong[i], NULL));
    g_assert_null(currency_read(arena, wrong[i]));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/remedy/money/digits", each_currency_has_its_own_digits);
  g_test_add_func("/remedy/money/read", what_people_write_is_read);
  g_test_add_func("/remedy/money/refused", what_can_be_meant_in_two_ways_is_refused);
  g_test_add_func("/remedy/money/round-trip", what_is_written_is_read_again);
  g_test_add_func("/remedy/money/german", a_form_is_filled_as_its_reader_writes);
  g_test_add_func("/remedy/money/any-text", no_digit_is_invented_or_lost);
  g_test_add_func("/remedy/money/currencies", currencies_are_known_by_three_capitals);
  return g_test_run();
}
