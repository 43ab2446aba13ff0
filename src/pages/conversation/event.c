// What the journal of a conversation says, as words.
#include "base/words.h"
#include "desk/boundary/lifecycle.h"
#include "desk/boundary/safety.h"
#include "pages/conversation/conversation.h"

#include <string.h>

// The journal keeps words in English; those of a table are found there again, so that they can be said.
static const char *kept_words(const Event *event) {
  for (unsigned each = 0; event->kind == EVENT_COMPLAINT && each < COMPLAINT_EVENT_COUNT; each++)
    if (strcmp(complaint_event_title(each), event->detail) == 0) return complaint_event_title(each);
  for (unsigned each = 0; event->kind == EVENT_CONDUCT && each < BOUNDARY_EVENT_COUNT; each++)
    if (strcmp(boundary_event_title(each), event->detail) == 0) return boundary_event_title(each);
  for (unsigned each = 0; event->kind == EVENT_SAFETY && each < SAFETY_KIND_COUNT; each++)
    if (strcmp(safety_title(each), event->detail) == 0) return safety_title(each);
  return event->detail;
}

// Beside the name of whoever did it.
static const char *const words[] = {
  [EVENT_OPENED] = "It began",
  [EVENT_RECEIVED] = "The customer wrote",
  [EVENT_REPLIED] = "answered",
  [EVENT_NOTED] = "kept a note",
  [EVENT_ASSIGNED] = "assigned it",
  [EVENT_UNASSIGNED] = "handed it back",
  [EVENT_SOLVED] = "solved it",
  [EVENT_REOPENED] = "reopened it",
  [EVENT_SENT] = "The answer was sent",
  [EVENT_SEND_FAILED] = "The answer could not be sent",
  [EVENT_RETURNED] = "The answer came back",
  [EVENT_ACKNOWLEDGED] = "Receipt was acknowledged",
  [EVENT_MERGED] = "merged another conversation into it",
  [EVENT_MERGED_AWAY] = "merged it into another",
  [EVENT_CAME_TOO] = "It came to another mailbox too",
  [EVENT_CUSTOMER_CHANGED] = "changed the customer",
  [EVENT_TAKEN_BACK] = "took the answer back",
  [EVENT_CHOSE] = "chose",
  [EVENT_DECLINED] = "did not accept what was offered",
  [EVENT_JUDGED] = "judged a reading",
  [EVENT_REMEDY_GRANTED] = "gave a remedy",
  [EVENT_REMEDY_ASKED] = "asked for approval",
  [EVENT_REMEDY_APPROVED] = "approved",
  [EVENT_REMEDY_DECLINED] = "declined",
  [EVENT_REMEDY_WITHDRAWN] = "withdrew",
  [EVENT_REMEDY_CARRIED_OUT] = "carried out",
  [EVENT_HANDED_ON] = "Handed on",
  [EVENT_TEAM] = "gave it to a team",
  [EVENT_PRIORITY] = "changed the priority",
  [EVENT_SNOOZED] = "snoozed it",
  [EVENT_WOKE] = "brought it back",
  [EVENT_FOLLOWED] = "follows it",
  [EVENT_UNFOLLOWED] = "stopped following it",
  [EVENT_MENTIONED] = "called somebody in a note",
  [EVENT_TAGGED] = "added a tag",
  [EVENT_UNTAGGED] = "took a tag off",
  [EVENT_FIELD] = "filled in",
  [EVENT_LINKED] = "linked it to another",
  [EVENT_UNLINKED] = "took a link away",
  [EVENT_UNMERGED] = "took a merged conversation out again",
  [EVENT_UNMERGED_FROM] = "took it out of another again",
  [EVENT_SPLIT] = "split it",
  [EVENT_SPLIT_FROM] = "split it from another",
  [EVENT_MESSAGE_MOVED] = "moved a message to another",
  [EVENT_MESSAGE_CAME] = "moved a message here",
  [EVENT_TARGET_NEAR] = "Due soon",
  [EVENT_TARGET_MISSED] = "Late",
  [EVENT_RULE] = "By rule",
};

// What the desk did, or the customer.
static const char *const by_itself[] = {
  [EVENT_SOLVED] = "Solved",          [EVENT_REOPENED] = "Reopened",    [EVENT_ASSIGNED] = "Assigned",
  [EVENT_UNASSIGNED] = "Handed back", [EVENT_TEAM] = "Given to a team", [EVENT_PRIORITY] = "Priority changed",
  [EVENT_SNOOZED] = "Snoozed",        [EVENT_WOKE] = "It came back",    [EVENT_TAGGED] = "Tagged",
  [EVENT_UNTAGGED] = "Tag taken off"};

const char *conversation_event_words(Arena *arena, const Event *event) {
  if (event->kind == EVENT_TOO_LARGE) return arena_say(arena, "A mail of %s was too large; its beginning is kept", event->detail);
  if (event->kind == EVENT_CONDUCT || event->kind == EVENT_SAFETY)
    return arena_say(arena, "%s%s%s: %s", event->staff_name ? event->staff_name : "", event->staff_name ? ", " : "",
                     event->kind == EVENT_SAFETY ? N_("Safety") : N_("Conduct"), kept_words(event));
  if (event->kind == EVENT_COMPLAINT)
    return arena_say(arena, "%s%sComplaint: %s", event->staff_name ? event->staff_name : "", event->staff_name ? ", " : "",
                     kept_words(event));
  if (event->kind >= G_N_ELEMENTS(words) || !words[event->kind]) return "";
  if (event->staff_name) return arena_say(arena, "%s %s", event->staff_name, words[event->kind]);
  if (event->kind == EVENT_UNASSIGNED && !text_is_blank(event->detail))
    return arena_say(arena, "Handed back: %s has left", event->detail);
  bool has_other = event->kind < G_N_ELEMENTS(by_itself) && by_itself[event->kind];
  return has_other ? by_itself[event->kind] : words[event->kind];
}

bool conversation_event_has_detail(const Event *event) {
  bool is_about_mail = event->kind >= EVENT_MERGED && event->kind <= EVENT_CUSTOMER_CHANGED;
  bool is_later = event->kind >= EVENT_REMEDY_GRANTED && event->kind != EVENT_SNOOZED;
  return (is_about_mail || is_later || event->kind == EVENT_ASSIGNED) && !text_is_blank(event->detail);
}
