// Shield: abusive words are folded, the problem is kept in view (PRODUCT.md 20).
//
// Whatever shows a customer's words to somebody who works here goes through this noun: where a fold can be opened, by shield_text; where
// it cannot (lists, titles, mails), by shield_plain. What is folded is decided when it is shown, from the words alone
// (insight_offences), so old messages are folded too and a person's setting counts at once. Nothing that is kept is ever changed.
#pragma once

#include "base/list.h"
#include "desk/desk.h"
#include "insight/insight.h"

// How much a person has folded; each includes what stands before it.
typedef enum ShieldSetting {
  SHIELD_NOTHING,
  SHIELD_ABUSE,     // threats, vulgar abuse, sexual harassment
  SHIELD_HOSTILITY, // insults, slurs and menaces too: what everybody begins with
  SHIELD_PICTURES,  // and the files of such a message
  SHIELD_SETTING_COUNT
} ShieldSetting;
const char *shield_setting_word(ShieldSetting setting); // "nothing", "abuse", "hostility", "pictures"
bool shield_setting_from_word(const char *word, ShieldSetting *out);

typedef struct ShieldFold {
  int64_t start, end; // bytes of the text; in order, without overlap
  int64_t words;
  Behaviour level;
  bool is_threat;
} ShieldFold;
LIST_DEFINE(ShieldFold)

// What of `text` is folded for somebody with this setting.
void shield_text(Arena *arena, ShieldSetting setting, const char *text, ShieldFoldList *out);
const char *shield_label(Arena *arena, const ShieldFold *fold); // "Abusive words, 9"
// `text` with the label of each fold in its place, in square brackets.
const char *shield_plain(Arena *arena, ShieldSetting setting, const char *text);
// Without what anybody might fold: for what is said back to the customer. "" when nothing worth saying is left.
const char *shield_clean(Arena *arena, const char *text);
// Nothing worth reading is left beside the folds.
bool shield_is_all(const char *text, const ShieldFoldList *folds);

bool shield_setting(Desk *desk, int64_t staff_id, ShieldSetting *out, GError **error);
bool shield_choose(Desk *desk, int64_t staff_id, ShieldSetting setting, GError **error); // ERROR_NOT_FOUND
