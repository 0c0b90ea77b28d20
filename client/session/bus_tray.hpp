#pragma once

#include <memory>
#include <string>

#include <sdbus-c++/sdbus-c++.h>

#include "client/session/attention_port.hpp"
#include "client/session/bus_menu.hpp"

namespace wardroom::client {

// The icon in the tray (org.kde.StatusNotifierItem), with its menu. It is there only while a host shows such
// icons: closing the window to a tray that isn't would lose it. The bus's thread.
class BusTray {
 public:
  BusTray(sdbus::IConnection& bus, const AttentionPort::Tell& tell);

  void show(const TrayProps& tray);
  // Another watcher answers from now on, or none.
  void restart(bool there);
  bool is_there() const { return has_host_; }

 private:
  void make_item();
  void add_properties(sdbus::IObject& item);
  void add_methods(sdbus::IObject& item);
  void ask_host();
  void take_name();
  void register_item();

  sdbus::IConnection& bus_;
  const AttentionPort::Tell& tell_;
  std::unique_ptr<sdbus::IProxy> watcher_;
  std::unique_ptr<sdbus::IObject> item_;
  std::unique_ptr<BusMenu> menu_;
  TrayProps tray_;
  bool has_host_ = false;
  bool named_ = false;
};

}  // namespace wardroom::client
