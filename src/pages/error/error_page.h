// WebConfig.fail: the page for an error.
#pragma once

#include "web/web.h"

void error_page(WebRequest *request, WebResponse *response, const GError *error);
