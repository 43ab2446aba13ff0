// Writing: an answer to the customer, or a note for the team. When it was not done (nothing written, too large, the thread changed
// in between) the page comes back with the text in its place and the reason. Text and files are kept on the server meanwhile, in the
// writer's draft, because no browser puts files back into a form. When it was done, the browser is led back to the newest message.
#include "pages/conversation/write.h"
#include "base/words.h"

#include "base/text.h"
#include "desk/complaint/happen.h"
#include "desk/protocol/script.h"

#include <string.h>

static const char *field_text(const Visit *visit, const char *name) {
  const char *text = web_form(visit->request, name);
  return text ? text_trim(visit->arena, text) : "";
}

static void read_field(const Visit *visit, const WebField *field, Written *out) {
  gint64 id = 0;
  if (field->file_name)
    *list_add(visit->arena, &out->draft.attachments) = (MailAttachment){
      .name = field->file_name, .type = field->file_type, .bytes = field->bytes};
  else if (strcmp(field->name, "keep") == 0 && g_ascii_string_to_signed(field->value, 10, 1, G_MAXINT64, &id, NULL))
    *list_add(visit->arena, &out->draft.kept) = id;
  else if (strcmp(field->name, "also") == 0 && !text_is_blank(field->value))
    out->cc = arena_printf(visit->arena, "%s%s%s", out->cc, *out->cc ? ", " : "", text_one_line(visit->arena, field->value));
}

Written written_read(const Visit *visit, int64_t number) {
  const char *text = web_form(visit->request, "text");
  Written written = {.cc = field_text(visit, "cc"),
                     .bcc = field_text(visit, "bcc"),
                     .base = visit_form_int(visit, "base"),
                     .writer = field_text(visit, "writer")};
  written.draft = (ReplyDraft){
    .number = number,
    .text = text ? text : "",
    .seen_message_id = visit_form_int(visit, "seen"),
    .blanks_meant = web_form(visit->request, "blanks"),
    .hold = pages_undo_delay(visit->pages),
    .attachments_most = pages_attachments_most(visit->pages),
  };
  written.draft.offer = offer_read_form(visit, &written.options);
  list_each(const WebField, field, web_form_fields(visit->request)) read_field(visit, field, &written);
  if (recipients_read(visit->arena, written.cc, &written.draft.cc, &written.wrong))
    recipients_read(visit->arena, written.bcc, &written.draft.bcc, &written.wrong);
  return written;
}

static const char *problem_of(const Visit *visit, const Written *written, ReplyOutcome outcome) {
  switch (outcome) {
  case REPLY_KEPT:
  case REPLY_THREAD_CHANGED: return NULL;
  case REPLY_EMPTY: return "Nothing is written yet, so nothing was sent.";
  case REPLY_NO_RECIPIENT:
    return "This customer has no address that mail can be sent to. Your text is kept here; a note can hold it.";
  case REPLY_TOO_LARGE:
    return arena_say(visit->arena, "The files are larger than %s together, so nothing was sent. Attach less and send it again.",
                     size_words(visit->arena, pages_attachments_most(visit->pages)));
  case REPLY_BLANKS:
    return arena_say(
      visit->arena,
      "Something is still to be filled in, so nothing was sent: %s. If it is meant to go out like that, send it again.",
      script_blank_names(visit->arena, written->draft.text));
  case REPLY_WRONG_RECIPIENT:
    if (written->wrong)
      return arena_say(visit->arena, "\xE2\x80\x9C%s\xE2\x80\x9D is not an e-mail address, so nothing was sent.",
                       text_clamp(visit->arena, written->wrong, 80));
    return arena_say(visit->arena,
                     "Cc and Bcc take up to %d addresses, and none of this desk\xE2\x80\x99s own. Nothing was sent.",
                     RECIPIENTS_MOST);
  case REPLY_WRONG_OFFER:
    return arena_say(visit->arena, "%s Nothing was sent.", offer_problem(visit->arena, &written->draft.offer));
  }
  return NULL;
}

bool written_keep(const Visit *visit, const Written *written, DraftKind kind, bool with_files, GError **error) {
  const ReplyDraft *draft = &written->draft;
  static const MailAttachmentList none = {0};
  bool is_nothing = text_is_blank(draft->text) && text_is_blank(written->cc) && text_is_blank(written->bcc) &&
                    draft->kept.count + draft->attachments.count == 0 && offer_is_empty(&draft->offer);
  DraftInput input = {.text = draft->text,
                      .cc = written->cc,
                      .bcc = written->bcc,
                      .options = written->options,
                      .answers = draft->offer.kind,
                      .way = written->way,
                      .kept = &draft->kept,
                      .added = with_files ? &draft->attachments : &none,
                      .base = written->base,
                      .writer = written->writer};
  return is_nothing || draft_keep(visit->desk, visit->staff->id, draft->number, kind, &input, error);
}

static bool show_again(const Visit *visit, WebResponse *response, const Written *written, bool is_note, ReplyOutcome outcome,
                       GError **error) {
  const ReplyDraft *draft = &written->draft;
  Composer composer = {
    .is_note = is_note,
    .has_changed = outcome == REPLY_THREAD_CHANGED,
    .blanks = outcome == REPLY_BLANKS ? script_blank_names(visit->arena, draft->text) : NULL,
    .problem = problem_of(visit, written, outcome),
    .reply = is_note ? NULL : draft->text,
    .note = is_note ? draft->text : NULL,
    .cc = written->cc,
    .bcc = written->bcc,
    .seen = draft->seen_message_id,
    .offer = {.options = written->options, .kind = draft->offer.kind},
    .way = written->way,
  };
  if (!written_keep(visit, written, is_note ? DRAFT_NOTE : DRAFT_REPLY, outcome != REPLY_TOO_LARGE, error)) return false;
  response->status = composer.has_changed ? 409 : 422;
  return conversation_render(visit, response, draft->number, &composer, error);
}

