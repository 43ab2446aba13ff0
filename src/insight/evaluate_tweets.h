// insight_evaluate, for labelled tweets: evaluate_tweets.c says what is measured.
#pragma once

#include <stdbool.h>

bool evaluate_tweets_command(int argc, char **argv); // false when the words are not its own
void evaluate_tweets_usage(void);
