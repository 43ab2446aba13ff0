// Choosing and showing: what the engine says is harsh, as far as the person wants it folded. A word is what stands between blanks.
#include "desk/shield/shield.h"

#include "base/text.h"
#include "base/words.h"
#include "desk/shield.sql.h"

#include <string.h>

#define LEFT_WORTH_READING 3 // letters or digits beside the folds; fewer say nothing

static const char *const words[SHIELD_SETTING_COUNT] = {
  [SHIELD_NOTHING] = "nothing", [SHIELD_ABUSE] = "abuse", [SHIELD_HOSTILITY] = "hostility", [SHIELD_PICTURES] = "pictures"};

const char *shield_setting_word(ShieldSetting setting) {
  return setting < SHIELD_SETTING_COUNT ? words[setting] : words[SHIELD_HOSTILITY];
}

bool shield_setting_from_word(const char *word, ShieldSetting *out) {
  for (unsigned setting = 0; setting < SHIELD_SETTING_COUNT; setting++)
    if (word && strcmp(words[setting], word) == 0) {
      *out = setting;
      return true;
    }
  return false;
}

static int64_t words_in(const char *text, int64_t start, int64_t end) {
  int64_t count = 0;
  bool is_within = false;
  for (int64_t at = start; at < end; at++) {
    bool is_blank = g_ascii_isspace(text[at]);
    count += !is_blank && !is_within;
    is_within = !is_blank;
  }
  return count;
}

void shield_text(Arena *arena, ShieldSetting setting, const char *text, ShieldFoldList *out) {
  if (setting == SHIELD_NOTHING || !text || !*text) return;
  OffenceList offences = {0};
  insight_offences(arena, text, strlen(text), &offences);
  list_each(const Offence, offence, &offences) {
    if (setting == SHIELD_ABUSE && offence->level < BEHAVIOUR_ABUSIVE) continue;
    int64_t end = offence->end;
    while (end > offence->start + 1 && g_ascii_isspace(text[end - 1])) end--; // the blank behind it stays outside
    *list_add(arena, out) = (ShieldFold){.start = offence->start,
                                         .end = end,
                                         .words = words_in(text, offence->start, end),
                                         .level = offence->level,
                                         .is_threat = offence->is_threat};
  }
}

const char *shield_label(Arena *arena, const ShieldFold *fold) {
  if (fold->is_threat) return words_count_said(arena, NN_("A threat, 1 word", "A threat, {} words"), fold->words);
  if (fold->level == BEHAVIOUR_ABUSIVE) return words_count_said(arena, NN_("Abusive word", "Abusive words, {}"), fold->words);
  return words_count_said(arena, NN_("Hostile word", "Hostile words, {}"), fold->words);
}

const char *shield_plain(Arena *arena, ShieldSetting setting, const char *text) {
  ShieldFoldList folds = {0};
  shield_text(arena, setting, text, &folds);
  if (folds.count == 0) return text;
  g_autoptr(GString) plain = g_string_new(NULL);
  int64_t done = 0;
  list_each(const ShieldFold, fold, &folds) {
    g_string_append_len(plain, text + done, (gssize)(fold->start - done));
    g_string_append_printf(plain, "[%s]", shield_label(arena, fold));
    done = fold->end;
  }
  g_string_append(plain, text + done);
  return arena_strndup(arena, plain->str, plain->len);
}

bool shield_is_all(const char *text, const ShieldFoldList *folds) {
  if (folds->count == 0) return false;
  int64_t done = 0, left = 0;
  for (size_t i = 0; i <= folds->count; i++) {
    int64_t end = i < folds->count ? folds->items[i].start : (int64_t)strlen(text);
    for (int64_t at = done; at < end; at++) left += g_ascii_isalnum(text[at]) || ((unsigned char)text[at] & 0xC0) == 0xC0;
    if (i < folds->count) done = folds->items[i].end;
  }
  return left < LEFT_WORTH_READING;
}

const char *shield_clean(Arena *arena, const char *text) {
  ShieldFoldList folds = {0};
  shield_text(arena, SHIELD_HOSTILITY, text, &folds);
  if (folds.count == 0) return text;
  if (shield_is_all(text, &folds)) return "";
  g_autoptr(GString) clean = g_string_new(NULL);
  int64_t done = 0;
  list_each(const ShieldFold, fold, &folds) {
    g_string_append_len(clean, text + done, (gssize)(fold->start - done));
    done = fold->end;
  }
  g_string_append(clean, text + done);
  return text_trim(arena, text_one_line(arena, clean->str));
}

bool shield_setting(Desk *desk, int64_t staff_id, ShieldSetting *out, GError **error) {
  int64_t setting = SHIELD_HOSTILITY;
  *out = SHIELD_HOSTILITY;
  bool is_there = false;
  if (!shield_select(desk->db, staff_id, &is_there, &setting, error)) return false;
  if (is_there && setting >= 0 && setting < SHIELD_SETTING_COUNT) *out = (ShieldSetting)setting;
  return true;
}

bool shield_choose(Desk *desk, int64_t staff_id, ShieldSetting setting, GError **error) {
  int64_t changed = 0;
  return shield_update(desk->db, staff_id, setting, &changed, error) &&
         (changed == 1 || error_set(error, ERROR_NOT_FOUND, "This person is not here any more."));
}
