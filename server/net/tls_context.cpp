#include "server/net/tls_context.hpp"

#include <cassert>
#include <string>
#include <string_view>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace wardroom::net {
namespace {

std::string openssl_reason() {
  const unsigned long error = ERR_peek_last_error();
  const char* reason = error ? ERR_reason_error_string(error) : nullptr;
  std::string text = reason ? reason : "it can't be read";
  ERR_clear_error();
  return text;
}

struct BioFree {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};

Error file_error(std::string_view what, const std::filesystem::path& file) {
  return make_error(ErrorCode::unavailable, "The " + std::string(what) + " " + file.string() +
                                                " can't be used: " + openssl_reason() +
                                                ". Put a PEM file there that the server may read.");
}

// RFC 7301: one protocol, or none named at all.
int select_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr unsigned char kHttp11[] = "\x08http/1.1";
  unsigned char* selected = nullptr;
  if (SSL_select_next_proto(&selected, out_size, kHttp11, sizeof kHttp11 - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *out = selected;
  return SSL_TLSEXT_ERR_OK;
}

void harden(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_ciphersuites(context,
                           "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
  SSL_CTX_set1_groups_list(context, "X25519:P-256");
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_max_early_data(context, 0);
  // NO_AUTO_CHAIN: the file is the chain; OpenSSL would otherwise search its store in every handshake.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_NO_AUTO_CHAIN);
  SSL_CTX_set_read_ahead(context, 1);  // header and body of a record in one recv
  SSL_CTX_set_alpn_select_cb(context, select_protocol, nullptr);
}

}  // namespace

Result<void> TlsContext::load(const std::filesystem::path& certificate_file,
                              const std::filesystem::path& key_file) {
  ERR_clear_error();
  const std::shared_ptr<SSL_CTX> made(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!made)
    return make_error(ErrorCode::internal, "OpenSSL gives no TLS context: " + openssl_reason() + ".");
  harden(made.get());
  if (SSL_CTX_use_certificate_chain_file(made.get(), certificate_file.c_str()) != 1)
    return file_error("certificate", certificate_file);
  if (SSL_CTX_use_PrivateKey_file(made.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1)
    return file_error("private key", key_file);
  if (SSL_CTX_check_private_key(made.get()) != 1) return file_error("private key", key_file);
  const std::lock_guard lock(mutex_);
  context_ = made;
  return ok();
}

std::shared_ptr<SSL_CTX> TlsContext::current() const {
  const std::lock_guard lock(mutex_);
  assert(context_);
  return context_;
}

std::string TlsContext::shown_certificates() const {
  std::shared_ptr<SSL_CTX> context;
  {
    const std::lock_guard lock(mutex_);
    context = context_;
  }
  if (!context) return {};
  const std::unique_ptr<BIO, BioFree> text(BIO_new(BIO_s_mem()));
  if (!text || PEM_write_bio_X509(text.get(), SSL_CTX_get0_certificate(context.get())) != 1) return {};
  STACK_OF(X509)* after = nullptr;
  SSL_CTX_get0_chain_certs(context.get(), &after);
  for (int i = 0; i < sk_X509_num(after); ++i)
    if (PEM_write_bio_X509(text.get(), sk_X509_value(after, i)) != 1) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(text.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace wardroom::net
