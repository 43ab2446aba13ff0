// Signing a mail: find the domain in From, read the key that is in use for it, hand the headers and the body to libopendkim, and
// put the header it makes above the mail. The library is set up once for all threads; a handle serves one mail.
#include "mail/dkim.h"

#include "base/text.h"
#include "mail/dkim_key.h"

#include <errno.h>
#include <opendkim/dkim.h>

#define LINE_LONGEST 72 // of the signature header

typedef DKIM DkimHandle;
static void free_handle(DKIM *handle) { dkim_free(handle); }
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DkimHandle, free_handle)

static const u_char *const signed_headers[] = {(const u_char *)"from",
                                               (const u_char *)"reply-to",
                                               (const u_char *)"to",
                                               (const u_char *)"cc",
                                               (const u_char *)"subject",
                                               (const u_char *)"date",
                                               (const u_char *)"message-id",
                                               (const u_char *)"in-reply-to",
                                               (const u_char *)"references",
                                               (const u_char *)"mime-version",
                                               (const u_char *)"content-type",
                                               (const u_char *)"content-transfer-encoding",
                                               (const u_char *)"auto-submitted",
                                               NULL};
static const u_char *const oversigned_headers[] = {
  (const u_char *)"from",    (const u_char *)"reply-to", (const u_char *)"to",           (const u_char *)"cc",
  (const u_char *)"subject", (const u_char *)"date",     (const u_char *)"content-type", NULL};

static void set_option(DKIM_LIB *library, dkim_opts_t option, const void *value, size_t size) {
  if (dkim_options(library, DKIM_OP_SETOPT, option, (void *)(uintptr_t)value, size) != DKIM_STAT_OK)
    g_error("libopendkim does not take option %d", (int)option);
}

static DKIM_LIB *library(void) {
  static DKIM_LIB *started;
  static gsize once;
  if (g_once_init_enter(&once)) {
    started = dkim_init(NULL, NULL);
    if (!started) g_error("libopendkim does not start");
    set_option(started, DKIM_OPTS_SIGNHDRS, signed_headers, sizeof(u_char **));
    set_option(started, DKIM_OPTS_OVERSIGNHDRS, oversigned_headers, sizeof(u_char **));
    g_once_init_leave(&once, 1);
  }
  return started;
}

typedef struct Header {
  const char *text;
  size_t length; // with its folded lines, without the last CRLF
} Header;
LIST_DEFINE(Header)

// Cuts the headers of a mail with CRLF line ends; gives where the body begins.
static size_t cut_headers(Arena *arena, Bytes mail, HeaderList *out) {
  const char *text = mail.data;
  size_t at = 0;
  while (at < mail.size) {
    const char *end = memmem(text + at, mail.size - at, "\r\n", 2);
    if (!end) return mail.size;
    size_t length = (size_t)(end - text) - at;
    if (length == 0) return at + 2;
    bool is_folded = (text[at] == ' ' || text[at] == '\t') && out->count > 0;
    if (is_folded)
      out->items[out->count - 1].length = (size_t)(end - out->items[out->count - 1].text);
    else
      *list_add(arena, out) = (Header){text + at, length};
    at += length + 2;
  }
  return mail.size;
}

// The domain of the address in From, in lower case; NULL when there is none.
static const char *from_domain(Arena *arena, const HeaderList *headers) {
  list_each(const Header, header, headers) {
    if (header->length < 5 || g_ascii_strncasecmp(header->text, "from:", 5) != 0) continue;
    const char *value = arena_strndup(arena, header->text, header->length), *at = strrchr(value, '@');
    if (!at) return NULL;
    g_autofree char *domain = g_ascii_strdown(arena_strndup(arena, at + 1, strcspn(at + 1, "> \t\r\n;,)")), -1);
    return arena_strdup(arena, domain);
  }
  return NULL;
}

static bool fail(DKIM *handle, const char *domain, GError **error) {
  const char *words = handle ? dkim_geterror(handle) : NULL;
  return error_set(error, ERROR_BROKEN, "The mail could not be signed for %s: %s.", domain,
                   words ? words : "the key cannot be used");
}

static bool feed(DKIM *handle, const HeaderList *headers, Bytes body) {
  list_each(const Header, header, headers)
    if (dkim_header(handle, (u_char *)(uintptr_t)header->text, header->length) != DKIM_STAT_OK) return false;
  if (dkim_eoh(handle) != DKIM_STAT_OK) return false;
  if (body.size && dkim_body(handle, (u_char *)(uintptr_t)body.data, body.size) != DKIM_STAT_OK) return false;
  return dkim_eom(handle, NULL) == DKIM_STAT_OK;
}

// libopendkim folds with "\n" and a tab; a mail has CRLF.
static Bytes with_signature(Arena *arena, const char *signature, size_t length, Bytes mail) {
  g_autoptr(GString) out = g_string_new("DKIM-Signature: ");
  for (size_t i = 0; i < length; i++) {
    if (signature[i] == '\r') continue;
    if (signature[i] == '\n') g_string_append_c(out, '\r');
    g_string_append_c(out, signature[i]);
  }
  g_string_append(out, "\r\n");
  g_string_append_len(out, mail.data, (gssize)mail.size);
  return bytes_of(arena_copy(arena, out->str, out->len), out->len);
}

bool dkim_sign_mail(Arena *arena, const char *folder, Bytes mail, Bytes *out, GError **error) {
  HeaderList headers = {0};
  size_t body = cut_headers(arena, mail, &headers);
  const char *domain = from_domain(arena, &headers), *selector = NULL, *key = NULL;
  *out = mail;
  if (!domain || !dkim_key_name_is_usable(domain)) return true;
  if (!dkim_key_in_use(arena, folder, domain, &selector, &key, error)) return false;
  if (!key) return true;
  DKIM_STAT state;
  g_autoptr(DkimHandle)
    handle = dkim_sign(library(), (const u_char *)"mail", NULL, (dkim_sigkey_t)(uintptr_t)key, (const u_char *)selector,
                       (const u_char *)domain, DKIM_CANON_RELAXED, DKIM_CANON_RELAXED, DKIM_SIGN_RSASHA256, -1, &state);
  if (!handle || !feed(handle, &headers, bytes_of((const char *)mail.data + body, mail.size - body)))
    return fail(handle, domain, error);
  u_char *signature = NULL;
  size_t length = 0;
  dkim_set_margin(handle, LINE_LONGEST);
  if (dkim_getsighdr_d(handle, strlen("DKIM-Signature: "), &signature, &length) != DKIM_STAT_OK)
    return fail(handle, domain, error);
  *out = with_signature(arena, (const char *)signature, length, mail);
  return true;
}
