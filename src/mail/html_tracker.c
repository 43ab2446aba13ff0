// Tracking pixels (case 32). A picture from the network that is at most a few pixels large, or that its style hides, is loaded for one
// reason: the sender learns that, when and where the mail was read. Larger ones that do the same are known by the addresses under
// which the large mailing services count.
#include "mail/html_tracker.h"

#include "mail/html_css.h"
#include "mail/html_tree.h"

#define SEEN_FROM 4.0    // pixels
#define ANCESTORS_MOST 3 // that are asked whether they hide the picture
#define HOST_LONGEST 100 // bytes

// Parts of addresses that count who opens a mail.
static const char *const counters[] = {
  "/wf/open?",
  ".list-manage.com/track/open",
  "mandrillapp.com/track/open",
  "mailtrack.io/trace",
  "/track/open.php",
  "/track/open?",
  "pstmrk.it/open",
  "exct.net/open.aspx",
  "awstrack.me/i0/",
  "emltrk.com/",
  "sidekickopen",
  "/e2t/to/",
  "t.yesware.com/t/",
  "bl-1.com/",
  "mailfoogae.appspot.com/t?",
  "customeriomail.com/e/o/",
  "/tr/op/",
  ".mjt.lu/oo/",
  "/t/o.gif",
  "rs6.net/on.jsp",
  "r.superhuman.com/",
  "/trk/open",
  "google-analytics.com/",
  "/email/open.gif",
  "/pixel.gif?",
  "/o.gif?",
  "klclick.com/open",
  "/ss/o/",
};

static bool is_counter(const char *address) {
  g_autofree char *lower = g_ascii_strdown(address, (gssize)strnlen(address, 500));
  for (size_t i = 0; i < G_N_ELEMENTS(counters); i++)
    if (strstr(lower, counters[i])) return true;
  return false;
}

// The size an attribute or the style gives; -1 when neither says it in pixels.
static double pixels_of(const xmlNode *image, const char *name) {
  double styled = html_css_pixels(html_tree_attribute(image, "style"), name);
  if (styled >= 0) return styled;
  const char *value = html_tree_attribute(image, name);
  char *end = NULL;
  double pixels = g_ascii_isdigit(*value) ? g_ascii_strtod(value, &end) : -1;
  return end && *end == '%' ? -1 : pixels;
}

static bool is_tiny(const xmlNode *image) {
  double width = pixels_of(image, "width"), height = pixels_of(image, "height");
  if (width < 0 && height < 0) return false;
  if (width < 0 || height < 0) return MAX(width, height) <= 1; // the other one follows
  return width < SEEN_FROM && height < SEEN_FROM;
}

static bool hides(xmlNode *element, GHashTable *hidden) {
  void *known = NULL;
  if (g_hash_table_lookup_extended(hidden, element, NULL, &known)) return GPOINTER_TO_INT(known) != 0;
  bool is_hidden = html_css_is_invisible(html_tree_attribute(element, "style"));
  g_hash_table_insert(hidden, element, GINT_TO_POINTER(is_hidden));
  return is_hidden;
}

static bool is_hidden(const xmlNode *image, GHashTable *hidden) {
  if (html_css_is_invisible(html_tree_attribute(image, "style"))) return true;
  xmlNode *around = image->parent;
  for (int i = 0; around && around->type == XML_ELEMENT_NODE && i < ANCESTORS_MOST; i++, around = around->parent)
    if (hides(around, hidden)) return true;
  return false;
}

bool html_is_tracker(const xmlNode *image, const char *address, GHashTable *hidden) {
  return is_tiny(image) || is_counter(address) || is_hidden(image, hidden);
}

const char *html_address_host(Arena *arena, const char *address) {
  const char *host = strstr(address, "//");
  if (!host) return "";
  host += 2;
  size_t length = strcspn(host, "/?#\\");
  for (size_t i = 0; i < length; i++)
    if (host[i] == '@') {
      host += i + 1;
      length -= i + 1;
      i = (size_t)-1;
    }
  const char *port = memchr(host, ':', length);
  if (port) length = (size_t)(port - host);
  if (length == 0 || length > HOST_LONGEST) return "";
  return arena_take(arena, g_ascii_strdown(host, (gssize)length));
}
