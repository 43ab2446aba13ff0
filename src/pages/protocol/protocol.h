// The pages of protocols: all of them, one, and changing one.
#pragma once

#include "pages/protocol/guide.h"

typedef struct StepRow { // of the form
  int64_t place;
  ProtocolStep step;
  ChoiceList checks;
} StepRow;
LIST_DEFINE(StepRow)

typedef struct ProtocolForm {
  const Visit *visit;
  const char *word;  // NULL: a new one
  int64_t seen;      // the version that was before the writer
  Protocol protocol; // as it stands in the form
  StepRowList rows;  // its steps, and two empty ones
  ChoiceList behaviours, languages;
  const char *problem; // NULL when there is none
} ProtocolForm;

WebHandler protocols_page, protocol_page, protocol_new_page, protocol_edit_page, protocol_post;
