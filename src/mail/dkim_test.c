// Signatures are checked by two verifiers that share nothing with the signing code but the key: libopendkim's own verifier, which
// gets the key from a callback instead of DNS, and RFC 6376 done by hand with OpenSSL.
#include "mail/dkim.h"

#include "base/text.h"
#include "mail/mail.h"

#include <glib/gstdio.h>
#include <opendkim/dkim.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <sys/stat.h>

static const char *published; // what the name server would say

static DKIM_CBSTAT look_up(DKIM *dkim, DKIM_SIGINFO *signature, u_char *buffer, size_t size) {
  (void)dkim, (void)signature;
  g_strlcpy((char *)buffer, published, size);
  return DKIM_CBSTAT_CONTINUE;
}

static DKIM_STAT verify(Bytes mail) {
  DKIM_STAT state;
  DKIM_LIB *library = dkim_init(NULL, NULL);
  dkim_set_key_lookup(library, look_up);
  DKIM *handle = dkim_verify(library, (const u_char *)"test", NULL, &state);
  g_assert_nonnull(handle);
  state = dkim_chunk(handle, (u_char *)(uintptr_t)mail.data, mail.size);
  if (state == DKIM_STAT_OK) state = dkim_chunk(handle, NULL, 0);
  if (state == DKIM_STAT_OK) state = dkim_eom(handle, NULL);
  dkim_free(handle);
  dkim_close(library);
  return state;
}

typedef struct Place {
  Arena *arena;
  char *folder;
  DkimKey key;
} Place;

static Place place_new(void) {
  g_autoptr(GError) error = NULL;
  Place place = {.arena = arena_new()};
  g_autofree char *made = g_dir_make_tmp("rapport-dkim-XXXXXX", &error);
  g_assert_no_error(error);
  place.folder = arena_strdup(place.arena, made);
  g_assert_true(dkim_key_new(place.arena, place.folder, "Desk.Example", "s2026", &place.key, &error));
  g_assert_no_error(error);
  published = place.key.record;
  return place;
}

static void remove_folder(Arena *arena, const char *path) {
  GDir *folder = g_dir_open(path, 0, NULL);
  for (const char *name; folder && (name = g_dir_read_name(folder));)
    remove_folder(arena, arena_printf(arena, "%s/%s", path, name));
  if (folder) g_dir_close(folder);
  g_remove(path);
}

static void place_free(Place *place) {
  remove_folder(place->arena, place->folder);
  arena_free(place->arena);
}

static Bytes composed(Arena *arena) {
  MailDraft draft = {.from = {"Grüße vom Desk, \"Help\"", "help@desk.example"},
                     .reply_to = {"", "help+1.ab@desk.example"},
                     .subject = "Ihr Päckchen, mit einem Betreff, der so lang ist, dass er gefaltet werden muss, und noch länger",
                     .message_id = "1.x@desk.example",
                     .date = INT64_C(1793610900) * CLOCK_SECOND,
                     .text = "Grüße  \n\n.\nFrom here \n\n\n",
                     .html = "<p>Grüße</p>"};
  *list_add(arena, &draft.to) = (MailAddress){"Ann", "ann@example.org"};
  return mail_compose(arena, &draft);
}

static Bytes sign(Place *place, Bytes mail) {
  g_autoptr(GError) error = NULL;
  Bytes out;
  g_assert_true(dkim_sign_mail(place->arena, place->folder, mail, &out, &error));
  g_assert_no_error(error);
  return out;
}

static void is_accepted_by_another_verifier(void) {
  Place place = place_new();
  Bytes mail = composed(place.arena), out = sign(&place, mail);
  g_assert_cmpint(verify(out), ==, DKIM_STAT_OK);
  g_assert_cmpuint(out.size, >, mail.size);
  g_assert_cmpmem((const char *)out.data + out.size - mail.size, mail.size, mail.data, mail.size); // what was queued is untouched
  g_assert_cmpint(verify(mail), ==, DKIM_STAT_NOSIG);
  place_free(&place);
}

