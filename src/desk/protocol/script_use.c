// What became of a conversation after a script was used: from the draft it is put into, over the answer that is sent, to the customer's
// next message. Who used it is known only until the answer is sent. A script counts as used when most of its words are still in what
// was sent: people change scripts, and should.
#include "desk/protocol/script.h"

#include "base/text.h"
#include "desk/protocol.sql.h"
#include "desk/protocol/stored.h"

#define WORD_LEAST 4   // bytes; shorter ones are in every text
#define WORDS_KEPT 0.6 // share of a script's words that must be left

static void add_words(const char *folded, GHashTable *out) {
  for (const char *at = folded; *at;) {
    size_t length = 0;
    while (at[length] && (g_ascii_isalnum(at[length]) || (at[length] & 0x80))) length++;
    if (length >= WORD_LEAST) g_hash_table_add(out, g_strndup(at, length));
    at += length ? length : 1;
  }
}

static GHashTable *words_of(Arena *arena, const char *text) {
  GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  add_words(text_fold(arena, text), words);
  return words;
}

static bool still_stands(Arena *arena, const char *content, GHashTable *sent) {
  static const ScriptFacts nothing = {0};
  const char *text;
  GuideHead head;
  guide_read(arena, content, &head, &text);
  TextList missing = {0};
  const char *marked = script_fill(arena, text, &nothing, &missing); // what a blank was filled with is not the script's
  g_autoptr(GHashTable) blanks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  list_each(const Text, name, &missing) add_words(*name, blanks);
  g_autoptr(GHashTable) words = words_of(arena, marked);
  GHashTableIter each;
  gpointer word;
  double all = 0, left = 0;
  for (g_hash_table_iter_init(&each, words); g_hash_table_iter_next(&each, &word, NULL);) {
    if (g_hash_table_contains(blanks, word)) continue;
    all++;
    left += g_hash_table_contains(sent, word);
  }
  return all > 0 && left >= WORDS_KEPT * all;
}

bool script_pick(Desk *desk, int64_t staff_id, int64_t number, const Script *script, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && script_use_delete_same(desk->db, number, staff_id, script->guide.id, error) &&
         script_use_insert(desk->db, number, script->guide.id, script->guide.version, staff_id, clock_now(desk->clock), error) &&
         db_commit(&tx, error);
}

bool script_note_sent(Arena *arena, Desk *desk, int64_t staff_id, int64_t number, int64_t message_id, const char *text,
                      GError **error) {
  PickedScriptList picked = {0};
  if (!script_use_select_picked(arena, desk->db, number, staff_id, &picked, error)) return false;
  if (picked.count == 0) return true;
  g_autoptr(GHashTable) sent = words_of(arena, text);
  list_each(const PickedScript, script, &picked) {
    bool was_used = still_stands(arena, script->content, sent);
    if (!was_used && !script_use_delete(desk->db, script->id, error)) return false;
    if (was_used && (!script_use_settle(desk->db, script->id, message_id, error) ||
                     !guide_version_count_use(desk->db, script->guide_id, script->version, 1, error)))
      return false;
  }
  return true;
}

bool script_note_taken_back(Desk *desk, int64_t staff_id, int64_t message_id, GError **error) {
  return guide_version_uncount(desk->db, message_id, error) && script_use_take_back(desk->db, message_id, staff_id, error);
}

bool script_note_heard(Desk *desk, int64_t number, int64_t message_id, double valence, GError **error) {
  return guide_version_count_heard(desk->db, number, valence, error) && script_use_set_heard(desk->db, number, message_id, error);
}
