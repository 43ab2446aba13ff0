// Topic: what a tracking or monitoring system writes about, so that a desk can keep its mails together (case 52).
#pragma once

#include "mail/mail.h"
#include "mail/parts.h"

// "nagios:web1/HTTP"; NULL for everything that is not surely from such a system. Wants from, subject and text of `mail`. Whoever can
// forge a sender can forge a topic: it may join the mails of one sender, never those of two.
const char *machine_topic(Arena *arena, const MailHeaderList *headers, const Mail *mail);
void topic_start(void); // for mail_start: makes the patterns ready
