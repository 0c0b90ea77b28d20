#include "client/pictures/orientation.hpp"

#include <cstddef>
#include <cstdint>

namespace wardroom::client::pictures {
namespace {

// The numbers of a TIFF structure in its own order of bytes. What lies outside is 0.
class TiffNumbers {
 public:
  TiffNumbers(std::string_view bytes, bool big) : bytes_(bytes), big_(big) {}
  std::uint32_t number(std::size_t at, std::size_t length) const {
    if (at > bytes_.size() || bytes_.size() - at < length) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < length; ++i) {
      const std::size_t which = big_ ? i : length - 1 - i;
      value = (value << 8) | static_cast<unsigned char>(bytes_[at + which]);
    }
    return value;
  }

 private:
  std::string_view bytes_;
  bool big_;
};

constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::size_t kEntryBytes = 12;

}  // namespace

int orientation_of(std::string_view exif) {
  constexpr std::string_view kMark("Exif\0\0", 6);
  if (!exif.starts_with(kMark)) return 1;
  exif.remove_prefix(kMark.size());
  const bool big = exif.starts_with("MM");
  if (!big && !exif.starts_with("II")) return 1;
  const TiffNumbers tiff(exif, big);
  if (tiff.number(2, 2) != 42) return 1;
  const std::size_t directory = tiff.number(4, 4);
  const std::size_t entries = tiff.number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * kEntryBytes;
    if (entry >= exif.size()) break;
    if (tiff.number(entry, 2) != kOrientationTag) continue;
    const std::uint32_t value = tiff.number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace wardroom::client::pictures