static Bytes changed(Arena *arena, Bytes mail, const char *from, const char *to) {
  g_autoptr(GString) text = g_string_new_len(mail.data, (gssize)mail.size);
  g_assert_cmpuint(g_string_replace(text, from, to, 1), ==, 1);
  return bytes_of(arena_copy(arena, text->str, text->len), text->len);
}

static void every_change_is_noticed(void) {
  Place place = place_new();
  Bytes out = sign(&place, composed(place.arena));
  static const char *const changes[][2] = {
    {"ann@example.org", "eve@example.org"},           {"help@desk.example", "kelp@desk.example"},     {"<p>", "<b>"},
    {"\r\nTo:", "\r\nSubject: Another\r\nTo:"}, // a second one: oversigned
    {"\r\nTo:", "\r\nFrom: eve@evil.example\r\nTo:"}, {"\r\nTo:", "\r\nCc: eve@evil.example\r\nTo:"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(changes); i++)
    g_assert_cmpint(verify(changed(place.arena, out, changes[i][0], changes[i][1])), !=, DKIM_STAT_OK);
  place_free(&place);
}

// ——— by hand: relaxed canonicalisation of RFC 6376, 3.4.2 and 3.4.4, for the mails above

static const char *tag_of(Arena *arena, const char *signature, const char *name) {
  g_auto(GStrv) tags = g_strsplit(signature, ";", -1);
  for (char **tag = tags; *tag; tag++) {
    const char *trimmed = text_trim(arena, *tag);
    if (!g_str_has_prefix(trimmed, name) || trimmed[strlen(name)] != '=') continue;
    g_autoptr(GString) value = g_string_new(NULL);
    for (const char *c = trimmed + strlen(name) + 1; *c; c++)
      if (!g_ascii_isspace(*c)) g_string_append_c(value, *c);
    return arena_strdup(arena, value->str);
  }
  return "";
}

static void append_relaxed(GString *out, const char *line, size_t length) { // white space runs to one space, none at the end
  bool is_space = false;
  for (size_t i = 0; i < length; i++) {
    if (line[i] == '\r' || line[i] == '\n') continue;
    if (line[i] == ' ' || line[i] == '\t') {
      is_space = true;
      continue;
    }
    if (is_space) g_string_append_c(out, ' ');
    is_space = false;
    g_string_append_c(out, line[i]);
  }
}

static void append_header(GString *out, const char *header, size_t length) {
  size_t colon = (size_t)((const char *)memchr(header, ':', length) - header);
  for (size_t i = 0; i < colon; i++) g_string_append_c(out, g_ascii_tolower(header[i]));
  g_string_append_c(out, ':');
  while (colon + 1 < length && strchr(" \t\r\n", header[colon + 1])) colon++;
  append_relaxed(out, header + colon + 1, length - colon - 1);
}

static size_t header_length(const char *text) { // with its folded lines
  const char *end = strstr(text, "\r\n");
  while (end && (end[2] == ' ' || end[2] == '\t')) end = strstr(end + 2, "\r\n");
  g_assert_nonnull(end);
  return (size_t)(end - text);
}

static const char *body_hash(Arena *arena, const char *body) {
  g_autoptr(GString) canonical = g_string_new(NULL);
  g_auto(GStrv) lines = g_strsplit(body, "\r\n", -1);
  for (char **line = lines; *line; line++) {
    append_relaxed(canonical, *line, strlen(*line));
    if (line[1]) g_string_append(canonical, "\r\n");
  }
  while (g_str_has_suffix(canonical->str, "\r\n\r\n")) g_string_truncate(canonical, canonical->len - 2);
  unsigned char hash[32];
  g_assert_true(EVP_Q_digest(NULL, "SHA256", NULL, canonical->str, canonical->len, hash, NULL));
  return arena_take(arena, g_base64_encode(hash, sizeof hash));
}

static bool rsa_agrees(const char *record, const GString *text, const char *signature) {
  gsize key_size = 0, size = 0;
  g_autofree unsigned char *key_bytes = g_base64_decode(strstr(record, "p=") + 2, &key_size);
  g_autofree unsigned char *bytes = g_base64_decode(signature, &size);
  const unsigned char *at = key_bytes;
  EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)key_size);
  g_assert_nonnull(key);
  g_assert_cmpint(EVP_PKEY_get_bits(key), ==, 2048);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  bool agrees = EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                EVP_DigestVerify(context, bytes, size, (const unsigned char *)text->str, text->len) == 1;
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  return agrees;
}

