// Finding guides and keeping new versions of them. A new version is written together with what lists need of it, in one transaction
// that first locks the guide and looks whether the writer had its newest version before them.
#include "desk/protocol/guide.h"

#include "base/text.h"
#include "desk/protocol.sql.h"
#include "desk/protocol/keep.h"

#define WORD_MOST 60    // characters
#define WORDS_TRIED 50  // titles that give the same word
#define FILTER_MOST 100 // characters of a search

static const char *pattern_of(Arena *arena, const char *words) {
  g_autoptr(GString) pattern = g_string_new("%");
  for (const char *at = text_fold(arena, text_clamp(arena, text_one_line(arena, words), FILTER_MOST)); *at; at++) {
    if (*at == '%' || *at == '_' || *at == '!') g_string_append_c(pattern, '!');
    g_string_append_c(pattern, *at);
  }
  if (pattern->len > 1) g_string_append_c(pattern, '%');
  return arena_strndup(arena, pattern->str, pattern->len);
}

bool guide_list(Arena *arena, Desk *desk, GuideKind kind, const GuideFilter *filter, const char *after_key, int64_t after_id,
                GuidePage *out, GError **error) {
  *out = (GuidePage){0};
  if (!guide_select_page(arena, desk->db, kind, filter->retired, pattern_of(arena, filter->words), filter->behaviour,
                         filter->need, filter->situation ? filter->situation : "", filter->language ? filter->language : "",
                         after_key, after_id, GUIDE_PAGE + 1, &out->rows, error))
    return false;
  out->has_more = out->rows.count > GUIDE_PAGE;
  if (!out->has_more) return true;
  GuideHead head;
  const Guide *last = &out->rows.items[--out->rows.count - 1];
  guide_read(arena, last->content, &head, NULL);
  out->next_key = text_fold(arena, head.title);
  out->next_id = last->id;
  return true;
}

bool guide_situations(Arena *arena, Desk *desk, GuideKind kind, TextList *out, GError **error) {
  return guide_select_situations(arena, desk->db, kind, out, error);
}

bool guide_languages_in_use(Arena *arena, Desk *desk, TextList *out, GError **error) {
  return guide_select_languages(arena, desk->db, out, error);
}

static bool is_missing(GuideKind kind, const char *word, GError **error) {
  return error_set(error, ERROR_NOT_FOUND, "There is no %s \"%.60s\".", kind == GUIDE_PROTOCOL ? "protocol" : "script", word);
}

Guide *guide_find(Arena *arena, Desk *desk, GuideKind kind, const char *word, GError **error) {
  Guide *guide = NULL;
  if (!guide_select(arena, desk->db, kind, word, &guide, error)) return NULL;
  if (!guide) is_missing(kind, word, error);
  return guide;
}

bool guide_history(Arena *arena, Desk *desk, int64_t guide_id, GuideVersionList *out, GError **error) {
  return guide_version_select_all(arena, desk->db, guide_id, out, error);
}

GuideVersion *guide_version(Arena *arena, Desk *desk, int64_t guide_id, int64_t version, GError **error) {
  GuideVersion *found = NULL;
  if (!guide_version_select(arena, desk->db, guide_id, version, &found, error)) return NULL;
  if (!found) error_set(error, ERROR_NOT_FOUND, "There is no version %jd of it.", version);
  return found;
}

// What lists and searches need beside the text.
typedef struct GuideIndex {
  GuideHead head;
  const char *sort_key, *search;
} GuideIndex;

static GuideIndex index_of(Arena *arena, const char *content) {
  GuideIndex index = {0};
  const char *words;
  guide_read(arena, content, &index.head, &words);
  index.sort_key = text_fold(arena, index.head.title);
  index.search = text_fold(arena, arena_printf(arena, "%s\n%s\n%s", index.head.title, index.head.situation, words));
  return index;
}

bool guide_insert_first(Arena *arena, Desk *desk, const GuideDraft *draft, int64_t *out_id, GError **error) {
  bool is_new = false;
  GuideIndex index = index_of(arena, draft->content);
  *out_id = 0;
  if (!guide_insert(desk->db, draft->kind, draft->word, index.head.title, index.sort_key, index.head.behaviour, index.head.need,
                    index.head.situation, index.head.language, index.search, &is_new, out_id, error))
    return false;
  if (!is_new) {
    *out_id = 0;
    return true;
  }
  return guide_version_insert(desk->db, *out_id, 1, draft->content, 0, 0, draft->actor ? &draft->actor->id : NULL,
                              clock_now(desk->clock), error);
}

bool guide_add_version(Arena *arena, Desk *desk, int64_t id, int64_t version, const GuideDraft *draft, GError **error) {
  GuideIndex index = index_of(arena, draft->content);
  return guide_version_insert(desk->db, id, version, draft->content, draft->is_retired, draft->restored,
                              draft->actor ? &draft->actor->id : NULL, clock_now(desk->clock), error) &&
         guide_update(desk->db, id, version, index.head.title, index.sort_key, index.head.behaviour, index.head.need,
                      index.head.situation, index.head.language, draft->is_retired, index.search, error);
}

