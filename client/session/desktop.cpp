#include "client/session/desktop.hpp"

#include <spdlog/spdlog.h>

#include "client/session/spawn.hpp"

namespace wardroom::client {
namespace {

class OfficeDesktop final : public Desktop {
 public:
  // Every user of the PC can read a program's arguments: the text of the message isn't among them.
  void notify(RoomId, const std::string& title, const std::string&) override {
    spawn({"notify-send", "--app-name=Wardroom", "--icon=wardroom", "--category=im.received", "--", title,
           "New message"});
  }
  void open_url(const std::string& url) override {
    if (may_open(url)) spawn({"xdg-open", url});
  }
  void open_path(const std::string& path) override {
    // Nothing that could be read as an option or a URL.
    if (path.starts_with('/')) spawn({"xdg-open", path});
  }
};

}  // namespace

bool may_open(std::string_view url) {
  const auto colon = url.find(':');
  if (colon == std::string_view::npos) return false;
  std::string scheme;
  for (const char c : url.substr(0, colon))
    scheme.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  if (scheme != "http" && scheme != "https" && scheme != "mailto") return false;
  // Controls and spaces have no place in a URL, and could mean something to whoever opens it.
  for (const char c : url)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return false;
  return true;
}

std::unique_ptr<Desktop> make_desktop() {
  return std::make_unique<OfficeDesktop>();
}

}  // namespace wardroom::client
