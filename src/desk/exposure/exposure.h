// Exposure: how much hostility and abuse somebody has had before them lately, so that hard conversations can be spread (PRODUCT.md 24).
//
// What somebody opened, and when, is sealed in their vault: nobody but they can count it. Beside it stands a mark of how much it was, in
// five steps, sealed under the desk's secret. The desk compares marks when it shares out a hard conversation, and that is all that is
// ever done with them: no page, export or command shows another's. Whoever has the whole database can work out the steps, not the record.
#pragma once

#include "base/list.h"
#include "desk/staff/staff.h"
#include "desk/vault/vault.h"
#include "insight/insight.h"

#define EXPOSURE_KEPT (14 * CLOCK_DAY)     // what is older is forgotten at the next note
#define EXPOSURE_HALF_LIFE (3 * CLOCK_DAY) // in comparing

typedef struct ExposureItem {
  int64_t message_id;
  Behaviour level; // hostile counts once, abusive twice
} ExposureItem;
LIST_DEFINE(ExposureItem)

// Somebody has these messages before them. What was noted before is not counted again; nothing is written then.
bool exposure_note(Desk *desk, const Vault *vault, int64_t staff_id, const ExposureItemList *items, GError **error);

typedef struct Exposure {  // for its owner's eyes
  int64_t week, fortnight; // messages in the last 7 and 14 days
} Exposure;
bool exposure_own(Desk *desk, const Vault *vault, int64_t staff_id, Exposure *out, GError **error);

// Whether anything hostile or abusive was read in a conversation.
bool exposure_is_hard_one(Desk *desk, int64_t number, bool *out, GError **error);
// Who of these had least lately; the first of those who had about as little. 0 for none. Says nothing about how much.
bool exposure_gentlest(Desk *desk, const IntList *staff_ids, int64_t *out_staff_id, GError **error);

// One's own conversation in which something hostile or abusive was read goes back without a reason: to the colleague of its team who
// had least of such lately, else to nobody. The journal says that it was handed on, and not by whom. ERROR_CONFLICT when it is not with
// them, or nothing of the kind was read. `*out_name` NULL: with nobody now.
bool exposure_hand_on(Arena *arena, Desk *desk, const Staff *actor, int64_t number, const char **out_name, GError **error);

// ---- A break ----
#define BREAK_LENGTH (5 * CLOCK_MINUTE)
typedef struct BreakChoice {
  bool is_offered; // their own setting
  int64_t until;   // 0: no break now
} BreakChoice;
bool break_load(Arena *arena, Desk *desk, int64_t staff_id, BreakChoice *out, GError **error);
bool break_take(Desk *desk, int64_t staff_id, GError **error); // turns pass them by for BREAK_LENGTH
bool break_end(Desk *desk, int64_t staff_id, GError **error);
bool break_offer(Desk *desk, int64_t staff_id, bool is_offered, GError **error);
bool break_forget_past(Desk *desk, GError **error); // of everybody: what is over leaves no trace

typedef struct StoredExposure {
  Bytes sealed, mark;
} StoredExposure;
typedef struct StoredMark {
  int64_t staff_id;
  Bytes mark;
} StoredMark;
LIST_DEFINE(StoredMark)
