#include "common/link/device_key.hpp"

#include <fstream>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"
#include "common/link/private_file.hpp"

namespace wardroom::link {
namespace {

constexpr std::size_t kKeyBytes = 32;

}  // namespace

Result<Secret> load_device_key(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text;
  // What isn't a key of ours is replaced: the device is then new to the server, and nothing else.
  if (std::getline(in, text))
    if (const auto bytes = parse_base64url(text); bytes && bytes->size() == kKeyBytes)
      return Secret(std::move(text));
  Secret key(to_base64url(random_bytes<kKeyBytes>()));
  if (auto written = write_private_file(file, key); !written) return written.error();
  return key;
}

}  // namespace wardroom::link
