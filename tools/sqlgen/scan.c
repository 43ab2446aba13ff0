// SQL text to tokens. The scanner knows just enough of both dialects to tell code from quotes and comments, and refuses what
// the two read differently in a body that both shall run: `[name]` and `name` in backticks, nested comments, and the
// databases' own parameter signs. A body under `-- sqlite` or `-- postgres` is read by the rules of that database alone.
#include "sqlgen.h"

static bool refuse(const Scanner *scanner, GError **error, const char *what) {
  return error_set(error, ERROR_INVALID, "%s:%d: %s", scanner->path, scanner->line, what);
}

bool token_is(const Token *token, const char *text) {
  return token->length == strlen(text) && g_ascii_strncasecmp(token->text, text, token->length) == 0;
}

static bool begins_word(char c) { return g_ascii_isalpha(c) || c == '_' || (unsigned char)c >= 0x80; }
static bool continues_word(char c) { return begins_word(c) || g_ascii_isdigit(c); }

static const char *after_word(const char *at) {
  while (continues_word(*at)) at++;
  return at;
}

// From the opening quote to behind the closing one; NULL when it never closes. A doubled quote stands for itself.
static const char *after_quoted(const char *at, bool has_backslashes) {
  char quote = *at == '[' ? ']' : *at;
  for (at++; *at; at++) {
    if (has_backslashes && *at == '\\' && at[1]) {
      at++;
    } else if (*at == quote) {
      if (at[1] != quote || quote == ']') return at + 1;
      at++;
    }
  }
  return NULL;
}

// PostgreSQL's $$ … $$ and $tag$ … $tag$; NULL when `at` does not begin one or it never closes.
static const char *after_dollar_quoted(const char *at) {
  const char *tag_end = at + 1;
  if (begins_word(*tag_end)) tag_end = after_word(tag_end);
  if (*tag_end != '$') return NULL;
  size_t size = (size_t)(tag_end + 1 - at);
  for (const char *close = tag_end + 1; (close = strchr(close, '$')); close++) {
    if (strncmp(close, at, size) == 0) return close + size;
  }
  return NULL;
}

static bool scan_block_comment(const Scanner *scanner, const char **out_after, GError **error) {
  int depth = 0;
  for (const char *at = scanner->at; *at; at++) {
    if (at[0] == '/' && at[1] == '*') {
      if (depth > 0 && scanner->dialect == DIALECT_BOTH)
        return refuse(scanner, error, "a comment inside a comment: PostgreSQL nests them, SQLite does not");
      if (depth == 0 || scanner->dialect == DIALECT_POSTGRES) depth++;
      at++;
    } else if (at[0] == '*' && at[1] == '/') {
      at++;
      if (--depth == 0) {
        *out_after = at + 1;
        return true;
      }
    }
  }
  return refuse(scanner, error, "the comment that begins here is never closed");
}

static bool scan_quoted(const Scanner *scanner, const char **out_after, GError **error) {
  char first = *scanner->at;
  bool is_escape_string = (first == 'e' || first == 'E') && scanner->dialect == DIALECT_POSTGRES;
  if (first == '[' || first == '`') {
    if (scanner->dialect == DIALECT_BOTH) return refuse(scanner, error, "[name] and `name` are SQLite's alone; write \"name\"");
  }
  *out_after = first == '$' ? after_dollar_quoted(scanner->at)
                            : after_quoted(scanner->at + (is_escape_string ? 1 : 0), is_escape_string);
  return *out_after || refuse(scanner, error, "the quote that begins here is never closed");
}

static bool is_quote(const Scanner *scanner) {
  const char *at = scanner->at;
  bool is_postgres = scanner->dialect == DIALECT_POSTGRES;
  switch (*at) {
  case '\'':
  case '"': return true;
  case '`':
  case '[': return !is_postgres;
  case 'e':
  case 'E': return is_postgres && at[1] == '\'';
  case '$': return is_postgres && !g_ascii_isdigit(at[1]);
  default: return false;
  }
}

static bool scan_sign(const Scanner *scanner, Token *out, const char **out_after, GError **error) {
  const char *at = scanner->at;
  bool is_postgres = scanner->dialect == DIALECT_POSTGRES;
  *out_after = at + 1;
  out->kind = *at == ';' ? TOKEN_SEMICOLON : TOKEN_OTHER;
  if (*at == ':' && begins_word(at[1])) {
    out->kind = TOKEN_PARAMETER;
    *out_after = after_word(at + 1);
  } else if (*at == ':' && at[1] == ':') {
    *out_after = at + 2;
  } else if (*at == '{') {
    out->kind = TOKEN_BRACED;
    *out_after = after_word(at + 1);
    if (**out_after != '}') return refuse(scanner, error, "“{” begins a type word such as {int}, which ends with “}”");
    ++*out_after;
  } else if (*at == '$' || (!is_postgres && (*at == '?' || *at == '@'))) {
    return refuse(scanner, error, "parameters are written :name and declared above the statement");
  }
  return true;
}

bool scanner_next(Scanner *scanner, Token *out, GError **error) {
  const char *at = scanner->at, *after = at;
  *out = (Token){.text = at, .line = scanner->line};
  if (*at == '\0') {
    out->kind = TOKEN_END;
  } else if (g_ascii_isspace(*at)) {
    out->kind = TOKEN_SPACE;
    while (g_ascii_isspace(*after)) after++;
  } else if (at[0] == '-' && at[1] == '-') {
    out->kind = TOKEN_LINE_COMMENT;
    after += strcspn(at, "\n");
  } else if (at[0] == '/' && at[1] == '*') {
    out->kind = TOKEN_BLOCK_COMMENT;
    if (!scan_block_comment(scanner, &after, error)) return false;
  } else if (is_quote(scanner)) {
    out->kind = TOKEN_QUOTED;
    if (!scan_quoted(scanner, &after, error)) return false;
  } else if (continues_word(*at)) {
    out->kind = TOKEN_WORD;
    after = after_word(at);
  } else if (!scan_sign(scanner, out, &after, error)) {
    return false;
  }
  out->length = (size_t)(after - at);
  for (; at < after; at++) scanner->line += *at == '\n';
  scanner->at = after;
  return true;
}
