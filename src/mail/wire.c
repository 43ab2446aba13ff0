// A table says for each struct of mail.h which fields it has and of what kind; writer and reader walk the same table, so a field
// is named once. Texts travel with their length and a NUL behind them, so that the reader can leave them where they are.
//
// Whoever adds a field to a struct of mail.h adds its row here; the sizes asserted at the end of the tables remind of it.
#include "mail/wire.h"

#include "base/text.h"

#define ABSENT UINT32_MAX                                  // the length of a text that is NULL
#define LATEST_MOMENT (INT64_C(4102444800) * CLOCK_SECOND) // 2100

typedef enum FieldKind {
  FIELD_LINE,         // no control characters; never NULL
  FIELD_LINE_OR_NULL, //
  FIELD_TEXT,         // several lines; never NULL
  FIELD_TEXT_OR_NULL,
  FIELD_FILE_NAME,  // a line without a path, never empty
  FIELD_MEDIA_TYPE, // "image/png"
  FIELD_MOMENT,     // 0, or from 1970 to 2100
  FIELD_BOOL,
  FIELD_ENUM,
  FIELD_BYTES,
  FIELD_STRUCT,
  FIELD_POINTER, // to one struct, or NULL
  FIELD_LIST,    // of structs
  FIELD_LINES,   // a TextList
} FieldKind;

typedef struct Shape Shape;

typedef struct Field {
  FieldKind kind;
  size_t offset;
  const Shape *shape; // of the struct, or of the list's entries
  unsigned last;      // the highest value of an enum
} Field;

struct Shape {
  size_t size; // of the C struct
  const Field *fields;
  size_t count;
};

