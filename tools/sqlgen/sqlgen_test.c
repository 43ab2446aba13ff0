// sqlgen against its golden files: what it writes for golden/everything.sql and golden/schema, to the letter, and the error
// for each file that it must refuse. RAPPORT_GOLDEN_WRITE=1 writes what it gives over what was expected; look at the
// difference then.
#include "sqlgen.h"

#include "base/bytes.h"

#include <glib/gstdio.h>

typedef struct Refusal {
  char *name, *text, *error;
  bool is_migration;
} Refusal;

static const char *golden(Arena *arena, const char *name) {
  return arena_printf(arena, "%s/golden/%s", g_getenv("SQLGEN_SOURCE"), name);
}

static void check_golden(Arena *arena, const char *name, const GString *given) {
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = NULL;
  const char *path = golden(arena, name);
  if (g_getenv("RAPPORT_GOLDEN_WRITE")) g_file_set_contents(path, given->str, (gssize)given->len, &error);
  g_assert_no_error(error);
  g_file_get_contents(path, &expected, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(given->str, ==, expected);
}

static sqlite3 *golden_database(Arena *arena, MigrationList *migrations) {
  g_autoptr(GError) error = NULL;
  sqlite3 *database = check_database(arena);
  migrations_read(arena, golden(arena, "schema"), migrations, &error);
  g_assert_no_error(error);
  migrations_apply(database, migrations, &error);
  g_assert_no_error(error);
  return database;
}

static void test_statements(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) code = g_string_new(NULL);
  g_autoptr(GString) header = g_string_new(NULL);
  g_autoptr(GString) registry = g_string_new(NULL);
  MigrationList migrations = {0};
  SourceList sources = {0};
  Source *source = list_add(arena, &sources);
  sqlite3 *database = golden_database(arena, &migrations);
  source_parse(arena, golden(arena, "everything.sql"), source, &error);
  g_assert_no_error(error);
  source_check(arena, database, source, &error);
  g_assert_no_error(error);
  write_code(code, source, "everything.sql");
  write_header(header, source, "everything.sql");
  write_registry(registry, &sources, "golden", &error);
  g_assert_no_error(error);
  check_golden(arena, "everything.c.expected", code);
  check_golden(arena, "everything.h.expected", header);
  check_golden(arena, "registry.c.expected", registry);
}

static void test_migrations(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) table = g_string_new(NULL);
  MigrationList migrations = {0};
  golden_database(arena, &migrations);
  write_migrations(table, &migrations, "golden");
  check_golden(arena, "migrations.c.expected", table);
}

static void test_no_migrations(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) table = g_string_new(NULL);
  g_autofree char *folder = g_dir_make_tmp("sqlgen-XXXXXX", NULL);
  MigrationList migrations = {0};
  g_assert_true(migrations_read(arena, folder, &migrations, &error));
  write_migrations(table, &migrations, "golden");
  g_assert_nonnull(strstr(table->str, "golden_migration_count = 0;"));
  g_rmdir(folder);
  g_assert_false(migrations_read(arena, folder, &migrations, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

// Files are numbered 0001, 0002 … and no number stands twice; one may be left out.
static void test_migration_names(void) {
  static const char *const wrong[][2] = {{"0000-none.sql", NULL},
                                         {"1-first.sql", NULL},
                                         {"first.sql", NULL},
                                         {"0001-.sql", NULL},
                                         {"0001-first.sql", "0001-other.sql"}};
  for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("sqlgen-XXXXXX", NULL);
    MigrationList migrations = {0};
    for (size_t j = 0; j < 2 && wrong[i][j]; j++)
      g_file_set_contents(arena_printf(arena, "%s/%s", folder, wrong[i][j]), "CREATE TABLE a (id {id});", -1, &error);
    g_assert_no_error(error);
    g_assert_false(migrations_read(arena, folder, &migrations, &error));
    g_assert_nonnull(strstr(error->message, "growing numbers"));
    for (size_t j = 0; j < 2 && wrong[i][j]; j++) g_unlink(arena_printf(arena, "%s/%s", folder, wrong[i][j]));
    g_rmdir(folder);
  }
}

static void test_one_name_in_two_files(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) registry = g_string_new(NULL);
  SourceList sources = {0};
  for (int i = 0; i < 2; i++)
    g_assert_true(source_parse(arena, golden(arena, "everything.sql"), list_add(arena, &sources), NULL));
  g_assert_false(write_registry(registry, &sources, "golden", &error));
  g_assert_nonnull(strstr(error->message, "everything.sql:7: customer_add: a statement of this name stands in "));
}

