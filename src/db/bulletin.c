// The bulletin: LISTEN and NOTIFY on one connection. On SQLite, which one process serves, there is nobody to tell, and it only sleeps
// until it is woken. While the server is away nothing is said or heard; it is tried again at most once a second.
#include "db/postgres.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define PAUSE CLOCK_SECOND // between tries to reach a server

struct DbBulletin {
  char *where, *channel;
  bool is_shared;
  int wake; // eventfd
  int64_t next_try;
  PGconn *connection; // NULL: no server, or it is away
};

static void reach(DbBulletin *bulletin) {
  int64_t now = g_get_monotonic_time();
  if (!bulletin->is_shared || bulletin->connection || now < bulletin->next_try) return;
  bulletin->next_try = now + PAUSE;
  g_autoptr(PGconn) connection = postgres_connect(bulletin->where, POSTGRES_PATIENCE, NULL);
  if (!connection) return;
  g_autofree char *listen = g_strdup_printf("LISTEN %s", bulletin->channel);
  g_autoptr(PGresult) result = PQexec(connection, listen);
  if (PQresultStatus(result) == PGRES_COMMAND_OK) bulletin->connection = g_steal_pointer(&connection);
}

static void drop(DbBulletin *bulletin) {
  if (bulletin->connection) PQfinish(g_steal_pointer(&bulletin->connection));
}

DbBulletin *db_bulletin_open(const char *where, const char *channel, GError **error) {
  int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake < 0) {
    error_set(error, ERROR_UNAVAILABLE, "No further file can be opened: %s.", g_strerror(errno));
    return NULL;
  }
  DbBulletin *bulletin = g_new0(DbBulletin, 1);
  *bulletin = (DbBulletin){.where = g_strdup(where), .channel = g_strdup(channel), .wake = wake};
  bulletin->is_shared = g_str_has_prefix(where, "postgres://") || g_str_has_prefix(where, "postgresql://");
  reach(bulletin);
  return bulletin;
}

bool db_bulletin_is_shared(const DbBulletin *bulletin) { return bulletin->is_shared; }

void db_bulletin_say(DbBulletin *bulletin, const char *text) {
  reach(bulletin);
  if (!bulletin->connection) return;
  const char *values[] = {bulletin->channel, text};
  g_autoptr(PGresult) result = PQexecParams(bulletin->connection, "SELECT pg_notify($1, $2)", 2, NULL, values, NULL, NULL, 0);
  if (PQresultStatus(result) != PGRES_TUPLES_OK && PQstatus(bulletin->connection) != CONNECTION_OK) drop(bulletin);
}

// What others said; our own words come back too and are no news.
static char *heard(DbBulletin *bulletin) {
  reach(bulletin);
  if (!bulletin->connection) return NULL;
  if (!PQconsumeInput(bulletin->connection)) {
    drop(bulletin);
    return NULL;
  }
  char *text = NULL;
  for (PGnotify *note; !text && (note = PQnotifies(bulletin->connection)); PQfreemem(note))
    if (note->be_pid != PQbackendPID(bulletin->connection)) text = g_strdup(note->extra);
  return text;
}

char *db_bulletin_wait(DbBulletin *bulletin, int64_t patience) {
  int64_t end = g_get_monotonic_time() + CLAMP(patience, 0, CLOCK_DAY);
  for (;;) {
    char *text = heard(bulletin);
    int64_t left = end - g_get_monotonic_time();
    if (text || left <= 0) return text;
    bool is_away = bulletin->is_shared && !bulletin->connection;
    if (is_away) left = MIN(left, PAUSE);
    struct pollfd ends[] = {{.fd = bulletin->wake, .events = POLLIN},
                            {.fd = bulletin->connection ? PQsocket(bulletin->connection) : -1, .events = POLLIN}};
    struct timespec rest = {.tv_sec = left / CLOCK_SECOND, .tv_nsec = left % CLOCK_SECOND * 1000};
    ppoll(ends, G_N_ELEMENTS(ends), &rest, NULL);
    uint64_t wakes;
    if (read(bulletin->wake, &wakes, sizeof wakes) == sizeof wakes) return heard(bulletin);
  }
}

void db_bulletin_wake(DbBulletin *bulletin) {
  uint64_t one = 1;
  ssize_t written = write(bulletin->wake, &one, sizeof one); // fails only when it is full of wakes already
  (void)written;
}

void db_bulletin_close(DbBulletin *bulletin) {
  if (!bulletin) return;
  drop(bulletin);
  close(bulletin->wake);
  g_free(bulletin->where);
  g_free(bulletin->channel);
  g_free(bulletin);
}
