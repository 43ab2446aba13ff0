// Fuzzing what an IMAP server may say: whole, and in pieces of the first byte's size, it must mean the same. Seeds: tests/fuzz/mail/imap.
#include "mail/imap_connection.h"

#include <stdlib.h>

#define LITERAL_MOST 100000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put_bytes(GString *out, Bytes bytes) {
  g_string_append_printf(out, "%zu:", bytes.size);
  g_string_append_len(out, bytes.data, (gssize)bytes.size);
}

static void put_response(GString *out, const ImapResponse *response) {
  ImapFetched fetched;
  g_string_append_printf(out, "%s %s [%s] %s\n", response->tag, response->status ? response->status : "-", response->code,
                         response->text);
  list_each(const ImapToken, token, &response->tokens) {
    g_string_append_printf(out, " %d ", token->kind);
    put_bytes(out, token->bytes);
  }
  if (!imap_read_fetched(response, &fetched)) return;
  if (fetched.uid <= 0 || fetched.size < 0) abort();
  g_string_append_printf(out, " of %" G_GINT64_FORMAT " from %" G_GINT64_FORMAT, fetched.uid, fetched.arrived_at);
  if (fetched.has_content) put_bytes(out, fetched.content);
}

// True until the reader refuses what came.
static bool read_all(ImapReader *reader, GString *out) {
  g_autoptr(GError) error = NULL;
  for (const ImapResponse *response; (response = imap_reader_next(reader, &error));) put_response(out, response);
  return error == NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  g_autoptr(ImapReader) whole = imap_reader_new(LITERAL_MOST);
  g_autoptr(ImapReader) reader = imap_reader_new(LITERAL_MOST);
  g_autoptr(GString) meant = g_string_new(NULL);
  g_autoptr(GString) pieces = g_string_new(NULL);
  if (size == 0) return 0;
  size_t piece = data[0] % 32 + 1;
  imap_reader_feed(whole, data + 1, size - 1);
  bool is_fine = read_all(whole, meant), goes_on = true;
  for (size_t at = 1; at < size && goes_on; at += piece) {
    imap_reader_feed(reader, data + at, MIN(piece, size - at));
    goes_on = read_all(reader, pieces);
  }
  if (goes_on != is_fine || !g_string_equal(meant, pieces)) abort();
  return 0;
}
