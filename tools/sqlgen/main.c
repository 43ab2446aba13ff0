// sqlgen: reads the options, the migrations and the `.sql` files, checks them, and writes what was asked for. A file that would
// come out the same is left alone, so that nothing is compiled again for it. Exit 0, or 1 with one line on standard error.
#include "sqlgen.h"

#include <stdio.h>

typedef struct Options {
  char *migrations, *out_c, *out_h, *name, *out_migrations, *out_registry, *symbol;
  char **inputs;
} Options;

static void options_clear(Options *options) {
  char *texts[] = {options->migrations,     options->out_c,        options->out_h, options->name,
                   options->out_migrations, options->out_registry, options->symbol};
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_strfreev(options->inputs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static bool read_options(Options *options, int argc, char **argv, GError **error) {
  const GOptionEntry entries[] = {
    {"migrations", 0, 0, G_OPTION_ARG_FILENAME, &options->migrations, "the folder of migrations", "DIR"},
    {"out-c", 0, 0, G_OPTION_ARG_FILENAME, &options->out_c, "the code of the one input", "FILE"},
    {"out-h", 0, 0, G_OPTION_ARG_FILENAME, &options->out_h, "its header", "FILE"},
    {"name", 0, 0, G_OPTION_ARG_STRING, &options->name, "the header's name without .h; the input's name when not given", "NAME"},
    {"out-migrations", 0, 0, G_OPTION_ARG_FILENAME, &options->out_migrations, "the table of migrations", "FILE"},
    {"out-registry", 0, 0, G_OPTION_ARG_FILENAME, &options->out_registry, "the table of all queries", "FILE"},
    {"symbol", 0, 0, G_OPTION_ARG_STRING, &options->symbol, "what the tables' names begin with", "NAME"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->inputs, "the .sql files", "INPUT.sql …"},
    {0},
  };
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, error)) return false;
  guint inputs = options->inputs ? g_strv_length(options->inputs) : 0;
  if (!options->migrations) return error_set(error, ERROR_INVALID, "sqlgen: --migrations DIR is missing");
  if ((options->out_c || options->out_h) && (inputs != 1 || !options->out_c || !options->out_h))
    return error_set(error, ERROR_INVALID, "sqlgen: --out-c and --out-h go together, with one input");
  if ((options->out_migrations || options->out_registry) && !options->symbol)
    return error_set(error, ERROR_INVALID, "sqlgen: the tables need --symbol NAME");
  return true;
}

static bool save(const char *path, const GString *text, GError **error) {
  g_autofree char *present = NULL;
  gsize size;
  if (g_file_get_contents(path, &present, &size, NULL) && size == text->len && memcmp(present, text->str, size) == 0) return true;
  return g_file_set_contents(path, text->str, (gssize)text->len, error);
}

static bool write_one(const Options *options, const Source *source, GError **error) {
  g_autofree char *base = g_path_get_basename(source->path);
  const char *name = options->name ? options->name : base;
  g_autoptr(GString) code = g_string_new(NULL);
  g_autoptr(GString) header = g_string_new(NULL);
  write_code(code, source, name);
  write_header(header, source, name);
  return save(options->out_c, code, error) && save(options->out_h, header, error);
}

static bool write_tables(const Options *options, const MigrationList *migrations, const SourceList *sources, GError **error) {
  g_autoptr(GString) table = g_string_new(NULL);
  g_autoptr(GString) registry = g_string_new(NULL);
  if (options->out_migrations) {
    write_migrations(table, migrations, options->symbol);
    if (!save(options->out_migrations, table, error)) return false;
  }
  if (!options->out_registry) return true;
  return write_registry(registry, sources, options->symbol, error) && save(options->out_registry, registry, error);
}

static bool generate(Arena *arena, const Options *options, GError **error) {
  MigrationList migrations = {0};
  SourceList sources = {0};
  sqlite3 *database = check_database(arena);
  if (!migrations_read(arena, options->migrations, &migrations, error)) return false;
  if (!migrations_apply(database, &migrations, error)) return false;
  for (char **input = options->inputs; input && *input; input++) {
    Source *source = list_add(arena, &sources);
    if (!source_parse(arena, *input, source, error) || !source_check(arena, database, source, error)) return false;
  }
  if (options->out_c && !write_one(options, &sources.items[0], error)) return false;
  return write_tables(options, &migrations, &sources, error);
}

int main(int argc, char **argv) {
  g_auto(Options) options = {0};
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  if (read_options(&options, argc, argv, &error) && generate(arena, &options, &error)) return 0;
  fprintf(stderr, "%s\n", error->message);
  return 1;
}
