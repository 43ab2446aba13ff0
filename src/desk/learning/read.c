// Reading with what this desk has learnt. The addition to the engine is kept in memory beside the connection and fetched again when
// another thread or process has learnt something newer; one query tells that and whether readings are on at all.
#include "desk/learning/learning.h"

#include "desk/learning.sql.h"
#include "desk/learning/stored.h"
#include "desk/learning/taught.h"
#include "desk/setting.sql.h"

#include "base/log.h"

#include <string.h>

#define SWITCH "readings" // setting: "off", else on

bool learning_is_on(Desk *desk, bool *out, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  LearningState *state = NULL;
  if (!learning_state(arena, desk->db, &state, error)) return false;
  *out = state->is_on;
  return true;
}

bool learning_switch(Desk *desk, bool is_on, GError **error) {
  return setting_set(desk->db, SWITCH, is_on ? "on" : "off", error);
}

static void taught_free(void *own) {
  Taught *taught = own;
  if (taught) arena_free(taught->arena);
}

// What was learnt with an engine that this program does not have is passed over until the desk has learnt anew.
static bool load(Desk *desk, const LearningState *state, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  g_autoptr(GError) problem = NULL;
  Taught *taught = arena_make(arena, Taught);
  Bytes packed = {0};
  *taught = (Taught){.up_to = state->up_to, .made_at = state->made_at};
  if (state->up_to && !learnt_delta(arena, desk->db, state->up_to, &packed, error)) return false;
  if (packed.size) taught->delta = insight_delta_open(arena, packed, &problem);
  taught->is_refused = problem != NULL;
  if (problem) log_info("learning", "%s", problem->message);
  taught->arena = g_steal_pointer(&arena);
  taught_free(desk->taught);
  desk->taught = taught;
  return true;
}

static bool bring_up(Desk *desk, const LearningState *state, GError **error) {
  const Taught *taught = desk->taught;
  return (taught && taught->up_to == state->up_to && taught->made_at == state->made_at) || load(desk, state, error);
}

bool learning_take_up(Desk *desk, GError **error) {
  g_autoptr(Arena) arena = arena_new();
  LearningState *state = NULL;
  return learning_state(arena, desk->db, &state, error) && bring_up(desk, state, error);
}

void learning_forget_taught(Desk *desk) {
  taught_free(desk->taught);
  desk->taught = NULL;
}

bool learning_read(Arena *arena, Desk *desk, const char *text, size_t length, Reading **out, GError **error) {
  LearningState *state = NULL;
  *out = NULL;
  if (!learning_state(arena, desk->db, &state, error)) return false;
  if (!state->is_on) return true;
  if (!bring_up(desk, state, error)) return false;
  *out = insight_read_with(arena, desk->taught->delta, text, length);
  return true;
}