static void test_where(void) {
  g_assert_cmpstr(path_below_source("../src/desk/staff/staff.sql"), ==, "desk/staff/staff.sql");
  g_assert_cmpstr(path_below_source("/home/src/rapport/src/desk/staff.sql"), ==, "desk/staff.sql");
  g_assert_cmpstr(path_below_source("src/desk/staff.sql"), ==, "desk/staff.sql");
  g_assert_cmpstr(path_below_source("elsewhere/staff.sql"), ==, "staff.sql");
}

static void test_binary_file(void) {
  static const char not_utf8[] = "-- a() -> one int\nSELECT '\xff';", with_nul[] = "-- a() -> one int\nSELECT 1\0;";
  const Bytes contents[] = {{not_utf8, sizeof not_utf8 - 1}, {with_nul, sizeof with_nul - 1}};
  for (size_t i = 0; i < G_N_ELEMENTS(contents); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("sqlgen-XXXXXX", NULL);
    const char *path = arena_printf(arena, "%s/a.sql", folder);
    g_assert_true(g_file_set_contents(path, contents[i].data, (gssize)contents[i].size, NULL));
    g_assert_null(file_read(arena, path, &error));
    g_assert_true(g_str_has_suffix(error->message, "a.sql:1: the file is not UTF-8 text"));
    g_unlink(path);
    g_rmdir(folder);
  }
}

// ——— refusals

static void refuse(Arena *arena, const Refusal *refusal, const char *folder, const char *path, GError **error) {
  MigrationList migrations = {0};
  if (refusal->is_migration) {
    if (migrations_read(arena, folder, &migrations, error)) migrations_apply(check_database(arena), &migrations, error);
    return;
  }
  Source source;
  sqlite3 *database = golden_database(arena, &migrations);
  if (source_parse(arena, path, &source, error)) source_check(arena, database, &source, error);
}

static void test_refusal(const void *data) {
  const Refusal *refusal = data;
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("sqlgen-XXXXXX", NULL);
  const char *path = arena_printf(arena, "%s/0001-a.sql", folder);
  g_assert_true(g_file_set_contents(path, refusal->text, -1, NULL));
  refuse(arena, refusal, folder, path, &error);
  g_unlink(path);
  g_rmdir(folder);
  g_assert_true(error_is(error, ERROR_INVALID));
  g_assert_true(g_str_has_prefix(error->message, path));
  g_assert_cmpstr(error->message + strlen(path) + 1, ==, refusal->error);
}

static void free_refusal(void *data) {
  Refusal *refusal = data;
  g_free(refusal->name);
  g_free(refusal->text);
  g_free(refusal->error);
  g_free(refusal);
}

// "name\nfile…\n>>> error\n"
static void add_refusal(const char *text, bool is_migration) {
  const char *name_end = strchr(text, '\n'), *error = strstr(text, "\n>>> ");
  g_assert_true(name_end && error && name_end <= error);
  Refusal *refusal = g_new0(Refusal, 1);
  g_autofree char *name = g_strndup(text, (gsize)(name_end - text));
  refusal->name = g_strdup_printf("/sqlgen/refuses/%s%s", is_migration ? "migration/" : "", name);
  refusal->text = g_strndup(name_end + 1, (gsize)(error - name_end));
  refusal->error = g_strstrip(g_strdup(error + strlen("\n>>> ")));
  refusal->is_migration = is_migration;
  g_test_add_data_func_full(refusal->name, refusal, test_refusal, free_refusal);
}

static void add_refusals(Arena *arena, const char *file, bool is_migration) {
  g_autoptr(GError) error = NULL;
  const char *text = file_read(arena, golden(arena, file), &error);
  g_assert_no_error(error);
  g_auto(GStrv) parts = g_strsplit(text, "\n### ", -1);
  g_assert_cmpuint(g_strv_length(parts), >, 5);
  for (char **part = parts + 1; *part; part++) add_refusal(*part, is_migration);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_autoptr(Arena) arena = arena_new();
  g_test_add_func("/sqlgen/writes/statements", test_statements);
  g_test_add_func("/sqlgen/writes/migrations", test_migrations);
  g_test_add_func("/sqlgen/writes/no-migrations", test_no_migrations);
  g_test_add_func("/sqlgen/says-where-below-source", test_where);
  g_test_add_func("/sqlgen/refuses/migration/wrong-names", test_migration_names);
  g_test_add_func("/sqlgen/refuses/one-name-in-two-files", test_one_name_in_two_files);
  g_test_add_func("/sqlgen/refuses/binary-file", test_binary_file);
  add_refusals(arena, "refused-statements.txt", false);
  add_refusals(arena, "refused-migrations.txt", true);
  return g_test_run();
}
