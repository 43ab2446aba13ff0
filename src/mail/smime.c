// Two questions are kept apart. Does the signature fit the content? CMS_verify says so, without looking at certificates. And whose is
// it? Each signer's certificate is followed up to one that this system trusts, for the purpose of mail, and its address compared with
// the sender's. A signature that does not fit is BAD; everything that only leaves the second question open is DOUBTFUL and says why.
// The content is given out in any case.
//
// Nothing is fetched: no certificate lists, no missing issuers. The number of certificates and signers is bounded before any
// is used, because a stranger chooses the work.
#include "mail/smime.h"

#include "base/text.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#define CERTIFICATES_MOST 30
#define SIGNERS_MOST 8
#define OBJECT_LARGEST ((size_t)200 * 1000 * 1000)
#define CERTIFICATES_LARGEST (size_t)(16 * 1024 * 1024)
#define NAME_LONGEST 100 // characters of an issuer's name that are shown

G_DEFINE_AUTOPTR_CLEANUP_FUNC(BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CMS_ContentInfo, CMS_ContentInfo_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(X509_STORE_CTX, X509_STORE_CTX_free)

static char *known; // certificates in PEM, read at start, never changed after
static size_t known_size;

void smime_start(void) {
  static const char *const files[] = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                      "/etc/ssl/cert.pem"};
  const char *named = g_getenv("SSL_CERT_FILE");
  bool is_read = named && g_file_get_contents(named, &known, &known_size, NULL);
  for (size_t i = 0; !named && !is_read && i < G_N_ELEMENTS(files); i++)
    is_read = g_file_get_contents(files[i], &known, &known_size, NULL);
  // Its configuration file, and what it looks up by name.
  OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CONFIG | OPENSSL_INIT_ADD_ALL_DIGESTS | OPENSSL_INIT_ADD_ALL_CIPHERS, NULL);
}

// Made of the file's bytes when the first signed mail comes: reading a hundred certificates takes longer than most mails.
static X509_STORE *trusted(void) {
  static X509_STORE *store;
  static gsize made;
  if (!g_once_init_enter(&made)) return store;
  store = X509_STORE_new();
  g_autoptr(BIO) input = BIO_new_mem_buf(known ? known : "", (int)MIN(known_size, CERTIFICATES_LARGEST));
  for (X509 *one; (one = PEM_read_bio_X509_AUX(input, NULL, NULL, NULL));) {
    X509_STORE_add_cert(store, one);
    X509_free(one);
  }
  ERR_clear_error();
  g_once_init_leave(&made, 1);
  return store;
}

static bool looks_like_base64(Bytes object) {
  const unsigned char *at = object.data;
  size_t looked_at = MIN(object.size, 64);
  for (size_t i = 0; i < looked_at; i++)
    if (!g_ascii_isalnum(at[i]) && !strchr("+/=\r\n -", at[i] ? at[i] : 1)) return false;
  return looked_at > 0;
}

// Base64 whose transfer encoding nobody named, with or without PEM's lines around it.
static Bytes without_base64(Arena *arena, Bytes object) {
  const char *start = object.data ? object.data : "", *end = start + object.size;
  const char *dashes = memmem(start, MIN(object.size, 200), "-----BEGIN", 10);
  if (dashes && (dashes = memchr(dashes, '\n', (size_t)(end - dashes)))) start = dashes + 1;
  const char *closing = memmem(start, (size_t)(end - start), "-----END", 8);
  if (closing) end = closing;
  int state = 0;
  unsigned save = 0;
  unsigned char *out = arena_alloc(arena, (size_t)(end - start) / 4 * 3 + 4);
  return bytes_of(out, g_base64_decode_step(start, (size_t)(end - start), out, &state, &save));
}

static CMS_ContentInfo *read_object(Arena *arena, Bytes object) {
  if (object.size == 0 || object.size > OBJECT_LARGEST) return NULL;
  if (*(const unsigned char *)object.data != 0x30 && looks_like_base64(object)) object = without_base64(arena, object);
  g_autoptr(BIO) input = BIO_new_mem_buf(object.data, (int)object.size);
  return d2i_CMS_bio(input, NULL);
}

// ——— does the signature fit

typedef enum Fit { FITS, FITS_NOT, CANNOT_TELL } Fit;

static Fit why_not(const char **out_reason) {
  for (unsigned long code; (code = ERR_get_error());) {
    int reason = ERR_GET_LIB(code) == ERR_LIB_CMS ? ERR_GET_REASON(code) : 0;
    if (reason == CMS_R_SIGNER_CERTIFICATE_NOT_FOUND || reason == CMS_R_NO_SIGNERS) {
      *out_reason = "The certificate of the signer is missing.";
      return CANNOT_TELL;
    }
    if (reason == CMS_R_UNKNOWN_DIGEST_ALGORITHM || reason == CMS_R_UNSUPPORTED_TYPE || reason == CMS_R_NO_MATCHING_DIGEST ||
        ERR_GET_REASON(code) == ERR_R_UNSUPPORTED) {
      *out_reason = "The signature is of a kind that cannot be checked here.";
      return CANNOT_TELL;
    }
  }
  *out_reason = "The mail was changed after it was signed.";
  return FITS_NOT;
}

