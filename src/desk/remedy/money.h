// Money: an amount in the minor units of a currency, and never a floating-point number.
//
// Currencies are those of ISO 4217 that people pay with; the standard also says how many digits stand after the point (its exponent):
// 100 minor units make a euro, 1 a yen, 1,000 a Kuwaiti dinar.
#pragma once

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

#define MONEY_MOST INT64_C(1000000000000) // minor units of one amount: sums of nine million of them still fit

// Three capital letters that ISO 4217 knows; `out_exponent` may be NULL.
bool currency_find(const char *code, int *out_exponent);
int64_t currency_unit(const char *code); // minor units of one: 100, 1, 1,000; 1 for a code that is not known
// The code in capitals, from what a person wrote; NULL when there is none such.
const char *currency_read(Arena *arena, const char *text);

// "1,234.50 EUR", "500 JPY": for people.
const char *money_words(Arena *arena, int64_t amount, const char *currency);
// "1234.50": for files.
const char *money_digits(Arena *arena, int64_t amount, const char *currency);

// "1234.50", "1234,50": for a form, as its reader writes it and as money_read reads it.
const char *money_typed(Arena *arena, int64_t amount, const char *currency);

// Reads what a person wrote: "12", "12.5", "12,50", "1 234.50", "1,234.50", "1.234,50". Refuses what can be meant in two ways ("1.234"
// euros), too many digits after the point, a sign, and more than MONEY_MOST; the message of ERROR_INVALID says how to write it.
bool money_read(Arena *arena, const char *text, const char *currency, int64_t *out, GError **error);
