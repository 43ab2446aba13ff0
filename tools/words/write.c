// Writing a catalogue: as the table that src/base/words.c searches (open addressing, at most half full, the same hash), or as an
// ES module whose default export maps English texts to their forms.
#include "catalogue.h"

static void put_text(GString *out, const char *text, bool is_js) {
  g_string_append_c(out, '"');
  for (; *text; text++) {
    unsigned char byte = (unsigned char)*text;
    if (byte == '"' || byte == '\\')
      g_string_append_printf(out, "\\%c", byte);
    else if (byte == '\n')
      g_string_append(out, "\\n");
    else if (byte < ' ' || (!is_js && (byte >= 0x7F || byte == '?')))
      g_string_append_printf(out, is_js ? "\\u%04x" : "\\%03o", byte);
    else
      g_string_append_c(out, (char)byte);
  }
  g_string_append_c(out, '"');
}

static uint32_t hash_of(const char *text) { // FNV-1a, as in src/base/words.c
  uint32_t hash = 2166136261u;
  for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 16777619u;
  return hash;
}

static void put_forms(const Said *said, GString *out, bool is_js) {
  for (size_t i = 0; i < said->form_count; i++) {
    if (i) g_string_append(out, ", ");
    put_text(out, said->forms[i], is_js);
  }
}

static size_t slot_count(size_t messages) {
  size_t slots = 16;
  while (slots < 2 * messages) slots *= 2;
  return slots;
}

static void put_slots(const Catalogue *catalogue, size_t slots, GString *out) {
  g_autofree size_t *index = g_new0(size_t, slots); // from 1
  for (size_t i = 0; i < catalogue->said.count; i++) {
    size_t at = hash_of(catalogue->said.items[i].english) & (slots - 1);
    while (index[at]) at = (at + 1) & (slots - 1);
    index[at] = i + 1;
  }
  g_string_append_printf(out, "static const WordsEntry slots[%zu] = {\n", slots);
  for (size_t at = 0; at < slots; at++) {
    if (!index[at]) continue;
    const Said *said = &catalogue->said.items[index[at] - 1];
    g_string_append_printf(out, "  [%zu] = {%uu, ", at, hash_of(said->english));
    put_text(out, said->english, false);
    g_string_append(out, ", (const char *const[]){");
    put_forms(said, out, false);
    g_string_append(out, "}},\n");
  }
  g_string_append(out, "};\n\n");
}

void catalogue_write_c(const Catalogue *catalogue, GString *out) {
  size_t slots = slot_count(catalogue->said.count);
  g_string_append(out, "// Made by tools/words.\n#include \"base/words.h\"\n\n");
  g_string_append_printf(out,
                         "static unsigned form(uint64_t n) {\n  unsigned which = %s;\n  return which < %zu ? which : 0;\n}\n\n",
                         catalogue->plural, catalogue->form_count);
  put_slots(catalogue, slots, out);
  g_string_append_printf(out, "extern const WordsLanguage words_%s;\nconst WordsLanguage words_%s = {", catalogue->code,
                         catalogue->code);
  put_text(out, catalogue->code, false);
  g_string_append(out, ", ");
  put_text(out, catalogue->name, false);
  g_string_append_printf(out, ", %s, form, slots, %zuu};\n", catalogue->is_right_to_left ? "true" : "false", slots - 1);
}

void catalogue_write_js(const Catalogue *catalogue, GString *out) {
  g_string_append_printf(out, "export const form = n => Number(%s)\nexport default {\n", catalogue->plural);
  list_each(const Said, said, &catalogue->said) {
    g_string_append(out, "  ");
    put_text(out, said->english, true);
    g_string_append(out, ": [");
    put_forms(said, out, true);
    g_string_append(out, "],\n");
  }
  g_string_append(out, "}\n");
}
