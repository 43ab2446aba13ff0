// What can be seen of the client without a server: names on the wire, what a list says of a mail, and stopping. Conversations with
// servers are in src/mailroom/fetch_test.c and tests/dovecot.
#include "mail/imap_connection.h"
#include "mail/server.h"

static void folder_names_go_over_the_wire_in_seven_bits(void) {
  g_autoptr(Arena) arena = arena_new();
  static const char *const names[][2] = {
    {"INBOX", "\"INBOX\""},
    {"INBOX/Help & more", "\"INBOX/Help &- more\""},
    {"a \"b\" \\c", "\"a \\\"b\\\" \\\\c\""},
    {"Entwürfe", "\"Entw&APw-rfe\""},
    {"日本語", "\"&ZeVnLIqe-\""},                                       // of RFC 3501
    {"~peter/mail/台北/日本語", "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\""}, // likewise
    {"😀", "\"&2D3eAA-\""},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++) g_assert_cmpstr(imap_folder_name(arena, names[i][0], NULL), ==, names[i][1]);
  g_autoptr(GError) error = NULL;
  g_assert_null(imap_folder_name(arena, "INBOX\r\nX DELETE INBOX", &error));
  g_assert_true(error_is(error, ERROR_INVALID));
}

static bool fetched(const char *said, ImapFetched *out) {
  g_autoptr(ImapReader) reader = imap_reader_new(1000);
  imap_reader_feed(reader, said, strlen(said));
  const ImapResponse *response = imap_reader_next(reader, NULL);
  g_assert_nonnull(response);
  return imap_read_fetched(response, out);
}

static void a_list_says_uid_flags_and_arrival(void) {
  ImapFetched found;
  g_assert_true(fetched(
    "* 3 FETCH (FLAGS (\\Answered \\Seen) UID 17 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4286)\r\n", &found));
  g_assert_cmpint(found.uid, ==, 17);
  g_assert_true(found.is_seen);
  g_assert_cmpint(found.size, ==, 4286);
  g_assert_cmpint(found.arrived_at, ==, INT64_C(837596665) * CLOCK_SECOND);
  g_assert_true(fetched("* 3 FETCH (X-OTHER (a (b \"c\") d) UID 5 FLAGS ())\r\n", &found));
  g_assert_cmpint(found.uid, ==, 5);
  g_assert_false(found.is_seen);
  static const char *const senseless[] = {"17-Foo-1996 02:44:25 -0700", "31-Feb-2020 02:44:25 +0000", "", "anJ-1-1 1:1:1 +1",
                                          "9"};
  for (size_t i = 0; i < G_N_ELEMENTS(senseless); i++) {
    g_autofree char *said = g_strdup_printf("* 1 FETCH (UID 1 INTERNALDATE \"%s\")\r\n", senseless[i]);
    g_assert_true(fetched(said, &found));
    g_assert_cmpint(found.arrived_at, ==, 0);
  }
}

static void what_is_no_mail_is_passed_over(void) {
  ImapFetched found;
  static const char *const others[] = {
    "* 3 EXISTS\r\n",    "* OK fine\r\n",    "* 3 FETCH (FLAGS ())\r\n", "* 3 FETCH (UID 0)\r\n", "* 3 FETCH (UID \"7\")\r\n",
    "* 3 FETCH UID\r\n", "* 3 FETCH ()\r\n", "* 3 FETCH (UID)\r\n"};
  for (size_t i = 0; i < G_N_ELEMENTS(others); i++) g_assert_false(fetched(others[i], &found));
  g_assert_true(fetched("* 3 FETCH (UID 7 BODY[] NIL)\r\n", &found));
  g_assert_false(found.has_content);
  g_assert_true(found.is_there);
  g_assert_true(fetched("* 3 FETCH (UID 7 FLAGS (\\Seen))\r\n", &found)); // somebody read it meanwhile
  g_assert_false(found.is_there);
}

static gpointer stop_it(gpointer imap) {
  imap_stop(imap);
  return NULL;
}

static void a_pause_ends_when_it_is_stopped(void) {
  g_autoptr(Imap) imap = imap_new(1000);
  g_autoptr(GError) error = NULL;
  g_assert_true(imap_pause(imap, 1000));
  GThread *thread = g_thread_new("stop", stop_it, imap);
  g_assert_false(imap_pause(imap, CLOCK_HOUR));
  g_thread_join(thread);
  ImapServer server = {.url = "imaps://127.0.0.1:1", .user = "x", .password = "y"};
  g_assert_false(imap_connect(imap, &server, &error));
  g_assert_cmpstr(error->message, ==, "The fetching of mail was stopped.");
  ImapFolder folder;
  g_clear_error(&error);
  g_assert_false(imap_open_folder(imap, "INBOX", false, &folder, &error));
  g_assert_true(error_is(error, ERROR_UNAVAILABLE));
}

static void this_machine_is_named_by_its_loopback_alone(void) {
  static const char *const here[] = {"imap://localhost", "smtp://LOCALHOST:2525", "smtp://127.0.0.1", "imap://127.8.9.1:143",
                                     "smtp://[::1]:25"};
  static const char *const elsewhere[] = {
    "imap://localhost.example", "smtp://127.0.0.1.example", "smtp://192.0.2.1", "imap://[::2]", "localhost", ""};
  for (size_t i = 0; i < G_N_ELEMENTS(here); i++) g_assert_true(server_is_this_machine(here[i]));
  for (size_t i = 0; i < G_N_ELEMENTS(elsewhere); i++) g_assert_false(server_is_this_machine(elsewhere[i]));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/imap/folder-names", folder_names_go_over_the_wire_in_seven_bits);
  g_test_add_func("/mail/imap/lists", a_list_says_uid_flags_and_arrival);
  g_test_add_func("/mail/imap/passed-over", what_is_no_mail_is_passed_over);
  g_test_add_func("/mail/imap/stopping", a_pause_ends_when_it_is_stopped);
  g_test_add_func("/mail/server/this-machine", this_machine_is_named_by_its_loopback_alone);
  return g_test_run();
}
