// Keeping name, accent and logo as settings, and what mails carry of them; the logo's bytes are a blob. A picture is known by its first bytes, and its sides are read from
// its header, so that neither a page of 100,000 pixels nor a program in a picture's clothes gets onto a customer's screen.
#include "desk/brand/brand.h"

#include "base/text.h"
#include "desk/audit/audit.h"
#include "desk/blob/blob.h"
#include "desk/setting.sql.h"

#include <sodium.h>
#include <string.h>

#define ACCENT "brand-accent"
#define LOGO "brand-logo"
#define LOGO_TYPE "brand-logo-type"
#define IN_MAILS "brand-in-mails" // "no": switched off
#define MARK_HEIGHT 28
#define MARK_WIDTH_MOST 180

static const struct {
  const char *word, *title;
  const char *colour; // what the style sheet gives it on light, for mail programs that know no style sheet of ours
} accents[ACCENT_COUNT] = {
  [ACCENT_TEAL] = {"teal", "Teal", "#006263"}, [ACCENT_BLUE] = {"blue", "Blue", "#2a558a"},
  [ACCENT_PLUM] = {"plum", "Plum", "#73336f"}, [ACCENT_RUST] = {"rust", "Rust", "#863c21"},
  [ACCENT_MOSS] = {"moss", "Moss", "#365c2e"}, [ACCENT_INK] = {"ink", "Ink", "#3b342d"},
};

const char *brand_accent_word(BrandAccent accent) { return accents[accent < ACCENT_COUNT ? accent : 0].word; }
const char *brand_accent_title(BrandAccent accent) { return accents[accent < ACCENT_COUNT ? accent : 0].title; }
const char *brand_accent_colour(BrandAccent accent) { return accents[accent < ACCENT_COUNT ? accent : 0].colour; }

bool brand_accent_from_word(const char *word, BrandAccent *out) {
  for (unsigned accent = 0; word && accent < ACCENT_COUNT; accent++)
    if (strcmp(accents[accent].word, word) == 0) {
      *out = accent;
      return true;
    }
  return false;
}

bool brand_load(Arena *arena, Desk *desk, Brand *out, GError **error) {
  const char *accent = NULL, *in_mails = NULL;
  *out = (Brand){0};
  if (!setting_select(arena, desk->db, ACCENT, &accent, error) || !setting_select(arena, desk->db, LOGO, &out->logo, error) ||
      !setting_select(arena, desk->db, LOGO_TYPE, &out->logo_type, error) ||
      !setting_select(arena, desk->db, IN_MAILS, &in_mails, error))
    return false;
  out->is_in_mails = g_strcmp0(in_mails, "no") != 0;
  brand_accent_from_word(accent, &out->accent);
  if (!out->logo || !out->logo_type) out->logo = out->logo_type = "";
  return true;
}

static int64_t big(const unsigned char *at, int count) {
  int64_t value = 0;
  for (int i = 0; i < count; i++) value = value << 8 | at[i];
  return value;
}

static int64_t little(const unsigned char *at, int count) {
  int64_t value = 0;
  for (int i = count; i > 0; i--) value = value << 8 | at[i - 1];
  return value;
}

