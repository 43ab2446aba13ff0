// check-layers ROOT [--stamp FILE] [--depfile FILE]
//
// Reads every .c and .h file below src/, tools/ and tests/ of ROOT (but no folder named golden), prints what breaks the rules in
// rules.c as file:line, and fails when any of it is an error. The stamp is written on success; the depfile names every file
// and folder that was read, so the build repeats the check when one changes or a new one appears.
#include "rules.h"

#include "base/error.h"

#include <stdio.h>
#include <sysexits.h>

typedef struct Walk {
  Arena *arena;
  const char *root;
  SourceFileList files;
  TextList visited;
} Walk;

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

// The names in a folder, sorted, so that findings come in the same order everywhere. Empty when there is no such folder.
static bool read_folder(Arena *arena, const char *path, TextList *out, GError **error) {
  if (!g_file_test(path, G_FILE_TEST_IS_DIR)) return true;
  g_autoptr(GDir) folder = g_dir_open(path, 0, error);
  if (!folder) return false;
  for (const char *name = g_dir_read_name(folder); name; name = g_dir_read_name(folder))
    *list_add(arena, out) = arena_strdup(arena, name);
  if (out->count) qsort(out->items, out->count, sizeof *out->items, by_name);
  return true;
}

static bool read_source(Walk *walk, const char *path, const char *full, GError **error) {
  g_autofree char *text = NULL;
  if (!g_file_get_contents(full, &text, NULL, error)) return false;
  SourceFile read = source_read(walk->arena, path, text);
  *list_add(walk->arena, &walk->files) = read;
  return true;
}

// Visits folders from a list that grows while it is worked off.
static bool walk_folders(Walk *walk, TextList *folders, GError **error) {
  for (size_t i = 0; i < folders->count; i++) {
    const char *folder = folders->items[i];
    TextList names = {0};
    const char *full = arena_printf(walk->arena, "%s/%s", walk->root, folder);
    if (!read_folder(walk->arena, full, &names, error)) return false;
    if (names.count) *list_add(walk->arena, &walk->visited) = full;
    list_each(Text, name, &names) {
      const char *path = arena_printf(walk->arena, "%s/%s", folder, *name);
      const char *inside = arena_printf(walk->arena, "%s/%s", walk->root, path);
      bool is_source = g_str_has_suffix(*name, ".c") || g_str_has_suffix(*name, ".h");
      if (**name == '.' || strcmp(*name, "golden") == 0 || strcmp(*name, "node_modules") == 0) continue;
      if (g_file_test(inside, G_FILE_TEST_IS_DIR)) {
        *list_add(walk->arena, folders) = path;
      } else if (is_source) {
        *list_add(walk->arena, &walk->visited) = inside;
        if (!read_source(walk, path, inside, error)) return false;
      }
    }
  }
  return true;
}

// Prints the findings and returns how many are errors.
static int print_findings(const FindingList *findings) {
  int errors = 0;
  list_each(const Finding, finding, findings) {
    fprintf(stderr, "%s:%d: %s: %s\n", finding->path, finding->line, finding->is_error ? "error" : "warning", finding->message);
    errors += finding->is_error;
  }
  return errors;
}

static bool write_results(const Walk *walk, const char *stamp, const char *depfile, GError **error) {
  g_autoptr(GString) rule = g_string_new(stamp);
  g_string_append_c(rule, ':');
  list_each(const Text, path, &walk->visited) g_string_append_printf(rule, " \\\n  %s", *path);
  g_string_append_c(rule, '\n');
  if (depfile && !g_file_set_contents(depfile, rule->str, (gssize)rule->len, error)) return false;
  return !stamp || g_file_set_contents(stamp, "checked\n", -1, error);
}

int main(int argc, char **argv) {
  g_autofree char *stamp = NULL, *depfile = NULL;
  const GOptionEntry entries[] = {
    {"stamp", 0, 0, G_OPTION_ARG_FILENAME, &stamp, "written when all is well", "FILE"},
    {"depfile", 0, 0, G_OPTION_ARG_FILENAME, &depfile, "what was read, for the build", "FILE"},
    {0},
  };
  g_autoptr(GOptionContext) options = g_option_context_new("ROOT");
  g_autoptr(GError) error = NULL;
  g_option_context_add_main_entries(options, entries, NULL);
  if (!g_option_context_parse(options, &argc, &argv, &error) || argc != 2) {
    fprintf(stderr, "%s\n", error ? error->message : "usage: check-layers ROOT [--stamp FILE] [--depfile FILE]");
    return EX_USAGE;
  }
  g_autoptr(Arena) arena = arena_new();
  Walk walk = {.arena = arena, .root = argv[1]};
  TextList folders = {0};
  static const char *const tops[] = {"src", "tools", "tests"};
  for (size_t i = 0; i < G_N_ELEMENTS(tops); i++) *list_add(arena, &folders) = tops[i];
  if (!walk_folders(&walk, &folders, &error) || !walk.files.count) {
    fprintf(stderr, "check-layers: %s\n", error ? error->message : "there are no sources");
    return EX_NOINPUT;
  }
  FindingList findings = {0};
  list_each(const SourceFile, file, &walk.files) rules_check_file(arena, file, &findings);
  rules_check_cycles(arena, &walk.files, &findings);
  if (print_findings(&findings)) return 1;
  if (write_results(&walk, stamp, depfile, &error)) return 0;
  fprintf(stderr, "check-layers: %s\n", error->message);
  return EX_CANTCREAT;
}
