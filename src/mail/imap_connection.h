// The conversation with an IMAP server, below its verbs: private to imap.c and imap_folder.c.
#pragma once

#include "mail/imap.h"
#include "mail/imap_reader.h"

#include <curl/curl.h>

typedef CURL Curl;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Curl, curl_easy_cleanup)

struct Imap {
  CURL *curl;       // NULL: not connected
  int socket, wake; // `wake` becomes readable when we are to stop
  int is_stopped;   // atomic
  size_t mail_most;
  ImapReader *reader;
  int64_t tag;   // of the last command
  int64_t mails; // in the open folder
  bool has_news; // more mails than before
  bool has_idle, has_move, has_uidplus;
  bool is_broken; // nothing can be said any more
  char bye[256];  // what the server said when it hung up
};

// Called for each response that is not the command's answer; false ends everything.
typedef bool ImapListener(Imap *imap, const ImapResponse *response, void *data, GError **error);

// Sends a command (without tag and line end), and reads until its answer. NO and BAD are ERROR_INVALID with the server's words;
// `out_code` (may be NULL) is what stood in brackets of the answer, in the arena.
bool imap_command(Imap *imap, ImapListener *listener, void *data, Arena *arena, const char **out_code, GError **error,
                  const char *format, ...) __attribute__((format(printf, 7, 8)));
bool imap_send(Imap *imap, const char *line, GError **error);
// The next response, waited for until `deadline` (monotonic microseconds). NULL with an error; NULL without one only at the deadline.
const ImapResponse *imap_receive(Imap *imap, int64_t deadline, GError **error);

// What an untagged FETCH says of a mail.
typedef struct ImapFetched {
  int64_t uid, arrived_at, size;
  bool has_uid, is_seen, has_content;
  bool is_there; // it speaks of the content or its size, so the mail is at the server, whether it was given or not
  Bytes content;
} ImapFetched;
// False when the response is something else, or does not say of which UID it is.
bool imap_read_fetched(const ImapResponse *response, ImapFetched *out);