bool written_number(const Visit *visit, int64_t *out, GError **error) {
  return web_path_int(visit->request, "number", out, error) && conversation_survivor(visit->desk, *out, out, error);
}

// "Send and next": to what the page named, which says there how to take the answer back.
static void lead_on(const Visit *visit, WebResponse *response, int64_t message_id) {
  const char *next = web_form(visit->request, "next");
  const char *path = visit_path(next);
  bool is_ours = g_str_has_prefix(path, "/conversations/") || g_str_has_prefix(path, "/?");
  if (!is_ours) path = "/?view=open";
  int length = (int)strcspn(path, "#");
  web_redirect(response, arena_printf(visit->arena, "%.*s%ssent=%" G_GINT64_FORMAT "#latest", length, path,
                                      memchr(path, '?', (size_t)length) ? "&" : "?", message_id));
}

// Who pressed "Send and solve" hears when the conversation could not be solved: it carries a complaint that is open.
static bool lead_back(const Visit *visit, WebResponse *response, int64_t number, bool solve, GError **error) {
  const char *forbidden = NULL;
  View view = VIEW_OPEN;
  view_from_word(web_form(visit->request, "view"), &view);
  if (solve && !complaint_forbids_solving(visit->arena, visit->desk, number, &forbidden, error)) return false;
  if (forbidden)
    web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s&kept=open#composer", number,
                                        shell_view_again(visit, view)));
  else
    conversation_return(visit, response, number);
  return true;
}

static DraftWay way_of(const Visit *visit) {
  const char *then = web_form(visit->request, "then");
  if (g_strcmp0(then, "solve") == 0) return DRAFT_SEND_SOLVE;
  return g_strcmp0(then, "next") == 0 ? DRAFT_SEND_NEXT : DRAFT_SEND;
}

bool conversation_post_reply(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number, message_id;
  if (!written_number(visit, &number, error)) return false;
  Written written = written_read(visit, number);
  written.way = way_of(visit);
  written.draft.solve = written.way == DRAFT_SEND_SOLVE;
  ReplyOutcome outcome = REPLY_WRONG_RECIPIENT;
  if (!written.wrong &&
      !conversation_reply(visit->arena, visit->desk, visit->staff, &written.draft, &outcome, &message_id, error))
    return false;
  if (outcome != REPLY_KEPT) return show_again(visit, response, &written, false, outcome, error);
  if (written.way == DRAFT_SEND_NEXT) {
    lead_on(visit, response, message_id);
    return true;
  }
  return lead_back(visit, response, number, written.draft.solve, error);
}

bool conversation_post_note(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number, message_id;
  if (!written_number(visit, &number, error)) return false;
  Written written = written_read(visit, number);
  ReplyOutcome outcome;
  if (!conversation_note(visit->arena, visit->desk, visit->staff, &written.draft, &outcome, &message_id, error)) return false;
  if (outcome != REPLY_KEPT) return show_again(visit, response, &written, true, outcome, error);
  conversation_return(visit, response, number);
  return true;
}

bool conversation_post_discard(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number;
  DraftKind kind = g_strcmp0(web_form(request, "kind"), "note") == 0 ? DRAFT_NOTE : DRAFT_REPLY;
  if (!written_number(visit, &number, error) || !draft_discard(visit->desk, visit->staff->id, number, kind, error)) return false;
  conversation_return(visit, response, number);
  return true;
}

bool conversation_post_take_back(WebRequest *request, WebResponse *response, GError **error) {
  static const char *const words[] = {[TAKE_BACK_DONE] = "done", [TAKE_BACK_TOO_LATE] = "late", [TAKE_BACK_GONE] = "gone"};
  const Visit *visit = visit_of(request);
  int64_t message_id;
  TakeBackOutcome outcome;
  View view = VIEW_OPEN;
  view_from_word(web_form(request, "view"), &view);
  if (!web_path_int(request, "message", &message_id, error) ||
      !conversation_take_back(visit->desk, visit->staff, message_id, &outcome, error))
    return false;
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s&undo=%s#composer",
                                      visit_form_int(visit, "number"), shell_view_again(visit, view), words[outcome]));
  return true;
}

// "Insert: as I understand it": what stands in the answer is kept with the gap below it, and the composer opens again.
bool conversation_post_insert_gap(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  ComplaintPanel panel;
  MessageList none = {0};
  int64_t number;
  View view = VIEW_OPEN;
  view_from_word(web_form(request, "view"), &view);
  if (!written_number(visit, &number, error) || !complaint_panel_load(visit, number, view_word(view), &none, NULL, &panel, error))
    return false;
  Written written = written_read(visit, number);
  const char *text = text_trim(visit->arena, written.draft.text);
  if (panel.complaint) written.draft.text = arena_printf(visit->arena, "%s%s%s\n\n", text, *text ? "\n\n" : "", panel.gap_words);
  if (!written_keep(visit, &written, DRAFT_REPLY, true, error)) return false;
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#composer", number,
                                      shell_view_again(visit, view)));
  return true;
}
