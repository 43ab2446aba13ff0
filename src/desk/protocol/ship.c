// What the program brings along: texts embedded from shipped/, each guide under a line "=== word". They are put in once for each
// program, told by the hash of them all. A guide that nobody here has changed follows the program's newer words as a new version;
// one that somebody changed or retired stays as it is.
#include "base/embedded.h"
#include "base/text.h"
#include "desk/protocol.sql.h"
#include "desk/protocol/keep.h"
#include "desk/setting.sql.h"

#define SETTING_NAME "shipped-guides"
#define MARK "=== "

extern const EmbeddedFile desk_guides[];
extern const size_t desk_guides_count;

static const char *hash_of_all(Arena *arena) {
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  for (size_t i = 0; i < desk_guides_count; i++)
    g_checksum_update(checksum, (const guchar *)desk_guides[i].bytes.data, (gssize)desk_guides[i].bytes.size);
  return arena_strdup(arena, g_checksum_get_string(checksum));
}

static bool ship_one(Arena *arena, Desk *desk, const GuideDraft *draft, GError **error) {
  GuideStand *stand = NULL;
  int64_t id = 0;
  if (!guide_insert_first(arena, desk, draft, &id, error)) return false;
  if (id) return true;
  if (!guide_load_stand(arena, desk, draft->kind, draft->word, &stand, error)) return false;
  bool follows = stand && stand->is_shipped && !stand->is_retired && strcmp(stand->content, draft->content) != 0;
  return !follows || guide_add_version(arena, desk, stand->id, stand->version + 1, draft, error);
}

// Written anew, so that what the program brings looks like what a person keeps.
static const char *settled(Arena *arena, GuideKind kind, const char *content) {
  GuideHead head;
  const char *words;
  guide_read(arena, content, &head, &words);
  return kind == GUIDE_SCRIPT ? guide_write(arena, &head, words) : arena_printf(arena, "%s\n", text_trim(arena, content));
}

static bool ship_file(Arena *arena, Desk *desk, const EmbeddedFile *file, GError **error) {
  GuideKind kind = g_str_has_prefix(file->name, "protocols") ? GUIDE_PROTOCOL : GUIDE_SCRIPT;
  const char *at = strstr(file->bytes.data, MARK);
  while (at) {
    const char *line_end = strchrnul(at, '\n'), *next = strstr(line_end, "\n" MARK);
    const char *word = text_trim(arena, arena_strndup(arena, at + strlen(MARK), (size_t)(line_end - at) - strlen(MARK)));
    const char *content = arena_strndup(arena, line_end + 1, next ? (size_t)(next - line_end) : strlen(line_end + 1));
    GuideDraft draft = {.kind = kind, .word = word, .content = settled(arena, kind, content)};
    if (!ship_one(arena, desk, &draft, error)) return false;
    at = next ? next + 1 : NULL;
  }
  return true;
}

bool guide_ship(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *hash = hash_of_all(arena), *known = NULL;
  if (!setting_select(arena, desk->db, SETTING_NAME, &known, error)) return false;
  if (known && strcmp(known, hash) == 0) return true;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx) return false;
  for (size_t i = 0; i < desk_guides_count; i++)
    if (!ship_file(arena, desk, &desk_guides[i], error)) return false;
  return setting_set(desk->db, SETTING_NAME, hash, error) && db_commit(&tx, error);
}
