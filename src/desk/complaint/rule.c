// Rules and the suggestion. A rule is one condition; the first that holds makes the complaint, and says so in its journal.
#include "desk/complaint/rule.h"

#include "base/text.h"
#include "desk/complaint.sql.h"
#include "desk/complaint/handling.h"
#include "desk/complaint/stored.h"
#include "desk/conversation/stand.h"
#include "desk/mailbox/mailbox.h"

#include <string.h>

#define CLEARLY_UNPLEASANT -0.2 // valence, from -1 to 1
#define TEXT_MOST (64 * 1024)   // bytes of a mail that rules look at

static const struct {
  const char *word, *title;
} kinds[RULE_KIND_COUNT] = {
  [RULE_MAILBOX] = {"mailbox", "It came to"},
  [RULE_WORDS] = {"words", "Its subject or text contains"},
  [RULE_BEHAVIOUR] = {"behaviour", "It reads at least as"},
};

const char *rule_kind_word(ComplaintRuleKind kind) { return kind < RULE_KIND_COUNT ? kinds[kind].word : ""; }
const char *rule_kind_title(ComplaintRuleKind kind) { return kind < RULE_KIND_COUNT ? kinds[kind].title : ""; }

bool rule_kind_from_word(const char *word, ComplaintRuleKind *out) {
  for (unsigned kind = 0; word && kind < RULE_KIND_COUNT; kind++)
    if (strcmp(kinds[kind].word, word) == 0) {
      *out = kind;
      return true;
    }
  return false;
}

bool complaint_rules(Arena *arena, Desk *desk, ComplaintRuleList *out, GError **error) {
  *out = (ComplaintRuleList){0};
  return complaint_rule_select(arena, desk->db, RULES_MOST, out, error);
}

static bool check_mailbox(Arena *arena, Desk *desk, const char **value, GError **error) {
  MailboxList mailboxes = {0};
  const Mailbox *mailbox = NULL;
  if (!mailbox_list(arena, desk, &mailboxes, error)) return false;
  if (!mailbox_is_ours(arena, &mailboxes, *value, &mailbox))
    return error_set(error, ERROR_INVALID, "That is none of the addresses of this desk.");
  *value = mailbox->address_key;
  return true;
}

static bool check(Arena *arena, Desk *desk, ComplaintRuleKind kind, const char **value, GError **error) {
  Behaviour behaviour;
  *value = text_clamp(arena, text_one_line(arena, *value), RULE_VALUE_MOST);
  if (kind == RULE_MAILBOX) return check_mailbox(arena, desk, value, error);
  if (kind == RULE_BEHAVIOUR && (!behaviour_from_word(*value, &behaviour) || behaviour == BEHAVIOUR_CALM))
    return error_set(error, ERROR_INVALID, "Choose frustrated, hostile or abusive.");
  bool says_something = *text_fold(arena, *value) != '\0';
  return says_something || error_set(error, ERROR_INVALID, "Write the words that make it a complaint.");
}

bool complaint_rule_add(Desk *desk, const Staff *actor, ComplaintRuleKind kind, const char *value, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  ComplaintRuleList rules = {0};
  int64_t changed = 0;
  if (kind >= RULE_KIND_COUNT) return error_set(error, ERROR_INVALID, "There is no such kind of rule.");
  if (!check(arena, desk, kind, &value, error) || !complaint_rules(arena, desk, &rules, error)) return false;
  if (rules.count >= RULES_MOST)
    return error_set(error, ERROR_CONFLICT, "There are %d rules already; remove one first.", RULES_MOST);
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  if (!tx || !complaint_rule_insert(desk->db, kind, value, actor ? &actor->id : NULL, clock_now(desk->clock), &changed, error))
    return false;
  if (changed == 0) return error_set(error, ERROR_CONFLICT, "This rule is there already.");
  return db_commit(&tx, error);
}

bool complaint_rule_remove(Desk *desk, int64_t rule_id, GError **error) {
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && complaint_rule_delete(desk->db, rule_id, error) && db_commit(&tx, error);
}

// ——— mail that comes in

