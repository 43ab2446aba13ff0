// The routes of lists and conversations.
#include "pages/conversation/conversation.h"
#include "pages/conversation/draft.h"
#include "pages/conversation/list.h"
#include "pages/conversation/merge.h"
#include "pages/pages.h"

const WebRoute conversation_routes[] = {
  {WEB_GET, "/", PERMISSION_READ, list_page, 0},
  {WEB_GET, "/conversations/:number", PERMISSION_READ, conversation_page, 0},
  {WEB_POST, "/conversations/:number/reply", PERMISSION_ANSWER, conversation_post_reply, WEB_UPLOAD},
  {WEB_POST, "/conversations/:number/note", PERMISSION_ANSWER, conversation_post_note, WEB_UPLOAD},
  {WEB_POST, "/conversations/:number/discard", PERMISSION_ANSWER, conversation_post_discard, WEB_UPLOAD},
  {WEB_GET, "/conversations/:number/draft", PERMISSION_ANSWER, draft_get, 0},
  {WEB_POST, "/conversations/:number/draft", PERMISSION_ANSWER, draft_post_save, WEB_UPLOAD},
  {WEB_POST, "/conversations/:number/draft/older", PERMISSION_ANSWER, draft_post_older, WEB_UPLOAD},
  {WEB_POST, "/conversations/:number/draft/files", PERMISSION_ANSWER, draft_post_file, WEB_UPLOAD},
  {WEB_POST, "/conversations/:number/draft/files/drop", PERMISSION_ANSWER, draft_post_drop_file, 0},
  {WEB_GET, "/conversations/:number/draft/files/:file", PERMISSION_ANSWER, draft_get_file, 0},
  {WEB_POST, "/conversations/:number/preview", PERMISSION_ANSWER, draft_post_preview, WEB_UPLOAD},
  {WEB_GET, "/colleagues", PERMISSION_READ, draft_get_colleagues, 0},
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
  {WEB_POST, "/conversations/:number/hand", PERMISSION_ANSWER, work_post_hand, 0},
  {WEB_POST, "/conversations/:number/priority", PERMISSION_ANSWER, work_post_priority, 0},
  {WEB_POST, "/conversations/:number/snooze", PERMISSION_ANSWER, work_post_snooze, 0},
  {WEB_POST, "/conversations/:number/tags", PERMISSION_ANSWER, work_post_tag, 0},
  {WEB_POST, "/conversations/:number/tags/remove", PERMISSION_ANSWER, work_post_untag, 0},
  {WEB_POST, "/conversations/:number/fields", PERMISSION_ANSWER, work_post_fields, 0},
  {WEB_POST, "/conversations/:number/follow", PERMISSION_ANSWER, work_post_follow, 0},
  {WEB_POST, "/conversations/:number/unfollow", PERMISSION_ANSWER, work_post_unfollow, 0},
  {WEB_POST, "/conversations/:number/links", PERMISSION_ANSWER, work_post_link, 0},
  {WEB_POST, "/conversations/:number/links/remove", PERMISSION_ANSWER, work_post_unlink, 0},
  {WEB_GET, "/conversations/:number/unmerge", PERMISSION_ANSWER, unmerge_page, 0},
  {WEB_POST, "/conversations/:number/unmerge", PERMISSION_ANSWER, unmerge_post, 0},
  {WEB_GET, "/messages/:message/apart", PERMISSION_ANSWER, apart_page, 0},
  {WEB_POST, "/messages/:message/split", PERMISSION_ANSWER, apart_post_split, 0},
  {WEB_POST, "/messages/:message/move", PERMISSION_ANSWER, apart_post_move, 0},
  {0},
};
