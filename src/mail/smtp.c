// One SMTP conversation through libcurl: connect, STARTTLS where there is one, authenticate, envelope, mail. libcurl stuffs dots
// and gives up when any recipient is refused, which is what the outbox wants: a mail is taken for all or for none. The server's
// last answer is listened to on the way (libcurl only keeps its number), so that a person reads the server's own words.
//
// Without require_tls and without a password the connection is encrypted when possible and the certificate is not asked for, as
// mail servers do among themselves; with either, or with smtps://, the certificate must be right.
#include "mail/smtp.h"

#include "base/text.h"
#include "mail/mail.h"

#include <curl/curl.h>

#define CONNECT_SECONDS 15L
#define TOTAL_SECONDS 120L
#define ANSWER_LONGEST 400 // characters

typedef CURL Curl;
typedef struct curl_slist CurlList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Curl, curl_easy_cleanup)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CurlList, curl_slist_free_all)

typedef struct Upload {
  Bytes mail;
  size_t sent;
} Upload;

typedef struct Answer {
  char line[1024]; // the server's last line with a code
  int code;
  bool ends_block; // the line was the last of its answer
} Answer;

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

// libcurl hands over each line of the server. The answers to QUIT and to our closing say nothing about the mail.
static int listen_to(CURL *curl, curl_infotype type, char *data, size_t size, void *user) {
  (void)curl;
  Answer *answer = user;
  if (type != CURLINFO_HEADER_IN || size < 3) return 0;
  if (!g_ascii_isdigit(data[0]) || !g_ascii_isdigit(data[1]) || !g_ascii_isdigit(data[2])) return 0;
  int code = (data[0] - '0') * 100 + (data[1] - '0') * 10 + (data[2] - '0');
  if (code == 221) return 0;
  bool is_continued = answer->code == code && !answer->ends_block;
  size_t used = is_continued ? strlen(answer->line) : 0;
  g_snprintf(answer->line + used, sizeof answer->line - used, "%s%.*s", used ? " " : "", (int)MIN(size, 500),
             used && size > 4 ? data + 4 : data);
  answer->code = code;
  answer->ends_block = size < 4 || data[3] != '-';
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
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(server->require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  bool is_checked = server->require_tls || server->user || g_str_has_prefix(server->url, "smtps://");
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, is_checked ? 1L : 0L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, is_checked ? 2L : 0L);
  if (!server->user) return;
  curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
  curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password ? server->password : "");
}

static const char *words_of(Arena *arena, const char *words) {
  return text_clamp(arena, text_one_line(arena, text_make_valid(arena, bytes_of_text(words))), ANSWER_LONGEST);
}

// Whether a refusal stands for good. Wrong passwords and missing encryption are ours to mend: the mail may go later.
static bool is_permanent(CURLcode code, int answer) {
  if (answer < 500 || answer > 599) return false;
  bool about_login = code == CURLE_LOGIN_DENIED || answer == 530 || answer == 534 || answer == 535 || answer == 538;
  return !about_login && code != CURLE_USE_SSL_FAILED;
}

static bool judge(Arena *arena, CURLcode code, const Answer *answer, const char *curl_words, SmtpResult *out, GError **error) {
  bool was_refused = answer->code >= 400;
  bool server_spoke = answer->code && (was_refused || code == CURLE_OK);
  out->code = answer->code;
  out->answer = words_of(arena, server_spoke ? answer->line : curl_words);
  out->is_permanent = code != CURLE_OK && is_permanent(code, answer->code);
  if (code == CURLE_OK) return true;
  if (out->is_permanent) return error_set(error, ERROR_INVALID, "The mail server refused the mail: %s", out->answer);
  if (was_refused) return error_set(error, ERROR_UNAVAILABLE, "The mail server did not take the mail: %s", out->answer);
  return error_set(error, ERROR_UNAVAILABLE, "The mail server could not be reached or did not answer: %s", out->answer);
}

bool smtp_send(Arena *arena, const SmtpServer *server, const char *from, const TextList *recipients, Bytes mail,
               SmtpResult *out_result, GError **error) {
  *out_result = (SmtpResult){.answer = "The envelope is not usable.", .is_permanent = true};
  if (!check_envelope(from, recipients, error)) return false;
  start_curl();
  g_autoptr(Curl) curl = curl_easy_init();
  if (!curl) g_error("libcurl does not start");
  g_autoptr(CurlList) list = envelope_list(recipients);
  Upload upload = {.mail = mail};
  Answer answer = {0};
  char words[CURL_ERROR_SIZE] = "";
  set_options(arena, curl, server);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, *from ? arena_printf(arena, "<%s>", from) : "<>");
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, list);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_mail);
  curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); // only so that listen_to is called
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_to);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &answer);
  CURLcode code = curl_easy_perform(curl);
  return judge(arena, code, &answer, *words ? words : curl_easy_strerror(code), out_result, error);
}
