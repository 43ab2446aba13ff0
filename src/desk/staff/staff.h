// Staff: the people who work here, their roles, and their sessions.
//
// Passwords are kept as argon2id; a session's cookie only as its SHA-256. Signing in is rate limited per address of mail
// and per network address, and says no more than that the two do not match.
#pragma once

#include "base/list.h"
#include "desk/desk.h"

typedef enum StaffRole { ROLE_AGENT, ROLE_SUPERVISOR, ROLE_ADMINISTRATOR, ROLE_COUNT } StaffRole;

// What a route or a verb asks for. One table in role.c says which role has which.
typedef enum Permission {
  PERMISSION_PUBLIC = 1, // anyone, signed in or not
  PERMISSION_OWN,        // one's own sessions and password
  PERMISSION_READ,       // conversations
  PERMISSION_ANSWER,     // reply, note, assign, solve
  PERMISSION_MAILROOM,   // quarantine, failed mail, outbox
  PERMISSION_REPORT,     // reports about the desk's work, never about one person's
  PERMISSION_ADMINISTER, // people, mailboxes
  PERMISSION_SUPERVISE,  // approve remedies; limits, protocols, scripts, rules
} Permission;

const char *role_word(StaffRole role);  // "agent", "supervisor", "administrator"
const char *role_words(StaffRole role); // what they do here: a sentence
bool role_from_word(const char *word, StaffRole *out);
bool role_may(StaffRole role, Permission permission);
#define PERMISSION_LAST PERMISSION_SUPERVISE
const char *permission_word(Permission permission);  // "administer"; "" for none
const char *permission_words(Permission permission); // what it allows: a sentence

typedef struct Staff {
  int64_t id;
  const char *email, *name;
  StaffRole role;
  bool is_active;
  bool has_joined; // staff_list only: has a password; whoever was invited and is not here yet is given nothing
  int64_t made_at;
  const char *language; // "de"; "": what their browser asks for
  const char *zone;     // of their times: their own, else the desk's; "": the machine's
} Staff;
LIST_DEFINE(Staff)

// Whether the desk tells somebody by mail when a customer wrote: about nothing, about conversations that are with them, or also about
// those that are with nobody.
typedef enum StaffMails { STAFF_MAILS_NONE, STAFF_MAILS_MINE, STAFF_MAILS_UNASSIGNED, STAFF_MAILS_COUNT } StaffMails;
bool staff_mails_from_word(const char *word, StaffMails *out); // "none", "mine", "unassigned"

typedef struct StaffDraft {
  const char *email, *name, *password;
  StaffRole role;
} StaffDraft;

#define STAFF_PASSWORD_LEAST 10 // characters

// ERROR_INVALID (e-mail, name or password unusable; says what is wrong) or ERROR_CONFLICT (e-mail taken).
bool staff_add(Desk *desk, const StaffDraft *draft, int64_t *out_id, GError **error);
bool staff_list(Arena *arena, Desk *desk, StaffList *out, GError **error);      // by name
Staff *staff_find(Arena *arena, Desk *desk, const char *email, GError **error); // ERROR_NOT_FOUND
// Ends all sessions too. ERROR_NOT_FOUND; ERROR_CONFLICT for the last administrator who can sign in: somebody must be left who can let
// others in. The journal says "the command line".
bool staff_disable(Desk *desk, const char *email, GError **error);
// A new password from somebody else: what its owner keeps for themselves (desk/vault) then opens with the old one alone. Ends all
// sessions but `except_session` (0: none is spared).
bool staff_set_password(Desk *desk, int64_t staff_id, const char *password, int64_t except_session, GError **error);
// By the owner, who has shown to know the old one: what they keep for themselves goes along.
bool staff_change_password(Desk *desk, int64_t staff_id, const char *old_password, const char *password, int64_t except_session,
                           GError **error);

bool staff_set_mails(Desk *desk, int64_t staff_id, StaffMails mails, GError **error); // ERROR_NOT_FOUND
bool staff_mails(Desk *desk, int64_t staff_id, StaffMails *out, GError **error);
// How the desk speaks to somebody. ERROR_INVALID when there is no such language or zone; "" takes the choice back.
bool staff_set_reader(Desk *desk, int64_t staff_id, const char *language, const char *zone, GError **error);
bool staff_zone_chosen(Arena *arena, Desk *desk, int64_t staff_id, const char **out, GError **error); // "": none
int staff_speak_to(const Staff *staff); // words_use with their language, for a mail to them; returns the one before
#define STAFF_SIGNATURE_MOST 1000       // characters
bool staff_signature(Arena *arena, Desk *desk, int64_t staff_id, const char **out, GError **error); // "" when there is none
// ERROR_INVALID when it is too long.
bool staff_set_signature(Desk *desk, int64_t staff_id, const char *signature, GError **error);

typedef struct Session {
  int64_t id, made_at, seen_at, expires_at;
  const char *browser, *address;
  bool is_current; // set by session_list
} Session;
LIST_DEFINE(Session)

#define SESSION_LIFETIME (14 * CLOCK_DAY) // from its last use

typedef enum SignInOutcome { SIGN_IN_DONE, SIGN_IN_NO_MATCH, SIGN_IN_TOO_MANY } SignInOutcome;
typedef struct SignIn {
  SignInOutcome outcome;
  const char *token; // for the cookie, when done
  int64_t wait;      // when too many: how long until the next try counts
} SignIn;
// At most 8 failures an e-mail and 40 a network address in 15 minutes.
bool staff_sign_in(Arena *arena, Desk *desk, const char *email, const char *password, const char *address, const char *browser,
                   SignIn *out, GError **error);
// Whether somebody who is signed in knows their password; as limited as signing in, for a borrowed session is no place to guess.
bool staff_check_password(Arena *arena, Desk *desk, int64_t staff_id, const char *password, SignInOutcome *out, int64_t *out_wait,
                          GError **error);
// Who a cookie stands for: `*out_staff` NULL when it stands for nobody (unknown, expired, revoked, disabled). Notes the
// use at most every five minutes.
bool session_find(Arena *arena, Desk *desk, const char *token, Staff **out_staff, int64_t *out_session, GError **error);
bool session_list(Arena *arena, Desk *desk, int64_t staff_id, int64_t current, SessionList *out,
                  GError **error); // newest use first
bool session_end(Desk *desk, int64_t staff_id, int64_t session_id, GError **error);
bool session_end_others(Desk *desk, int64_t staff_id, int64_t except_session, GError **error);
