// Organisations: firms, schools, households; people belong to one, by hand or because their mail comes from its domain.
#pragma once

#include "desk/customer/people.h"

typedef struct Organisation {
  int64_t id, made_at, people;
  const char *name, *about;
  const char *key; // of the list: where the next page begins
} Organisation;
LIST_DEFINE(Organisation)
#define ORGANISATION_NAME_MOST 200   // characters
#define ORGANISATION_ABOUT_MOST 2000 // likewise

// ERROR_CONFLICT when one of this name is there; ERROR_INVALID says what is wrong.
bool organisation_add(Desk *desk, const char *name, int64_t *out_id, GError **error);
bool organisation_change(Desk *desk, int64_t id, const char *name, const char *about, GError **error);
Organisation *organisation_find(Arena *arena, Desk *desk, int64_t id, GError **error); // ERROR_NOT_FOUND
// The one of this name, folded, or a new one.
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
  const char *subject, *customer_name;
  ConversationState state;
  bool is_read, is_complaint;
  Behaviour behaviour;
  Emotion emotion;
  ComplaintStage stage;
} OrganisationConversation;
LIST_DEFINE(OrganisationConversation)
#define ORGANISATION_CONVERSATIONS_SHOWN 50
bool organisation_conversations(Arena *arena, Desk *desk, int64_t id, OrganisationConversationList *out, GError **error);
