// A mail as `rapport parse` prints it.
#include "mail/mail.h"

static void expect(const char *raw, const char *json) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(Json) found = mail_to_json(arena, mail_parse(arena, bytes_of_text(raw)));
  g_assert_cmpstr(json_text(arena, found), ==, json);
}

static void writes_every_key(void) {
  expect(
    "From: Ann <ann@example.org>\nTo: help@desk.example\nCc: C <c@d>\nSubject: \"Hi\"\nDate: Mon, 2 Nov 2026 10:15:00 +0100\nMessage-ID: <2@x>\n"
    "In-Reply-To: <1@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>One</p><img src=\"cid:i\">\n--b\nContent-Type: image/png; "
    "name=i.png\nContent-ID: <i>\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n",
    "{\"from\":{\"name\":\"Ann\",\"address\":\"ann@example.org\"},\"to\":[{\"name\":\"\",\"address\":\"help@desk.example\"}],"
    "\"cc\":[{\"name\":\"C\",\"address\":\"c@d\"}],\"subject\":\"\\\"Hi\\\"\",\"date\":\"2026-11-02T09:15:00Z\",\"message_id\":\"2@x\",\"references\":[\"1@x\"],"
    "\"kind\":\"person\",\"text\":\"One\\n\",\"reply\":\"One\",\"quoted\":\"\",\"html\":\"<p>One</p><img src=\\\"cid:i\\\">\","
    "\"attachments\":[{\"name\":\"i.png\",\"type\":\"image/png\",\"bytes\":3,\"inline\":true}],\"problems\":[]}");
}

static void writes_null_for_what_is_missing(void) {
  expect(
    "",
    "{\"from\":null,\"to\":[],\"cc\":[],\"subject\":\"\",\"date\":null,\"message_id\":null,\"references\":[],\"kind\":\"person\",\"text\":\"\",\"reply\":\"\",\"quoted\":\"\","
    "\"html\":null,\"attachments\":[],\"problems\":[\"Nobody is named as the sender.\",\"There is no date.\",\"There is no message id.\"]}");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/json/writes-every-key", writes_every_key);
  g_test_add_func("/mail/json/writes-null-for-what-is-missing", writes_null_for_what_is_missing);
  return g_test_run();
}
