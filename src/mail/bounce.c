// Finding the mail that came back (case 15). Looked for, in this order: the returned message or its headers as a part of
// their own; the report's fields; the text, where old mail servers paste the message; and last the ids the report answers to.
//
// And finding the addresses that are wrong (case 17), by the codes of RFC 3463: a mail that came back is not yet an address that does
// not exist, for it may have been too large, or the mailbox full.
#include "mail/bounce.h"

#include "base/text.h"
#include "mail/address.h"
#include "mail/ids.h"
#include "mail/mail.h"

#define LOOKED_AT ((size_t)1024 * 1024) // bytes of a part that are searched

static const char *other_than(const char *id, const char *own) { return id && !(own && strcmp(id, own) == 0) ? id : NULL; }

// The id in the first line that reads "Message-ID: …", whatever stands before it as a quote ("> ", "| ", spaces). The id may
// stand on the next line.
static const char *id_in_lines(Arena *arena, const char *text, const char *field, const char *own) {
  size_t field_length = strlen(field);
  for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
    const char *at = line + strspn(line, " \t>|");
    if (g_ascii_strncasecmp(at, field, field_length) != 0) continue;
    at += field_length;
    size_t length = strcspn(at, "\n");
    if (strspn(at, " \t\r") >= length && at[length]) length += 1 + strcspn(at + length + 1, "\n");
    TextList ids = {0};
    ids_read(arena, header_unfold(arena, bytes_of(at, length)), &ids);
    if (ids.count && other_than(ids.items[0], own)) return ids.items[0];
  }
  return NULL;
}

static const char *id_in_part(Arena *arena, const MailPart *part, const char *field, const char *own) {
  Bytes bytes = parts_decode(arena, part);
  const char *text = text_make_valid(arena, bytes_of(bytes.data, MIN(bytes.size, LOOKED_AT)));
  return id_in_lines(arena, text, field, own);
}

static const char *id_in_parts(Arena *arena, const MailPartList *parts, const char *const *types, const char *field,
                               const char *own) {
  for (; *types; types++)
    list_each(MailPart, part, parts) {
      if (part->is_multipart || strcmp(part->type, *types) != 0) continue;
      const char *id = id_in_part(arena, part, field, own);
      if (id) return id;
    }
  return NULL;
}

const char *bounce_original_id(Arena *arena, const MailPartList *parts, const char *text, const char *own) {
  static const char *const returned[] = {"message/rfc822",
                                         "message/global",
                                         "text/rfc822-headers",
                                         "message/rfc822-headers",
                                         "message/global-headers",
                                         "message/partial",
                                         NULL};
  static const char *const status[] = {"message/delivery-status", "message/disposition-notification", "message/feedback-report",
                                       NULL};
  static const char *const texts[] = {"text/plain", NULL}; // sent as a file, so not in `text`
  static const char *const fields[] = {"Original-Message-ID:", "X-Original-Message-ID:", "Message-ID:", NULL};
  const char *id = id_in_parts(arena, parts, returned, "Message-ID:", own);
  for (size_t i = 0; !id && fields[i]; i++) id = id_in_parts(arena, parts, status, fields[i], own);
  if (!id) id = id_in_lines(arena, text, "Message-ID:", own);
  if (!id) id = id_in_parts(arena, parts, texts, "Message-ID:", own);
  if (id) return id;
  TextList answered = ids_references(arena, &parts->items[0].headers, own);
  return answered.count ? answered.items[0] : NULL;
}

// ——— wrong addresses

#define ADDRESSES_MOST 100
#define STATUS_READ ((size_t)256 * 1024)

// "5.1.1" and its kin say that there is no such mailbox; 5.1.7 and 5.1.8 speak of the sender's address.
static bool status_is_wrong_address(const char *status) {
  if (strncmp(status, "5.2.1", 5) == 0 || strncmp(status, "5.4.4", 5) == 0) return !g_ascii_isdigit(status[5]);
  if (strncmp(status, "5.1.", 4) != 0) return false;
  int64_t detail = g_ascii_strtoll(status + 4, NULL, 10);
  return detail != 7 && detail != 8;
}

