// See imap_peer.h. A thread for each connection; one lock guards everything, and whoever waits is woken by every change.
#include "mailroom/imap_peer.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

struct Peer {
  PeerScript script;
  int listener, port;
  GThread *thread;
  GPtrArray *connections; // threads
  GMutex lock;
  GCond changed;
  GPtrArray *mails; // PeerMail
  GArray *sockets;
  GString *heard;
  int64_t next_uid, uid_validity;
  int commands, idling, most_asked;
  bool is_stopping;
};

typedef struct Connection {
  Peer *peer;
  int socket;
  FILE *in, *out;
  guint told; // mails that this client knows of
} Connection;

static PeerMail *mail_of(Peer *peer, int64_t uid) {
  for (guint i = 0; i < peer->mails->len; i++) {
    PeerMail *mail = g_ptr_array_index(peer->mails, i);
    if (mail->uid == uid && !mail->is_gone) return mail;
  }
  return NULL;
}

static guint present(Peer *peer) {
  guint count = 0;
  for (guint i = 0; i < peer->mails->len; i++) count += !((PeerMail *)g_ptr_array_index(peer->mails, i))->is_gone;
  return count;
}

static void say(Connection *connection, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(Connection *connection, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vfprintf(connection->out, format, args);
  va_end(args);
}

static void tell_news(Connection *connection) {
  guint count = present(connection->peer);
  if (count != connection->told) say(connection, "* %u EXISTS\r\n", count);
  connection->told = count;
}

// ——— verbs; the lock is held

static void list_mails(Connection *connection, int64_t above, bool has_details) {
  Peer *peer = connection->peer;
  for (guint i = 0; i < peer->mails->len; i++) {
    guint at = peer->script.names_downwards ? peer->mails->len - 1 - i : i;
    const PeerMail *mail = g_ptr_array_index(peer->mails, at);
    if (mail->is_gone || (mail->uid < above && at + 1 < peer->mails->len)) continue; // "9:*" always names the last
    say(connection, "* %u FETCH (UID %" G_GINT64_FORMAT, at + 1, mail->uid);
    if (has_details)
      say(connection, " FLAGS (%s) INTERNALDATE \"%s\"", mail->is_seen ? "\\Seen" : "",
          mail->arrived ? mail->arrived : "01-Jan-2099 12:00:00 +0000");
    say(connection, ")\r\n");
  }
  PeerMail *lost = peer->script.expunges_uid ? mail_of(peer, peer->script.expunges_uid) : NULL;
  if (lost) lost->is_gone = true;
}

// False to hang up.
static bool give_mail(Connection *connection, int64_t uid, bool is_header, size_t most, bool *out_refused) {
  Peer *peer = connection->peer;
  const PeerScript *script = &peer->script;
  const PeerMail *mail = mail_of(peer, uid);
  if (uid == script->drops_uid && (!is_header || script->refuses_header)) return false;
  if (uid == script->refuses_uid && (!is_header || script->refuses_header)) return *out_refused = true;
  if (!mail) return true;
  if (uid == script->withholds_uid && (!is_header || script->refuses_header)) {
    if (script->withholds_times && --peer->script.withholds_times == 0) peer->script.withholds_uid = 0;
    say(connection, "* 1 FETCH (UID %" G_GINT64_FORMAT " RFC822.SIZE %zu BODY[]<0> NIL)\r\n", uid, strlen(mail->text));
    return true;
  }
  size_t size = strlen(mail->text);
  if (is_header) size = (size_t)(strstr(mail->text, "\r\n\r\n") + 4 - mail->text);
  size = MIN(size, most);
  say(connection, "* 1 FETCH (UID %" G_GINT64_FORMAT " RFC822.SIZE %zu BODY[%s]<0> {%zu}\r\n", uid, strlen(mail->text),
      is_header ? "HEADER" : "", size);
  fwrite(mail->text, 1, size, connection->out);
  say(connection, ")\r\n");
  return uid != script->drops_after_uid;
}

static bool give_mails(Connection *connection, const char *tag, const char *set) {
  Peer *peer = connection->peer;
  g_auto(GStrv) uids = g_strsplit(set, ",", -1);
  int count = (int)g_strv_length(uids), given = peer->script.gives_halves && count > 1 ? count / 2 : count;
  bool is_header = strstr(set, "HEADER") != NULL, is_refused = false;
  const char *part = strstr(set, "<0.");
  size_t most = peer->script.ignores_parts || !part ? SIZE_MAX : (size_t)g_ascii_strtoull(part + 3, NULL, 10);
  peer->most_asked = MAX(peer->most_asked, count);
  if (peer->script.says_instead) {
    say(connection, "%s", peer->script.says_instead);
    peer->script.says_instead = NULL;
    return false;
  }
  for (int i = 0; i < given; i++)
    if (!give_mail(connection, g_ascii_strtoll(uids[i], NULL, 10), is_header, most, &is_refused)) return false;
  say(connection, is_refused ? "%s NO [SERVERBUG] It cannot be read\r\n" : "%s OK Done\r\n", tag);
  return true;
}

static int change_mails(Peer *peer, const char *set, void (*change)(PeerMail *mail)) {
  g_autofree char *only = g_strndup(set, strcspn(set, " "));
  g_auto(GStrv) uids = g_strsplit(only, ",", -1);
  int count = 0;
  for (char **uid = uids; *uid; uid++) {
    PeerMail *mail = mail_of(peer, g_ascii_strtoll(*uid, NULL, 10));
    if (mail) change(mail), count++;
  }
  return count;
}
static void make_seen(PeerMail *mail) { mail->is_seen = true; }
static void make_deleted(PeerMail *mail) { mail->is_deleted = true; }
static void make_gone(PeerMail *mail) { mail->is_gone = true; }
static void expunge(PeerMail *mail) { mail->is_gone = mail->is_deleted; }

static void store(Connection *connection, const char *tag, const char *rest) {
  Peer *peer = connection->peer;
  bool is_seen = strstr(rest, "\\Seen") != NULL;
  if (is_seen && peer->script.at_store) {
    g_autofree char *set = g_strndup(rest, strcspn(rest, " "));
    g_auto(GStrv) uids = g_strsplit(set, ",", -1);
    peer->script.at_store(peer->script.store_data, (int)g_strv_length(uids));
  }
  change_mails(peer, rest, is_seen ? make_seen : make_deleted);
  say(connection, "%s OK Done\r\n", tag);
}

static void move(Connection *connection, const char *tag, const char *rest, bool is_copy) {
  Peer *peer = connection->peer;
  if (!peer->script.has_target) {
    say(connection, "%s NO [TRYCREATE] There is no such folder\r\n", tag);
    return;
  }
  if (!is_copy) change_mails(peer, rest, make_gone);
  say(connection, "%s OK Done\r\n", tag);
}

static void open_folder(Connection *connection, const char *tag) {
  Peer *peer = connection->peer;
  connection->told = present(peer);
  say(connection, "* FLAGS (\\Seen \\Deleted)\r\n* %u EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY %" G_GINT64_FORMAT "] fine\r\n",
      connection->told, peer->uid_validity);
  if (!peer->script.forgets_uid_next) say(connection, "* OK [UIDNEXT %" G_GINT64_FORMAT "] fine\r\n", peer->next_uid);
  say(connection, "%s OK [READ-WRITE] Opened\r\n", tag);
}

static const char *after(const char *line, const char *prefix) {
  return g_ascii_strncasecmp(line, prefix, strlen(prefix)) == 0 ? line + strlen(prefix) : NULL;
}

// Answers a command; false to hang up. The lock is held.
static bool answer(Connection *connection, const char *tag, const char *command) {
  Peer *peer = connection->peer;
  const char *rest;
  if (after(command, "CAPABILITY"))
    say(connection, "* CAPABILITY %s\r\n%s OK Done\r\n",
        peer->script.capabilities ? peer->script.capabilities : "IMAP4rev1 IDLE UIDPLUS MOVE", tag);
  else if ((rest = after(command, "LOGIN ")))
    say(connection, strstr(rest, "secret") ? "%s OK Welcome\r\n" : "%s NO [AUTHENTICATIONFAILED] Wrong name or password\r\n",
        tag);
  else if (after(command, "SELECT ") || after(command, "EXAMINE "))
    open_folder(connection, tag);
  else if ((rest = after(command, "UID FETCH ")) && strstr(rest, ":*")) {
    list_mails(connection, g_ascii_strtoll(rest, NULL, 10), strstr(rest, "FLAGS") != NULL);
    say(connection, "%s OK Done\r\n", tag);
  } else if ((rest = after(command, "UID FETCH ")))
    return give_mails(connection, tag, rest);
  else if ((rest = after(command, "UID STORE ")))
    store(connection, tag, rest);
  else if ((rest = after(command, "UID MOVE ")))
    move(connection, tag, rest, false);
  else if ((rest = after(command, "UID COPY ")))
    move(connection, tag, rest, true);
  else if ((rest = after(command, "UID EXPUNGE "))) {
    change_mails(peer, rest, expunge);
    say(connection, "%s OK Done\r\n", tag);
  } else if (after(command, "CREATE ")) {
    peer->script.has_target = true;
    say(connection, "%s OK Done\r\n", tag);
  } else if (after(command, "NOOP")) {
    tell_news(connection);
    say(connection, "%s OK Done\r\n", tag);
  } else
    say(connection, "%s BAD What?\r\n", tag);
  return !after(command, "LOGOUT");
}

// ——— connections

static bool idle(Connection *connection, const char *tag) {
  Peer *peer = connection->peer;
  char line[1000];
  say(connection, "+ idling\r\n");
  tell_news(connection);
  fflush(connection->out);
  peer->idling++;
  g_cond_broadcast(&peer->changed);
  g_mutex_unlock(&peer->lock);
  bool is_over = fgets(line, sizeof line, connection->in) != NULL;
  g_mutex_lock(&peer->lock);
  peer->idling--;
  if (is_over) say(connection, "%s OK Idled\r\n", tag);
  return is_over;
}

static bool serve_command(Connection *connection, char *line) {
  Peer *peer = connection->peer;
  g_strchomp(line);
  const char *space = strchr(line, ' ');
  if (!space) return false;
  g_autofree char *tag = g_strndup(line, (size_t)(space - line));
  g_string_append_printf(peer->heard, "%s\n", space + 1);
  peer->commands++;
  g_cond_broadcast(&peer->changed);
  if (peer->commands == peer->script.drops_at) return false;
  return after(space + 1, "IDLE") ? idle(connection, tag) : answer(connection, tag, space + 1);
}

static gpointer serve_client(gpointer data) {
  Connection *connection = data;
  Peer *peer = connection->peer;
  g_autofree char *line = g_malloc(200000);
  connection->in = fdopen(dup(connection->socket), "r");
  connection->out = fdopen(dup(connection->socket), "w");
  g_mutex_lock(&peer->lock);
  if (!peer->script.is_silent) say(connection, "* OK Peer ready\r\n");
  for (bool goes_on = true; goes_on && !peer->is_stopping;) {
    fflush(connection->out);
    g_cond_broadcast(&peer->changed);
    g_mutex_unlock(&peer->lock);
    bool has_line = fgets(line, 200000, connection->in) != NULL;
    g_mutex_lock(&peer->lock);
    goes_on = has_line && serve_command(connection, line);
  }
  fflush(connection->out);
  for (guint i = 0; i < peer->sockets->len; i++)
    if (g_array_index(peer->sockets, int, i) == connection->socket) g_array_remove_index_fast(peer->sockets, i--);
  g_cond_broadcast(&peer->changed);
  g_mutex_unlock(&peer->lock);
  fclose(connection->in);
  fclose(connection->out);
  shutdown(connection->socket, SHUT_RDWR);
  close(connection->socket);
  g_free(connection);
  return NULL;
}

static gpointer serve(gpointer data) {
  Peer *peer = data;
  for (int client; (client = accept(peer->listener, NULL, NULL)) >= 0;) {
    Connection *connection = g_new0(Connection, 1);
    *connection = (Connection){.peer = peer, .socket = client};
    g_mutex_lock(&peer->lock);
    g_array_append_val(peer->sockets, client);
    g_ptr_array_add(peer->connections, g_thread_new("peer client", serve_client, connection));
    g_mutex_unlock(&peer->lock);
  }
  return NULL;
}

Peer *peer_start(PeerScript script) {
  Peer *peer = g_new0(Peer, 1);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  peer->script = script;
  peer->mails = g_ptr_array_new_with_free_func(g_free);
  peer->connections = g_ptr_array_new();
  peer->sockets = g_array_new(false, false, sizeof(int));
  peer->heard = g_string_new(NULL);
  peer->next_uid = 1;
  peer->uid_validity = 7;
  peer->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint(bind(peer->listener, (struct sockaddr *)&address, size), ==, 0);
  g_assert_cmpint(listen(peer->listener, 64), ==, 0);
  g_assert_cmpint(getsockname(peer->listener, (struct sockaddr *)&address, &size), ==, 0);
  peer->port = ntohs(address.sin_port);
  peer->thread = g_thread_new("peer", serve, peer);
  return peer;
}

void peer_hang_up(Peer *peer) {
  g_mutex_lock(&peer->lock);
  for (guint i = 0; i < peer->sockets->len; i++) shutdown(g_array_index(peer->sockets, int, i), SHUT_RDWR);
  g_mutex_unlock(&peer->lock);
}

void peer_stop(Peer *peer) {
  if (!peer) return;
  shutdown(peer->listener, SHUT_RDWR);
  g_thread_join(peer->thread);
  g_mutex_lock(&peer->lock);
  peer->is_stopping = true;
  g_mutex_unlock(&peer->lock);
  peer_hang_up(peer);
  for (guint i = 0; i < peer->connections->len; i++) g_thread_join(g_ptr_array_index(peer->connections, i));
  close(peer->listener);
  g_ptr_array_unref(peer->connections);
  g_ptr_array_unref(peer->mails);
  g_array_unref(peer->sockets);
  g_string_free(peer->heard, true);
  g_free(peer);
}

// ——— for tests

const char *peer_url(Arena *arena, const Peer *peer) { return arena_printf(arena, "imap://127.0.0.1:%d", peer->port); }

int64_t peer_add(Peer *peer, const char *text) {
  g_mutex_lock(&peer->lock);
  PeerMail *mail = g_new0(PeerMail, 1);
  *mail = (PeerMail){.uid = peer->next_uid++, .text = text};
  g_ptr_array_add(peer->mails, mail);
  for (guint i = 0; peer->idling > 0 && i < peer->sockets->len; i++) {
    g_autofree char *news = g_strdup_printf("* %u EXISTS\r\n", present(peer));
    g_assert_cmpint(send(g_array_index(peer->sockets, int, i), news, strlen(news), MSG_NOSIGNAL), >, 0);
  }
  int64_t uid = mail->uid;
  g_mutex_unlock(&peer->lock);
  return uid;
}

void peer_change(Peer *peer, int64_t uid, const char *arrived, bool is_seen) {
  g_mutex_lock(&peer->lock);
  PeerMail *mail = mail_of(peer, uid);
  mail->arrived = arrived;
  mail->is_seen = is_seen;
  g_mutex_unlock(&peer->lock);
}

void peer_renumber(Peer *peer) {
  g_mutex_lock(&peer->lock);
  peer->uid_validity++;
  peer->next_uid = 101;
  for (guint i = 0; i < peer->mails->len; i++) ((PeerMail *)g_ptr_array_index(peer->mails, i))->uid = peer->next_uid++;
  g_mutex_unlock(&peer->lock);
  peer_hang_up(peer);
}

void peer_script(Peer *peer, PeerScript script) {
  g_mutex_lock(&peer->lock);
  peer->script = script;
  g_mutex_unlock(&peer->lock);
}

typedef int Count(Peer *peer);

static int idle_count(Peer *peer) { return peer->idling; }
static int command_count(Peer *peer) { return peer->commands; }
static int seen_count(Peer *peer) {
  int count = 0;
  for (guint i = 0; i < peer->mails->len; i++) count += ((PeerMail *)g_ptr_array_index(peer->mails, i))->is_seen;
  return count;
}
static int gone_count(Peer *peer) { return (int)(peer->mails->len - present(peer)); }

static void await_count(Peer *peer, Count *count, int least) {
  gint64 deadline = g_get_monotonic_time() + 30 * CLOCK_SECOND;
  g_mutex_lock(&peer->lock);
  while (count(peer) < least) g_assert_true(g_cond_wait_until(&peer->changed, &peer->lock, deadline));
  g_mutex_unlock(&peer->lock);
}

void peer_await_idle(Peer *peer) { await_count(peer, idle_count, 1); }
void peer_await_seen(Peer *peer, int count) { await_count(peer, seen_count, count); }
void peer_await_gone(Peer *peer, int count) { await_count(peer, gone_count, count); }
void peer_await_commands(Peer *peer, int count) { await_count(peer, command_count, count); }

static int read_count(Peer *peer, Count *count) {
  g_mutex_lock(&peer->lock);
  int found = count(peer);
  g_mutex_unlock(&peer->lock);
  return found;
}

int peer_commands(Peer *peer) { return read_count(peer, command_count); }
int peer_seen(Peer *peer) { return read_count(peer, seen_count); }

int peer_most_asked(Peer *peer) {
  g_mutex_lock(&peer->lock);
  int most = peer->most_asked;
  g_mutex_unlock(&peer->lock);
  return most;
}

bool peer_heard(Peer *peer, const char *words) {
  g_mutex_lock(&peer->lock);
  bool has_heard = strstr(peer->heard->str, words) != NULL;
  g_mutex_unlock(&peer->lock);
  return has_heard;
}
