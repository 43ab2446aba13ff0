// Reading an archive of mail: an mbox file or a Maildir folder, one mail after the other, however large the archive is.
#pragma once

#include "base/error.h"
#include "mail/collect.h"

typedef struct Archive Archive;
// ERROR_NOT_FOUND when it is not there, ERROR_INVALID when it is no such archive.
Archive *archive_open_mbox(const char *path, GError **error);
Archive *archive_open_maildir(const char *path, GError **error);
void archive_close(Archive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_close)

// Reads the next mail into `collector`. `*out_found` false: there is none. ERROR_UNAVAILABLE when the archive cannot be read on.
bool archive_next(Archive *archive, Collector *collector, bool *out_found, GError **error);
