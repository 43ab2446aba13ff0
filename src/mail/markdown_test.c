// mail_markdown_to_html: what agents write comes out with its looks, and nothing they paste becomes markup.
#include "base/random.h"
#include "mail/mail.h"

static const char *html_of(const char *text) {
  static Arena *arena;
  if (!arena) arena = arena_new();
  arena_reset(arena);
  return mail_markdown_to_html(arena, text, NULL);
}

typedef struct Case {
  const char *text, *html;
} Case;

static void writes_what_letters_need(void) {
  static const Case cases[] = {
    {"Dear Ann,\n\nit is **on its way**.", "<p>Dear Ann,</p>\n<p>it is <strong>on its way</strong>.</p>\n"},
    {"one\ntwo", "<p>one<br />\ntwo</p>\n"},
    {"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
    {"> you wrote\n\nyes", "<blockquote>\n<p>you wrote</p>\n</blockquote>\n<p>yes</p>\n"},
    {"[the map](https://maps.example/x)", "<p><a href=\"https://maps.example/x\">the map</a></p>\n"},
    {"See https://a.example/b_c?d=1&e=(f), please.",
     "<p>See <a href=\"https://a.example/b_c?d=1&amp;e=(f)\">https://a.example/b_c?d=1&amp;e=(f)</a>, please.</p>\n"},
    {"(http://a.example)", "<p>(<a href=\"http://a.example\">http://a.example</a>)</p>\n"},
    {"# Order", "<p><strong>Order</strong></p>\n"},
    {"#1042 is yours", "<p>#1042 is yours</p>\n"},
    {"", ""},
  };
  for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) g_assert_cmpstr(html_of(cases[i].text), ==, cases[i].html);
}

static void shows_pasted_markup_as_text(void) {
  g_assert_cmpstr(html_of("Press <b>OK</b> now"), ==, "<p>Press &lt;b&gt;OK&lt;/b&gt; now</p>\n");
  g_assert_cmpstr(html_of("<script>\nalert(1)\n</script>"), ==, "<p>&lt;script&gt;<br />\nalert(1)<br />\n&lt;/script&gt;</p>\n");
  g_assert_null(strstr(html_of("[x](javascript:alert(1))"), "javascript:"));
  g_assert_null(strstr(html_of("<img src=x onerror=alert(1)>"), "<img"));
}

static void shows_attached_pictures_and_no_others(void) {
  g_autoptr(Arena) arena = arena_new();
  MailAttachmentList files = {0};
  *list_add(arena, &files) = (MailAttachment){.name = "the saddle.png", .type = "image/png", .content_id = "p1@desk"};
  g_assert_cmpstr(mail_markdown_to_html(arena, "![so](the%20saddle.png)", &files), ==,
                  "<p><img src=\"cid:p1@desk\" alt=\"so\" /></p>\n");
  const char *elsewhere = mail_markdown_to_html(arena, "![so](https://spy.example/a.png) ![](b.png)", &files);
  g_assert_null(strstr(elsewhere, "<img"));
  g_assert_nonnull(strstr(elsewhere, "<a href=\"https://spy.example/a.png\">so</a>"));
}

// Whatever is typed, nothing but the elements that a letter needs comes out.
static void nothing_typed_becomes_another_element(void) {
  static const char *const pieces[] = {"<",    ">",  "b",    "/",   "!",  "[",  "]",    "(",  ")",      "*",
                                       "_",    "`",  "\n",   " ",   "> ", "- ", "1. ",  "# ", "script", "https://a.example",
                                       "&",    "\"", "<!--", "-->", "\\", "![", "](x)", "ü",  "\xFF",   "===\n",
                                       "---\n"};
  static const char *const allowed[] = {"p>",          "strong>",   "em>", "ul>",   "ol>",  "ol start=\"", "li>",
                                        "blockquote>", "a href=\"", "a>",  "code>", "pre>", "br />",       "hr />"};
  Random random = random_seeded(5);
  for (int round = 0; round < 3000; round++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (uint64_t i = random_below(&random, 40); i > 0; i--)
      g_string_append(text, pieces[random_below(&random, G_N_ELEMENTS(pieces))]);
    for (const char *at = strchr(html_of(text->str), '<'); at; at = strchr(at, '<')) {
      at += at[1] == '/' ? 2 : 1;
      bool is_allowed = false;
      for (size_t i = 0; i < G_N_ELEMENTS(allowed); i++) is_allowed |= g_str_has_prefix(at, allowed[i]);
      if (!is_allowed) g_error("%s makes <%s", text->str, at);
    }
  }
}

static void very_long_text_is_kept_whole(void) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GString) text = g_string_new(NULL);
  while (text->len < 600000) g_string_append(text, "> [*");
  const char *html = mail_markdown_to_html(arena, text->str, NULL);
  g_assert_true(g_str_has_prefix(html, "<pre"));
  g_assert_cmpuint(strlen(html), >, text->len);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/markdown/writes-what-letters-need", writes_what_letters_need);
  g_test_add_func("/mail/markdown/shows-pasted-markup-as-text", shows_pasted_markup_as_text);
  g_test_add_func("/mail/markdown/shows-attached-pictures-and-no-others", shows_attached_pictures_and_no_others);
  g_test_add_func("/mail/markdown/nothing-typed-becomes-another-element", nothing_typed_becomes_another_element);
  g_test_add_func("/mail/markdown/very-long-text-is-kept-whole", very_long_text_is_kept_whole);
  return g_test_run();
}
