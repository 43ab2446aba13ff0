// Making the tables. Assets are taken in order: references in one are rewritten to the hashed paths of those before it, then its
// own hash is taken, so a hash changes when anything it leads to changes. Bytes are written as C strings, which compilers read
// many times faster than lists of numbers. What only authors read in a script or a style sheet is left out (trim.c).
#include "embed.h"

#include "base/text.h"
#include "compress.h"
#include "trim.h"

#include <sodium.h>

#define ASSETS "/assets/"

typedef struct AssetType {
  const char *ending, *type;
  bool is_text; // may refer to other assets
  const char *(*trim)(Arena *arena, const char *text);
} AssetType;

static const AssetType types[] = {
  {".css", "text/css; charset=utf-8", true, trim_style},
  {".js", "text/javascript; charset=utf-8", true, trim_script},
  {".mjs", "text/javascript; charset=utf-8", true, trim_script},
  {".svg", "image/svg+xml", true, NULL},
  {".json", "application/json", true, NULL},
  {".webmanifest", "application/manifest+json", true, NULL},
  {".txt", "text/plain; charset=utf-8", false, NULL},
  {".png", "image/png", false, NULL},
  {".jpg", "image/jpeg", false, NULL},
  {".webp", "image/webp", false, NULL},
  {".gif", "image/gif", false, NULL},
  {".ico", "image/vnd.microsoft.icon", false, NULL},
  {".woff2", "font/woff2", false, NULL},
};

typedef struct Asset {
  const char *name, *path, *type;
  Bytes plain, gzip, brotli;
} Asset;
LIST_DEFINE(Asset)

static const AssetType *type_of(const char *name) {
  for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
    if (g_str_has_suffix(name, types[i].ending)) return &types[i];
  return NULL;
}

// "desk.css" with its hash: "/assets/desk-1a2b3c4d5e6f.css".
static const char *hashed_path(Arena *arena, const char *name, Bytes bytes) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, bytes.data, bytes.size);
  const char *ending = strrchr(name, '.');
  return arena_printf(arena, ASSETS "%.*s-%s%s", (int)(ending - name), name, text_hex(arena, bytes_of(hash, 6)), ending);
}

static const Asset *find_asset(const AssetList *assets, const char *name) {
  list_each(const Asset, asset, assets)
    if (strcmp(asset->name, name) == 0) return asset;
  return NULL;
}

static bool is_input(const InputFileList *files, const char *name) {
  list_each(const InputFile, file, files)
    if (strcmp(file->name, name) == 0) return true;
  return false;
}

static int line_of(const char *text, const char *at) {
  int line = 1;
  for (; text < at; text++) line += *text == '\n';
  return line;
}

