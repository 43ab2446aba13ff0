// Looking after oneself: what is folded for me, a break, notes on what presses my buttons, and the pad to let go. A page of one's own, and
// what of it stands beside a conversation. Everything here is its owner's alone, whatever the role of whoever asks.
#pragma once

#include "desk/conversation/conversation.h"
#include "desk/exposure/exposure.h"
#include "desk/trigger/trigger.h"
#include "pages/shell/shell.h"

typedef struct CarePage {
  const Visit *visit;
  ShieldSetting shield;
  BreakChoice rest;
  bool is_open; // what I keep for myself
  Exposure exposure;
  TriggerNoteList notes;
  const TriggerNote *draft; // came back from the form with a problem; NULL
  const char *problem;      // with the note
  const char *shut_problem; // with opening what is shut
  const char *changed;      // what was kept just now; NULL
} CarePage;

typedef struct CareBeside { // a conversation
  const Visit *visit;
  int64_t number;
  View view;
  bool may_hand_on;
  bool offers_break;
  int64_t break_until;   // 0: none now
  TriggerNoteList notes; // that are about what the customer wrote since I answered
} CareBeside;

// Also counts what hostility the visitor has before them now, in their own vault.
bool care_beside_load(const Visit *visit, const Thread *thread, View view, CareBeside *out, GError **error);

bool care_is_of(const TriggerNote *note, const char *kind, const char *word); // for the choices of a form
const char *care_when_words(Arena *arena, const TriggerNote *note);
const char *care_exposure_words(Arena *arena, const Exposure *exposure);

WebHandler care_page, care_post_shield, care_post_offer, care_post_note, care_post_forget, care_post_recover, care_post_anew,
  care_post_hand_on, care_post_break, care_post_back;