// For servers that say 5.0.0, or nothing, and tell people more.
static bool words_say_wrong_address(const char *text) {
  static const char *const words[] = {"user unknown",      "unknown user",      "no such user",      "no mailbox here",
                                      "does not exist",    "recipient unknown", "unknown recipient", "invalid recipient",
                                      "mailbox not found", "address rejected",  "no such recipient", "unrouteable address"};
  g_autofree char *lower = g_ascii_strdown(text, -1);
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
    if (strstr(lower, words[i])) return true;
  for (const char *at = strstr(lower, "5."); at; at = strstr(at + 1, "5."))
    if ((at == lower || !g_ascii_isalnum(at[-1])) && status_is_wrong_address(at)) return true;
  return false;
}

// "550 5.1.1 No such user": the detailed code decides, when there is one that says anything (RFC 3463); else the words.
bool mail_answer_is_wrong_address(const char *answer) {
  const char *status = answer + strspn(answer, "0123456789");
  if (status - answer != 3 || *answer != '5') return false; // what may pass says nothing about the address
  status += strspn(status, " -");
  bool is_detailed = g_ascii_isdigit(status[0]) && status[1] == '.' && g_ascii_isdigit(status[2]);
  return is_detailed && strncmp(status, "5.0.0", 5) != 0 ? status_is_wrong_address(status) : words_say_wrong_address(answer);
}

static void add_address(Arena *arena, TextList *list, const char *value) {
  MailAddressList read = {0};
  address_list_read(arena, value, NULL, "Final-Recipient", &read, NULL);
  list_each(const MailAddress, entry, &read) {
    if (!mail_address_is_valid(entry->address) || list->count >= ADDRESSES_MOST) continue;
    bool is_known = false;
    list_each(Text, known, list) is_known |= strcmp(*known, entry->address) == 0;
    if (!is_known) *list_add(arena, list) = entry->address;
  }
}

// One block of fields about one recipient (RFC 3464 2.3).
static void read_recipient(Arena *arena, const MailHeaderList *fields, TextList *list) {
  const char *recipient = header_value(arena, fields, "Final-Recipient");
  const char *action = header_value(arena, fields, "Action"), *status = header_value(arena, fields, "Status");
  if (!recipient) recipient = header_value(arena, fields, "Original-Recipient");
  if (!recipient || !action || g_ascii_strncasecmp(action, "failed", 6) != 0) return;
  const char *diagnostic = header_value(arena, fields, "Diagnostic-Code");
  bool is_vague = !status || strncmp(status, "5.0.0", 5) == 0;
  bool is_wrong = is_vague ? diagnostic && words_say_wrong_address(diagnostic) : status_is_wrong_address(status);
  const char *semicolon = strchr(recipient, ';');
  if (is_wrong) add_address(arena, list, semicolon ? semicolon + 1 : recipient);
}

// Blocks of fields with empty lines between them.
static void read_status(Arena *arena, Bytes status, TextList *list) {
  const char *text = text_make_valid(arena, bytes_of(status.data, MIN(status.size, STATUS_READ)));
  size_t size = strlen(text);
  for (size_t at = 0; at < size && list->count < ADDRESSES_MOST;) {
    MailHeaderList fields = {0};
    at += MAX(headers_read(arena, bytes_of(text + at, size - at), &fields, NULL), 1);
    read_recipient(arena, &fields, list);
  }
}

// "<ann@example.org>:" in front of the reason, as qmail writes it.
static void read_lines(Arena *arena, const char *text, TextList *list) {
  for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
    size_t length = strcspn(line, "\n");
    if (length > 3 && length < 300 && line[0] == '<' && line[length - 2] == '>' && line[length - 1] == ':')
      add_address(arena, list, arena_strndup(arena, line, length - 1));
  }
}

TextList bounce_undeliverable(Arena *arena, const MailPartList *parts, const char *text) {
  TextList list = {0};
  bool has_status = false;
  list_each(MailPart, part, parts) {
    if (part->is_multipart || strcmp(part->type, "message/delivery-status") != 0) continue;
    read_status(arena, parts_decode(arena, part), &list);
    has_status = true;
  }
  if (has_status) return list;
  const char *pasted = strstr(text, "\n---"); // below stands the mail that came back
  const char *words = arena_strndup(arena, text, pasted ? (size_t)(pasted - text) : strnlen(text, STATUS_READ));
  if (!words_say_wrong_address(words)) return list;
  const char *failed = header_value(arena, &parts->items[0].headers, "X-Failed-Recipients");
  if (failed) add_address(arena, &list, failed);
  read_status(arena, bytes_of_text(words), &list); // some write the fields for people only
  read_lines(arena, words, &list);
  return list;
}
