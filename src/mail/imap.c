// Connecting and conversing. curl_easy_perform with CURLOPT_CONNECT_ONLY does what is easy to do wrong (TLS, names in certificates,
// STARTTLS before anything is said, the ways to sign in) and leaves the connection to us; curl_easy_send and curl_easy_recv pass bytes
// through its encryption (doc/decisions/0019). Every wait looks at the socket and at our own eventfd, so that imap_stop is heard at
// once.
#include "mail/imap_connection.h"

#include "base/text.h"
#include "mail/server.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define CONNECT_SECONDS 60L
#define PATIENCE (60 * CLOCK_SECOND)        // without a byte from the server
#define LONGEST_COMMAND (30 * CLOCK_MINUTE) // for one command, however slowly it comes
#define ROOM_AROUND_A_MAIL 4096             // its first byte too many, and the small strings beside it

Imap *imap_new(size_t mail_most) {
  Imap *imap = g_new0(Imap, 1);
  imap->mail_most = mail_most;
  imap->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (imap->wake < 0) g_error("eventfd: %s", g_strerror(errno));
  return imap;
}

void imap_free(Imap *imap) {
  if (!imap) return;
  imap_disconnect(imap);
  close(imap->wake);
  g_free(imap);
}

void imap_stop(Imap *imap) {
  uint64_t one = 1;
  g_atomic_int_set(&imap->is_stopped, 1);
  if (write(imap->wake, &one, sizeof one) < 0) return; // full: it was woken before
}

bool imap_is_stopped(Imap *imap) { return g_atomic_int_get(&imap->is_stopped); }
bool imap_has_idle(const Imap *imap) { return imap->has_idle; }
bool imap_has_news(const Imap *imap) { return imap->has_news; }

static int milliseconds_until(int64_t deadline) {
  int64_t left = (deadline - g_get_monotonic_time() + 999) / 1000;
  return (int)CLAMP(left, 0, G_MAXINT);
}

bool imap_pause(Imap *imap, int64_t span) {
  int64_t deadline = g_get_monotonic_time() + span;
  struct pollfd wake = {.fd = imap->wake, .events = POLLIN};
  while (!imap_is_stopped(imap) && milliseconds_until(deadline) > 0) poll(&wake, 1, milliseconds_until(deadline));
  return !imap_is_stopped(imap);
}

// ——— bytes

static bool lose(Imap *imap, GError **error, const char *what) {
  imap->is_broken = true;
  if (imap_is_stopped(imap)) return error_set(error, ERROR_UNAVAILABLE, "The fetching of mail was stopped.");
  if (*imap->bye) return error_set(error, ERROR_UNAVAILABLE, "The mail server hung up: %s", imap->bye);
  return error_set(error, ERROR_UNAVAILABLE, "%s", what);
}

typedef enum Awaited { AWAITED_READY, AWAITED_TIME, AWAITED_STOP } Awaited;

static Awaited await(Imap *imap, short events, int64_t deadline) {
  for (;;) {
    struct pollfd fds[] = {{.fd = imap->socket, .events = events}, {.fd = imap->wake, .events = POLLIN}};
    if (imap_is_stopped(imap)) return AWAITED_STOP;
    int count = poll(fds, G_N_ELEMENTS(fds), milliseconds_until(deadline));
    if (imap_is_stopped(imap)) return AWAITED_STOP;
    if (count > 0) return AWAITED_READY;
    if (count == 0) return AWAITED_TIME;
  }
}

bool imap_send(Imap *imap, const char *line, GError **error) {
  g_autofree char *whole = g_strconcat(line, "\r\n", NULL);
  size_t size = strlen(whole), sent = 0;
  int64_t deadline = g_get_monotonic_time() + PATIENCE;
  if (imap->is_broken || !imap->curl) return lose(imap, error, "There is no connection to the mail server.");
  while (sent < size) {
    size_t count = 0;
    CURLcode code = imap_is_stopped(imap) ? CURLE_ABORTED_BY_CALLBACK
                                          : curl_easy_send(imap->curl, whole + sent, size - sent, &count);
    sent += count;
    if (code == CURLE_OK) continue;
    if (code != CURLE_AGAIN) return lose(imap, error, "The connection to the mail server was lost.");
    if (await(imap, POLLOUT, deadline) != AWAITED_READY) return lose(imap, error, "The mail server does not listen any more.");
  }
  return true;
}

// Feeds the reader with what has come. 1: something, 0: nothing until the deadline, -1 with an error.
static int feed(Imap *imap, int64_t deadline, GError **error) {
  char chunk[16 * 1024];
  for (;;) {
    size_t count = 0;
    CURLcode code = imap_is_stopped(imap) ? CURLE_ABORTED_BY_CALLBACK : curl_easy_recv(imap->curl, chunk, sizeof chunk, &count);
    if (code == CURLE_OK && count > 0) {
      imap_reader_feed(imap->reader, chunk, count);
      return 1;
    }
    // What TLS holds back was asked for first: only then does the socket say whether to wait.
    if (code != CURLE_AGAIN) return lose(imap, error, "The mail server closed the connection."), -1;
    Awaited awaited = await(imap, POLLIN, deadline);
    if (awaited == AWAITED_TIME) return 0;
    if (awaited == AWAITED_STOP) return lose(imap, error, ""), -1;
  }
}

