// What customers see of us: its page, the logo's bytes, and the head of their pages.
#include "pages/brand/brand.h"

#include "base/text.h"
#include "desk/setting.sql.h"
#include "pages/brand.html.h"
#include "pages/pages.h"
#include "pages/protocol/guide.h"

#include <string.h>

#define UPLOAD_LIMIT (BRAND_LOGO_MOST + 64 * 1024) // and a little more, so that one that is too large is told so kindly

BrandHead brand_head(const Visit *visit) {
  Brand brand = {.logo = ""};
  g_autoptr(GError) problem = NULL;
  if (!brand_load(visit->arena, visit->desk, &brand, &problem)) brand = (Brand){.logo = ""};
  return (BrandHead){.name = visit->desk->name,
                     .accent = arena_printf(visit->arena, "accent-%s", brand_accent_word(brand.accent)),
                     .logo = brand.logo};
}

static bool show(const Visit *visit, WebResponse *response, BrandPage *page, GError **error) {
  const char *kept = web_query(visit->request, "kept"), *name = NULL;
  Shell shell;
  page->visit = visit;
  page->kept = kept ? kept : "";
  if (!shell_open(visit, RAIL_HOUSE, "plain", &shell, error) || !brand_load(visit->arena, visit->desk, &page->brand, error) ||
      !brand_mark(visit->arena, visit->desk, &page->mark, error) ||
      !setting_select(visit->arena, visit->desk->db, "name", &name, error))
    return false;
  if (!page->name) page->name = name ? name : visit->desk->name;
  for (unsigned accent = 0; accent < ACCENT_COUNT; accent++)
    *list_add(visit->arena, &page->accents) = (AccentChoice){brand_accent_word(accent), brand_accent_title(accent),
                                                             (page->accent ? *page->accent : page->brand.accent) == accent};
  if (page->problem) response->status = 422;
  shell.title = "Branding";
  render_brand(response->body, &shell, page);
  return true;
}

static bool brand_page(WebRequest *request, WebResponse *response, GError **error) {
  BrandPage page = {0};
  return show(visit_of(request), response, &page, error);
}

static bool end(const Visit *visit, WebResponse *response, BrandPage *page, GError **problem, GError **error) {
  if (!*problem) {
    web_redirect(response, "/branding?kept=yes");
    return true;
  }
  if (!error_is(*problem, ERROR_INVALID)) {
    g_propagate_error(error, g_steal_pointer(problem));
    return false;
  }
  page->problem = (*problem)->message;
  return show(visit, response, page, error);
}

static bool brand_post(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  BrandAccent accent = ACCENT_COUNT;
  BrandPage page = {.name = guide_field(visit, "name"), .accent = &accent};
  g_autoptr(GError) problem = NULL;
  brand_accent_from_word(guide_field(visit, "accent"), &accent);
  if (brand_set(visit->desk, visit->staff, page.name, accent, &problem)) pages_renamed(visit->pages);
  return end(visit, response, &page, &problem, error);
}

static bool brand_post_logo(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  BrandPage page = {.is_about_logo = true};
  Bytes picture = {0};
  g_autoptr(GError) problem = NULL;
  list_each(const WebField, field, web_form_fields(request))
    if (field->file_name && strcmp(field->name, "logo") == 0) picture = field->bytes;
  if (picture.size == 0 && !*guide_field(visit, "remove"))
    error_set(&problem, ERROR_INVALID, "Choose a picture first.");
  else
    brand_set_logo(visit->desk, visit->staff, picture, &problem);
  return end(visit, response, &page, &problem, error);
}

static bool brand_post_mails(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  BrandPage page = {0};
  g_autoptr(GError) problem = NULL;
  brand_set_in_mails(visit->desk, visit->staff, *guide_field(visit, "mails") != '\0', &problem);
  return end(visit, response, &page, &problem, error);
}

// Its address changes with its bytes, so it may be kept for ever.
static bool brand_logo_bytes(WebRequest *request, WebResponse *response, GError **error) {
  const Visit *visit = visit_of(request);
  const char *type = NULL;
  Bytes bytes;
  if (!brand_logo(visit->arena, visit->desk, web_path_text(request, "hash"), &bytes, &type, error)) return false;
  web_download(response, "logo", type, bytes, true);
  web_add_header(response, "Cache-Control", "public, max-age=31536000, immutable");
  return true;
}

const WebRoute brand_routes[] = {
  {WEB_GET, "/branding", PERMISSION_ADMINISTER, brand_page, 0},
  {WEB_POST, "/branding", PERMISSION_ADMINISTER, brand_post, 0},
  {WEB_POST, "/branding/logo", PERMISSION_ADMINISTER, brand_post_logo, UPLOAD_LIMIT},
  {WEB_POST, "/branding/mails", PERMISSION_ADMINISTER, brand_post_mails, 0},
  {WEB_GET, "/branding/logo/:hash", PERMISSION_PUBLIC, brand_logo_bytes, 0},
  {0},
};
