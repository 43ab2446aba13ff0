// What the scripts of the composer ask for; answers are JSON, but for the preview.
#pragma once

#include "web/web.h"

WebHandler draft_post_save, draft_get, draft_post_file, draft_post_drop_file, draft_get_file, draft_post_older,
  draft_post_preview, draft_get_colleagues;
