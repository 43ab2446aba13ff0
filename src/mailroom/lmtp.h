// The LMTP listener: a mail server hands mail over on a socket, several connections at once. 250 is said only after the commit; all
// trouble of ours is 4xx, upon which the mail server keeps the mail and comes again.
//
// LMTP knows no passwords: whoever can connect can hand in mail. A socket in the file system belongs into a folder that only the
// mail server may enter; TCP listens on 127.0.0.1 unless another address is named.
#pragma once

#include "mailroom/intake.h"

typedef struct LmtpServer LmtpServer;

typedef struct LmtpServerConfig {
  Intake *intake;
  const char *listen; // "127.0.0.1:24", ":24", "[::1]:24", "/run/rapport/lmtp"; several with commas. Port 0 takes a free one
  int64_t mail_limit; // of a larger mail only the beginning is kept
  int64_t idle_most;  // a connection on which nothing comes for so long is closed, microseconds; 0: five minutes
} LmtpServerConfig;

LmtpServer *lmtp_server_start(const LmtpServerConfig *config, GError **error);
// Where it listens, with the ports it took: "127.0.0.1:40123, /run/rapport/lmtp".
const char *lmtp_server_places(const LmtpServer *server);
// Takes no more connections; a mail that is whole is still taken and answered, one that is not is left to the client.
void lmtp_server_stop(LmtpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LmtpServer, lmtp_server_stop)