// With `detached` only that counts: an object may hold another content as well, which nobody is shown.
static Fit check(CMS_ContentInfo *object, const Bytes *detached, const char **out_reason) {
  g_autoptr(BIO) content = detached ? BIO_new_mem_buf(detached->size ? detached->data : "", (int)detached->size) : NULL;
  ERR_clear_error();
  int flags = CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY;
  Fit fit = CMS_verify(object, NULL, NULL, content, NULL, (unsigned)flags) == 1 ? FITS : why_not(out_reason);
  ERR_clear_error();
  return fit;
}

// Line ends as they are when a mail travels, which is how it was signed.
static Bytes with_crlf(Arena *arena, Bytes text) {
  const char *at = text.data, *end = at + text.size;
  size_t newlines = 0, length = 0;
  for (const char *c = at; c < end; c++) newlines += *c == '\n';
  char *out = arena_alloc(arena, text.size + newlines + 1);
  for (char before = 0; at < end; before = *at++) {
    if (*at == '\n' && before != '\r') out[length++] = '\r';
    out[length++] = *at;
  }
  return bytes_of(out, length);
}

static Fit check_any(Arena *arena, CMS_ContentInfo *object, const Bytes *detached, const char **out_reason) {
  if (!detached) return check(object, NULL, out_reason);
  Bytes canonical = with_crlf(arena, *detached);
  Fit fit = check(object, &canonical, out_reason);
  return fit == FITS_NOT ? check(object, detached, out_reason) : fit;
}

// ——— whose is it

static const char *issuer_name(Arena *arena, X509 *certificate) {
  const X509_NAME *name = X509_get_issuer_name(certificate);
  static const int parts[] = {NID_commonName, NID_organizationalUnitName, NID_organizationName};
  for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
    int at = X509_NAME_get_index_by_NID(name, parts[i], -1);
    if (at < 0) continue;
    unsigned char *text = NULL;
    int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    const char *line = length > 0 ? text_one_line(arena, text_make_valid(arena, bytes_of(text, (size_t)length))) : "";
    if (length >= 0) OPENSSL_free(text);
    if (*line) return text_clamp(arena, line, NAME_LONGEST);
  }
  return "somebody without a name";
}

// The certificate's address that is the sender's; else its first; "" when it has none.
static const char *signer_address(Arena *arena, X509 *certificate, const char *from) {
  STACK_OF(OPENSSL_STRING) *addresses = X509_get1_email(certificate);
  const char *key = mail_address_key(arena, from), *signer = "";
  for (int i = 0; i < sk_OPENSSL_STRING_num(addresses) && i < 100; i++) {
    const char *address = text_make_valid(arena, bytes_of_text(sk_OPENSSL_STRING_value(addresses, i)));
    if (!mail_address_is_valid(address)) continue;
    bool is_senders = strcmp(mail_address_key(arena, address), key) == 0;
    if (is_senders || !*signer) signer = address;
    if (is_senders) break;
  }
  X509_email_free(addresses);
  return signer;
}

static const char *chain_problem(Arena *arena, X509_STORE_CTX *context, X509 *certificate, const char *whose) {
  int error = X509_STORE_CTX_get_error(context);
  switch (error) {
  case X509_V_ERR_CERT_HAS_EXPIRED:
    if (X509_STORE_CTX_get_error_depth(context) > 0)
      return arena_printf(arena, "A certificate above that of %s has expired.", whose);
    return arena_printf(arena, "The certificate of %s has expired.", whose);
  case X509_V_ERR_CERT_NOT_YET_VALID: return arena_printf(arena, "The certificate of %s is not valid yet.", whose);
  case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    return arena_printf(arena, "The certificate of %s was issued by itself, which nobody here trusts.", whose);
  case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    return arena_printf(arena, "The certificate of %s was issued by “%s”, whom nobody here trusts.", whose,
                        issuer_name(arena, certificate));
  case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
  case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
  case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    return arena_printf(arena,
                        "The certificate of %s was issued by “%s”, whose own certificate is neither in the mail nor known here.",
                        whose, issuer_name(arena, certificate));
  case X509_V_ERR_INVALID_PURPOSE: return arena_printf(arena, "The certificate of %s is not meant for mail.", whose);
  case X509_V_ERR_INVALID_CA:
    return arena_printf(arena, "The certificate of %s was issued by somebody who may issue none.", whose);
  default: return arena_printf(arena, "The certificate of %s does not hold: %s.", whose, X509_verify_cert_error_string(error));
  }
}

static const char *certificate_problem(Arena *arena, X509 *certificate, STACK_OF(X509) * others, const char *whose) {
  g_autoptr(X509_STORE_CTX) context = X509_STORE_CTX_new();
  if (!X509_STORE_CTX_init(context, trusted(), certificate, others)) return "The certificate cannot be read.";
  X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SMIME_SIGN);
  return X509_verify_cert(context) == 1 ? NULL : chain_problem(arena, context, certificate, whose);
}

