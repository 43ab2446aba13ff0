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

// What a mail server says it found out about a sender (Authentication-Results, RFC 8601). Anybody may write such a header: only
// those whose `server` the administrator trusts count.
typedef struct MailAuthentication {
  const char *server;             // authserv-id
  const char *spf, *dkim, *dmarc; // "pass", "fail", "none" …; "" when it does not say
} MailAuthentication;
LIST_DEFINE(MailAuthentication)

typedef enum MailProtectionKind {
  MAIL_PLAIN,
  MAIL_SMIME_SIGNED,
  MAIL_SMIME_ENCRYPTED,
  MAIL_PGP_SIGNED,
  MAIL_PGP_ENCRYPTED
} MailProtectionKind;
typedef enum MailSignatureState { MAIL_UNCHECKED, MAIL_GOOD, MAIL_DOUBTFUL, MAIL_BAD } MailSignatureState;
// The content is always shown; this says how it came (doc/mail.md 48, 49).
typedef struct MailProtection {
  MailProtectionKind kind;
  MailSignatureState state; // GOOD: intact, by a trusted chain, and by the address in From
  const char *signer;       // the address in the certificate, "" when unknown
  const char *reason;       // a sentence for people: why it is not GOOD; "" when it is, or when there is nothing to say
} MailProtection;

typedef struct MailInvite {                // of a text/calendar part
  const char *method;                      // "REQUEST", "CANCEL", "REPLY" …
  const char *summary, *place, *organiser; // "" when not said
  int64_t starts_at, ends_at;              // 0 when not said
  bool is_all_day;
} MailInvite;

// A mail that somebody passes on: who wrote the one inside, from the attached message or the lines above the forwarded text.
typedef struct MailForward {
  MailAddress from;       // address "" when it cannot be found out
  const char *subject;    // "" when not said
  const char *text;       // what the first writer wrote
  const char *message_id; // of the mail inside; NULL when not known
} MailForward;

typedef struct MailAttachment {
  const char *name;       // never empty, no path, no control characters; invented from the part's number and type when missing
  const char *type;       // "image/png", lower case
  const char *content_id; // without <>; NULL when none
  bool is_inline;         // decided by a reference in the HTML (cid:), not by the disposition
  Bytes bytes;            // decoded
} MailAttachment;
LIST_DEFINE(MailAttachment)

typedef struct Mail {
  MailAddress from; // From, else Sender, else Return-Path; address "" when there is none
  MailAddressList reply_to, to, cc;
  const char *subject;    // one line, decoded, at most 998 characters; "" when missing
  int64_t claimed_at;     // the Date header; 0 when missing or senseless. Never sort by it.
  int64_t traced_at;      // when the last mail server says it received it (the topmost Received header); 0 when none does
  const char *message_id; // without <>; NULL when missing
  TextList references;    // all ids of In-Reply-To and References without <>, newest first, no doubles
  MailKind kind;
  const char *kind_reason; // the header that made it machine mail: "Auto-Submitted: auto-replied"; NULL for a person
  const char *return_path; // "" for <>; NULL when there is none
  TextList delivered_to;   // Delivered-To, X-Original-To, Envelope-To, in order
  const char *loop_mark;   // X-Rapport-Loop, as some Rapport wrote it; NULL when there is none. Anybody may write one: check it.
  const char *bounced_id;  // for a bounce: Message-ID of the mail that came back; NULL when not found
  TextList undeliverable;  // for a bounce: addresses that it says do not exist; not those whose mailbox is full
  const char *text;        // everything a person reads: reply and quoted together; from the HTML when there is no text part
  const char *reply;       // what this person wrote now
  const char *quoted;      // the rest: quotes, what is below "wrote:", signature; "" when none
  const char *html;        // the HTML part as it came, made valid UTF-8; NULL when none. Hostile: see mail_html_sanitise
  MailAttachmentList attachments;
  const char *signature;     // the part of `quoted` that is the sender's signature; "" when none was found
  MailAddress original_from; // who wrote, when a list rewrote From (X-Original-From, X-Original-Sender); address "" otherwise
  MailAuthenticationList authentication; // newest first
  MailProtection protection;
  MailInvite *invite;   // NULL when there is none
  MailForward *forward; // NULL when nothing is passed on
  const char
    *machine_topic;  // what a monitoring or tracking system writes about, "jira:ABC-12", "nagios:web1/http"; NULL otherwise
  TextList problems; // sentences: "The text part says charset \"foo\", which nobody knows; read as UTF-8."
} Mail;

Mail *mail_parse(Arena *arena, Bytes raw);
// Whether a mail server's words, "550 5.1.1 …", say that an address does not exist; what may pass, and other refusals, do not.
bool mail_answer_is_wrong_address(const char *answer);