#define FIELD(Type, name, kind, ...)                                                                                             \
  { FIELD_##kind, offsetof(Type, name), ##__VA_ARGS__ }
#define SHAPE(Type, fields)                                                                                                      \
  { sizeof(Type), fields, G_N_ELEMENTS(fields) }

static const Field address_fields[] = {FIELD(MailAddress, name, LINE), FIELD(MailAddress, address, LINE)};
static const Shape address_shape = SHAPE(MailAddress, address_fields);

static const Field authentication_fields[] = {FIELD(MailAuthentication, server, LINE), FIELD(MailAuthentication, spf, LINE),
                                              FIELD(MailAuthentication, dkim, LINE), FIELD(MailAuthentication, dmarc, LINE)};
static const Shape authentication_shape = SHAPE(MailAuthentication, authentication_fields);

static const Field protection_fields[] = {FIELD(MailProtection, kind, ENUM, NULL, MAIL_PGP_ENCRYPTED),
                                          FIELD(MailProtection, state, ENUM, NULL, MAIL_BAD), FIELD(MailProtection, signer, LINE),
                                          FIELD(MailProtection, reason, LINE)};
static const Shape protection_shape = SHAPE(MailProtection, protection_fields);

static const Field invite_fields[] = {
  FIELD(MailInvite, method, LINE),     FIELD(MailInvite, summary, LINE),     FIELD(MailInvite, place, LINE),
  FIELD(MailInvite, organiser, LINE),  FIELD(MailInvite, starts_at, MOMENT), FIELD(MailInvite, ends_at, MOMENT),
  FIELD(MailInvite, is_all_day, BOOL),
};
static const Shape invite_shape = SHAPE(MailInvite, invite_fields);

static const Field forward_fields[] = {FIELD(MailForward, from, STRUCT, &address_shape), FIELD(MailForward, subject, LINE),
                                       FIELD(MailForward, text, TEXT), FIELD(MailForward, message_id, LINE_OR_NULL)};
static const Shape forward_shape = SHAPE(MailForward, forward_fields);

static const Field attachment_fields[] = {FIELD(MailAttachment, name, FILE_NAME), FIELD(MailAttachment, type, MEDIA_TYPE),
                                          FIELD(MailAttachment, content_id, LINE_OR_NULL), FIELD(MailAttachment, is_inline, BOOL),
                                          FIELD(MailAttachment, bytes, BYTES)};
static const Shape attachment_shape = SHAPE(MailAttachment, attachment_fields);

static const Field mail_fields[] = {
  FIELD(Mail, from, STRUCT, &address_shape),
  FIELD(Mail, reply_to, LIST, &address_shape),
  FIELD(Mail, to, LIST, &address_shape),
  FIELD(Mail, cc, LIST, &address_shape),
  FIELD(Mail, subject, LINE),
  FIELD(Mail, claimed_at, MOMENT),
  FIELD(Mail, traced_at, MOMENT),
  FIELD(Mail, message_id, LINE_OR_NULL),
  FIELD(Mail, references, LINES),
  FIELD(Mail, kind, ENUM, NULL, MAIL_LIST),
  FIELD(Mail, kind_reason, LINE_OR_NULL),
  FIELD(Mail, return_path, LINE_OR_NULL),
  FIELD(Mail, delivered_to, LINES),
  FIELD(Mail, loop_mark, LINE_OR_NULL),
  FIELD(Mail, bounced_id, LINE_OR_NULL),
  FIELD(Mail, undeliverable, LINES),
  FIELD(Mail, text, TEXT),
  FIELD(Mail, reply, TEXT),
  FIELD(Mail, quoted, TEXT),
  FIELD(Mail, html, TEXT_OR_NULL),
  FIELD(Mail, attachments, LIST, &attachment_shape),
  FIELD(Mail, signature, TEXT),
  FIELD(Mail, original_from, STRUCT, &address_shape),
  FIELD(Mail, authentication, LIST, &authentication_shape),
  FIELD(Mail, protection, STRUCT, &protection_shape),
  FIELD(Mail, invite, POINTER, &invite_shape),
  FIELD(Mail, forward, POINTER, &forward_shape),
  FIELD(Mail, machine_topic, LINE_OR_NULL),
  FIELD(Mail, problems, LINES),
};
static const Shape mail_shape = SHAPE(Mail, mail_fields);

#if defined(__x86_64__) || defined(__aarch64__)
_Static_assert(sizeof(MailAddress) == 16 && sizeof(MailAuthentication) == 32 && sizeof(MailProtection) == 24 &&
                 sizeof(MailInvite) == 56 && sizeof(MailForward) == 40 && sizeof(MailAttachment) == 48 && sizeof(Mail) == 408,
               "a struct of mail.h has changed: give the new field a row in the tables above");
#endif

// Every list that LIST_DEFINE makes begins like this.
typedef struct AnyList {
  void *items;
  size_t count, room;
} AnyList;

// ——— writing

static void put(GByteArray *out, const void *data, size_t size) {
  if (size) g_byte_array_append(out, data, (guint)size);
}

static void put_text(GByteArray *out, const char *text) {
  uint32_t length = text ? (uint32_t)strlen(text) : ABSENT;
  put(out, &length, sizeof length);
  if (text) put(out, text, (size_t)length + 1);
}

static void put_struct(GByteArray *out, const Shape *shape, const void *object);

static void put_list(GByteArray *out, const Shape *shape, const void *at) {
  AnyList list;
  memcpy(&list, at, sizeof list);
  uint32_t count = (uint32_t)MIN(list.count, WIRE_LIST_MOST);
  put(out, &count, sizeof count);
  for (uint32_t i = 0; i < count; i++) put_struct(out, shape, (const char *)list.items + i * shape->size);
}

static void put_lines(GByteArray *out, const TextList *list) {
  uint32_t count = (uint32_t)MIN(list->count, WIRE_LIST_MOST);
  put(out, &count, sizeof count);
  for (uint32_t i = 0; i < count; i++) put_text(out, list->items[i]);
}

static void put_field(GByteArray *out, const Field *field, const void *at) {
  switch (field->kind) {
  case FIELD_MOMENT: put(out, at, sizeof(int64_t)); return;
  case FIELD_BOOL: put(out, at, sizeof(bool)); return;
  case FIELD_ENUM: put(out, at, sizeof(unsigned)); return;
  case FIELD_STRUCT: put_struct(out, field->shape, at); return;
  case FIELD_LIST: put_list(out, field->shape, at); return;
  case FIELD_LINES: put_lines(out, at); return;
  case FIELD_BYTES: {
    const Bytes *bytes = at;
    uint64_t size = bytes->size;
    put(out, &size, sizeof size);
    put(out, bytes->data, bytes->size);
    return;
  }
  case FIELD_POINTER: {
    const void *object = *(const void *const *)at;
    unsigned char is_there = object != NULL;
    put(out, &is_there, 1);
    if (object) put_struct(out, field->shape, object);
    return;
  }
  case FIELD_LINE:
  case FIELD_LINE_OR_NULL:
  case FIELD_TEXT:
  case FIELD_TEXT_OR_NULL:
  case FIELD_FILE_NAME:
  case FIELD_MEDIA_TYPE: put_text(out, *(const char *const *)at); return;
  }
}

static void put_struct(GByteArray *out, const Shape *shape, const void *object) {
  for (size_t i = 0; i < shape->count; i++) put_field(out, &shape->fields[i], (const char *)object + shape->fields[i].offset);
}

void wire_write(GByteArray *out, const Mail *mail) { put_struct(out, &mail_shape, mail); }

// ——— reading

typedef struct Reader {
  Arena *arena;
  const char *at, *end;
  bool is_broken; // from then on everything reads as absent
} Reader;

static size_t left(const Reader *reader) { return (size_t)(reader->end - reader->at); }

static const char *get(Reader *reader, size_t size) {
  if (reader->is_broken || size > left(reader)) {
    reader->is_broken = true;
    return NULL;
  }
  const char *at = reader->at;
  reader->at += size;
  return at;
}

static uint64_t get_number(Reader *reader, size_t size) { // of 1, 4 or 8 bytes, in this machine's order
  const char *at = get(reader, size);
  uint64_t wide = 0;
  uint32_t narrow = 0;
  if (!at) return 0;
  if (size == sizeof wide) return memcpy(&wide, at, size), wide;
  if (size == sizeof narrow) return memcpy(&narrow, at, size), narrow;
  return (unsigned char)*at;
}

// Valid UTF-8 without NUL inside, in place; NULL when absent.
static const char *get_text(Reader *reader) {
  uint32_t length = (uint32_t)get_number(reader, sizeof length);
  if (reader->is_broken || length == ABSENT) return NULL;
  const char *text = get(reader, (size_t)length + 1);
  if (!text) return NULL;
  if (text[length] == '\0' && g_utf8_validate_len(text, length, NULL)) return text;
  reader->is_broken = true;
  return NULL;
}

static bool has_controls(const char *text, bool may_have_lines) {
  for (const unsigned char *at = (const unsigned char *)text; *at; at++)
    if ((*at < ' ' && !(may_have_lines && (*at == '\n' || *at == '\t'))) || *at == 0x7F) return true;
  return false;
}

static const char *get_line(Reader *reader) {
  const char *text = get_text(reader);
  return text && has_controls(text, false) ? text_one_line(reader->arena, text) : text;
}

static const char *get_lines_of_text(Reader *reader) {
  const char *text = get_text(reader);
  return text && has_controls(text, true) ? text_make_valid(reader->arena, bytes_of_text(text)) : text;
}

static const char *get_file_name(Reader *reader) {
  const char *name = get_line(reader);
  return name && *name && !strchr(name, '/') ? name : "attachment";
}

static const char *get_media_type(Reader *reader) {
  const char *type = get_line(reader), *at = type ? type : "";
  int slashes = 0;
  while (g_ascii_isalnum(*at) || (*at && strchr("-+._!#$&^'*`~/", *at))) slashes += *at++ == '/';
  bool is_type = type && *at == '\0' && slashes == 1 && *type != '/' && type[strlen(type) - 1] != '/';
  return is_type ? type : "application/octet-stream";
}

static void get_struct(Reader *reader, const Shape *shape, void *object);

static uint32_t get_count(Reader *reader) {
  uint32_t count = (uint32_t)get_number(reader, sizeof count);
  if (count > WIRE_LIST_MOST || count > left(reader) / 4) reader->is_broken = true; // the least that an entry takes
  return reader->is_broken ? 0 : count;
}

static void get_list(Reader *reader, const Shape *shape, void *at) {
  AnyList list = {.count = get_count(reader)};
  list.room = list.count;
  if (list.count) list.items = arena_alloc_array(reader->arena, list.count, shape->size);
  for (size_t i = 0; i < list.count && !reader->is_broken; i++) get_struct(reader, shape, (char *)list.items + i * shape->size);
  memcpy(at, &list, sizeof list);
}

static void get_lines(Reader *reader, TextList *out) {
  uint32_t count = get_count(reader);
  for (uint32_t i = 0; i < count; i++) {
    const char *line = get_line(reader);
    if (line) *list_add(reader->arena, out) = line;
  }
}

static void set_text(void *at, const char *text, const char *otherwise) {
  const char *value = text ? text : otherwise;
  memcpy(at, &value, sizeof value);
}

static void get_moment(Reader *reader, int64_t *out) {
  int64_t moment = (int64_t)get_number(reader, sizeof moment);
  *out = moment > 0 && moment < LATEST_MOMENT ? moment : 0;
}

static void get_bytes(Reader *reader, Bytes *out) {
  uint64_t size = get_number(reader, sizeof size);
  const char *data = get(reader, size);
  *out = bytes_of(data, data ? size : 0);
}

static void get_field(Reader *reader, const Field *field, void *at) {
  switch (field->kind) {
  case FIELD_LINE: set_text(at, get_line(reader), ""); return;
  case FIELD_LINE_OR_NULL: set_text(at, get_line(reader), NULL); return;
  case FIELD_TEXT: set_text(at, get_lines_of_text(reader), ""); return;
  case FIELD_TEXT_OR_NULL: set_text(at, get_lines_of_text(reader), NULL); return;
  case FIELD_FILE_NAME: set_text(at, get_file_name(reader), NULL); return;
  case FIELD_MEDIA_TYPE: set_text(at, get_media_type(reader), NULL); return;
  case FIELD_MOMENT: get_moment(reader, at); return;
  case FIELD_BOOL: *(bool *)at = get_number(reader, 1) != 0; return;
  case FIELD_BYTES: get_bytes(reader, at); return;
  case FIELD_STRUCT: get_struct(reader, field->shape, at); return;
  case FIELD_LIST: get_list(reader, field->shape, at); return;
  case FIELD_LINES: get_lines(reader, at); return;
  case FIELD_ENUM: {
    unsigned value = (unsigned)get_number(reader, sizeof value);
    if (value > field->last) reader->is_broken = true;
    *(unsigned *)at = reader->is_broken ? 0 : value;
    return;
  }
  case FIELD_POINTER: {
    void *object = get_number(reader, 1) ? arena_alloc(reader->arena, field->shape->size) : NULL;
    if (object) get_struct(reader, field->shape, object);
    memcpy(at, &object, sizeof object);
    return;
  }
  }
}

static void get_struct(Reader *reader, const Shape *shape, void *object) {
  for (size_t i = 0; i < shape->count; i++) get_field(reader, &shape->fields[i], (char *)object + shape->fields[i].offset);
}

bool wire_read(Arena *arena, Bytes bytes, Mail **out) {
  Reader reader = {arena, bytes.data, (const char *)bytes.data + bytes.size, false};
  Mail *mail = arena_make(arena, Mail);
  get_struct(&reader, &mail_shape, mail);
  if (reader.is_broken || reader.at != reader.end) return false;
  *out = mail;
  return true;
}
