// The rules of HTML and of this project that the template compiler enforces, as tables. Case does not matter.
#pragma once

#include <stdbool.h>

// Elements that have no content and no end tag (HTML Standard 13.1.2).
bool rules_is_void(const char *element);
// Elements whose content is text, where tags have no meaning.
bool rules_is_text_only(const char *element);
// Elements that stay empty here, with the reason: nothing inline.
const char *rules_why_empty(const char *element);
// NULL, or why this element or attribute is refused at all.
const char *rules_refuse_element(const char *element);
const char *rules_refuse_attribute(const char *attribute);
// Attributes whose whole value is an address.
bool rules_is_address(const char *attribute);
// True when a browser would close an open `outer` by itself on meeting `inner` (a block in a <p>, a form in a form).
bool rules_closes(const char *outer, const char *inner);
// True when a browser would leave an open <svg> or <math> on meeting `element` (HTML Standard 13.2.6.5), or when it is a script.
bool rules_leaves_picture(const char *element);
// True when `element` keeps an open <p> around it from being closed by what is inside.
bool rules_shields(const char *element);
// True when a literal address may begin like this: no scheme, or a harmless one.
bool rules_address_is_harmless(const char *text);
// Elements that stand in a line of prose, so that a sentence goes on through them.
bool rules_is_inline(const char *element);
// Elements whose content is no prose: code, keys, what a machine prints.
bool rules_keeps(const char *element);
// Attributes that a person reads or hears.
bool rules_holds_words(const char *attribute);
