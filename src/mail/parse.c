// mail_parse: the order in which a raw mail becomes a Mail. Headers and leaves are cut apart (parts.c), addresses, ids and date
// are read from the headers, what is wrapped by a signature is unwrapped (protection.c), the leaves become text, HTML and files
// (body.c), then the mail is judged (kind.c, bounce.c) and its text split into reply and quote (quote.c). Last come the forms that a
// mail may have: an invite, a forward, the note of a machine. Nothing fails: what is wrong is a sentence in `problems`.
#include "base/text.h"
#include "mail/address.h"
#include "mail/authentication.h"
#include "mail/body.h"
#include "mail/bounce.h"
#include "mail/forward.h"
#include "mail/ids.h"
#include "mail/invite.h"
#include "mail/kind.h"
#include "mail/mail.h"
#include "mail/original.h"
#include "mail/parts.h"
#include "mail/protection.h"
#include "mail/start.h"
#include "mail/topic.h"
#include "mail/words.h"

#include <gmime/gmime.h>

#define LOOP_MARK_MOST 100 // bytes
#define SUBJECT_LONGEST 998
#define DATE_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \t,.:+-/()"
#define EARLIEST_DATE (int64_t)0                         // 1970
#define LATEST_DATE (INT64_C(4102444800) * CLOCK_SECOND) // 2100

// Blank lines and a byte order mark in front of the headers are not the end of them.
static Bytes without_leading_space(Bytes raw) {
  const char *at = raw.data, *end = at + raw.size;
  if (raw.size >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) at += 3;
  while (at < end && (*at == '\n' || *at == '\r')) at++;
  return bytes_of(at, (size_t)(end - at));
}

static void read_addresses(Arena *arena, const MailHeaderList *headers, const char *name, const char *hint, MailAddressList *out,
                           TextList *problems) {
  list_each(MailHeader, header, headers)
    if (g_ascii_strcasecmp(header->name, name) == 0)
      address_list_read(arena, header_unfold(arena, header->raw), hint, name, out, problems);
}

static const char *read_return_path(Arena *arena, const MailHeaderList *headers) {
  const char *value = header_value(arena, headers, "Return-Path");
  if (!value) return NULL;
  MailAddressList list = {0};
  address_list_read(arena, value, NULL, "Return-Path", &list, NULL);
  return list.count ? list.items[0].address : "";
}

static void read_sender(Arena *arena, const MailHeaderList *headers, const char *hint, Mail *mail) {
  static const char *const names[] = {"From", "Sender"};
  MailAddress best = {"", ""};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    MailAddressList list = {0};
    read_addresses(arena, headers, names[i], hint, &list, &mail->problems);
    list_each(MailAddress, candidate, &list) {
      bool is_better = !mail_address_is_valid(best.address) && (mail_address_is_valid(candidate->address) || !*best.address);
      if (is_better) best = (MailAddress){*candidate->name || !*best.name ? candidate->name : best.name, candidate->address};
    }
    if (mail_address_is_valid(best.address)) break;
  }
  if (!*best.address && mail->return_path) best.address = mail->return_path;
  mail->from = best;
  if (!*best.address)
    problem_add(arena, &mail->problems, "Nobody is named as the sender.");
  else if (!mail_address_is_valid(best.address))
    problem_add(arena, &mail->problems, "The sender's address cannot be used.");
}

static void read_subject(Arena *arena, const MailHeaderList *headers, const char *hint, Mail *mail) {
  const char *value = header_value(arena, headers, "Subject");
  const char *subject = value ? text_one_line(arena, words_decode(arena, value, hint, "The subject", &mail->problems)) : "";
  if (text_length(subject) > SUBJECT_LONGEST)
    problem_add(arena, &mail->problems, "The subject is longer than %d characters; it was cut.", SUBJECT_LONGEST);
  mail->subject = text_clamp(arena, subject, SUBJECT_LONGEST);
}

static void read_date(Arena *arena, const MailHeaderList *headers, Mail *mail) {
  const char *value = header_value(arena, headers, "Date");
  if (!value) {
    problem_add(arena, &mail->problems, "There is no date.");
    return;
  }
  size_t length = strspn(value, DATE_CHARACTERS); // what stands behind may be an attempt at something else
  const char *bounded = arena_strndup(arena, value, MIN(length, 120));
  g_autoptr(GDateTime) date = g_mime_utils_header_decode_date(bounded);
  int64_t moment = date ? g_date_time_to_unix(date) * CLOCK_SECOND : 0;
  if (date && moment > EARLIEST_DATE && moment < LATEST_DATE)
    mail->claimed_at = moment;
  else
    problem_add(arena, &mail->problems, "The date makes no sense.");
}

static void add_delivered_to(Arena *arena, Mail *mail, const char *address) {
  list_each(Text, known, &mail->delivered_to)
    if (strcmp(*known, address) == 0) return;
  *list_add(arena, &mail->delivered_to) = address;
}

