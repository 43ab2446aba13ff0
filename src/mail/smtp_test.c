// smtp_send against a small SMTP server of our own: a thread on a loopback port of the system's choosing, which answers by a
// script and remembers what it was told.
#include "mail/smtp.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct Script {
  const char *greeting;           // NULL: "220 hello"
  const char *mail, *rcpt, *data; // answers to these commands; NULL: they are accepted
  const char *refused_recipient;  // its RCPT gets 550
  const char *after_data;         // answer to the mail; NULL: 250
  bool drops_in_data;             // hangs up while the mail comes in
  bool drops_at_once;             // hangs up before the greeting
  const char *extensions;         // further lines of the answer to EHLO
} Script;

typedef struct Peer {
  Script script;
  int listener, port;
  GThread *thread;
  GString *commands, *mail, *answer;
} Peer;

static void say(int connection, const char *answer) {
  g_autofree char *line = g_strconcat(answer, "\r\n", NULL);
  if (send(connection, line, strlen(line), MSG_NOSIGNAL) < 0) return;
}

static bool read_line(int connection, GString *line) {
  g_string_truncate(line, 0);
  char c;
  while (recv(connection, &c, 1, 0) == 1) {
    if (c == '\n') return true;
    if (c != '\r') g_string_append_c(line, c);
  }
  return false;
}

// Reads the mail up to its final dot; false when the script hangs up.
static bool read_mail(Peer *peer, int connection) {
  g_autoptr(GString) line = g_string_new(NULL);
  while (read_line(connection, line)) {
    if (peer->script.drops_in_data) return false;
    if (strcmp(line->str, ".") == 0) return true;
    g_string_append_printf(peer->mail, "%s\n", line->str);
  }
  return false;
}

static const char *answer_to(Peer *peer, const char *command) {
  const Script *script = &peer->script;
  if (g_str_has_prefix(command, "EHLO")) {
    g_string_printf(peer->answer, "250-desk\r\n%s250 8BITMIME", script->extensions ? script->extensions : "");
    return peer->answer->str;
  }
  if (g_str_has_prefix(command, "AUTH")) return "334 "; // and what follows is the token
  if (strstr(peer->commands->str, "AUTH") && strlen(command) > 20 && !strchr(command, ' ')) return "235 come in";
  if (g_str_has_prefix(command, "MAIL")) return script->mail ? script->mail : "250 ok";
  if (g_str_has_prefix(command, "RCPT") && script->refused_recipient && strstr(command, script->refused_recipient))
    return "550 5.1.1 no such person";
  if (g_str_has_prefix(command, "RCPT")) return script->rcpt ? script->rcpt : "250 ok";
  if (g_str_has_prefix(command, "DATA")) return script->data ? script->data : "354 go on";
  if (g_str_has_prefix(command, "QUIT")) return "221 bye";
  return "502 what";
}

static void converse(Peer *peer, int connection) {
  g_autoptr(GString) line = g_string_new(NULL);
  if (peer->script.drops_at_once) return;
  say(connection, peer->script.greeting ? peer->script.greeting : "220 hello");
  while (read_line(connection, line)) {
    g_string_append_printf(peer->commands, "%s\n", line->str);
    const char *answer = answer_to(peer, line->str);
    say(connection, answer);
    if (g_str_has_prefix(line->str, "QUIT")) return;
    if (!g_str_has_prefix(answer, "354")) continue;
    if (!read_mail(peer, connection)) return;
    say(connection, peer->script.after_data ? peer->script.after_data : "250 2.0.0 queued as 17");
  }
}

static gpointer serve(gpointer data) {
  Peer *peer = data;
  int connection = accept(peer->listener, NULL, NULL);
  if (connection < 0) return NULL;
  converse(peer, connection);
  close(connection);
  return NULL;
}

static Peer *peer_start(Script script) {
  Peer *peer = g_new0(Peer, 1);
  peer->script = script;
  peer->commands = g_string_new(NULL);
  peer->mail = g_string_new(NULL);
  peer->answer = g_string_new(NULL);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  peer->listener = socket(AF_INET, SOCK_STREAM, 0);
  g_assert_cmpint(bind(peer->listener, (struct sockaddr *)&address, size), ==, 0);
  g_assert_cmpint(listen(peer->listener, 1), ==, 0);
  g_assert_cmpint(getsockname(peer->listener, (struct sockaddr *)&address, &size), ==, 0);
  peer->port = ntohs(address.sin_port);
  peer->thread = g_thread_new("peer", serve, peer);
  return peer;
}

