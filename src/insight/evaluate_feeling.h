// The part of insight_evaluate that measures feelings: GoEmotions, valence, complaints, learning from corrections.
#pragma once

#include <stdbool.h>

// Runs the command when it is one of these; false when it is not.
bool evaluate_feeling_command(int argc, char **argv);
void evaluate_feeling_usage(void);
