#include "common/link/witness_file.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>

#include <boost/describe.hpp>

#include "common/link/private_file.hpp"
#include "protocol/codec.hpp"

namespace wardroom::link {
namespace {

// The file's shape.
struct StoredServer {
  std::string ca_pin;  // base64url
  tlog::WatchMemory memory;
};
struct StoredWitness {
  std::vector<StoredServer> servers;
};
BOOST_DESCRIBE_STRUCT(StoredServer, (), (ca_pin, memory))
BOOST_DESCRIBE_STRUCT(StoredWitness, (), (servers))

std::filesystem::path moved_aside(const std::filesystem::path& file) {
  return file.string() + ".damaged";
}

Error damaged(const std::filesystem::path& file, const std::string& why) {
  return make_error(ErrorCode::internal,
                    "What this computer knew of the server's audit log is damaged (" + file.string() + ": " +
                        why +
                        "). It can't tell any more whether records were changed before today. Tell your "
                        "auditor.",
                    "witness_damaged");
}

// All servers; none when there is no file.
Result<StoredWitness> read_all(const std::filesystem::path& file) {
  std::error_code missing;
  if (!std::filesystem::exists(file, missing)) return StoredWitness{};
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return damaged(file, "the disk refuses");
  const auto json = protocol::parse_json(text.str());
  if (!json) return damaged(file, "it isn't JSON");
  auto stored = protocol::decode<StoredWitness>(*json, "file");
  if (!stored) return damaged(file, stored.error().message);
  return std::move(*stored);
}

}  // namespace

Result<std::optional<tlog::WatchMemory>> load_witness(const std::filesystem::path& file,
                                                      const Digest& ca_pin) {
  auto all = read_all(file);
  if (!all) return all.error();
  const std::string pin = to_base64url(ca_pin);
  const auto at = std::find_if(all->servers.begin(), all->servers.end(),
                               [&](const StoredServer& server) { return server.ca_pin == pin; });
  if (at != all->servers.end()) return std::optional(std::move(at->memory));
  std::error_code missing;
  if (std::filesystem::exists(moved_aside(file), missing))
    return damaged(moved_aside(file), "it was moved aside, and may have held this server");
  return std::optional<tlog::WatchMemory>{};
}

Result<void> save_witness(const std::filesystem::path& file, const Digest& ca_pin,
                          const tlog::WatchMemory& memory) {
  auto all = read_all(file);
  if (!all) {
    std::error_code refused;
    std::filesystem::rename(file, moved_aside(file), refused);
    if (refused) return unavailable(file.string() + " can't be moved aside: " + refused.message() + ".");
    all = StoredWitness{};
  }
  const std::string pin = to_base64url(ca_pin);
  std::erase_if(all->servers, [&](const StoredServer& server) { return server.ca_pin == pin; });
  all->servers.push_back({pin, memory});
  return write_private_file(file, Secret(protocol::encode(*all)));
}

Result<void> carry_witness(const std::filesystem::path& file, const Digest& before, const Digest& now) {
  auto all = read_all(file);
  // What is damaged stays to be told of.
  if (!all) return all.error();
  const auto find = [&](const Digest& pin) {
    return std::find_if(all->servers.begin(), all->servers.end(),
                        [text = to_base64url(pin)](const StoredServer& one) { return one.ca_pin == text; });
  };
  const auto known = find(before);
  if (known == all->servers.end() || find(now) != all->servers.end()) return ok();
  known->ca_pin = to_base64url(now);
  return write_private_file(file, Secret(protocol::encode(*all)));
}

Result<WitnessTurn> WitnessTurn::take(const std::filesystem::path& file) {
  const std::filesystem::path lock = file.string() + ".lock";
  if (auto made = make_private_directory(file.parent_path()); !made) return made.error();
  std::error_code failed;
  auto taken = FileLock::take(lock, FileLock::Wait::until_free, failed);
  if (!taken) return unavailable(lock.string() + " can't be locked: " + failed.message() + ".");
  return WitnessTurn(std::move(*taken));
}

}  // namespace wardroom::link
