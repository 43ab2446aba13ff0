// Looking at cases: one with everything about it, the list of all, what is due, and what everybody who answers should know.
#include "desk/boundary/stored.h"

#include "desk/boundary.sql.h"

bool boundary_check_part(Desk *desk, int64_t case_id, BoundaryPart part, int64_t id, GError **error) {
  typedef bool Ask(Db * db, int64_t case_id, int64_t id, bool *out_found, int64_t *out, GError **error);
  static Ask *const asks[] = {
    [PART_INCIDENT] = boundary_has_incident, [PART_MEASURE] = boundary_has_measure, [PART_APPEAL] = boundary_has_appeal};
  bool found = false;
  int64_t one = 0;
  return asks[part](desk->db, case_id, id, &found, &one, error) &&
         (found || error_set(error, ERROR_NOT_FOUND, "This is no part of that case."));
}

bool boundary_file(Arena *arena, Desk *desk, int64_t case_id, BoundaryFile *out, GError **error) {
  *out = (BoundaryFile){0};
  if (!boundary_case_select(arena, desk->db, case_id, &out->head, error)) return false;
  if (!out->head) return error_set(error, ERROR_NOT_FOUND, "There is no such case.");
  return incident_select(arena, desk->db, case_id, &out->incidents, error) &&
         measure_select_of(arena, desk->db, case_id, &out->measures, error) &&
         appeal_select_of(arena, desk->db, case_id, &out->appeals, error) &&
         boundary_step_select(arena, desk->db, case_id, &out->steps, error);
}

bool boundary_list(Arena *arena, Desk *desk, bool closed, int64_t before, BoundaryCaseList *out, bool *out_has_more,
                   GError **error) {
  if (!boundary_case_list(arena, desk->db, closed, before ? before : INT64_MAX, LIST_PAGE + 1, out, error)) return false;
  *out_has_more = out->count > LIST_PAGE;
  if (*out_has_more) out->count = LIST_PAGE;
  return true;
}

bool boundary_due(Arena *arena, Desk *desk, BoundaryDue *out, GError **error) {
  int64_t until = clock_now(desk->clock) + BOUNDARY_SOON;
  *out = (BoundaryDue){0};
  return boundary_due_waiting(arena, desk->db, LIST_PAGE, &out->waiting, error) &&
         boundary_due_appeals(arena, desk->db, LIST_PAGE, &out->appeals, error) &&
         boundary_due_reviews(arena, desk->db, until, LIST_PAGE, &out->reviews, error) &&
         boundary_due_endings(arena, desk->db, until, LIST_PAGE, &out->endings, error);
}

bool boundary_count(Desk *desk, const Staff *staff, int64_t *out, GError **error) {
  return boundary_count_due(desk->db, staff->id, clock_now(desk->clock), out, error);
}

bool boundary_of_customer(Arena *arena, Desk *desk, int64_t customer_id, BoundaryCase **out_case, Measure **out_holds,
                          GError **error) {
  bool found = false;
  int64_t id = 0, now = clock_now(desk->clock);
  *out_case = NULL;
  *out_holds = NULL;
  if (!boundary_case_open_of(desk->db, customer_id, &found, &id, error)) return false;
  if (!found) return true;
  if (!boundary_case_select(arena, desk->db, id, out_case, error) || !measure_holding(arena, desk, id, out_holds, error))
    return false;
  if (*out_holds && (*out_holds)->ends_at <= now) *out_holds = NULL; // over, whether or not anybody has tidied up
  return true;
}

bool boundary_message(Arena *arena, Desk *desk, int64_t message_id, MessageWords **out, GError **error) {
  return boundary_message_words(arena, desk->db, message_id, out, error) &&
         (*out || error_set(error, ERROR_NOT_FOUND, "There is no such message of a customer."));
}

bool boundary_incidents(Arena *arena, Desk *desk, int64_t number, IncidentList *out, GError **error) {
  return incident_select_of(arena, desk->db, number, out, error);
}
