// sqlgen: what its parts say to each other. README.md tells the language of the `.sql` files.
//
//   scan.c        SQL text to tokens, so that nothing inside quotes and comments is ever taken for something else
//   parse.c       one `.sql` file to a Source: declarations and bodies, `:name` already numbered
//   migrations.c  a folder of migrations to scripts for both databases, and applied to a SQLite memory database
//   check.c       every statement prepared on that database; parameters, columns and results agree
//   write.c       the C code of a Source; write_tables.c the table of migrations and the registry of queries
//
// Every error is one line, `file:line: what is wrong`, with ERROR_INVALID. Everything lives in the arena.
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/list.h"

#include <sqlite3.h>
#include <stdbool.h>

typedef enum Dialect { DIALECT_BOTH, DIALECT_SQLITE, DIALECT_POSTGRES } Dialect;

// ——— scan.c

typedef enum TokenKind {
  TOKEN_END,
  TOKEN_SPACE,
  TOKEN_LINE_COMMENT, // without its newline
  TOKEN_BLOCK_COMMENT,
  TOKEN_QUOTED,    // a string or a quoted identifier
  TOKEN_WORD,      // an identifier, keyword or number
  TOKEN_PARAMETER, // :name
  TOKEN_BRACED,    // {name}
  TOKEN_SEMICOLON,
  TOKEN_OTHER,
} TokenKind;

typedef struct Token {
  TokenKind kind;
  const char *text; // in the source, not terminated
  size_t length;
  int line;
} Token;

typedef struct Scanner {
  const char *path;
  const char *at;
  int line;
  Dialect dialect;
} Scanner;

bool scanner_next(Scanner *scanner, Token *out, GError **error);
bool token_is(const Token *token, const char *text);

// ——— parse.c

typedef struct ValueType {
  const char *word;    // "int" in a declaration
  const char *c_type;  // "int64_t"
  const char *db_type; // "DB_INT"
  bool takes_question; // may be written "int?" as a parameter
  const char *list;    // "IntList"; NULL: there is none
} ValueType;

const ValueType *value_type_find(const char *word); // NULL when there is no such type

typedef struct Parameter {
  const char *name;
  const ValueType *type;
  bool is_nullable;
  bool is_used;
} Parameter;
LIST_DEFINE(Parameter)

typedef enum ResultShape { RESULT_NONE, RESULT_CHANGED, RESULT_ONE, RESULT_OPTIONAL, RESULT_LIST } ResultShape;

typedef struct Result {
  ResultShape shape;
  const ValueType *value; // NULL: a struct
  const char *struct_name;
} Result;

typedef struct Body {
  const char *text; // NULL: not given
  int line;         // where it begins in the file
} Body;

typedef struct Statement {
  const char *name;
  int line;         // of the declaration
  const char *note; // the comment above it, lines without "-- "; may be ""
  ParameterList parameters;
  Result result;
  Body sqlite, postgres;
  TextList columns; // filled by source_check
} Statement;
LIST_DEFINE(Statement)

typedef struct Source {
  const char *path;  // as given, for errors
  const char *where; // from the folder under src/ on, for the program's own messages
  TextList includes;
  StatementList statements;
} Source;
LIST_DEFINE(Source)

bool source_parse(Arena *arena, const char *path, Source *out, GError **error);
// Reads a file as text; an error when it is not UTF-8.
const char *file_read(Arena *arena, const char *path, GError **error);
const char *path_below_source(const char *path); // "../src/desk/a.sql" → "desk/a.sql"

// ——— migrations.c

typedef struct Migration {
  int64_t number;
  const char *path, *name; // name without number and ending
  const char *sqlite, *postgres;
  const char *checksum;
} Migration;
LIST_DEFINE(Migration)

bool migrations_read(Arena *arena, const char *folder, MigrationList *out, GError **error);
bool migrations_apply(sqlite3 *database, const MigrationList *migrations, GError **error);

// ——— check.c

sqlite3 *check_database(Arena *arena); // empty, in memory, as strict as the program's own; closed with the arena
// The line, in a text whose first is `first_line`, of what SQLite refused in the statement at `begin`.
int check_line(sqlite3 *database, const char *text, const char *begin, int first_line);
bool source_check(Arena *arena, sqlite3 *database, Source *source, GError **error);

// ——— write.c, write_tables.c

void write_header(GString *out, const Source *source, const char *name);
void write_code(GString *out, const Source *source, const char *name);
void write_migrations(GString *out, const MigrationList *migrations, const char *symbol);
bool write_registry(GString *out, const SourceList *sources, const char *symbol, GError **error);
void write_literal(GString *out, const char *text, const char *indent); // a C string, one source line a text line
