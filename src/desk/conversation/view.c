// The names of the views, as they stand in addresses.
#include "desk/conversation/conversation.h"

#include <string.h>

static const char *const words[VIEW_COUNT] = {
  [VIEW_MINE] = "mine",         [VIEW_UNASSIGNED] = "unassigned", [VIEW_OPEN] = "open",       [VIEW_UPSET] = "upset",
  [VIEW_SNOOZED] = "snoozed",   [VIEW_SOLVED] = "solved",         [VIEW_WAITING] = "waiting", [VIEW_DUE] = "due",
  [VIEW_MENTIONS] = "mentions", [VIEW_FOLLOWING] = "following",   [VIEW_DRAFTS] = "drafts"};

static const char *saved_word(int64_t id) {
  static _Thread_local char saved[8][32];
  static _Thread_local unsigned next;
  char *word = saved[next++ % 8];
  g_snprintf(word, sizeof saved[0], "saved-%" G_GINT64_FORMAT, id);
  return word;
}

const char *view_word(View view) {
  if (view == (View)VIEW_FOUND) return "found";
  if (view_saved_id(view)) return saved_word(view_saved_id(view));
  return view < VIEW_COUNT ? words[view] : "open";
}

bool view_from_word(const char *word, View *out) {
  gint64 id;
  if (g_strcmp0(word, "found") == 0) {
    *out = (View)VIEW_FOUND;
    return true;
  }
  if (word && g_str_has_prefix(word, "saved-") &&
      g_ascii_string_to_signed(word + strlen("saved-"), 10, 1, VIEW_SAVED_MOST, &id, NULL)) {
    *out = (View)(VIEW_SAVED + id);
    return true;
  }
  for (unsigned view = 0; view < VIEW_COUNT; view++)
    if (word && strcmp(words[view], word) == 0) {
      *out = view;
      return true;
    }
  return false;
}
