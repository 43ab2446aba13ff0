// Reading C as far as the checks need it: comments, strings and characters are blanked out (line breaks stay), calls are looked
// for in what is left, then preprocessor lines are blanked too, and functions are the braces that follow a closing parenthesis
// outside of all other braces.
#include "source.h"

#include <stdbool.h>

static bool is_name(char c) { return g_ascii_isalnum(c) || c == '_'; }

static void blank(char *from, const char *to) {
  for (; from < to; from++)
    if (*from != '\n') *from = ' ';
}

// Behind the comment, string or character that begins at `at`; `at` itself when none does.
static char *skip_inert(char *at) {
  if (at[0] == '/' && at[1] == '/') return at + strcspn(at, "\n");
  if (at[0] == '/' && at[1] == '*') {
    char *end = strstr(at + 2, "*/");
    return end ? end + 2 : at + strlen(at);
  }
  if (*at != '"' && *at != '\'') return at;
  char quote = *at++;
  while (*at && *at != quote && *at != '\n') at += at[0] == '\\' && at[1] ? 2 : 1;
  return *at == quote ? at + 1 : at;
}

static void blank_inert(char *text) {
  for (char *at = text; *at;) {
    char *end = skip_inert(at);
    blank(at, end);
    at = end > at ? end : at + 1;
  }
}

static void find_calls(Arena *arena, const char *code, CallList *out) {
  int line = 1;
  for (const char *at = code; *at;) {
    line += *at == '\n';
    if (!is_name(*at)) {
      at++;
      continue;
    }
    const char *begin = at;
    while (is_name(*at)) at++;
    const char *next = at + strspn(at, " \t\n");
    const char *before = begin;
    while (before > code && g_ascii_isspace(before[-1])) before--;
    bool is_member = before > code && (before[-1] == '.' || (before[-1] == '>' && before > code + 1 && before[-2] == '-'));
    if (*next != '(' || is_member || g_ascii_isdigit(*begin)) continue;
    *list_add(arena, out) = (Call){arena_strndup(arena, begin, (size_t)(at - begin)), line};
  }
}

// Takes the path from `#include "path"`; `original` still has its strings.
static void read_directive(Arena *arena, const char *original, int line, IncludeList *out) {
  const char *at = original + 1 + strspn(original + 1, " \t");
  if (!g_str_has_prefix(at, "include")) return;
  at += strlen("include");
  at += strspn(at, " \t");
  if (*at != '"') return;
  *list_add(arena, out) = (Include){arena_strndup(arena, at + 1, strcspn(at + 1, "\"\n")), line};
}

// Reads includes and blanks every preprocessor line, with the lines it goes on to.
static void take_directives(Arena *arena, const char *original, char *code, IncludeList *out) {
  int line = 1;
  for (char *at = code; *at; line++) {
    char *begin = at + strspn(at, " \t");
    char *end = at + strcspn(at, "\n");
    if (*begin == '#') {
      read_directive(arena, original + (begin - code), line, out);
      for (; end[0] == '\n' && end[-1] == '\\'; line++) end += 1 + strcspn(end + 1, "\n");
      blank(at, end);
    }
    at = *end ? end + 1 : end;
  }
}

// The name before the parenthesis at `open`.
static const char *name_before(Arena *arena, const char *code, const char *open) {
  while (open > code && g_ascii_isspace(open[-1])) open--;
  const char *end = open;
  while (open > code && is_name(open[-1])) open--;
  return arena_strndup(arena, open, (size_t)(end - open));
}

static void find_functions(Arena *arena, const char *code, FunctionList *out) {
  int line = 1, braces = 0, parentheses = 0;
  char before = ';'; // the last character that is no space
  const char *opened = NULL;
  Function *current = NULL;
  for (const char *at = code; *at; at++) {
    if (*at == '\n') line++;
    if (g_ascii_isspace(*at)) continue;
    if (*at == '(' && parentheses++ == 0) opened = at;
    if (*at == ')' && parentheses > 0) parentheses--;
    if (*at == '{' && braces++ == 0 && before == ')' && opened) {
      current = list_add(arena, out);
      *current = (Function){name_before(arena, code, opened), line, 0};
    }
    if (*at == '}' && braces > 0 && --braces == 0 && current) {
      current->lines = line - current->line + 1;
      current = NULL;
    }
    before = *at;
  }
}

SourceFile source_read(Arena *arena, const char *path, const char *text) {
  SourceFile file = {.path = arena_strdup(arena, path)};
  for (const char *at = text; *at; at++) file.lines += *at == '\n' || !at[1];
  char *code = arena_strdup(arena, text);
  blank_inert(code);
  find_calls(arena, code, &file.calls);
  take_directives(arena, text, code, &file.includes);
  find_functions(arena, code, &file.functions);
  return file;
}