// The same in a process of its own that may do nothing but compute (seccomp, limits of memory and time), so that a mail made to
// break a parser breaks that process and no more. One mail at a time; a parser belongs to one thread. The process is made anew
// when it died. The program's main must begin with mail_apart_if_asked (mail/apart.h).
typedef struct MailParser MailParser;
MailParser *mail_parser_new(GError **error);
void mail_parser_free(MailParser *parser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailParser, mail_parser_free)
// How long a mail may take: 10 seconds unless said otherwise, microseconds.
void mail_parser_set_budget(MailParser *parser, int64_t budget);
// False with ERROR_BROKEN and a sentence for people when the mail took too long, too much memory, or ended the process: the mail
// is to be set aside as failed, and `*out` is what its headers alone say, or NULL. ERROR_UNAVAILABLE: no process can be made
// now; try again.
bool mail_parser_parse(MailParser *parser, Arena *arena, Bytes raw, Mail **out, GError **error);

// As the contract of `rapport parse` says; every key is always there.
#define MAIL_JSON_KEYS 28
Json *mail_to_json(Arena *arena, const Mail *mail);

// What two spellings of an address share: domain lower-cased (IDN as it is), local part lower-cased; spaces and <> off. "" when unusable.
const char *mail_address_key(Arena *arena, const char *address);
bool mail_address_is_valid(
  const char *address); // one @, a local part, a domain, no spaces or control characters, at most 254 bytes
// "local" and "tag" of local+tag@domain: `out_base` is local@domain. False, and nothing set, when there is no tag.
bool mail_address_split_tag(Arena *arena, const char *address, const char **out_base, const char **out_tag);
// "local@domain" and "tag" to "local+tag@domain".
const char *mail_address_with_tag(Arena *arena, const char *address, const char *tag);

// The addresses in a header's value, or in what a person writes: commas or semicolons between, "Name <address>" or the address
// alone. What cannot be read is there too, as an address that is not valid; at most 1,000.
MailAddressList mail_address_list(Arena *arena, const char *text);

// Reply and quote apart, in any language the marker table knows. `reply` + `quoted` lose nothing but white space between them; when
// a reply is written between the quotes, all of it is the reply.
typedef struct MailSplit {
  const char *reply, *quoted;
  const char *signature; // the part of `quoted` that signs the reply; "" when there is none
  const char *closing;   // how `reply` ends: "Best regards / Ann", "-Ann"; "" when it just ends
} MailSplit;
// `html` is the HTML that says the same as `text`, NULL when there is none: mail programs mark quotes and signatures in it.
MailSplit mail_split(Arena *arena, const char *text, const char *html);

// Signatures that no marker shows, learnt from two mails of one sender (case 43): the lines that two replies both end with, as
// `second` has them; blank lines and white space do not count. "" unless they are two lines or more and something stands above
// them in both. Looks at the last 30 written lines.
const char *mail_common_ending(Arena *arena, const char *first, const char *second);
// `reply` without such an ending, which becomes *out_ending. False, and nothing set, when it does not end so.
bool mail_split_ending(Arena *arena, const char *reply, const char *ending, const char **out_reply, const char **out_ending);

// HTML to text by a real HTML parser (libxml2): paragraphs, lists, links as "text (address)", blockquote as "> ".
const char *mail_html_to_text(Arena *arena, const char *html);

typedef struct MailHtmlOptions {
  bool allow_remote; // images from the network
  const char *(*address_of_cid)(Arena *arena, const char *cid,
                                void *data); // where an inline image is served; NULL result drops it
  void *data;
} MailHtmlOptions;
typedef struct MailHtmlResult {
  const char *html;       // a whole document, safe for a sandboxed frame without scripts
  int64_t remote_blocked; // addresses that were taken out, trackers among them
  int64_t trackers;       // pictures nobody could see, which tell who reads when: taken out even with allow_remote
  TextList tracker_hosts; // where they would have been loaded from, each once; at most 20
} MailHtmlResult;
// Allow-list sanitiser over the parsed tree: elements, attributes, address schemes, CSS properties. Bounded work.
MailHtmlResult mail_html_sanitise(Arena *arena, const char *html, const MailHtmlOptions *options);

// An outgoing mail. All texts may contain anything: header injection is impossible because GMime folds and encodes.
typedef struct MailDraft {
  MailAddress from, reply_to; // reply_to.address NULL: no header
  MailAddressList to, cc;     // Bcc is an envelope matter and is never written
  const char *subject;
  const char *message_id;  // without <>
  const char *in_reply_to; // without <>; NULL when none
  TextList references;     // oldest first
  int64_t date;
  const char *text; // UTF-8, written as format=flowed-safe quoted-printable or 7bit
  const char *html; // the same with its looks, a whole document; NULL: the text alone
  const char
    *auto_submitted;     // NULL for a person's mail; "auto-replied" adds X-Auto-Response-Suppress: All and Precedence: bulk too
  const char *loop_mark; // value of X-Rapport-Loop, so that we know our own; NULL for none
  MailAttachmentList attachments;
} MailDraft;
Bytes mail_compose(Arena *arena, const MailDraft *draft); // CRLF line ends, no line over 998 bytes, 7bit
// Light Markdown to a piece of HTML that is safe to send. A picture whose address is the name of one of `files` (NULL: none) shows
// that file, by its content_id; any other is a link.
const char *mail_markdown_to_html(Arena *arena, const char *text, const MailAttachmentList *files);