// ——— responses

static void note_number(Imap *imap, const ImapResponse *response) {
  int64_t number;
  if (response->tokens.count < 2 || !imap_token_number(&response->tokens.items[0], &number)) return;
  if (imap_token_is(&response->tokens.items[1], "EXISTS")) {
    imap->has_news = imap->has_news || number > imap->mails;
    imap->mails = number;
  } else if (imap_token_is(&response->tokens.items[1], "EXPUNGE") && imap->mails > 0)
    imap->mails--;
}

// A server that has said BYE says nothing more; whether it also closes the connection is not waited for.
static const ImapResponse *next_response(Imap *imap, GError **error) {
  if (*imap->bye) return lose(imap, error, ""), NULL;
  g_autoptr(GError) problem = NULL;
  const ImapResponse *response = imap_reader_next(imap->reader, &problem);
  if (problem) {
    imap->is_broken = true;
    g_propagate_error(error, g_steal_pointer(&problem));
    return NULL;
  }
  if (!response) return NULL;
  if (!response->status)
    note_number(imap, response);
  else if (strcmp(response->status, "BYE") == 0)
    g_strlcpy(imap->bye, *response->text ? response->text : "it gives no reason", sizeof imap->bye);
  return response;
}

const ImapResponse *imap_receive(Imap *imap, int64_t deadline, GError **error) {
  if (imap->is_broken || !imap->curl) return lose(imap, error, "There is no connection to the mail server."), NULL;
  for (;;) {
    g_autoptr(GError) problem = NULL;
    const ImapResponse *response = next_response(imap, &problem);
    if (response) return response;
    if (problem || feed(imap, deadline, &problem) < 1) {
      if (problem) g_propagate_error(error, g_steal_pointer(&problem));
      return NULL;
    }
  }
}

// Each response may take its time, but not all of them together for ever.
static const ImapResponse *await_response(Imap *imap, int64_t last, GError **error) {
  g_autoptr(GError) problem = NULL;
  int64_t deadline = MIN(g_get_monotonic_time() + PATIENCE, last);
  for (;;) {
    const ImapResponse *response = next_response(imap, &problem);
    if (response) return response;
    int fed = problem ? -1 : feed(imap, deadline, &problem);
    if (fed < 0) {
      g_propagate_error(error, g_steal_pointer(&problem));
      return NULL;
    }
    if (fed == 0) return lose(imap, error, "The mail server does not answer any more."), NULL;
    deadline = MIN(g_get_monotonic_time() + PATIENCE, last);
  }
}

static bool judge(const ImapResponse *answer, GError **error) {
  if (strcmp(answer->status, "OK") == 0) return true;
  const char *words = *answer->text ? answer->text : answer->code;
  return error_set(error, ERROR_INVALID, "The mail server refused: %s", *words ? words : "it gives no reason");
}

bool imap_command(Imap *imap, ImapListener *listener, void *data, Arena *arena, const char **out_code, GError **error,
                  const char *format, ...) {
  va_list args;
  va_start(args, format);
  g_autofree char *words = g_strdup_vprintf(format, args);
  va_end(args);
  char tag[24];
  g_snprintf(tag, sizeof tag, "R%" G_GINT64_FORMAT, ++imap->tag);
  g_autofree char *line = g_strconcat(tag, " ", words, NULL);
  int64_t last = g_get_monotonic_time() + LONGEST_COMMAND;
  if (!imap_send(imap, line, error)) return false;
  for (;;) {
    const ImapResponse *response = await_response(imap, last, error);
    if (!response) return false;
    if (strcmp(response->tag, tag) == 0) {
      if (out_code) *out_code = arena_strdup(arena, response->code);
      return judge(response, error);
    }
    if (listener && !listener(imap, response, data, error)) {
      imap->is_broken = true; // the rest of the answer is not read
      return false;
    }
  }
}

// ——— connecting

static void start_curl(void) {
  static gsize started;
  if (!g_once_init_enter(&started)) return;
  curl_global_init(CURL_GLOBAL_DEFAULT);
  g_once_init_leave(&started, 1);
}

typedef struct Attempt {
  Imap *imap;
  char refusal[400]; // the server's last NO, BAD or BYE
} Attempt;

static int watch_for_stop(void *data, curl_off_t total, curl_off_t now, curl_off_t up_total, curl_off_t up_now) {
  (void)total, (void)now, (void)up_total, (void)up_now;
  return imap_is_stopped(data);
}

