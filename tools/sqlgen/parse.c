// One `.sql` file to a Source. At the top level stand includes, free comments, and statements: a declaration in a comment,
// then one body, or two under `-- sqlite` and `-- postgres`. A body ends with its semicolon; what looks like the next
// declaration before that is taken for a forgotten one. While a body is read, `:name` becomes ?N for SQLite and $N for
// PostgreSQL, N by the order of declaration, and comments fall away; line breaks stay, so that an error in the text can be
// found in the file. The declaration's own words are read in declaration.c.
#include "parse.h"

// A longer comment line than this is no declaration anybody means.
#define DECLARATION_MOST 2000

static bool fail(const Scanner *scanner, int line, const char *name, GError **error, const char *what) {
  return error_set(error, ERROR_INVALID, "%s:%d: %s%s%s", scanner->path, line, name ? name : "", name ? ": " : "", what);
}

// The text of a line comment without dashes and outer space, in the arena.
static char *comment_text(Arena *arena, const Token *token) {
  return g_strstrip(arena_strndup(arena, token->text + 2, token->length - 2));
}

static bool is_declaration(const Token *token) {
  if (token->kind != TOKEN_LINE_COMMENT) return false;
  const char *at = token->text + 2, *end = token->text + token->length;
  while (at < end && *at == ' ') at++;
  const char *name = at;
  while (at < end && (g_ascii_islower(*at) || *at == '_' || (at > name && g_ascii_isdigit(*at)))) at++;
  return at > name && at < end && *at == '(';
}

static Dialect section_of(Arena *arena, const Token *token) {
  if (token->kind != TOKEN_LINE_COMMENT || token->length > 20) return DIALECT_BOTH;
  const char *text = comment_text(arena, token);
  return strcmp(text, "sqlite") == 0 ? DIALECT_SQLITE : strcmp(text, "postgres") == 0 ? DIALECT_POSTGRES : DIALECT_BOTH;
}

// ——— bodies

typedef struct BodyText {
  GString *sqlite, *postgres;
  bool is_begun;
  int line;
} BodyText;

static void add_to_both(BodyText *body, const char *text, size_t length) {
  g_string_append_len(body->sqlite, text, (gssize)length);
  g_string_append_len(body->postgres, text, (gssize)length);
}

// Line breaks stay, blanks before them go, so a dropped comment leaves no trace.
static void add_space(BodyText *body, const Token *token) {
  const char *after_breaks = token->text;
  for (size_t i = 0; i < token->length; i++) {
    if (token->text[i] != '\n') continue;
    add_to_both(body, "\n", 1);
    after_breaks = token->text + i + 1;
  }
  add_to_both(body, after_breaks, (size_t)(token->text + token->length - after_breaks));
}

static void drop_comment(BodyText *body, const Token *token) {
  GString *texts[] = {body->sqlite, body->postgres};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
    while (texts[i]->len && texts[i]->str[texts[i]->len - 1] == ' ') g_string_truncate(texts[i], texts[i]->len - 1);
    if (token->kind == TOKEN_BLOCK_COMMENT) g_string_append_c(texts[i], ' '); // it parts two words
    for (size_t at = 0; at < token->length; at++) {
      if (token->text[at] == '\n') g_string_append_c(texts[i], '\n');
    }
  }
}

static bool add_parameter(Parser *parser, BodyText *body, Statement *statement, const Token *token, GError **error) {
  const char *name = arena_strndup(parser->arena, token->text + 1, token->length - 1);
  for (size_t i = 0; i < statement->parameters.count; i++) {
    Parameter *parameter = &statement->parameters.items[i];
    if (strcmp(parameter->name, name) != 0) continue;
    parameter->is_used = true;
    g_string_append_printf(body->sqlite, "?%zu", i + 1);
    g_string_append_printf(body->postgres, "$%zu", i + 1);
    return true;
  }
  const char *what = arena_printf(parser->arena, "the parameter :%s is not declared", name);
  return fail(&parser->scanner, token->line, statement->name, error, what);
}

