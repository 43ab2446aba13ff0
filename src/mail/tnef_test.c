// winmail.dat (case 26) made here attribute by attribute, and cut, bent and repeated. Whole mails with it are in tests/mail.
#include "mail/tnef.h"

static void add_16(GByteArray *out, unsigned value) {
  g_byte_array_append(out, (const guint8[]){(guint8)value, (guint8)(value >> 8)}, 2);
}

static void add_32(GByteArray *out, unsigned value) {
  add_16(out, value & 0xFFFF);
  add_16(out, value >> 16);
}

static GByteArray *begin(void) {
  GByteArray *out = g_byte_array_new();
  add_32(out, 0x223E9F78);
  add_16(out, 1);
  return out;
}

static void add_attribute(GByteArray *out, unsigned id, const void *data, size_t size) {
  g_byte_array_append(out, (const guint8 *)"\1", 1);
  add_32(out, id);
  add_32(out, (unsigned)size);
  g_byte_array_append(out, data, (guint)size);
  add_16(out, 0); // a wrong sum is forgiven
}

static void add_property(GByteArray *out, unsigned type, unsigned id, const void *data, size_t size) {
  add_16(out, type);
  add_16(out, id);
  add_32(out, 1);
  add_32(out, (unsigned)size);
  g_byte_array_append(out, data, (guint)size);
  while (out->len % 4) g_byte_array_append(out, (const guint8 *)"", 1);
}

static void add_file(GByteArray *out, const char *title, const char *data, GByteArray *properties) {
  add_attribute(out, 0x00069002, "", 0);
  add_attribute(out, 0x00018010, title, strlen(title) + 1);
  add_attribute(out, 0x0006800F, data, strlen(data));
  if (properties) add_attribute(out, 0x00069005, properties->data, properties->len);
}

static bool read_bytes(Arena *arena, const GByteArray *bytes, Tnef *out) {
  return tnef_read(arena, bytes_of(arena_copy(arena, bytes->data, bytes->len), bytes->len), out);
}

static void reads_text_and_files(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GByteArray) bytes = begin();
  g_autoptr(GByteArray) properties = g_byte_array_new();
  add_32(properties, 3);
  add_property(properties, 0x001F, 0x3707, "L\0o\0n\0g\0.\0t\0x\0t\0\0\0", 18);
  add_property(properties, 0x001E, 0x370E, "text/plain", 11);
  add_property(properties, 0x001E, 0x3712, "<id@x>", 7);
  add_attribute(bytes, 0x0002800C, "caf\xe9", 5);
  add_file(bytes, "LONG~1.TXT", "words", properties);
  add_file(bytes, "b.txt", "more", NULL);
  Tnef found;
  g_assert_true(read_bytes(arena, bytes, &found));
  g_assert_cmpstr(found.text, ==, "café");
  g_assert_cmpuint(found.files.count, ==, 2);
  g_assert_cmpstr(found.files.items[0].name, ==, "Long.txt");
  g_assert_cmpstr(found.files.items[0].type, ==, "text/plain");
  g_assert_cmpstr(found.files.items[0].content_id, ==, "id@x");
  g_assert_true(bytes_equal(found.files.items[0].bytes, bytes_of_text("words")));
  g_assert_cmpstr(found.files.items[1].name, ==, "b.txt");
  g_assert_false(found.is_cut);
}

static void reads_the_code_page(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GByteArray) bytes = begin();
  add_attribute(bytes, 0x00069007, "\xe3\x04\0\0\0\0\0\0", 8); // 1251
  add_attribute(bytes, 0x0002800C, "\xef\xf0\xe8\xe2\xe5\xf2", 6);
  Tnef found;
  g_assert_true(read_bytes(arena, bytes, &found));
  g_assert_cmpstr(found.text, ==, "привет");
}

static void keeps_a_mail_inside(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GByteArray) inner = begin();
  g_autoptr(GByteArray) outer = begin();
  g_autoptr(GByteArray) properties = g_byte_array_new();
  g_autoptr(GByteArray) object = g_byte_array_new();
  add_attribute(inner, 0x0002800C, "Inside.", 8);
  add_file(inner, "deep.txt", "deep", NULL);
  g_byte_array_append(object, (const guint8 *)"0123456789abcdef", 16);
  g_byte_array_append(object, inner->data, inner->len);
  add_32(properties, 1);
  add_property(properties, 0x000D, 0x3701, object->data, object->len);
  add_file(outer, "The bell", "", properties);
  Tnef found;
  g_assert_true(read_bytes(arena, outer, &found));
  g_assert_cmpuint(found.files.count, ==, 2);
  g_assert_cmpstr(found.files.items[0].name, ==, "The bell.txt");
  g_assert_true(bytes_equal(found.files.items[0].bytes, bytes_of_text("Inside.")));
  g_assert_cmpstr(found.files.items[1].name, ==, "deep.txt");
}

