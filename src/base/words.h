// Words: what the program says to people, in the language of who reads it.
//
// The source says everything in English, and that English text is the key. A language is a catalogue that the build makes of po/XX.po
// (tools/words); what a catalogue lacks stays English. Which language is spoken is a property of the thread and set for each unit of
// work: by the admission of a request, around a mail to a colleague. A thread that never set it speaks English.
//
// Templates need no marks: tools/tmplc looks up their text, and words_put what their values say. In C:
//   tr("Mine")                              a literal, said now
//   N_("minor")                             a literal in a table, said where it is shown: by a template, or by tr_of
//   arena_say(arena, "%s ago", span)        as arena_printf with a format that is said; words_append for a GString
//   tr_n("one mail", "%d mails", n)         the form for n; where a format follows it may leave the number out
//   error_set(error, ERROR_INVALID, "…")    says its format by itself
// doc/translating.md tells the rest.
#pragma once

#include "base/arena.h"
#include "base/html.h"

#include <stdarg.h>

typedef struct WordsEntry {
  uint32_t hash;
  const char *english;     // NULL: a free slot; of a plural the form for one
  const char *const *said; // one for each form of the language
} WordsEntry;

typedef struct WordsLanguage {
  const char *code, *name; // "de", "Deutsch"
  bool is_right_to_left;
  unsigned (*form)(uint64_t count); // which form a number takes
  const WordsEntry *slots;          // open addressing; a power of two of them
  uint32_t mask;
} WordsLanguage;

// Makes languages known: English is 0, these follow as 1, 2, … To be called before there are threads; a second call changes nothing.
// With `with_pseudo` there are two more, for tests: "en-xa" says everything longer and with accents, "ar-xb" that from right to left.
void words_install(const WordsLanguage *const *languages, bool with_pseudo);
int words_count(void);       // of languages, English counted
int words_use(int language); // for this thread; returns the one it spoke before
int words_language(void);
const char *words_code(int language); // "en", "de"
const char *words_name(int language); // "English", "Deutsch"
bool words_is_right_to_left(int language);
bool words_is_pseudo(int language);    // one of the two for tests
int words_from_code(const char *code); // -1: there is none
int words_accepted(
  const char *accept_header); // the best for an Accept-Language (RFC 9110 12.5.4); 0, English, when none fits or NULL

#define N_(text) text
#define NN_(one, many) one, many    // the two forms of a count, with "{}" for the number: for words_count_said
#define tr(text) words_say("" text) // "": only a literal, which is remembered by where it stands
#define tr_n(one, many, count) words_say_form("" one, "" many, (uint64_t)(count))
const char *words_say(const char *literal) __attribute__((format_arg(1)));
const char *words_say_form(const char *one, const char *many, uint64_t count) __attribute__((format_arg(1), format_arg(2)));
// What `text` says when it is one of the program's own constants; anything else, such as a customer's name, as it is. NULL is NULL.
const char *tr_of(const char *text);
// What a text says that was kept in English, in a database: looked up by what it is, wherever it stands. Not for what people wrote.
const char *words_of_kept(const char *text);
// As printf, with the format said and of its arguments those that are the program's constants ("%s" of a table's word). A catalogue may
// name arguments by number (%2$s); what it does with them otherwise is checked, so that no catalogue can read what is not there.
const char *arena_say(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void words_append(GString *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void words_vappend(GString *out, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

const char *words_decimal_point(void); // "." or ","
const char *words_count_said(Arena *arena, const char *one, const char *many, int64_t count);

// What compiled templates call. `html`: the English text as markup, ready to be written.
void words_write(GString *out, const char *english, const char *html, size_t size);
void words_write_count(GString *out, const char *one, const char *many, uint64_t count); // "{}" becomes the number
typedef struct WordsParts {
  const char *rest;
  bool is_html; // else plain text, to be escaped
  int number;   // of the placeholder that was reached: 2 for {2} and <2>, -2 for </2>
} WordsParts;
WordsParts words_parts(const char *english, const char *html);
bool words_next(GString *out, WordsParts *parts);    // writes up to the next placeholder; false when all is written
void words_put_text(GString *out, const char *text); // tr_of, escaped

// {{ value }} in element content, and in an attribute that holds words.
#define words_put(out, value)                                                                                                    \
  _Generic((value), char *: words_put_text, const char *: words_put_text, bool: html_put_bool, int: html_put_int,                \
           long: html_put_int, long long: html_put_int, unsigned: html_put_unsigned, unsigned long: html_put_unsigned,           \
           float: html_put_double, double: html_put_double, Html: html_put_html)((out), (value))
#define words_put_attribute(out, value)                                                                                          \
  _Generic((value), char *: words_put_text, const char *: words_put_text, bool: html_put_bool, int: html_put_int,                \
           long: html_put_int, long long: html_put_int, unsigned: html_put_unsigned, unsigned long: html_put_unsigned,           \
           float: html_put_double, double: html_put_double)((out), (value))
