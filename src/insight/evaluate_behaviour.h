// The part of insight_evaluate that measures behaviour, need and flags; see the usage it prints.
#pragma once

#include <stdbool.h>

// Runs the command in argv if it is one of its own; false when it is not.
bool evaluate_behaviour_command(int argc, char **argv);
void evaluate_behaviour_usage(void);