// Waits until the conversation is over, or ends the waiting for one.
static void peer_finish(Peer *peer) {
  if (!peer->thread) return;
  shutdown(peer->listener, SHUT_RDWR);
  g_thread_join(peer->thread);
  peer->thread = NULL;
}

static void peer_stop(Peer *peer) {
  peer_finish(peer);
  close(peer->listener);
  g_string_free(peer->commands, TRUE);
  g_string_free(peer->mail, TRUE);
  g_string_free(peer->answer, TRUE);
  g_free(peer);
}

static const char mail_bytes[] = "From: help@desk.example\r\nSubject: x\r\n\r\nHello\r\n.\r\n..two dots\r\n";

static bool send_from(Arena *arena, Peer *peer, const char *from, SmtpResult *result, GError **error) {
  TextList recipients = {0};
  *list_add(arena, &recipients) = "ann@example.org";
  *list_add(arena, &recipients) = "bob@example.org";
  SmtpServer server = {.url = arena_printf(arena, "smtp://127.0.0.1:%d", peer->port), .hello = "desk.example"};
  return smtp_send(arena, &server, from, &recipients, bytes_of_text(mail_bytes), result, error);
}

static void hands_over_envelope_and_mail(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Peer *peer = peer_start((Script){0});
  SmtpResult result;
  g_assert_true(send_from(arena, peer, "help@desk.example", &result, &error));
  g_assert_no_error(error);
  g_assert_cmpint(result.code, ==, 250);
  g_assert_cmpstr(result.answer, ==, "250 2.0.0 queued as 17");
  g_assert_false(result.is_permanent);
  peer_finish(peer);
  g_assert_nonnull(strstr(peer->commands->str, "EHLO desk.example\n"));
  g_assert_nonnull(strstr(peer->commands->str, "MAIL FROM:<help@desk.example>"));
  g_assert_nonnull(strstr(peer->commands->str, "RCPT TO:<ann@example.org>"));
  g_assert_nonnull(strstr(peer->commands->str, "RCPT TO:<bob@example.org>"));
  g_assert_cmpstr(peer->mail->str, ==, "From: help@desk.example\nSubject: x\n\nHello\n..\n...two dots\n"); // as stuffed
  peer_stop(peer);
}

static void allows_an_empty_sender(void) {
  g_autoptr(Arena) arena = arena_new();
  Peer *peer = peer_start((Script){0});
  SmtpResult result;
  g_assert_true(send_from(arena, peer, "", &result, NULL));
  peer_finish(peer);
  g_assert_nonnull(strstr(peer->commands->str, "MAIL FROM:<>"));
  peer_stop(peer);
}

typedef struct Refusal {
  Script script;
  int code;
  bool is_permanent;
  const char *words; // part of the answer for people
} Refusal;

static void tells_how_it_was_refused(void) {
  static const Refusal refusals[] = {
    {{.greeting = "554 go away"}, 554, true, "go away"},
    {{.greeting = "421 4.3.2 closing"}, 421, false, "closing"},
    {{.mail = "451 4.7.1 try later"}, 451, false, "try later"},
    {{.mail = "550 5.7.1 not from you"}, 550, true, "not from you"},
    {{.rcpt = "450 4.2.1 greylisted"}, 450, false, "greylisted"},
    {{.rcpt = "550 5.1.1 unknown"}, 550, true, "unknown"},
    {{.refused_recipient = "bob@"}, 550, true, "no such person"},
    {{.data = "452 4.3.1 disk full"}, 452, false, "disk full"},
    {{.after_data = "554 5.6.0 looks like spam"}, 554, true, "looks like spam"},
    {{.after_data = "550-first line\r\n550 second line"}, 550, true, "first line second line"},
    {{.after_data = "421 4.3.2 shutting down"}, 421, false, "shutting down"},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Peer *peer = peer_start(refusals[i].script);
    SmtpResult result;
    g_assert_false(send_from(arena, peer, "help@desk.example", &result, &error));
    g_assert_true(error_is(error, refusals[i].is_permanent ? ERROR_INVALID : ERROR_UNAVAILABLE));
    g_assert_cmpint(result.code, ==, refusals[i].code);
    g_assert_cmpint(result.is_permanent, ==, refusals[i].is_permanent);
    g_assert_nonnull(strstr(result.answer, refusals[i].words));
    g_assert_nonnull(strstr(error->message, refusals[i].words));
    peer_stop(peer);
  }
}

