// What servers say, whole and in pieces, right and wrong.
#include "mail/imap_reader.h"

#define LITERAL_MOST 100

static ImapReader *fed(const char *text) {
  ImapReader *reader = imap_reader_new(LITERAL_MOST);
  imap_reader_feed(reader, text, strlen(text));
  return reader;
}

static const ImapResponse *next(ImapReader *reader) {
  g_autoptr(GError) error = NULL;
  const ImapResponse *response = imap_reader_next(reader, &error);
  g_assert_no_error(error);
  return response;
}

// "FETCH ( UID 7 )": tokens with spaces between, strings in ''.
static char *spelled(const ImapResponse *response) {
  GString *out = g_string_new(NULL);
  list_each(const ImapToken, token, &response->tokens) {
    const char *mark = token->kind == IMAP_STRING ? "'" : "";
    g_string_append_printf(out, "%s%s%.*s%s", out->len ? " " : "", mark, (int)token->bytes.size, (const char *)token->bytes.data,
                           mark);
  }
  return g_string_free(out, FALSE);
}

static void assert_tokens(const char *said, const char *tokens) {
  g_autoptr(ImapReader) reader = fed(said);
  const ImapResponse *response = next(reader);
  g_assert_nonnull(response);
  g_autofree char *found = spelled(response);
  g_assert_cmpstr(found, ==, tokens);
}

static void assert_refused(const char *said) {
  g_autoptr(ImapReader) reader = fed(said);
  g_autoptr(GError) error = NULL;
  g_assert_null(imap_reader_next(reader, &error));
  g_assert_true(error_is(error, ERROR_BROKEN));
}

static void takes_data_apart(void) {
  assert_tokens("* 3 EXISTS\r\n", "3 EXISTS");
  assert_tokens("* FLAGS (\\Seen \\Answered)\r\n", "FLAGS ( \\Seen \\Answered )");
  assert_tokens("* 2 FETCH (UID 7 FLAGS () BODY[]<0> {5}\r\na(\r\nb)\r\n", "2 FETCH ( UID 7 FLAGS ( ) BODY[]<0> 'a(\r\nb' )");
  assert_tokens("* LIST () \"/\" \"a \\\"b\\\\\"\r\n", "LIST ( ) '/' 'a \"b\\'");
  assert_tokens("* 1 FETCH (BODY[HEADER.FIELDS (DATE FROM)] {2+}\r\n\r\n UID 1)\r\n",
                "1 FETCH ( BODY[HEADER.FIELDS (DATE FROM)] '\r\n' UID 1 )");
  assert_tokens("* 1 FETCH (X {0}\r\n Y \"\")\n", "1 FETCH ( X '' Y '' )");
  assert_tokens("* 1 FETCH (A{3} B)\r\n", "1 FETCH ( A{3} B )");
}

static void a_literal_may_hold_what_looks_like_one(void) {
  assert_tokens("* 1 FETCH (A {7}\r\n{3}\r\nab B {2}\r\ncd)\r\n", "1 FETCH ( A '{3}\r\nab' B 'cd' )");
}

static void tells_answers_from_data(void) {
  g_autoptr(ImapReader) reader = fed("* ok [UIDVALIDITY 38] UIDs \"are valid {9}\r\n"
                                     "R7 NO [TRYCREATE] No such folder (yet\r\n"
                                     "+ idling\r\n+\r\n* BYE\r\n* PREAUTH hello\r\nR8 BAD what?\r\n* 1 RECENT\r\n");
  const ImapResponse *said = next(reader);
  g_assert_cmpstr(said->tag, ==, "*");
  g_assert_cmpstr(said->status, ==, "OK");
  g_assert_cmpstr(said->code, ==, "UIDVALIDITY 38");
  g_assert_cmpstr(said->text, ==, "UIDs \"are valid {9}");
  said = next(reader);
  g_assert_cmpstr(said->tag, ==, "R7");
  g_assert_cmpstr(said->status, ==, "NO");
  g_assert_cmpstr(said->code, ==, "TRYCREATE");
  g_assert_cmpstr(said->text, ==, "No such folder (yet");
  said = next(reader);
  g_assert_cmpstr(said->tag, ==, "+");
  g_assert_cmpstr(said->text, ==, "idling");
  g_assert_cmpstr(next(reader)->tag, ==, "+");
  said = next(reader);
  g_assert_cmpstr(said->status, ==, "BYE");
  g_assert_cmpstr(said->text, ==, "");
  g_assert_cmpstr(next(reader)->status, ==, "PREAUTH");
  g_assert_cmpstr(next(reader)->status, ==, "BAD");
  g_assert_null(next(reader)->status);
  g_assert_null(next(reader));
}

