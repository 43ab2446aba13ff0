// Writing: an answer to the customer, or a note for the team. When it was not done (nothing written, too large, the thread changed
// in between) the page comes back with the text in its place and the reason; files must be chosen again, browsers allow no other
// way. When it was done, the browser is led back to the newest message.
#include "pages/conversation/conversation.h"

#include <string.h>

typedef bool WritingVerb(Arena *arena, Desk *desk, const Staff *writer, const ReplyDraft *draft, ReplyOutcome *out_outcome,
                         int64_t *out_message_id, GError **error);

static ReplyDraft read_draft(const Visit *visit, int64_t number) {
  const char *text = web_form(visit->request, "text"), *then = web_form(visit->request, "then");
  ReplyDraft draft = {
    .number = number,
    .text = text ? text : "",
    .seen_message_id = visit_form_int(visit, "seen"),
    .solve = then && strcmp(then, "solve") == 0,
  };
  list_each(const WebField, field, web_form_fields(visit->request)) {
    if (!field->file_name) continue;
    *list_add(visit->arena,
              &draft.attachments) = (MailAttachment){.name = field->file_name, .type = field->file_type, .bytes = field->bytes};
  }
  return draft;
}

static const char *problem_of(const Visit *visit, ReplyOutcome outcome) {
  switch (outcome) {
  case REPLY_KEPT:
  case REPLY_THREAD_CHANGED: return NULL;
  case REPLY_EMPTY: return "Nothing is written yet, so nothing was sent.";
  case REPLY_NO_RECIPIENT:
    return "This customer has no address that mail can be sent to. Your text is kept here; a note can hold it.";
  case REPLY_TOO_LARGE:
    return arena_printf(visit->arena,
                        "The files are larger than %s together, so nothing was sent. Attach less and send it again.",
                        size_words(visit->arena, REPLY_ATTACHMENTS_MOST));
  }
  return NULL;
}

static bool show_again(const Visit *visit, WebResponse *response, const ReplyDraft *draft, bool is_note, ReplyOutcome outcome,
                       GError **error) {
  Composer composer = {
    .is_note = is_note,
    .has_changed = outcome == REPLY_THREAD_CHANGED,
    .problem = problem_of(visit, outcome),
    .reply = is_note ? NULL : draft->text,
    .note = is_note ? draft->text : NULL,
  };
  response->status = composer.has_changed ? 409 : 422;
  return conversation_render(visit, response, draft->number, &composer, error);
}

static bool write_with(WritingVerb *verb, bool is_note, WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t number, message_id;
  if (!web_path_int(request, "number", &number, error)) return false;
  ReplyDraft draft = read_draft(visit, number);
  ReplyOutcome outcome;
  if (!verb(visit->arena, visit->desk, visit->staff, &draft, &outcome, &message_id, error)) return false;
  if (outcome != REPLY_KEPT) return show_again(visit, response, &draft, is_note, outcome, error);
  conversation_return(visit, response, number);
  return true;
}

bool conversation_post_reply(WebRequest *request, WebResponse *response, GError **error) {
  return write_with(conversation_reply, false, request, response, error);
}

bool conversation_post_note(WebRequest *request, WebResponse *response, GError **error) {
  return write_with(conversation_note, true, request, response, error);
}