static void is_right_by_hand(void) {
  Place place = place_new();
  Bytes out = sign(&place, composed(place.arena));
  const char *mail = arena_strndup(place.arena, out.data, out.size);
  size_t own = header_length(mail);
  const char *signature = arena_strndup(place.arena, mail, own), *body = strstr(mail, "\r\n\r\n") + 4;
  g_assert_cmpstr(tag_of(place.arena, signature + strlen("DKIM-Signature:"), "a"), ==, "rsa-sha256");
  g_assert_cmpstr(tag_of(place.arena, signature, "c"), ==, "relaxed/relaxed");
  g_assert_cmpstr(tag_of(place.arena, signature, "d"), ==, "desk.example");
  g_assert_cmpstr(tag_of(place.arena, signature, "s"), ==, "s2026");
  g_assert_cmpstr(tag_of(place.arena, signature, "bh"), ==, body_hash(place.arena, body));
  g_autoptr(GString) text = g_string_new(NULL);
  g_auto(GStrv) names = g_strsplit(tag_of(place.arena, signature, "h"), ":", -1);
  g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
  for (char **name = names; *name; name++) {
    if (!g_hash_table_add(used, arena_take(place.arena, g_ascii_strdown(*name, -1))))
      continue; // oversigned: there is no second one
    for (const char *at = mail; strncmp(at, "\r\n", 2) != 0; at += header_length(at) + 2)
      if (g_ascii_strncasecmp(at, *name, strlen(*name)) == 0 && at[strlen(*name)] == ':') {
        append_header(text, at, header_length(at));
        g_string_append(text, "\r\n");
      }
  }
  const char *empty = strstr(signature, "b="); // the tag, not "bh="
  while (empty && g_ascii_isalnum(empty[-1])) empty = strstr(empty + 1, "b=");
  append_header(text, signature, (size_t)(empty - signature) + 2);
  const char *rest = strchr(empty, ';');
  if (rest) append_relaxed(text, rest, strlen(rest));
  g_assert_true(rsa_agrees(place.key.record, text, tag_of(place.arena, signature, "b")));
  place_free(&place);
}

static void keys_are_kept_from_others_and_replaced_with_care(void) {
  Place place = place_new();
  g_autoptr(GError) error = NULL;
  GStatBuf about;
  g_assert_cmpint(g_stat(arena_printf(place.arena, "%s/desk.example/s2026.pem", place.folder), &about), ==, 0);
  g_assert_cmpint(about.st_mode & 0777, ==, 0600);
  DkimKey second;
  g_assert_false(dkim_key_new(place.arena, place.folder, "desk.example", "s2026", &second, &error));
  g_assert_true(error_is(error, ERROR_CONFLICT));
  g_clear_error(&error);
  g_assert_true(dkim_key_new(place.arena, place.folder, "desk.example", "s2027", &second, &error));
  g_assert_false(second.is_in_use); // it must be published first
  Bytes mail = composed(place.arena);
  g_assert_nonnull(memmem(sign(&place, mail).data, 400, "s=s2026;", 8));
  g_assert_true(dkim_key_use(place.arena, place.folder, "desk.example", "s2027", &error));
  g_assert_nonnull(memmem(sign(&place, mail).data, 400, "s=s2027;", 8));
  DkimKeyList keys = {0};
  g_assert_true(dkim_keys(place.arena, place.folder, &keys, &error));
  g_assert_cmpuint(keys.count, ==, 2);
  g_assert_false(keys.items[0].is_in_use);
  g_assert_true(keys.items[1].is_in_use);
  g_assert_cmpstr(keys.items[1].record_name, ==, "s2027._domainkey.desk.example");
  place_free(&place);
}

