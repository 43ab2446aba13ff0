// Embedding, from both sides: what is refused and with which message, and the tables that the build made from golden/ (see
// meson.build), which are linked in here: the same bytes, hashes that follow the content, compression that reads back.
#include "embed.h"

#include "base/embedded.h"
#include "base/text.h"
#include "web/web.h"

#include <brotli/decode.h>
#include <sodium.h>
#include <zlib.h>

extern const WebAsset golden_assets[];
extern const size_t golden_assets_count;
extern const EmbeddedFile golden_raw[];
extern const size_t golden_raw_count;

static const char *folder;

static Bytes read_golden(Arena *arena, const char *kind, const char *name) {
  g_autofree char *bytes = NULL;
  size_t size = 0;
  g_assert_true(g_file_get_contents(arena_printf(arena, "%s/%s/%s", folder, kind, name), &bytes, &size, NULL));
  return bytes_of(arena_copy(arena, bytes, size), size);
}

static const WebAsset *find(const char *name) {
  for (size_t i = 0; i < golden_assets_count; i++)
    if (strcmp(golden_assets[i].name, name) == 0) return &golden_assets[i];
  g_error("no asset %s", name);
}

static bool contains(Bytes bytes, const char *text) { return memmem(bytes.data, bytes.size, text, strlen(text)) != NULL; }

static void raw_files_are_the_same_bytes(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpuint(golden_raw_count, ==, 3);
  for (size_t i = 0; i < golden_raw_count; i++) {
    Bytes expected = read_golden(arena, "raw", golden_raw[i].name);
    g_assert_cmpmem(golden_raw[i].bytes.data, golden_raw[i].bytes.size, expected.data, expected.size);
    g_assert_cmpint(((const char *)golden_raw[i].bytes.data)[expected.size], ==, '\0');
  }
}

static void an_asset_without_references_is_the_same_bytes(void) {
  g_autoptr(Arena) arena = arena_new();
  Bytes expected = read_golden(arena, "assets", "dot.svg");
  g_assert_cmpmem(find("dot.svg")->plain.data, find("dot.svg")->plain.size, expected.data, expected.size);
  g_assert_cmpstr(find("dot.svg")->type, ==, "image/svg+xml");
  g_assert_cmpstr(find("main.js")->type, ==, "text/javascript; charset=utf-8");
}

static void paths_carry_the_hash_of_what_is_served(void) {
  g_autoptr(Arena) arena = arena_new();
  for (size_t i = 0; i < golden_assets_count; i++) {
    const WebAsset *asset = &golden_assets[i];
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, asset->plain.data, asset->plain.size);
    const char *ending = strrchr(asset->name, '.');
    const char *stem = arena_strndup(arena, asset->name, (size_t)(ending - asset->name));
    g_assert_cmpstr(asset->path, ==, arena_printf(arena, "/assets/%s-%s%s", stem, text_hex(arena, bytes_of(hash, 6)), ending));
  }
}

static void references_lead_to_hashed_paths(void) {
  g_assert_true(contains(find("long.css")->plain, find("dot.svg")->path));
  g_assert_true(contains(find("main.js")->plain, find("part.mjs")->path));
  g_assert_true(contains(find("main.js")->plain, find("long.css")->path));
  g_assert_false(contains(find("main.js")->plain, "/assets/part.mjs"));
}

static void comments_stay_out(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_true(contains(read_golden(arena, "assets", "long.css"), "so long that"));
  g_assert_false(contains(find("long.css")->plain, "so long that"));
}

static void compressed_forms_read_back(void) {
  static unsigned char room[20000];
  const WebAsset *asset = find("long.css");
  g_assert_cmpuint(asset->gzip.size, <, asset->plain.size / 2);
  g_assert_cmpuint(asset->brotli.size, <, asset->gzip.size);
  size_t size = sizeof room;
  g_assert_cmpint(BrotliDecoderDecompress(asset->brotli.size, asset->brotli.data, &size, room), ==,
                  BROTLI_DECODER_RESULT_SUCCESS);
  g_assert_cmpmem(room, size, asset->plain.data, asset->plain.size);
  z_stream stream = {.next_in = (z_const Bytef *)(uintptr_t)asset->gzip.data,
                     .avail_in = (unsigned)asset->gzip.size,
                     .next_out = room,
                     .avail_out = sizeof room};
  g_assert_cmpint(inflateInit2(&stream, MAX_WBITS + 16), ==, Z_OK);
  g_assert_cmpint(inflate(&stream, Z_FINISH), ==, Z_STREAM_END);
  g_assert_cmpmem(room, stream.total_out, asset->plain.data, asset->plain.size);
  inflateEnd(&stream);
}

static void what_does_not_shrink_stays_plain(void) {
  g_assert_null(find("part.mjs")->gzip.data);
  g_assert_cmpuint(find("part.mjs")->gzip.size, ==, 0);
}

typedef struct Refusal {
  const char *names[3];
  const char *message;
} Refusal;

static const Refusal refusals[] = {
  {{"wheel.js", "later.js"}, "wheel.js:1: /assets/later.js comes later in the list or is this file; put it first"},
  {{"itself.js"}, "itself.js:2: /assets/itself.js comes later in the list or is this file; put it first"},
  {{"nothing.css"}, "nothing.css:2: /assets/missing.png is not among the assets"},
  {{"unknown.xyz"}, "unknown.xyz: nobody knows what type a file with this ending has; see tools/embed/embed.c"},
  {{"broken.css"}, "broken.css: this is not UTF-8"},
  {{"later.js", "later.js"}, "later.js is there twice"},
};

static void what_cannot_work_is_refused(void) {
  for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    InputFileList files = {0};
    for (const char *const *name = refusals[i].names; *name; name++) {
      InputFile *file = list_add(arena, &files);
      *file = (InputFile){*name, read_golden(arena, "assets", *name)};
    }
    g_assert_false(embed_assets(arena, &files, "x", out, &error));
    g_assert_cmpstr(error->message, ==, refusals[i].message);
  }
}

static void a_header_declares_the_table(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  embed_header("WebAsset", "desk_assets", out);
  g_assert_nonnull(
    strstr(out->str, "#include \"web/web.h\"\n\nextern const WebAsset desk_assets[];\nextern const size_t desk_assets_count;\n"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = argc > 1 ? argv[1] : "golden";
  g_test_add_func("/embed/raw-files-are-the-same-bytes", raw_files_are_the_same_bytes);
  g_test_add_func("/embed/an-asset-without-references-is-the-same-bytes", an_asset_without_references_is_the_same_bytes);
  g_test_add_func("/embed/paths-carry-the-hash-of-what-is-served", paths_carry_the_hash_of_what_is_served);
  g_test_add_func("/embed/references-lead-to-hashed-paths", references_lead_to_hashed_paths);
  g_test_add_func("/embed/comments-stay-out", comments_stay_out);
  g_test_add_func("/embed/compressed-forms-read-back", compressed_forms_read_back);
  g_test_add_func("/embed/what-does-not-shrink-stays-plain", what_does_not_shrink_stays_plain);
  g_test_add_func("/embed/what-cannot-work-is-refused", what_cannot_work_is_refused);
  g_test_add_func("/embed/a-header-declares-the-table", a_header_declares_the_table);
  return g_test_run();
}