static void gives_the_same_however_it_is_cut(void) {
  static const char said[] = "* 2 FETCH (UID 7 BODY[] {11}\r\nFrom: x\r\n\r\n FLAGS (\\Seen))\r\n* OK [A] b\r\n* 4 EXISTS\r\n";
  for (size_t cut = 1; cut < sizeof said; cut++) {
    g_autoptr(ImapReader) reader = imap_reader_new(LITERAL_MOST);
    g_autoptr(GString) found = g_string_new(NULL);
    for (size_t at = 0; at < strlen(said); at += cut) {
      imap_reader_feed(reader, said + at, MIN(cut, strlen(said) - at));
      for (const ImapResponse *response; (response = next(reader));) {
        g_autofree char *tokens = response->status ? g_strdup(response->text) : spelled(response);
        g_string_append_printf(found, "%s|", tokens);
      }
    }
    g_assert_cmpstr(found->str, ==, "2 FETCH ( UID 7 BODY[] 'From: x\r\n\r\n' FLAGS ( \\Seen ) )|b|4 EXISTS|");
  }
}

static void waits_for_the_rest(void) {
  g_autoptr(ImapReader) silent = fed("");
  g_assert_null(next(silent));
  g_autoptr(ImapReader) reader = fed("* 1 FETCH (BODY[] {10}\r\n12345");
  g_assert_null(next(reader));
  imap_reader_feed(reader, "67890", 5);
  g_assert_null(next(reader));
  imap_reader_feed(reader, ")\r", 2);
  g_assert_null(next(reader));
  imap_reader_feed(reader, "\n", 1);
  g_assert_nonnull(next(reader));
}

static void refuses_what_is_no_imap(void) {
  assert_refused("HTTP/1.1 400 Bad Request\r\n");
  assert_refused("\r\n");
  assert_refused("R1\r\n");
  assert_refused("* 1 FETCH (UID 7\r\n");
  assert_refused("* 1 FETCH UID 7)\r\n");
  assert_refused("* LIST \"open\r\n");
  assert_refused("* LIST \"open\\\r\n");
}

static void refuses_what_is_too_much(void) {
  assert_refused("* 1 FETCH (BODY[] {101}\r\n");
  assert_refused("* 1 FETCH (BODY[] {99999999999}\r\n");
  assert_refused("* 1 FETCH (A {60}\r\n012345678901234567890123456789012345678901234567890123456789 B {60}\r\n");
  g_autofree char *line = g_strnfill(IMAP_LINE_MOST + 1, 'x');
  assert_refused(line);
  g_autofree char *deep = g_strnfill(IMAP_DEPTH_MOST + 1, '(');
  g_autofree char *lists = g_strdup_printf("* X %s\r\n", deep);
  assert_refused(lists);
  g_autoptr(GString) many = g_string_new("* X");
  for (int i = 0; i < 1001; i++) g_string_append(many, " {0}\r\n");
  assert_refused(many->str);
}

static void knows_numbers(void) {
  int64_t number = 0;
  ImapToken token = {IMAP_ATOM, bytes_of_text("4294967295")};
  g_assert_true(imap_token_number(&token, &number));
  g_assert_cmpint(number, ==, INT64_C(4294967295));
  static const char *const none[] = {"", "-1", "1x", "9999999999999999999999"};
  for (size_t i = 0; i < G_N_ELEMENTS(none); i++) {
    token.bytes = bytes_of_text(none[i]);
    g_assert_false(imap_token_number(&token, &number));
  }
  token = (ImapToken){IMAP_STRING, bytes_of_text("NIL")};
  g_assert_false(imap_token_is(&token, "NIL"));
  token.kind = IMAP_ATOM;
  g_assert_true(imap_token_is(&token, "nil"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/imap-reader/takes-data-apart", takes_data_apart);
  g_test_add_func("/mail/imap-reader/a-literal-may-hold-what-looks-like-one", a_literal_may_hold_what_looks_like_one);
  g_test_add_func("/mail/imap-reader/tells-answers-from-data", tells_answers_from_data);
  g_test_add_func("/mail/imap-reader/gives-the-same-however-it-is-cut", gives_the_same_however_it_is_cut);
  g_test_add_func("/mail/imap-reader/waits-for-the-rest", waits_for_the_rest);
  g_test_add_func("/mail/imap-reader/refuses-what-is-no-imap", refuses_what_is_no_imap);
  g_test_add_func("/mail/imap-reader/refuses-what-is-too-much", refuses_what_is_too_much);
  g_test_add_func("/mail/imap-reader/knows-numbers", knows_numbers);
  return g_test_run();
}
