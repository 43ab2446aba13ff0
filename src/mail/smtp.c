// SMTP conversations through libcurl: connect, STARTTLS where there is one, authenticate, envelope, mail; further mails go over the
// same connection. libcurl stuffs dots and goes on when a recipient is refused. What the server answers to each command is listened
// to on the way (libcurl only keeps the last number), so that each recipient has an outcome and a person reads the server's words.
//
// Without require_tls and without a password the connection is encrypted when possible and the certificate is not asked for, as
// mail servers do among themselves; with either, or with smtps://, the certificate must be right.
#include "mail/smtp.h"

#include "base/text.h"
#include "mail/mail.h"
#include "mail/server.h"

#include <curl/curl.h>

#define CONNECT_SECONDS 15L
#define TOTAL_SECONDS 120L
#define IDLE_SECONDS 20L     // a connection that was idle for longer is not used again
#define ANSWER_LONGEST 400   // characters
#define WORDS_OF_ANSWER 1024 // bytes that are listened to

typedef CURL Curl;
typedef struct curl_slist CurlList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Curl, curl_easy_cleanup)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CurlList, curl_slist_free_all)

struct SmtpSession {
  SmtpServer server;
  CURL *curl;
  bool was_used;
};

typedef struct Upload {
  Bytes mail;
  size_t sent;
} Upload;

typedef struct Answer {
  char line[WORDS_OF_ANSWER]; // the server's last answer
  int code;
  bool ends_block; // the line was the last of its answer
} Answer;

typedef enum Stage { STAGE_BEFORE, STAGE_RECIPIENT, STAGE_MAIL } Stage;

typedef struct Dialogue {
  Arena *arena;
  Answer last;
  Answer *recipients; // one for each, code 0 until it was answered
  size_t count, asked;
  Stage stage;
  bool has_begun; // something was said on this connection for this mail
} Dialogue;

static void start_curl(void) {
  static gsize started;
  if (g_once_init_enter(&started)) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    g_once_init_leave(&started, 1);
  }
}

static size_t give_mail(char *buffer, size_t size, size_t count, void *data) {
  Upload *upload = data;
  size_t room = size * count, left = upload->mail.size - upload->sent, length = MIN(room, left);
  if (length) memcpy(buffer, (const char *)upload->mail.data + upload->sent, length);
  upload->sent += length;
  return length;
}

// libcurl hands over what we say and what the server says, a line at a time. Commands are not sent ahead, so an answer belongs to
// the command before it. The answers to QUIT and to our closing say nothing about the mail.
static void note_command(Dialogue *dialogue, const char *data, size_t size) {
  dialogue->has_begun = true;
  if (size > 8 && g_ascii_strncasecmp(data, "RCPT TO:", 8) == 0) {
    dialogue->stage = STAGE_RECIPIENT;
    dialogue->asked++;
  } else if (size >= 4 && g_ascii_strncasecmp(data, "DATA", 4) == 0) {
    dialogue->stage = STAGE_MAIL;
  }
}

static void note_answer(Dialogue *dialogue, const char *data, size_t size) {
  if (size < 3 || !g_ascii_isdigit(data[0]) || !g_ascii_isdigit(data[1]) || !g_ascii_isdigit(data[2])) return;
  int code = (data[0] - '0') * 100 + (data[1] - '0') * 10 + (data[2] - '0');
  if (code == 221) return;
  Answer *answer = &dialogue->last;
  bool is_continued = answer->code == code && !answer->ends_block;
  size_t used = is_continued ? strlen(answer->line) : 0;
  g_snprintf(answer->line + used, sizeof answer->line - used, "%s%.*s", used ? " " : "", (int)MIN(size, 500),
             used && size > 4 ? data + 4 : data);
  answer->code = code;
  answer->ends_block = size < 4 || data[3] != '-';
  bool is_about_recipient = dialogue->stage == STAGE_RECIPIENT && dialogue->asked > 0 && dialogue->asked <= dialogue->count;
  if (is_about_recipient && answer->ends_block) dialogue->recipients[dialogue->asked - 1] = *answer;
}

static int listen_to(CURL *curl, curl_infotype type, char *data, size_t size, void *user) {
  (void)curl;
  if (type == CURLINFO_HEADER_OUT) note_command(user, data, size);
  if (type == CURLINFO_HEADER_IN) note_answer(user, data, size);
  return 0;
}

