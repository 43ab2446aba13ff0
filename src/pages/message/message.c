// What belongs to one message: its original byte for byte, its HTML made harmless for a frame, its attachments, and another try
// at sending it. Pictures inside the HTML are put into it as data, because a frame without an origin is sent no cookie and could
// not fetch them; pictures from elsewhere are left out unless asked for.
#include "desk/conversation/verbs.h"
#include "desk/outbox/outbox.h"
#include "mail/mail.h"
#include "pages/conversation/reading.h"
#include "pages/message/preview.h"
#include "pages/pages.h"
#include "pages/shield/shield.h"
#include "pages/visit.h"

#include <string.h>

#define PICTURES_MOST (8 * 1000 * 1000) // bytes of pictures put into one mail's HTML

static bool message_of(const WebRequest *request, int64_t *out, GError **error) {
  return web_path_int(request, "message", out, error);
}

static bool original(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  Bytes bytes;
  if (!message_of(request, &id, error) || !message_original(visit->arena, visit->desk, id, &bytes, error)) return false;
  web_download(response, arena_printf(visit->arena, "message-%" G_GINT64_FORMAT ".eml", id), "message/rfc822", bytes, false);
  return true;
}

typedef struct Pictures {
  const Visit *visit;
  AttachmentList attachments;
  int64_t room; // bytes that may still be put in
} Pictures;

static const Attachment *find_picture(const Pictures *pictures, const char *content_id) {
  list_each(const Attachment, attachment, &pictures->attachments)
    if (attachment->content_id && strcmp(attachment->content_id, content_id) == 0) return attachment;
  return NULL;
}

static bool is_picture(const char *type) {
  static const char *const types[] = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif"};
  for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
    if (strcmp(types[i], type) == 0) return true;
  return false;
}

static const char *picture_address(Arena *arena, const char *content_id, void *data) {
  Pictures *pictures = data;
  const Attachment *found = find_picture(pictures, content_id);
  if (!found || !is_picture(found->type) || found->size > pictures->room) return NULL;
  Attachment *attachment;
  Bytes bytes;
  if (!attachment_load(arena, pictures->visit->desk, found->id, &attachment, &bytes, NULL)) return NULL;
  pictures->room -= (int64_t)bytes.size;
  const char *text = arena_take(arena, g_base64_encode(bytes.data, bytes.size));
  return arena_printf(arena, "data:%s;base64,%s", attachment->type, text);
}

// The text and the HTML of a mail may say different things, so what the HTML says is looked at for itself.
static bool is_shielded(const Visit *visit, const char *markup) {
  const char *shown = web_query(visit->request, "shown");
  if (shown && strcmp(shown, "yes") == 0) return false;
  return shield_hides(visit, mail_html_to_text(visit->arena, markup));
}

static const char *shielded_notice(const Visit *visit, int64_t id, bool with_pictures) {
  return arena_printf(visit->arena,
                      "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Folded</title></head><body>"
                      "<p>This look of the mail holds abusive words that its text does not have. "
                      "<a href=\"/messages/%" G_GINT64_FORMAT
                      "/html?shown=yes%s\" target=\"_blank\" rel=\"noopener\">Show it all the same</a></p>"
                      "</body></html>",
                      id, with_pictures ? "&amp;pictures=all" : "");
}

static bool html(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *wanted = web_query(request, "pictures"), *markup;
  Pictures pictures = {.visit = visit, .room = PICTURES_MOST};
  int64_t id;
  if (!message_of(request, &id, error) || !message_html(visit->arena, visit->desk, id, &markup, error) ||
      !message_attachments(visit->arena, visit->desk, id, &pictures.attachments, error))
    return false;
  MailHtmlOptions options = {
    .allow_remote = wanted && strcmp(wanted, "all") == 0, .address_of_cid = picture_address, .data = &pictures};
  if (is_shielded(visit, markup)) {
    web_sandbox(response, false);
    response->bytes = bytes_of_text(shielded_notice(visit, id, options.allow_remote));
    return true;
  }
  MailHtmlResult result = mail_html_sanitise(visit->arena, markup, &options);
  web_sandbox(response, options.allow_remote);
  response->bytes = bytes_of_text(result.html);
  return true;
}

static bool attachment(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  Attachment *found;
  Bytes bytes;
  if (!web_path_int(request, "attachment", &id, error) || !attachment_load(visit->arena, visit->desk, id, &found, &bytes, error))
    return false;
  web_download(response, found->name, found->type, bytes, true);
  return true;
}

static bool retry(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t id;
  View view = VIEW_OPEN;
  view_from_word(web_form(request, "view"), &view);
  if (!message_of(request, &id, error) || !outbox_retry(visit->desk, id, error)) return false;
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s#m%" G_GINT64_FORMAT,
                                      visit_form_int(visit, "number"), shell_view_again(visit, view), id));
  return true;
}

static bool judge_as(const Visit *visit, int64_t id, const char *says, int64_t *out_number, GError **error) {
  int value = 0;
  CorrectionKind kind = CORRECTION_KIND_COUNT;
  if (says && strcmp(says, "right") == 0) return reading_confirm(visit->desk, visit->staff, id, out_number, error);
  if (says && strcmp(says, "back") == 0) return reading_take_back(visit->desk, visit->staff, id, out_number, error);
  if (says && reading_choice_from_word(visit->arena, says, &kind, &value))
    return reading_correct(visit->desk, visit->staff, id, kind, value, out_number, error);
  return error_set(error, ERROR_INVALID, "The form did not say what the reading should be.");
}

static bool judge(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *before = web_form(request, "before");
  int64_t id, number = 0;
  gint64 earlier = 0;
  View view = VIEW_OPEN;
  view_from_word(web_form(request, "view"), &view);
  if (before && !g_ascii_string_to_signed(before, 10, 1, G_MAXINT64, &earlier, NULL))
    return error_set(error, ERROR_INVALID, "The form is damaged.");
  if (!message_of(request, &id, error)) return false;
  if (!visit->shows_readings) return error_set(error, ERROR_NOT_FOUND, "Readings are switched off.");
  if (!judge_as(visit, id, web_form(request, "says"), &number, error)) return false;
  const char *page = earlier ? arena_printf(visit->arena, "&before=%" G_GINT64_FORMAT, earlier) : "";
  web_redirect(response, arena_printf(visit->arena, "/conversations/%" G_GINT64_FORMAT "?view=%s%s#m%" G_GINT64_FORMAT, number,
                                      shell_view_again(visit, view), page, id));
  return true;
}

const WebRoute message_routes[] = {
  {WEB_GET, "/messages/:message/original", PERMISSION_READ, original, 0},
  {WEB_GET, "/messages/:message/html", PERMISSION_READ, html, 0},
  {WEB_GET, "/messages/:message/pictures", PERMISSION_READ, pictures_page, 0},
  {WEB_GET, "/messages/:message/ways", PERMISSION_READ, ways_page, 0},
  {WEB_GET, "/messages/:message/ways/:received", PERMISSION_READ, ways_original, 0},
  {WEB_GET, "/attachments/:attachment", PERMISSION_READ, attachment, 0},
  {WEB_POST, "/messages/:message/reading", PERMISSION_ANSWER, judge, 0},
  {WEB_GET, "/attachments/:attachment/mail", PERMISSION_READ, preview_page, 0},
  {WEB_POST, "/messages/:message/retry", PERMISSION_ANSWER, retry, 0},
  {0},
};
