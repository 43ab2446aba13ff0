// Who hears of what. For something that happened in a conversation one query gives everybody who may have to do with it, with what they
// chose; a table says which kind of notice it is for whom. When a mail may go is worked out here, so that the chore that sends it needs
// no clock but the wall's.
#include "desk/hours/hours.h"
#include "desk/notify.sql.h"
#include "desk/notify/notify.h"
#include "desk/notify/stored.h"
#include "desk/policy/policy.h"

#include "base/text.h"

#define NOBODY NOTICE_KIND_COUNT
#define DETAIL_MOST 200
#define WORDS_MOST 8000

// ——— when

static bool own_hours(Arena *arena, const BusinessHours *desk, const NoticeHearer *hearer, BusinessHours *out) {
  OpeningList openings = {0};
  for (int day = 0; day < 7; day++)
    if (hearer->notice_days & (1 << day))
      *list_add(arena, &openings) = (Opening){day + 1, hearer->notice_from, hearer->notice_until};
  return hours_make(arena, desk->zone_name, &openings, NULL, out);
}

// What all hearers of one thing share; read when the first of them needs it.
typedef struct Telling {
  Arena *arena;
  Desk *desk;
  bool knows_hours, knows_policy;
  BusinessHours hours;
  Policy policy;
} Telling;

// HOURS_NEVER when there is no such moment, and then it is told at once.
static bool next_moment(Telling *telling, const NoticeHearer *hearer, int64_t at, int64_t *out, GError **error) {
  BusinessHours own;
  *out = at;
  if (hearer->notice_hours == NOTICE_ANY_HOUR) return true;
  if (!telling->knows_hours && !hours_load(telling->arena, telling->desk, &telling->hours, error)) return false;
  telling->knows_hours = true;
  bool is_own = hearer->notice_hours == NOTICE_OWN_HOURS && own_hours(telling->arena, &telling->hours, hearer, &own);
  int64_t next = hours_next_opening(is_own ? &own : &telling->hours, at);
  if (next != HOURS_NEVER) *out = next;
  return true;
}

bool notice_when(Arena *arena, Desk *desk, const NoticeHearer *hearer, int64_t at, int64_t *out, GError **error) {
  Telling telling = {.arena = arena, .desk = desk};
  return next_moment(&telling, hearer, at, out, error);
}

static bool mail_moment(Telling *telling, const NoticeHearer *hearer, int64_t *out, GError **error) {
  if (!telling->knows_policy && !policy_load(telling->arena, telling->desk, &telling->policy, error)) return false;
  telling->knows_policy = true;
  return next_moment(telling, hearer, clock_now(telling->desk->clock) + telling->policy.notices_after, out, error);
}

// ——— one person

static int64_t ways_of(const NoticeHearer *hearer, NoticeKind kind) {
  const int64_t kinds[NOTICE_WAY_COUNT] = {hearer->notices_desk, hearer->notices_browser, hearer->notices_mail};
  int64_t ways = 0;
  for (int way = 0; way < NOTICE_WAY_COUNT; way++)
    if (kinds[way] & (INT64_C(1) << kind)) ways |= INT64_C(1) << way;
  return ways;
}

static bool insert(Arena *arena, Desk *desk, int64_t staff_id, const NoticeDraft *draft, int64_t ways, int64_t mail_at,
                   GError **error) {
  return notice_insert(desk->db, staff_id, draft->number, draft->kind, clock_now(desk->clock),
                       draft->actor_id ? &draft->actor_id : NULL, draft->message_id ? &draft->message_id : NULL,
                       text_clamp(arena, draft->detail, DETAIL_MOST), text_clamp(arena, draft->words, WORDS_MOST), ways,
                       mail_at ? &mail_at : NULL, error);
}

