// What stands inside an attached mail (doc/mail.md 27): who wrote it, its text, the names of its files, and the conversations that it
// names by its ids, into which a person may merge the one it came in. The originals of a message that came by several ways. And what a mail
// would load from elsewhere, named before it is loaded.
#include "pages/message/preview.h"

#include "pages/pages.h"
#include "pages/preview.html.h"

#include <string.h>

#define ADDRESSES_MOST 20
#define FILES_MOST 100
#define TEXT_MOST 200000 // characters

static bool is_mail(const Attachment *attachment) {
  return strcmp(attachment->type, "message/rfc822") == 0 || strcmp(attachment->type, "message/global") == 0 ||
         g_str_has_suffix(attachment->name, ".eml");
}

// A page shows the beginning of what is endless; the rest is in the file.
static const Mail *bounded(Arena *arena, const Mail *parsed) {
  Mail *mail = arena_copy(arena, parsed, sizeof *parsed);
  mail->to.count = MIN(mail->to.count, ADDRESSES_MOST);
  mail->attachments.count = MIN(mail->attachments.count, FILES_MOST);
  mail->text = text_clamp(arena, mail->text, TEXT_MOST);
  return mail;
}

// In the parser's own process: it is as hostile as any mail.
static const Mail *parse(Arena *arena, Bytes bytes, GError **error) {
  g_autoptr(MailParser) parser = mail_parser_new(error);
  ReceivedInput input = {.raw = bytes};
  if (!parser || !received_parse(arena, parser, &input, error)) return NULL;
  if (!input.problem) return bounded(arena, input.mail);
  error_set(error, ERROR_INVALID, "%s It can be downloaded as it is.", input.problem);
  return NULL;
}

static TextList ids_of(Arena *arena, const Mail *mail) {
  TextList ids = {0};
  if (mail->message_id) *list_add(arena, &ids) = mail->message_id;
  if (mail->bounced_id) *list_add(arena, &ids) = mail->bounced_id;
  list_each(const Text, id, &mail->references) *list_add(arena, &ids) = *id;
  return ids;
}

bool preview_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  PreviewPage page = {0};
  Shell shell;
  int64_t id;
  Attachment *attachment;
  Bytes bytes;
  if (!web_path_int(request, "attachment", &id, error) || !shell_open(visit, RAIL_VIEW, "plain", &shell, error) ||
      !attachment_load(visit->arena, visit->desk, id, &attachment, &bytes, error))
    return false;
  if (!is_mail(attachment)) return error_set(error, ERROR_NOT_FOUND, "This attachment is no mail.");
  page.attachment = attachment;
  if (!(page.mail = parse(visit->arena, bytes, error))) return false;
  TextList ids = ids_of(visit->arena, page.mail);
  if (!message_conversation(visit->desk, attachment->message_id, &page.number, error) ||
      !conversation_named_by(visit->arena, visit->desk, &ids, page.number, &page.named, error))
    return false;
  page.words = shield_view(visit, page.mail->text, NULL, false);
  shell.title = attachment->name;
  render_preview(response->body, &shell, &page);
  return true;
}

// Before anything is loaded: how much it is, and who wanted to know when the mail is read.
bool pictures_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  PicturesPage page = {0};
  Shell shell;
  const char *markup;
  if (!web_path_int(request, "message", &page.message_id, error) || !shell_open(visit, RAIL_VIEW, "plain", &shell, error) ||
      !message_conversation(visit->desk, page.message_id, &page.number, error) ||
      !message_html(visit->arena, visit->desk, page.message_id, &markup, error))
    return false;
  MailHtmlResult result = mail_html_sanitise(visit->arena, markup, &(MailHtmlOptions){0});
  page.trackers = result.trackers;
  page.pictures = MAX(result.remote_blocked - result.trackers, 0);
  page.hosts = result.tracker_hosts;
  shell.title = "Pictures from elsewhere";
  render_pictures(response->body, &shell, &page);
  return true;
}

bool ways_page(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  WaysPage page = {0};
  Shell shell;
  if (!web_path_int(request, "message", &page.message_id, error) || !shell_open(visit, RAIL_VIEW, "plain", &shell, error) ||
      !message_conversation(visit->desk, page.message_id, &page.number, error) ||
      !received_copies(visit->arena, visit->desk, page.message_id, &page.copies, error))
    return false;
  shell.title = "How it came";
  render_ways(response->body, &shell, &page);
  return true;
}

bool ways_original(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  int64_t message, id;
  Bytes original;
  if (!web_path_int(request, "message", &message, error) || !web_path_int(request, "received", &id, error) ||
      !received_copy(visit->arena, visit->desk, message, id, &original, error))
    return false;
  web_download(response, arena_printf(visit->arena, "received-%" G_GINT64_FORMAT ".eml", id), "message/rfc822", original, false);
  return true;
}
