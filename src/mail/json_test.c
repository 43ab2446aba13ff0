// A mail as `rapport parse` prints it.
#include "mail/mail.h"

static void expect(const char *raw, const char *json) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Json) found = mail_to_json(arena, mail_parse(arena, bytes_of_text(raw)));
  g_assert_cmpstr(json_text(arena, found), ==, json);
}

// What came after the contract, on a mail that has none of it.
#define LATER                                                                                                                    \
  "\"reply_to\":[],\"original_from\":null,\"return_path\":null,\"delivered_to\":[],\"kind_reason\":null,\"loop_mark\":null,"     \
  "\"bounced_id\":null,\"undeliverable\":[],\"signature\":\"\",\"authentication\":[],\"protection\":null,\"invite\":null,"       \
  "\"forward\":null,\"machine_topic\":null"

static void writes_every_key(void) {
  expect(
    "From: Ann <ann@example.org>\nTo: help@desk.example\nCc: C <c@d>\nSubject: \"Hi\"\nDate: Mon, 2 Nov 2026 10:15:00 +0100\nMessage-ID: <2@x>\n"
    "In-Reply-To: <1@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>One</p><img src=\"cid:i\">\n--b\nContent-Type: image/png; "
    "name=i.png\nContent-ID: <i>\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n",
    "{\"from\":{\"name\":\"Ann\",\"address\":\"ann@example.org\"},\"to\":[{\"name\":\"\",\"address\":\"help@desk.example\"}],"
    "\"cc\":[{\"name\":\"C\",\"address\":\"c@d\"}],\"subject\":\"\\\"Hi\\\"\",\"date\":\"2026-11-02T09:15:00Z\",\"message_id\":\"2@x\",\"references\":[\"1@x\"],"
    "\"kind\":\"person\",\"text\":\"One\\n\",\"reply\":\"One\",\"quoted\":\"\",\"html\":\"<p>One</p><img src=\\\"cid:i\\\">\","
    "\"attachments\":[{\"name\":\"i.png\",\"type\":\"image/png\",\"bytes\":3,\"inline\":true}],\"problems\":[]," LATER "}");
}

static void writes_null_for_what_is_missing(void) {
  expect(
    "",
    "{\"from\":null,\"to\":[],\"cc\":[],\"subject\":\"\",\"date\":null,\"message_id\":null,\"references\":[],\"kind\":\"person\",\"text\":\"\",\"reply\":\"\",\"quoted\":\"\","
    "\"html\":null,\"attachments\":[],\"problems\":[\"Nobody is named as the sender.\",\"There is no date.\",\"There is no message id.\"]," LATER
    "}");
}

static void expect_key(const char *raw, const char *key, const char *json) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Json) found = mail_to_json(arena, mail_parse(arena, bytes_of_text(raw)));
  g_autofree char *text = json_dumps(json_object_get(found, key), JSON_ENCODE_ANY | JSON_COMPACT);
  g_assert_cmpstr(text, ==, json);
}

static void writes_what_came_later(void) {
  expect_key("Authentication-Results: mx; spf=pass\n\nx", "authentication",
             "[{\"server\":\"mx\",\"spf\":\"pass\",\"dkim\":\"\",\"dmarc\":\"\"}]");
  expect_key(
    "Subject: x\n\n-----BEGIN PGP MESSAGE-----\n", "protection",
    "{\"kind\":\"pgp-encrypted\",\"state\":\"unchecked\",\"signer\":\"\",\"reason\":\"Rapport keeps no OpenPGP keys, so the mail "
    "cannot be read here.\"}");
  expect_key(
    "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261120T130000Z\nSUMMARY:Tea\nEND:VEVENT\n"
    "END:VCALENDAR\n",
    "invite",
    "{\"method\":\"\",\"summary\":\"Tea\",\"place\":\"\",\"organiser\":\"\",\"starts\":\"2026-11-20T13:00:00Z\",\"ends\":null,"
    "\"all_day\":false}");
  expect_key(
    "Subject: Fwd: x\n\nFrom: Ida <ida@lark.example>\nSubject: Bell\n\nMute.\n", "forward",
    "{\"from\":{\"name\":\"Ida\",\"address\":\"ida@lark.example\"},\"subject\":\"Bell\",\"text\":\"Mute.\",\"message_id\":null}");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/json/writes-every-key", writes_every_key);
  g_test_add_func("/mail/json/writes-null-for-what-is-missing", writes_null_for_what_is_missing);
  g_test_add_func("/mail/json/writes-what-came-later", writes_what_came_later);
  return g_test_run();
}