static bool keep(Telling *telling, const NoticeHearer *hearer, const NoticeDraft *draft, GError **error) {
  int64_t ways = ways_of(hearer, draft->kind), mail_at = 0;
  if (!ways || (draft->actor_id && draft->actor_id == hearer->id)) return true;
  if ((ways & (1 << NOTICE_BY_MAIL)) && !mail_moment(telling, hearer, &mail_at, error)) return false;
  return insert(telling->arena, telling->desk, hearer->id, draft, ways, mail_at, error);
}

bool notify_urgently(Arena *arena, Desk *desk, int64_t staff_id, const NoticeDraft *draft, GError **error) {
  return (draft->actor_id && draft->actor_id == staff_id) ||
         insert(arena, desk, staff_id, draft, (1 << NOTICE_WAY_COUNT) - 1, clock_now(desk->clock), error);
}

bool notify_person(Arena *arena, Desk *desk, int64_t staff_id, const NoticeDraft *draft, GError **error) {
  NoticeHearer *hearer = NULL;
  Telling telling = {.arena = arena, .desk = desk};
  return notice_hearer(arena, desk->db, staff_id, &hearer, error) && (!hearer || keep(&telling, hearer, draft, error));
}

// ——— whoever hears

static NoticeKind when_they_wrote(const NoticeHearer *hearer, const Happening *happening) {
  if (!happening->is_heard || happening->is_by_machine || strcmp(happening->author_key, hearer->email_key) == 0) return NOBODY;
  if (hearer->is_mine) return NOTICE_WROTE_MINE;
  if (hearer->follows) return NOTICE_WROTE_FOLLOWED;
  if (hearer->is_in_team) return NOTICE_TEAM;
  return hearer->is_nobodys && !hearer->has_team ? NOTICE_WROTE_NOBODYS : NOBODY;
}

static NoticeKind when_assigned(const NoticeHearer *hearer, const Happening *happening) {
  return hearer->is_mine ? NOTICE_ASSIGNED : NOBODY;
}

static NoticeKind when_complained(const NoticeHearer *hearer, const Happening *happening) {
  return hearer->is_mine || hearer->follows ? NOTICE_COMPLAINT : NOBODY;
}

// With nobody: the team, and where there is none whoever has an eye on such ones.
static NoticeKind when_due(const NoticeHearer *hearer, const Happening *happening) {
  bool watches = hearer->is_nobodys && !hearer->has_team && (hearer->notices_desk & (1 << NOTICE_WROTE_NOBODYS));
  if (!hearer->is_mine && !hearer->follows && !hearer->is_in_team && !watches) return NOBODY;
  return happening->kind == EVENT_TARGET_NEAR ? NOTICE_TARGET_NEAR : NOTICE_TARGET_MISSED;
}

static const struct {
  EventKind event;
  NoticeKind (*kind_for)(const NoticeHearer *hearer, const Happening *happening);
} tellings[] = {
  {EVENT_OPENED, when_they_wrote},    {EVENT_RECEIVED, when_they_wrote}, {EVENT_ASSIGNED, when_assigned},
  {EVENT_COMPLAINT, when_complained}, {EVENT_TARGET_NEAR, when_due},     {EVENT_TARGET_MISSED, when_due},
};

bool notify_happening(Arena *arena, Desk *desk, const Happening *happening, GError **error) {
  Telling telling = {.arena = arena, .desk = desk};
  for (size_t i = 0; i < G_N_ELEMENTS(tellings); i++) {
    if (tellings[i].event != happening->kind) continue;
    bool is_unheard = tellings[i].kind_for == when_they_wrote && !happening->is_heard;
    NoticeHearerList hearers = {0};
    if (!is_unheard && !notice_hearers(arena, desk->db, happening->number, &hearers, error)) return false;
    list_each(const NoticeHearer, hearer, &hearers) {
      NoticeDraft draft = {.kind = tellings[i].kind_for(hearer, happening),
                           .number = happening->number,
                           .message_id = happening->message_id,
                           .actor_id = happening->actor_id,
                           .detail = happening->detail,
                           .words = happening->words};
      if (draft.kind != NOBODY && !keep(&telling, hearer, &draft, error)) return false;
    }
  }
  return true;
}
