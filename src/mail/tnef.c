// winmail.dat is a row of attributes, each with its size and a sum; some hold MAPI properties, each with its own size. All sizes come
// from a stranger, so everything is taken from a cursor that knows its end, and the first size that does not fit ends the reading: what
// was found until then is given out.
//
// This is not libytnef, the library that others use for it: that one prints its complaints to standard output, where `rapport parse`
// prints JSON, and gives a whole mail up when a subject, a file's name or a text is longer than it expects (100 bytes, 512 KB).
#include "mail/tnef.h"

#include "base/text.h"
#include "mail/charset.h"
#include "mail/rtf.h"

#define SIGNATURE 0x223E9F78u
#define ATTRIBUTES_MOST 5000
#define PROPERTIES_MOST 5000
#define FILES_MOST 500
#define DEEPEST 3 // mails in mails

enum {
  BODY = 0x0002800C,
  PROPERTIES = 0x00069003,
  CODE_PAGE = 0x00069007,
  FILE_BEGINS = 0x00069002,
  FILE_TITLE = 0x00018010,
  FILE_DATA = 0x0006800F,
  FILE_PROPERTIES = 0x00069005
};

enum {
  PR_BODY = 0x1000,
  PR_RTF = 0x1009,
  PR_HTML = 0x1013,
  PR_INTERNET_CODE_PAGE = 0x3FDE,
  PR_DISPLAY_NAME = 0x3001,
  PR_DATA = 0x3701,
  PR_SHORT_NAME = 0x3704,
  PR_LONG_NAME = 0x3707,
  PR_TYPE = 0x370E,
  PR_CONTENT_ID = 0x3712
};

enum { TYPE_STRING = 0x001E, TYPE_UNICODE = 0x001F, TYPE_BINARY = 0x0102, TYPE_OBJECT = 0x000D, TYPE_MANY = 0x1000 };

typedef struct Cursor {
  const unsigned char *at, *end;
  bool is_over; // something did not fit
} Cursor;

typedef struct Property {
  unsigned id, type;
  uint32_t number; // of a type of four bytes
  Bytes bytes;     // of the first value of a type of any length
} Property;

typedef struct Reader {
  Arena *arena;
  Tnef *out;
  TnefFile *file;    // being read; NULL before the first
  const char *label; // of texts of one byte a character
  const char *html_label;
  Bytes rtf;
  int depth;
} Reader;

static Cursor cursor_of(Bytes bytes) { return (Cursor){bytes.data, (const unsigned char *)bytes.data + bytes.size, false}; }

static const unsigned char *take(Cursor *cursor, size_t size) {
  static const unsigned char nothing[16];
  if ((size_t)(cursor->end - cursor->at) < size) {
    cursor->is_over = true;
    cursor->at = cursor->end;
    return size <= sizeof nothing ? nothing : NULL;
  }
  cursor->at += size;
  return cursor->at - size;
}

