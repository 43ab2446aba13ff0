// Administering people: their list, one of them, the link that sets a password, and who may do what.
#pragma once

#include "desk/rule/rule.h"
#include "desk/staff/admin.h"
#include "pages/protocol/guide.h"
#include "pages/shell/shell.h"

typedef struct StaffForm { // of an invitation
  const char *email, *name, *problem;
  StaffRole role;
} StaffForm;

typedef struct StaffLink {                     // a link that was made just now, and is shown this once
  const char *address, *name, *email, *letter; // letter: a mailto: address with the link in it
} StaffLink;

typedef struct StaffPage {
  const Visit *visit;
  StaffPersonList people;
  StaffForm form;
  StaffLink link; // address NULL: none
  ChoiceList roles;
} StaffPage;

typedef struct PersonPage {
  StaffBurden burden;
  RuleList rules;     // that give to them, or tell them
  StaffList others;   // who could get what is theirs
  bool has_turns;     // some team takes turns
  const char *chosen; // of what becomes of theirs, when the form comes back: "", "turns", a number
  const Visit *visit;
  const StaffPerson *person;
  StaffTeamList teams;
  ChoiceList roles;
  StaffLink link;
  const char *said;         // what was done just now; NULL: nothing
  const char *part;         // whose form `problem` is about: "name", "email", "role", "teams"; "" the whole
  const char *problem;      // NULL: none
  const char *name, *email; // as kept, or as they were typed
} PersonPage;

bool person_is_wrong(const PersonPage *page, const char *id); // "name-problem": there is one, of that form

typedef struct WelcomePage {
  const Visit *visit;
  const char *desk_name, *token, *problem;
  const Staff *staff; // NULL: the link leads nowhere
} WelcomePage;

// Every route of the program with its permission, from the route tables themselves, by path.
typedef struct PermissionRow {
  const char *method, *pattern;
  Permission permission;
} PermissionRow;
LIST_DEFINE(PermissionRow)
typedef struct PermissionGroup {
  Permission permission;
  PermissionRowList rows;
} PermissionGroup;
LIST_DEFINE(PermissionGroup)
void permission_groups(Arena *arena, PermissionGroupList *out); // in the order of Permission; those without a route are left out
const char *permission_print(Arena *arena);                     // as Markdown, for doc/permissions.md
bool pages_has_route(const char *pattern);                      // whether some part of the program answers GET there

const char *person_burden_words(Arena *arena, const PersonPage *page); // what is with them, as a sentence; "" for nothing
bool person_is_chosen(const Visit *visit, const PersonPage *page, int64_t id);

// Forms for who has no session are bound to a cookie of their own.
void bind_form(Visit *visit);
