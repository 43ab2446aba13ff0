// PostgreSQL's binary formats of the types we use: big-endian integers and floats, text and bytes as they are.
#include "db/postgres.h"

static const WireType types[] = {
  {20, WIRE_INT, 8, "bigint"},
  {23, WIRE_INT, 4, "integer"},
  {21, WIRE_INT, 2, "smallint"},
  {16, WIRE_INT, 1, "boolean"},
  {701, WIRE_REAL, 8, "double precision"},
  {700, WIRE_REAL, 4, "real"},
  {25, WIRE_TEXT, 0, "text"},
  {1043, WIRE_TEXT, 0, "varchar"},
  {1042, WIRE_TEXT, 0, "char"},
  {19, WIRE_TEXT, 0, "name"},
  {17, WIRE_BYTES, 0, "bytea"},
  {2278, WIRE_NOTHING, 0, "void"},
};
static const WireType numeric = {1700, WIRE_REFUSED, 0, "numeric"};
static const WireType unknown = {0, WIRE_REFUSED, 0, "another type"};

const WireType *wire_type(Oid oid) {
  for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
    if (types[i].oid == oid) return &types[i];
  }
  return oid == numeric.oid ? &numeric : &unknown;
}

Oid wire_oid_of(DbType type) {
  switch (type) {
  case DB_INT: return 20;
  case DB_REAL: return 701;
  case DB_TEXT: return 25;
  case DB_BYTES: return 17;
  case DB_BOOL: return 0;
  }
  return 0;
}

void wire_put_int(unsigned char *out, int size, int64_t value) {
  uint64_t bits = (uint64_t)value;
  for (int i = size - 1; i >= 0; i--, bits >>= 8) out[i] = (unsigned char)(bits & 0xff);
}

int64_t wire_get_int(const unsigned char *bytes, int size) {
  uint64_t bits = size > 1 && bytes[0] & 0x80 ? UINT64_MAX : 0; // a boolean has no sign
  for (int i = 0; i < size; i++) bits = bits << 8 | bytes[i];
  return (int64_t)bits;
}

void wire_put_real(unsigned char *out, int size, double value) {
  if (size == 4) {
    float narrow = (float)value;
    uint32_t bits;
    memcpy(&bits, &narrow, sizeof bits);
    wire_put_int(out, 4, bits);
  } else {
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    wire_put_int(out, 8, bits);
  }
}

double wire_get_real(const unsigned char *bytes, int size) {
  if (size == 4) {
    uint32_t bits = (uint32_t)wire_get_int(bytes, 4);
    float narrow;
    memcpy(&narrow, &bits, sizeof narrow);
    return narrow;
  }
  int64_t bits = wire_get_int(bytes, 8);
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}
