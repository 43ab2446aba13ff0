// What must hold before a case moves, as the sentences that the table of lifecycle.c and the checks of move.c share.
#pragma once

#include "desk/boundary/stored.h"

#define NEEDS_INCIDENT "No incident stands. Somebody reports one first."
#define NEEDS_ABUSE "Without an informal request before it, a warning needs an incident that was abusive or threatening."
#define NEEDS_THREAT "Without a warning before it, a restriction needs an incident that was threatening or violent."
#define NEEDS_SINCE "Nothing was reported since the last step. Without a new incident it goes no further."
#define NEEDS_THREAT_SINCE "Without a restriction before it, contact is ended only after a threat since the warning."
#define NEEDS_REASON "Say why in a sentence."
