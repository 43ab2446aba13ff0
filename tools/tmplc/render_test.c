// Generated code at run time: hostile.html is compiled in the build and drawn with values that try to break out. A real HTML
// parser reads the page back; it must find exactly the elements of the template and, in each place, exactly the value given.
#include "hostile.html.h"

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

typedef struct Page {
  xmlDoc *document;
  xmlXPathContext *paths;
} Page;

static void page_clear(Page *page) {
  xmlXPathFreeContext(page->paths);
  xmlFreeDoc(page->document);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Page, page_clear)

static Page page_read(const GString *html) {
  int options = HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  g_autofree char *whole = g_strdup_printf("<!DOCTYPE html><html><body>%s</body></html>", html->str);
  Page page = {.document = htmlReadMemory(whole, (int)strlen(whole), NULL, "UTF-8", options)};
  page.paths = xmlXPathNewContext(page.document);
  return page;
}

static char *page_find(const Page *page, const char *path) {
  g_autofree char *as_text = g_strdup_printf("string(%s)", path);
  xmlXPathObject *result = xmlXPathEvalExpression((const xmlChar *)as_text, page->paths);
  g_assert_nonnull(result);
  char *text = g_strdup((const char *)result->stringval);
  xmlXPathFreeObject(result);
  return text;
}

static void assert_finds(const Page *page, const char *path, const char *expected) {
  g_autofree char *found = page_find(page, path);
  g_assert_cmpstr(found, ==, expected);
}

// As a browser: everything after the literal beginning, percent-decoded.
static void assert_link_part(const Page *page, const char *text, int64_t number) {
  g_autofree char *link = page_find(page, "//a[@id='part']/@href");
  g_autofree char *expected_end = g_strdup_printf("&page=%" G_GINT64_FORMAT, number);
  g_assert_true(g_str_has_prefix(link, "/find?q=") && g_str_has_suffix(link, expected_end));
  g_autofree char *encoded = g_strndup(link + 8, strlen(link) - 8 - strlen(expected_end));
  g_assert_null(strpbrk(encoded, "&#?/ \"'<>:"));
  g_autofree char *decoded = g_uri_unescape_string(encoded, NULL);
  g_assert_cmpstr(decoded, ==, text);
}

static void check_places(const char *text, int64_t number) {
  g_autoptr(GString) out = g_string_new(NULL);
  TextList many = {.items = (Text[]){text, "plain", text}, .count = 3};
  render_places(out, text, number, url_checked(text), &many);
  g_auto(Page) page = page_read(out);
  g_autofree char *inside = g_strdup_printf("before %s after %" G_GINT64_FORMAT, text, number);
  assert_finds(&page, "//div[@id='content']", text);
  assert_finds(&page, "//div[@id='double']/@title", text);
  assert_finds(&page, "//div[@id='single']/@title", text);
  assert_finds(&page, "//div[@id='inside']/@title", inside);
  assert_finds(&page, "//a[@id='whole']/@href", url_checked(text).text);
  assert_finds(&page, "//ul[@id='many']/li[3]", text);
  assert_finds(&page, "count(//body//*)", "15");
  assert_finds(&page, "count(//input[@checked])", number > 3 ? "1" : "0");
  assert_finds(&page, "//i", number == 1 ? "one" : number == 2 ? "two" : "many");
  g_autofree char *area = page_find(&page, "//textarea"); // this parser keeps the line break that browsers drop
  g_assert_cmpstr(*area == '\n' ? area + 1 : area, ==, text);
  assert_link_part(&page, text, number);
}

static void hostile_values_stay_values(void) {
  static const char *const values[] = {
    "<script>alert(1)</script>",
    "\"><script>x</script>",
    "' onmouseover='x",
    "</textarea><script>x</script>",
    "</title></div></main>",
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,<script>x</script>",
    "&lt;b&gt; &amp; &#39;",
    "<!-- ",
    "-->",
    "]]>",
    "{{ x }}{% end %}",
    "%3Cscript%3E %",
    "ä日本👍",
    "a&b=c#d?e/f",
    "<svg/onload=x>",
    "`${x}`",
    "x",
  };
  for (size_t i = 0; i < G_N_ELEMENTS(values); i++) check_places(values[i], (int64_t)i);
}

static void random_values_stay_values(void) {
  static const char *const parts[] = {"<", ">",  "\"", "'",    "&", "a", "=", "/", "script", "-",
                                      "!", "--", "x:", "&amp", ";", "é", "#", "]", "{{",     "%"};
  g_autoptr(GRand) rand = g_rand_new_with_seed(23);
  for (int round = 0; round < 500; round++) {
    g_autoptr(GString) text = g_string_new("v");
    for (int i = g_rand_int_range(rand, 0, 30); i > 0; i--)
      g_string_append(text, parts[g_rand_int_range(rand, 0, G_N_ELEMENTS(parts))]);
    check_places(text->str, round % 6);
  }
}

static void absent_values_write_nothing(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  render_places(out, NULL, 1, url_checked(NULL), &(TextList){0});
  g_assert_nonnull(strstr(out->str, "<div id=\"content\"></div>"));
  g_assert_nonnull(strstr(out->str, "<a id=\"whole\" href=\"#\">"));
}

static void a_layout_is_filled(void) {
  g_autoptr(GString) out = g_string_new(NULL);
  render_framed(out, "<\">");
  g_assert_cmpstr(out->str, ==, "<main title=\"&lt;&quot;&gt;\"><b>&lt;&quot;&gt;</b></main>");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/tmplc/render/hostile-values-stay-values", hostile_values_stay_values);
  g_test_add_func("/tmplc/render/random-values-stay-values", random_values_stay_values);
  g_test_add_func("/tmplc/render/absent-values-write-nothing", absent_values_write_nothing);
  g_test_add_func("/tmplc/render/a-layout-is-filled", a_layout_is_filled);
  return g_test_run();
}
