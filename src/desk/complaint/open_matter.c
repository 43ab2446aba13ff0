// What must be settled before a complaint is closed. Each kind of thing that can be left open asks its own tables, in the order in
// which a person would settle them; the first that finds something says so.
#include "base/words.h"
#include "desk/complaint/clock.h"
#include "desk/complaint/stored.h"

#include "desk/promise.sql.h"
#include "desk/remedy/remedy.h"

static bool running_promise(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error) {
  const char *words = NULL;
  if (!promise_select_running_words(arena, desk->db, number, &words, error)) return false;
  if (words)
    *out = arena_say(arena, "A promise is still running: \xE2\x80\x9C%s\xE2\x80\x9D. Say first whether it was kept.", words);
  return true;
}

static bool waiting_remedy(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error) {
  RemedyStand stand;
  if (!remedy_stand(desk, number, &stand, error)) return false;
  if (stand.waiting) *out = "A remedy waits for approval. It has to be decided or withdrawn first.";
  return true;
}

static bool granted_remedy(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error) {
  RemedyStand stand;
  if (!remedy_stand(desk, number, &stand, error)) return false;
  if (stand.granted) *out = "A remedy was given and is not carried out yet. Say when it was, or withdraw it.";
  return true;
}

// Under a legal profile that asks for a letter at the end: a summary resolution communication (DISP 1.5.4R) or a final response (DISP
// 1.6.2R). A refusal carries its routes in its own answer.
static bool missing_letter(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error) {
  Complaint *complaint = NULL;
  ComplaintStepList steps = {0};
  bool is_sent = false;
  if (!complaint_find(arena, desk, number, &complaint, error)) return false;
  bool is_asked = complaint && complaint->stage != STAGE_REFUSED &&
                  (complaint->profile == PROFILE_FCA_DISP || complaint->profile == PROFILE_FCA_PAYMENT);
  if (!is_asked) return true;
  if (!complaint_steps(arena, desk, number, &steps, error)) return false;
  list_each(const ComplaintStep, step, &steps) is_sent |= step->event == COMPLAINT_FINAL_RESPONSE;
  if (!is_sent)
    *out = "The law that this complaint follows asks for a summary resolution communication or a final response. Send it with an "
           "answer first.";
  return true;
}

typedef bool OpenMatter(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error);
static OpenMatter *const matters[] = {missing_letter, waiting_remedy, granted_remedy, running_promise};

bool complaint_open_matter(Arena *arena, Desk *desk, int64_t number, const char **out, GError **error) {
  *out = NULL;
  for (size_t i = 0; i < G_N_ELEMENTS(matters) && !*out; i++)
    if (!matters[i](arena, desk, number, out, error)) return false;
  return true;
}
