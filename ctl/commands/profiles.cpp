#include "ctl/commands/profiles.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <sstream>
#include <unistd.h>

#include "protocol/codec.hpp"

namespace wardroom::ctl {
namespace {

namespace fs = std::filesystem;
using Profiles = std::map<std::string, Profile>;

Error file_error(const std::string& what, const fs::path& file) {
  return make_error(ErrorCode::unavailable, what + " " + file.string() + ": " + std::strerror(errno) + ".",
                    "profile_file");
}

Error broken_error(const fs::path& file, const std::string& why) {
  return make_error(ErrorCode::params,
                    "The profiles in " + file.string() + " can't be read (" + why +
                        "). Fix the file, or delete it and sign in again with wardroomctl login.",
                    "profile_file");
}

// No file: no profiles.
Result<Profiles> load_all(const fs::path& file) {
  Profiles profiles;
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    if (errno == ENOENT) return profiles;
    return file_error("Can't read", file);
  }
  std::ostringstream text;
  text << in.rdbuf();
  const auto json = protocol::parse_json(text.str());
  if (!json) return broken_error(file, json.error().message);
  const auto* object = json->if_object();
  const auto* entries = object ? object->if_contains("profiles") : nullptr;
  if (!entries || !entries->is_object()) return broken_error(file, "\"profiles\" is missing");
  for (const auto& [name, value] : entries->get_object()) {
    auto profile = protocol::decode<Profile>(value, "profiles." + std::string(name));
    if (!profile) return broken_error(file, profile.error().message);
    profiles.emplace(name, std::move(*profile));
  }
  return profiles;
}

std::string encode_all(const Profiles& profiles) {
  std::string text = "{\"profiles\":{";
  for (const auto& [name, profile] : profiles) {
    text += text.ends_with('{') ? "\n" : ",\n";
    protocol::append_json_string(text, name);
    text.push_back(':');
    protocol::encode_to(text, profile);
  }
  return text + "\n}}\n";
}

bool write_whole(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(fd) == 0;
}

// Beside the file first, then in its place: a crash leaves the old one or the new one, and nobody else ever
// reads a token.
Result<void> store_all(const fs::path& file, const Profiles& profiles) {
  std::error_code failure;
  const bool is_new = fs::create_directories(file.parent_path(), failure);
  if (failure) {
    errno = failure.value();
    return file_error("Can't make", file.parent_path());
  }
  if (is_new) fs::permissions(file.parent_path(), fs::perms::owner_all, failure);
  std::string beside = file.string() + ".XXXXXX";
  const int fd = ::mkstemp(beside.data());  // 0600
  if (fd < 0) return file_error("Can't write", file);
  const bool written = write_whole(fd, encode_all(profiles));
  ::close(fd);
  if (written && ::rename(beside.c_str(), file.c_str()) == 0) return ok();
  auto error = file_error("Can't write", file);
  ::unlink(beside.c_str());
  return error;
}

bool read_pin(const std::string& text, Digest& pin) {
  const auto bytes = parse_base64url(text);
  if (!bytes || bytes->size() != pin.size()) return false;
  std::copy(bytes->begin(), bytes->end(), pin.begin());
  return true;
}

}  // namespace

fs::path default_profiles_file() {
  const auto* config = std::getenv("XDG_CONFIG_HOME");
  const auto* home = std::getenv("HOME");
  // A relative path there is to be ignored (XDG base directory specification).
  const fs::path base = config && *config == '/' ? fs::path(config) : fs::path(home ? home : "/") / ".config";
  return base / "wardroom" / "ctl.json";
}

Result<Profile> load_profile(const fs::path& file, const std::string& name) {
  auto profiles = load_all(file);
  if (!profiles) return profiles.error();
  const auto found = profiles->find(name);
  if (found != profiles->end()) return std::move(found->second);
  std::string known;
  for (const auto& [other, profile] : *profiles) known += (known.empty() ? "" : ", ") + other;
  if (known.empty()) return not_found("You aren't signed in. Sign in with: wardroomctl login INVITE");
  return not_found("There is no profile " + name + " (there is: " + known +
                   "). Sign in with: wardroomctl --profile " + name + " login INVITE");
}

Result<void> save_profile(const fs::path& file, const std::string& name, const Profile& profile) {
  auto profiles = load_all(file);
  if (!profiles) return profiles.error();
  profiles->insert_or_assign(name, profile);
  return store_all(file, *profiles);
}

Result<void> remove_profile(const fs::path& file, const std::string& name) {
  auto profiles = load_all(file);
  if (!profiles) return profiles.error();
  if (profiles->erase(name) == 0) return ok();
  return store_all(file, *profiles);
}

Profile make_profile(const protocol::Introduction& introduction, const std::string& user,
                     const Secret& token) {
  Profile profile{introduction.host, introduction.port, to_base64url(introduction.ca_pin), user, token, {}};
  if (introduction.next_pin) profile.next_ca = to_base64url(*introduction.next_pin);
  return profile;
}

Result<protocol::Introduction> introduction_of(const Profile& profile) {
  protocol::Introduction introduction{profile.host, static_cast<std::uint16_t>(profile.port), {}};
  const bool is_whole = read_pin(profile.ca, introduction.ca_pin) && profile.port > 0 &&
                        profile.port <= 65535 &&
                        (!profile.next_ca || read_pin(*profile.next_ca, introduction.next_pin.emplace()));
  if (!is_whole)
    return make_error(ErrorCode::params,
                      "The profile is damaged. Sign in again with: wardroomctl login INVITE", "profile_file");
  return introduction;
}

}  // namespace wardroom::ctl