static bool read_png(const unsigned char *data, size_t size, int64_t *width, int64_t *height) {
  static const unsigned char begins[8] = {0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
  if (size < 33 || memcmp(data, begins, sizeof begins) != 0 || memcmp(data + 12, "IHDR", 4) != 0) return false;
  *width = big(data + 16, 4), *height = big(data + 20, 4);
  return true;
}

// Walks the segments to the frame header (ITU T.81, B.2.2).
static bool read_jpeg(const unsigned char *data, size_t size, int64_t *width, int64_t *height) {
  if (size < 4 || data[0] != 0xFF || data[1] != 0xD8) return false;
  for (size_t at = 2; at + 9 < size && data[at] == 0xFF;) {
    unsigned char marker = data[at + 1];
    bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    int64_t length = big(data + at + 2, 2);
    if (is_frame) {
      *height = big(data + at + 5, 2), *width = big(data + at + 7, 2);
      return true;
    }
    if (length < 2) return false;
    at += 2 + (size_t)length;
  }
  return false;
}

// RFC 9649: lossy, lossless, extended.
static bool read_webp(const unsigned char *data, size_t size, int64_t *width, int64_t *height) {
  if (size < 30 || memcmp(data, "RIFF", 4) != 0 || memcmp(data + 8, "WEBP", 4) != 0) return false;
  if (memcmp(data + 12, "VP8 ", 4) == 0)
    *width = little(data + 26, 2) & 0x3FFF, *height = little(data + 28, 2) & 0x3FFF;
  else if (memcmp(data + 12, "VP8L", 4) == 0) {
    int64_t bits = little(data + 21, 4);
    *width = (bits & 0x3FFF) + 1, *height = (bits >> 14 & 0x3FFF) + 1;
  } else if (memcmp(data + 12, "VP8X", 4) == 0)
    *width = little(data + 24, 3) + 1, *height = little(data + 27, 3) + 1;
  else
    return false;
  return true;
}

const char *brand_picture_type(Bytes bytes, int64_t *out_width, int64_t *out_height) {
  const unsigned char *data = bytes.data;
  if (read_png(data, bytes.size, out_width, out_height)) return "image/png";
  if (read_jpeg(data, bytes.size, out_width, out_height)) return "image/jpeg";
  return read_webp(data, bytes.size, out_width, out_height) ? "image/webp" : NULL;
}

bool brand_set(Desk *desk, const Staff *actor, const char *name, BrandAccent accent, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *clean = text_one_line(arena, name), *old_name = NULL;
  Brand old;
  if (!*clean) return error_set(error, ERROR_INVALID, "Give the name that customers know.");
  if (text_length(clean) > BRAND_NAME_MOST)
    return error_set(error, ERROR_INVALID, "The name has at most %d characters.", BRAND_NAME_MOST);
  if (accent >= ACCENT_COUNT) return error_set(error, ERROR_INVALID, "Choose the accent from the list.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !brand_load(arena, desk, &old, error) || !setting_select(arena, desk->db, "name", &old_name, error)) return false;
  const char *detail = audit_change(arena, "", "name", old_name ? old_name : desk->name, clean);
  detail = audit_change(arena, detail, "accent", brand_accent_word(old.accent), brand_accent_word(accent));
  return !*detail ||
         (setting_set(desk->db, "name", clean, error) && setting_set(desk->db, ACCENT, brand_accent_word(accent), error) &&
          audit_add(desk, actor, "desk.branding", clean, detail, error) && db_commit(&tx, error));
}

static bool take_away(Desk *desk, const Staff *actor, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && setting_delete(desk->db, LOGO, error) && setting_delete(desk->db, LOGO_TYPE, error) &&
         audit_add(desk, actor, "desk.branding", desk->name, "logo: taken away", error) && db_commit(&tx, error);
}

bool brand_set_logo(Desk *desk, const Staff *actor, Bytes picture, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  int64_t width = 0, height = 0;
  if (picture.size == 0) return take_away(desk, actor, error);
  if (picture.size > BRAND_LOGO_MOST)
    return error_set(error, ERROR_INVALID, "The picture has more than %d kB; a logo needs far less.", BRAND_LOGO_MOST / 1000);
  const char *type = brand_picture_type(picture, &width, &height);
  if (!type)
    return error_set(error, ERROR_INVALID, "This is no picture that the desk can show; choose a PNG, JPEG or WebP file.");
  if (width < 1 || height < 1 || width > BRAND_SIDE_MOST || height > BRAND_SIDE_MOST)
    return error_set(error, ERROR_INVALID, "The picture is larger than %d by %d pixels; make it smaller.", BRAND_SIDE_MOST,
                     BRAND_SIDE_MOST);
  Blob blob = blob_prepare(arena, picture);
  const char *hash = text_hex(arena, blob.hash);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && blob_keep(desk, &blob, error) && setting_set(desk->db, LOGO, hash, error) &&
         setting_set(desk->db, LOGO_TYPE, type, error) &&
         audit_add(desk, actor, "desk.branding", desk->name, arena_printf(arena, "logo: %s, %.16s", type, hash), error) &&
         db_commit(&tx, error);
}

bool brand_set_in_mails(Desk *desk, const Staff *actor, bool is_in_mails, GError **error) {
  const char *detail = is_in_mails ? "logo: in mails" : "logo: not in mails";
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && setting_set(desk->db, IN_MAILS, is_in_mails ? "yes" : "no", error) &&
         audit_add(desk, actor, "desk.branding", desk->name, detail, error) && db_commit(&tx, error);
}

// Empty when it is none.
static Bytes hash_of(Arena *arena, const char *logo) {
  unsigned char *bytes = arena_alloc(arena, crypto_hash_sha256_BYTES);
  size_t size = 0;
  bool is_one = logo && sodium_hex2bin(bytes, crypto_hash_sha256_BYTES, logo, strlen(logo), NULL, &size, NULL) == 0 &&
                size == crypto_hash_sha256_BYTES;
  return is_one ? bytes_of(bytes, size) : bytes_of("", 0);
}

bool brand_logo_hash(Arena *arena, Desk *desk, Bytes *out, GError **error) {
  const char *logo = NULL;
  if (!setting_select(arena, desk->db, LOGO, &logo, error)) return false;
  *out = hash_of(arena, logo);
  return true;
}

// Small, and never larger than it is.
static void settle_sides(BrandMark *mark) {
  int64_t width = mark->width, height = mark->height;
  mark->height = MIN(height, MARK_HEIGHT);
  mark->width = MAX(1, width * mark->height / height);
  if (mark->width <= MARK_WIDTH_MOST) return;
  mark->width = MARK_WIDTH_MOST;
  mark->height = MAX(1, height * mark->width / width);
}

bool brand_mark(Arena *arena, Desk *desk, BrandMark **out, GError **error) {
  Brand brand;
  BrandMark mark = {.name = desk->name};
  *out = NULL;
  if (!brand_load(arena, desk, &brand, error)) return false;
  Bytes hash = hash_of(arena, brand.logo);
  if (!brand.is_in_mails || !hash.size || strcmp(brand.logo_type, "image/webp") == 0) return true;
  if (!blob_load(arena, desk, hash, &mark.picture, error)) return false;
  mark.type = brand_picture_type(mark.picture, &mark.width, &mark.height);
  if (mark.picture.size > BRAND_MARK_MOST || !mark.type || mark.width < 1 || mark.height < 1) return true;
  mark.colour = brand_accent_colour(brand.accent);
  settle_sides(&mark);
  *out = arena_make(arena, BrandMark);
  **out = mark;
  return true;
}

bool brand_logo(Arena *arena, Desk *desk, const char *hash, Bytes *out, const char **out_type, GError **error) {
  Brand brand;
  if (!brand_load(arena, desk, &brand, error)) return false;
  Bytes bytes = hash_of(arena, hash);
  if (!bytes.size || strcmp(brand.logo, hash) != 0) return error_set(error, ERROR_NOT_FOUND, "There is no such picture.");
  *out_type = brand.logo_type;
  return blob_load(arena, desk, bytes, out, error);
}