// Copies the text of `file` with each /assets/NAME replaced by that asset's hashed path.
static bool resolve(Arena *arena, const InputFileList *files, const InputFile *file, const AssetList *known, Bytes *out,
                    GError **error) {
  const char *text = arena_strndup(arena, file->bytes.data, file->bytes.size);
  g_autoptr(GString) resolved = g_string_new(NULL);
  for (const char *rest = text;;) {
    const char *found = strstr(rest, ASSETS);
    g_string_append_len(resolved, rest, found ? found - rest : -1);
    if (!found) break;
    const char *begin = found + strlen(ASSETS);
    size_t size = strspn(begin, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
    const char *name = arena_strndup(arena, begin, size);
    const Asset *asset = find_asset(known, name);
    if (!asset) {
      const char *why = is_input(files, name) ? "comes later in the list or is this file; put it first"
                                              : "is not among the assets";
      return error_set(error, ERROR_INVALID, "%s:%d: " ASSETS "%s %s", file->name, line_of(text, found), name, why);
    }
    g_string_append(resolved, asset->path);
    rest = begin + size;
  }
  *out = bytes_of(arena_strdup(arena, resolved->str), resolved->len);
  return true;
}

static bool check_names(const InputFileList *files, GError **error) {
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  list_each(const InputFile, file, files) {
    if (g_hash_table_contains(seen, file->name)) return error_set(error, ERROR_INVALID, "%s is there twice", file->name);
    g_hash_table_add(seen, (gpointer)(uintptr_t)file->name);
  }
  return true;
}

static bool make_asset(Arena *arena, const InputFileList *files, const InputFile *file, AssetList *assets, GError **error) {
  const AssetType *type = type_of(file->name);
  if (!type)
    return error_set(error, ERROR_INVALID, "%s: nobody knows what type a file with this ending has; see tools/embed/embed.c",
                     file->name);
  Bytes bytes = file->bytes;
  if (type->is_text) {
    if (!g_utf8_validate_len(bytes.data, bytes.size, NULL))
      return error_set(error, ERROR_INVALID, "%s: this is not UTF-8", file->name);
    if (!resolve(arena, files, file, assets, &bytes, error)) return false;
    if (type->trim) bytes = bytes_of_text(type->trim(arena, bytes.data));
  }
  Asset *asset = list_add(arena, assets);
  *asset = (Asset){file->name, hashed_path(arena, file->name, bytes), type->type,
                   bytes,      compress_gzip(arena, bytes),           compress_brotli(arena, bytes)};
  return true;
}

static void put_c_string(GString *out, Bytes bytes) {
  const unsigned char *at = bytes.data;
  g_string_append_c(out, '"');
  size_t column = 0;
  for (size_t i = 0; i < bytes.size; i++) {
    if (column > 110) {
      g_string_append(out, "\"\n  \"");
      column = 0;
    }
    bool is_plain = at[i] >= ' ' && at[i] < 0x7F && at[i] != '"' && at[i] != '\\' && at[i] != '?';
    size_t before = out->len;
    if (is_plain)
      g_string_append_c(out, (char)at[i]);
    else
      g_string_append_printf(out, "\\%03o", at[i]);
    column += out->len - before;
  }
  g_string_append_c(out, '"');
}

static void put_array(GString *out, size_t number, const char *part, Bytes bytes) {
  if (!bytes.data) return;
  g_string_append_printf(out, "static const char file_%zu_%s[] =\n  ", number, part);
  put_c_string(out, bytes);
  g_string_append(out, ";\n");
}

static void put_bytes(GString *out, size_t number, const char *part, Bytes bytes) {
  if (bytes.data)
    g_string_append_printf(out, ", {file_%zu_%s, %zu}", number, part, bytes.size);
  else
    g_string_append(out, ", {NULL, 0}");
}

static void put_end(GString *out, const char *symbol, size_t count) {
  g_string_append_printf(out, "};\nconst size_t %s_count = %zu;\n", symbol, count);
}

bool embed_assets(Arena *arena, const InputFileList *files, const char *symbol, GString *out, GError **error) {
  AssetList assets = {0};
  if (!check_names(files, error)) return false;
  list_each(const InputFile, file, files)
    if (!make_asset(arena, files, file, &assets, error)) return false;
  g_string_append(out, "// Made by embed.\n#include \"web/web.h\"\n\n");
  for (size_t i = 0; i < assets.count; i++) {
    put_array(out, i, "plain", assets.items[i].plain);
    put_array(out, i, "gzip", assets.items[i].gzip);
    put_array(out, i, "brotli", assets.items[i].brotli);
  }
  g_string_append_printf(out, "\nconst WebAsset %s[] = {\n", symbol);
  for (size_t i = 0; i < assets.count; i++) {
    const Asset *asset = &assets.items[i];
    g_string_append_printf(out, "  {\"%s\", \"%s\", \"%s\"", asset->name, asset->path, asset->type);
    put_bytes(out, i, "plain", asset->plain);
    put_bytes(out, i, "gzip", asset->gzip);
    put_bytes(out, i, "brotli", asset->brotli);
    g_string_append(out, "},\n");
  }
  put_end(out, symbol, assets.count);
  return true;
}

bool embed_raw(const InputFileList *files, const char *symbol, GString *out, GError **error) {
  if (!check_names(files, error)) return false;
  g_string_append(out, "// Made by embed.\n#include \"base/embedded.h\"\n\n");
  for (size_t i = 0; i < files->count; i++) put_array(out, i, "raw", files->items[i].bytes);
  g_string_append_printf(out, "\nconst EmbeddedFile %s[] = {\n", symbol);
  for (size_t i = 0; i < files->count; i++) {
    g_string_append(out, "  {");
    put_c_string(out, bytes_of_text(files->items[i].name));
    put_bytes(out, i, "raw", files->items[i].bytes);
    g_string_append(out, "},\n");
  }
  put_end(out, symbol, files->count);
  return true;
}

void embed_header(const char *type, const char *symbol, GString *out) {
  const char *header = strcmp(type, "WebAsset") == 0 ? "web/web.h" : "base/embedded.h";
  g_string_append_printf(
    out, "// Made by embed.\n#pragma once\n\n#include \"%s\"\n\nextern const %s %s[];\nextern const size_t %s_count;\n", header,
    type, symbol, symbol);
}
