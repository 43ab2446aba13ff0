// Mail as values: raw bytes in, a plain struct out, and back.
//
// mail_parse never fails: whatever comes in is a Mail, and what was wrong with it stands in `problems`. All texts are valid
// UTF-8 without NUL, in the arena. Addresses are as written; `mail_address_key` makes what they are compared by.
// Nothing here knows the desk, the database or the network; mail/smtp.h sends.
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/list.h"

#include <stdbool.h>

typedef enum MailKind { MAIL_PERSON, MAIL_AUTO, MAIL_BOUNCE, MAIL_LIST } MailKind;
const char *mail_kind_word(MailKind kind); // "person", "auto", "bounce", "list"

typedef struct MailAddress {
  const char *name;    // decoded, may be ""
  const char *address; // "local@domain" as written, trimmed; may be unusable: see mail_address_is_valid
} MailAddress;
LIST_DEFINE(MailAddress)

typedef struct MailAttachment {
  const char *name;       // never empty, no path, no control characters; invented from the part's number and type when missing
  const char *type;       // "image/png", lower case
  const char *content_id; // without <>; NULL when none
  bool is_inline;         // decided by a reference in the HTML (cid:), not by the disposition
  Bytes bytes;            // decoded
} MailAttachment;
LIST_DEFINE(MailAttachment)

typedef struct Mail {
  MailAddress from;             // From, else Sender, else Return-Path; address "" when there is none
  MailAddressList reply_to, to, cc;
  const char *subject;          // one line, decoded, at most 998 characters; "" when missing
  int64_t claimed_at;           // the Date header; 0 when missing or senseless. Never sort by it.
  const char *message_id;       // without <>; NULL when missing
  TextList references;          // all ids of In-Reply-To and References without <>, newest first, no doubles
  MailKind kind;
  const char *kind_reason;      // the header that made it machine mail: "Auto-Submitted: auto-replied"; NULL for a person
  const char *return_path;      // "" for <>; NULL when there is none
  TextList delivered_to;        // Delivered-To, X-Original-To, Envelope-To, in order
  const char *loop_mark;        // X-Rapport-Loop, as some Rapport wrote it; NULL when there is none. Anybody may write one: check it.
  const char *bounced_id;       // for a bounce: Message-ID of the mail that came back; NULL when not found
  const char *text;             // everything a person reads: reply and quoted together; from the HTML when there is no text part
  const char *reply;            // what this person wrote now
  const char *quoted;           // the rest: quotes, what is below "wrote:", signature; "" when none
  const char *html;             // the HTML part as it came, made valid UTF-8; NULL when none. Hostile: see mail_html_sanitise
  MailAttachmentList attachments;
  TextList problems;            // sentences: "The text part says charset \"foo\", which nobody knows; read as UTF-8."
} Mail;

Mail *mail_parse(Arena *arena, Bytes raw);
// As the contract of `rapport parse` says.
Json *mail_to_json(Arena *arena, const Mail *mail);

// What two spellings of an address share: domain lower-cased (IDN as it is), local part lower-cased; spaces and <> off. "" when unusable.
const char *mail_address_key(Arena *arena, const char *address);
bool mail_address_is_valid(const char *address); // one @, a local part, a domain, no spaces or control characters, at most 254 bytes
// "local" and "tag" of local+tag@domain: `out_base` is local@domain. False, and nothing set, when there is no tag.
bool mail_address_split_tag(Arena *arena, const char *address, const char **out_base, const char **out_tag);
// "local@domain" and "tag" to "local+tag@domain".
const char *mail_address_with_tag(Arena *arena, const char *address, const char *tag);

// Reply and quote apart, for plain text in any language the marker table knows. `*out_reply` + `*out_quoted` lose nothing but white
// space between them; when a reply is written between the quotes, all of it is the reply.
void mail_split_quote(Arena *arena, const char *text, const char **out_reply, const char **out_quoted);

// HTML to text by a real HTML parser (libxml2): paragraphs, lists, links as "text (address)", blockquote as "> ".
const char *mail_html_to_text(Arena *arena, const char *html);

typedef struct MailHtmlOptions {
  bool allow_remote;                                                       // images from the network
  const char *(*address_of_cid)(Arena *arena, const char *cid, void *data); // where an inline image is served; NULL result drops it
  void *data;
} MailHtmlOptions;
typedef struct MailHtmlResult {
  const char *html;       // a whole document, safe for a sandboxed frame without scripts
  int64_t remote_blocked; // addresses that were taken out
} MailHtmlResult;
// Allow-list sanitiser over the parsed tree: elements, attributes, address schemes, CSS properties. Bounded work.
MailHtmlResult mail_html_sanitise(Arena *arena, const char *html, const MailHtmlOptions *options);

// An outgoing mail. All texts may contain anything: header injection is impossible because GMime folds and encodes.
typedef struct MailDraft {
  MailAddress from, reply_to; // reply_to.address NULL: no header
  MailAddressList to, cc;     // Bcc is an envelope matter and is never written
  const char *subject;
  const char *message_id;     // without <>
  const char *in_reply_to;    // without <>; NULL when none
  TextList references;        // oldest first
  int64_t date;
  const char *text;           // UTF-8, written as format=flowed-safe quoted-printable or 7bit
  const char *auto_submitted; // NULL for a person's mail; "auto-replied" adds X-Auto-Response-Suppress: All and Precedence: bulk too
  const char *loop_mark;      // value of X-Rapport-Loop, so that we know our own; NULL for none
  MailAttachmentList attachments;
} MailDraft;
Bytes mail_compose(Arena *arena, const MailDraft *draft); // CRLF line ends
