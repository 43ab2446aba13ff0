// From bytes to what received_take takes, in the parser's process. What the parser cannot do at all becomes a mail that failed.
#include "desk/received/received.h"

bool received_parse(Arena *arena, MailParser *parser, ReceivedInput *input, GError **error) {
  g_autoptr(GError) problem = NULL;
  Mail *mail = NULL;
  bool is_parsed = mail_parser_parse(parser, arena, input->raw, &mail, &problem);
  if (!is_parsed && !error_is(problem, ERROR_BROKEN)) {
    g_propagate_error(error, g_steal_pointer(&problem));
    return false;
  }
  input->mail = mail;
  input->problem = is_parsed ? NULL : arena_strdup(arena, problem->message);
  return true;
}