static void one_refused_recipient_keeps_the_mail_from_nobody_else(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Peer *peer = peer_start((Script){.refused_recipient = "bob@"});
  SmtpResult result;
  g_assert_false(send_from(arena, peer, "help@desk.example", &result, &error));
  peer_finish(peer);
  g_assert_nonnull(strstr(peer->mail->str, "Hello"));
  g_assert_cmpuint(result.recipients.count, ==, 2);
  g_assert_cmpint(result.recipients.items[0].outcome, ==, SMTP_TAKEN);
  g_assert_cmpstr(result.recipients.items[0].answer, ==, "250 2.0.0 queued as 17");
  g_assert_cmpint(result.recipients.items[1].outcome, ==, SMTP_REFUSED);
  g_assert_cmpstr(result.recipients.items[1].address, ==, "bob@example.org");
  g_assert_cmpstr(result.recipients.items[1].answer, ==, "550 5.1.1 no such person");
  g_assert_true(result.is_permanent); // nobody is left for whom trying again would help
  peer_stop(peer);
}

static void says_so_when_a_mail_is_too_large(void) {
  g_autoptr(Arena) arena = arena_new();
  Peer *peer = peer_start((Script){.mail = "552 5.3.4 Message size exceeds fixed limit", .extensions = "250-SIZE 40\r\n"});
  SmtpResult result;
  g_assert_false(send_from(arena, peer, "help@desk.example", &result, NULL));
  g_assert_true(result.is_permanent);
  g_assert_nonnull(strstr(result.answer, "larger than the mail server takes"));
  g_assert_nonnull(strstr(result.answer, "552 5.3.4"));
  peer_finish(peer);
  g_assert_nonnull(strstr(peer->commands->str, "SIZE=")); // so that it can refuse before the mail is carried over
  peer_stop(peer);
}

static void several_mails_share_a_connection(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Peer *peer = peer_start((Script){0});
  SmtpServer server = {.url = arena_printf(arena, "smtp://127.0.0.1:%d", peer->port), .hello = "desk.example"};
  TextList recipients = {0};
  *list_add(arena, &recipients) = "ann@example.org";
  SmtpSession *session = smtp_session_new(&server);
  for (int i = 0; i < 3; i++) {
    SmtpResult result;
    g_assert_true(
      smtp_session_send(session, arena, "help@desk.example", &recipients, bytes_of_text(mail_bytes), &result, &error));
  }
  smtp_session_free(session);
  peer_finish(peer); // which takes one connection only
  g_auto(GStrv) greetings = g_strsplit(peer->commands->str, "EHLO", -1), mails = g_strsplit(peer->commands->str, "MAIL FROM", -1);
  g_assert_cmpuint(g_strv_length(greetings) - 1, ==, 1);
  g_assert_cmpuint(g_strv_length(mails) - 1, ==, 3);
  g_assert_nonnull(strstr(peer->commands->str, "QUIT"));
  peer_stop(peer);
}

static void signs_in_with_a_token(void) {
  g_autoptr(Arena) arena = arena_new();
  Peer *peer = peer_start((Script){.extensions = "250-AUTH XOAUTH2\r\n"});
  SmtpServer server = {
    .url = arena_printf(arena, "smtp://127.0.0.1:%d", peer->port), .user = "help@desk.example", .bearer = "ya29.secret"};
  TextList recipients = {0};
  *list_add(arena, &recipients) = "ann@example.org";
  SmtpResult result;
  g_assert_true(smtp_send(arena, &server, "help@desk.example", &recipients, bytes_of_text(mail_bytes), &result, NULL));
  peer_finish(peer);
  const char *said = strstr(peer->commands->str, "AUTH XOAUTH2\n");
  g_assert_nonnull(said);
  said += strlen("AUTH XOAUTH2\n");
  gsize size = 0;
  g_autofree char *line = g_strndup(said, strcspn(said, "\n"));
  g_autofree char *plain = (char *)g_base64_decode(line, &size);
  g_assert_cmpmem(plain, size, "user=help@desk.example\1auth=Bearer ya29.secret\1\1", 48);
  peer_stop(peer);
}

