// A declaration: `name(parameter: type, …) -> result`. Refuses names that C or the written function needs for itself, so
// that an author hears of it here and not from the compiler in a file that nobody wrote.
#include "parse.h"

static const ValueType value_types[] = {
  {"int", "int64_t", "DB_INT", true, "IntList"},
  {"real", "double", "DB_REAL", true, NULL},
  {"text", "const char *", "DB_TEXT", false, "TextList"},
  {"bytes", "Bytes", "DB_BYTES", false, NULL},
  {"bool", "bool", "DB_BOOL", true, NULL},
};

static const struct {
  const char *word;
  ResultShape shape;
} result_words[] = {
  {"none", RESULT_NONE}, {"changed", RESULT_CHANGED}, {"one", RESULT_ONE}, {"optional", RESULT_OPTIONAL}, {"list", RESULT_LIST},
};

// Words of C, and what the written functions call their own variables.
static const char *const taken_names[] = {
  "auto",     "break",  "case",     "char",      "const",  "continue", "default",   "do",          "double",  "else",
  "enum",     "extern", "float",    "for",       "goto",   "if",       "inline",    "int",         "long",    "register",
  "restrict", "return", "short",    "signed",    "sizeof", "static",   "struct",    "switch",      "typedef", "union",
  "unsigned", "void",   "volatile", "while",     "bool",   "true",     "false",     "typeof",      "asm",     "db",
  "arena",    "error",  "out",      "out_found", "row",    "step",     "statement", "out_changed", "main",
};

typedef struct Reader {
  Parser *parser;
  const char *at;
  Statement *statement;
} Reader;

const ValueType *value_type_find(const char *word) {
  for (size_t i = 0; i < G_N_ELEMENTS(value_types); i++) {
    if (strcmp(value_types[i].word, word) == 0) return &value_types[i];
  }
  return NULL;
}

static bool fail(const Reader *reader, GError **error, const char *format, ...) __attribute__((format(printf, 3, 4)));
static bool fail(const Reader *reader, GError **error, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const char *what = arena_vprintf(reader->parser->arena, format, args);
  va_end(args);
  const char *name = reader->statement->name;
  return error_set(error, ERROR_INVALID, "%s:%d: %s%s%s", reader->parser->scanner.path, reader->statement->line, name ? name : "",
                   name ? ": " : "", what);
}

static void skip_space(Reader *reader) {
  while (g_ascii_isspace(*reader->at)) reader->at++;
}

static bool take_sign(Reader *reader, const char *sign) {
  skip_space(reader);
  if (!g_str_has_prefix(reader->at, sign)) return false;
  reader->at += strlen(sign);
  return true;
}

// An identifier, "" when there is none.
static const char *take_word(Reader *reader) {
  skip_space(reader);
  const char *begin = reader->at;
  while (g_ascii_isalnum(*reader->at) || *reader->at == '_') reader->at++;
  return arena_strndup(reader->parser->arena, begin, (size_t)(reader->at - begin));
}

static bool is_plain_name(const char *name) {
  if (!g_ascii_islower(*name)) return false;
  for (; *name; name++) {
    if (!g_ascii_islower(*name) && !g_ascii_isdigit(*name) && *name != '_') return false;
  }
  return true;
}

static bool check_name(Reader *reader, const char *name, GError **error) {
  if (!is_plain_name(name))
    return fail(reader, error, "“%s” is no name: small letters, digits and _, beginning with a letter", name);
  for (size_t i = 0; i < G_N_ELEMENTS(taken_names); i++) {
    if (strcmp(name, taken_names[i]) == 0)
      return fail(reader, error, "the name “%s” is taken in the C function; choose another", name);
  }
  return true;
}

static bool parse_parameter(Reader *reader, GError **error) {
  const char *name = take_word(reader);
  if (!check_name(reader, name, error)) return false;
  list_each(Parameter, earlier, &reader->statement->parameters) {
    if (strcmp(earlier->name, name) == 0) return fail(reader, error, "the parameter %s is declared twice", name);
  }
  if (!take_sign(reader, ":")) return fail(reader, error, "after the parameter %s stands “: type”", name);
  const char *word = take_word(reader);
  const ValueType *type = value_type_find(word);
  if (!type) return fail(reader, error, "“%s” is no type for %s: int, real, text, bytes, bool", word, name);
  bool is_nullable = take_sign(reader, "?");
  if (is_nullable && !type->takes_question)
    return fail(reader, error, "%s: %s may be NULL anyway; leave out the “?”", name, word);
  Parameter *parameter = list_add(reader->parser->arena, &reader->statement->parameters);
  *parameter = (Parameter){.name = name, .type = type, .is_nullable = is_nullable};
  return true;
}

static bool parse_parameters(Reader *reader, GError **error) {
  if (!take_sign(reader, "(")) return fail(reader, error, "after the name stands “(”");
  if (take_sign(reader, ")")) return true;
  do {
    if (!parse_parameter(reader, error)) return false;
  } while (take_sign(reader, ","));
  return take_sign(reader, ")") || fail(reader, error, "the list of parameters ends with “)”");
}

static bool parse_result_type(Reader *reader, Result *result, GError **error) {
  const char *word = take_word(reader);
  result->value = value_type_find(word);
  if (result->value) {
    if (result->shape == RESULT_LIST && !result->value->list)
      return fail(reader, error, "there is no list of %s; use a struct", word);
    return true;
  }
  result->struct_name = word;
  return g_ascii_isupper(*word) ||
         fail(reader, error, "“%s” is neither a type (int, real, text, bytes, bool) nor a struct", word);
}

static bool parse_result(Reader *reader, GError **error) {
  if (!take_sign(reader, "->")) return fail(reader, error, "after the parameters stands “-> result”");
  const char *word = take_word(reader);
  for (size_t i = 0; i < G_N_ELEMENTS(result_words); i++) {
    if (strcmp(result_words[i].word, word) != 0) continue;
    Result *result = &reader->statement->result;
    result->shape = result_words[i].shape;
    bool has_type = result->shape != RESULT_NONE && result->shape != RESULT_CHANGED;
    return !has_type || parse_result_type(reader, result, error);
  }
  return fail(reader, error, "“%s” is no result: none, changed, one …, optional …, list …", word);
}

bool declaration_parse(Parser *parser, const char *text, Statement *statement, GError **error) {
  Reader reader = {parser, text, statement};
  const char *name = take_word(&reader);
  if (!check_name(&reader, name, error)) return false;
  statement->name = name;
  if (!parse_parameters(&reader, error) || !parse_result(&reader, error)) return false;
  skip_space(&reader);
  return *reader.at == '\0' || fail(&reader, error, "“%s” after the result makes no sense", reader.at);
}
