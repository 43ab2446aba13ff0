// tmplc INPUT.html --name conversation.html --out-c X.c --out-h X.h
//
// tmplc --words INPUT.html…
//
// With --words prints the messages of the templates as entries of a .po file. Otherwise compiles HTML templates to C functions that append to a GString. Reads the file, hands it to compile.c and writes both
// outputs only when all went well. Exit 0, 65 when the template is refused, 66 when it cannot be read, 64 for wrong usage.
#include "base/arena.h"
#include "base/text.h"
#include "compile.h"
#include "place.h"

#include <stdio.h>
#include <sysexits.h>

static int refuse(int exit_code, const char *message) {
  fprintf(stderr, "%s\n", message);
  return exit_code;
}

static bool compile(Arena *arena, const char *file, const char *name, Compiled *out, int *out_exit, GError **error) {
  char *text = NULL;
  size_t size = 0;
  *out_exit = EX_NOINPUT;
  if (!g_file_get_contents(file, &text, &size, error)) return false;
  text = arena_take(arena, text);
  *out_exit = EX_DATAERR;
  const char *invalid = NULL;
  if (!g_utf8_validate_len(text, size, &invalid))
    return place_refuse(place_after((Place){file, 1, 1}, text, (size_t)(invalid - text)), error, "this is not UTF-8");
  return compile_template(arena, file, name, text, out, error);
}

static int print_words(char **files) {
  for (; *files; files++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Compiled compiled;
    int exit_code;
    if (!compile(arena, *files, *files, &compiled, &exit_code, &error)) return refuse(exit_code, error->message);
    fputs(compiled.words, stdout);
  }
  return 0;
}

int main(int argc, char **argv) {
  g_autofree char *name = NULL, *out_c = NULL, *out_h = NULL;
  gboolean wants_words = false;
  const GOptionEntry entries[] = {
    {"name", 0, 0, G_OPTION_ARG_STRING, &name, "what the header is called without .h", "NAME"},
    {"out-c", 0, 0, G_OPTION_ARG_FILENAME, &out_c, "the C file to write", "FILE"},
    {"out-h", 0, 0, G_OPTION_ARG_FILENAME, &out_h, "the header to write", "FILE"},
    {"words", 0, 0, G_OPTION_ARG_NONE, &wants_words, "print the messages instead", NULL},
    {0},
  };
  g_autoptr(GOptionContext) options = g_option_context_new("INPUT.html");
  g_autoptr(GError) error = NULL;
  g_option_context_add_main_entries(options, entries, NULL);
  if (!g_option_context_parse(options, &argc, &argv, &error)) return refuse(EX_USAGE, error->message);
  if (wants_words) return print_words(argv + 1);
  if (argc != 2 || !name || !out_c || !out_h)
    return refuse(EX_USAGE, "usage: tmplc INPUT.html --name NAME --out-c FILE --out-h FILE");

  g_autoptr(Arena) arena = arena_new();
  Compiled compiled;
  int exit_code;
  if (!compile(arena, argv[1], name, &compiled, &exit_code, &error)) return refuse(exit_code, error->message);
  if (!g_file_set_contents(out_c, compiled.source, -1, &error) || !g_file_set_contents(out_h, compiled.header, -1, &error))
    return refuse(EX_CANTCREAT, error->message);
  return 0;
}
