// The table that says how each code leaves the house: HTTP status, sysexits code, SMTP reply, word.
#include "base/error.h"

#include "base/words.h"

GQuark rapport_error_quark(void) { return g_quark_from_static_string("rapport-error"); }

typedef struct Row {
  int http, exit, smtp;
  const char *word;
} Row;

static const Row rows[] = {
  [ERROR_NOT_FOUND] = {404, 66, 550, "not found"}, [ERROR_FORBIDDEN] = {403, 77, 550, "forbidden"},
  [ERROR_INVALID] = {400, 65, 554, "invalid"},     [ERROR_CONFLICT] = {409, 75, 451, "conflict"},
  [ERROR_BUSY] = {503, 75, 451, "busy"},           [ERROR_UNAVAILABLE] = {503, 75, 451, "unavailable"},
  [ERROR_BROKEN] = {500, 70, 451, "broken"},
};

static const Row *row_of(const GError *error) {
  bool is_ours = error && error->domain == RAPPORT_ERROR && error->code >= 0 && (size_t)error->code < G_N_ELEMENTS(rows);
  return &rows[is_ours ? error->code : ERROR_UNAVAILABLE];
}

bool error_set(GError **error, RapportError code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  if (error) {
    g_assert(!*error); // a second failure would hide the first
    g_autoptr(GString) message = g_string_new(NULL);
    words_vappend(message, format, args);
    *error = g_error_new_literal(RAPPORT_ERROR, (int)code, message->str);
  }
  va_end(args);
  return false;
}

bool error_is(const GError *error, RapportError code) { return error && g_error_matches(error, RAPPORT_ERROR, (int)code); }
bool error_may_pass(const GError *error) { return error_is(error, ERROR_BUSY) || error_is(error, ERROR_UNAVAILABLE); }
int error_http_status(const GError *error) { return row_of(error)->http; }
int error_exit_code(const GError *error) { return row_of(error)->exit; }
int error_smtp_code(const GError *error) { return row_of(error)->smtp; }
const char *error_word(const GError *error) { return row_of(error)->word; }
