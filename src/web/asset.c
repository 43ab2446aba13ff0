// Assets. They never change while the program runs, so their answers are made once at start, one for each encoding, and
// libmicrohttpd sends the same bytes to everybody. The address carries a hash of the content: browsers keep it for a year and
// never ask again; one that does gets 304. Nothing here touches a file system, so no path leads anywhere else.
#include "web/exchange.h"

static struct { // set once before any server starts
  const WebAsset *assets;
  size_t count;
} registered;

enum { ENCODING_NONE, ENCODING_GZIP, ENCODING_BROTLI, ENCODINGS };
static const char *const encoding_names[ENCODINGS] = {NULL, "gzip", "br"};

typedef struct Shelved {
  const WebAsset *asset;
  struct {
    const char *tag; // NULL: not in this encoding
    struct MHD_Response *whole, *unchanged;
  } answers[ENCODINGS];
} Shelved;

struct AssetShelf {
  Shelved *items;
  size_t count;
};

void web_serve_assets(const WebAsset *assets, size_t count) {
  registered.assets = assets;
  registered.count = count;
}

const char *web_asset_path(const char *name) {
  for (size_t i = 0; i < registered.count; i++)
    if (strcmp(registered.assets[i].name, name) == 0) return registered.assets[i].path;
  g_error("there is no asset \"%s\"", name);
}

static struct MHD_Response *make(const WebServer *server, const WebAsset *asset, Bytes bytes, int encoding, const char *tag) {
  union { // libmicrohttpd takes what it only reads as changeable
    const void *given;
    void *taken;
  } data = {.given = bytes.data};
  struct MHD_Response *response = MHD_create_response_from_buffer(bytes.size, data.taken, MHD_RESPMEM_PERSISTENT);
  if (!response) g_error("out of memory for an asset");
  MHD_add_response_header(response, "Content-Type", asset->type);
  MHD_add_response_header(response, "Cache-Control", "public, max-age=31536000, immutable");
  MHD_add_response_header(response, "Vary", "Accept-Encoding");
  MHD_add_response_header(response, "ETag", tag);
  if (bytes.size && encoding_names[encoding]) MHD_add_response_header(response, "Content-Encoding", encoding_names[encoding]);
  response_put_standard(response, server, RESPONSE_CACHE_CONTROL);
  return response;
}

AssetShelf *asset_shelf_new(const WebServer *server) {
  AssetShelf *shelf = arena_make(server->arena, AssetShelf);
  shelf->count = registered.count;
  shelf->items = arena_make_array(server->arena, Shelved, shelf->count);
  for (size_t i = 0; i < shelf->count; i++) {
    const WebAsset *asset = &registered.assets[i];
    const Bytes bytes[ENCODINGS] = {asset->plain, asset->gzip, asset->brotli};
    const char *name = strrchr(asset->path, '/') + 1;
    shelf->items[i].asset = asset;
    for (int encoding = 0; encoding < ENCODINGS; encoding++) {
      if (encoding != ENCODING_NONE && !bytes[encoding].data) continue;
      const char *ending = encoding_names[encoding] ? encoding_names[encoding] : "";
      const char *tag = arena_printf(server->arena, "\"%s%s%s\"", name, *ending ? "." : "", ending);
      shelf->items[i].answers[encoding].tag = tag;
      shelf->items[i].answers[encoding].whole = make(server, asset, bytes[encoding], encoding, tag);
      shelf->items[i].answers[encoding].unchanged = make(server, asset, bytes_of("", 0), encoding, tag);
    }
  }
  return shelf;
}

void asset_shelf_free(AssetShelf *shelf) {
  if (!shelf) return;
  for (size_t i = 0; i < shelf->count; i++)
    for (int encoding = 0; encoding < ENCODINGS; encoding++)
      if (shelf->items[i].answers[encoding].tag) {
        MHD_destroy_response(shelf->items[i].answers[encoding].whole);
        MHD_destroy_response(shelf->items[i].answers[encoding].unchanged);
      }
}

// True when "q=0", "q=0.0" … stands among the parameters.
static bool is_refused(const char *parameters, size_t length) {
  const char *end = parameters + length;
  const char *weight = memmem(parameters, length, "q=", 2);
  if (!weight || weight + 2 == end || weight[2] != '0') return false;
  for (const char *at = weight + 2; at < end; at++)
    if (*at >= '1' && *at <= '9') return false;
  return true;
}

static bool accepts(const char *header, const char *coding) {
  size_t coding_length = strlen(coding);
  for (const char *at = header; at && *at;) {
    at += strspn(at, " \t,");
    size_t length = strcspn(at, ","), name = strcspn(at, ",; \t");
    if (name == coding_length && g_ascii_strncasecmp(at, coding, name) == 0) return !is_refused(at + name, length - name);
    at += length;
  }
  return false;
}

struct MHD_Response *asset_answer(const AssetShelf *shelf, RouteSlice path, const Facts *facts, unsigned *out_status) {
  const Shelved *found = NULL;
  for (size_t i = 0; i < shelf->count && !found; i++) {
    const char *candidate = shelf->items[i].asset->path;
    if (strlen(candidate) == path.length && memcmp(candidate, path.at, path.length) == 0) found = &shelf->items[i];
  }
  if (!found) return NULL;
  int encoding = ENCODING_BROTLI; // the smallest first
  while (encoding != ENCODING_NONE &&
         (!found->answers[encoding].tag || !accepts(facts->accept_encoding, encoding_names[encoding])))
    encoding--;
  const char *known = facts->if_none_match;
  bool is_unchanged = known && (strcmp(known, "*") == 0 || strstr(known, found->answers[encoding].tag));
  *out_status = is_unchanged ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK;
  return is_unchanged ? found->answers[encoding].unchanged : found->answers[encoding].whole;
}
