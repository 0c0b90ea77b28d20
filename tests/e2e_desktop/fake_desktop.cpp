#include "tests/e2e_desktop/fake_desktop.hpp"

#include <utility>

namespace wardroom::test {
namespace {

constexpr const char* kService = "org.freedesktop.Notifications";
constexpr const char* kTrayWatcher = "org.kde.StatusNotifierWatcher";
constexpr const char* kTrayItem = "org.kde.StatusNotifierItem";
constexpr const char* kIdleMonitor = "org.gnome.Mutter.IdleMonitor";
constexpr const char* kDbusMenu = "com.canonical.dbusmenu";

using Values = std::map<std::string, sdbus::Variant>;
using Pictures = std::vector<sdbus::Struct<std::int32_t, std::int32_t, std::vector<std::uint8_t>>>;
using MenuItem = sdbus::Struct<std::int32_t, Values, std::vector<sdbus::Variant>>;

}  // namespace

FakeDesktop::FakeDesktop(std::function<void(const std::string&)> said)
    : said_(std::move(said)), bus_(sdbus::createSessionBusConnection()) {
  serve_notifications();
  serve_tray();
  serve_idle();
  for (const char* name : {kService, kTrayWatcher, kIdleMonitor}) bus_->requestName(name);
  bus_->enterEventLoopAsync();
}

FakeDesktop::~FakeDesktop() {
  bus_->leaveEventLoop();
}

void FakeDesktop::serve_notifications() {
  notifications_ = sdbus::createObject(*bus_, "/org/freedesktop/Notifications");
  auto& object = *notifications_;
  object.registerMethod("GetCapabilities").onInterface(kService).implementedAs([] {
    return std::vector<std::string>{"body", "body-markup", "actions", "inline-reply", "persistence"};
  });
  object.registerMethod("Notify").onInterface(kService).implementedAs(
      [this](const std::string&, std::uint32_t replaces, const std::string&, const std::string& title,
             const std::string& body, const std::vector<std::string>& actions, const Values& hints,
             std::int32_t) {
        return take(replaces, {title, body, actions, hints.contains("sound-name")});
      });
  object.registerMethod("CloseNotification").onInterface(kService).implementedAs([this](std::uint32_t id) {
    {
      const std::lock_guard lock(mutex_);
      shown_.erase(id);
    }
    said_("closed " + std::to_string(id));
    notifications_->emitSignal("NotificationClosed")
        .onInterface(kService)
        .withArguments(id, std::uint32_t{3});
  });
  object.registerSignal("ActionInvoked").onInterface(kService).withParameters<std::uint32_t, std::string>();
  object.registerSignal("NotificationReplied")
      .onInterface(kService)
      .withParameters<std::uint32_t, std::string>();
  object.registerSignal("NotificationClosed")
      .onInterface(kService)
      .withParameters<std::uint32_t, std::uint32_t>();
  object.finishRegistration();
}

std::uint32_t FakeDesktop::take(std::uint32_t replaces, Shown shown) {
  std::uint32_t id = 0;
  {
    const std::lock_guard lock(mutex_);
    id = replaces != 0 && shown_.contains(replaces) ? replaces : ++last_;
    shown_[id] = shown;
  }
  said_("shown " + std::to_string(id) + " " + shown.title + " | " + shown.body);
  return id;
}

void FakeDesktop::serve_tray() {
  watcher_ = sdbus::createObject(*bus_, "/StatusNotifierWatcher");
  auto& object = *watcher_;
  object.registerMethod("RegisterStatusNotifierItem")
      .onInterface(kTrayWatcher)
      .implementedAs([this](const std::string& service) {
        {
          const std::lock_guard lock(mutex_);
          item_ = service;
        }
        said_("tray " + service);
      });
  object.registerProperty("IsStatusNotifierHostRegistered").onInterface(kTrayWatcher).withGetter([this] {
    const std::lock_guard lock(mutex_);
    return has_panel_;
  });
  object.registerSignal("StatusNotifierHostRegistered").onInterface(kTrayWatcher);
  object.registerSignal("StatusNotifierHostUnregistered").onInterface(kTrayWatcher);
  object.finishRegistration();
}

void FakeDesktop::serve_idle() {
  monitor_ = sdbus::createObject(*bus_, "/org/gnome/Mutter/IdleMonitor/Core");
  monitor_->registerMethod("GetIdletime").onInterface(kIdleMonitor).implementedAs([this] {
    const std::lock_guard lock(mutex_);
    return idle_ms_;
  });
  monitor_->finishRegistration();
}

std::map<std::uint32_t, FakeDesktop::Shown> FakeDesktop::shown() const {
  const std::lock_guard lock(mutex_);
  return shown_;
}

void FakeDesktop::press(std::uint32_t id) {
  notifications_->emitSignal("ActionInvoked").onInterface(kService).withArguments(id, std::string("default"));
}

void FakeDesktop::reply(std::uint32_t id, const std::string& text) {
  notifications_->emitSignal("NotificationReplied").onInterface(kService).withArguments(id, text);
}

void FakeDesktop::dismiss(std::uint32_t id) {
  {
    const std::lock_guard lock(mutex_);
    shown_.erase(id);
  }
  notifications_->emitSignal("NotificationClosed").onInterface(kService).withArguments(id, std::uint32_t{2});
}

void FakeDesktop::sit_idle(std::uint64_t ms) {
  const std::lock_guard lock(mutex_);
  idle_ms_ = ms;
}

std::string FakeDesktop::tray_item() const {
  const std::lock_guard lock(mutex_);
  return item_;
}

// On a connection of its own: the bus's thread answers meanwhile.
std::unique_ptr<sdbus::IProxy> FakeDesktop::item(const char* path) {
  return sdbus::createProxy(sdbus::createSessionBusConnection(), tray_item(), path);
}

std::string FakeDesktop::tray_title() {
  const sdbus::Variant title = item("/StatusNotifierItem")->getProperty("Title").onInterface(kTrayItem);
  return title.get<std::string>();
}

std::size_t FakeDesktop::tray_pictures() {
  const sdbus::Variant found = item("/StatusNotifierItem")->getProperty("IconPixmap").onInterface(kTrayItem);
  std::size_t whole = 0;
  for (const auto& picture : found.get<Pictures>()) {
    const auto points =
        static_cast<std::size_t>(picture.get<0>()) * static_cast<std::size_t>(picture.get<1>());
    whole += picture.get<2>().size() == points * 4 ? 1 : 0;
  }
  return whole;
}

void FakeDesktop::press_tray() {
  item("/StatusNotifierItem")
      ->callMethod("Activate")
      .onInterface(kTrayItem)
      .withArguments(std::int32_t{1}, std::int32_t{1});
}

void FakeDesktop::choose_in_menu(std::int32_t id) {
  item("/MenuBar")
      ->callMethod("Event")
      .onInterface(kDbusMenu)
      .withArguments(id, std::string("clicked"), sdbus::Variant(std::int32_t{0}), std::uint32_t{0});
}

std::vector<std::string> FakeDesktop::menu() {
  std::uint32_t revision = 0;
  MenuItem root;
  item("/MenuBar")
      ->callMethod("GetLayout")
      .onInterface(kDbusMenu)
      .withArguments(std::int32_t{0}, std::int32_t{-1}, std::vector<std::string>{})
      .storeResultsTo(revision, root);
  std::vector<std::string> labels;
  for (const auto& child : root.get<2>()) {
    auto values = child.get<MenuItem>().get<1>();
    std::string label = values.contains("label") ? values["label"].get<std::string>() : "-";
    if (values.contains("toggle-state") && values["toggle-state"].get<std::int32_t>() == 1) label += " *";
    labels.push_back(std::move(label));
  }
  return labels;
}

void FakeDesktop::show_tray(bool shown) {
  {
    const std::lock_guard lock(mutex_);
    has_panel_ = shown;
  }
  watcher_->emitSignal(shown ? "StatusNotifierHostRegistered" : "StatusNotifierHostUnregistered")
      .onInterface(kTrayWatcher);
}

}  // namespace wardroom::test