// libcurl tells that it was refused, and keeps the server's words to itself.
static int listen_to(CURL *curl, curl_infotype type, char *data, size_t size, void *user) {
  (void)curl;
  Attempt *attempt = user;
  if (type != CURLINFO_HEADER_IN) return 0;
  const char *space = memchr(data, ' ', size);
  size_t left = space ? size - (size_t)(space + 1 - data) : 0;
  bool is_refusal = left > 3 && (strncmp(space + 1, "NO ", 3) == 0 || strncmp(space + 1, "BAD ", 4) == 0 ||
                                 strncmp(space + 1, "BYE ", 4) == 0);
  if (!is_refusal) return 0;
  // "A2 NO [AUTHENTICATIONFAILED] Wrong password": the words are for people.
  const char *end = space + 1 + left, *words = memchr(space + 1, ' ', left), *close = memchr(words, ']', (size_t)(end - words));
  if (words[1] == '[' && close && close + 1 < end) words = close;
  g_snprintf(attempt->refusal, sizeof attempt->refusal, "%.*s", (int)(end - words - 1), words + 1);
  return 0;
}

static void set_options(CURL *curl, const ImapServer *server) {
  curl_easy_setopt(curl, CURLOPT_URL, server->url);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps");
  curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, CONNECT_SECONDS);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPIDLE, 120L);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPINTVL, 30L);
  curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
  if (server->bearer)
    curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, server->bearer);
  else
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password ? server->password : "");
  if (server->ca_file) curl_easy_setopt(curl, CURLOPT_CAINFO, server->ca_file);
  // To this machine itself nothing can be listened to on the way; there TLS is used when it is offered, whoever signed it.
  bool may_be_plain = g_ascii_strncasecmp(server->url, "imap:", 5) == 0 && server_is_this_machine(server->url) &&
                      !server->ca_file;
  curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(may_be_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, may_be_plain ? 0L : 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, may_be_plain ? 0L : 2L);
}

static bool is_wrong_certificate(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR;
}

static bool explain(Imap *imap, CURLcode code, const Attempt *attempt, const char *curl_words, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  const char *said = text_one_line(arena, text_make_valid(arena, bytes_of_text(attempt->refusal)));
  if (imap_is_stopped(imap)) return lose(imap, error, "");
  if (code == CURLE_USE_SSL_FAILED)
    return error_set(error, ERROR_FORBIDDEN,
                     "The mail server offers no encryption (STARTTLS); use an address that begins with imaps://.");
  if (is_wrong_certificate(code))
    return error_set(
      error, ERROR_FORBIDDEN,
      "The mail server's certificate is not trusted: %s. If the server is yours, name its authority's certificate with ca-file.",
      curl_words);
  if (code == CURLE_LOGIN_DENIED)
    return error_set(error, ERROR_FORBIDDEN, "The mail server does not accept the name and the password or token: %s",
                     *said ? said : curl_words);
  if (*said) return error_set(error, ERROR_UNAVAILABLE, "The mail server said: %s", said);
  return error_set(error, ERROR_UNAVAILABLE, "The mail server cannot be reached: %s.", curl_words);
}

static bool note_capabilities(Imap *imap, const ImapResponse *response, void *data, GError **error) {
  (void)data, (void)error;
  if (response->tokens.count == 0 || !imap_token_is(&response->tokens.items[0], "CAPABILITY")) return true;
  list_each(const ImapToken, token, &response->tokens) {
    imap->has_idle = imap->has_idle || imap_token_is(token, "IDLE");
    imap->has_move = imap->has_move || imap_token_is(token, "MOVE");
    imap->has_uidplus = imap->has_uidplus || imap_token_is(token, "UIDPLUS");
  }
  return true;
}

bool imap_connect(Imap *imap, const ImapServer *server, GError **error) {
  imap_disconnect(imap);
  start_curl();
  g_autoptr(Curl) curl = curl_easy_init();
  if (!curl) g_error("libcurl does not start");
  char words[CURL_ERROR_SIZE] = "";
  Attempt attempt = {.imap = imap};
  set_options(curl, server);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch_for_stop);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, imap);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L); // only so that listen_to is called
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_to);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &attempt);
  CURLcode code = imap_is_stopped(imap) ? CURLE_ABORTED_BY_CALLBACK : curl_easy_perform(curl);
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (code == CURLE_OK) code = curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket);
  if (code == CURLE_OK && socket == CURL_SOCKET_BAD) code = CURLE_COULDNT_CONNECT;
  if (code != CURLE_OK) return explain(imap, code, &attempt, *words ? words : curl_easy_strerror(code), error);
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 0L); // what it was given lives on our stack
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
  imap->curl = g_steal_pointer(&curl);
  imap->socket = socket;
  imap->reader = imap_reader_new(imap->mail_most + ROOM_AROUND_A_MAIL);
  return imap_command(imap, note_capabilities, NULL, NULL, NULL, error, "CAPABILITY");
}

void imap_disconnect(Imap *imap) {
  size_t sent;
  // A word on leaving, if it goes out at once; nobody waits for the answer.
  if (imap->curl && !imap->is_broken) curl_easy_send(imap->curl, "Q LOGOUT\r\n", 10, &sent);
  if (imap->curl) curl_easy_cleanup(imap->curl);
  imap_reader_free(imap->reader);
  imap->curl = NULL;
  imap->reader = NULL;
  imap->socket = -1;
  imap->mails = 0;
  imap->has_news = imap->has_idle = imap->has_move = imap->has_uidplus = imap->is_broken = false;
  *imap->bye = '\0';
}
