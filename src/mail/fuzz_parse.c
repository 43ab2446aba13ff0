// Fuzzing the way of a mail: parsed, written as JSON, and what it names written into a mail of ours. Seeds: tests/fuzz/mail/parse, where
// mails of every form stand, and tests/mail.
#include "mail/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = mail_parse(arena, bytes_of(data, size));
  g_autoptr(Json) json = mail_to_json(arena, mail);
  if (json_object_size(json) != MAIL_JSON_KEYS) abort(); // a text that is not UTF-8
  MailDraft answer = {.from = mail->from,
                      .to = mail->to,
                      .cc = mail->cc,
                      .subject = mail->subject,
                      .message_id = mail->message_id,
                      .in_reply_to = mail->message_id,
                      .references = mail->references,
                      .date = mail->claimed_at,
                      .text = mail->text,
                      .attachments = mail->attachments};
  mail_parse(arena, mail_compose(arena, &answer));
  return 0;
}
