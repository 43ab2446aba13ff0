// The next step follows from the stage, unless something more pressing is known: a promise that is due, a customer who wrote back, a
// remedy that waits for approval.
#include "desk/complaint/next.h"
#include "base/words.h"

#include "desk/complaint.sql.h"
#include "desk/complaint/stored.h"

static const struct {
  const char *sentence;
  NextTurn turn;
} steps[STAGE_COUNT] = {
  [STAGE_RECEIVED] = {"Tell them that it arrived, what happens next, and by when.", TURN_OURS},
  [STAGE_ACKNOWLEDGED] = {"Say how severe it is and what they seek.", TURN_OURS},
  [STAGE_ASSESSED] = {"Find out what happened, and why.", TURN_OURS},
  [STAGE_INVESTIGATED] = {"Answer with what you found and what you can offer.", TURN_OURS},
  [STAGE_ANSWERED] = {"Wait for their yes or no, and ask again if none comes.", TURN_CUSTOMERS},
  [STAGE_AGREED] = {"Do what was agreed.", TURN_OURS},
  [STAGE_REFUSED] = {"Close it: they know where they can go from here.", TURN_OURS},
  [STAGE_REMEDIED] = {"Ask whether it is right now.", TURN_OURS},
  [STAGE_FOLLOWED_UP] = {"Close it: what was agreed is done, and they were asked.", TURN_OURS},
  [STAGE_CLOSED] = {NULL, TURN_NOBODYS},
};

static const char *sentence_of(Arena *arena, const Complaint *complaint, const ComplaintFacts *facts, int64_t now,
                               NextTurn *turn) {
  bool promise_is_due = facts->promise_due_at && (facts->promise_due_at <= now || complaint->stage >= STAGE_AGREED);
  *turn = TURN_OURS;
  if (complaint->stage == STAGE_CLOSED && complaint->has_news) return "They wrote again. Reopen it, or say why it stays closed.";
  if (complaint->stage == STAGE_CLOSED) return *turn = TURN_NOBODYS, NULL;
  if (promise_is_due) return arena_say(arena, "Keep the promise: \xE2\x80\x9C%s\xE2\x80\x9D.", facts->promise_words);
  if (complaint->stage == STAGE_ANSWERED && facts->customer_waits) return "They wrote back: see whether they agree.";
  if (facts->waits_for_approval) return *turn = TURN_APPROVERS, "Wait for approval of what is to be given.";
  *turn = steps[complaint->stage].turn;
  return steps[complaint->stage].sentence;
}

NextStep complaint_next_step(Arena *arena, const Complaint *complaint, const ComplaintFacts *facts, int64_t now) {
  NextStep next = {0};
  if (complaint->merged_into) return (NextStep){.turn = TURN_NOBODYS, .who = ""};
  next.sentence = sentence_of(arena, complaint, facts, now, &next.turn);
  next.who = complaint->owner_name ? complaint->owner_name : "the supervisors";
  if (!next.sentence) return next;
  next.by = complaint->next_due_at;
  if (facts->promise_due_at && (!next.by || facts->promise_due_at < next.by)) next.by = facts->promise_due_at;
  next.is_late = next.by && next.by <= now;
  return next;
}

bool complaint_facts(Arena *arena, Desk *desk, const Complaint *complaint, ComplaintFacts *out, GError **error) {
  ComplaintFacts *facts = NULL;
  *out = (ComplaintFacts){0};
  if (!complaint_select_facts(arena, desk->db, complaint->number, &facts, error)) return false;
  if (facts) *out = *facts;
  return true;
}