static void passes_over_properties_with_names(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GByteArray) bytes = begin();
  g_autoptr(GByteArray) properties = g_byte_array_new();
  add_32(properties, 4);
  add_16(properties, 0x0003); // a number with the name "Bell"
  add_16(properties, 0x8001);
  g_byte_array_append(properties, (const guint8 *)"0123456789abcdef", 16);
  add_32(properties, 1);
  add_32(properties, 10);
  g_byte_array_append(properties, (const guint8 *)"B\0e\0l\0l\0\0\0\0", 12);
  add_32(properties, 7);
  add_16(properties, 0x0040); // a date
  add_16(properties, 0x0039);
  g_byte_array_append(properties, (const guint8 *)"01234567", 8);
  add_16(properties, 0x1003); // three numbers
  add_16(properties, 0x1234);
  add_32(properties, 3);
  g_byte_array_append(properties, (const guint8 *)"000011112222", 12);
  add_property(properties, 0x001E, 0x1000, "Text", 5);
  add_attribute(bytes, 0x00069003, properties->data, properties->len);
  Tnef found;
  g_assert_true(read_bytes(arena, bytes, &found));
  g_assert_cmpstr(found.text, ==, "Text");
}

static void reads_what_it_can_of_a_cut_one(void) {
  g_autoptr(GByteArray) bytes = begin();
  add_attribute(bytes, 0x0002800C, "Text", 5);
  size_t with_text = bytes->len;
  add_file(bytes, "a.txt", "words", NULL);
  for (size_t length = 0; length < bytes->len; length++) {
    g_autoptr(Arena) arena = arena_new();
    Tnef found;
    bool is_read = tnef_read(arena, bytes_of(arena_copy(arena, bytes->data, length), length), &found);
    g_assert_cmpint(is_read, ==, length >= 4);
    g_assert_cmpstr(found.text, ==, length >= with_text - 2 ? "Text" : NULL); // the sum may be missing
    g_assert_cmpuint(found.files.count, <=, 1);
  }
}

static void survives_sizes_that_lie(void) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(4);
  g_autoptr(GByteArray) bytes = begin();
  g_autoptr(GByteArray) properties = g_byte_array_new();
  add_32(properties, 2);
  add_property(properties, 0x001E, 0x1000, "Text", 5);
  add_property(properties, 0x0102, 0x1013, "<p>x</p>", 8);
  add_attribute(bytes, 0x00069003, properties->data, properties->len);
  add_file(bytes, "a.txt", "words", properties);
  for (int round = 0; round < 20000; round++) {
    g_autoptr(Arena) arena = arena_new();
    guint8 *bent = arena_copy(arena, bytes->data, bytes->len);
    for (int i = g_rand_int_range(rand, 1, 4); i > 0; i--)
      bent[g_rand_int_range(rand, 6, (gint32)bytes->len)] = (guint8)(g_rand_boolean(rand) ? 0xFF
                                                                                          : g_rand_int_range(rand, 0, 256));
    Tnef found;
    tnef_read(arena, bytes_of(bent, bytes->len), &found);
  }
}

static void survives_many_of_everything(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GByteArray) bytes = begin();
  for (int i = 0; i < 100000; i++) add_attribute(bytes, i % 2 ? 0x00069002 : 0x0002800C, "x", 1);
  gint64 began = g_get_monotonic_time();
  Tnef found;
  g_assert_true(read_bytes(arena, bytes, &found));
  g_assert_cmpuint(found.files.count, <=, 500);
  g_assert_cmpint(g_get_monotonic_time() - began, <, 10 * G_USEC_PER_SEC);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/tnef/case-26-reads-text-and-files", reads_text_and_files);
  g_test_add_func("/mail/tnef/reads-the-code-page", reads_the_code_page);
  g_test_add_func("/mail/tnef/keeps-a-mail-inside", keeps_a_mail_inside);
  g_test_add_func("/mail/tnef/passes-over-properties-with-names", passes_over_properties_with_names);
  g_test_add_func("/mail/tnef/reads-what-it-can-of-a-cut-one", reads_what_it_can_of_a_cut_one);
  g_test_add_func("/mail/tnef/survives-sizes-that-lie", survives_sizes_that_lie);
  g_test_add_func("/mail/tnef/survives-many-of-everything", survives_many_of_everything);
  return g_test_run();
}
