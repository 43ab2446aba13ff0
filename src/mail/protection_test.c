// Signed and encrypted mails (cases 48, 49) where no key is needed to tell; those with keys are in tests/mail.
#include "mail/mail.h"

static Mail *parse(Arena *arena, const char *raw) { return mail_parse(arena, bytes_of_text(raw)); }

static void is_plain_by_itself(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(arena, "From: a@b\n\nWords\n");
  g_assert_cmpint(mail->protection.kind, ==, MAIL_PLAIN);
  g_assert_cmpstr(mail->protection.reason, ==, "");
}

static void takes_armour_off(void) {
  g_autoptr(Arena) arena = arena_new();
  const char *head = "From: a@b\n\nAbove.\n", *begin = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n",
             *end = "-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----\nBelow.\n";
  Mail *mail = parse(arena, arena_printf(arena, "%s%sInside.\n- -dash\n%s", head, begin, end));
  g_assert_cmpstr(mail->text, ==, "Above.\nInside.\n-dash\nBelow.\n");
  g_assert_cmpint(mail->protection.kind, ==, MAIL_PGP_SIGNED);
  g_assert_cmpint(mail->protection.state, ==, MAIL_UNCHECKED);
  mail = parse(arena, arena_printf(arena, "%s%sInside, and no end.\n", head, begin)); // nothing is lost
  g_assert_nonnull(strstr(mail->text, "Inside, and no end."));
  g_assert_cmpint(mail->protection.kind, ==, MAIL_PLAIN);
  mail = parse(arena, arena_printf(arena, "%s> -----BEGIN PGP MESSAGE-----\n> abc\n", head)); // somebody else's
  g_assert_cmpint(mail->protection.kind, ==, MAIL_PLAIN);
}

static void opens_what_is_called_signed_and_is_not(void) {
  static const char *const bodies[] = {"", "MII=", "MIIFewYJKoZIhvcNAQcCoIIFbDCC", "This is no object.",
                                       "MIAGCSqGSIb3DQEHAqCAMIACAQ=="};
  for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
    g_autoptr(Arena) arena = arena_new();
    Mail *mail = parse(arena,
                       arena_printf(arena,
                                    "From: a@b\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
                                    "Content-Transfer-Encoding: base64\n\n%s\n",
                                    bodies[i]));
    g_assert_cmpuint(mail->attachments.count, ==, 1);
    g_assert_cmpstr(mail->attachments.items[0].name, ==, "smime.p7m");
  }
}

static void reads_signatures_beside_their_part(void) {
  g_autoptr(Arena) arena = arena_new();
  Mail *mail = parse(arena,
                     "From: a@b\nContent-Type: multipart/signed; boundary=s\n\n--s\nContent-Type: text/plain\n\nWords\n--s\n"
                     "Content-Type: application/pkcs7-signature\n\nnone\n--s--\n");
  g_assert_cmpint(mail->protection.kind, ==, MAIL_SMIME_SIGNED);
  g_assert_cmpint(mail->protection.state, ==, MAIL_DOUBTFUL);
  g_assert_cmpstr(mail->protection.reason, ==, "The signature cannot be read.");
  g_assert_cmpstr(mail->text, ==, "Words");
  mail = parse(arena,
               "From: a@b\nContent-Type: multipart/signed; boundary=s\n\n--s\n\nWords, and nothing that signs them.\n--s--\n");
  g_assert_cmpint(mail->protection.kind, ==, MAIL_PLAIN);
}

static void survives_many_objects(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) raw = g_string_new("From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n");
  for (int i = 0; i < 900; i++)
    g_string_append(raw, "--b\nContent-Type: application/pkcs7-mime\n\nMIAGCSqGSIb3DQEHAqCAMIACAQ==\n");
  for (int i = 0; i < 90; i++)
    g_string_append(
      raw,
      "--b\nContent-Type: multipart/signed; boundary=c\n\n--c\n\nx\n--c\nContent-Type: application/pkcs7-signature\n\nx\n--c--\n");
  gint64 began = g_get_monotonic_time();
  g_assert_nonnull(parse(arena, raw->str));
  g_assert_cmpint(g_get_monotonic_time() - began, <, 10 * G_USEC_PER_SEC);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/protection/is-plain-by-itself", is_plain_by_itself);
  g_test_add_func("/mail/protection/case-49-takes-armour-off", takes_armour_off);
  g_test_add_func("/mail/protection/case-48-opens-what-is-called-signed-and-is-not", opens_what_is_called_signed_and_is_not);
  g_test_add_func("/mail/protection/case-48-says-what-is-signed", reads_signatures_beside_their_part);
  g_test_add_func("/mail/protection/survives-many-objects", survives_many_objects);
  return g_test_run();
}
