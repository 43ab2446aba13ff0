// Who wrote a mail, and how far that can be believed.
//
// From is what anybody may write. A mailing list that rewrote From says whom it speaks for (doc/mail.md 38). An agent who passes a mail
// on speaks for whoever wrote it (40), but only when a mail server that the administrator trusts vouches for the agent's address
// with a DMARC pass: DMARC alone ties a signature or a path to the domain in From. Its failing is told to whoever reads (53), and a
// mail that fails acts as nobody.
#include "desk/received/incoming.h"

#include "base/text.h"
#include "desk/staff.sql.h"

#include <string.h>

static bool is_word_of(const char *words, const char *wanted) {
  g_auto(GStrv) list = g_strsplit_set(words, " ,\t", -1);
  for (char **word = list; *word; word++)
    if (**word && g_ascii_strcasecmp(*word, wanted) == 0) return true;
  return false;
}

// What a server that we trust says of DMARC; it has removed what others wrote in its name. One that checks with several programs writes
// several headers, one above the other: the newest that speaks of DMARC counts, down to the first that is not of such a server.
static const MailAuthentication *verdict_of(const Incoming *incoming) {
  const char *trusted = incoming->policy.trusted_servers;
  bool has_begun = false;
  if (text_is_blank(trusted)) return NULL;
  list_each(const MailAuthentication, authentication, &incoming->mail->authentication) {
    bool is_trusted = authentication->server && is_word_of(trusted, authentication->server);
    if (has_begun && !is_trusted) return NULL;
    has_begun = has_begun || is_trusted;
    if (is_trusted && *authentication->dmarc) return authentication;
  }
  return NULL;
}

static void judge(Arena *arena, Incoming *incoming) {
  const MailAuthentication *verdict = verdict_of(incoming);
  const char *dmarc = verdict && verdict->dmarc ? verdict->dmarc : "";
  incoming->doubt = "";
  incoming->is_verified = strcmp(dmarc, "pass") == 0;
  if (strcmp(dmarc, "fail") == 0)
    incoming->doubt = arena_printf(arena, "DMARC fails, says %s", text_clamp(arena, text_one_line(arena, verdict->server), 100));
}

static bool is_ours(Arena *arena, const Incoming *incoming, const char *address) {
  return mailbox_is_ours(arena, &incoming->mailboxes, address, NULL);
}

static bool is_usable_author(Arena *arena, const Incoming *incoming, const MailAddress *author) {
  return author->address && mail_address_is_valid(author->address) && !is_ours(arena, incoming, author->address);
}

// "Fwd:", "WG:" … as the mail programs of several languages write it.
static bool says_forward(const char *subject) {
  static const char *const words[] = {"fwd", "fw", "wg", "tr", "rv",  "enc",  "i",   "doorst",
                                      "vs",  "vb", "pd", "pf", "ynt", "転送", "转发"};
  g_autofree char *whole = g_utf8_casefold(subject, -1);
  const char *folded = whole + strspn(whole, " ["); // "[Fwd: The bell]"
  for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
    size_t length = strlen(words[i]);
    if (strncmp(folded, words[i], length) != 0) continue;
    const char *after = folded + length + strspn(folded + length, " "); // "Tr :", as the French write it
    if (*after == ':' || g_str_has_prefix(after, "：")) return true;
  }
  return false;
}

// What style sheets and links look like to a reader of "From:" lines: "@font-face", "mailto:a@b.example".
static bool is_false_hit(const char *address) {
  const char *domain = strrchr(address, '@') + 1;
  g_autofree char *lower = g_ascii_strdown(address, -1);
  return strstr(lower, "mailto:") || strstr(lower, "font-face") || strpbrk(address, "{};()<>\"'") || !strchr(domain, '.');
}

static bool find_forward(Arena *arena, Desk *desk, Incoming *incoming, GError **error) {
  const MailForward *forward = incoming->mail->forward;
  bool may = incoming->staff && incoming->is_verified && incoming->mail->kind == MAIL_PERSON &&
             role_may(incoming->staff->role, PERMISSION_ANSWER);
  if (!forward || !may || !says_forward(incoming->mail->subject) || !is_usable_author(arena, incoming, &forward->from) ||
      is_false_hit(forward->from.address))
    return true;
  Staff *colleague = NULL; // a colleague's mail is no customer's
  if (!staff_select(arena, desk->db, mail_address_key(arena, forward->from.address), &colleague, error)) return false;
  if (!colleague) incoming->forward = forward;
  return true;
}

// Where Reply-To says to answer, when the mailbox believes it; never when it points back at us.
static const char *reply_to_of(Arena *arena, const Incoming *incoming) {
  if (incoming->forward || *incoming->via || incoming->mailbox->reply_to != REPLY_TO_TRUST) return "";
  list_each(const MailAddress, address, &incoming->mail->reply_to)
    if (mail_address_is_valid(address->address) && !is_ours(arena, incoming, address->address)) return address->address;
  return "";
}

// A bounce and what has no address are answered nowhere; Reply-To counts on a person's mail only (doc/mail.md 37).
static const char *answer_address(Arena *arena, const Incoming *incoming, const char *reply_to) {
  const Mail *mail = incoming->mail;
  if (mail->kind == MAIL_BOUNCE || mail->bounced_id) return "";
  if (mail->kind == MAIL_PERSON && *reply_to) return reply_to;
  return *incoming->sender_key && !is_ours(arena, incoming, incoming->from.address) ? incoming->from.address : "";
}

bool incoming_find_sender(Arena *arena, Desk *desk, Incoming *incoming, GError **error) {
  const Mail *mail = incoming->mail;
  Staff *staff = NULL;
  judge(arena, incoming);
  incoming->from = mail->from;
  incoming->via = "";
  incoming->is_from_us = is_ours(arena, incoming, mail->from.address);
  bool is_usable = mail_address_is_valid(mail->from.address);
  if (is_usable && !staff_select(arena, desk->db, mail_address_key(arena, mail->from.address), &staff, error)) return false;
  if (staff && staff->is_active) incoming->staff = staff;
  if (!find_forward(arena, desk, incoming, error)) return false;
  if (incoming->forward) {
    incoming->from = incoming->forward->from;
  } else if (!incoming->is_from_us && is_usable_author(arena, incoming, &mail->original_from) &&
             strcmp(mail_address_key(arena, mail->original_from.address), mail_address_key(arena, mail->from.address)) != 0) {
    incoming->from = mail->original_from;
    incoming->via = mail->from.address;
  }
  bool is_known = mail_address_is_valid(incoming->from.address);
  incoming->sender_key = is_known ? mail_address_key(arena, incoming->from.address) : "";
  if (!incoming->from.name) incoming->from.name = "";
  const char *reply_to = reply_to_of(arena, incoming);
  incoming->answer_to = answer_address(arena, incoming, reply_to);
  incoming->reply_key = mail_address_key(arena, reply_to); // who is meant, also where a machine filled in the form
  bool is_elsewhere = *incoming->reply_key && strcmp(incoming->reply_key, incoming->sender_key) != 0;
  incoming->identity = is_elsewhere ? arena_printf(arena, "%s>%s", incoming->sender_key, incoming->reply_key)
                                    : incoming->sender_key;
  return true;
}
