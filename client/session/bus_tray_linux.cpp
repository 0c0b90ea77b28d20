#include "client/session/bus_tray.hpp"

#include <array>
#include <cstdint>
#include <unistd.h>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "client/session/tray_icon.hpp"

namespace wardroom::client {
namespace {

constexpr const char* kWatcher = "org.kde.StatusNotifierWatcher";
constexpr const char* kItem = "org.kde.StatusNotifierItem";
constexpr const char* kItemPath = "/StatusNotifierItem";
constexpr std::array<int, 3> kIconSizes{22, 32, 48};

using Pixmaps = std::vector<sdbus::Struct<std::int32_t, std::int32_t, std::vector<std::uint8_t>>>;
using ToolTip = sdbus::Struct<std::string, Pixmaps, std::string, std::string>;

Pixmaps pixmaps_of(std::uint32_t count) {
  Pixmaps pixmaps;
  for (const int size : kIconSizes) {
    TrayIcon icon = draw_tray_icon(count, size);
    pixmaps.emplace_back(std::int32_t{size}, std::int32_t{size}, std::move(icon.argb));
  }
  return pixmaps;
}

std::string item_name() {
  return std::string(kItem) + "-" + std::to_string(::getpid()) + "-1";
}

}  // namespace

BusTray::BusTray(sdbus::IConnection& bus, const AttentionPort::Tell& tell)
    : bus_(bus), tell_(tell), watcher_(sdbus::createProxy(bus, kWatcher, "/StatusNotifierWatcher")) {
  for (const char* signal : {"StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"})
    watcher_->uponSignal(signal).onInterface(kWatcher).call([this] { ask_host(); });
  watcher_->finishRegistration();
  ask_host();
}

void BusTray::restart(bool there) {
  has_host_ = false;
  if (!there) return;
  ask_host();
  if (item_) register_item();
}

void BusTray::ask_host() {
  watcher_->callMethodAsync("Get")
      .onInterface("org.freedesktop.DBus.Properties")
      .withArguments(std::string(kWatcher), std::string("IsStatusNotifierHostRegistered"))
      .uponReplyInvoke([this](const sdbus::Error* error, const sdbus::Variant& registered) {
        has_host_ = !error && registered.containsValueOfType<bool>() && registered.get<bool>();
      });
}

void BusTray::show(const TrayProps& tray) {
  const TrayProps before = std::exchange(tray_, tray);
  if (!tray.shown) {
    // Without its name the watcher takes it out.
    if (std::exchange(named_, false)) bus_.releaseName(item_name());
    item_.reset();
    menu_.reset();
    return;
  }
  if (!item_) return make_item();
  menu_->show(tray.do_not_disturb);
  if (before.count != tray.count) item_->emitSignal("NewIcon").onInterface(kItem);
  if (before.tip != tray.tip) {
    item_->emitSignal("NewToolTip").onInterface(kItem);
    item_->emitSignal("NewTitle").onInterface(kItem);
  }
}

void BusTray::make_item() {
  menu_ = std::make_unique<BusMenu>(bus_, tell_);
  menu_->show(tray_.do_not_disturb);
  item_ = sdbus::createObject(bus_, kItemPath);
  add_properties(*item_);
  add_methods(*item_);
  for (const char* signal : {"NewTitle", "NewIcon", "NewAttentionIcon", "NewOverlayIcon", "NewToolTip"})
    item_->registerSignal(signal).onInterface(kItem);
  item_->registerSignal("NewStatus").onInterface(kItem).withParameters<std::string>();
  item_->finishRegistration();
  take_name();
  register_item();
}

void BusTray::add_properties(sdbus::IObject& item) {
  const auto property = [&](const char* name, auto getter) {
    item.registerProperty(name).onInterface(kItem).withGetter(std::move(getter));
  };
  const auto text = [&](const char* name, std::string value) {
    property(name, [value = std::move(value)] { return value; });
  };
  text("Category", "Communications");
  text("Id", "wardroom");
  text("Status", "Active");
  text("IconThemePath", "");
  text("OverlayIconName", "");
  text("AttentionIconName", "");
  text("AttentionMovieName", "");
  property("Title", [this] { return "Wardroom: " + tray_.tip; });
  property("WindowId", [] { return std::int32_t{0}; });
  property("ItemIsMenu", [] { return false; });
  property("Menu", [] { return sdbus::ObjectPath(BusMenu::kPath); });
  // A name would win over the picture, and a name can't count.
  property("IconName", [this] { return std::string(tray_.count > 0 ? "" : "wardroom"); });
  property("IconPixmap", [this] { return pixmaps_of(tray_.count); });
  property("OverlayIconPixmap", [] { return Pixmaps{}; });
  property("AttentionIconPixmap", [] { return Pixmaps{}; });
  property("ToolTip", [this] { return ToolTip{"", Pixmaps{}, "Wardroom", tray_.tip}; });
}

void BusTray::add_methods(sdbus::IObject& item) {
  const auto open = [this](std::int32_t, std::int32_t) { tell_(TrayPressed{TrayPressed::Act::open}); };
  item.registerMethod("Activate").onInterface(kItem).implementedAs(open);
  item.registerMethod("SecondaryActivate").onInterface(kItem).implementedAs(open);
  // Hosts draw the menu; those that don't have none to show.
  item.registerMethod("ContextMenu").onInterface(kItem).implementedAs([](std::int32_t, std::int32_t) {});
  item.registerMethod("Scroll").onInterface(kItem).implementedAs([](std::int32_t, const std::string&) {});
}

// Where no names are given away, as in some sandboxes, watchers find the item by who registers it.
void BusTray::take_name() {
  try {
    bus_.requestName(item_name());
    named_ = true;
  } catch (const sdbus::Error& error) {
    spdlog::info("desktop.tray unnamed error={}", error.getName());
  }
}

void BusTray::register_item() {
  watcher_->callMethodAsync("RegisterStatusNotifierItem")
      .onInterface(kWatcher)
      .withArguments(named_ ? item_name() : std::string(kItemPath))
      .uponReplyInvoke([](const sdbus::Error* error) {
        if (error) spdlog::info("desktop.tray refused error={}", error->getName());
      });
}

}  // namespace wardroom::client
