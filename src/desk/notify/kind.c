// The kinds and ways, and what a notice says: who did what in which conversation, and no word of what was written.
#include "base/text.h"
#include "base/words.h"
#include "desk/complaint/complaint.h"
#include "desk/due/due.h"
#include "desk/notify/notice.h"

#include <string.h>

static const struct {
  const char *word, *title;
} kinds[NOTICE_KIND_COUNT] = {
  [NOTICE_ASSIGNED] = {"assigned", "One is given to me"},
  [NOTICE_WROTE_MINE] = {"mine", "A customer writes in one of mine"},
  [NOTICE_WROTE_NOBODYS] = {"nobodys", "A customer writes in one that is with nobody"},
  [NOTICE_WROTE_FOLLOWED] = {"followed", "A customer writes in one that I follow"},
  [NOTICE_TEAM] = {"team", "A customer writes in one that waits for my team"},
  [NOTICE_MENTIONED] = {"mentioned", "A note names me"},
  [NOTICE_TARGET_NEAR] = {"near", "A target is near"},
  [NOTICE_TARGET_MISSED] = {"missed", "A target is missed"},
  [NOTICE_COMPLAINT] = {"complaint", "Something happens to a complaint of mine"},
  [NOTICE_APPROVAL_ASKED] = {"asked", "My approval is asked for"},
  [NOTICE_APPROVAL_DECIDED] = {"decided", "What I asked for is decided"},
  [NOTICE_BY_RULE] = {"rule", "A rule says that I should know"},
  [NOTICE_SAFETY] = {"safety", "Somebody may be in danger"},
};

const char *notice_kind_title(NoticeKind kind) { return kind < NOTICE_KIND_COUNT ? kinds[kind].title : ""; }
const char *notice_kind_word(NoticeKind kind) { return kind < NOTICE_KIND_COUNT ? kinds[kind].word : ""; }

const char *notice_way_word(NoticeWay way) {
  static const char *const words[NOTICE_WAY_COUNT] = {"desk", "browser", "mail"};
  return way < NOTICE_WAY_COUNT ? words[way] : "";
}

#define NAME_MOST 80

static const char *person(Arena *arena, const char *name, const char *otherwise) {
  return text_is_blank(name) ? otherwise : text_clamp(arena, text_one_line(arena, name), NAME_MOST);
}

// What is kept in English is found in its table again, so that it can be said.
static const char *kept_words(const Notice *notice) {
  bool is_target = notice->kind == NOTICE_TARGET_NEAR || notice->kind == NOTICE_TARGET_MISSED;
  for (unsigned each = 0; is_target && each < DUE_KIND_COUNT; each++)
    if (strcmp(due_kind_title(each), notice->detail) == 0) return due_kind_title(each);
  for (unsigned each = 0; notice->kind == NOTICE_COMPLAINT && each < COMPLAINT_EVENT_COUNT; each++)
    if (strcmp(complaint_event_title(each), notice->detail) == 0) return complaint_event_title(each);
  return notice->detail;
}

const char *notice_words(Arena *arena, const Notice *notice) {
  const char *customer = person(arena, notice->customer_name, N_("A customer")), *detail = kept_words(notice);
  const char *actor = notice->actor_name ? person(arena, notice->actor_name, "") : NULL;
  int64_t number = notice->number;
  switch (notice->kind) {
  case NOTICE_ASSIGNED:
    return actor ? arena_say(arena, "%s gave you #%jd of %s", actor, number, customer)
                 : arena_say(arena, "#%jd of %s is with you now", number, customer);
  case NOTICE_WROTE_MINE:
  case NOTICE_WROTE_NOBODYS:
  case NOTICE_WROTE_FOLLOWED:
  case NOTICE_TEAM: return arena_say(arena, "%s wrote in #%jd", customer, number);
  case NOTICE_MENTIONED: return arena_say(arena, "%s names you in a note in #%jd", actor ? actor : N_("A note"), number);
  case NOTICE_TARGET_NEAR: return arena_say(arena, "%s is due soon in #%jd", detail, number);
  case NOTICE_TARGET_MISSED: return arena_say(arena, "%s is late in #%jd", detail, number);
  case NOTICE_COMPLAINT: return arena_say(arena, "Complaint in #%jd: %s", number, detail);
  case NOTICE_APPROVAL_ASKED:
    return arena_say(arena, "%s asks for approval of a %s in #%jd", actor ? actor : N_("Somebody"), detail, number);
  case NOTICE_APPROVAL_DECIDED: return arena_say(arena, "%s %s in #%jd", actor ? actor : N_("Somebody"), detail, number);
  case NOTICE_BY_RULE: return arena_say(arena, "#%jd of %s: %s", number, customer, detail);
  case NOTICE_SAFETY: return arena_say(arena, "%s: #%jd of %s", detail, number, customer);
  case NOTICE_KIND_COUNT: break;
  }
  return "";
}
