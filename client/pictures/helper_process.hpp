#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

// What differs between operating systems about the process that decodes a picture.
namespace wardroom::client::pictures {

// This program once more, as the helper: it inherits nothing but its ends of standard input and output. Ends
// it and waits for its end, which comes at once.
class HelperProcess {
 public:
  // Null: the system refuses.
  static std::unique_ptr<HelperProcess> start();
  virtual ~HelperProcess() = default;

  // The answer; nothing: it took too long, was unwanted, or became more than `most`.
  virtual std::optional<std::string> exchange(std::string_view request, std::size_t most,
                                              const std::function<bool()>& is_unwanted) = 0;
};

// In the helper: all of standard input, and onto standard output.
std::optional<std::string> read_helper_request();
bool write_helper_reply(std::string_view reply);

}  // namespace wardroom::client::pictures
