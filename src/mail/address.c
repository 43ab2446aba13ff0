// Addresses: the lists of From, To and Cc as people and programs write them, and what two spellings of an address share.
//
// A list is read character by character, without recursion: quoted strings, comments and encoded words are taken whole, commas
// and semicolons separate, "name:" opens a group that is then forgotten. Names are decoded after the cutting, because a decoded
// name may hold a comma (cases 21 and 36). An address nobody can use is kept all the same.
#include "mail/address.h"

#include "base/text.h"
#include "mail/charset.h"
#include "mail/parts.h"
#include "mail/words.h"

#define ADDRESSES_MOST 1000
#define ADDRESS_LONGEST 254 // RFC 5321 4.5.3.1.3, less the angle brackets

typedef struct Reader {
  Arena *arena;
  const char *hint, *where;
  TextList *problems;
  MailAddressList *list;
  GString *phrase; // what stands outside of <> and comments
  GString *comment;
  const char *angle; // what stood in <>, NULL when none did
  size_t angle_at;   // how long the phrase was then
  bool awaits_rest;  // the last address was a bare word before a comma: "Smith, John <…>"
} Reader;

static const char *without_space(Arena *arena, const char *text) {
  char *out = arena_alloc(arena, strlen(text) + 1), *to = out;
  for (const char *at = text; *at; at++)
    if (!g_ascii_isspace(*at) && !g_ascii_iscntrl(*at)) *to++ = *at;
  return out;
}

static const char *decode_name(Reader *reader, const char *raw) {
  const char *name = text_one_line(reader->arena,
                                   words_decode(reader->arena, raw, reader->hint, reader->where, reader->problems));
  size_t length = strlen(name);
  bool is_quoted = length >= 2 && (*name == '\'' || *name == '"') && name[length - 1] == *name;
  return is_quoted ? text_trim(reader->arena, arena_strndup(reader->arena, name + 1, length - 2)) : name;
}

static const char *decode_address(Reader *reader, const char *raw) {
  const char *address = words_decode(reader->arena, raw, reader->hint, reader->where, NULL);
  const char *last = strrchr(address, ' '); // "<words ann@example.org>"
  address = last && mail_address_is_valid(last + 1) ? last + 1 : without_space(reader->arena, address);
  if (g_ascii_strncasecmp(address, "mailto:", 7) == 0) address += 7;
  address += strspn(address, "<'\"");
  size_t length = strlen(address);
  while (length && strchr(">.'\"", address[length - 1])) length--;
  return arena_strndup(reader->arena, address, length);
}

// A phrase without <>: "john@example.org", "john @ example.org", "John john@example.org", or a bare word.
static void split_bare(Reader *reader, const char *phrase, const char **out_name, const char **out_address) {
  const char *text = text_one_line(reader->arena,
                                   words_decode(reader->arena, phrase, reader->hint, reader->where, reader->problems));
  const char *at = strrchr(text, '@');
  *out_name = *out_address = "";
  if (!at) {
    *(strchr(text, ' ') ? out_name : out_address) = text;
    return;
  }
  const char *start = at, *end = at + 1;
  while (start > text && start[-1] == ' ') start--;
  while (start > text && start[-1] != ' ') start--;
  while (*end == ' ') end++;
  while (*end && *end != ' ') end++;
  *out_address = decode_address(reader, arena_strndup(reader->arena, start, (size_t)(end - start)));
  *out_name = decode_name(reader, arena_strndup(reader->arena, text, (size_t)(start - text)));
}

static void finish(Reader *reader, bool at_comma) {
  const char *name = "", *address = "";
  if (reader->angle) {
    address = decode_address(reader, reader->angle);
    name = decode_name(reader, reader->phrase->str);
  } else {
    split_bare(reader, reader->phrase->str, &name, &address);
  }
  if (!*name && reader->comment->len) name = decode_name(reader, reader->comment->str);
  MailAddress *last = reader->awaits_rest ? &reader->list->items[reader->list->count - 1] : NULL;
  bool is_bare = !reader->angle && !strchr(address, '@');
  if (last && reader->angle && *address) { // "Smith, John <…>" came as two
    last->name = arena_printf(reader->arena, "%s, %s", *last->name ? last->name : last->address, name);
    last->address = address;
  } else if ((*name || *address) && reader->list->count < ADDRESSES_MOST) {
    MailAddress *entry = list_add(reader->arena, reader->list);
    entry->name = name;
    entry->address = address;
  } else if (*name || *address) {
    problem_add(reader->arena, reader->problems, "%s names more than %d addresses; the rest was passed over.", reader->where,
                ADDRESSES_MOST);
  }
  reader->awaits_rest = at_comma && is_bare && (*name || *address) && reader->list->count > 0;
  reader->angle = NULL;
  g_string_truncate(reader->phrase, 0);
  g_string_truncate(reader->comment, 0);
}

// Reads "…" at `at` into the phrase and returns what follows; an unclosed quote is passed over.
static const char *read_quoted(Reader *reader, const char *at, bool *may_close) {
  const char *end = at + 1;
  while (*may_close && *end && *end != '"') end += *end == '\\' && end[1] ? 2 : 1;
  if (!*may_close || !*end) {
    *may_close = false; // none of the quotes that follow closes either
    return at + 1;
  }
  for (const char *c = at + 1; c < end; c++) {
    if (*c == '\\' && c + 1 < end) c++;
    g_string_append_c(reader->phrase, *c);
  }
  return end + 1;
}

