// embed [--raw] --out-c X.c [--out-h X.h] --symbol NAME FILE…
//
// Builds files into the program. Without --raw they are assets for browsers (const WebAsset NAME[]), with it any files as they
// are (const EmbeddedFile NAME[]). Exit 0, 64 for wrong usage, 65 when a file is refused, 66 when one cannot be read.
#include "embed.h"

#include <stdio.h>
#include <sysexits.h>

typedef struct Options {
  gboolean is_raw;
  char *out_c, *out_h, *symbol;
  char **files;
} Options;

static void options_clear(Options *options) {
  g_free(options->out_c);
  g_free(options->out_h);
  g_free(options->symbol);
  g_strfreev(options->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static int refuse(int exit_code, const char *message) {
  fprintf(stderr, "embed: %s\n", message);
  return exit_code;
}

static bool read_options(int argc, char **argv, Options *out, GError **error) {
  const GOptionEntry entries[] = {
    {"raw", 0, 0, G_OPTION_ARG_NONE, &out->is_raw, "embed the files as they are", NULL},
    {"out-c", 0, 0, G_OPTION_ARG_FILENAME, &out->out_c, "the C file to write", "FILE"},
    {"out-h", 0, 0, G_OPTION_ARG_FILENAME, &out->out_h, "the header to write, if any", "FILE"},
    {"symbol", 0, 0, G_OPTION_ARG_STRING, &out->symbol, "the name of the table", "NAME"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &out->files, NULL, "FILE…"},
    {0},
  };
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, error)) return false;
  if (!out->out_c || !out->symbol || !out->files)
    return error_set(error, ERROR_INVALID, "usage: embed [--raw] --out-c FILE --symbol NAME FILE…");
  return true;
}

static bool read_files(Arena *arena, char **paths, InputFileList *out, GError **error) {
  for (; *paths; paths++) {
    g_autofree char *bytes = NULL;
    g_autofree char *name = g_path_get_basename(*paths);
    size_t size;
    if (!g_file_get_contents(*paths, &bytes, &size, error)) return false;
    InputFile *file = list_add(arena, out);
    *file = (InputFile){arena_strdup(arena, name), bytes_of(arena_copy(arena, bytes, size), size)};
  }
  return true;
}

int main(int argc, char **argv) {
  g_auto(Options) options = {0};
  g_autoptr(GError) error = NULL;
  g_autoptr(Arena) arena = arena_new();
  InputFileList files = {0};
  if (!read_options(argc, argv, &options, &error)) return refuse(EX_USAGE, error->message);
  if (!read_files(arena, options.files, &files, &error)) return refuse(EX_NOINPUT, error->message);

  g_autoptr(GString) source = g_string_new(NULL);
  g_autoptr(GString) header = g_string_new(NULL);
  bool is_made = options.is_raw ? embed_raw(&files, options.symbol, source, &error)
                                : embed_assets(arena, &files, options.symbol, source, &error);
  if (!is_made) return refuse(EX_DATAERR, error->message);
  embed_header(options.is_raw ? "EmbeddedFile" : "WebAsset", options.symbol, header);
  if (!g_file_set_contents(options.out_c, source->str, (gssize)source->len, &error)) return refuse(EX_CANTCREAT, error->message);
  if (options.out_h && !g_file_set_contents(options.out_h, header->str, (gssize)header->len, &error))
    return refuse(EX_CANTCREAT, error->message);
  return 0;
}
