// The two tables of the whole program: its migrations, and every query by name, so that a test can prepare them all on
// PostgreSQL.
#include "sqlgen.h"

static void write_head(GString *out, const char *what, const char *header, const char *type, const char *symbol,
                       const char *noun) {
  g_string_append_printf(out, "// Written by sqlgen: %s.\n#include \"%s\"\n\n", what, header);
  const char *plural = strcmp(noun, "query") == 0 ? "queries" : "migrations";
  g_string_append_printf(out, "extern const %s %s_%s[];\nextern const size_t %s_%s_count;\n\n", type, symbol, plural, symbol,
                         noun);
}

void write_migrations(GString *out, const MigrationList *migrations, const char *symbol) {
  write_head(out, "the migrations, oldest first", "db/db.h", "DbMigration", symbol, "migration");
  g_string_append_printf(out, "const DbMigration %s_migrations[] = {\n", symbol);
  list_each(Migration, migration, migrations) {
    g_string_append_printf(out, "  {\n    .number = %d,\n    .name = \"%s\",\n    .sqlite =\n", (int)migration->number,
                           migration->name);
    write_literal(out, migration->sqlite + strspn(migration->sqlite, "\n"), "      ");
    g_string_append(out, ",\n    .postgres =\n");
    write_literal(out, migration->postgres, "      ");
    g_string_append_printf(out, ",\n    .checksum = \"%s\",\n  },\n", migration->checksum);
  }
  if (!migrations->count) g_string_append(out, "  {0},\n");
  g_string_append_printf(out, "};\nconst size_t %s_migration_count = %zu;\n", symbol, migrations->count);
}

// Two statements of one name in different files would be two C functions of one name.
static bool refuse_doubles(const SourceList *sources, GError **error) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  list_each(Source, source, sources) {
    list_each(Statement, statement, &source->statements) {
      const char *before = g_hash_table_lookup(seen, statement->name);
      if (before) {
        return error_set(error, ERROR_INVALID, "%s:%d: %s: a statement of this name stands in %s already", source->path,
                         statement->line, statement->name, before);
      }
      g_hash_table_insert(seen, (void *)(uintptr_t)statement->name, (void *)(uintptr_t)source->path);
    }
  }
  return true;
}

bool write_registry(GString *out, const SourceList *sources, const char *symbol, GError **error) {
  if (!refuse_doubles(sources, error)) return false;
  write_head(out, "every query of the program", "db/statement.h", "DbQuery *const", symbol, "query");
  size_t count = 0;
  list_each(Source, source, sources) {
    list_each(Statement, statement, &source->statements) {
      g_string_append_printf(out, "extern const DbQuery %s_query;\n", statement->name);
      count++;
    }
  }
  g_string_append_printf(out, "\nconst DbQuery *const %s_queries[] = {\n", symbol);
  list_each(Source, source, sources) {
    g_string_append_printf(out, "  // %s\n", source->where);
    list_each(Statement, statement, &source->statements) g_string_append_printf(out, "  &%s_query,\n", statement->name);
  }
  if (!count) g_string_append(out, "  NULL,\n");
  g_string_append_printf(out, "};\nconst size_t %s_query_count = %zu;\n", symbol, count);
  return true;
}
