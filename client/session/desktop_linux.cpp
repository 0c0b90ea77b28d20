#include "client/session/desktop.hpp"

#include "client/session/spawn.hpp"

namespace wardroom::client {
namespace {

class OfficeDesktop final : public Desktop {
 public:
  void open_url(const std::string& url) override {
    if (may_open(url)) spawn({"xdg-open", url});
  }
  void open_path(const std::string& path) override {
    // Nothing that could be read as an option or a URL.
    if (path.starts_with('/')) spawn({"xdg-open", path});
  }
};

}  // namespace

std::unique_ptr<Desktop> make_desktop() {
  return std::make_unique<OfficeDesktop>();
}

}  // namespace wardroom::client
