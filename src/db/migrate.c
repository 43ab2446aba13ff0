// Migrations: what the table `migration` says was applied is compared with what this program knows, and what is missing is
// applied, each step in a transaction with its row. Looking takes no lock, so a start with nothing to do is fast. With
// something to do, one process works while the others wait: on SQLite for the file's write lock, on PostgreSQL for an
// advisory lock; whoever gets it looks again first. A SQLite file that already holds data is copied before its first change.
#include "db/driver.h"

#include "base/list.h"
#include "base/log.h"

#define TRIES 60 // each waits for the lock as long as the driver does: five minutes

typedef struct Applied {
  int64_t number;
  const char *checksum;
} Applied;
LIST_DEFINE(Applied)

typedef struct Run {
  Arena *arena;
  Db *db;
  const DbMigration *migrations;
  size_t count;
  const Clock *clock;
} Run;

// ——— the table

static bool read_one_int(Db *db, const DbQuery *query, int64_t *out, GError **error) {
  DbStatement *statement = db_prepare(db, query, error);
  if (!statement) return false;
  DbStep step = db_step(statement, error);
  *out = step == DB_STEP_ROW ? db_column_int(statement, 0) : 0;
  return db_end(statement, step, error);
}

static bool table_exists(Db *db, int64_t *out, GError **error) {
  static const DbQuery query = {
    .name = "migration_table",
    .where = "db/migrate.c",
    .sqlite = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'",
    .postgres = "SELECT count(*) FROM pg_class WHERE oid = to_regclass('migration')",
    .columns = 1,
  };
  return read_one_int(db, &query, out, error);
}

static bool make_table(Db *db, GError **error) {
  return db_run_script(db,
                       "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL,"
                       " checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)",
                       error);
}

static bool read_applied(Run *run, AppliedList *out, GError **error) {
  static const DbQuery query = {
    .name = "migration_list",
    .where = "db/migrate.c",
    .sqlite = "SELECT number, checksum FROM migration ORDER BY number",
    .postgres = "SELECT number, checksum FROM migration ORDER BY number",
    .columns = 2,
  };
  int64_t exists;
  *out = (AppliedList){0};
  if (!table_exists(run->db, &exists, error)) return false;
  if (!exists) return true;
  DbStatement *statement = db_prepare(run->db, &query, error);
  if (!statement) return false;
  DbStep step;
  while ((step = db_step(statement, error)) == DB_STEP_ROW) {
    Applied *applied = list_add(run->arena, out);
    db_read(run->arena, statement, 0, &applied->number);
    db_read(run->arena, statement, 1, &applied->checksum);
  }
  return db_end(statement, step, error);
}

static bool add_row(Run *run, const DbMigration *migration, GError **error) {
  static const DbType types[] = {DB_INT, DB_TEXT, DB_TEXT, DB_INT};
  static const DbQuery query = {
    .name = "migration_add",
    .where = "db/migrate.c",
    .sqlite = "INSERT INTO migration (number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
    .postgres = "INSERT INTO migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
    .types = types,
    .parameters = 4,
  };
  DbStatement *statement = db_prepare(run->db, &query, error);
  if (!statement) return false;
  db_bind_int(statement, 0, migration->number);
  db_bind_text(statement, 1, migration->name);
  db_bind_text(statement, 2, migration->checksum);
  db_bind_int(statement, 3, clock_now(run->clock));
  return db_end(statement, db_step(statement, error), error);
}

// ——— comparing

// How many of our migrations are applied; what is applied must be the first of ours, unchanged.
static bool compare(const Run *run, const AppliedList *applied, size_t *out_count, GError **error) {
  for (size_t i = 0; i < applied->count; i++) {
    const Applied *row = &applied->items[i];
    if (i >= run->count) {
      return error_set(
        error, ERROR_BROKEN,
        "The database was made by a newer version of this program (its schema is %d, ours %d); install that version.",
        (int)applied->items[applied->count - 1].number, (int)run->count);
    }
    if (row->number != run->migrations[i].number || strcmp(row->checksum, run->migrations[i].checksum) != 0) {
      return error_set(
        error, ERROR_BROKEN,
        "Step %d of the database's schema is not the one that this program knows; install the version that made it.",
        (int)row->number);
    }
  }
  *out_count = applied->count;
  return true;
}

static bool look(Run *run, size_t *out_count, GError **error) {
  AppliedList applied;
  return read_applied(run, &applied, error) && compare(run, &applied, out_count, error);
}

// ——— applying

static bool copy_before(Run *run, const DbMigration *migration, GError **error) {
  g_autofree char *path = g_strdup_printf("%s.before-%d", run->db->where, (int)migration->number);
  log_info("db", "the schema changes; the database as it was is kept in %s", path);
  return db_copy_to(run->db, path, error);
}

// SQLite's transaction holds the only write lock already. On PostgreSQL a number that is ours alone is the lock; waiting for
// it has no limit, because a long migration may be at work.
static bool lock(Run *run, GError **error) {
  static const char script[] =
    "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(7311042100); SET LOCAL lock_timeout = '5s'";
  return !db_is_postgres(run->db) || db_run_script(run->db, script, error);
}

// Applies the next missing migration; `*out_done` when there is none.
static bool apply_next(Run *run, bool *has_copy, bool *out_done, GError **error) {
  size_t applied;
  g_autoptr(DbTx) tx = db_begin(run->db, error);
  if (!tx || !lock(run, error) || !look(run, &applied, error)) return false;
  *out_done = applied == run->count;
  if (*out_done) return true;
  const DbMigration *next = &run->migrations[applied];
  bool is_postgres = db_is_postgres(run->db);
  if (!is_postgres && applied > 0 && !*has_copy && !copy_before(run, next, error)) return false;
  *has_copy = true;
  if (!make_table(run->db, error) || !db_run_script(run->db, is_postgres ? next->postgres : next->sqlite, error)) {
    g_prefix_error(error, "Step %d of the schema (%s): ", (int)next->number, next->name);
    return false;
  }
  return add_row(run, next, error) && db_commit(&tx, error);
}

static bool apply_all(Run *run, GError **error) {
  bool is_done = false, has_copy = false;
  for (int tries = 0; !is_done;) {
    g_autoptr(GError) cause = NULL;
    if (apply_next(run, &has_copy, &is_done, &cause)) continue;
    if (error_is(cause, ERROR_BUSY) && ++tries < TRIES) continue;
    g_propagate_error(error, g_steal_pointer(&cause));
    return false;
  }
  return true;
}

bool db_migrate(Db *db, const DbMigration *migrations, size_t count, const Clock *clock, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  Run run = {arena, db, migrations, count, clock};
  size_t applied;
  if (!look(&run, &applied, error)) return false;
  if (applied == count) return true;
  return apply_all(&run, error);
}
