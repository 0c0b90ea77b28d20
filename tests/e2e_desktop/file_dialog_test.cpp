// The dialogs for files against a portal on a bus that is one: run by dbus-run-session (port.sh).
#include "common/desk/session/file_dialog.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>

#include <catch2/catch.hpp>
#include <sdbus-c++/sdbus-c++.h>

using namespace wardroom;

namespace {

constexpr const char* kPortal = "org.freedesktop.portal.Desktop";
constexpr const char* kFileChooser = "org.freedesktop.portal.FileChooser";
constexpr const char* kRequest = "org.freedesktop.portal.Request";

using Values = std::map<std::string, sdbus::Variant>;

// Answers each dialog as `answer` says, or never.
class FakePortal {
 public:
  struct Answer {
    std::uint32_t response = 0;  // 1: the person closed it
    std::vector<std::string> uris;
  };
  std::optional<Answer> answer;
  std::string method, title;
  Values options;
  std::atomic<bool> asked{false};

  FakePortal() : bus_(sdbus::createSessionBusConnection(kPortal)) {
    chooser_ = sdbus::createObject(*bus_, "/org/freedesktop/portal/desktop");
    for (const char* name : {"OpenFile", "SaveFile"})
      chooser_->registerMethod(name)
          .onInterface(kFileChooser)
          .implementedAs([this, name](const std::string&, const std::string& wanted, const Values& more) {
            return take(name, wanted, more);
          });
    chooser_->finishRegistration();
    bus_->enterEventLoopAsync();
  }
  ~FakePortal() { bus_->leaveEventLoop(); }

 private:
  std::unique_ptr<sdbus::IConnection> bus_;
  std::unique_ptr<sdbus::IObject> chooser_, request_;

  sdbus::ObjectPath take(const char* name, const std::string& wanted, const Values& more) {
    method = name;
    title = wanted;
    options = more;
    std::string sender = chooser_->getCurrentlyProcessedMessage()->getSender().substr(1);
    std::replace(sender.begin(), sender.end(), '.', '_');
    const std::string path = "/org/freedesktop/portal/desktop/request/" + sender + "/" +
                             more.at("handle_token").get<std::string>();
    asked = true;
    if (answer) {
      request_ = sdbus::createObject(*bus_, path);
      request_->registerSignal("Response").onInterface(kRequest).withParameters<std::uint32_t, Values>();
      request_->finishRegistration();
      request_->emitSignal("Response")
          .onInterface(kRequest)
          .withArguments(answer->response, Values{{"uris", sdbus::Variant(answer->uris)}});
    }
    return path;
  }
};

bool never() {
  return false;
}

}  // namespace

TEST_CASE("files are asked for under the caller's title, and several only where that is wanted") {
  FakePortal portal;
  portal.answer = {0, {"file:///home/lena/a%20b.csv", "https://elsewhere.example/x", "file:///tmp/c"}};
  const auto several = desk::ask_for_files("Attach files", desk::HowMany::several, never);
  REQUIRE(several);
  CHECK(*several == std::vector<std::string>{"/home/lena/a b.csv", "/tmp/c"});
  CHECK(portal.method == "OpenFile");
  CHECK(portal.title == "Attach files");
  CHECK(portal.options.at("multiple").get<bool>());
  portal.answer = {0, {"file:///tmp/people.csv"}};
  CHECK(desk::ask_for_files("Choose a CSV file of people", desk::HowMany::one, never) ==
        std::vector<std::string>{"/tmp/people.csv"});
  CHECK(portal.title == "Choose a CSV file of people");
  CHECK_FALSE(portal.options.contains("multiple"));
}

TEST_CASE("a file to be saved has its name in the dialog") {
  FakePortal portal;
  portal.answer = {0, {"file:///tmp/rooms.csv"}};
  CHECK(desk::ask_for_target("Save rooms", "wardroom-rooms.csv", never) ==
        std::vector<std::string>{"/tmp/rooms.csv"});
  CHECK(portal.method == "SaveFile");
  CHECK(portal.title == "Save rooms");
  CHECK(portal.options.at("current_name").get<std::string>() == "wardroom-rooms.csv");
}

TEST_CASE("a dialog that is closed, or isn't wanted any more, chooses nothing; no portal is something else") {
  {
    FakePortal portal;
    portal.answer = {1, {}};
    CHECK(desk::ask_for_target("Save rooms", "a.csv", never) == std::vector<std::string>{});
    portal.answer.reset();
    portal.asked = false;
    // Nobody answers: it ends by itself when it isn't wanted any more.
    CHECK(desk::ask_for_files("x", desk::HowMany::one, [&] { return portal.asked.load(); }) ==
          std::vector<std::string>{});
    CHECK(portal.asked);
  }
  CHECK_FALSE(desk::ask_for_files("x", desk::HowMany::one, never));
}
