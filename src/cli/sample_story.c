// The story of a complaint in the sample workspace, step by step: what it is, where it stands, what was offered, chosen, promised and
// given. Each step is the verb that a person's press on the page would be.
#include "cli/sample_story.h"

#include "desk/complaint/handling.h"
#include "desk/complaint/promise.h"
#include "desk/conversation/verbs.h"
#include "desk/offer/offer.h"
#include "desk/policy/policy.h"
#include "desk/remedy/remedy.h"

static bool wrong(const SampleStep *step, const char *what, GError **error) {
  return error_set(error, ERROR_INVALID, "%s: %s", step->file, what);
}

static const char *line_or(const SampleStep *step, const char *name, const char *otherwise) {
  const char *value = sample_step_line(step, name);
  return value ? value : otherwise;
}

// What the customer wrote last is the evidence for what they chose.
static bool newest_of_customer(const SampleScene *scene, int64_t *out, GError **error) {
  Thread thread;
  if (!conversation_show(scene->arena, scene->desk, scene->number, 0, &thread, error)) return false;
  *out = 0;
  list_each(const Message, message, &thread.messages)
    if (message->kind == MESSAGE_CUSTOMER) *out = message->id;
  return true;
}

static bool assess(const SampleScene *scene, const SampleStep *step, GError **error) {
  Assessment assessment = {.is_safety = strcmp(line_or(step, "Safety", "no"), "yes") == 0,
                           .about = line_or(step, "About", ""),
                           .seeks = line_or(step, "Seeks", "")};
  if (!severity_from_word(line_or(step, "Severity", "moderate"), &assessment.severity))
    return wrong(step, "there is no such severity.", error);
  return complaint_assess(scene->desk, scene->person, scene->number, &assessment, error);
}

static bool confirm_gap(const SampleScene *scene, const SampleStep *step, GError **error) {
  Gap gap = {.present = line_or(step, "Present", ""), .desired = line_or(step, "Desired", "")};
  return complaint_gap_confirm(scene->desk, scene->person, scene->number, &gap, error);
}

// A hand-over goes to the supervisors.
static bool advance(const SampleScene *scene, const SampleStep *step, GError **error) {
  ComplaintMove move = {.actor = scene->person, .detail = step->body, .outside = sample_step_line(step, "Outside")};
  if (!complaint_event_from_word(line_or(step, "Event", ""), &move.event))
    return wrong(step, "there is no such event of a complaint.", error);
  return complaint_advance(scene->desk, scene->number, &move, error);
}

static bool offer(const SampleScene *scene, const SampleStep *step, GError **error) {
  ReplyDraft draft = {.number = scene->number, .text = step->body};
  list_each(const SampleLine, line, &step->head)
    if (strcmp(line->name, "Option") == 0) *list_add(scene->arena, &draft.offer.options) = line->value;
  ReplyOutcome outcome;
  int64_t id;
  if (!conversation_reply(scene->arena, scene->desk, scene->person, &draft, &outcome, &id, error)) return false;
  return outcome == REPLY_KEPT || wrong(step, "an offer could not be written.", error);
}

static bool choose(const SampleScene *scene, const SampleStep *step, GError **error) {
  OfferList offers = {0};
  OfferNote note = {.place = g_ascii_strtoll(line_or(step, "Place", "0"), NULL, 10), .words = step->body};
  if (!offer_list(scene->arena, scene->desk, scene->number, &offers, error) ||
      !newest_of_customer(scene, &note.evidence_id, error))
    return false;
  if (offers.count == 0) return wrong(step, "nothing was offered.", error);
  note.offer_id = offers.items[offers.count - 1].id;
  return offer_note(scene->desk, scene->person, &note, error);
}

static bool promise(const SampleScene *scene, const SampleStep *step, GError **error) {
  int64_t id;
  return promise_make(scene->desk, scene->person, scene->number, step->due_at, step->body, &id, error);
}

static bool keep_promise(const SampleScene *scene, const SampleStep *step, GError **error) {
  PromiseList promises = {0};
  if (!promise_list(scene->arena, scene->desk, scene->number, &promises, error)) return false;
  if (promises.count == 0) return wrong(step, "nothing was promised.", error);
  return promise_settle(scene->desk, scene->person, promises.items[0].id, true, step->body, error);
}

static bool give(const SampleScene *scene, const SampleStep *step, GError **error) {
  Policy policy;
  if (!policy_load(scene->arena, scene->desk, &policy, error)) return false;
  RemedyDraft draft = {
    .number = scene->number, .currency = policy.currency, .reason = step->body, .seen_id = REMEDY_UNSEEN, .ask = true};
  RemedyOutcome outcome;
  const char *why = NULL, *amount = sample_step_line(step, "Amount");
  int64_t id;
  if (!remedy_kind_from_word(line_or(step, "Kind", ""), &draft.kind)) return wrong(step, "there is no such remedy.", error);
  if (amount && !money_read(scene->arena, amount, draft.currency, &draft.amount, error)) return false;
  return remedy_give(scene->arena, scene->desk, scene->person, &draft, &outcome, &id, &why, error);
}

static bool carry_out(const SampleScene *scene, const SampleStep *step, GError **error) {
  int64_t id = 0;
  return remedy_newest(scene->desk, scene->number, &id, error) &&
         remedy_carry_out(scene->desk, scene->person, id, step->happens_at, step->body, error);
}

bool sample_story_play(const SampleScene *scene, const SampleStep *step, GError **error) {
  switch (step->kind) {
  case STEP_COMPLAINT: return complaint_receive(scene->desk, scene->person, scene->number, ORIGIN_PERSON, step->body, error);
  case STEP_ASSESS: return assess(scene, step, error);
  case STEP_GAP: return confirm_gap(scene, step, error);
  case STEP_STAGE: return advance(scene, step, error);
  case STEP_OFFER: return offer(scene, step, error);
  case STEP_CHOOSE: return choose(scene, step, error);
  case STEP_PROMISE: return promise(scene, step, error);
  case STEP_KEPT: return keep_promise(scene, step, error);
  case STEP_REMEDY: return give(scene, step, error);
  case STEP_PAID: return carry_out(scene, step, error);
  case STEP_CUSTOMER:
  case STEP_AGENT:
  case STEP_NOTE:
  case STEP_ASSIGN:
  case STEP_SOLVE:
  case STEP_REOPEN: break;
  }
  return wrong(step, "this is no step of a complaint.", error);
}
