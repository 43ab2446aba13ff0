// Rules that happen. For each line of a journal: which moment it is, which rules look at that, whether they hold, and what they do. The
// conversation is loaded once, and again after a rule has changed it. What a rule writes has the root of what set it off, and a rule that
// fired for a root does not fire for it again.
#include "base/words.h"
#include "desk/rule/stored.h"

#include "desk/conversation.sql.h"
#include "desk/rule.sql.h"

static const struct {
  EventKind event;
  RuleMoment moment;
} moments[] = {
  {EVENT_OPENED, WHEN_OPENED},
  {EVENT_RECEIVED, WHEN_WROTE},
  {EVENT_REPLIED, WHEN_ANSWERED},
  {EVENT_NOTED, WHEN_NOTED},
  {EVENT_SOLVED, WHEN_SOLVED},
  {EVENT_REOPENED, WHEN_REOPENED},
  {EVENT_ASSIGNED, WHEN_ASSIGNED},
  {EVENT_ASSIGNED, WHEN_GIVEN},
  {EVENT_UNASSIGNED, WHEN_ASSIGNED},
  {EVENT_UNASSIGNED, WHEN_HANDED_BACK},
  {EVENT_TEAM, WHEN_ASSIGNED},
  {EVENT_TEAM, WHEN_GIVEN_TEAM},
  {EVENT_FIELD, WHEN_FIELD},
  {EVENT_COMPLAINT, WHEN_COMPLAINT},
  {EVENT_WOKE, WHEN_WOKE},
  {EVENT_TARGET_NEAR, WHEN_TARGET_NEAR},
  {EVENT_TARGET_MISSED, WHEN_TARGET_MISSED},
};

#define BIT(moment) (INT64_C(1) << (moment))

// A team that is named is given to; without a name it was taken from one.
int64_t rule_moments_of(EventKind event, bool is_bare) {
  int64_t bits = 0;
  for (size_t i = 0; i < G_N_ELEMENTS(moments); i++)
    if (moments[i].event == event) bits |= BIT(moments[i].moment);
  return is_bare ? bits & ~BIT(WHEN_GIVEN_TEAM) : bits;
}

bool rule_looks(const Rule *rule, int64_t all, int64_t field_id) {
  int64_t its = rule->moments & all;
  if (its == BIT(WHEN_FIELD) && rule->watched) return rule->watched == field_id;
  return its;
}

// What the log calls it: of several the one that says more, which came later into the table.
static RuleMoment moment_for(const Rule *rule, int64_t all) {
  RuleMoment last = WHEN_COUNT;
  for (unsigned moment = 0; moment < WHEN_COUNT; moment++)
    if (rule->moments & all & BIT(moment)) last = moment;
  return last;
}

static bool say_again(Desk *desk, const Rule *rule, const RuleFacts *facts, RuleMoment moment, GError **error) {
  return rule_firing_insert(desk->db, rule->id, facts->number, clock_now(desk->clock), moment,
                            "nothing: it would have fired again for what it set off itself", error);
}

bool rule_say_gone(Desk *desk, const Rule *rule, const RuleFacts *facts, RuleMoment moment, const char *gone, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *last = NULL, *outcome = arena_say(arena, "nothing: %s", gone);
  if (!rule_firing_last(arena, desk->db, rule->id, &last, error)) return false;
  return g_strcmp0(last, outcome) == 0 ||
         rule_firing_insert(desk->db, rule->id, facts->number, clock_now(desk->clock), moment, outcome, error);
}

typedef struct Round { // of all rules, for one line of a journal
  Arena *arena;
  Desk *desk;
  const Happening *happening;
  int64_t moments;
  unsigned asks;    // of those that look
  RuleFacts *facts; // NULL: not loaded, or changed since
  bool is_locked, is_over;
} Round;

static bool load(Round *round, GError **error) {
  if (!round->facts &&
      !rule_facts_load(round->arena, round->desk, round->happening->number, NULL, round->asks, &round->facts, error))
    return false;
  round->is_over = !round->facts || round->facts->state == CONVERSATION_MERGED;
  return true;
}

static bool lock(Round *round, GError **error) {
  ConversationStand *stand = NULL;
  if (!round->is_locked && !conversation_lock(round->arena, round->desk->db, round->facts->number, &stand, error)) return false;
  round->is_locked = true;
  return true;
}

static bool fire(Round *round, const Rule *rule, RuleMoment moment, GError **error) {
  Desk *desk = round->desk;
  if (!lock(round, error)) return false;
  HappeningTurn turn = happening_take_turn(desk, rule->id, round->happening->root);
  if (turn == TURN_SECOND) return say_again(desk, rule, round->facts, moment, error);
  if (turn == TURN_LATER) return true;
  happening_by_rule(desk, round->happening->root);
  bool worked = rule_fire(round->arena, desk, rule, round->facts, moment, &round->is_over, error);
  happening_by_rule(desk, HAPPENING_OF_ITSELF);
  round->facts = NULL;
  return worked;
}

static bool go_through(Round *round, GError **error) {
  const RuleList *list = &round->desk->rules->list;
  for (size_t i = 0; i < list->count && !round->is_over; i++) {
    const Rule *rule = &list->items[i];
    RuleMoment moment = moment_for(rule, round->moments);
    const char *gone = NULL;
    if (!rule_looks(rule, round->moments, round->happening->field_id)) continue;
    if (!load(round, error)) return false;
    if (round->is_over) return true;
    bool holds = rule_holds(round->arena, rule, round->facts, &gone);
    if (gone && !rule_say_gone(round->desk, rule, round->facts, moment, gone, error)) return false;
    if (holds && !fire(round, rule, moment, error)) return false;
  }
  return true;
}

bool rule_happen(Arena *arena, Desk *desk, const Happening *happening, GError **error) {
  int64_t all = rule_moments_of(happening->kind, !*happening->detail);
  bool must_be_heard = all & (BIT(WHEN_OPENED) | BIT(WHEN_WROTE)), somebody_looks = false;
  if (!all || (must_be_heard && !happening->is_heard)) return true;
  if (!rules_take_up(desk, error)) return false;
  Round round = {.arena = arena, .desk = desk, .happening = happening, .moments = all};
  list_each(const Rule, rule, &desk->rules->list) {
    if (!rule_looks(rule, all, happening->field_id)) continue;
    somebody_looks = true;
    round.asks |= rule_asks(rule);
  }
  return !somebody_looks || go_through(&round, error);
}
