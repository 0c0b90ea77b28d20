#include "ctl/witness/state_directory.hpp"

#include <fstream>
#include <sstream>
#include <system_error>

#include "common/base/disk_file.hpp"
#include "common/link/private_file.hpp"
#include "common/tlog/merkle.hpp"

namespace wardroom::witness {
namespace {

namespace fs = std::filesystem;

Error damaged(const fs::path& file, const std::string& remedy) {
  return make_error(ErrorCode::internal,
                    file.string() + " is damaged. " + remedy +
                        " A witness that doesn't know any more what it vouched for must not sign.",
                    "witness_damaged");
}

Error disk_error(const fs::path& file, const std::error_code& why) {
  return unavailable(file.string() + " can't be used: " + why.message() + ".");
}

// Nothing when there is no such file.
Result<std::optional<std::string>> read_file(const fs::path& file) {
  std::error_code failed;
  if (!fs::exists(file, failed)) {
    if (failed) return unavailable(file.string() + " can't be read: " + failed.message() + ".");
    return std::optional<std::string>{};
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return unavailable(file.string() + " can't be read.");
  return std::optional(text.str());
}

Result<void> write_durably(const fs::path& file, const Secret& text) {
  if (auto written = link::write_private_file(file, text); !written) return written;
  // The new name of a file is on the disk only with its directory.
  const auto failed = sync_folder(file.parent_path());
  return failed ? Result<void>(disk_error(file.parent_path(), failed)) : ok();
}

bool is_witness_name(const std::string& name) {
  return !name.empty() && name.size() <= 200 && name.find_first_of("+ \t\r\n") == std::string::npos;
}

}  // namespace

Result<StateDirectory> StateDirectory::open(fs::path directory, const std::string& name) {
  if (auto made = link::make_private_directory(directory); !made) return made.error();
  std::error_code failed;
  auto lock = FileLock::take(directory / "lock", FileLock::Wait::no, failed);
  if (failed) return disk_error(directory / "lock", failed);
  if (!lock)
    return make_error(ErrorCode::conflict,
                      "Another witness uses " + directory.string() + ". Stop it, or choose another --state.",
                      "witness_locked");
  StateDirectory state(std::move(directory), std::move(*lock));
  if (auto loaded = state.load_key(name); !loaded) return loaded.error();
  return state;
}

// The file `key`: the name, and the seed in base64url, a line each.
Result<void> StateDirectory::load_key(const std::string& name) {
  const fs::path file = directory_ / "key";
  const auto kept = read_file(file);
  if (!kept) return kept.error();
  if (*kept) {
    std::istringstream lines(**kept);
    std::string kept_name, text;
    std::getline(lines, kept_name);
    std::getline(lines, text);
    const auto seed = parse_base64url(text);
    if (!is_witness_name(kept_name) || !seed || seed->size() != sizeof(Digest))
      return damaged(file, "Bring it back from a backup, or begin in an empty directory, as a new witness.");
    if (!name.empty() && name != kept_name)
      return make_error(ErrorCode::params,
                        "The witness of " + directory_.string() + " is named " + kept_name +
                            ". Leave --name out, or choose another --state for another witness.",
                        "usage");
    cosigner_.emplace(kept_name, Secret(std::string(as_text(*seed))));
    return ok();
  }
  if (!is_witness_name(name))
    return make_error(
        ErrorCode::params,
        "Name the new witness with --name: at most 200 bytes without blanks and '+', for example "
        "witness.example.org/w1.",
        "usage");
  const Secret seed = tlog::SigningKey::make_seed();
  if (auto written = write_durably(file, Secret(name + "\n" + to_base64url(as_bytes(seed.reveal())) + "\n"));
      !written)
    return written;
  cosigner_.emplace(name, seed);
  return ok();
}

// A log's name may hold signs that a file's can't.
fs::path StateDirectory::head_file(const std::string& origin) const {
  const Digest digest = sha256(as_bytes(origin));
  return directory_ / (to_hex(std::span(digest).first(16)) + ".head");
}

Result<tlog::Checkpoint> StateDirectory::load_head(const std::string& origin) const {
  const auto text = read_file(head_file(origin));
  if (!text) return text.error();
  if (!*text) return tlog::Checkpoint{origin, 0, tlog::root_of({})};
  auto head = tlog::parse_checkpoint(**text);
  if (!head || head->origin != origin)
    return damaged(head_file(origin),
                   "It held the newest head of " + origin + ": bring it back from a backup.");
  return head;
}

Result<void> StateDirectory::keep_head(const tlog::Checkpoint& head, const std::string& text) const {
  return write_durably(head_file(head.origin), Secret(text));
}

}  // namespace wardroom::witness
