#include "ctl/commands/profiles.hpp"

#include <cerrno>
#include <fstream>
#include <map>
#include <sstream>
#include <system_error>

#include "common/base/bytes.hpp"
#include "common/base/disk_file.hpp"
#include "common/base/machine.hpp"
#include "common/base/random.hpp"
#include "common/link/kept_secret.hpp"
#include "protocol/codec.hpp"

namespace wardroom::ctl {
namespace {

namespace fs = std::filesystem;
using Profiles = std::map<std::string, Profile>;

Error file_error(const std::string& what, const fs::path& file, const std::error_code& why) {
  return make_error(ErrorCode::unavailable, what + " " + file.string() + ": " + why.message() + ".",
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
    return file_error("Can't read", file, {errno, std::generic_category()});
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
    auto token = link::unseal_secret(profile->token);
    if (!token) return broken_error(file, token.error().message);
    profile->token = std::move(*token);
    profiles.emplace(name, std::move(*profile));
  }
  return profiles;
}

Result<std::string> encode_all(const Profiles& profiles) {
  std::string text = "{\"profiles\":{";
  for (const auto& [name, profile] : profiles) {
    text += text.ends_with('{') ? "\n" : ",\n";
    protocol::append_json_string(text, name);
    text.push_back(':');
    Profile kept = profile;
    auto token = link::seal_secret(profile.token);
    if (!token) return token.error();
    kept.token = std::move(*token);
    protocol::encode_to(text, kept);
  }
  return text + "\n}}\n";
}

std::error_code write_whole(const fs::path& file, std::string_view text) {
  DiskFile fresh;
  if (const auto why = fresh.make(file)) return why;
  if (const auto why = fresh.write(text)) return why;
  return fresh.sync();
}

// Beside the file first, then in its place: a crash leaves the old one or the new one, and nobody else ever
// reads a token.
Result<void> store_all(const fs::path& file, const Profiles& profiles) {
  std::error_code failure;
  const bool is_new = fs::create_directories(file.parent_path(), failure);
  if (failure) return file_error("Can't make", file.parent_path(), failure);
  if (is_new) fs::permissions(file.parent_path(), fs::perms::owner_all, failure);
  fs::path beside = file;
  beside += "." + to_hex(random_bytes<4>());
  const auto text = encode_all(profiles);
  if (!text) return text.error();
  auto why = write_whole(beside, *text);
  if (!why) why = replace_file(beside, file);
  if (!why) return ok();
  std::error_code gone;
  fs::remove(beside, gone);
  return file_error("Can't write", file, why);
}

bool read_pin(const std::string& text, Digest& pin) {
  const auto bytes = parse_base64url(text);
  if (!bytes || bytes->size() != pin.size()) return false;
  std::copy(bytes->begin(), bytes->end(), pin.begin());
  return true;
}

}  // namespace

fs::path default_profiles_file() {
  const fs::path folder = settings_folder();
  return (folder.empty() ? fs::path("/") / ".config" : folder) / "wardroom" / "ctl.json";
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
