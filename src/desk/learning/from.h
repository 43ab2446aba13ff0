// Where learning begins since it was last reset. Internal to the desk.
#pragma once

#include "desk/desk.h"

bool learning_from(Desk *desk, int64_t *out, GError **error); // judgements with greater ids count
