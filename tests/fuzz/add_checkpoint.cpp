#include <cstdlib>
#include <sodium.h>

#include "common/tlog/checkpoint.hpp"
#include "ctl/witness/standing_witness.hpp"

// What anybody may ask of a standing witness (c2sp.org/tlog-witness). The first byte chooses who signs the
// head: nobody, so that the bytes are the whole request, or the log itself, so that what lies behind its
// signature is reached too.

using namespace wardroom;

namespace {

namespace fs = std::filesystem;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Place {
  Place() {
    require(sodium_init() >= 0);
    char name[] = "/tmp/add-checkpoint-XXXXXX";
    require(mkdtemp(name) != nullptr);
    directory = name;
  }
  ~Place() {
    std::error_code failed;
    fs::remove_all(directory, failed);
  }
  fs::path directory;
};

const tlog::SigningKey& log_key() {
  static const tlog::SigningKey key("fuzz/log", Secret(std::string(32, 'l')));
  return key;
}

witness::StateDirectory open_state(const Place& place) {
  auto state = witness::StateDirectory::open(place.directory / "state", "fuzz/witness");
  require(state.has_value());
  return std::move(*state);
}

witness::StandingWitness& standing() {
  static const Place place;
  static witness::StandingWitness witness(open_state(place));
  witness.trust(log_key().verifier());
  return witness;
}

// The lines before the head as they are, the head's text with the log's signature.
std::string signed_request(std::string_view text) {
  const auto end = text.find("\n\n");
  if (end == std::string_view::npos) return std::string(text);
  return std::string(text.substr(0, end + 2)) + log_key().sign(std::string(text.substr(end + 2)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto& witness = standing();
  const auto before = witness.size_of("fuzz/log");
  require(before.has_value());
  const auto answer =
      witness.add_checkpoint(data[0] % 2 ? signed_request(text) : std::string(text), TimePoint{});
  const auto after = witness.size_of("fuzz/log");
  require(after.has_value() && *after >= *before);
  require(answer.status == 200 || *after == *before);
  require(!answer.body.empty() && answer.body.back() == '\n');
  switch (answer.status) {
    case 200:
      require(data[0] % 2 == 1);
      break;  // nobody else can sign for the log
    case 409:
      require(answer.body == std::to_string(*before) + "\n");
      break;
    case 400:
    case 403:
    case 404:
    case 422:
      break;
    default:
      require(false);
  }
  return 0;
}
