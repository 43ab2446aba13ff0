// HTML as text.
#include "mail/mail.h"

static void expect(const char *html, const char *text) {
  g_autoptr(Arena) arena = arena_new();
  g_assert_cmpstr(mail_html_to_text(arena, html), ==, text);
}

static void collapses_white_space(void) {
  expect("  one \n\t two&nbsp;three  ", "one two three\n");
  expect("<b>one</b> <i>two</i>three", "one twothree\n");
  expect("<pre>a\n  b</pre>", "a\n  b\n");
  expect("<div style=\"white-space: pre-wrap\">a\n b</div>", "a\n b\n");
  expect("", "");
}

static void sets_blocks_apart(void) {
  expect("<p>one</p><p>two</p>", "one\n\ntwo\n");
  expect("<div>one</div><div>two</div>", "one\ntwo\n");
  expect("one<br>two<br><br>three", "one\ntwo\n\nthree\n");
  expect("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo\n");
  expect("<h1>Title</h1>text", "Title\n\ntext\n");
  expect("one<hr>two", "one\n________________________________\ntwo\n");
}

static void marks_lists_and_quotes(void) {
  expect("<ul><li>one</li><li>two</li></ul>", "- one\n- two\n");
  expect("<ol><li>one<li>two</ol>", "1. one\n2. two\n");
  expect("<ul><li>one<ul><li>in</ul><li>two</ul>", "- one\n  - in\n- two\n");
  expect("me<blockquote>you<blockquote>them</blockquote></blockquote>me", "me\n\n> you\n>\n> > them\n\nme\n");
}

static void writes_links(void) {
  expect("<a href=\"https://example.org/a\">here</a>.", "here (https://example.org/a).\n");
  expect("<a href=\"https://example.org/\">example.org</a>", "example.org\n");
  expect("<a href=\"mailto:ann@example.org\">ann@example.org</a>", "ann@example.org\n");
  expect("<a href=\"mailto:ann@example.org\">Ann</a>", "Ann (ann@example.org)\n");
  expect("<a href=\"javascript:alert(1)\">here</a>", "here\n");
  expect("<a href=\"https://example.org/x\"><img src=x></a>after", "after\n");
}

static void reads_tables_and_images(void) {
  expect("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n");
  expect("<img alt=\"A cat\" src=x> sits", "A cat sits\n");
}

static void leaves_out_what_nobody_sees(void) {
  expect("<style>p{}</style><script>x()</script><title>t</title><!-- c -->seen", "seen\n");
  expect("<!--->se<!-->en<!---->!<!-- x --!>!<!-->", "seen!!\n");
  expect("seen<!-- never closed", "seen\n");
  expect("seen<!--", "seen\n");
  expect("<div style=\"display:none\">hidden<b>too</b></div>seen", "seen\n");
  expect("se\xC2\xAD"
         "en\xE2\x80\x8B",
         "seen\n");
}

static void decodes_entities(void) {
  expect("&lt;b&gt; &amp; &euro; &#252; &#x1F600; &unknown;", "<b> & € ü 😀 &unknown;\n");
  expect("&#150; &#0; &#xD800; &#99999999999; &amp;lt; &apos; a&nbsp b & c && &# &#x; ?a=1&copy=2",
         "– \uFFFD \uFFFD \uFFFD &lt; ' a b & c && &# \uFFFD ?a=1&copy=2\n");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/mail/html-text/collapses-white-space", collapses_white_space);
  g_test_add_func("/mail/html-text/sets-blocks-apart", sets_blocks_apart);
  g_test_add_func("/mail/html-text/marks-lists-and-quotes", marks_lists_and_quotes);
  g_test_add_func("/mail/html-text/writes-links", writes_links);
  g_test_add_func("/mail/html-text/reads-tables-and-images", reads_tables_and_images);
  g_test_add_func("/mail/html-text/leaves-out-what-nobody-sees", leaves_out_what_nobody_sees);
  g_test_add_func("/mail/html-text/decodes-entities", decodes_entities);
  return g_test_run();
}
