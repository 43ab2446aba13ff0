// The register: all complaints as lists, filtered and in order, and the counts of the rail.
#pragma once

#include "desk/complaint/complaint.h"
#include "desk/complaint/next.h"

typedef enum ComplaintState { COMPLAINT_ANY, COMPLAINT_OPEN, COMPLAINT_CLOSED, COMPLAINT_WITH_NEWS_ONLY } ComplaintState;

// What is due first or late longest on top, then what has no deadline, then those closed with news, then the closed, newest first; or
// simply the newest received on top.
typedef enum ComplaintOrder { COMPLAINT_BY_DUE, COMPLAINT_BY_RECEIVED } ComplaintOrder;

typedef struct ComplaintFilter {
  ComplaintState state;
  ComplaintOrder order;
  int64_t stage, owner_id, severity;      // -1: any. owner_id 0: the supervisors'
  bool is_late;                           // something is overdue now
  int64_t received_from, received_before; // 0: no bound
  const char *text;                       // in number, subject, customer's name or address, or what it is about; NULL: any
} ComplaintFilter;
#define COMPLAINT_FILTER_ALL ((ComplaintFilter){.stage = -1, .owner_id = -1, .severity = -1})

typedef struct ComplaintRow {
  Complaint complaint;
  ComplaintFacts facts; // for what is next, see complaint_next_step
  const char *subject, *customer_name, *customer_address;
  int64_t customer_id, waiting_since, last_message_at, queue_key;
  ConversationState state; // of the conversation
  bool is_read;            // the customer's latest message was read; else the next two say nothing
  Behaviour behaviour;
  Emotion emotion;
} ComplaintRow;
LIST_DEFINE(ComplaintRow)

typedef struct ComplaintPage {
  ComplaintRowList rows;
  bool has_more;
  int64_t next_key, next_number; // pass these to get the next page; with a text it may hold no rows and still have more
} ComplaintPage;

#define COMPLAINT_PAGE 50
#define COMPLAINT_EXPORT_PAGE 500
// At most `most` rows, up to COMPLAINT_EXPORT_PAGE. `after_key` and `after_number` 0: from the top. With a text, 2,000 complaints are
// looked at for one page.
bool complaint_list(Arena *arena, Desk *desk, const ComplaintFilter *filter, int64_t after_key, int64_t after_number, size_t most,
                    ComplaintPage *out, GError **error);

typedef struct ComplaintCounts {
  int64_t stages[STAGE_COUNT];
  int64_t news;         // closed, and the customer wrote again
  int64_t late;         // overdue now; COMPLAINTS_COUNTED and more are COMPLAINTS_COUNTED
  int64_t promises_due; // until the end of a span, see complaint_counts; likewise
} ComplaintCounts;
#define COMPLAINTS_COUNTED 100
// `promises_before`: promises due before this moment are counted, the end of today for the rail.
bool complaint_counts(Arena *arena, Desk *desk, int64_t promises_before, ComplaintCounts *out, GError **error);
