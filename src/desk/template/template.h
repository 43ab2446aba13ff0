// Templates: the words of automatic mail, in the customer's language. The program brings them along (NAME.LANGUAGE.txt beside this
// file); an administrator may write others, for one mailbox or for all.
//
// A template is a text: "Subject: …", an empty line, the words. {{name}} stands for a value; white space inside the braces is
// written only when the value is not empty, so "Hello{{ name}}," becomes "Hello Anna," or "Hello,". Values are put in as they are and
// never read as templates or as markup.
#pragma once

#include "base/list.h"
#include "desk/mailbox/mailbox.h"
#include "desk/template/language.h"

#define TEMPLATE_ACKNOWLEDGEMENT "acknowledgement"
#define TEMPLATE_HOW_TO_BE_HEARD "how-to-be-heard"
#define TEMPLATE_TOO_LARGE "too-large"
#define TEMPLATE_MOST ((int64_t)64 * 1024) // bytes

typedef struct TemplateValue {
  const char *name, *value;
} TemplateValue;

typedef struct TemplateWords {
  const char *subject, *body;
} TemplateWords;

typedef struct TemplateEntry {
  const char *name, *language;
  int64_t mailbox_id; // 0: for all
  bool is_built_in;
} TemplateEntry;
LIST_DEFINE(TemplateEntry)

// The text that counts, in this order: written for the mailbox, for all, built in; then the same in English. ERROR_NOT_FOUND when there
// is no such template. `mailbox_id` 0: as for a mailbox without any of its own.
bool template_text(Arena *arena, Desk *desk, const char *name, const Language *language, int64_t mailbox_id, const char **out,
                   GError **error);
// The text filled with `values`, which ends with an empty one.
TemplateWords template_fill(Arena *arena, const char *text, const TemplateValue *values);

// ERROR_NOT_FOUND for an unknown template or language, ERROR_INVALID for one without a subject or with a value nobody fills.
bool template_set(Desk *desk, const char *name, const char *language, int64_t mailbox_id, const char *text, GError **error);
bool template_reset(Desk *desk, const char *name, const char *language, int64_t mailbox_id, GError **error); // ERROR_NOT_FOUND
bool template_list(Arena *arena, Desk *desk, TemplateEntryList *out, GError **error);

// What an acknowledgement says. `moment` is when the mail came; the answer is promised for the end of the next day on which the desk is
// open (hours/hours.h), by the mailbox's closing time in its zone, which is the desk's when it has none of its own. Only automatic mail
// is written by this: whether to send one is decided elsewhere.
typedef struct AcknowledgementFacts {
  int64_t number, moment;
  const char *customer_name, *subject;
  const Mailbox *mailbox;
  const Language *language;
} AcknowledgementFacts;
bool template_acknowledgement(Arena *arena, Desk *desk, const AcknowledgementFacts *facts, TemplateWords *out, GError **error);

// What the notice about a mail over the limit says, which takes the acknowledgement's place.
typedef struct TooLargeFacts {
  int64_t number, megabytes;
  const char *customer_name, *subject;
  const Mailbox *mailbox;
  const Language *language;
} TooLargeFacts;
bool template_too_large(Arena *arena, Desk *desk, const TooLargeFacts *facts, TemplateWords *out, GError **error);

// What a mail under a restriction is answered with (desk/boundary/mail.h): who reads it, and how to be heard all the same.
typedef struct HeardFacts {
  int64_t number, since, until;              // when the restriction began, and when it ends
  const char *customer_name, *who, *outside; // who: NULL when nobody is named
  const Mailbox *mailbox;
  const Language *language;
} HeardFacts;
bool template_how_to_be_heard(Arena *arena, Desk *desk, const HeardFacts *facts, TemplateWords *out, GError **error);

typedef struct Speaker { // whom a conversation is with, as far as their language goes
  int64_t customer_id;
  const char *language, *mailbox_language; // "": not recognised
} Speaker;

// The language to write to a customer in: the one they prefer, as somebody noted; else that of this mail when it is known, else of what they
// wrote before, else the mailbox's.
bool template_language(Arena *arena, Desk *desk, const char *mail_language, int64_t customer_id, const Mailbox *mailbox,
                       const Language **out, GError **error);
// The same for a conversation, of which the customer's latest message that was recognised counts. ERROR_NOT_FOUND.
bool template_language_in(Arena *arena, Desk *desk, int64_t number, const Language **out, GError **error);
// Lets the thread speak it, for words to the customer; English where the program has no catalogue of it. `*out_before`, in every case, is
// the language to go back to with words_use.
bool template_speak(Arena *arena, Desk *desk, int64_t number, int *out_before, GError **error);
