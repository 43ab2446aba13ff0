// What the program brings along: texts embedded from shipped/ (NAME.LANGUAGE.txt), each guide under a line "=== word". They are put in
// once for each program and choice of languages, told by the hash of both. A guide that nobody here has changed follows the program's
// newer words as a new version; one that somebody changed or retired stays as it is. What the program itself retired, because the desk
// was set up in another language, comes back when its language is added.
#include "base/embedded.h"
#include "base/text.h"
#include "base/words.h"
#include "desk/audit/audit.h"
#include "desk/protocol.sql.h"
#include "desk/protocol/keep.h"
#include "desk/setting.sql.h"

#include <string.h>

#define HASH_SETTING "shipped-guides"
#define LANGUAGES_SETTING "guide-languages" // "en", "en de"
#define MARK "=== "
#define ENGLISH "en"
#define LETTERS "scripts-conduct." // to customers; in every language

extern const EmbeddedFile desk_guides[];
extern const size_t desk_guides_count;

static const struct { const char *code, *name; } sets[] = {{ENGLISH, N_("English")}, {"de", N_("German")}};

static bool is_in(const char *languages, const char *code) {
  g_auto(GStrv) list = g_strsplit(languages, " ", -1);
  return g_strv_contains((const char *const *)list, code);
}

static const char *language_of(Arena *arena, const EmbeddedFile *file) {
  const char *from = strchr(file->name, '.') + 1;
  return arena_strndup(arena, from, strcspn(from, "."));
}

static bool load_languages(Arena *arena, Desk *desk, const char **out, GError **error) {
  if (!setting_select(arena, desk->db, LANGUAGES_SETTING, out, error)) return false;
  if (!*out) *out = ENGLISH;
  return true;
}

static const char *hash_of_all(Arena *arena, const char *languages) {
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(checksum, (const guchar *)languages, (gssize)strlen(languages));
  for (size_t i = 0; i < desk_guides_count; i++)
    g_checksum_update(checksum, (const guchar *)desk_guides[i].bytes.data, (gssize)desk_guides[i].bytes.size);
  return arena_strdup(arena, g_checksum_get_string(checksum));
}

// The newest version of what is_shipped is the program's, so it may write the next one.
static bool ship_one(Arena *arena, Desk *desk, const GuideDraft *draft, GError **error) {
  GuideStand *stand = NULL;
  int64_t id = 0;
  if (!guide_insert_first(arena, desk, draft, &id, error)) return false;
  if (id) return true;
  if (!guide_load_stand(arena, desk, draft->kind, draft->word, &stand, error)) return false;
  bool follows = stand && stand->is_shipped && (stand->is_retired || strcmp(stand->content, draft->content) != 0);
  return !follows || guide_add_version(arena, desk, stand->id, stand->version + 1, draft, error);
}

static bool retire_one(Arena *arena, Desk *desk, const GuideDraft *draft, GError **error) {
  GuideStand *stand = NULL;
  GuideDraft retired = *draft;
  if (!guide_load_stand(arena, desk, draft->kind, draft->word, &stand, error)) return false;
  if (!stand || !stand->is_shipped || stand->is_retired) return true;
  retired.content = stand->content;
  retired.is_retired = true;
  return guide_add_version(arena, desk, stand->id, stand->version + 1, &retired, error);
}

// Written anew, so that what the program brings looks like what a person keeps.
static const char *settled(Arena *arena, GuideKind kind, const char *content) {
  GuideHead head;
  const char *words;
  guide_read(arena, content, &head, &words);
  return kind == GUIDE_SCRIPT ? guide_write(arena, &head, words) : arena_printf(arena, "%s\n", text_trim(arena, content));
}

typedef bool EachGuide(Arena *arena, Desk *desk, const GuideDraft *draft, GError **error);

