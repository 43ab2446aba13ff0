// Whose turn it is. Internal to the desk.
#pragma once

#include "desk/team/team.h"

// Whose turn it is in a team that takes turns, and makes it the next one's: the member with room who had none for longest.
// `*out_staff_id` 0: the team takes no turns, or nobody has room. Inside the caller's transaction, which gives them the conversation;
// until it ends no other transaction gives any of the members a turn, so that two at once never give over capacity.
// Of a conversation in which something hostile was read it is instead the turn of whoever of them had least of such lately (desk/exposure).
bool team_turn(Arena *arena, Desk *desk, int64_t team_id, int64_t number, int64_t *out_staff_id, const char **out_name,
               GError **error);