static bool add_token(Parser *parser, BodyText *body, Statement *statement, const Token *token, GError **error) {
  const Scanner *scanner = &parser->scanner;
  bool is_comment = token->kind == TOKEN_LINE_COMMENT || token->kind == TOKEN_BLOCK_COMMENT;
  if (token->kind == TOKEN_END) return fail(scanner, token->line, statement->name, error, "the statement does not end with “;”");
  if (is_declaration(token) || section_of(parser->arena, token) != DIALECT_BOTH)
    return fail(scanner, token->line, statement->name, error, "the statement does not end with “;” before this line");
  if (token->kind == TOKEN_BRACED)
    return fail(scanner, token->line, statement->name, error, "type words such as {int} are for migrations; write the type");
  if (!body->is_begun && (is_comment || token->kind == TOKEN_SPACE)) return true;
  if (!body->is_begun) body->line = token->line;
  body->is_begun = true;
  if (token->kind == TOKEN_PARAMETER) return add_parameter(parser, body, statement, token, error);
  if (is_comment) {
    drop_comment(body, token);
  } else if (token->kind == TOKEN_SPACE) {
    add_space(body, token);
  } else {
    add_to_both(body, token->text, token->length);
  }
  return true;
}

// Reads up to the semicolon and keeps the texts that `dialect` asks for.
static bool parse_body(Parser *parser, Statement *statement, Dialect dialect, GError **error) {
  g_autoptr(GString) sqlite = g_string_new(NULL);
  g_autoptr(GString) postgres = g_string_new(NULL);
  BodyText body = {.sqlite = sqlite, .postgres = postgres};
  Token token;
  parser->scanner.dialect = dialect;
  for (;;) {
    if (!scanner_next(&parser->scanner, &token, error)) return false;
    if (token.kind == TOKEN_SEMICOLON) break;
    if (!add_token(parser, &body, statement, &token, error)) return false;
  }
  parser->scanner.dialect = DIALECT_BOTH;
  if (!body.is_begun) return fail(&parser->scanner, token.line, statement->name, error, "there is no SQL before this “;”");
  if (dialect != DIALECT_POSTGRES) statement->sqlite = (Body){g_strchomp(arena_strdup(parser->arena, sqlite->str)), body.line};
  if (dialect != DIALECT_SQLITE) statement->postgres = (Body){g_strchomp(arena_strdup(parser->arena, postgres->str)), body.line};
  return true;
}

// The next token that is not space, without taking it.
static bool peek(const Parser *parser, Token *out, GError **error) {
  Scanner ahead = parser->scanner;
  do {
    if (!scanner_next(&ahead, out, error)) return false;
  } while (out->kind == TOKEN_SPACE);
  return true;
}

static bool parse_section(Parser *parser, Statement *statement, GError **error) {
  Token token;
  if (!peek(parser, &token, error)) return false;
  Dialect dialect = section_of(parser->arena, &token);
  const Body *given = dialect == DIALECT_SQLITE ? &statement->sqlite : &statement->postgres;
  if (dialect == DIALECT_BOTH || given->text) {
    return fail(&parser->scanner, token.line, statement->name, error,
                "one body for each database: under “-- sqlite” and under “-- postgres”");
  }
  parser->scanner.at = token.text + token.length;
  parser->scanner.line = token.line;
  return parse_body(parser, statement, dialect, error);
}

static bool parse_bodies(Parser *parser, Statement *statement, GError **error) {
  Token first;
  if (!peek(parser, &first, error)) return false;
  if (section_of(parser->arena, &first) == DIALECT_BOTH) return parse_body(parser, statement, DIALECT_BOTH, error);
  return parse_section(parser, statement, error) && parse_section(parser, statement, error);
}

// ——— the top level

// A long declaration goes on over further comment lines until its arrow.
static bool join_declaration(Parser *parser, const Token *first, const char **out, GError **error) {
  g_autoptr(GString) text = g_string_new(comment_text(parser->arena, first));
  while (!strstr(text->str, "->")) {
    Token token;
    do {
      if (!scanner_next(&parser->scanner, &token, error)) return false;
    } while (token.kind == TOKEN_SPACE);
    if (token.kind != TOKEN_LINE_COMMENT || is_declaration(&token) || text->len > DECLARATION_MOST) {
      return fail(&parser->scanner, first->line, NULL, error,
                  "this looks like a declaration without its result: name(parameter: type, …) -> result");
    }
    g_string_append_printf(text, " %s", comment_text(parser->arena, &token));
  }
  *out = arena_strdup(parser->arena, text->str);
  return true;
}

