#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/result.hpp"
#include "common/base/secret.hpp"
#include "protocol/introduction.hpp"

namespace wardroom::link {

struct HttpReply {
  int status = 0;
  std::map<std::string, std::string> headers;  // by their names in lower case
  std::string body;                            // of a refusal; of others it went to who took it
};

// HTTP over TLS to the introduced server and to nobody else, for the bytes of files: one request after the
// other. Every member blocks, and fails when nothing moves for `silence`. A connection that broke is made
// anew by the next request. One thread at a time.
class HttpClient {
 public:
  explicit HttpClient(protocol::Introduction introduction, Secret token,
                      std::chrono::milliseconds silence = std::chrono::seconds{30});
  ~HttpClient();

  struct Request {
    std::string verb;
    std::string path;
    std::vector<std::pair<std::string, std::string>> headers;
    std::int64_t body_bytes = 0;
    // The next bytes of the body, some each time; an error of it ends the request and the connection.
    std::function<Result<std::string>()> body{};
    // Gets the body of a reply in the 200s; left out, it is in the reply.
    std::function<Result<void>(const HttpReply& head, std::string_view bytes)> take{};
    // Asked several times a second, also while nothing moves: true ends the request, with kUnwanted as the
    // error's reason.
    std::function<bool()> is_unwanted{};
  };
  static constexpr std::string_view kUnwanted = "unwanted";
  // An error is the link's, or of `body` and `take`. What the server refuses is a reply.
  Result<HttpReply> send(Request request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What a refusal says: the error in its problem document, or one with the status where there is none.
Error refusal_of(const HttpReply& reply);

}  // namespace wardroom::link
