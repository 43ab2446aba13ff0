// What guides an answer, above the composer: the protocol at hand with its steps, and scripts to begin from.
#pragma once

#include "pages/protocol/guide.h"

typedef struct ProtocolCard {
  const Visit *visit;
  int64_t number;
  View view;                // the list the conversation was opened from
  const Protocol *protocol; // NULL: there is none
  bool is_chosen;           // the agent took another one than the reading says
  ChoiceList protocols;     // to take another one
  ScriptList scripts;       // the closest few
} ProtocolCard;

bool card_load(const Visit *visit, const Thread *thread, View view, ProtocolCard *out, GError **error);
bool card_step_is_checked(const ProtocolStep *step); // the coach can see it in a draft

WebHandler card_post_protocol;
