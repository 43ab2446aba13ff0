// A letter: the words of a mail as its two parts, text and HTML, with signature, the firm's own mark, and the quote below.
#pragma once

#include "base/list.h"
#include "desk/brand/brand.h"
#include "mail/mail.h"

// What the answer answers. Mail programs fold it by the marks that everybody uses: "… wrote:" and ">", gmail_quote, type="cite".
typedef struct LetterQuote {
  const char *attribution; // "On 22 November 2026 at 09:15, Anna Berg wrote:"
  const char *text;
} LetterQuote;

typedef struct Letter {
  const char *words;        // light Markdown
  bool is_plain;            // the words are no Markdown: values that strangers chose stand in them
  const char *signature;    // NULL or blank: none
  const char *token;        // of the reply: "[ref TOKEN]"; NULL: none
  const char *mail_id;      // of the mail, without <>; its pictures' ids come from it
  const LetterQuote *quote; // NULL: none
  const BrandMark *brand;   // logo, name and accent, in the HTML alone; NULL: none
} Letter;

// `files` are the mail's attachments: those pictures that the words show get is_inline and a content_id, the others none. The logo comes
// to them.
void letter_write(Arena *arena, const Letter *letter, MailAttachmentList *files, const char **out_text, const char **out_html);
// Words and signature as the HTML part will show them, for their writer to see before it goes. Pictures are named as in letter_write,
// the logo "cid:logo.<mail_id>".
const char *letter_preview(Arena *arena, const Letter *letter, MailAttachmentList *files);
