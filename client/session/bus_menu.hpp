#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "client/session/attention_port.hpp"

namespace wardroom::client {

// The tray icon's menu, as the desktop draws it (com.canonical.dbusmenu). The bus's thread.
class BusMenu {
 public:
  static constexpr const char* kPath = "/MenuBar";

  BusMenu(sdbus::IConnection& bus, const AttentionPort::Tell& tell);
  void show(bool do_not_disturb);

 private:
  using Properties = std::map<std::string, sdbus::Variant>;
  using Item = sdbus::Struct<std::int32_t, Properties, std::vector<sdbus::Variant>>;

  Properties properties_of(std::int32_t id) const;
  Item layout_of(std::int32_t id) const;
  void take_event(std::int32_t id, const std::string& event);

  const AttentionPort::Tell& tell_;
  std::unique_ptr<sdbus::IObject> object_;
  bool do_not_disturb_ = false;
  std::uint32_t revision_ = 1;
};

}  // namespace wardroom::client
