// Two kinds of protection, each in several shapes. S/MIME is either a part beside its signature (multipart/signed) or an object that
// the content is wrapped in; senders and servers name such an object wrongly in all ways, so every part that may be one is opened.
// PGP is known, shown and never checked: Rapport keeps no keys of people.
//
// The outermost protection is the one that is told. A signature over a part only is never GOOD: what stands beside it could be anybody's.
#include "mail/protection.h"

#include "base/text.h"
#include "mail/smime.h"

#define OPENED_MOST 8 // objects that are looked into

#define NO_KEYS_TO_CHECK "Rapport keeps no OpenPGP keys, so the signature was not checked."
#define NO_KEYS_TO_READ "Rapport keeps no OpenPGP keys, so the mail cannot be read here."

static bool has_type(const MailPart *part, const char *const *types) {
  for (; *types; types++)
    if (part->type && strcmp(part->type, *types) == 0) return true;
  return false;
}

static bool name_ends(const MailPart *part, const char *ending) {
  size_t length = part->name ? strlen(part->name) : 0, wanted = strlen(ending);
  return length >= wanted && g_ascii_strcasecmp(part->name + length - wanted, ending) == 0;
}

// By its name and type; also what was opened already.
static bool may_be_wrapping(const MailPart *part) {
  static const char *const own[] = {"application/pkcs7-mime", "application/x-pkcs7-mime", NULL};
  static const char *const any[] = {"application/octet-stream", "application/x-pkcs7", "application/pkcs7", "text/plain", NULL};
  return has_type(part, own) || (name_ends(part, ".p7m") && has_type(part, any));
}

static bool is_smime_signature(const MailPart *part) {
  static const char *const own[] = {"application/pkcs7-signature", "application/x-pkcs7-signature", NULL};
  return has_type(part, own) || (name_ends(part, ".p7s") && !part->is_multipart);
}

static bool is_pgp(const MailPart *part, const char *what) {
  const char *const own[] = {what, NULL};
  return has_type(part, own);
}

static void tell(Mail *mail, MailProtection found, bool is_whole) {
  bool is_news = mail->protection.kind == MAIL_PLAIN || found.kind == MAIL_SMIME_ENCRYPTED;
  if (!is_news) return;
  if (found.state == MAIL_GOOD && !is_whole) {
    found.state = MAIL_DOUBTFUL;
    found.reason = "Only a part of this mail is signed.";
  }
  if (found.kind == MAIL_SMIME_ENCRYPTED && !is_whole)
    found.reason = "A part of this mail is encrypted. Rapport keeps no keys, so it cannot be read here.";
  mail->protection = found;
}

// The part at `at` becomes a container of what was wrapped in it.
static void replace(Arena *arena, MailPartList *parts, size_t at, const MailPartList *inside) {
  MailPartList joined = {0};
  for (size_t i = 0; i < parts->count; i++) {
    MailPart *part = list_add(arena, &joined);
    *part = parts->items[i];
    if (part->parent > (int64_t)at) part->parent += (int64_t)inside->count;
    if (i != at) continue;
    part->is_multipart = true;
    part->body = bytes_of("", 0);
    list_each(const MailPart, inner, inside) {
      MailPart *moved = list_add(arena, &joined);
      *moved = *inner;
      moved->parent = inner->parent < 0 ? (int64_t)at : inner->parent + (int64_t)at + 1;
    }
  }
  *parts = joined;
}

// A signed file ("invoice.xml.p7m") is wrapped too, but what is inside is the file and no part of the mail.
static bool is_part_of_mail(Arena *arena, const MailPart *wrapping, Bytes content) {
  MailHeaderList headers = {0};
  headers_read(arena, bytes_of(content.data, MIN(content.size, 64 * 1024)), &headers, NULL);
  if (header_value(arena, &headers, "Content-Type")) return true;
  return !wrapping->name || g_ascii_strcasecmp(wrapping->name, "smime.p7m") == 0;
}

// Whether nothing of the mail stands outside of the part at `at`.
static bool is_whole_mail(const MailPartList *parts, size_t at) {
  for (int64_t i = (int64_t)at; i > 0; i = parts->items[i].parent)
    if (!may_be_wrapping(&parts->items[parts->items[i].parent])) return false;
  return true;
}

static void open_wrapping(Arena *arena, MailPartList *parts, size_t at, Mail *mail) {
  const MailPart *part = &parts->items[at];
  Smime object = smime_read(arena, parts_decode(arena, part), NULL, mail->from.address);
  if (object.kind == SMIME_ENCRYPTED) tell(mail, object.protection, is_whole_mail(parts, at));
  if (object.kind != SMIME_SIGNED || !object.content.size || !is_part_of_mail(arena, part, object.content)) return;
  tell(mail, object.protection, is_whole_mail(parts, at));
  MailPartList inside = parts_split(arena, object.content, &mail->problems);
  replace(arena, parts, at, &inside);
}

