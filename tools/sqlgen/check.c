// Every statement of a file against the schema: SQLite prepares it, its parameters are all used, its columns fit its result.
// What SQLite says is given with the line of the file where it stumbled.
#include "sqlgen.h"

typedef struct Check {
  Arena *arena;
  sqlite3 *database;
  const Source *source;
  Statement *statement;
} Check;

static bool fail(const Check *check, int line, GError **error, const char *format, ...) __attribute__((format(printf, 4, 5)));
static bool fail(const Check *check, int line, GError **error, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const char *what = arena_vprintf(check->arena, format, args);
  va_end(args);
  return error_set(error, ERROR_INVALID, "%s:%d: %s: %s", check->source->path, line, check->statement->name, what);
}

// Transactions, settings and files are for db.h, where both databases can follow.
static bool check_first_word(const Check *check, const Body *body, GError **error) {
  static const char *const words[] = {"BEGIN",  "COMMIT", "END",    "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA",
                                      "ATTACH", "DETACH", "VACUUM", "CREATE",   "DROP",      "ALTER",   "EXPLAIN"};
  size_t length = strcspn(body->text, " \t\r\n(");
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
    if (strlen(words[i]) == length && g_ascii_strncasecmp(words[i], body->text, length) == 0)
      return fail(check, body->line, error, "%s has no place here; see db.h for transactions, migrations for tables", words[i]);
  }
  return true;
}

static bool check_parameters(const Check *check, GError **error) {
  list_each(Parameter, parameter, &check->statement->parameters) {
    if (!parameter->is_used)
      return fail(check, check->statement->line, error, "the parameter :%s is declared, but not used", parameter->name);
  }
  return true;
}

// A column that goes into a struct: "subject", or "customer.name" for a struct inside it.
static bool names_field(const char *name) {
  bool begins = true;
  for (; *name; name++) {
    if (begins && !g_ascii_isalpha(*name) && *name != '_') return false;
    if (!g_ascii_isalnum(*name) && *name != '_' && *name != '.') return false;
    begins = *name == '.';
  }
  return !begins;
}

static bool check_column_names(const Check *check, GError **error) {
  const TextList *columns = &check->statement->columns;
  const char *type = check->statement->result.struct_name;
  int line = check->statement->sqlite.line;
  for (size_t i = 0; i < columns->count; i++) {
    const char *name = columns->items[i];
    if (!names_field(name)) return fail(check, line, error, "the column “%s” is no field of %s; write … AS field", name, type);
    for (size_t j = 0; j < i; j++) {
      if (strcmp(columns->items[j], name) == 0) return fail(check, line, error, "there are two columns “%s”", name);
    }
  }
  return true;
}

static bool check_result(const Check *check, GError **error) {
  const Statement *statement = check->statement;
  bool wants_columns = statement->result.shape != RESULT_NONE && statement->result.shape != RESULT_CHANGED;
  size_t count = statement->columns.count;
  int line = statement->sqlite.line;
  if (!wants_columns && count > 0)
    return fail(check, line, error, "it gives columns (“%s”), but its result has none", statement->columns.items[0]);
  if (wants_columns && count == 0) return fail(check, line, error, "it gives no columns, but its result wants them");
  if (!wants_columns) return true;
  if (statement->result.struct_name) return check_column_names(check, error);
  return count == 1 || fail(check, line, error, "its result is one value, but it gives %zu columns", count);
}

// SQLite says where it stumbled, except over a name that it does not know, which ends the message.
int check_line(sqlite3 *database, const char *text, const char *begin, int first_line) {
  int offset = sqlite3_error_offset(database);
  const char *words = sqlite3_errmsg(database);
  const char *name = words + strlen(words);
  while (name > words && (g_ascii_isalnum(name[-1]) || name[-1] == '_')) name--;
  const char *found = *name ? strstr(begin, name) : NULL;
  const char *place = offset >= 0 ? begin + offset : g_str_has_prefix(words, "no such ") && found ? found : begin;
  for (; text < place; text++) first_line += *text == '\n';
  return first_line;
}

static bool check_statement(const Check *check, GError **error) {
  Statement *statement = check->statement;
  if (!check_first_word(check, &statement->sqlite, error) || !check_first_word(check, &statement->postgres, error)) return false;
  sqlite3_stmt *prepared = NULL;
  if (sqlite3_prepare_v2(check->database, statement->sqlite.text, -1, &prepared, NULL) != SQLITE_OK) {
    const Body *body = &statement->sqlite;
    return fail(check, check_line(check->database, body->text, body->text, body->line), error, "%s",
                sqlite3_errmsg(check->database));
  }
  int columns = sqlite3_column_count(prepared);
  for (int i = 0; i < columns; i++)
    *list_add(check->arena, &statement->columns) = arena_strdup(check->arena, sqlite3_column_name(prepared, i));
  sqlite3_finalize(prepared);
  return check_parameters(check, error) && check_result(check, error);
}

static void close_database(void *database) { sqlite3_close(database); }

sqlite3 *check_database(Arena *arena) {
  sqlite3 *database;
  if (sqlite3_open(":memory:", &database) != SQLITE_OK) g_error("sqlgen: no SQLite memory database");
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL); // "x" is never a string
  sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  arena_defer(arena, close_database, database);
  return database;
}

bool source_check(Arena *arena, sqlite3 *database, Source *source, GError **error) {
  list_each(Statement, statement, &source->statements) {
    Check check = {arena, database, source, statement};
    if (!check_statement(&check, error)) return false;
  }
  return true;
}
