// tmplc INPUT.html --name conversation.html --out-c X.c --out-h X.h
//
// Compiles HTML templates to C functions that append to a GString. Reads the file, hands it to compile.c and writes both
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

int main(int argc, char **argv) {
  g_autofree char *name = NULL, *out_c = NULL, *out_h = NULL;
  const GOptionEntry entries[] = {
    {"name", 0, 0, G_OPTION_ARG_STRING, &name, "what the header is called without .h", "NAME"},
    {"out-c", 0, 0, G_OPTION_ARG_FILENAME, &out_c, "the C file to write", "FILE"},
    {"out-h", 0, 0, G_OPTION_ARG_FILENAME, &out_h, "the header to write", "FILE"},
    {0},
  };
  g_autoptr(GOptionContext) options = g_option_context_new("INPUT.html");
  g_autoptr(GError) error = NULL;
  g_option_context_add_main_entries(options, entries, NULL);
  if (!g_option_context_parse(options, &argc, &argv, &error)) return refuse(EX_USAGE, error->message);
  if (argc != 2 || !name || !out_c || !out_h)
    return refuse(EX_USAGE, "usage: tmplc INPUT.html --name NAME --out-c FILE --out-h FILE");

  g_autofree char *text = NULL;
  size_t size = 0;
  if (!g_file_get_contents(argv[1], &text, &size, &error)) return refuse(EX_NOINPUT, error->message);
  const char *invalid = NULL;
  if (!g_utf8_validate_len(text, size, &invalid)) {
    Place place = place_after((Place){argv[1], 1, 1}, text, (size_t)(invalid - text));
    place_refuse(place, &error, "this is not UTF-8");
    return refuse(EX_DATAERR, error->message);
  }
  g_autoptr(Arena) arena = arena_new();
  Compiled compiled;
  if (!compile_template(arena, argv[1], name, text, &compiled, &error)) return refuse(EX_DATAERR, error->message);
  if (!g_file_set_contents(out_c, compiled.source, -1, &error) || !g_file_set_contents(out_h, compiled.header, -1, &error))
    return refuse(EX_CANTCREAT, error->message);
  return 0;
}
