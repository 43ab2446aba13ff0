// The outside check of the coach, for coach_evaluate.
#pragma once

// Prints accuracy and area under the curve with a bootstrap interval; 0, or 66 when the file cannot be read.
int evaluate_politeness(const char *path);
