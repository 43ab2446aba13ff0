// Reading and checking. A .mo is seven words of 32 bits in the byte order of its magic number, then two tables of (length, offset):
// the English texts, sorted, and what is said for them. A plural's texts follow each other with NUL bytes between. The text for ""
// is the header, of which the plural rule is taken: it is C already, and only checked to be nothing more than arithmetic.
#include "catalogue.h"

#include <string.h>

typedef struct Mo {
  const char *file, *bytes;
  size_t size;
  bool is_swapped;
} Mo;

static bool broken(const Mo *mo, GError **error) {
  return error_set(error, ERROR_INVALID, "%s: this is no compiled catalogue", mo->file);
}

static bool read_word(const Mo *mo, size_t at, uint32_t *out) {
  if (mo->size < 4 || at > mo->size - 4) return false;
  memcpy(out, mo->bytes + at, 4);
  if (mo->is_swapped) *out = GUINT32_SWAP_LE_BE(*out);
  return true;
}

// The text of one row of a table, with the length that its row says; NUL bytes may stand in it.
static bool read_text(const Mo *mo, uint32_t table, uint32_t row, const char **out_text, size_t *out_size) {
  uint32_t length, offset;
  size_t at = table + (size_t)row * 8;
  if (!read_word(mo, at, &length) || !read_word(mo, at + 4, &offset)) return false;
  if ((size_t)offset + length >= mo->size || mo->bytes[offset + length] != '\0') return false;
  *out_text = mo->bytes + offset;
  *out_size = length;
  return g_utf8_validate_len(*out_text, strlen(*out_text), NULL);
}

// Plural-Forms: nplurals=2; plural=(n != 1);
static bool read_header(Arena *arena, const Mo *mo, const char *header, Catalogue *out, GError **error) {
  const char *forms = strstr(header, "nplurals="), *rule = strstr(header, "plural=(");
  size_t size = rule ? strspn(rule + 7, "n0123456789 ()?:=!<>&|%") : 0;
  out->form_count = forms ? (size_t)g_ascii_strtoull(forms + 9, NULL, 10) : 0;
  if (!rule || rule[7 + size] != ';' || !out->form_count || out->form_count > MOST_FORMS)
    return error_set(error, ERROR_INVALID, "%s: the header needs Plural-Forms: nplurals=…; plural=(…);", mo->file);
  out->plural = arena_strndup(arena, rule + 7, size);
  return true;
}

// The placeholder at `at`: its size, or 0.
static size_t placeholder_size(const char *at) {
  size_t lead = at[0] == '<' && at[1] == '/' ? 2 : 1, digits = strspn(at + lead, "0123456789");
  char closing = at[0] == '{' ? '}' : '>';
  if (at[lead + digits] != closing || (!digits && at[0] == '<')) return 0;
  return lead + digits + 1;
}

static int compare_texts(const void *one, const void *other) { return strcmp(*(char *const *)one, *(char *const *)other); }

// The placeholders of `text`, each followed by a space. Sets `*out_crossed` when elements do not nest.
static GString *placeholders_of(const char *text, bool *out_crossed) {
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func(g_free);
  for (const char *at = text + strcspn(text, "{<"); *at; at += 1 + strcspn(at + 1, "{<")) {
    size_t size = placeholder_size(at);
    if (!size) continue;
    g_ptr_array_add(found, g_strndup(at, size));
    if (at[0] == '<' && at[1] != '/') g_ptr_array_add(open, g_strndup(at + 1, size - 1));
    if (at[0] != '<' || at[1] != '/') continue;
    bool fits = open->len && strncmp(g_ptr_array_index(open, open->len - 1), at + 2, size - 2) == 0;
    if (!fits) *out_crossed = true;
    if (fits) g_ptr_array_remove_index(open, open->len - 1);
  }
  if (open->len) *out_crossed = true;
  g_ptr_array_sort(found, compare_texts);
  GString *all = g_string_new(NULL);
  for (guint i = 0; i < found->len; i++) g_string_append_printf(all, "%s ", (const char *)g_ptr_array_index(found, i));
  return all;
}

const char *catalogue_difference(Arena *arena, const char *english, const char *said) {
  bool is_crossed = false, ignored = false;
  g_autoptr(GString) wanted = placeholders_of(english, &ignored);
  g_autoptr(GString) given = placeholders_of(said, &is_crossed);
  if (!g_string_equal(wanted, given))
    return arena_printf(arena, "it has the placeholders %sand should have %s", given->len ? given->str : "none ",
                        wanted->len ? g_strchomp(wanted->str) : "none");
  return is_crossed ? "its elements do not nest" : NULL;
}

// The forms of a plural may leave out the number ("one mail"), but hold nothing else that the English does not.
static const char *form_difference(Arena *arena, const Said *said, size_t form) {
  if (!said->many) return catalogue_difference(arena, said->english, said->forms[form]);
  if (!catalogue_difference(arena, said->english, said->forms[form])) return NULL;
  return catalogue_difference(arena, said->many, said->forms[form]);
}

static bool take(Arena *arena, const Mo *mo, const char *english, size_t english_size, const char *text, size_t size,
                 Catalogue *out, GError **error) {
  if (strchr(english, '\004')) return error_set(error, ERROR_INVALID, "%s: %s: contexts are not used here", mo->file, english);
  Said *said = list_add(arena, &out->said);
  *said = (Said){.english = arena_strdup(arena, english)};
  if (strlen(english) < english_size) said->many = arena_strdup(arena, english + strlen(english) + 1);
  for (size_t at = 0; at <= size && said->form_count < MOST_FORMS; at += strlen(text + at) + 1)
    said->forms[said->form_count++] = arena_strdup(arena, text + at);
  if (said->form_count != (said->many ? out->form_count : 1))
    return error_set(error, ERROR_INVALID, "%s: %s: it has %zu forms", mo->file, english, said->form_count);
  for (size_t i = 0; i < said->form_count; i++) {
    const char *why = form_difference(arena, said, i);
    if (why) return error_set(error, ERROR_INVALID, "%s: %s: %s", mo->file, english, why);
  }
  return true;
}

bool catalogue_read(Arena *arena, const char *file, const char *bytes, size_t size, Catalogue *out, GError **error) {
  Mo mo = {file, bytes, size, false};
  uint32_t magic, count, english_table, said_table;
  if (!read_word(&mo, 0, &magic)) return broken(&mo, error);
  mo.is_swapped = magic == GUINT32_SWAP_LE_BE(0x950412deu);
  if (!mo.is_swapped && magic != 0x950412deu) return broken(&mo, error);
  if (!read_word(&mo, 8, &count) || !read_word(&mo, 12, &english_table) || !read_word(&mo, 16, &said_table))
    return broken(&mo, error);
  for (uint32_t row = 0; row < count; row++) {
    const char *english, *text;
    size_t english_size, text_size;
    if (!read_text(&mo, english_table, row, &english, &english_size) || !read_text(&mo, said_table, row, &text, &text_size))
      return broken(&mo, error);
    if (row == 0) {
      if (*english || !read_header(arena, &mo, text, out, error)) return *english ? broken(&mo, error) : false;
      continue;
    }
    if (!take(arena, &mo, english, english_size, text, text_size, out, error)) return false;
  }
  return count > 0 || broken(&mo, error);
}