static void refuses_names_that_lead_elsewhere(void) {
  Place place = place_new();
  static const char *const domains[] = {"",         "desk",       "../desk.example", "desk.example/x",
                                        ".example", "a..example", "-a.example",      "a b.example"};
  static const char *const selectors[] = {"", "../x", "a/b", "A", "x y", "."};
  DkimKey key;
  for (size_t i = 0; i < G_N_ELEMENTS(domains); i++)
    g_assert_false(dkim_key_new(place.arena, place.folder, domains[i], "ok", &key, NULL));
  for (size_t i = 0; i < G_N_ELEMENTS(selectors); i++)
    g_assert_false(dkim_key_new(place.arena, place.folder, "ok.example", selectors[i], &key, NULL));
  g_assert_true(dkim_key_new(place.arena, place.folder, "müller.example", "ok", &key, NULL));
  g_assert_cmpstr(key.domain, ==, "xn--mller-kva.example");
  place_free(&place);
}

static void signs_only_for_its_own_domains(void) {
  Place place = place_new();
  Bytes other = bytes_of_text("From: a@other.example\r\nSubject: x\r\n\r\nx\r\n");
  g_assert_cmpuint(sign(&place, other).size, ==, other.size);
  Bytes none = bytes_of_text("Subject: x\r\n\r\nx\r\n");
  g_assert_cmpuint(sign(&place, none).size, ==, none.size);
  Bytes odd = bytes_of_text("From: \"a@desk.example\" <b@other.example>\r\n\r\n");
  g_assert_cmpuint(sign(&place, odd).size, ==, odd.size);
  Bytes empty = bytes_of_text("From: a@desk.example\r\n\r\n");
  g_assert_cmpint(verify(sign(&place, empty)), ==, DKIM_STAT_OK);
  place_free(&place);
}

static void does_not_send_unsigned_when_the_key_is_damaged(void) {
  Place place = place_new();
  g_autoptr(GError) error = NULL;
  Bytes out;
  const char *path = arena_printf(place.arena, "%s/desk.example/s2026.pem", place.folder);
  g_assert_true(g_file_set_contents(path, "not a key", -1, NULL));
  g_assert_false(dkim_sign_mail(place.arena, place.folder, composed(place.arena), &out, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
  g_clear_error(&error);
  g_remove(path);
  g_assert_false(dkim_sign_mail(place.arena, place.folder, composed(place.arena), &out, &error));
  place_free(&place);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/dkim/is-accepted-by-another-verifier", is_accepted_by_another_verifier);
  g_test_add_func("/mail/dkim/every-change-is-noticed", every_change_is_noticed);
  g_test_add_func("/mail/dkim/is-right-by-hand", is_right_by_hand);
  g_test_add_func("/mail/dkim/keys-are-kept-from-others-and-replaced-with-care",
                  keys_are_kept_from_others_and_replaced_with_care);
  g_test_add_func("/mail/dkim/refuses-names-that-lead-elsewhere", refuses_names_that_lead_elsewhere);
  g_test_add_func("/mail/dkim/signs-only-for-its-own-domains", signs_only_for_its_own_domains);
  g_test_add_func("/mail/dkim/does-not-send-unsigned-when-the-key-is-damaged", does_not_send_unsigned_when_the_key_is_damaged);
  return g_test_run();
}
