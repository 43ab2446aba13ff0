// Errors: what may fail although the program is right, in one GError domain with seven codes.
//
// A bug or lack of memory aborts instead. What a person typed wrong in a form is a value (FormProblems), not an error.
// A message is one sentence for the person who can act on it: what is wrong, then what to do.
#pragma once

#include <glib.h>
#include <stdbool.h>

#define RAPPORT_ERROR (rapport_error_quark())
GQuark rapport_error_quark(void);

typedef enum RapportError {
  ERROR_NOT_FOUND,   // there is no such thing
  ERROR_FORBIDDEN,   // it exists, but not for this person
  ERROR_INVALID,     // what came in makes no sense; sending it again will not help
  ERROR_CONFLICT,    // somebody else was faster; look again
  ERROR_BUSY,        // locked or overloaded; the same call may work in a moment
  ERROR_UNAVAILABLE, // disk full, database or mail server away; nothing was changed
  ERROR_BROKEN,      // our own data is damaged
} RapportError;

// Sets `*error` (if error is not NULL), in the language of whoever is being served (base/words.h). Always false, so that a function can `return error_set(…)`.
bool error_set(GError **error, RapportError code, const char *format, ...) __attribute__((format(printf, 3, 4)));
// True when `error` is of our domain and has this code. NULL is no error.
bool error_is(const GError *error, RapportError code);
// ERROR_BUSY or ERROR_UNAVAILABLE: nothing is wrong with what was asked, and the same may work later.
bool error_may_pass(const GError *error);

// How each edge says it. One table in error.c; errors of foreign domains count as ERROR_UNAVAILABLE.
int error_http_status(const GError *error);  // 404 403 400 409 503 503 500
int error_exit_code(const GError *error);    // sysexits: 66 77 65 75 75 75 70
int error_smtp_code(const GError *error);    // 550 550 554 451 451 451 451
const char *error_word(const GError *error); // "not found", "forbidden", … for logs and JSON
