// The mails of the sample workspace, and the files that are embedded for it.
#pragma once

#include "base/embedded.h"
#include "cli/sample_script.h"

typedef struct SampleFiles {
  const EmbeddedFile *files;
  size_t count;
} SampleFiles;

bool sample_file(const SampleFiles *files, const char *name, Bytes *out); // false when there is none
// `newest_first`: the ids the mail answers to. ERROR_INVALID when the step names what is not there.
bool sample_mail(Arena *arena, const SampleStep *step, const SampleFiles *files, const char *mail_id,
                 const TextList *newest_first, Bytes *out, GError **error);
