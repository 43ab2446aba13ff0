// Administering people: inviting, roles, teams, ending. Every change stands in the audit journal with who made it (`actor` NULL: the
// command line).
//
// Nobody chooses a password for somebody else: an invitation is a link, which sets the password once. The last administrator who can sign in
// can be neither disabled nor given another role, whoever asks, and however many ask at once.
#pragma once

#include "desk/staff/staff.h"

#define STAFF_NAME_MOST 120 // characters
#define STAFF_LINK_LIFETIME (7 * CLOCK_DAY)

typedef struct StaffPerson {         // as administrators see them
  int64_t id, made_at, last_seen_at; // 0: not signed in now, and not lately
  const char *email, *name, *teams;  // names of teams, with commas; ""
  StaffRole role;
  bool is_active, has_joined; // has a password
  int64_t sessions;           // that they have open
} StaffPerson;
LIST_DEFINE(StaffPerson)
bool staff_people(Arena *arena, Desk *desk, StaffPersonList *out, GError **error); // by name
StaffPerson *staff_person(Arena *arena, Desk *desk, int64_t id, GError **error);   // ERROR_NOT_FOUND

// Adds somebody without a password, and makes their link. ERROR_INVALID and ERROR_CONFLICT as staff_add.
bool staff_invite(Arena *arena, Desk *desk, const Staff *actor, const StaffDraft *draft, const char **out_token, int64_t *out_id,
                  GError **error);
// A new link, for who lost theirs or their password; earlier ones no longer work. Their password stays until they use it.
bool staff_renew_link(Arena *arena, Desk *desk, const Staff *actor, int64_t id, const char **out_token, GError **error);
// Whose link a token is; `*out` NULL: nobody's, used, run out, or of somebody disabled.
bool staff_link_find(Arena *arena, Desk *desk, const char *token, Staff **out, GError **error);
// Sets the password and signs them in; the link works no more, and other sessions end. ERROR_INVALID says what is wrong with the password;
// ERROR_NOT_FOUND when the link leads nowhere (any more).
bool staff_link_redeem(Arena *arena, Desk *desk, const char *token, const char *password, const char *address,
                       const char *browser, const char **out_session, GError **error);

// Another address to sign in with and to write to. Links that were made for the old one no longer work; sessions stay. ERROR_INVALID,
// ERROR_CONFLICT when somebody has it, written alike or not.
bool staff_set_email(Desk *desk, const Staff *actor, int64_t id, const char *email, GError **error);
bool staff_rename(Desk *desk, const Staff *actor, int64_t id, const char *name, GError **error);
// ERROR_CONFLICT for the last administrator.
bool staff_set_role(Desk *desk, const Staff *actor, int64_t id, StaffRole role, GError **error);
// Disabling ends their sessions and links, and hands back what is with them. ERROR_CONFLICT for the last administrator. Letting them in
// again gives nothing back.
bool staff_set_active(Desk *desk, const Staff *actor, int64_t id, bool is_active, GError **error);

// ——— what somebody leaves behind

typedef enum StaffLeaves { // kept in the database: what becomes of the conversations of who left
  LEAVES_TO_NOBODY,
  LEAVES_TO_TURNS, // to whose turn it is in the team of each; where it has none that takes turns, to nobody
  LEAVES_TO_PERSON,
  LEAVES_COUNT
} StaffLeaves;
typedef struct StaffLeaving {
  StaffLeaves leaves;
  int64_t to_id; // with LEAVES_TO_PERSON
} StaffLeaving;

#define BURDEN_MOST 10000
typedef struct StaffBurden { // what is with somebody now, each counted as far as BURDEN_MOST
  int64_t conversations;     // open, the snoozed ones too
  int64_t complaints, promises;
  int64_t approvals; // that they asked for and wait for
  int64_t drafts;
} StaffBurden;
bool staff_burden(Desk *desk, int64_t id, StaffBurden *out, GError **error);

// Disables them as staff_set_active does, and says what becomes of theirs. Complaints are the supervisors' at once; conversations go in
// transactions of their own, the first of them before this returns and the rest by staff_hand_back. Drafts and promises stay theirs.
// ERROR_INVALID for somebody to whom nothing can be given.
bool staff_leave(Desk *desk, const Staff *actor, int64_t id, const StaffLeaving *leaving, GError **error);
// Gives on some of what is open and still with somebody who left, `only` or with 0 whoever, at most `most`; `*out_count` how many.
bool staff_hand_back(Desk *desk, int64_t only, int64_t most, int64_t *out_count, GError **error);
bool staff_end_sessions(Desk *desk, const Staff *actor, int64_t id, GError **error);

typedef struct StaffTeam {
  int64_t id;
  const char *name;
  bool is_member;
} StaffTeam;
LIST_DEFINE(StaffTeam)
bool staff_teams(Arena *arena, Desk *desk, int64_t id, StaffTeamList *out, GError **error); // all active teams, by name
bool staff_set_teams(Desk *desk, const Staff *actor, int64_t id, const IntList *teams, GError **error);

// ——— the first person

// Whether nobody works here yet: then, and only then, a setup link makes the first administrator.
bool setup_is_due(Desk *desk, bool *out, GError **error);
#define SETUP_LIFETIME (24 * CLOCK_HOUR)
// Makes the setup link's token, in place of an earlier one.
bool setup_begin(Arena *arena, Desk *desk, const char **out_token, GError **error);
// Whether a token is the setup link's, nobody has used it, and nobody works here yet.
bool setup_may(Arena *arena, Desk *desk, const char *token, bool *out, GError **error);

typedef struct Setup {
  const char *name, *email, *password; // of the first administrator
  const char *firm;
  const char *mailbox;  // the first address that customers write to
  const char *zone;     // in which the desk is open
  const char *hours;    // Monday to Friday: "09:00-12:30, 13:30-17:00"
  const char *language; // "de": of customers: of the mailbox, protocols and scripts; "": English
} Setup;
typedef struct SetupProblems { // a sentence beside each field; NULL: fine
  const char *name, *email, *password, *firm, *mailbox, *zone, *hours;
} SetupProblems;
// Uses the token up and sets the desk up, all or nothing; `*out_session` signs the administrator in, NULL when there are problems.
// ERROR_NOT_FOUND when the link leads nowhere (any more): somebody else was faster, or it ran out.
bool setup_finish(Arena *arena, Desk *desk, const char *token, const Setup *setup, const char *address, const char *browser,
                  SetupProblems *out_problems, const char **out_session, GError **error);
