#include "common/typeset/fallback_fonts.hpp"

namespace wardroom::typeset {

// The table of fonts is asked instead.
std::unique_ptr<FallbackFonts> open_fontconfig() {
  return nullptr;
}

}  // namespace wardroom::typeset
