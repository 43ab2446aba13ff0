// Sharing out the work on the page of a conversation: whose it is, how urgent, until when it is put off, its tags and fields, who follows
// it, what it is linked with, what was merged into it. One line each; what changes it is folded behind the line.
#pragma once

#include "desk/conversation/regroup.h"
#include "desk/conversation/verbs.h"
#include "desk/field/field.h"
#include "desk/tag/tag.h"
#include "desk/team/team.h"
#include "pages/shell/shell.h"
#include "pages/tag/tag.h"
#include "pages/work/snooze.h"

typedef struct WorkInput {    // a form that came back: which, with what is wrong
  const char *form, *problem; // "assign", "tag", …
  const char *typed;
  FieldEntryList fields;
} WorkInput;

typedef struct FieldLine { // a field with its form's part
  const Field *field;
  const char *name, *value, *problem; // of the form; value: as it stands, or as it was typed
  TextList choices;
} FieldLine;
LIST_DEFINE(FieldLine)

typedef struct WorkPanel {
  const Visit *visit;
  const char *view;
  bool may_change;
  const Conversation *conversation;
  StaffList people;
  TeamList teams;
  TagList tags;
  TagSuggestions known;
  FieldLineList fields;
  size_t filled; // fields that have a value
  OtherConversationList links;
  MergedConversationList merged;
  StaffList followers;
  SnoozeChoiceList snoozes;
  bool follows;
  WorkInput input;
} WorkPanel;

// `input` NULL: as it stands.
bool work_panel_load(const Visit *visit, const Conversation *conversation, const char *view, const WorkInput *input,
                     WorkPanel *out, GError **error);
const char *work_problem(const WorkPanel *panel, const char *form); // NULL when there is none
const char *work_followers_words(const WorkPanel *panel);           // "Mira Lindqvist, Jonas Feld"
const char *work_field_words(const FieldLine *line);                // "yes" for a checkbox
const char *work_field_input(FieldKind kind);                       // type of the input
bool work_is_choice(const FieldLine *line, const char *choice);
bool work_is_listed(const FieldLine *line); // its value is one of the choices that there are now

WebHandler work_post_hand, work_post_priority, work_post_snooze, work_post_tag, work_post_untag, work_post_fields,
  work_post_follow, work_post_unfollow, work_post_link, work_post_unlink;

// Taking apart: pages that say what will happen, and then do it.
typedef struct ApartPage {
  const Visit *visit;
  View view;
  const Conversation *conversation;
  const Message *message;   // that is moved, or from which on is split
  bool is_first;            // nothing would be left
  size_t following;         // messages after it, of those that are shown
  const Conversation *into; // where the message goes, once it is known
  Unmerge unmerge;
  const char *problem;
} ApartPage;
const char *apart_words(const ApartPage *page,
                        const Message *message); // as they may be shown: what a customer wrote goes by the shield
WebHandler apart_page, apart_post_split, apart_post_move, unmerge_page, unmerge_post;