static const char *read_comment(Reader *reader, const char *at, bool *may_close) {
  const char *end = at;
  int depth = 0;
  for (; *may_close && *end; end++) {
    if (*end == '\\' && end[1])
      end++;
    else if (*end == '(')
      depth++;
    else if (*end == ')' && --depth == 0)
      break;
  }
  if (!*may_close || !*end) {
    *may_close = false;
    return at + 1;
  }
  if (reader->comment->len) g_string_append_c(reader->comment, ' ');
  g_string_append_len(reader->comment, at + 1, end - at - 1);
  return end + 1;
}

static const char *read_angle(Reader *reader, const char *at) {
  size_t length = strcspn(at + 1, "<>,;");
  const char *end = at + 1 + length;
  if (*end == ',' || *end == ';') { // a source route <@a,@b:c@d>, or a bracket that is not closed
    const char *close = end + strcspn(end, "<>");
    if (*close == '>' && at[1] == '@') end = close;
  }
  const char *inner = arena_strndup(reader->arena, at + 1, (size_t)(end - at - 1));
  const char *route = *inner == '@' ? strrchr(inner, ':') : NULL;
  const char *address = route ? route + 1 : inner;
  if (reader->angle && strchr(reader->angle, '@') && strchr(address, '@')) { // no comma between two
    g_autofree char *next_name = g_strdup(reader->phrase->str + MIN(reader->angle_at, reader->phrase->len));
    g_string_truncate(reader->phrase, reader->angle_at);
    finish(reader, false);
    g_string_append(reader->phrase, next_name);
  }
  if (!reader->angle || strchr(address, '@')) {
    if (reader->angle) g_string_append(reader->phrase, reader->angle); // "<Smith> <b@c>": the last is the address
    reader->angle = address;
    reader->angle_at = reader->phrase->len;
  }
  return *end == '>' ? end + 1 : end;
}

static bool begins_group(const Reader *reader) {
  const char *phrase = reader->phrase->str + strspn(reader->phrase->str, " \t");
  return !reader->angle && !strchr(phrase, '@') && g_ascii_strcasecmp(phrase, "mailto") != 0;
}

static void read_list(Reader *reader, const char *value) {
  bool quote_may_close = true, comment_may_close = true;
  for (const char *at = value; *at;) {
    size_t word = words_length(at);
    if (word) {
      g_string_append_len(reader->phrase, at, (gssize)word);
      at += word;
    } else if (*at == '"') {
      at = read_quoted(reader, at, &quote_may_close);
    } else if (*at == '(') {
      at = read_comment(reader, at, &comment_may_close);
    } else if (*at == '<') {
      at = read_angle(reader, at);
    } else if (*at == ',' || *at == ';') {
      finish(reader, *at == ',');
      at++;
    } else if (*at == ':' && begins_group(reader)) {
      g_string_truncate(reader->phrase, 0);
      at++;
    } else {
      if (*at != '>') g_string_append_c(reader->phrase, *at);
      at++;
    }
  }
  finish(reader, false);
}

void address_list_read(Arena *arena, const char *value, const char *hint, const char *where, MailAddressList *out_list,
                       TextList *problems) {
  if (!value || !*value) return;
  g_autoptr(GString) phrase = g_string_new(NULL);
  g_autoptr(GString) comment = g_string_new(NULL);
  Reader reader = {
    .arena = arena, .hint = hint, .where = where, .problems = problems, .list = out_list, .phrase = phrase, .comment = comment};
  read_list(&reader, value);
}

MailAddressList mail_address_list(Arena *arena, const char *text) {
  MailAddressList list = {0};
  TextList problems = {0};
  address_list_read(arena, text, NULL, "", &list, &problems);
  return list;
}

bool mail_address_is_valid(const char *address) {
  if (!address || strlen(address) > ADDRESS_LONGEST || !g_utf8_validate(address, -1, NULL)) return false;
  const char *at = strchr(address, '@');
  if (!at || at == address || !at[1] || strchr(at + 1, '@')) return false;
  bool is_literal = at[1] == '[' && address[strlen(address) - 1] == ']'; // [192.0.2.1], [IPv6:…]
  for (const char *c = address; *c; c = text_next(c)) {
    gunichar character = g_utf8_get_char(c);
    if (g_unichar_isspace(character) || g_unichar_iscntrl(character)) return false;
    if (strchr("<>(),;\"\\", *c)) return false;
    if (strchr("[]:", *c) && !(is_literal && c > at)) return false;
  }
  return true;
}

const char *mail_address_key(Arena *arena, const char *address) {
  if (!address) return "";
  const char *trimmed = text_trim(arena, address);
  size_t length = strlen(trimmed), start = strspn(trimmed, "< ");
  while (length > start && strchr("> ", trimmed[length - 1])) length--;
  const char *bare = arena_strndup(arena, trimmed + start, length - start);
  if (!mail_address_is_valid(bare)) return "";
  g_autoptr(GString) key = g_string_sized_new(length);
  for (const char *c = bare; *c; c = text_next(c)) g_string_append_unichar(key, g_unichar_tolower(g_utf8_get_char(c)));
  return arena_strndup(arena, key->str, key->len);
}

bool mail_address_split_tag(Arena *arena, const char *address, const char **out_base, const char **out_tag) {
  const char *at = address ? strrchr(address, '@') : NULL;
  const char *plus = at ? memchr(address, '+', (size_t)(at - address)) : NULL;
  if (!plus || plus == address || plus + 1 == at) return false;
  *out_base = arena_printf(arena, "%.*s%s", (int)(plus - address), address, at);
  *out_tag = arena_strndup(arena, plus + 1, (size_t)(at - plus - 1));
  return true;
}

const char *mail_address_with_tag(Arena *arena, const char *address, const char *tag) {
  const char *at = strrchr(address, '@');
  if (!at || !tag || !*tag) return arena_strdup(arena, address);
  return arena_printf(arena, "%.*s+%s%s", (int)(at - address), address, tag, at);
}
