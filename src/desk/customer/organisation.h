// Organisations: firms, schools, households; people belong to one, by hand or because their mail comes from its domain.
#pragma once

#include "desk/customer/people.h"

typedef struct Organisation {
  int64_t id, made_at, people;
  const char *name, *about;
  int64_t merged_into; // 0: it stands for itself
  const char *key;     // of the list: where the next page begins
} Organisation;
LIST_DEFINE(Organisation)
#define ORGANISATION_NAME_MOST 200   // characters
#define ORGANISATION_ABOUT_MOST 2000 // likewise
#define ORGANISATION_DOMAINS_MOST 50

// ERROR_CONFLICT when one of this name is there; ERROR_INVALID says what is wrong.
bool organisation_add(Desk *desk, const char *name, int64_t *out_id, GError **error);
bool organisation_change(Desk *desk, int64_t id, const char *name, const char *about, GError **error);
Organisation *organisation_find(Arena *arena, Desk *desk, int64_t id, GError **error); // ERROR_NOT_FOUND
// Which one it is that was joined to another, however often; `id` itself when it was not. ERROR_NOT_FOUND.
bool organisation_survivor(Desk *desk, int64_t id, int64_t *out, GError **error);
// The one of this name, folded, or the one it was joined to, or a new one.
bool organisation_named(Desk *desk, const char *name, int64_t *out_id, GError **error);
bool organisation_list(Arena *arena, Desk *desk, const char *after_key, OrganisationList *out, bool *out_has_more,
                       GError **error);

bool organisation_domains(Arena *arena, Desk *desk, int64_t id, TextList *out, GError **error);
// Everybody whom nobody put elsewhere and whose mail comes from there, or from a domain below it, belongs to it from now on.
// ERROR_INVALID for a mail provider's domain, where strangers live side by side; ERROR_CONFLICT when it is another organisation's.
bool organisation_add_domain(Desk *desk, int64_t id, const char *domain, int64_t *out_people, GError **error);
bool organisation_remove_domain(Desk *desk, int64_t id, const char *domain, GError **error);

typedef struct OrganisationConversation {
  int64_t number, last_message_at, customer_id;
  const char *subject, *customer_name, *customer_address;
  ConversationState state;
  bool is_read, is_complaint;
  Behaviour behaviour;
  Emotion emotion;
  ComplaintStage stage;
} OrganisationConversation;
LIST_DEFINE(OrganisationConversation)
typedef struct OrganisationConversations {
  OrganisationConversationList rows;
  bool has_more;
} OrganisationConversations;
#define ORGANISATION_CONVERSATIONS_SHOWN 20
// The newest first. `before_at`, `before_number` 0: from the top.
bool organisation_conversations(Arena *arena, Desk *desk, int64_t id, int64_t before_at, int64_t before_number,
                                OrganisationConversations *out, GError **error);
// The last MOOD_POINTS conversations with its people in which something was read, the oldest first.
bool organisation_mood(Arena *arena, Desk *desk, int64_t id, MoodPointList *out, GError **error);

// ——— two that are one: a person says so, and what moved is listed, so that it can move back

#define ORGANISATIONS_ALIKE_SHOWN 20
// Others whose name, or that of one joined into them, has words that begin so; at most two words count. Nothing for no word.
bool organisation_alike(Arena *arena, Desk *desk, int64_t id, const char *text, OrganisationList *out, GError **error);

// The people and domains of `from` go to `into`, and what the team should know about it is put below what stands there. Whoever looks for
// `from` is led on. ERROR_INVALID for the same one twice; ERROR_CONFLICT when one of them was joined to another meanwhile, or the two have
// more domains or words together than one can hold. PERMISSION_ANSWER.
bool organisation_merge(Desk *desk, const Staff *actor, int64_t from, int64_t into, int64_t *out_merge, GError **error);

typedef struct OrganisationMerge {
  int64_t id, from_id, into_id, made_by, made_at, undone_at;
  const char *from_name, *about_before, *made_name;
} OrganisationMerge;
LIST_DEFINE(OrganisationMerge)
// What was joined into one and still is, the newest first.
bool organisation_merges(Arena *arena, Desk *desk, int64_t into, OrganisationMergeList *out, GError **error);
// Moves back what moved and is still there, and whoever came since by a domain that goes back. ERROR_CONFLICT when a later one has to be
// undone first.
bool organisation_unmerge(Desk *desk, const Staff *actor, int64_t merge_id, GError **error);
