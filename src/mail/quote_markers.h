// Quote markers: what mail programs write between a reply and the mail it answers, in the languages of the tables.
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct QuoteLine {
  const char *start; // in the text, not terminated
  size_t length;     // without the newline
  bool is_blank;
  bool is_quoted; // begins with ">"
} QuoteLine;

// Kinds of header line in a block that a mail program puts above a quoted mail.
typedef enum QuoteLabel { LABEL_NONE, LABEL_FROM, LABEL_DATE, LABEL_TO, LABEL_SUBJECT, LABEL_OTHER } QuoteLabel;

// The label a line begins with: "Von: …", "*Sent:* …", "差出人: …".
QuoteLabel quote_label(Arena *arena, const QuoteLine *line);
// "-----Original Message-----", "Begin forwarded message:".
bool quote_is_separator(Arena *arena, const QuoteLine *line);
// "____", "*****": a line of three or more of one ornament.
bool quote_is_rule(const QuoteLine *line);
// "-- ", "--", "—": what stands above a signature.
bool quote_is_signature_mark(const QuoteLine *line);
// "Sent from my iPhone" and its like.
bool quote_is_device_line(Arena *arena, const QuoteLine *line);
// "Best regards", "Mit freundlichen Grüßen", "Thanks, Ann": what stands above a name at the end of a letter.
bool quote_is_closing(Arena *arena, const QuoteLine *line);
// "-Ann", "/ Ann Lee": a name that signs for itself.
bool quote_is_name_line(Arena *arena, const QuoteLine *line);
// Whether a line is a sentence, or part of one: more than six words, or some that end in a full stop.
bool quote_is_prose(Arena *arena, const QuoteLine *line);
// How a line says that somebody can be reached: a telephone number (not any number), an address of mail or web.
typedef enum QuoteContact { CONTACT_NONE = 0, CONTACT_NUMBER = 1, CONTACT_ADDRESS = 2, CONTACT_BOTH = 3 } QuoteContact;
QuoteContact quote_contact(Arena *arena, const QuoteLine *line);
// Whether a line may end "On … wrote:", by its last character. Cheap; comes before the next two.
bool quote_may_end_attribution(const QuoteLine *line);
// Whether `text` (a few lines) reads as an attribution: a verb of writing and a sign of date, time or address.
bool quote_is_attribution(Arena *arena, const char *text, bool quote_follows);
// Whether a line begins as attributions do: "On ", "Am ", "Le ", a digit.
bool quote_begins_attribution(Arena *arena, const QuoteLine *line);
// Where in a line an attribution begins behind other words ("Fine. On 4 May 2026 at 10:00 Ann <a@b> wrote:"); 0 when none does.
size_t quote_attribution_inside(Arena *arena, const QuoteLine *line);
// Whether a line names a year and a time of day.
bool quote_tells_moment(Arena *arena, const QuoteLine *line);
// "2016-03-03 17:21 GMT+01:00 Name", "2009/5/12 Name <a@b>": Gmail's forms without a verb.
bool quote_is_dated_line(const QuoteLine *line);