// Envelope addresses stand on command lines of their own: nothing may end the line or the brackets.
static bool is_safe(const char *address) {
  for (const char *c = address; *c; c++)
    if ((unsigned char)*c <= ' ' || *c == 0x7F || *c == '<' || *c == '>') return false;
  return true;
}

static bool check_envelope(const char *from, const TextList *recipients, GError **error) {
  if (*from && (!is_safe(from) || !mail_address_is_valid(from)))
    return error_set(error, ERROR_INVALID, "The sender's address cannot be used.");
  if (recipients->count == 0) return error_set(error, ERROR_INVALID, "The mail has no recipients.");
  list_each(Text, recipient, recipients)
    if (!is_safe(*recipient) || !mail_address_is_valid(*recipient))
      return error_set(error, ERROR_INVALID, "The address \"%s\" cannot be used.", *recipient);
  return true;
}

static CurlList *envelope_list(const TextList *recipients) {
  CurlList *list = NULL;
  list_each(Text, recipient, recipients) list = curl_slist_append(list, *recipient);
  return list;
}

static const char *server_url(Arena *arena, const SmtpServer *server) {
  const char *authority = strstr(server->url, "://");
  bool has_path = authority && strchr(authority + 3, '/');
  bool has_hello = server->hello && *server->hello && is_safe(server->hello) && !strchr(server->hello, '/');
  return has_hello && !has_path ? arena_printf(arena, "%s/%s", server->url, server->hello) : server->url;
}

static void set_options(Arena *arena, CURL *curl, const SmtpServer *server) {
  curl_easy_setopt(curl, CURLOPT_URL, server_url(arena, server));
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, TOTAL_SECONDS);
  curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, IDLE_SECONDS);
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  // A password or a token is not said in clear, but to this machine.
  bool must_encrypt = server->require_tls || (server->user && !server_is_this_machine(server->url));
  curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(must_encrypt ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  bool is_checked = server->require_tls || server->user || g_str_has_prefix(server->url, "smtps://");
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, is_checked ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, is_checked ? 2L : 0L);
  if (!server->user) return;
  curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
  if (server->bearer)
    curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, server->bearer);
  else
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password ? server->password : "");
}

static const char *words_of(Arena *arena, const char *words) {
  return text_clamp(arena, text_one_line(arena, text_make_valid(arena, bytes_of_text(words))), ANSWER_LONGEST);
}

// The server's words; a limit of size is said in ours before them, since "552" alone helps nobody (RFC 1870, RFC 3463 X.3.4).
static const char *words_of_answer(Arena *arena, const Answer *answer) {
  bool is_size = answer->code == 552 || strstr(answer->line, " 5.3.4 ");
  return words_of(arena, is_size ? arena_printf(arena, "The mail is larger than the mail server takes: %s", answer->line)
                                 : answer->line);
}

// Whether a refusal stands for good. Wrong passwords and missing encryption are ours to mend: the mail may go later.
static bool is_permanent(CURLcode code, int answer) {
  if (answer < 500 || answer > 599) return false;
  bool about_login = code == CURLE_LOGIN_DENIED || answer == 530 || answer == 534 || answer == 535 || answer == 538;
  return !about_login && code != CURLE_USE_SSL_FAILED;
}

// What became of the mail for one recipient: what was said about it alone, else what was said about the mail.
static SmtpRecipient outcome_of(Arena *arena, CURLcode code, const char *address, const Answer *own, const Answer *whole,
                                const char *words) {
  SmtpRecipient out = {.address = address, .answer = words};
  if (own->code >= 400) {
    out.outcome = is_permanent(CURLE_OK, own->code) ? SMTP_REFUSED : SMTP_LATER;
    out.answer = words_of_answer(arena, own);
  } else if (code == CURLE_OK) {
    out.outcome = own->code ? SMTP_TAKEN
                            : SMTP_LATER; // taken by the server, though never asked about this one: not libcurl's way
  } else {
    out.outcome = is_permanent(code, whole->code) ? SMTP_REFUSED : SMTP_LATER;
  }
  return out;
}

static bool tell(const SmtpResult *result, bool was_refused, GError **error) {
  if (result->is_permanent) return error_set(error, ERROR_INVALID, "The mail server refused the mail: %s", result->answer);
  if (was_refused) return error_set(error, ERROR_UNAVAILABLE, "The mail server did not take the mail: %s", result->answer);
  return error_set(error, ERROR_UNAVAILABLE, "The mail server could not be reached or did not answer: %s", result->answer);
}

