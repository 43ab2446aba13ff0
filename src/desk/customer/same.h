// Two customers who are one person: proposing them, joining them, and taking that back.
//
// Nothing is ever joined by the program itself: several people share a telephone, a name, a mailbox. A proposal says what speaks for it;
// a person looks at both side by side and decides. What moved is listed, so that it can move back.
#pragma once

#include "desk/customer/people.h"

// What speaks for it, weightiest first; bits 1 << SameReason.
typedef enum SameReason {
  SAME_PHONE,
  SAME_FORWARDED,
  SAME_NAME_AND_HOUSE,
  SAME_NAME_AND_ADDRESS,
  SAME_NAME,
  SAME_REASON_COUNT
} SameReason;
const char *same_reason_words(SameReason reason); // "They have the same telephone number."

typedef struct Likeness {
  int64_t id;
  const char *name, *address;
  int64_t reasons;
} Likeness;
LIST_DEFINE(Likeness)
// Who may be the same as one customer, the likeliest first; those of whom somebody said that they are two are left out. A name alone is
// no reason unless `with_namesakes`.
bool customer_likenesses(Arena *arena, Desk *desk, int64_t id, bool with_namesakes, LikenessList *out, GError **error);

typedef struct Twin {
  int64_t low_id, high_id, reasons;
  const char *low_name, *high_name, *low_address, *high_address;
} Twin;
LIST_DEFINE(Twin)
typedef struct TwinPage {
  TwinList rows;
  bool has_more;
  const char *next_key; // pass these to get the next page, which may hold no rows and still have more
  int64_t next_id;
} TwinPage;
#define TWINS_LOOKED_AT 200
// Pairs that may be one, over all customers: `by_phone`, those with the same telephone; else those of the same name with another reason.
bool customer_twins(Arena *arena, Desk *desk, bool by_phone, const char *after_key, int64_t after_id, TwinPage *out,
                    GError **error);
// How alike two addresses are: the same name before the @, or nearly (dots and a number aside, one the beginning of the other, or one
// letter away).
bool address_is_like(const char *a, const char *b);

// They are two: the desk does not propose it again.
bool customer_keep_apart(Desk *desk, const Staff *actor, int64_t a, int64_t b, GError **error);

// Everything that hangs on `from` goes to `into`: addresses, telephones, conversations, remedies with what they count against limits, notes;
// and where `into` prefers nothing, what `from` preferred. ERROR_INVALID for the same one twice, ERROR_CONFLICT when one of them was joined
// to another meanwhile. PERMISSION_ANSWER.
bool customer_merge(Desk *desk, const Staff *actor, int64_t from, int64_t into, int64_t *out_merge, GError **error);

typedef struct CustomerMerge {
  int64_t id, from_id, into_id, filled, made_by, made_at, undone_at;
  const char *from_name, *from_address, *made_name;
} CustomerMerge;
LIST_DEFINE(CustomerMerge)
// What was joined into a customer and still is, the newest first.
bool customer_merges(Arena *arena, Desk *desk, int64_t into, CustomerMergeList *out, GError **error);
// Moves back what moved and is still there. What came since stays with whom it is; but a conduct case that was opened since goes to whose words
// it is about. `*out_left` (NULL is fine): how many are about both, and so stay. ERROR_CONFLICT when a later one has to be undone first.
bool customer_unmerge(Desk *desk, const Staff *actor, int64_t merge_id, int64_t *out_left, GError **error);
