// The text part is what was written, as it was written; the HTML part is the same through Markdown. Below stand the signature after
// the mark that mail programs know ("-- "), the firm's logo and name, the desk's own mark, and the customer's words. The mark stands above
// the quote so that every way of quoting us takes it along. The logo travels with the mail, since ours load nothing from elsewhere; it is
// laid out with attributes of old, which every mail program knows and the page of the preview allows.
#include "desk/outbox/letter.h"

#include "base/html.h"
#include "base/text.h"

#define QUOTE_MOST 10000 // characters
#define SMALL "<p style=\"color:#6b6b6b;font-size:12px\">"
#define BAR "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"

static void append_lines(GString *out, const char *text, const char *before, const char *behind, bool is_html) {
  for (const char *at = text;;) {
    size_t length = strcspn(at, "\n");
    g_autofree char *line = g_strndup(at, length);
    g_string_append(out, before);
    if (is_html)
      html_put_text(out, line);
    else
      g_string_append(out, line);
    if (!at[length]) break;
    g_string_append(out, behind);
    at += length + 1;
  }
}

static const char *quoted_text(Arena *arena, const LetterQuote *quote) {
  return text_clamp(arena, text_trim(arena, text_make_valid(arena, bytes_of_text(quote->text))), QUOTE_MOST);
}

static const char *as_text(Arena *arena, const Letter *letter) {
  g_autoptr(GString) out = g_string_new(text_trim(arena, letter->words));
  if (!text_is_blank(letter->signature)) g_string_append_printf(out, "\n\n-- \n%s", text_trim(arena, letter->signature));
  if (letter->token) g_string_append_printf(out, "\n\n[ref %s]", letter->token);
  g_string_append_c(out, '\n');
  if (letter->quote) {
    g_string_append_printf(out, "\n%s\n", letter->quote->attribution);
    append_lines(out, quoted_text(arena, letter->quote), "> ", "\n", false);
    g_string_append_c(out, '\n');
  }
  return arena_strndup(arena, out->str, out->len);
}

static void append_words(Arena *arena, GString *out, const Letter *letter, const MailAttachmentList *files) {
  g_string_append(out, "<div dir=\"auto\">\n");
  if (letter->is_plain)
    append_lines(out, text_trim(arena, letter->words), "", "<br>\n", true);
  else
    g_string_append(out, mail_markdown_to_html(arena, text_trim(arena, letter->words), files));
  g_string_append(out, "</div>\n");
  if (!text_is_blank(letter->signature)) {
    g_string_append(out, "<div dir=\"auto\" class=\"gmail_signature\">-- <br>\n");
    append_lines(out, text_trim(arena, letter->signature), "", "<br>\n", true);
    g_string_append(out, "</div>\n");
  }
}

static const char *logo_id(Arena *arena, const Letter *letter) { return arena_printf(arena, "logo.%s", letter->mail_id); }

static void append_brand(Arena *arena, GString *out, const Letter *letter) {
  const BrandMark *brand = letter->brand;
  if (!brand) return;
  g_string_append_printf(
    out,
    "<br>\n<table class=\"gmail_signature\" role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr>"
    "<td bgcolor=\"%s\" width=\"3\"></td><td width=\"10\"></td>"
    "<td><img src=\"cid:%s\" width=\"%jd\" height=\"%jd\" border=\"0\" alt=\"Logo\"></td><td width=\"10\"></td>"
    "<td dir=\"auto\"><font color=\"%s\"><b>",
    brand->colour, logo_id(arena, letter), (intmax_t)brand->width, (intmax_t)brand->height, brand->colour);
  html_put_text(out, brand->name);
  g_string_append(out, "</b></font></td></tr></table>\n");
}

static void add_logo(Arena *arena, const Letter *letter, MailAttachmentList *files) {
  const BrandMark *brand = letter->brand;
  if (!brand) return;
  *list_add(arena, files) = (MailAttachment){.name = strcmp(brand->type, "image/png") == 0 ? "logo.png" : "logo.jpg",
                                             .type = brand->type,
                                             .bytes = brand->picture,
                                             .content_id = logo_id(arena, letter),
                                             .is_inline = true};
}

static const char *as_html(Arena *arena, const Letter *letter, const MailAttachmentList *files) {
  g_autoptr(GString) out = g_string_new("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n");
  append_words(arena, out, letter, files);
  append_brand(arena, out, letter);
  if (letter->token) g_string_append_printf(out, SMALL "[ref %s]</p>\n", letter->token);
  if (letter->quote) {
    g_string_append(out, "<div class=\"gmail_quote\"><div dir=\"auto\" class=\"gmail_attr\">");
    html_put_text(out, letter->quote->attribution);
    g_string_append(out, "<br></div>\n<blockquote class=\"gmail_quote\" type=\"cite\" dir=\"auto\" style=\"" BAR "\">\n");
    append_lines(out, quoted_text(arena, letter->quote), "", "<br>\n", true);
    g_string_append(out, "\n</blockquote></div>\n");
  }
  g_string_append(out, "</body></html>\n");
  return arena_strndup(arena, out->str, out->len);
}

// A mail's id is nobody else's, so neither are those of its pictures.
static void name_pictures(Arena *arena, const Letter *letter, MailAttachmentList *files) {
  for (size_t i = 0; i < files->count; i++) {
    MailAttachment *file = &files->items[i];
    bool is_picture = g_str_has_prefix(file->type, "image/");
    file->content_id = is_picture ? arena_printf(arena, "picture%zu.%s", i + 1, letter->mail_id) : NULL;
    file->is_inline = is_picture;
  }
}

const char *letter_preview(Arena *arena, const Letter *letter, MailAttachmentList *files) {
  name_pictures(arena, letter, files);
  g_autoptr(GString) out = g_string_new(NULL);
  append_words(arena, out, letter, files);
  append_brand(arena, out, letter);
  return arena_strndup(arena, out->str, out->len);
}

void letter_write(Arena *arena, const Letter *letter, MailAttachmentList *files, const char **out_text, const char **out_html) {
  name_pictures(arena, letter, files);
  *out_text = as_text(arena, letter);
  *out_html = as_html(arena, letter, files);
  list_each(MailAttachment, file, files) {
    bool is_shown = file->is_inline && strstr(*out_html, arena_printf(arena, "\"cid:%s\"", file->content_id));
    if (is_shown) continue;
    file->is_inline = false;
    file->content_id = NULL;
  }
  add_logo(arena, letter, files);
}
