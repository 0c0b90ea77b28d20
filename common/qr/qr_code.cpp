#include "common/qr/qr_code.hpp"

#include <limits>
#include <memory>
#include <qrencode.h>

namespace wardroom::qr {
namespace {

struct Free {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

Result<QrCode> encode_qr(std::string_view text) {
  const auto refused = [] {
    return make_error(ErrorCode::too_large, "The text doesn't fit into a QR code.");
  };
  if (text.empty() || text.size() > std::numeric_limits<int>::max()) return refused();
  const std::unique_ptr<QRcode, Free> code(QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (!code) return refused();
  const auto size = static_cast<std::size_t>(code->width);
  std::vector<bool> dark;
  dark.reserve(size * size);
  // The lowest bit of a module says whether it is dark (qrencode.h).
  for (std::size_t i = 0; i < size * size; ++i) dark.push_back((code->data[i] & 1) != 0);
  return QrCode(size, std::move(dark));
}

}  // namespace wardroom::qr
