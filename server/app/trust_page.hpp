#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/result.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// What somebody needs so that their browser knows the office: its authority's certificate, and how to add it.
struct Trust {
  // Whether the office's own authority signs. Else it is the company's or a public one, which browsers know
  // or were given otherwise, and nothing is offered.
  bool is_own = false;
  std::string authority;    // its name
  std::string fingerprint;  // of the office, as on paper and in the desktop program: ABCD-EFGH-…
  std::string sha256;       // of the certificate, as systems show it: 01:23:…
  std::string certificate;  // DER
  // Of the next authority, while the office changes to it.
  std::optional<std::string> next_certificate;
  std::string next_sha256;
};

// Of tls/ca.crt, and in a change of authorities of tls/next-ca.crt.
Result<Trust> load_trust(const ops::DataDir& dir);

// The page /trust. Nothing of a request is in it.
std::string compose_trust_page(const Trust& trust, const std::string& office, const std::string& host,
                               std::uint16_t port);

}  // namespace wardroom::app
