#include "client/session/bus_menu.hpp"

#include <algorithm>
#include <array>

namespace wardroom::client {
namespace {

constexpr const char* kMenu = "com.canonical.dbusmenu";
constexpr std::int32_t kRoot = 0, kOpen = 1, kQuietItem = 2, kLine = 3, kQuit = 4;
constexpr std::array<std::int32_t, 4> kItems{kOpen, kQuietItem, kLine, kQuit};

using Changed = std::vector<sdbus::Struct<std::int32_t, std::map<std::string, sdbus::Variant>>>;
using Events = std::vector<sdbus::Struct<std::int32_t, std::string, sdbus::Variant, std::uint32_t>>;

bool is_item(std::int32_t id) {
  return std::ranges::find(kItems, id) != kItems.end();
}

sdbus::Variant text_value(std::string text) {
  return sdbus::Variant(text);
}

}  // namespace

BusMenu::BusMenu(sdbus::IConnection& bus, const AttentionPort::Tell& tell)
    : tell_(tell), object_(sdbus::createObject(bus, kPath)) {
  auto& object = *object_;
  object.registerProperty("Version").onInterface(kMenu).withGetter([] { return std::uint32_t{3}; });
  object.registerProperty("Status").onInterface(kMenu).withGetter([] { return std::string("normal"); });
  object.registerProperty("TextDirection").onInterface(kMenu).withGetter([] { return std::string("ltr"); });
  object.registerProperty("IconThemePath").onInterface(kMenu).withGetter([] {
    return std::vector<std::string>{};
  });
  object.registerMethod("GetLayout")
      .onInterface(kMenu)
      .implementedAs([this](std::int32_t parent, std::int32_t, const std::vector<std::string>&) {
        return std::tuple<std::uint32_t, Item>{revision_, layout_of(parent)};
      });
  object.registerMethod("GetGroupProperties")
      .onInterface(kMenu)
      .implementedAs([this](const std::vector<std::int32_t>& ids, const std::vector<std::string>&) {
        Changed all;
        // None asked for: all of them.
        for (const std::int32_t id : kItems)
          if (ids.empty() || std::ranges::find(ids, id) != ids.end()) all.emplace_back(id, properties_of(id));
        return all;
      });
  object.registerMethod("GetProperty")
      .onInterface(kMenu)
      .implementedAs([this](std::int32_t id, const std::string& name) {
        const Properties properties = properties_of(id);
        const auto at = properties.find(name);
        return at == properties.end() ? text_value("") : at->second;
      });
  object.registerMethod("Event").onInterface(kMenu).implementedAs(
      [this](std::int32_t id, const std::string& event, const sdbus::Variant&, std::uint32_t) {
        take_event(id, event);
      });
  object.registerMethod("EventGroup").onInterface(kMenu).implementedAs([this](const Events& events) {
    std::vector<std::int32_t> unknown;
    for (const auto& event : events) {
      if (is_item(event.get<0>()))
        take_event(event.get<0>(), event.get<1>());
      else
        unknown.push_back(event.get<0>());
    }
    return unknown;
  });
  object.registerMethod("AboutToShow").onInterface(kMenu).implementedAs([](std::int32_t) { return false; });
  object.registerMethod("AboutToShowGroup")
      .onInterface(kMenu)
      .implementedAs([](const std::vector<std::int32_t>&) {
        return std::tuple<std::vector<std::int32_t>, std::vector<std::int32_t>>{};
      });
  object.registerSignal("LayoutUpdated").onInterface(kMenu).withParameters<std::uint32_t, std::int32_t>();
  object.registerSignal("ItemsPropertiesUpdated")
      .onInterface(kMenu)
      .withParameters<Changed, std::vector<sdbus::Struct<std::int32_t, std::vector<std::string>>>>();
  object.finishRegistration();
}

void BusMenu::show(bool do_not_disturb) {
  if (do_not_disturb_ == do_not_disturb) return;
  do_not_disturb_ = do_not_disturb;
  object_->emitSignal("LayoutUpdated").onInterface(kMenu).withArguments(++revision_, kRoot);
}

BusMenu::Properties BusMenu::properties_of(std::int32_t id) const {
  Properties properties;
  if (id == kRoot) properties["children-display"] = text_value("submenu");
  if (id == kOpen) properties["label"] = text_value("Open Wardroom");
  if (id == kQuit) properties["label"] = text_value("Quit");
  if (id == kLine) properties["type"] = text_value("separator");
  if (id == kQuietItem) {
    properties["label"] = text_value("Do not disturb");
    properties["toggle-type"] = text_value("checkmark");
    properties["toggle-state"] = sdbus::Variant(std::int32_t{do_not_disturb_ ? 1 : 0});
  }
  return properties;
}

BusMenu::Item BusMenu::layout_of(std::int32_t id) const {
  Item layout{id, properties_of(id), std::vector<sdbus::Variant>{}};
  if (id == kRoot)
    for (const std::int32_t child : kItems) layout.get<2>().emplace_back(layout_of(child));
  return layout;
}

void BusMenu::take_event(std::int32_t id, const std::string& event) {
  if (event != "clicked") return;
  if (id == kOpen) tell_(TrayPressed{TrayPressed::Act::open});
  if (id == kQuietItem) tell_(TrayPressed{TrayPressed::Act::do_not_disturb});
  if (id == kQuit) tell_(TrayPressed{TrayPressed::Act::quit});
}

}  // namespace wardroom::client
