// Finding a complaint and reading its journal.
#include "desk/complaint/stored.h"

#include "desk/complaint.sql.h"

bool complaint_find(Arena *arena, Desk *desk, int64_t number, Complaint **out, GError **error) {
  return complaint_select(arena, desk->db, number, out, error);
}

Complaint *complaint_load(Arena *arena, Desk *desk, int64_t number, GError **error) {
  Complaint *complaint = NULL;
  if (!complaint_select(arena, desk->db, number, &complaint, error)) return NULL;
  if (!complaint) error_set(error, ERROR_NOT_FOUND, "#%jd carries no complaint.", number);
  return complaint;
}

bool complaint_steps(Arena *arena, Desk *desk, int64_t number, ComplaintStepList *out, GError **error) {
  ComplaintStepList newest_first = {0};
  if (!complaint_step_select(arena, desk->db, number, COMPLAINT_STEPS_MOST, &newest_first, error)) return false;
  *out = (ComplaintStepList){0};
  for (size_t i = newest_first.count; i > 0; i--) *list_add(arena, out) = newest_first.items[i - 1];
  return true;
}