static bool each_of_file(Arena *arena, Desk *desk, const EmbeddedFile *file, EachGuide *each, GError **error) {
  GuideKind kind = g_str_has_prefix(file->name, "protocols") ? GUIDE_PROTOCOL : GUIDE_SCRIPT;
  const char *at = strstr(file->bytes.data, MARK);
  while (at) {
    const char *line_end = strchrnul(at, '\n'), *next = strstr(line_end, "\n" MARK);
    const char *word = text_trim(arena, arena_strndup(arena, at + strlen(MARK), (size_t)(line_end - at) - strlen(MARK)));
    const char *content = arena_strndup(arena, line_end + 1, next ? (size_t)(next - line_end) : strlen(line_end + 1));
    GuideDraft draft = {.kind = kind, .word = word, .content = settled(arena, kind, content)};
    if (!each(arena, desk, &draft, error)) return false;
    at = next ? next + 1 : NULL;
  }
  return true;
}

static bool ship_all(Arena *arena, Desk *desk, const char *languages, GError **error) {
  for (size_t i = 0; i < desk_guides_count; i++) {
    const EmbeddedFile *file = &desk_guides[i];
    bool is_wanted = g_str_has_prefix(file->name, LETTERS) || is_in(languages, language_of(arena, file));
    if (is_wanted && !each_of_file(arena, desk, file, ship_one, error)) return false;
  }
  return setting_set(desk->db, LANGUAGES_SETTING, languages, error) &&
         setting_set(desk->db, HASH_SETTING, hash_of_all(arena, languages), error);
}

bool guide_ship(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *languages = NULL, *known = NULL;
  if (!load_languages(arena, desk, &languages, error) || !setting_select(arena, desk->db, HASH_SETTING, &known, error))
    return false;
  if (known && strcmp(known, hash_of_all(arena, languages)) == 0) return true;
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && load_languages(arena, desk, &languages, error) && ship_all(arena, desk, languages, error) && db_commit(&tx, error);
}

static const char *name_of(const char *code) {
  for (size_t i = 0; i < G_N_ELEMENTS(sets); i++)
    if (strcmp(sets[i].code, code) == 0) return sets[i].name;
  return NULL;
}

bool guide_languages(Arena *arena, Desk *desk, GuideLanguageList *out, GError **error) {
  const char *languages = NULL;
  if (!load_languages(arena, desk, &languages, error)) return false;
  for (size_t i = 0; i < G_N_ELEMENTS(sets); i++)
    *list_add(arena, out) = (GuideLanguage){sets[i].code, sets[i].name, is_in(languages, sets[i].code)};
  return true;
}

bool guide_has_language(Arena *arena, Desk *desk, const char *code, bool *out, GError **error) {
  const char *languages = NULL;
  if (!load_languages(arena, desk, &languages, error)) return false;
  *out = is_in(languages, code);
  return true;
}

bool guide_add_language(Desk *desk, const Staff *actor, const char *code, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *before = NULL;
  if (!role_may(actor->role, PERMISSION_ADMINISTER))
    return error_set(error, ERROR_FORBIDDEN, "Administrators add the program's own protocols and scripts.");
  if (!name_of(code)) return error_set(error, ERROR_NOT_FOUND, "The program brings none along in this language.");
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !load_languages(arena, desk, &before, error)) return false;
  if (is_in(before, code)) return true;
  const char *after = arena_printf(arena, "%s %s", before, code);
  return ship_all(arena, desk, after, error) &&
         audit_add(desk, actor, "desk.guides", name_of(code), audit_change(arena, "", "languages", before, after), error) &&
         db_commit(&tx, error);
}

bool guide_begin_in(Arena *arena, Desk *desk, const char *code, GError **error) {
  if (!name_of(code)) code = ENGLISH;
  for (size_t i = 0; i < desk_guides_count; i++) {
    const EmbeddedFile *file = &desk_guides[i];
    bool goes = !g_str_has_prefix(file->name, LETTERS) && strcmp(language_of(arena, file), code) != 0;
    if (goes && !each_of_file(arena, desk, file, retire_one, error)) return false;
  }
  return ship_all(arena, desk, code, error);
}

const char *guide_word_in(Arena *arena, const char *word, const char *language) {
  bool has_set = language && *language && strcmp(language, ENGLISH) != 0 && name_of(language);
  return has_set ? arena_printf(arena, "%s-%s", word, language) : word;
}