// Google writes two addresses with a space between them: whom it was for, and where it went.
static void read_forwarded_for(Arena *arena, const MailHeaderList *headers, Mail *mail) {
  const char *value = header_value(arena, headers, "X-Forwarded-For");
  g_auto(GStrv) words = g_strsplit_set(value ? value : "", " ,\t", 10);
  for (size_t i = g_strv_length(words); i > 0; i--) // the last is nearest to us
    if (mail_address_is_valid(words[i - 1])) add_delivered_to(arena, mail, text_make_valid(arena, bytes_of_text(words[i - 1])));
}

// The topmost Received header is the last server's; its date stands behind the last semicolon.
static void read_trace(Arena *arena, const MailHeaderList *headers, Mail *mail) {
  const char *value = header_value(arena, headers, "Received"), *semicolon = value ? strrchr(value, ';') : NULL;
  if (!semicolon) return;
  g_autoptr(GDateTime) date = g_mime_utils_header_decode_date(arena_strndup(arena, semicolon + 1, 120));
  int64_t moment = date ? g_date_time_to_unix(date) * CLOCK_SECOND : 0;
  if (moment > EARLIEST_DATE && moment < LATEST_DATE) mail->traced_at = moment;
}

static void read_delivered_to(Arena *arena, const MailHeaderList *headers, Mail *mail) {
  static const char *const names[] = {"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
    MailAddressList list = {0};
    read_addresses(arena, headers, names[i], NULL, &list, NULL);
    list_each(MailAddress, entry, &list)
      if (*entry->address) add_delivered_to(arena, mail, entry->address);
  }
  read_forwarded_for(arena, headers, mail);
}

// The charset of the mail's text, for headers written in it without saying so (cases 19 and 20).
static const char *charset_hint(const MailPartList *parts) {
  list_each(MailPart, part, parts)
    if (part->charset) return part->charset;
  return NULL;
}

static void read_headers(Arena *arena, const MailHeaderList *headers, const char *hint, Mail *mail) {
  mail->return_path = read_return_path(arena, headers);
  read_sender(arena, headers, hint, mail);
  read_addresses(arena, headers, "Reply-To", hint, &mail->reply_to, &mail->problems);
  read_addresses(arena, headers, "To", hint, &mail->to, &mail->problems);
  read_addresses(arena, headers, "Cc", hint, &mail->cc, &mail->problems);
  read_subject(arena, headers, hint, mail);
  read_date(arena, headers, mail);
  read_trace(arena, headers, mail);
  read_delivered_to(arena, headers, mail);
  mail->message_id = ids_own(arena, headers);
  if (!mail->message_id) problem_add(arena, &mail->problems, "There is no message id.");
  mail->references = ids_references(arena, headers, mail->message_id);
  const char *mark = header_value(arena, headers, "X-Rapport-Loop");
  mail->loop_mark = mark ? text_one_line(arena, arena_strndup(arena, mark, LOOP_MARK_MOST)) : NULL;
}

static void judge(Arena *arena, const MailPartList *parts, Mail *mail) {
  MailVerdict verdict = kind_judge(arena, parts, mail);
  mail->kind = verdict.kind;
  mail->kind_reason = verdict.reason;
  if (verdict.is_report) // also what is only delayed belongs to its mail
    mail->bounced_id = bounce_original_id(arena, parts, mail->text, mail->message_id);
  if (mail->kind == MAIL_BOUNCE) mail->undeliverable = bounce_undeliverable(arena, parts, mail->text);
}

// All but what is forwarded, which is a mail of its own.
static Mail *parse_one(Arena *arena, Bytes raw) {
  Mail *mail = arena_make(arena, Mail);
  MailPartList parts = parts_split(arena, without_leading_space(raw.size ? raw : bytes_of("", 0)), &mail->problems);
  const MailHeaderList headers = parts.items[0].headers;
  const char *hint = charset_hint(&parts);
  read_headers(arena, &headers, hint, mail);
  authentication_read(arena, &headers, &mail->authentication);
  protection_open(arena, &parts, mail);
  body_read(arena, &parts, mail);
  protection_read_text(arena, mail);
  judge(arena, &parts, mail);
  MailSplit split = mail_split(arena, mail->text, mail->html);
  mail->reply = split.reply;
  mail->quoted = split.quoted;
  mail->signature = split.signature;
  mail->original_from = original_from(arena, &headers, hint, mail);
  mail->invite = invite_read(arena, &parts, &mail->problems);
  mail->machine_topic = machine_topic(arena, &headers, mail);
  return mail;
}

Mail *mail_parse(Arena *arena, Bytes raw) {
  mail_start();
  Mail *mail = parse_one(arena, raw);
  mail->forward = forward_read(arena, mail, parse_one);
  return mail;
}
