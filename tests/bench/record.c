// Recording and replaying statements. SQLite tells each statement with its values as it begins; the replay prepares them all first, so
// that only stepping and reading are counted.
#include "bench.h"

#include <sqlite3.h>
#include <time.h>

static Recording *recording; // of the thread that records; the bench records on one thread

static int trace(unsigned kind, void *unused, void *statement, void *sql) {
  // A line that begins with "--" is a trigger's or a nested statement.
  if (!recording || kind != SQLITE_TRACE_STMT || g_str_has_prefix(sql, "--")) return 0;
  char *expanded = sqlite3_expanded_sql(statement);
  if (expanded) g_ptr_array_add(recording->statements, g_strdup(expanded));
  sqlite3_free(expanded);
  return 0;
}

static int each_connection(sqlite3 *connection, char **message, const void *api) {
  return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, trace, NULL);
}

void record_install(void) {
  union {
    int (*typed)(sqlite3 *, char **, const void *);
    void (*plain)(void);
  } entry = {each_connection}; // SQLite asks for a function without parameters and calls it with these
  sqlite3_auto_extension(entry.plain);
}

void record_start(Recording *into) {
  into->statements = g_ptr_array_new_with_free_func(g_free);
  recording = into;
}

void record_stop(void) { recording = NULL; }

int64_t thread_cpu(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static volatile uint64_t read_sum; // so that the compiler cannot leave the reading out

static uint64_t read_columns(sqlite3_stmt *statement) {
  uint64_t sum = 0;
  for (int i = 0; i < sqlite3_column_count(statement); i++) {
    int type = sqlite3_column_type(statement, i);
    if (type == SQLITE_INTEGER)
      sum += (uint64_t)sqlite3_column_int64(statement, i);
    else if (type == SQLITE_FLOAT)
      sum += (uint64_t)(sqlite3_column_double(statement, i) > 0);
    else if (type != SQLITE_NULL)
      sum += *(const unsigned char *)sqlite3_column_text(statement, i) + (uint64_t)sqlite3_column_bytes(statement, i);
  }
  return sum;
}

int64_t replay(const char *database, const Recording *from) {
  sqlite3 *connection = NULL;
  g_autoptr(GPtrArray) prepared = g_ptr_array_new();
  g_assert(sqlite3_open(database, &connection) == SQLITE_OK);
  sqlite3_exec(connection,
               "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000", NULL,
               NULL, NULL);
  for (guint i = 0; i < from->statements->len; i++) {
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(connection, from->statements->pdata[i], -1, &statement, NULL);
    if (result != SQLITE_OK) g_error("replay: %s: %s", sqlite3_errmsg(connection), (char *)from->statements->pdata[i]);
    if (statement) g_ptr_array_add(prepared, statement);
  }
  uint64_t sum = 0;
  int64_t began = thread_cpu();
  for (guint i = 0; i < prepared->len; i++) {
    int step;
    while ((step = sqlite3_step(prepared->pdata[i])) == SQLITE_ROW) sum += read_columns(prepared->pdata[i]);
    if (step != SQLITE_DONE) g_error("replay: %s: %s", sqlite3_errmsg(connection), sqlite3_sql(prepared->pdata[i]));
  }
  int64_t took = thread_cpu() - began;
  read_sum = sum;
  for (guint i = 0; i < prepared->len; i++) sqlite3_finalize(prepared->pdata[i]);
  sqlite3_close(connection);
  return took;
}
