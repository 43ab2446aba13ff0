// The mail room. One page with four views; the verbs file, dismiss or send again and lead back to the view they came from, so that
// one can go on with the next mail. Originals leave as files, byte for byte.
#include "base/words.h"
#include "pages/mailroom.html.h"
#include "pages/pages.h"

#include <string.h>

static const struct {
  const char *word, *title, *icon;
  ReceivedState state; // of what it lists; unused for the outbox
} views[MAILROOM_COUNT] = {
  [MAILROOM_QUARANTINE] = {"quarantine", "Quarantine", "quarantine", RECEIVED_QUARANTINED},
  [MAILROOM_FAILED] = {"failed", "Failed mail", "failed", RECEIVED_FAILED},
  [MAILROOM_OUTBOX] = {"outbox", "Outbox", "send", RECEIVED_FILED},
  [MAILROOM_DISMISSED] = {"dismissed", "Dismissed", "discard", RECEIVED_DISMISSED},
};

const char *mailroom_word(MailroomView view) { return views[view].word; }
const char *mailroom_title(MailroomView view) { return views[view].title; }
const char *mailroom_icon(MailroomView view) { return views[view].icon; }

int64_t mailroom_count(const Shell *shell, MailroomView view) {
  const ViewCounts *counts = &shell->counts;
  return view == MAILROOM_QUARANTINE ? counts->quarantined
         : view == MAILROOM_FAILED   ? counts->failed
         : view == MAILROOM_OUTBOX   ? counts->outbox_failed
                                     : 0;
}

const char *mailroom_first_line(Arena *arena, const char *lines) {
  size_t more = 0;
  const char *end = strchrnul(lines, '\n');
  for (const char *at = end; *at; at = strchrnul(at, '\n'))
    if (*++at && *at != '\n') more++;
  const char *first = arena_strndup(arena, lines, (size_t)(end - lines));
  return more ? arena_say(arena, "%s and %zu more", first, more) : first;
}

bool mailroom_front(WebRequest *request, WebResponse *response, GError **error) {
  Shell shell;
  if (!shell_open(visit_of(request), RAIL_MAILROOM, "plain", &shell, error)) return false;
  MailroomView first = MAILROOM_QUARANTINE; // or the first in which something needs a person
  for (MailroomView view = MAILROOM_DISMISSED; view-- > MAILROOM_QUARANTINE;)
    if (mailroom_count(&shell, view)) first = view;
  bool only_channels = !mailroom_count(&shell, first) && shell.channels_failing;
  web_redirect(response,
               only_channels ? "/mailroom/channels" : arena_printf(request->arena, "/mailroom/%s", mailroom_word(first)));
  return true;
}

static bool view_of(const char *word, MailroomView *out, GError **error) {
  for (unsigned view = 0; view < MAILROOM_COUNT; view++)
    if (strcmp(views[view].word, word) == 0) {
      *out = view;
      return true;
    }
  return error_set(error, ERROR_NOT_FOUND, "The mail room has no such place.");
}

static bool load_received(const Visit *visit, MailroomPage *page, GError **error) {
  const char *before = web_query(visit->request, "before");
  gint64 from = 0;
  if (before && !g_ascii_string_to_signed(before, 10, 1, G_MAXINT64, &from, NULL))
    return error_set(error, ERROR_INVALID, "The address of this page is damaged.");
  if (!received_list(visit->arena, visit->desk, views[page->view].state, from, &page->received, &page->has_more, error))
    return false;
  if (page->has_more) page->next_before = page->received.items[page->received.count - 1].id;
  Policy policy;
  if (!policy_load(visit->arena, visit->desk, &policy, error)) return false;
  page->quarantine_keeps = policy.quarantine_keeps;
  bool has_sent = page->view == MAILROOM_DISMISSED && !before; // mails of ours stand below the newest that came in
  if (has_sent && !outbox_list_dismissed(visit->arena, visit->desk, &page->outbox, error)) return false;
  return received_count_expired(visit->desk, visit->now - EXPIRED_SHOWN, &page->expired, error);
}

bool mailroom_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  MailroomPage page = {0};
  Shell shell;
  if (!view_of(web_path_text(request, "view"), &page.view, error) || !shell_open(visit, RAIL_MAILROOM, "plain", &shell, error))
    return false;
  if (page.view == MAILROOM_OUTBOX ? !outbox_list(visit->arena, visit->desk, &page.outbox, error)
                                   : !load_received(visit, &page, error))
    return false;
  shell.title = mailroom_title(page.view);
  render_mailroom(response->body, &shell, &page);
  return true;
}

bool mailroom_original(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  Bytes original;
  if (!web_path_int(request, "id", &id, error) || !received_original(visit->arena, visit->desk, id, &original, error))
    return false;
  const char *name = arena_printf(visit->arena, "received-%" G_GINT64_FORMAT ".eml", id);
  web_download(response, name, "message/rfc822", original, false);
  return true;
}

// A mail that is filed leads to its conversation: that is where it goes on.
bool mailroom_release(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  ReceivedResult result = {0};
  if (!web_path_int(request, "id", &id, error) || !received_release(visit->arena, visit->desk, visit->staff, id, &result, error))
    return false;
  bool is_filed = result.state == RECEIVED_FILED;
  web_redirect(response,
               is_filed ? arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "#latest", result.number) : "/mailroom");
  return true;
}

bool mailroom_dismiss(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *state = web_form(request, "view");
  int64_t id;
  if (!web_path_int(request, "id", &id, error) || !received_dismiss(visit->desk, visit->staff, id, error)) return false;
  bool was_failed = state && strcmp(state, received_state_word(RECEIVED_FAILED)) == 0;
  web_redirect(response, was_failed ? "/mailroom/failed" : "/mailroom/quarantine");
  return true;
}

bool mailroom_retry(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "id", &id, error) || !outbox_retry(visit->desk, id, error)) return false;
  web_redirect(response, "/mailroom/outbox");
  return true;
}

bool mailroom_dismiss_sent(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  if (!web_path_int(request, "id", &id, error) || !outbox_dismiss(visit->desk, visit->staff, id, error)) return false;
  web_redirect(response, "/mailroom/outbox");
  return true;
}

const WebRoute mailroom_routes[] = {
  {WEB_GET, "/mailroom", PERMISSION_MAILROOM, mailroom_front, 0},
  {WEB_GET, "/mailroom/:view", PERMISSION_MAILROOM, mailroom_page, 0},
  {WEB_GET, "/mailroom/received/:id/original", PERMISSION_MAILROOM, mailroom_original, 0},
  {WEB_POST, "/mailroom/received/:id/release", PERMISSION_MAILROOM, mailroom_release, 0},
  {WEB_POST, "/mailroom/received/:id/dismiss", PERMISSION_MAILROOM, mailroom_dismiss, 0},
  {WEB_POST, "/mailroom/outbox/:id/retry", PERMISSION_MAILROOM, mailroom_retry, 0},
  {WEB_POST, "/mailroom/outbox/:id/dismiss", PERMISSION_MAILROOM, mailroom_dismiss_sent, 0},
  {0},
};
