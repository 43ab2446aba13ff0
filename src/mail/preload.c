// What is fetched from files at first use would be missing in the sandbox, so it is used once before. A part of src/mail that
// comes to need a file (a trust store, time zones) is called from here.
#include "mail/preload.h"

#include "mail/mail.h"

// A mail that takes the usual ways through the parser, so that what libraries set up at first use is set up.
static const char usual[] =
  "From: =?iso-8859-1?q?J=F6rg?= <a@example.org>\r\nTo: b@example.org\r\n"
  "Subject: =?utf-8?b?w6Q=?=\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
  "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
  "<p>Hello</p>\r\n--x\r\nContent-Type: text/plain; charset=windows-1252\r\n"
  "Content-Transfer-Encoding: base64\r\n\r\n5A==\r\n--x--\r\n";

void mail_preload(void) {
  charset_preload();
  g_autoptr(Arena) arena = arena_new();
  g_time_zone_unref(g_time_zone_new_local());
  json_decref(mail_to_json(arena, mail_parse(arena, bytes_of_text(usual))));
  mail_html_sanitise(arena, "<p style='color: red'>x</p>", &(MailHtmlOptions){0});
}
