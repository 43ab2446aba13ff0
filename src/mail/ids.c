// Message ids. In-Reply-To and References are both read whole, in every header of that name, since programs overwrite either of
// them (case 1): the parent first, then References from its end, where the newest stands. Ids without brackets and ids
// with white space in them (folded in the middle) are read too.
#include "mail/ids.h"

#include "base/text.h"

#define IDS_READ 20000 // of one value; a value is at most 64 KB
#define IDS_MOST 1000  // of one mail, the newest
#define ID_LONGEST 998

static void add_id(Arena *arena, TextList *out, const char *from, size_t length) {
  if (length > ID_LONGEST || out->count >= IDS_READ) return;
  char *id = arena_alloc(arena, length + 1), *to = id;
  for (size_t i = 0; i < length; i++)
    if (!g_ascii_isspace(from[i]) && !g_ascii_iscntrl(from[i]) && from[i] != '<' && from[i] != '>') *to++ = from[i];
  if (to > id) *list_add(arena, out) = text_make_valid(arena, bytes_of(id, (size_t)(to - id)));
}

// Without any bracket, words with an @ are ids; a single word without one is taken too.
static void read_bare(Arena *arena, const char *value, TextList *out) {
  bool has_at = strchr(value, '@') != NULL;
  if (!has_at && strpbrk(value, " \t,")) return;
  for (const char *at = value; *at;) {
    at += strspn(at, " \t,;\"");
    size_t length = strcspn(at, " \t,;\"");
    if (length && (!has_at || memchr(at, '@', length))) add_id(arena, out, at, length);
    at += length;
  }
}

void ids_read(Arena *arena, const char *value, TextList *out) {
  if (!value) return;
  const char *open = strchr(value, '<');
  if (!open) {
    read_bare(arena, value, out);
    return;
  }
  while (open) {
    size_t length = strcspn(open + 1, "<>");
    const char *close = open + 1 + length;
    if (*close != '>') length = strcspn(open + 1, " \t,<"); // not closed: one word
    add_id(arena, out, open + 1, length);
    open = strchr(close, '<');
  }
}

const char *ids_own(Arena *arena, const MailHeaderList *headers) {
  TextList ids = {0};
  list_each(MailHeader, header, headers)
    if (ids.count == 0 && g_ascii_strcasecmp(header->name, "Message-ID") == 0) {
      const char *value = header_unfold(arena, header->raw);
      ids_read(arena, value, &ids);
      if (ids.count == 0) add_id(arena, &ids, value, strlen(value));
    }
  return ids.count ? ids.items[0] : NULL;
}

// The last 64 KB of a header: the newest ids stand at the end of References.
static const char *newest_end(Arena *arena, Bytes raw) {
  size_t most = (size_t)60 * 1024, skip = raw.size > most ? raw.size - most : 0;
  const char *value = header_unfold(arena, bytes_of((const char *)raw.data + skip, raw.size - skip));
  const char *open = skip ? strchr(value, '<') : value; // the first id may be cut
  return open ? open : value;
}

TextList ids_references(Arena *arena, const MailHeaderList *headers, const char *own) {
  TextList parents = {0}, line = {0}, all = {0};
  list_each(MailHeader, header, headers) {
    if (g_ascii_strcasecmp(header->name, "In-Reply-To") == 0) ids_read(arena, header_unfold(arena, header->raw), &parents);
    if (g_ascii_strcasecmp(header->name, "References") == 0) ids_read(arena, newest_end(arena, header->raw), &line);
  }
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  if (own) g_hash_table_add(seen, arena_strdup(arena, own));
  for (size_t i = 0; i < parents.count + line.count && all.count < IDS_MOST; i++) {
    const char *id = i < parents.count ? parents.items[i] : line.items[line.count - 1 - (i - parents.count)];
    if (g_hash_table_add(seen, arena_strdup(arena, id))) *list_add(arena, &all) = id;
  }
  return all;
}
