// What form bodies become: fields in order, decoded and valid, files with their bytes; and which bodies are refused.
#include "web/form.h"

static WebFieldList urlencoded(Arena *arena, const char *body) {
  WebFieldList fields = {0};
  g_autoptr(GError) error = NULL;
  g_assert_true(form_parse(arena, "application/x-www-form-urlencoded; charset=utf-8", bytes_of_text(body), &fields, &error));
  g_assert_no_error(error);
  return fields;
}

#define MULTIPART "multipart/form-data; boundary=B"

static WebFieldList multipart(Arena *arena, Bytes body) {
  WebFieldList fields = {0};
  g_autoptr(GError) error = NULL;
  g_assert_true(form_parse(arena, MULTIPART, body, &fields, &error));
  g_assert_no_error(error);
  return fields;
}

static void assert_field(const WebFieldList *fields, size_t at, const char *name, const char *value) {
  g_assert_cmpuint(at, <, fields->count);
  g_assert_cmpstr(fields->items[at].name, ==, name);
  g_assert_cmpstr(fields->items[at].value, ==, value);
}

static void urlencoded_is_decoded(void) {
  g_autoptr(Arena) arena = arena_new();
  WebFieldList fields = urlencoded(arena, "a=1&b=x+y%20z&&c&=empty&a=2&%C3%BC=%e2%82%ac");
  g_assert_cmpuint(fields.count, ==, 6);
  assert_field(&fields, 0, "a", "1");
  assert_field(&fields, 1, "b", "x y z");
  assert_field(&fields, 2, "c", "");
  assert_field(&fields, 3, "", "empty");
  assert_field(&fields, 4, "a", "2");
  assert_field(&fields, 5, "ü", "€");
  g_assert_cmpstr(form_value(&fields, "a"), ==, "1");
  g_assert_null(form_value(&fields, "d"));
}

static void urlencoded_keeps_a_percent_that_means_nothing(void) {
  g_autoptr(Arena) arena = arena_new();
  WebFieldList fields = urlencoded(arena, "a=100%&b=%zz%4&c=%%41");
  assert_field(&fields, 0, "a", "100%");
  assert_field(&fields, 1, "b", "%zz%4");
  assert_field(&fields, 2, "c", "%A");
}

static void text_is_made_valid(void) {
  g_autoptr(Arena) arena = arena_new();
  WebFieldList fields = urlencoded(arena, "a=%ff%00b%0d%0ac&%fe=1");
  assert_field(&fields, 0, "a",
               "\xEF\xBF\xBD"
               "b\nc");
  assert_field(&fields, 1, "\xEF\xBF\xBD", "1");
  fields = multipart(arena, bytes_of_text("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xC3(\r\n--B--"));
  assert_field(&fields, 0, "a", "\xEF\xBF\xBD(");
}

static void multipart_gives_texts_and_files(void) {
  g_autoptr(Arena) arena = arena_new();
  static const char body[] =
    "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\none\r\ntwo\r\n"
    "--B \r\ncontent-type: image/png\r\nCONTENT-DISPOSITION: form-data; filename=\"a.png\"; name=\"file\"\r\n\r\n"
    "\0\r\n-\r\n--A\r\n"
    "--B\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\nContent-Type: x/y\r\n\r\n\r\n"
    "--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--B--\r\nepilogue";
  WebFieldList fields = multipart(arena, bytes_of(body, sizeof body - 1));
  g_assert_cmpuint(fields.count, ==, 3); // a file input in which nothing was chosen is no field
  assert_field(&fields, 0, "text", "one\ntwo");
  assert_field(&fields, 1, "file", "");
  g_assert_cmpstr(fields.items[1].file_name, ==, "a.png");
  g_assert_cmpstr(fields.items[1].file_type, ==, "image/png");
  g_assert_cmpmem(fields.items[1].bytes.data, fields.items[1].bytes.size, "\0\r\n-\r\n--A", 9);
  assert_field(&fields, 2, "empty", "");
  g_assert_null(form_value(&fields, "file"));
}

static const char *name_of_file(Arena *arena, const char *written) {
  const char *body = arena_printf(arena, "--B\r\nContent-Disposition: form-data; name=f; filename=\"%s\"\r\n\r\nx\r\n--B--",
                                  written);
  WebFieldList fields = multipart(arena, bytes_of_text(body));
  g_assert_cmpuint(fields.count, ==, 1);
  g_assert_cmpstr(fields.items[0].file_type, ==, "application/octet-stream");
  return fields.items[0].file_name;
}

