// Fuzzing what an LMTP client may say: fed in pieces of the first byte's size, every mail is taken. Seeds: tests/fuzz/mail/lmtp.
#include "mail/lmtp.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(GString) out = g_string_new(NULL);
  LmtpSetup setup = {.host = "desk.example", .mail_limit = 1 << 20};
  g_autoptr(Lmtp) lmtp = lmtp_new(&setup, out);
  size_t piece = size ? data[0] % 64 + 1 : 1;
  for (size_t at = 1; at < size;) {
    size_t used = 0;
    LmtpNext next = lmtp_feed(lmtp, bytes_of(data + at, MIN(piece, size - at)), &used, out);
    if (next == LMTP_MAIL && lmtp_mail(lmtp)->recipients.count == 0) abort();
    if (next == LMTP_MAIL) lmtp_answer(lmtp, 250, "2.0.0", "Kept.", out);
    if (next == LMTP_CLOSE) break;
    if (next == LMTP_READ && used == 0) abort(); // it would turn for ever
    at += used;
  }
  return 0;
}
