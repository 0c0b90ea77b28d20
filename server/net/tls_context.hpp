#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include <openssl/types.h>

#include "common/base/result.hpp"

namespace wardroom::net {

// The server's side of TLS as every connection starts with it: TLS 1.3 only, AES-128-GCM first, X25519 or
// P-256, no tickets, no session cache, record buffers only while they are in use. Any thread.
class TlsContext {
 public:
  // Reads the certificate chain and the key. On an error (which names the file) the context stays what it
  // was, so that a broken file never takes a running server down. Connections that are open keep what they
  // began with.
  Result<void> load(const std::filesystem::path& certificate_file, const std::filesystem::path& key_file);

  // What a new connection starts with. load() must have succeeded.
  std::shared_ptr<SSL_CTX> current() const;
  // What it is shown then: the certificate and those after it, in PEM form. Empty before the first load().
  std::string shown_certificates() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<SSL_CTX> context_;
};

}  // namespace wardroom::net
