// Both ends of parsing apart: what the process that parses does, and how a program offers to become one.
#pragma once

#include "mail/mail.h"

// A parser's process is this same program, started anew with one hidden verb. Every program that uses a MailParser calls this
// first in main: it does not come back when that verb is asked for.
void mail_apart_if_asked(int argc, char **argv);

#define APART_VERB "parse-apart"
#define APART_MEMORY ((size_t)1 << 30) // address space of the process, bytes
#define APART_SECONDS 120              // processor time in its life
#define APART_MAILS 500                // a process that has parsed so many makes room for a fresh one
#define APART_HELLO "shut in\n"        // what it says when the sandbox is closed

typedef enum ApartExit { // how the process ends when it is not killed
  APART_DONE = 0,
  APART_NO_MEMORY = 3, // or anything else that g_error is for
  APART_NO_SANDBOX = 4,
} ApartExit;

// What the process does with a mail: mail_parse; tests put in something that misbehaves.
typedef Mail *ApartParse(Arena *arena, Bytes raw);
void mail_apart_if_asked_with(int argc, char **argv, ApartParse *parse);
bool mail_apart_is_offered(void); // one of the two was called
