#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bench/client_tls.hpp"
#include "protocol/codec.hpp"
#include "protocol/json_rpc.hpp"

namespace wardroom::bench {

// Calls methods one after the other over one kept-alive HTTPS connection; for setting a test up. Blocks.
class HttpClient {
 public:
  // The first connection also teaches `tls` the server's certificate.
  static Result<HttpClient> connect(ClientTls& tls, const Target& target);

  // The body of the last answer, also of one that was an error.
  const std::string& last_body() const { return last_body_; }

  template <class Method>
  Result<typename Method::Result> call(const typename Method::Params& params, std::string_view token = {}) {
    auto text = post(Method::kName, protocol::encode(params), token);
    if (!text) return text.error();
    auto json = protocol::parse_json(*text);
    if (!json) return json.error();
    return protocol::decode<typename Method::Result>(*json, "result");
  }

 private:
  struct Free {
    void operator()(SSL* ssl) const;
  };
  Result<std::string> post(std::string_view method, const std::string& body, std::string_view token);
  Result<void> write(std::string_view bytes);
  Result<std::string> read_more();

  std::unique_ptr<SSL, Free> ssl_;
  std::string host_;
  std::string input_;
  std::string last_body_;
};

}  // namespace wardroom::bench
