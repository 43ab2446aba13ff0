// Currencies and amounts. Writing is integer arithmetic. Reading goes in three steps: find the decimal separator (the last "." or ","
// with no more digits behind it than the currency has), see that whatever separates groups before it stands before three digits each,
// and add up the digits.
#include "desk/remedy/money.h"

#include "base/text.h"
#include "base/words.h"

#include <string.h>

// ISO 4217, list one, of January 2024, without precious metals, bond units, funds, testing codes.
static const struct {
  int exponent;
  const char *codes;
} currencies[] = {
  {2,
   "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE "
   "CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD "
   "KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR "
   "PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU "
   "UZS VED VES WST XCD YER ZAR ZMW ZWL"},
  {0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"},
  {3, "BHD IQD JOD KWD LYD OMR TND"},
};

bool currency_find(const char *code, int *out_exponent) {
  if (!code || strlen(code) != 3 || strchr(code, ' ')) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++) {
    if (!strstr(currencies[i].codes, code)) continue;
    if (out_exponent) *out_exponent = currencies[i].exponent;
    return true;
  }
  return false;
}

int64_t currency_unit(const char *code) {
  int exponent = 0;
  int64_t unit = 1;
  currency_find(code, &exponent);
  while (exponent-- > 0) unit *= 10;
  return unit;
}

const char *currency_read(Arena *arena, const char *text) {
  g_autofree char *upper = g_ascii_strup(text_trim(arena, text), -1);
  return currency_find(upper, NULL) ? arena_strdup(arena, upper) : NULL;
}

static const char *with_fraction(Arena *arena, const char *whole, const char *point, int64_t fraction, const char *currency) {
  int exponent = 0;
  if (!currency_find(currency, &exponent) || exponent == 0) return whole;
  return arena_printf(arena, "%s%s%0*" G_GINT64_FORMAT, whole, point, exponent, fraction);
}

const char *money_digits(Arena *arena, int64_t amount, const char *currency) {
  int64_t unit = currency_unit(currency), size = ABS(amount);
  const char *whole = arena_printf(arena, "%s%" G_GINT64_FORMAT, amount < 0 ? "-" : "", size / unit);
  return with_fraction(arena, whole, ".", size % unit, currency);
}

// Of three digits behind a comma money_read would not know whether they are thousands.
const char *money_typed(Arena *arena, int64_t amount, const char *currency) {
  const char *digits = money_digits(arena, amount, currency), *point = strchr(digits, '.');
  if (!point || strlen(point + 1) == 3) return digits;
  return arena_printf(arena, "%.*s%s%s", (int)(point - digits), digits, words_decimal_point(), point + 1);
}

const char *money_words(Arena *arena, int64_t amount, const char *currency) {
  int64_t unit = currency_unit(currency), size = ABS(amount), rest = size / unit;
  const char *whole = "", *point = words_decimal_point(), *between = *point == '.' ? "," : ".";
  for (; rest >= 1000; rest /= 1000) whole = arena_printf(arena, "%s%03d%s", between, (int)(rest % 1000), whole);
  whole = arena_printf(arena, "%s%d%s", amount < 0 ? "\xE2\x88\x92" : "", (int)rest, whole);
  return arena_printf(arena, "%s %s", with_fraction(arena, whole, point, size % unit, currency), currency);
}

static bool refuse(Arena *arena, const char *text, const char *currency, GError **error) {
  return error_set(error, ERROR_INVALID, "\xE2\x80\x9C%s\xE2\x80\x9D cannot be read as an amount; write it like %s.",
                   text_clamp(arena, text_one_line(arena, text), 40),
                   money_typed(arena, 1250 * currency_unit(currency), currency));
}

// Space, no-break space, narrow no-break space, apostrophe: what separates groups and nothing else.
static size_t group_mark(const char *at) {
  static const char *const marks[] = {" ", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x99"};
  for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
    if (g_str_has_prefix(at, marks[i])) return strlen(marks[i]);
  return 0;
}

// The last "." or ",", unless it separates groups or may as well do that.
static const char *decimal_mark(const char *text, int exponent) {
  const char *point = strrchr(text, '.'), *comma = strrchr(text, ',');
  const char *last = !point ? comma : !comma ? point : MAX(point, comma);
  if (!last) return NULL;
  bool is_only_kind = !point || !comma;
  if (is_only_kind && strchr(text, *last) != last) return NULL;           // "1.234.567": groups
  if (is_only_kind && *last == ',' && strlen(last + 1) == 3) return NULL; // "1,234" dinars of 1,000 fils
  return (int)strlen(last + 1) <= exponent ? last : NULL;
}

// Digits in groups of three after the first group when there are any marks, all of one kind. -1 when they are not.
static int64_t read_whole(const char *text, const char *end, char fraction_mark, bool is_sure) {
  int64_t value = 0;
  int in_group = 0, groups = 0;
  char mark = 0;
  for (const char *at = text; at < end;) {
    size_t width = group_mark(at);
    if (width == 0 && (*at == '.' || *at == ',')) {
      if (!is_sure || *at == fraction_mark) return -1;
      width = 1;
    }
    if (width > 0) {
      if ((mark && *at != mark) || in_group == 0 || in_group > 3 || (groups > 0 && in_group != 3)) return -1;
      mark = *at;
      at += width;
      groups++;
      in_group = 0;
    } else {
      if (!g_ascii_isdigit(*at) || value > MONEY_MOST) return -1;
      value = value * 10 + (*at++ - '0');
      in_group++;
    }
  }
  return in_group == 0 || (groups > 0 && in_group != 3) ? -1 : value;
}

bool money_read(Arena *arena, const char *text, const char *currency, int64_t *out, GError **error) {
  int exponent = 0;
  if (!currency_find(currency, &exponent))
    return error_set(error, ERROR_INVALID, "There is no currency \xE2\x80\x9C%s\xE2\x80\x9D.", currency);
  const char *clean = text_trim(arena, text), *mark = exponent ? decimal_mark(clean, exponent) : NULL;
  const char *end = mark ? mark : clean + strlen(clean);
  const char *first = strpbrk(clean, ".,");
  bool repeats = first && strchr(first + 1, *first); // "1.234.567" can only be groups
  int64_t value = read_whole(clean, end, mark ? *mark : 0, mark || repeats);
  if (value < 0 || (mark && !mark[1])) return refuse(arena, clean, currency, error);
  for (int digit = 0; digit < exponent; digit++) {
    char next = mark && mark[1] ? *++mark : '0';
    if (!g_ascii_isdigit(next)) return refuse(arena, clean, currency, error);
    if (value > MONEY_MOST / 10) return error_set(error, ERROR_INVALID, "The amount is too large.");
    value = value * 10 + (next - '0');
  }
  if (value > MONEY_MOST) return error_set(error, ERROR_INVALID, "The amount is too large.");
  *out = value;
  return true;
}
