#include "common/desk/session/file_dialog.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>

#include <spdlog/spdlog.h>
#include <systemd/sd-bus.h>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"

namespace wardroom::desk {
namespace {

constexpr const char* kPortal = "org.freedesktop.portal.Desktop";
constexpr const char* kPortalPath = "/org/freedesktop/portal/desktop";
constexpr const char* kFileChooser = "org.freedesktop.portal.FileChooser";
constexpr std::uint64_t kAnswerUs = 5'000'000;
constexpr std::uint64_t kLookUs = 200'000;

struct BusDeleter {
  void operator()(sd_bus* bus) const { sd_bus_flush_close_unref(bus); }
};
struct MessageDeleter {
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
struct SlotDeleter {
  void operator()(sd_bus_slot* slot) const { sd_bus_slot_unref(slot); }
};

// What the dialog came to.
struct DialogAnswer {
  bool is_there = false;
  std::vector<std::string> uris;
};

// One entry of a{sv}; only "uris" matters. Negative: it can't be read.
int read_entry(sd_bus_message* message, DialogAnswer& answer) {
  const char* name = nullptr;
  if (const int failed = sd_bus_message_read(message, "s", &name); failed < 0) return failed;
  if (std::string_view(name) != "uris") return sd_bus_message_skip(message, "v");
  if (const int failed = sd_bus_message_enter_container(message, 'v', "as"); failed < 0) return failed;
  if (const int failed = sd_bus_message_enter_container(message, 'a', "s"); failed < 0) return failed;
  const char* uri = nullptr;
  while (sd_bus_message_read(message, "s", &uri) > 0) answer.uris.emplace_back(uri);
  if (const int failed = sd_bus_message_exit_container(message); failed < 0) return failed;
  return sd_bus_message_exit_container(message);
}

int take_response(sd_bus_message* message, void* into, sd_bus_error*) {
  auto& answer = *static_cast<DialogAnswer*>(into);
  answer.is_there = true;
  std::uint32_t response = 0;
  if (sd_bus_message_read(message, "u", &response) < 0 || response != 0) return 0;
  if (sd_bus_message_enter_container(message, 'a', "{sv}") < 0) return 0;
  while (sd_bus_message_enter_container(message, 'e', "sv") > 0) {
    if (read_entry(message, answer) < 0) return 0;
    if (sd_bus_message_exit_container(message) < 0) return 0;
  }
  return 0;
}

// The path on which the portal answers: it is made of this connection's name and the token.
std::string request_path(sd_bus* bus, const std::string& token) {
  const char* unique = nullptr;
  if (sd_bus_get_unique_name(bus, &unique) < 0 || !unique) return {};
  std::string sender(unique);
  if (sender.starts_with(':')) sender.erase(0, 1);
  std::replace(sender.begin(), sender.end(), '.', '_');
  return "/org/freedesktop/portal/desktop/request/" + sender + "/" + token;
}

// What the portal is asked for.
struct Wish {
  const char* method = "OpenFile";
  std::string title;
  bool several = false;  // of OpenFile
  std::string name{};    // of SaveFile
};

sd_bus_message* compose_call(sd_bus* bus, const Wish& wish, const std::string& token) {
  sd_bus_message* call = nullptr;
  if (sd_bus_message_new_method_call(bus, &call, kPortal, kPortalPath, kFileChooser, wish.method) < 0)
    return nullptr;
  int done = sd_bus_message_append(call, "ss", "", wish.title.c_str());
  if (done >= 0) done = sd_bus_message_open_container(call, 'a', "{sv}");
  if (done >= 0) done = sd_bus_message_append(call, "{sv}", "handle_token", "s", token.c_str());
  if (done >= 0 && wish.several) done = sd_bus_message_append(call, "{sv}", "multiple", "b", 1);
  if (done >= 0 && !wish.name.empty())
    done = sd_bus_message_append(call, "{sv}", "current_name", "s", wish.name.c_str());
  if (done >= 0) done = sd_bus_message_close_container(call);
  if (done >= 0) return call;
  sd_bus_message_unref(call);
  return nullptr;
}

std::optional<std::vector<std::string>> ask_portal(const Wish& wish,
                                                   const std::function<bool()>& is_stopping) {
  sd_bus* opened = nullptr;
  if (sd_bus_open_user(&opened) < 0) return std::nullopt;
  const std::unique_ptr<sd_bus, BusDeleter> bus(opened);
  const std::string token = "wardroom" + to_hex(random_bytes<8>());
  DialogAnswer answer;
  sd_bus_slot* matched = nullptr;
  // Before the call: the answer may be there at once.
  if (sd_bus_match_signal(bus.get(), &matched, kPortal, request_path(bus.get(), token).c_str(),
                          "org.freedesktop.portal.Request", "Response", take_response, &answer) < 0)
    return std::nullopt;
  const std::unique_ptr<sd_bus_slot, SlotDeleter> slot(matched);
  const std::unique_ptr<sd_bus_message, MessageDeleter> call(compose_call(bus.get(), wish, token));
  if (!call || sd_bus_call(bus.get(), call.get(), kAnswerUs, nullptr, nullptr) < 0) {
    spdlog::info("desktop.portal missing method={}", wish.method);
    return std::nullopt;
  }
  while (!answer.is_there && !is_stopping()) {
    const int processed = sd_bus_process(bus.get(), nullptr);
    // The desktop's session ended: nobody will answer any more.
    if (processed < 0) break;
    if (processed == 0 && sd_bus_wait(bus.get(), kLookUs) < 0) break;
  }
  std::vector<std::string> paths;
  for (const auto& uri : answer.uris)
    if (auto path = path_of_uri(uri)) paths.push_back(std::move(*path));
  return paths;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<std::string> path_of_uri(const std::string& uri) {
  constexpr std::string_view kScheme = "file://";
  if (!uri.starts_with(kScheme)) return std::nullopt;
  std::string_view rest(uri);
  rest.remove_prefix(kScheme.size());
  if (rest.starts_with("localhost/")) rest.remove_prefix(std::string_view("localhost").size());
  if (!rest.starts_with('/')) return std::nullopt;
  std::string path;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] != '%') {
      path.push_back(rest[i]);
      continue;
    }
    if (i + 2 >= rest.size()) return std::nullopt;
    const int high = hex_value(rest[i + 1]), low = hex_value(rest[i + 2]);
    if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
    path.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return path;
}

std::optional<std::vector<std::string>> ask_for_files(const std::string& title, HowMany how_many,
                                                      const std::function<bool()>& is_stopping) {
  return ask_portal({"OpenFile", title, how_many == HowMany::several}, is_stopping);
}

std::optional<std::vector<std::string>> ask_for_target(const std::string& title, const std::string& name,
                                                       const std::function<bool()>& is_stopping) {
  return ask_portal({"SaveFile", title, false, name}, is_stopping);
}

}  // namespace wardroom::desk