// The first two parts of multipart/signed, and how many there are.
static int find_signed(const MailPartList *parts, size_t at, const MailPart **out_content, const MailPart **out_signature) {
  int count = 0;
  for (size_t i = at + 1; i < parts->count; i++) {
    if (parts->items[i].parent != (int64_t)at) continue;
    if (count == 0) *out_content = &parts->items[i];
    if (count == 1) *out_signature = &parts->items[i];
    count++;
  }
  return count;
}

static void read_multipart(Arena *arena, const MailPartList *parts, size_t at, Mail *mail) {
  const MailPart *content = NULL, *signature = NULL;
  if (strcmp(parts->items[at].type, "multipart/signed") != 0) return;
  int count = find_signed(parts, at, &content, &signature);
  if (count < 2) return;
  if (is_pgp(signature, "application/pgp-signature"))
    tell(mail, (MailProtection){MAIL_PGP_SIGNED, MAIL_UNCHECKED, "", NO_KEYS_TO_CHECK}, true);
  if (!is_smime_signature(signature) || mail->protection.kind != MAIL_PLAIN) return;
  Smime object = smime_read(arena, parts_decode(arena, signature), &content->whole, mail->from.address);
  tell(mail, object.protection, count == 2 && is_whole_mail(parts, at)); // a third part is shown, and signed by nobody
}

void protection_open(Arena *arena, MailPartList *parts, Mail *mail) {
  int opened = 0;
  mail->protection = (MailProtection){.kind = MAIL_PLAIN, .signer = "", .reason = ""};
  for (size_t i = 0; i < parts->count; i++) {
    const MailPart *part = &parts->items[i];
    if (part->is_multipart) {
      read_multipart(arena, parts, i, mail);
    } else if (is_pgp(part, "application/pgp-encrypted")) {
      tell(mail, (MailProtection){MAIL_PGP_ENCRYPTED, MAIL_UNCHECKED, "", NO_KEYS_TO_READ}, true);
    } else if (may_be_wrapping(part) && opened++ < OPENED_MOST) {
      open_wrapping(arena, parts, i, mail);
    }
  }
}

// ——— armour in the text

static bool line_is(const char *line, size_t length, const char *text) {
  while (length && g_ascii_isspace(line[length - 1])) length--;
  return length == strlen(text) && memcmp(line, text, length) == 0;
}

typedef enum Armour { OUTSIDE, IN_HEADERS, IN_TEXT, IN_SIGNATURE } Armour;

// Where the next line stands, and whether this one is to be read.
static Armour next_state(Armour state, const char *line, size_t length, bool *out_is_text) {
  *out_is_text = false;
  if (line_is(line, length, "-----BEGIN PGP SIGNED MESSAGE-----")) return IN_HEADERS;
  if (state == IN_HEADERS) return line_is(line, length, "") ? IN_TEXT : IN_HEADERS;
  if (state == IN_TEXT && line_is(line, length, "-----BEGIN PGP SIGNATURE-----")) return IN_SIGNATURE;
  if (state == IN_SIGNATURE) return line_is(line, length, "-----END PGP SIGNATURE-----") ? OUTSIDE : IN_SIGNATURE;
  *out_is_text = true;
  return state;
}

static const char *without_armour(Arena *arena, const char *text) {
  g_autoptr(GString) plain = g_string_new(NULL);
  Armour state = OUTSIDE;
  for (const char *line = text; *line;) {
    size_t length = strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n');
    bool is_text = false, was_signed = state == IN_TEXT;
    state = next_state(state, line, length, &is_text);
    size_t escape = is_text && was_signed && g_str_has_prefix(line, "- ") ? 2 : 0; // how armour keeps lines that begin with "-"
    if (is_text) g_string_append_len(plain, line + escape, (gssize)(length - escape));
    line += length;
  }
  return arena_strdup(arena, plain->str);
}

static bool has_line(const char *text, const char *line) {
  for (const char *at = strstr(text, line); at; at = strstr(at + 1, line))
    if (at == text || at[-1] == '\n') return true;
  return false;
}

void protection_read_text(Arena *arena, Mail *mail) {
  bool is_signed = has_line(mail->text, "-----BEGIN PGP SIGNED MESSAGE-----") &&
                   has_line(mail->text, "-----END PGP SIGNATURE-----");
  if (is_signed) {
    mail->text = without_armour(arena, mail->text);
    tell(mail, (MailProtection){MAIL_PGP_SIGNED, MAIL_UNCHECKED, "", NO_KEYS_TO_CHECK}, true);
  } else if (has_line(mail->text, "-----BEGIN PGP MESSAGE-----")) {
    tell(mail, (MailProtection){MAIL_PGP_ENCRYPTED, MAIL_UNCHECKED, "", NO_KEYS_TO_READ}, true);
  }
}
