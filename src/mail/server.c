// The address of a mail server. Nothing is looked up: a name that resolves to this machine today may lead elsewhere tomorrow, and a
// password said in clear must depend on no name server.
#include "mail/server.h"

#include <glib.h>
#include <string.h>

bool server_is_this_machine(const char *url) {
  g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri ? g_uri_get_host(uri) : NULL;
  bool is_local_address = host && g_hostname_is_ip_address(host) && (g_str_has_prefix(host, "127.") || strcmp(host, "::1") == 0);
  return host && (g_ascii_strcasecmp(host, "localhost") == 0 || is_local_address);
}
