// Scanning: finds the next opening brace pair, and its end outside of C strings, so that {{ "}}" }} is read as it is meant. Code
// inside the braces is not parsed (the C compiler does that) but checked to be one balanced expression, so that a slip is
// reported here and cannot swallow the code that is generated around it.
#include "scan.h"

#include <string.h>

Scanner scanner_of(Arena *arena, const char *file, const char *text) {
  return (Scanner){.arena = arena, .rest = text, .place = {file, 1, 1}, .line_is_bare = true};
}

static void advance(Scanner *scanner, size_t size) {
  scanner->place = place_after(scanner->place, scanner->rest, size);
  scanner->rest += size;
}

// Behind the C string or character constant that begins at `at`; its end when it is not closed.
static const char *skip_quoted(const char *at) {
  char quote = *at++;
  while (*at && *at != quote && *at != '\n') at += at[0] == '\\' && at[1] ? 2 : 1;
  return *at == quote ? at + 1 : at;
}

// The closing pair for an opening one, or NULL. Quotes count in code, not in comments.
static const char *find_end(const char *at, const char *closing, bool is_code) {
  while (*at && strncmp(at, closing, 2) != 0) {
    if (is_code && (strncmp(at, "{{", 2) == 0 || strncmp(at, "{%", 2) == 0))
      return NULL; // the next one begins: this one was not closed
    at = is_code && (*at == '"' || *at == '\'') ? skip_quoted(at) : at + 1;
  }
  while (*at && strncmp(at, "}}}", 3) == 0) at++; // the first brace closes one inside: {{ (Url){text}}}
  return *at ? at : NULL;
}

static void take_text(Scanner *scanner, Piece *out) {
  size_t size = 0;
  while (scanner->rest[size] &&
         !(scanner->rest[size] == '{' && strchr("{%#", scanner->rest[size + 1]) && scanner->rest[size + 1]))
    size++;
  *out = (Piece){PIECE_TEXT, scanner->rest, size, scanner->place, false};
  for (size_t i = 0; i < size; i++) {
    if (scanner->rest[i] == '\n')
      scanner->line_is_bare = true;
    else if (!g_ascii_isspace(scanner->rest[i]))
      scanner->line_is_bare = false;
  }
  advance(scanner, size);
}

static char *trimmed(Arena *arena, const char *text, size_t size) {
  char *copy = arena_strndup(arena, text, size);
  for (char *at = copy; *at; at++)
    if (*at == '\n' || *at == '\r' || *at == '\t') *at = ' ';
  return g_strchomp(copy);
}

bool scanner_next(Scanner *scanner, Piece *out, GError **error) {
  const char *rest = scanner->rest;
  if (!*rest) {
    *out = (Piece){PIECE_END, rest, 0, scanner->place, false};
    return true;
  }
  if (*rest != '{' || !rest[1] || !strchr("{%#", rest[1])) {
    take_text(scanner, out);
    return true;
  }
  PieceKind kind = rest[1] == '{' ? PIECE_VALUE : rest[1] == '%' ? PIECE_TAG : PIECE_COMMENT;
  const char *closing = kind == PIECE_VALUE ? "}}" : kind == PIECE_TAG ? "%}" : "#}";
  const char *end = find_end(rest + 2, closing, kind != PIECE_COMMENT);
  if (!end) return place_refuse(scanner->place, error, "%.2s is not closed with %s", rest, closing);
  size_t lead = 2 + strspn(rest + 2, " \t\r\n");
  if (rest + lead > end) lead = (size_t)(end - rest);
  const char *text = trimmed(scanner->arena, rest + lead, (size_t)(end - rest) - lead);
  *out = (Piece){kind, text, strlen(text), place_after(scanner->place, rest, lead), scanner->line_is_bare};
  if (kind == PIECE_VALUE) scanner->line_is_bare = false;
  advance(scanner, (size_t)(end - rest) + 2);
  if (!*text && kind == PIECE_VALUE) return place_refuse(out->place, error, "an expression is missing between {{ and }}");
  return true;
}

static bool check_bracket(char c, GString *open, Place place, GError **error) {
  static const char closers[] = ")]}", openers[] = "([{";
  const char *closer = strchr(closers, c);
  if (!closer) {
    g_string_append_c(open, c);
    return true;
  }
  char wanted = openers[closer - closers];
  if (!open->len) return place_refuse(place, error, "'%c' closes nothing", c);
  if (open->str[open->len - 1] != wanted)
    return place_refuse(place, error, "'%c' cannot close '%c'", c, open->str[open->len - 1]);
  g_string_truncate(open, open->len - 1);
  return true;
}

bool scan_check_code(const char *text, Place place, GError **error) {
  g_autoptr(GString) open = g_string_new(NULL);
  Place here = place;
  for (const char *at = text, *next = at; *at; here = place_after(here, at, (size_t)(next - at)), at = next) {
    bool is_quoted = *at == '"' || *at == '\'';
    next = is_quoted ? skip_quoted(at) : at + 1;
    if (is_quoted && (next == at + 1 || next[-1] != *at)) return place_refuse(here, error, "this %c is not closed", *at);
    if (*at == ';' || *at == '#' || *at == '\\') return place_refuse(here, error, "'%c' cannot stand in an expression", *at);
    if (at[0] == '/' && (at[1] == '/' || at[1] == '*'))
      return place_refuse(here, error, "a comment cannot stand in an expression");
    if (strchr("()[]{}", *at) && !check_bracket(*at, open, here, error)) return false;
  }
  if (open->len) return place_refuse(place, error, "'%c' is not closed", open->str[open->len - 1]);
  return true;
}
