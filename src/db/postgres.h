// What the PostgreSQL parts of this folder share.
#pragma once

#include "db/driver.h"

#include <libpq-fe.h>

extern const DbDriver postgres_driver;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PGresult, PQclear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PGconn, PQfinish)

// A connection set up as we want it; NULL with ERROR_UNAVAILABLE, or ERROR_INVALID for a database we cannot use.
PGconn *postgres_connect(const char *address, int64_t patience, GError **error);
#define POSTGRES_PATIENCE (5 * CLOCK_SECOND)
char *postgres_patience_script(int64_t span); // to be freed
// Writes a warning of the server to the log; what a new connection does with them.
void postgres_log_notice(const PGresult *notice);
// Says why `connection` failed without a result (or with the result NULL); always false.
bool postgres_lost(PGconn *connection, RapportError code, GError **error);
// Turns a failed result into an error of ours; always false. `what` was being done.
bool postgres_fail(const PGresult *result, const char *what, GError **error);
// True when the result says that the server ended the connection before the statement did anything.
bool postgres_was_shut(const PGresult *result);

// How values of a type travel: integers of 8, 4, 2 or 1 bytes, floats of 8 or 4, runs of bytes.
typedef enum WireKind { WIRE_REFUSED, WIRE_INT, WIRE_REAL, WIRE_TEXT, WIRE_BYTES, WIRE_NOTHING } WireKind;

typedef struct WireType {
  Oid oid;
  WireKind kind;
  int size; // 0: any
  const char *name;
} WireType;

const WireType *wire_type(Oid oid); // kind WIRE_REFUSED for those we do not read
Oid wire_oid_of(DbType type);       // what a parameter is declared as; 0 leaves it to the server
void wire_put_int(unsigned char *out, int size, int64_t value);
void wire_put_real(unsigned char *out, int size, double value);
int64_t wire_get_int(const unsigned char *bytes, int size);
double wire_get_real(const unsigned char *bytes, int size);
