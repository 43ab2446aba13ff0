// The routes of lists and conversations.
#include "pages/conversation/conversation.h"
#include "pages/conversation/list.h"
#include "pages/conversation/merge.h"
#include "pages/pages.h"

const WebRoute conversation_routes[] = {
  {WEB_GET, "/", PERMISSION_READ, list_page, 0},
  {WEB_GET, "/conversations/:number", PERMISSION_READ, conversation_page, 0},
  {WEB_POST, "/conversations/:number/reply", PERMISSION_ANSWER, conversation_post_reply, WEB_UPLOAD},
  {WEB_POST, "/conversations/:number/note", PERMISSION_ANSWER, conversation_post_note, WEB_UPLOAD},
  {WEB_POST, "/conversations/:number/discard", PERMISSION_ANSWER, conversation_post_discard, WEB_UPLOAD},
  {WEB_POST, "/conversations/:number/complaint/insert", PERMISSION_ANSWER, conversation_post_insert_gap, WEB_UPLOAD},
  {WEB_POST, "/conversations/:number/coach", PERMISSION_ANSWER, conversation_post_coach, WEB_UPLOAD},
  {WEB_POST, "/messages/:message/take-back", PERMISSION_ANSWER, conversation_post_take_back, 0},
  {WEB_POST, "/conversations/:number/assign", PERMISSION_ANSWER, conversation_post_assign, 0},
  {WEB_POST, "/conversations/:number/release", PERMISSION_ANSWER, conversation_post_release, 0},
  {WEB_POST, "/conversations/:number/solve", PERMISSION_ANSWER, conversation_post_solve, 0},
  {WEB_GET, "/conversations/:number/merge", PERMISSION_ANSWER, merge_page, 0},
  {WEB_POST, "/conversations/:number/merge", PERMISSION_ANSWER, merge_post, 0},
  {WEB_POST, "/conversations/:number/customer", PERMISSION_ANSWER, conversation_post_customer, 0},
  {WEB_POST, "/conversations/:number/reopen", PERMISSION_ANSWER, conversation_post_reopen, 0},
  {0},
};