static void file_names_are_harmless(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(name_of_file(arena, "C:\\Documents\\bill.pdf"), ==, "bill.pdf");
  g_assert_cmpstr(name_of_file(arena, "../../etc/passwd"), ==, "passwd");
  g_assert_cmpstr(name_of_file(arena, "a%22b%0D%0Ac%41"), ==, "a\"b c%41");
  g_assert_cmpstr(name_of_file(arena, "say \\\"hi\\\""), ==, "say \"hi\"");
  g_assert_cmpstr(name_of_file(arena, "folder/"), ==, "file");
  g_assert_cmpstr(name_of_file(arena, "Straße.txt"), ==, "Straße.txt");
}

static void multipart_may_have_words_before_it(void) {
  g_autoptr(Arena) arena = arena_new();
  WebFieldList fields = multipart(arena,
                                  bytes_of_text("hello\r\n--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B--"));
  assert_field(&fields, 0, "a", "1");
}

static void multipart_may_be_empty(void) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpuint(multipart(arena, bytes_of_text("--B--\r\n")).count, ==, 0);
}

static void refuses(Arena *arena, const char *type, const char *body, const char *why) {
  WebFieldList fields = {0};
  g_autoptr(GError) error = NULL;
  g_assert_false(form_parse(arena, type, bytes_of_text(body), &fields, &error));
  g_assert_true(error_is(error, ERROR_INVALID));
  if (!strstr(error->message, why)) g_error("\"%s\" does not say \"%s\"", error->message, why);
}

static void broken_multipart_is_refused(void) {
  g_autoptr(Arena) arena = arena_new();
  refuses(arena, MULTIPART, "", "nowhere in it");
  refuses(arena, MULTIPART, "a=1&b=2", "nowhere in it");
  refuses(arena, MULTIPART, "--C\r\n", "nowhere in it");
  refuses(arena, MULTIPART, "--B", "stops at a boundary");
  refuses(arena, MULTIPART, "--Bogus\r\n", "stops at a boundary");
  refuses(arena, MULTIPART, "--B\r\nContent-Disposition: form-data; name=a\r\n\r\nhalf", "last part has no end");
  refuses(arena, MULTIPART, "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B", "stops at a boundary");
  refuses(arena, MULTIPART, "--B\r\n--B--", "empty");
  refuses(arena, MULTIPART, "--B\r\nContent-Disposition: form-data; name=a\r\n--B--", "no end of its headers");
  refuses(arena, MULTIPART, "--B\r\nX: y\r\n\r\n1\r\n--B--", "no name");
  refuses(arena, MULTIPART, "--B\r\nContent-Disposition: form-data; filename=a\r\n\r\n1\r\n--B--", "no name");
  refuses(arena, "multipart/form-data", "--B--", "boundary is missing");
  refuses(arena, "multipart/form-data; boundary=", "--B--", "boundary is missing");
  const char *huge = arena_printf(arena, "multipart/form-data; boundary=%0100d", 1);
  refuses(arena, huge, "--B--", "too long");
}

static void many_fields_are_refused(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) body = g_string_new(NULL);
  for (int i = 0; i < FORM_FIELDS_MOST; i++) g_string_append(body, "a&");
  g_assert_cmpuint(urlencoded(arena, body->str).count, ==, FORM_FIELDS_MOST);
  g_string_append(body, "b");
  refuses(arena, "application/x-www-form-urlencoded", body->str, "more than 1000 fields");
}

static void other_types_are_no_form(void) {
  g_autoptr(Arena) arena = arena_new();
  WebFieldList fields = {0};
  g_assert_true(form_parse(arena, "application/json", bytes_of_text("{\"a\":1}"), &fields, NULL));
  g_assert_true(form_parse(arena, "application/x-www-form-urlencodedish", bytes_of_text("a=1"), &fields, NULL));
  g_assert_true(form_parse(arena, NULL, bytes_of_text("a=1"), &fields, NULL));
  g_assert_cmpuint(fields.count, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/web/form/urlencoded-is-decoded", urlencoded_is_decoded);
  g_test_add_func("/web/form/urlencoded-keeps-a-percent-that-means-nothing", urlencoded_keeps_a_percent_that_means_nothing);
  g_test_add_func("/web/form/text-is-made-valid", text_is_made_valid);
  g_test_add_func("/web/form/multipart-gives-texts-and-files", multipart_gives_texts_and_files);
  g_test_add_func("/web/form/file-names-are-harmless", file_names_are_harmless);
  g_test_add_func("/web/form/multipart-may-have-words-before-it", multipart_may_have_words_before_it);
  g_test_add_func("/web/form/multipart-may-be-empty", multipart_may_be_empty);
  g_test_add_func("/web/form/broken-multipart-is-refused", broken_multipart_is_refused);
  g_test_add_func("/web/form/many-fields-are-refused", many_fields_are_refused);
  g_test_add_func("/web/form/other-types-are-no-form", other_types_are_no_form);
  return g_test_run();
}