// The answer that decided: the first refusal of a recipient when that is all that stood in the way, else the last one.
static const Answer *deciding(CURLcode code, const Dialogue *dialogue) {
  bool is_about_mail = code != CURLE_OK && dialogue->stage != STAGE_RECIPIENT && dialogue->last.code >= 400;
  for (size_t i = 0; i < dialogue->count && !is_about_mail; i++)
    if (dialogue->recipients[i].code >= 400) return &dialogue->recipients[i];
  return &dialogue->last;
}

static bool judge(Arena *arena, CURLcode code, const Dialogue *dialogue, const TextList *addresses, const char *curl_words,
                  SmtpResult *out, GError **error) {
  const Answer *answer = deciding(code, dialogue), *last = &dialogue->last;
  bool was_refused = answer->code >= 400, last_refused = last->code >= 400;
  const char *whole = last->code && (last_refused || code == CURLE_OK) ? words_of_answer(arena, last)
                                                                       : words_of(arena, curl_words);
  const char *words = was_refused ? words_of_answer(arena, answer) : whole;
  *out = (SmtpResult){.code = answer->code, .answer = words};
  size_t taken = 0, later = 0;
  for (size_t i = 0; i < addresses->count; i++) {
    SmtpRecipient *recipient = list_add(arena, &out->recipients);
    *recipient = outcome_of(arena, code, addresses->items[i], &dialogue->recipients[i], last, whole);
    taken += recipient->outcome == SMTP_TAKEN;
    later += recipient->outcome == SMTP_LATER;
  }
  if (taken == addresses->count) return true;
  out->is_permanent = later == 0;
  return tell(out, was_refused, error);
}

SmtpSession *smtp_session_new(const SmtpServer *server) {
  start_curl();
  SmtpSession *session = g_new0(SmtpSession, 1);
  session->server = *server;
  session->curl = curl_easy_init();
  if (!session->curl) g_error("libcurl does not start");
  return session;
}

void smtp_session_free(SmtpSession *session) {
  if (!session) return;
  curl_easy_cleanup(session->curl);
  g_free(session);
}

static CURLcode converse(SmtpSession *session, const char *from, CurlList *recipients, Bytes mail, Dialogue *dialogue,
                         bool is_fresh, char *words) {
  Upload upload = {.mail = mail};
  CURL *curl = session->curl;
  curl_easy_reset(curl); // keeps the connection
  set_options(dialogue->arena, curl, &session->server);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, *from ? arena_printf(dialogue->arena, "<%s>", from) : "<>");
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)mail.size); // said as SIZE to servers that ask for it
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_mail);
  curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, is_fresh ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); // only so that listen_to is called
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_to);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, dialogue);
  CURLcode code = curl_easy_perform(curl);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 0L); // what it calls lives no longer than this
  return code;
}

static Dialogue dialogue_new(Arena *arena, size_t count) {
  return (Dialogue){.arena = arena, .recipients = arena_make_array(arena, Answer, count), .count = count};
}

bool smtp_session_send(SmtpSession *session, Arena *arena, const char *from, const TextList *recipients, Bytes mail,
                       SmtpResult *out_result, GError **error) {
  *out_result = (SmtpResult){.answer = "The envelope is not usable.", .is_permanent = true};
  if (!check_envelope(from, recipients, error)) return false;
  g_autoptr(CurlList) list = envelope_list(recipients);
  char words[CURL_ERROR_SIZE] = "";
  Dialogue dialogue = dialogue_new(arena, recipients->count);
  CURLcode code = converse(session, from, list, mail, &dialogue, false, words);
  // A server may end a connection that was kept; before the mail itself was offered, asking anew cannot send it twice.
  bool was_ended = dialogue.last.code == 0 || dialogue.last.code == 421;
  if (code != CURLE_OK && session->was_used && was_ended && dialogue.stage != STAGE_MAIL) {
    dialogue = dialogue_new(arena, recipients->count);
    *words = '\0';
    code = converse(session, from, list, mail, &dialogue, true, words);
  }
  session->was_used = code == CURLE_OK;
  return judge(arena, code, &dialogue, recipients, *words ? words : curl_easy_strerror(code), out_result, error);
}

bool smtp_send(Arena *arena, const SmtpServer *server, const char *from, const TextList *recipients, Bytes mail,
               SmtpResult *out_result, GError **error) {
  g_autoptr(SmtpSession) session = smtp_session_new(server);
  return smtp_session_send(session, arena, from, recipients, mail, out_result, error);
}