// Digests that can be made to fit another mail.
static const char *digest_problem(CMS_SignerInfo *signer) {
  X509_ALGOR *digest = NULL;
  const ASN1_OBJECT *object = NULL;
  CMS_SignerInfo_get0_algs(signer, NULL, NULL, &digest, NULL);
  X509_ALGOR_get0(&object, NULL, NULL, digest);
  int name = OBJ_obj2nid(object);
  bool is_weak = name == NID_md5 || name == NID_sha1 || name == NID_md2 || name == NID_md4;
  return is_weak ? "The signature is of an old kind that can be forged." : NULL;
}

static MailProtection judge_signer(Arena *arena, CMS_SignerInfo *signer, STACK_OF(X509) * others, const char *from) {
  X509 *certificate = NULL;
  CMS_SignerInfo_get0_algs(signer, NULL, &certificate, NULL, NULL);
  MailProtection found = {
    .kind = MAIL_SMIME_SIGNED, .state = MAIL_DOUBTFUL, .signer = "", .reason = "The certificate of the signer is missing."};
  if (!certificate) return found;
  found.signer = signer_address(arena, certificate, from);
  found.reason = certificate_problem(arena, certificate, others, *found.signer ? found.signer : "the signer");
  if (!found.reason) found.reason = digest_problem(signer);
  if (!found.reason && !*found.signer)
    found.reason = "The certificate names no address, so it does not say that the sender signed.";
  bool is_senders = strcmp(mail_address_key(arena, found.signer), mail_address_key(arena, from)) == 0;
  if (!found.reason && !is_senders) found.reason = arena_printf(arena, "It was signed by %s, not by the sender.", found.signer);
  if (found.reason) return found;
  found.state = MAIL_GOOD;
  found.reason = "";
  return found;
}

// The best of the signers: one good signature by the sender is enough, all of them fit.
static MailProtection judge_signers(Arena *arena, CMS_ContentInfo *object, const char *from) {
  STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(object);
  STACK_OF(X509) *others = CMS_get1_certs(object);
  MailProtection best = {.kind = MAIL_SMIME_SIGNED, .state = MAIL_DOUBTFUL, .signer = "", .reason = "Nobody signed it."};
  for (int i = 0; i < sk_CMS_SignerInfo_num(signers); i++) {
    MailProtection found = judge_signer(arena, sk_CMS_SignerInfo_value(signers, i), others, from);
    if (i == 0 || found.state == MAIL_GOOD) best = found;
  }
  sk_X509_pop_free(others, X509_free);
  ERR_clear_error();
  return best;
}

static bool is_too_much(CMS_ContentInfo *object) {
  STACK_OF(X509) *certificates = CMS_get1_certs(object);
  int count = sk_X509_num(certificates);
  sk_X509_pop_free(certificates, X509_free);
  return count > CERTIFICATES_MOST || sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(object)) > SIGNERS_MOST;
}

static MailProtection judge(Arena *arena, CMS_ContentInfo *object, const Bytes *detached, const char *from) {
  MailProtection found = {.kind = MAIL_SMIME_SIGNED, .state = MAIL_DOUBTFUL, .signer = "", .reason = ""};
  if (is_too_much(object)) {
    found.reason = "There are too many signatures or certificates to check.";
    return found;
  }
  const char *reason = NULL;
  Fit fit = check_any(arena, object, detached, &reason); // first, because it finds each signer's certificate
  found = judge_signers(arena, object, from);
  if (fit == FITS) return found;
  found.state = fit == FITS_NOT ? MAIL_BAD : MAIL_DOUBTFUL;
  found.reason = reason;
  return found;
}

static Bytes content_of(Arena *arena, CMS_ContentInfo *object) {
  ASN1_OCTET_STRING **content = CMS_get0_content(object);
  if (!content || !*content || ASN1_STRING_length(*content) <= 0) return bytes_of("", 0);
  size_t size = (size_t)ASN1_STRING_length(*content);
  return bytes_of(arena_copy(arena, ASN1_STRING_get0_data(*content), size), size);
}

Smime smime_read(Arena *arena, Bytes object, const Bytes *detached, const char *from) {
  Smime result = {
    .kind = SMIME_UNREADABLE,
    .protection = {.kind = MAIL_SMIME_SIGNED, .state = MAIL_DOUBTFUL, .signer = "", .reason = "The signature cannot be read."}};
  g_autoptr(CMS_ContentInfo) read = read_object(arena, object);
  int type = read ? OBJ_obj2nid(CMS_get0_type(read)) : NID_undef;
  ERR_clear_error();
  if (type == NID_pkcs7_signed) {
    result.kind = SMIME_SIGNED;
    result.content = content_of(arena, read);
    result.protection = judge(arena, read, detached, from);
  } else if (type == NID_pkcs7_enveloped || type == NID_id_smime_ct_authEnvelopedData || type == NID_pkcs7_encrypted) {
    result.kind = SMIME_ENCRYPTED;
    result.protection = (MailProtection){.kind = MAIL_SMIME_ENCRYPTED,
                                         .state = MAIL_UNCHECKED,
                                         .signer = "",
                                         .reason = "Rapport keeps no keys, so the mail cannot be read here."};
  }
  return result;
}