static uint32_t take_16(Cursor *cursor) {
  const unsigned char *at = take(cursor, 2);
  return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint32_t take_32(Cursor *cursor) {
  const unsigned char *at = take(cursor, 4);
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

// Up to the end when less is left.
static Bytes take_bytes(Cursor *cursor, size_t size) {
  size_t left = (size_t)(cursor->end - cursor->at);
  if (size > left) cursor->is_over = true;
  Bytes bytes = bytes_of(cursor->at, MIN(size, left));
  cursor->at += bytes.size;
  return bytes;
}

static void skip_padding(Cursor *cursor, size_t size) {
  if (size % 4 && (size_t)(cursor->end - cursor->at) >= 4 - size % 4) cursor->at += 4 - size % 4;
}

// ——— properties

static size_t fixed_size(unsigned type) {
  switch (type) {
  case 0x0001: return 0;
  case 0x0002: // stored in four bytes
  case 0x0003:
  case 0x0004:
  case 0x000A:
  case 0x000B: return 4;
  case 0x0005:
  case 0x0006:
  case 0x0007:
  case 0x0014:
  case 0x0040: return 8;
  case 0x0048: return 16;
  default: return SIZE_MAX;
  }
}

// Properties with a name instead of a number are of no use here.
static void skip_name(Cursor *cursor) {
  take(cursor, 16);
  bool is_text = take_32(cursor) != 0;
  uint32_t size = take_32(cursor);
  if (!is_text) return;
  take_bytes(cursor, size);
  skip_padding(cursor, size);
}

static bool is_variable(unsigned type) {
  return type == TYPE_STRING || type == TYPE_UNICODE || type == TYPE_BINARY || type == TYPE_OBJECT;
}

static bool take_property(Cursor *cursor, Property *out) {
  unsigned type = take_16(cursor), id = take_16(cursor);
  if (id >= 0x8000) skip_name(cursor);
  unsigned one = type & ~(unsigned)TYPE_MANY;
  bool is_many = (type & TYPE_MANY) || is_variable(one);
  uint32_t count = is_many ? take_32(cursor) : 1;
  *out = (Property){.id = id, .type = one};
  if (!is_variable(one) && fixed_size(one) == SIZE_MAX) return false;
  for (uint32_t i = 0; i < count && !cursor->is_over; i++) {
    if (!is_variable(one)) {
      Bytes value = take_bytes(cursor, fixed_size(one));
      if (value.size == 4) out->number = take_32(&(Cursor){value.data, (const unsigned char *)value.data + 4, false});
      if (value.size == 0) break;
      continue;
    }
    uint32_t size = take_32(cursor);
    Bytes value = take_bytes(cursor, size);
    skip_padding(cursor, size);
    if (i == 0) out->bytes = value;
  }
  return true;
}

static const char *label_of(Arena *arena, uint32_t page) {
  static const struct {
    uint32_t page;
    const char *label;
  } others[] = {{65001, "utf-8"},       {932, "shift_jis"},  {936, "gbk"},       {949, "euc-kr"},
                {950, "big5"},          {20127, "us-ascii"}, {20866, "koi8-r"},  {21866, "koi8-u"},
                {50220, "iso-2022-jp"}, {51932, "euc-jp"},   {54936, "gb18030"}, {874, "windows-874"}};
  for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
    if (others[i].page == page) return others[i].label;
  if (page >= 28591 && page <= 28605) return arena_printf(arena, "iso-8859-%u", page - 28590);
  return page >= 1250 && page <= 1258 ? arena_printf(arena, "windows-%u", page) : NULL;
}

static const char *property_text(const Reader *reader, const Property *property) {
  const char *label = property->type == TYPE_UNICODE ? "utf-16le" : reader->label;
  const char *text = charset_decode(reader->arena, property->bytes, label, NULL);
  return text;
}

static const char *one_line(const Reader *reader, const Property *property) {
  return text_one_line(reader->arena, property_text(reader, property));
}

static void read_message_property(Reader *reader, const Property *property) {
  bool is_text = property->type == TYPE_STRING || property->type == TYPE_UNICODE;
  const char *label = NULL;
  switch (property->id) {
  case PR_INTERNET_CODE_PAGE:
    label = label_of(reader->arena, property->number);
    if (label) reader->html_label = label;
    break;
  case PR_BODY:
    if (is_text && property->bytes.size) reader->out->text = property_text(reader, property);
    break;
  case PR_RTF:
    if (property->type == TYPE_BINARY) reader->rtf = property->bytes;
    break;
  case PR_HTML:
    if (property->bytes.size == 0) break;
    reader->out->html = is_text ? property_text(reader, property) : NULL;
    if (!is_text) reader->out->html = charset_decode(reader->arena, property->bytes, reader->html_label, NULL);
    break;
  default: break;
  }
}

static bool read_tnef(Reader *reader, Bytes bytes);

// A mail inside: its text becomes a file called as the mail was, its files stand beside it.
static void read_inner(Reader *reader, Bytes bytes) {
  TnefFile *file = reader->file;
  Tnef inside = {.text = NULL};
  Reader inner = {.arena = reader->arena, .out = &inside, .label = reader->label, .depth = reader->depth + 1};
  if (!read_tnef(&inner, bytes)) return;
  const char *text = inside.html ? inside.html : inside.text;
  const char *name = *file->name ? file->name : "message";
  file->name = arena_printf(reader->arena, "%s.%s", name, inside.html ? "html" : "txt");
  file->type = inside.html ? "text/html" : "text/plain";
  file->bytes = bytes_of_text(text ? text : "");
  list_each(const TnefFile, found, &inside.files)
    if (reader->out->files.count < FILES_MOST) *list_add(reader->arena, &reader->out->files) = *found;
  reader->file = NULL; // the list may have moved
}

static const char *without_brackets(Arena *arena, const char *id) {
  id += strspn(id, "<");
  id = arena_strndup(arena, id, strcspn(id, ">"));
  return *id ? id : NULL;
}

static void read_file_property(Reader *reader, const Property *property) {
  TnefFile *file = reader->file;
  if (!file || property->bytes.size == 0) return;
  Bytes bytes = property->bytes;
  switch (property->id) {
  case PR_LONG_NAME: file->name = one_line(reader, property); break;
  case PR_SHORT_NAME:
  case PR_DISPLAY_NAME:
    if (!*file->name) file->name = one_line(reader, property);
    break;
  case PR_TYPE: file->type = one_line(reader, property); break;
  case PR_CONTENT_ID: file->content_id = without_brackets(reader->arena, one_line(reader, property)); break;
  case PR_DATA:
    if (property->type == TYPE_OBJECT && bytes.size > 16)
      bytes = bytes_of((const char *)bytes.data + 16, bytes.size - 16); // behind the interface
    if (file->bytes.size == 0 || property->type == TYPE_OBJECT) file->bytes = bytes;
    break;
  default: break;
  }
}

static void read_properties(Reader *reader, Bytes bytes, void (*read)(Reader *reader, const Property *property)) {
  Cursor cursor = cursor_of(bytes);
  uint32_t count = take_32(&cursor);
  Property property;
  for (uint32_t i = 0; i < count && i < PROPERTIES_MOST && !cursor.is_over; i++) {
    if (!take_property(&cursor, &property)) return;
    read(reader, &property);
  }
}

// ——— attributes

static Bytes without_nul(Bytes bytes) {
  const char *nul = bytes.size ? memchr(bytes.data, '\0', bytes.size) : NULL;
  return nul ? bytes_of(bytes.data, (size_t)(nul - (const char *)bytes.data)) : bytes;
}

static void end_file(Reader *reader) {
  if (reader->file && tnef_is(reader->file->bytes) && reader->depth < DEEPEST) read_inner(reader, reader->file->bytes);
  reader->file = NULL;
}

static void begin_file(Reader *reader) {
  end_file(reader);
  if (reader->out->files.count >= FILES_MOST) return;
  reader->file = list_add(reader->arena, &reader->out->files);
  *reader->file = (TnefFile){.name = "", .type = "", .bytes = bytes_of("", 0)};
}

static void read_attribute(Reader *reader, uint32_t id, Bytes bytes) {
  Cursor cursor = cursor_of(bytes);
  const char *label = NULL;
  switch (id) {
  case CODE_PAGE:
    label = label_of(reader->arena, take_32(&cursor));
    if (label) reader->label = reader->html_label = label;
    break;
  case BODY: reader->out->text = charset_decode(reader->arena, without_nul(bytes), reader->label, NULL); break;
  case PROPERTIES: read_properties(reader, bytes, read_message_property); break;
  case FILE_BEGINS: begin_file(reader); break;
  case FILE_TITLE:
    if (reader->file)
      reader->file->name = text_one_line(reader->arena, charset_decode(reader->arena, without_nul(bytes), reader->label, NULL));
    break;
  case FILE_DATA:
    if (reader->file) reader->file->bytes = bytes;
    break;
  case FILE_PROPERTIES: read_properties(reader, bytes, read_file_property); break;
  default: break;
  }
}

static void read_rtf(Reader *reader) {
  if (!reader->rtf.size) return;
  const char *html = NULL;
  const char *text = rtf_read(reader->arena, rtf_decompress(reader->arena, reader->rtf), &html);
  if (!reader->out->html) reader->out->html = html;
  if (text_is_blank(reader->out->text) && !text_is_blank(text)) reader->out->text = text;
}

bool tnef_is(Bytes bytes) {
  Cursor cursor = cursor_of(bytes);
  return take_32(&cursor) == SIGNATURE;
}

static bool read_tnef(Reader *reader, Bytes bytes) {
  if (!tnef_is(bytes)) return false;
  Cursor cursor = cursor_of(bytes);
  take(&cursor, 6); // the signature, and a key that means nothing
  for (int i = 0; i < ATTRIBUTES_MOST && cursor.at < cursor.end; i++) {
    take(&cursor, 1);
    uint32_t id = take_32(&cursor), size = take_32(&cursor);
    Bytes value = take_bytes(&cursor, size);
    if (cursor.is_over) break; // half a file is no file
    read_attribute(reader, id, value);
    take_16(&cursor); // the sum: mails from the wild get it wrong
  }
  end_file(reader);
  reader->out->is_cut = cursor.is_over;
  read_rtf(reader);
  return true;
}

bool tnef_read(Arena *arena, Bytes bytes, Tnef *out) {
  *out = (Tnef){.text = NULL};
  Reader reader = {.arena = arena, .out = out};
  return read_tnef(&reader, bytes);
}
