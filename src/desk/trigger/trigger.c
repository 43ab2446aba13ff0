// A note is sealed whole, as JSON, so that the database shows neither its words nor when it is shown.
#include "desk/trigger/trigger.h"

#include "base/json.h"
#include "base/text.h"
#include "desk/trigger.sql.h"

#include <string.h>

#define KIND "trigger"

static const char *get(Arena *arena, const Json *json, const char *key) {
  const char *text = json_get_text(arena, json, key);
  return text ? text : "";
}

// What does not open was sealed by an earlier vault; it is passed over.
static bool read_note(Arena *arena, const Vault *vault, const SealedNote *sealed, TriggerNote *out) {
  const char *text = vault_unseal(arena, vault, KIND, sealed->sealed);
  g_autoptr(Json) json = text ? json_read(text, NULL) : NULL;
  if (!json) return false;
  *out = (TriggerNote){.id = sealed->id,
                       .text = get(arena, json, "text"),
                       .words = get(arena, json, "words"),
                       .behaviour = get(arena, json, "behaviour"),
                       .emotion = get(arena, json, "emotion")};
  return true;
}

bool trigger_list(Arena *arena, Desk *desk, const Vault *vault, int64_t staff_id, TriggerNoteList *out, GError **error) {
  SealedNoteList sealed = {0};
  if (!trigger_select_of(arena, desk->db, staff_id, TRIGGER_NOTES_MOST, &sealed, error)) return false;
  list_each(const SealedNote, each, &sealed) {
    TriggerNote note;
    if (read_note(arena, vault, each, &note)) *list_add(arena, out) = note;
  }
  return true;
}

static bool is_sound(const TriggerNote *note, GError **error) {
  Behaviour behaviour;
  Emotion emotion;
  if (text_is_blank(note->text)) return error_set(error, ERROR_INVALID, "Write what you want to tell yourself.");
  if (text_length(note->text) > TRIGGER_TEXT_MOST)
    return error_set(error, ERROR_INVALID, "A note has at most %d characters.", TRIGGER_TEXT_MOST);
  if (text_length(note->words) > TRIGGER_WORDS_MOST)
    return error_set(error, ERROR_INVALID, "The words have at most %d characters together.", TRIGGER_WORDS_MOST);
  if ((*note->behaviour && !behaviour_from_word(note->behaviour, &behaviour)) ||
      (*note->emotion && !emotion_from_word(note->emotion, &emotion)))
    return error_set(error, ERROR_INVALID, "The form is damaged; load the page again.");
  if (text_is_blank(note->words) && !*note->behaviour && !*note->emotion)
    return error_set(error, ERROR_INVALID, "Say when it should be shown: at some words, a behaviour or a feeling.");
  return true;
}

bool trigger_keep(Desk *desk, const Vault *vault, int64_t staff_id, const TriggerNote *note, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  if (!is_sound(note, error)) return false;
  g_autoptr(Json) json = json_pack("{s:s, s:s, s:s, s:s}", "text", text_trim(arena, note->text), "words",
                                   text_trim(arena, note->words), "behaviour", note->behaviour, "emotion", note->emotion);
  Bytes sealed = vault_seal(arena, desk, vault, KIND, json_text(arena, json));
  int64_t changed = 0, count = 0;
  if (note->id)
    return trigger_update(desk->db, staff_id, note->id, sealed, &changed, error) &&
           (changed == 1 || error_set(error, ERROR_NOT_FOUND, "There is no such note."));
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !trigger_count(desk->db, staff_id, &count, error)) return false;
  if (count >= TRIGGER_NOTES_MOST)
    return error_set(error, ERROR_INVALID, "There are %d notes, which is as many as there can be. Throw one away first.",
                     TRIGGER_NOTES_MOST);
  return trigger_insert(desk->db, staff_id, sealed, error) && db_commit(&tx, error);
}

bool trigger_forget(Desk *desk, int64_t staff_id, int64_t id, GError **error) {
  int64_t changed = 0;
  return trigger_delete(desk->db, staff_id, id, &changed, error) &&
         (changed == 1 || error_set(error, ERROR_NOT_FOUND, "There is no such note."));
}

// Letters, digits and whatever is not ASCII belong to words.
static bool is_of_word(char c) { return g_ascii_isalnum(c) || (c & 0x80); }

static bool holds_phrase(const char *folded, const char *phrase) {
  size_t size = strlen(phrase);
  for (const char *at = folded; size && (at = strstr(at, phrase)); at++) {
    bool begins = at == folded || !is_of_word(at[-1]) || !is_of_word(phrase[0]);
    if (begins && (!is_of_word(at[size]) || !is_of_word(phrase[size - 1]))) return true;
  }
  return false;
}

static bool holds_words(Arena *arena, const char *words, const char *text) {
  if (text_is_blank(words)) return false;
  const char *folded = text_one_line(arena, text_fold(arena, text));
  g_auto(GStrv) phrases = g_strsplit_set(words, ",\n", -1);
  for (char **phrase = phrases; *phrase; phrase++)
    if (holds_phrase(folded, text_trim(arena, text_one_line(arena, text_fold(arena, *phrase))))) return true;
  return false;
}

bool trigger_matches(Arena *arena, const TriggerNote *note, const char *text, bool is_read, Behaviour behaviour,
                     Emotion emotion) {
  if (is_read && *note->behaviour && strcmp(note->behaviour, behaviour_word(behaviour)) == 0) return true;
  if (is_read && *note->emotion && strcmp(note->emotion, emotion_word(emotion)) == 0) return true;
  return holds_words(arena, note->words, text);
}
