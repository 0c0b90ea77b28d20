#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace wardroom::client {

// What the session asks of the desktop around the window. Every call returns at once.
class Desktop {
 public:
  virtual ~Desktop() = default;
  // Only http, https and mailto; anything else is ignored.
  virtual void open_url(const std::string& url) = 0;
  // A file of this PC with the program that the desktop has for it, or a folder.
  virtual void open_path(const std::string& path) = 0;
};

// Whether a link from a message may be handed to the desktop.
bool may_open(std::string_view url);

std::unique_ptr<Desktop> make_desktop();

}  // namespace wardroom::client
