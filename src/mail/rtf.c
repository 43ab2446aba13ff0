// RTF is read as a stream of control words, groups and text. Groups save the state and give it back, to a fixed depth; destinations
// that hold no text (fonts, colours, pictures, everything that calls itself optional) are passed over. Bytes of a code page are gathered
// and decoded together, since a character may have two of them.
//
// Text that Outlook made from HTML keeps the tags in groups of their own, \htmltag, and puts what only RTF needs between \htmlrtf and
// \htmlrtf0. Read that way the same stream gives the HTML back.
#include "mail/rtf.h"

#include "base/text.h"
#include "mail/charset.h"

#include <stdbool.h>
#include <stdint.h>

#define DEEPEST 100
#define FONTS_MOST 256
#define LARGEST ((size_t)16 * 1024 * 1024)
#define WINDOW 4096
#define WORD_LONGEST 32

// ——— compressed RTF

// What stands in the dictionary before the first byte.
static const char prefix[] = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
                             "\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
                             "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

static uint32_t little_endian(const unsigned char *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

typedef struct Unpacking {
  char window[WINDOW];
  size_t at; // where the next byte is written
  GByteArray *out;
} Unpacking;

static void put(Unpacking *unpacking, char byte) {
  unpacking->window[unpacking->at] = byte;
  unpacking->at = (unpacking->at + 1) % WINDOW;
  g_byte_array_append(unpacking->out, (const guint8 *)&byte, 1);
}

static void unpack(Unpacking *unpacking, const unsigned char *at, const unsigned char *end, size_t most) {
  while (at < end && unpacking->out->len < most) {
    unsigned control = *at++;
    for (int bit = 0; bit < 8 && at < end && unpacking->out->len < most; bit++, control >>= 1) {
      if (!(control & 1)) {
        put(unpacking, (char)*at++);
        continue;
      }
      if (at + 1 >= end) return;
      size_t offset = (size_t)at[0] << 4 | at[1] >> 4, length = (size_t)(at[1] & 15) + 2;
      at += 2;
      if (offset == unpacking->at) return; // the end
      for (size_t i = 0; i < length; i++) put(unpacking, unpacking->window[(offset + i) % WINDOW]);
    }
  }
}

static void release_array(void *array) { g_byte_array_free(array, TRUE); }

Bytes rtf_decompress(Arena *arena, Bytes compressed) {
  const unsigned char *at = compressed.data, *end = at + compressed.size;
  if (compressed.size < 16) return bytes_of("", 0);
  size_t size = MIN(little_endian(at + 4), LARGEST);
  if (memcmp(at + 8, "MELA", 4) == 0) return bytes_of(at + 16, MIN(size, compressed.size - 16));
  if (memcmp(at + 8, "LZFu", 4) != 0) return bytes_of("", 0);
  Unpacking unpacking = {.out = g_byte_array_new(), .at = sizeof prefix - 1};
  arena_defer(arena, release_array, unpacking.out);
  memset(unpacking.window, ' ', WINDOW);
  memcpy(unpacking.window, prefix, sizeof prefix - 1);
  unpack(&unpacking, at + 16, end, size);
  return bytes_of(unpacking.out->data, MIN(unpacking.out->len, size));
}

// ——— RTF

typedef struct State {
  bool is_skipped;  // a destination without text
  bool is_tag;      // inside \htmltag
  bool is_rtf_only; // between \htmlrtf and \htmlrtf0
  bool is_fonts;    // inside the font table
  int code_page;
  int fallback; // characters that stand behind \u for programs that cannot read it
} State;

typedef struct Reader {
  Arena *arena;
  const char *at, *end;
  bool has_html; // the document says \fromhtml
  bool wants_html;
  bool is_optional; // \* was just read
  State state, stack[DEEPEST];
  int depth;     // may be more than the stack holds
  int to_skip;   // fallback characters still to come
  gunichar high; // the first half of a character beyond 16 bits
  int code_page; // of the document
  int font, font_pages[FONTS_MOST];
  GString *out, *pending; // pending: bytes in the code page
} Reader;

static const char *label_of(Arena *arena, int code_page) {
  static const struct {
    int page;
    const char *label;
  } others[] = {{65001, "utf-8"}, {932, "shift_jis"}, {936, "gbk"},    {949, "euc-kr"}, {950, "big5"},     {874, "windows-874"},
                {866, "ibm866"},  {20866, "koi8-r"},  {850, "ibm850"}, {437, "ibm437"}, {54936, "gb18030"}};
  for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
    if (others[i].page == code_page) return others[i].label;
  return code_page >= 1250 && code_page <= 1258 ? arena_printf(arena, "windows-%d", code_page) : "windows-1252";
}

static int page_of_charset(int charset) {
  static const int pages[][2] = {{0, 1252},   {128, 932},  {129, 949},  {134, 936},  {136, 950},  {161, 1253}, {162, 1254},
                                 {163, 1258}, {177, 1255}, {178, 1256}, {186, 1257}, {204, 1251}, {222, 874},  {238, 1250}};
  for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
    if (pages[i][0] == charset) return pages[i][1];
  return 0;
}

static bool is_shown(const Reader *reader) {
  const State *state = &reader->state;
  if (state->is_skipped) return false;
  return reader->wants_html ? state->is_tag || !state->is_rtf_only : !state->is_tag;
}

static void flush(Reader *reader) {
  if (!reader->pending->len) return;
  const char *label = label_of(reader->arena, reader->state.code_page ? reader->state.code_page : reader->code_page);
  g_string_append(reader->out, charset_decode(reader->arena, bytes_of(reader->pending->str, reader->pending->len), label, NULL));
  g_string_truncate(reader->pending, 0);
}

static void write_text(Reader *reader, const char *text) {
  if (!is_shown(reader)) return;
  flush(reader);
  g_string_append(reader->out, text);
}

static void write_byte(Reader *reader, char byte) {
  if (reader->to_skip > 0) {
    reader->to_skip--;
    return;
  }
  if (is_shown(reader)) g_string_append_c(reader->pending, byte);
}

static void write_character(Reader *reader, int number) {
  if (!is_shown(reader)) return;
  flush(reader);
  gunichar character = (gunichar)(number < 0 ? number + 65536 : number), high = reader->high;
  bool is_low = character >= 0xDC00 && character < 0xE000;
  reader->high = character >= 0xD800 && character < 0xDC00 ? character : 0;
  if (is_low && high) character = 0x10000 + ((high - 0xD800) << 10) + (character - 0xDC00);
  if (character >= 32 && g_unichar_validate(character)) g_string_append_unichar(reader->out, character);
}

static void open_group(Reader *reader) {
  flush(reader);
  if (reader->depth < DEEPEST) reader->stack[reader->depth] = reader->state;
  reader->depth++;
  reader->to_skip = 0;
}

static void close_group(Reader *reader) {
  flush(reader);
  reader->to_skip = 0;
  if (reader->depth == 0) return;
  reader->depth--;
  if (reader->depth < DEEPEST) reader->state = reader->stack[reader->depth];
}

// Control words that write something.
static const struct {
  const char *word, *text;
} texts[] = {{"par", "\n"},    {"line", "\n"},  {"sect", "\n"},     {"page", "\n"},  {"row", "\n"},      {"nestrow", "\n"},
             {"tab", "\t"},    {"cell", "\t"},  {"nestcell", "\t"}, {"emdash", "—"}, {"endash", "–"},    {"emspace", " "},
             {"enspace", " "}, {"bullet", "•"}, {"lquote", "‘"},    {"rquote", "’"}, {"ldblquote", "“"}, {"rdblquote", "”"}};

// Destinations without text; optional ones that are not known are passed over too.
static const char *const hidden[] = {"fonttbl", "colortbl",  "stylesheet",        "info",    "pict",      "object",  "header",
                                     "footer",  "headerl",   "headerr",           "footerl", "footerr",   "fldinst", "xe",
                                     "tc",      "listtable", "listoverridetable", "pntext",  "nonshppict"};

static void set_font(Reader *reader, int font) {
  reader->font = font >= 0 && font < FONTS_MOST ? font : 0;
  if (!reader->state.is_fonts) reader->state.code_page = reader->font_pages[reader->font];
}

static void read_word(Reader *reader, const char *word, bool has_number, int number) {
  bool is_optional = reader->is_optional;
  reader->is_optional = false;
  for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
    if (strcmp(word, texts[i].word) == 0) {
      write_text(reader, texts[i].text);
      return;
    }
  State *state = &reader->state;
  if (strcmp(word, "u") == 0) {
    write_character(reader, number);
    reader->to_skip = state->fallback;
  } else if (strcmp(word, "uc") == 0) {
    state->fallback = CLAMP(number, 0, 16);
  } else if (strcmp(word, "bin") == 0) {
    reader->at += MIN((size_t)MAX(number, 0), (size_t)(reader->end - reader->at));
  } else if (strcmp(word, "ansicpg") == 0) {
    reader->code_page = number;
  } else if (strcmp(word, "f") == 0 || strcmp(word, "deff") == 0) {
    flush(reader);
    set_font(reader, number);
  } else if (strcmp(word, "plain") == 0) {
    flush(reader);
    state->code_page = 0;
  } else if (strcmp(word, "fcharset") == 0) {
    reader->font_pages[reader->font] = page_of_charset(number);
  } else if (strcmp(word, "fromhtml") == 0) {
    reader->has_html = true;
  } else if (strcmp(word, "htmltag") == 0) {
    state->is_tag = true;
    state->is_rtf_only = false;
  } else if (strcmp(word, "htmlrtf") == 0) {
    flush(reader);
    state->is_rtf_only = !has_number || number != 0;
  } else {
    bool is_known_hidden = false;
    for (size_t i = 0; i < G_N_ELEMENTS(hidden); i++) is_known_hidden |= strcmp(word, hidden[i]) == 0;
    if (is_known_hidden || is_optional) state->is_skipped = true;
    if (strcmp(word, "fonttbl") == 0) state->is_fonts = true;
  }
}

static int hex_value(char c) { return g_ascii_isxdigit(c) ? g_ascii_xdigit_value(c) : 0; }

// Behind a backslash.
static void read_control(Reader *reader) {
  if (reader->at >= reader->end) return;
  char c = *reader->at;
  if (!g_ascii_isalpha(c)) {
    reader->at++;
    if (c == '\'' && reader->end - reader->at >= 2) {
      write_byte(reader, (char)(hex_value(reader->at[0]) << 4 | hex_value(reader->at[1])));
      reader->at += 2;
    } else if (c == '*') {
      reader->is_optional = true;
    } else if (c == '~') {
      write_text(reader, "\u00a0");
    } else if (c == '_') {
      write_text(reader, "-");
    } else if (c == '\n' || c == '\r') {
      write_text(reader, "\n");
    } else if (strchr("\\{}", c)) {
      write_byte(reader, c);
    }
    return;
  }
  char word[WORD_LONGEST + 1];
  size_t length = 0;
  while (reader->at < reader->end && g_ascii_isalpha(*reader->at)) {
    if (length < WORD_LONGEST) word[length++] = *reader->at;
    reader->at++;
  }
  word[length] = '\0';
  bool is_negative = reader->at < reader->end && *reader->at == '-', has_number = false;
  int number = 0;
  reader->at += is_negative;
  for (; reader->at < reader->end && g_ascii_isdigit(*reader->at); reader->at++, has_number = true)
    number = MIN(number * 10 + (*reader->at - '0'), 100000000);
  if (reader->at < reader->end && *reader->at == ' ') reader->at++;
  read_word(reader, word, has_number, is_negative ? -number : number);
}

static const char *read_as(Arena *arena, Bytes rtf, bool wants_html, bool *out_has_html) {
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(GString) pending = g_string_new(NULL);
  Reader *reader = arena_make(arena, Reader);
  *reader = (Reader){.arena = arena, .at = rtf.data, .wants_html = wants_html, .code_page = 1252, .out = out, .pending = pending};
  reader->state.fallback = 1;
  reader->end = reader->at + rtf.size;
  while (reader->at < reader->end) {
    char c = *reader->at++;
    if (c == '{')
      open_group(reader);
    else if (c == '}')
      close_group(reader);
    else if (c == '\\')
      read_control(reader);
    else if (c != '\r' && c != '\n' && c != '\0')
      write_byte(reader, c);
  }
  flush(reader);
  if (out_has_html) *out_has_html = reader->has_html;
  return text_make_valid(arena, bytes_of(out->str, out->len));
}

const char *rtf_read(Arena *arena, Bytes rtf, const char **out_html) {
  bool has_html = false;
  const char *text = read_as(arena, bytes_of(rtf.data, MIN(rtf.size, LARGEST)), false, &has_html);
  *out_html = has_html ? read_as(arena, bytes_of(rtf.data, MIN(rtf.size, LARGEST)), true, NULL) : NULL;
  return text;
}