static bool is_letter(const char *at) { return g_unichar_isalnum(g_utf8_get_char(at)); }

// Whole words: "fee" is not in "coffee".
static bool contains_words(const char *text, const char *words) {
  size_t length = strlen(words);
  for (const char *at = strstr(text, words); at; at = strstr(text_next(at), words)) {
    bool begins = at == text || !is_letter(g_utf8_prev_char(at)) || !is_letter(words);
    bool ends = !at[length] || !is_letter(at + length) || !is_letter(g_utf8_prev_char(words + length));
    if (begins && ends) return true;
  }
  return false;
}

typedef struct RuleText {
  const RuleMail *mail;
  const char *folded; // made when a rule first asks for it
} RuleText;

static bool rule_holds(Arena *arena, const ComplaintRule *rule, RuleText *text) {
  const RuleMail *mail = text->mail;
  Behaviour least;
  switch (rule->kind) {
  case RULE_MAILBOX: return g_strv_contains(mail->mailboxes, rule->value);
  case RULE_BEHAVIOUR:
    return mail->reading && mail->reading->is_read && behaviour_from_word(rule->value, &least) &&
           mail->reading->behaviour >= least;
  case RULE_WORDS:
    if (!text->folded)
      text->folded = text_fold(arena, arena_printf(arena, "%s\n%s", mail->subject, text_clamp(arena, mail->text, TEXT_MOST)));
    return contains_words(text->folded, text_fold(arena, rule->value));
  case RULE_KIND_COUNT: break;
  }
  return false;
}

static bool was_settled(Desk *desk, int64_t number, bool *out, GError **error) {
  int64_t stage = 0, staff = 0;
  return complaint_exists(desk->db, number, out, &stage, error) &&
         (*out || complaint_is_denied(desk->db, number, out, &staff, error));
}

bool complaint_rules_apply(Arena *arena, Desk *desk, const RuleMail *mail, GError **error) {
  ComplaintRuleList rules = {0};
  bool is_settled = false;
  if (!complaint_rules(arena, desk, &rules, error)) return false;
  if (rules.count == 0) return true;
  if (!was_settled(desk, mail->number, &is_settled, error)) return false;
  if (is_settled) return true;
  RuleText text = {.mail = mail};
  list_each(const ComplaintRule, rule, &rules) {
    if (!rule_holds(arena, rule, &text)) continue;
    const char *why = arena_printf(arena, "By rule: %s \xE2\x80\x9C%s\xE2\x80\x9D", rule_kind_title(rule->kind), rule->value);
    return complaint_receive_within(arena, desk, NULL, mail->number, ORIGIN_RULE, why, error);
  }
  return true;
}

// ——— the suggestion

static bool has_gap(const ComplaintReading *reading) {
  const char *label = strstr(reading->evidence, " desired ");
  return label || strstr(reading->evidence, " present ");
}

static const char *reads_like_one(Arena *arena, const ComplaintReading *reading) {
  if (reading->behaviour >= BEHAVIOUR_FRUSTRATED) return arena_printf(arena, "they sound %s", behaviour_word(reading->behaviour));
  if (reading->reasons) return "something went wrong in how they were treated";
  if (reading->valence <= CLEARLY_UNPLEASANT && has_gap(reading)) return "they are not where they want to be";
  return NULL;
}

bool complaint_suggestion(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error) {
  ComplaintReadingList readings = {0};
  bool is_settled = false;
  *out = NULL;
  if (!was_settled(desk, number, &is_settled, error)) return false;
  if (is_settled) return true;
  if (!complaint_select_readings(arena, desk->db, number, &readings, error)) return false;
  for (size_t i = 0; i < readings.count && !*out; i++) *out = reads_like_one(arena, &readings.items[i]);
  return true;
}

bool complaint_deny(Desk *desk, const Staff *actor, int64_t number, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(DbTx) tx = db_begin(desk->db, error);
  return tx && stand_load(arena, desk, number, error) &&
         complaint_denied_insert(desk->db, number, actor->id, clock_now(desk->clock), error) && db_commit(&tx, error);
}
