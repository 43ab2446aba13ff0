// Connecting to PostgreSQL, and its errors in our words. A connection that works here is UTF-8, on UTC, and waits for locks
// as long as the SQLite driver does. What the address itself says wins over what we ask for.
#include "db/postgres.h"

#include "base/log.h"

// The primary message holds no data of customers (the detail may).
void postgres_log_notice(const PGresult *result) {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  log_warning("postgres", "%s: %s", state ? state : "?", words ? words : "?");
}

static void log_notice(void *unused, const PGresult *notice) { postgres_log_notice(notice); }

// For PostgreSQL 0 means to wait for ever.
char *postgres_patience_script(int64_t span) {
  return g_strdup_printf("SET lock_timeout = '%dms'", (int)CLAMP(span / CLOCK_MILLISECOND, 1, G_MAXINT));
}

static bool set_up(PGconn *connection, int64_t patience, GError **error) {
  const char *encoding = PQparameterStatus(connection, "server_encoding");
  if (encoding && strcmp(encoding, "UTF8") != 0)
    return error_set(error, ERROR_INVALID, "The PostgreSQL database is in %s; make one with ENCODING 'UTF8'.", encoding);
  g_autofree char *waits = postgres_patience_script(patience);
  g_autofree char *script = g_strdup_printf(
    "SET client_min_messages = warning; SET timezone = 'UTC'; SET standard_conforming_strings = on; %s", waits);
  g_autoptr(PGresult) result = PQexec(connection, script);
  return PQresultStatus(result) == PGRES_COMMAND_OK || postgres_fail(result, "connect", error);
}

PGconn *postgres_connect(const char *address, int64_t patience, GError **error) {
  const char *const keys[] = {"connect_timeout",           "gssencmode",      "keepalives_idle", "tcp_user_timeout",
                              "fallback_application_name", "client_encoding", "dbname",          NULL};
  const char *const values[] = {"10", "disable", "30", "30000", "rapport", "UTF8", address, NULL};
  g_autoptr(PGconn) connection = PQconnectdbParams(keys, values, 1);
  if (PQstatus(connection) != CONNECTION_OK) {
    postgres_lost(connection, ERROR_UNAVAILABLE, error);
    return NULL;
  }
  PQsetNoticeReceiver(connection, log_notice, NULL);
  return set_up(connection, patience, error) ? g_steal_pointer(&connection) : NULL;
}

// libpq's message on one line.
static char *words_of(PGconn *connection) {
  g_autofree char *words = g_strdup(connection ? PQerrorMessage(connection) : "out of memory");
  return g_strdup(g_strstrip(g_strdelimit(words, "\r\n\t", ' ')));
}

bool postgres_lost(PGconn *connection, RapportError code, GError **error) {
  g_autofree char *words = words_of(connection);
  return error_set(error, code, "The PostgreSQL server cannot be reached; check its address and that it runs (%s).", words);
}

// The first beginning of SQLSTATE that fits says what it means.
static const struct {
  const char *state;
  RapportError code;
  const char *advice;
} meanings[] = {
  {"40001", ERROR_BUSY, "Another change was faster; try again"},
  {"40P01", ERROR_BUSY, "Another change was faster; try again"},
  {"55P03", ERROR_BUSY, "Another process is writing to the database; try again in a moment"},
  {"23", ERROR_CONFLICT, "The change does not fit what is in the database"},
  {"53", ERROR_UNAVAILABLE, "PostgreSQL has run out of disk, memory or connections; nothing was changed"},
  {"57P", ERROR_UNAVAILABLE, "The PostgreSQL server is stopping or starting; nothing was changed"},
  {"57014", ERROR_UNAVAILABLE, "PostgreSQL gave up the statement because it took too long"},
  {"58", ERROR_UNAVAILABLE, "PostgreSQL has trouble with its disk; look at its log"},
  {"08", ERROR_UNAVAILABLE, "The connection to PostgreSQL was lost"},
  {"25006", ERROR_UNAVAILABLE, "The PostgreSQL server is a read-only copy; use the address of the first one"},
  {"54", ERROR_INVALID, "A text or attachment is too large for the database"},
  {"22", ERROR_INVALID, "A value does not fit the database"},
  {"XX001", ERROR_BROKEN, "The PostgreSQL database is damaged; restore a backup"},
  {"XX002", ERROR_BROKEN, "The PostgreSQL database is damaged; rebuild its indexes or restore a backup"},
};

bool postgres_fail(const PGresult *result, const char *what, GError **error) {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (!state) state = "none";
  if (!words) words = PQresultErrorMessage(result);
  for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++) {
    if (g_str_has_prefix(state, meanings[i].state))
      return error_set(error, meanings[i].code, "%s (%s: %s).", meanings[i].advice, what, words);
  }
  return error_set(error, ERROR_BROKEN, "PostgreSQL refused a statement (%s: %s, %s).", what, words, state);
}

bool postgres_was_shut(const PGresult *result) {
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state && (strcmp(state, "57P01") == 0 || strcmp(state, "57P02") == 0 || strcmp(state, "57P05") == 0);
}
