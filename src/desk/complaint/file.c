// Gathering the file of a complaint: a dozen statements, none of them in a loop. Attachments come in the order of their messages, so
// each message points to its own run of them.
#include "desk/complaint/file.h"

#include "desk/conversation.sql.h"
#include "desk/file.sql.h"

static void share_attachments(FileMessageList *messages, const FileAttachmentList *attachments) {
  size_t at = 0;
  list_each(FileMessage, message, messages) {
    while (at < attachments->count && attachments->items[at].message_id < message->id) at++;
    message->attachments = attachments->items + at;
    while (at < attachments->count && attachments->items[at].message_id == message->id) {
      message->attachment_count++;
      at++;
    }
  }
}

static bool load_words(Arena *arena, Desk *desk, int64_t number, ComplaintFile *out, GError **error) {
  FileAttachmentList attachments = {0};
  Conversation *conversation = NULL;
  if (!conversation_select(arena, desk->db, number, &conversation, error) ||
      !file_select_messages(arena, desk->db, number, &out->messages, error) ||
      !file_select_attachments(arena, desk->db, number, &attachments, error))
    return false;
  out->conversation = conversation;
  share_attachments(&out->messages, &attachments);
  return true;
}

bool complaint_file(Arena *arena, Desk *desk, int64_t number, ComplaintFile *out, GError **error) {
  Complaint *complaint = NULL;
  ComplaintFacts facts = {0};
  *out = (ComplaintFile){0};
  if (!complaint_find(arena, desk, number, &complaint, error)) return false;
  if (!complaint) return error_set(error, ERROR_NOT_FOUND, "#%jd is no complaint.", number);
  out->complaint = complaint;
  if (!load_words(arena, desk, number, out, error) || !complaint_steps(arena, desk, number, &out->steps, error) ||
      !complaint_clocks(arena, desk, number, &out->clocks, error) ||
      !complaint_reasons(arena, desk, number, &out->reasons, error) ||
      !complaint_effort(arena, desk, complaint, &out->effort, error) ||
      !promise_list(arena, desk, number, &out->promises, error) || !offer_list(arena, desk, number, &out->offers, error) ||
      !remedy_list_of(arena, desk, number, &out->remedies, error) || !complaint_facts(arena, desk, complaint, &facts, error))
    return false;
  out->next = complaint_next_step(arena, complaint, &facts, clock_now(desk->clock));
  return true;
}

static bool is_on_the_way_to(ComplaintStage stage, ComplaintStage now) {
  if (stage == STAGE_AGREED || stage == STAGE_REMEDIED || stage == STAGE_FOLLOWED_UP) return now > stage && now != STAGE_REFUSED;
  return now > stage;
}

// What an event did, wherever the complaint stood: an assessment after the answer is one, and so is what was found after their no.
static ComplaintStage stage_done_by(const ComplaintStep *step) {
  if (step->event == COMPLAINT_ASSESS) return STAGE_ASSESSED;
  return step->event == COMPLAINT_INVESTIGATE ? STAGE_INVESTIGATED : step->stage_after;
}

static bool brings_it_back(ComplaintEvent event) { return event == COMPLAINT_DECLINE || event == COMPLAINT_REOPEN; }

void complaint_stages(const ComplaintFile *file, StageLine out[STAGE_COUNT]) {
  for (unsigned stage = 0; stage < STAGE_COUNT; stage++) out[stage] = (StageLine){.stage = stage};
  list_each(const ComplaintStep, step, &file->steps) {
    bool moves = step->stage_after != step->stage_before || step->event == COMPLAINT_RECEIVE;
    ComplaintStage done = stage_done_by(step);
    const ComplaintStep *known = out[done].step;
    // Falling back: what lay ahead has to be reached anew.
    for (unsigned stage = step->stage_after + 1; moves && stage < STAGE_COUNT; stage++) out[stage].step = NULL;
    bool is_work = step->event == COMPLAINT_ASSESS || step->event == COMPLAINT_INVESTIGATE;
    bool says_more = known && is_work && brings_it_back(known->event);
    if ((moves && !known) || (is_work && !known) || says_more) out[done].step = step;
  }
  for (unsigned stage = 0; stage < STAGE_COUNT; stage++) out[stage].is_passed = is_on_the_way_to(stage, file->complaint->stage);
}
