// The part of insight_evaluate that measures what the shield folds; see the usage it prints.
#pragma once

#include <stdbool.h>

// Runs the command in argv if it is one of its own; false when it is not.
bool evaluate_shield_command(int argc, char **argv);
void evaluate_shield_usage(void);
