// words --code de --name Deutsch [--right-to-left] --out-c X.c INPUT.mo
//
// Makes a language of a catalogue that gettext's msgfmt has compiled: a C table for src/base/words.h. Reads the .mo (GNU gettext
// manual, "The Format of GNU MO Files"), refuses a translation whose placeholders are not those of the English text, and lays the
// messages out as a hash table. With --out-js it writes an ES module instead, for the texts of the scripts.
// Exit 0, 64 for wrong usage, 65 when a translation is refused, 66 when the catalogue cannot be read.
#include "catalogue.h"

#include <stdio.h>
#include <sysexits.h>

static int refuse(int exit_code, const char *message) {
  fprintf(stderr, "%s\n", message);
  return exit_code;
}

int main(int argc, char **argv) {
  g_autofree char *code = NULL, *name = NULL, *out_c = NULL, *out_js = NULL;
  gboolean is_right_to_left = false;
  const GOptionEntry entries[] = {
    {"code", 0, 0, G_OPTION_ARG_STRING, &code, "the language's code", "de"},
    {"name", 0, 0, G_OPTION_ARG_STRING, &name, "what it calls itself", "Deutsch"},
    {"right-to-left", 0, 0, G_OPTION_ARG_NONE, &is_right_to_left, "how it is written", NULL},
    {"out-c", 0, 0, G_OPTION_ARG_FILENAME, &out_c, "the C file to write", "FILE"},
    {"out-js", 0, 0, G_OPTION_ARG_FILENAME, &out_js, "the ES module to write", "FILE"},
    {0},
  };
  g_autoptr(GOptionContext) options = g_option_context_new("INPUT.mo");
  g_autoptr(GError) error = NULL;
  g_option_context_add_main_entries(options, entries, NULL);
  if (!g_option_context_parse(options, &argc, &argv, &error)) return refuse(EX_USAGE, error->message);
  if (argc != 2 || !code || !name || !(out_c || out_js))
    return refuse(EX_USAGE, "usage: words --code CODE --name NAME --out-c FILE INPUT.mo");

  g_autofree char *bytes = NULL;
  gsize size = 0;
  if (!g_file_get_contents(argv[1], &bytes, &size, &error)) return refuse(EX_NOINPUT, error->message);
  g_autoptr(Arena) arena = arena_new();
  Catalogue catalogue = {.code = code, .name = name, .is_right_to_left = is_right_to_left};
  if (!catalogue_read(arena, argv[1], bytes, size, &catalogue, &error)) return refuse(EX_DATAERR, error->message);
  g_autoptr(GString) text = g_string_new(NULL);
  if (out_c)
    catalogue_write_c(&catalogue, text);
  else
    catalogue_write_js(&catalogue, text);
  if (!g_file_set_contents(out_c ? out_c : out_js, text->str, (gssize)text->len, &error))
    return refuse(EX_CANTCREAT, error->message);
  return 0;
}