// "A refund, twice" → "a-refund-twice".
const char *guide_word_of(Arena *arena, const char *title) {
  g_autoptr(GString) word = g_string_new(NULL);
  for (const char *at = text_fold(arena, title); *at && word->len < WORD_MOST; at++) {
    if (g_ascii_isalnum(*at))
      g_string_append_c(word, *at);
    else if (word->len && word->str[word->len - 1] != '-')
      g_string_append_c(word, '-');
  }
  while (word->len && word->str[word->len - 1] == '-') g_string_truncate(word, word->len - 1);
  return word->len ? arena_strndup(arena, word->str, word->len) : "guide";
}

// "new" and "edit" are addresses of pages.
static bool add_first(Arena *arena, Desk *desk, GuideDraft *draft, const char **out_word, GError **error) {
  GuideHead head;
  guide_read(arena, draft->content, &head, NULL);
  const char *base = guide_word_of(arena, head.title);
  if (strcmp(base, "new") == 0) base = "new-1";
  for (int i = 1; i <= WORDS_TRIED; i++) {
    int64_t id = 0;
    draft->word = i == 1 ? base : arena_printf(arena, "%s-%d", base, i);
    if (!guide_insert_first(arena, desk, draft, &id, error)) return false;
    *out_word = draft->word;
    if (id) return true;
  }
  return error_set(error, ERROR_CONFLICT, "There are many of that title already; give it another one.");
}

bool guide_load_stand(Arena *arena, Desk *desk, GuideKind kind, const char *word, GuideStand **out, GError **error) {
  int64_t id = 0;
  bool found = false;
  *out = NULL;
  return guide_lock(desk->db, kind, word, &found, &id, error) && (!found || guide_select_stand(arena, desk->db, id, out, error));
}

static GuideStand *lock(Arena *arena, Desk *desk, GuideKind kind, const char *word, GError **error) {
  GuideStand *stand = NULL;
  if (!guide_load_stand(arena, desk, kind, word, &stand, error)) return NULL;
  if (!stand) is_missing(kind, word, error);
  return stand;
}

static bool change(Arena *arena, Desk *desk, const GuideDraft *draft, int64_t seen, GError **error) {
  GuideStand *stand = lock(arena, desk, draft->kind, draft->word, error);
  if (!stand) return false;
  if (stand->version != seen)
    return error_set(
      error, ERROR_CONFLICT,
      "Somebody changed it while you were writing: it is at version %jd now, and you had %jd before you. Your words are kept below; look at what is new and keep them again.",
      stand->version, seen);
  bool is_same = strcmp(stand->content, draft->content) == 0;
  GuideDraft kept = *draft;
  kept.is_retired = stand->is_retired;
  return is_same || guide_add_version(arena, desk, stand->id, stand->version + 1, &kept, error);
}

bool guide_keep(Arena *arena, Desk *desk, const Staff *actor, GuideKind kind, const char *word, int64_t seen, const char *content,
                const char **out_word, GError **error) {
  GuideDraft draft = {.kind = kind, .word = word, .content = content, .actor = actor};
  if (strlen(content) > GUIDE_CONTENT_MOST)
    return error_set(error, ERROR_INVALID, "It is too long: %d kB are the most. Shorten it, or make two of it.",
                     GUIDE_CONTENT_MOST / 1000);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx) return false;
  *out_word = word;
  return (seen ? change(arena, desk, &draft, seen, error) : add_first(arena, desk, &draft, out_word, error)) &&
         db_commit(&tx, error);
}

bool guide_restore(Desk *desk, const Staff *actor, GuideKind kind, const char *word, int64_t version, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  GuideStand *stand = tx ? lock(arena, desk, kind, word, error) : NULL;
  GuideVersion *old = stand ? guide_version(arena, desk, stand->id, version, error) : NULL;
  if (!old) return false;
  GuideDraft draft = {.kind = kind, .word = word, .content = old->content, .actor = actor, .restored = version};
  bool is_same = !stand->is_retired && strcmp(stand->content, old->content) == 0;
  return is_same || (guide_add_version(arena, desk, stand->id, stand->version + 1, &draft, error) && db_commit(&tx, error));
}

bool guide_retire(Desk *desk, const Staff *actor, GuideKind kind, const char *word, bool retired, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  GuideStand *stand = tx ? lock(arena, desk, kind, word, error) : NULL;
  if (!stand) return false;
  GuideDraft draft = {.kind = kind, .word = word, .content = stand->content, .actor = actor, .is_retired = retired};
  return stand->is_retired == retired ||
         (guide_add_version(arena, desk, stand->id, stand->version + 1, &draft, error) && db_commit(&tx, error));
}