static void tries_again_after_a_lost_connection(void) {
  static const Script scripts[] = {{.drops_in_data = true}, {.drops_at_once = true}};
  for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    Peer *peer = peer_start(scripts[i]);
    SmtpResult result;
    g_assert_false(send_from(arena, peer, "help@desk.example", &result, &error));
    g_assert_error(error, RAPPORT_ERROR, ERROR_UNAVAILABLE);
    g_assert_false(result.is_permanent);
    g_assert_cmpint(result.code, <, 400);
    peer_stop(peer);
  }
}

static void says_when_there_is_no_server(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Peer *peer = peer_start((Script){0});
  shutdown(peer->listener, SHUT_RDWR);
  peer_finish(peer);
  close(peer->listener); // the port is free again, and nobody listens there
  peer->listener = socket(AF_INET, SOCK_STREAM, 0);
  SmtpResult result;
  g_assert_false(send_from(arena, peer, "help@desk.example", &result, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_UNAVAILABLE);
  g_assert_cmpint(result.code, ==, 0);
  g_assert_cmpstr(result.answer, !=, "");
  peer_stop(peer);
}

static void insists_on_encryption(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) error = NULL;
  Peer *peer = peer_start((Script){0});
  TextList recipients = {0};
  *list_add(arena, &recipients) = "ann@example.org";
  SmtpServer server = {.url = arena_printf(arena, "smtp://127.0.0.1:%d", peer->port), .require_tls = true};
  SmtpResult result;
  g_assert_false(smtp_send(arena, &server, "help@desk.example", &recipients, bytes_of_text(mail_bytes), &result, &error));
  g_assert_error(error, RAPPORT_ERROR, ERROR_UNAVAILABLE);
  g_assert_false(result.is_permanent);
  peer_finish(peer);
  g_assert_null(strstr(peer->commands->str, "MAIL"));
  peer_stop(peer);
}

static void refuses_envelopes_that_inject(void) {
  static const char *const bad[] = {"a@b>\r\nRCPT TO:<evil@example.org", "a@b\nDATA", "a b@c", "<a@b>", "nobody", ""};
  SmtpServer server = {.url = "smtp://127.0.0.1:1"};
  for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GError) error = NULL;
    TextList recipients = {0};
    *list_add(arena, &recipients) = bad[i];
    SmtpResult result;
    g_assert_false(smtp_send(arena, &server, "help@desk.example", &recipients, bytes_of_text(mail_bytes), &result, &error));
    g_assert_error(error, RAPPORT_ERROR, ERROR_INVALID);
    g_assert_true(result.is_permanent);
  }
  g_autoptr(Arena) arena = arena_new();
  TextList none = {0};
  SmtpResult result;
  g_assert_false(smtp_send(arena, &server, "a@b\r\nX", &none, bytes_of_text(mail_bytes), &result, NULL));
  g_assert_false(smtp_send(arena, &server, "", &none, bytes_of_text(mail_bytes), &result, NULL));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/smtp/hands-over-envelope-and-mail", hands_over_envelope_and_mail);
  g_test_add_func("/mail/smtp/allows-an-empty-sender", allows_an_empty_sender);
  g_test_add_func("/mail/smtp/tells-how-it-was-refused", tells_how_it_was_refused);
  g_test_add_func("/mail/smtp/one-refused-recipient-keeps-the-mail-from-nobody-else",
                  one_refused_recipient_keeps_the_mail_from_nobody_else);
  g_test_add_func("/mail/smtp/says-so-when-a-mail-is-too-large", says_so_when_a_mail_is_too_large);
  g_test_add_func("/mail/smtp/several-mails-share-a-connection", several_mails_share_a_connection);
  g_test_add_func("/mail/smtp/signs-in-with-a-token", signs_in_with_a_token);
  g_test_add_func("/mail/smtp/tries-again-after-a-lost-connection", tries_again_after_a_lost_connection);
  g_test_add_func("/mail/smtp/says-when-there-is-no-server", says_when_there_is_no_server);
  g_test_add_func("/mail/smtp/insists-on-encryption", insists_on_encryption);
  g_test_add_func("/mail/smtp/refuses-envelopes-that-inject", refuses_envelopes_that_inject);
  return g_test_run();
}