static bool parse_statement(Parser *parser, const Token *comment, GError **error) {
  const char *declaration = NULL;
  if (!join_declaration(parser, comment, &declaration, error)) return false;
  Statement statement = {.line = comment->line, .note = arena_strdup(parser->arena, parser->note->str)};
  g_string_truncate(parser->note, 0);
  if (!declaration_parse(parser, declaration, &statement, error)) return false;
  list_each(Statement, earlier, &parser->source->statements) {
    if (strcmp(earlier->name, statement.name) == 0)
      return fail(&parser->scanner, statement.line, statement.name, error, "a statement of this name stands above already");
  }
  if (!parse_bodies(parser, &statement, error)) return false;
  *list_add(parser->arena, &parser->source->statements) = statement;
  return true;
}

static bool parse_comment(Parser *parser, const Token *token, GError **error) {
  char *text = comment_text(parser->arena, token);
  if (is_declaration(token)) return parse_statement(parser, token, error);
  if (g_str_has_prefix(text, "include ")) {
    char *path = g_strstrip(text + strlen("include "));
    size_t length = strlen(path);
    if (length < 3 || path[0] != '"' || path[length - 1] != '"' || strcspn(path + 1, "\"\\") != length - 2)
      return fail(&parser->scanner, token->line, NULL, error, "an include is written -- include \"folder/file.h\"");
    *list_add(parser->arena, &parser->source->includes) = arena_strndup(parser->arena, path + 1, length - 2);
    return true;
  }
  g_string_append_printf(parser->note, "%s\n", text);
  return true;
}

static bool has_blank_line(const Token *space) {
  const char *first = memchr(space->text, '\n', space->length);
  return first && memchr(first + 1, '\n', (size_t)(space->text + space->length - first - 1));
}

static bool parse_all(Parser *parser, GError **error) {
  for (;;) {
    Token token;
    if (!scanner_next(&parser->scanner, &token, error)) return false;
    if (token.kind == TOKEN_END) return true;
    if (token.kind == TOKEN_LINE_COMMENT) {
      if (!parse_comment(parser, &token, error)) return false;
    } else if (token.kind == TOKEN_SPACE) {
      if (has_blank_line(&token)) g_string_truncate(parser->note, 0); // a note stands directly above its declaration
    } else if (token.kind != TOKEN_BLOCK_COMMENT) {
      return fail(&parser->scanner, token.line, NULL, error,
                  "SQL without a declaration above it: -- name(parameter: type, …) -> result");
    }
  }
}

bool source_parse(Arena *arena, const char *path, Source *out, GError **error) {
  const char *text = file_read(arena, path, error);
  if (!text) return false;
  g_autoptr(GString) note = g_string_new(NULL);
  *out = (Source){.path = path, .where = path_below_source(path)};
  Parser parser = {.arena = arena, .scanner = {.path = path, .at = text, .line = 1}, .source = out, .note = note};
  if (!parse_all(&parser, error)) return false;
  if (out->statements.count == 0) return fail(&parser.scanner, 1, NULL, error, "there is no statement in this file");
  return true;
}

const char *file_read(Arena *arena, const char *path, GError **error) {
  g_autoptr(GError) cause = NULL;
  g_autofree char *text = NULL;
  size_t size;
  if (!g_file_get_contents(path, &text, &size, &cause)) {
    error_set(error, ERROR_INVALID, "%s:1: %s", path, cause->message);
    return NULL;
  }
  if (strlen(text) != size || !g_utf8_validate(text, (gssize)size, NULL)) {
    error_set(error, ERROR_INVALID, "%s:1: the file is not UTF-8 text", path);
    return NULL;
  }
  return arena_strdup(arena, text);
}

const char *path_below_source(const char *path) {
  const char *below = g_strrstr(path, "/src/");
  if (below) return below + strlen("/src/");
  if (g_str_has_prefix(path, "src/")) return path + strlen("src/");
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}
