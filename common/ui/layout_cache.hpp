#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/typeset/text_layout.hpp"

namespace wardroom::ui {

// Texts in one pen that were laid out lately. A window draws the same ones in frame after frame.
class LayoutCache {
 public:
  // `elided`: a single line that is wider than the width, and ends in an ellipsis. Stands until the frame is
  // over.
  const typeset::TextLayout& find(typeset::Faces& faces, std::string_view text, typeset::Pen pen,
                                  const typeset::LayoutOptions& options, bool elided);
  // Between frames: what wasn't asked for since two such calls with much new in between goes.
  void begin_frame();

 private:
  using Layouts = std::unordered_map<std::string, std::unique_ptr<typeset::TextLayout>>;

  std::string key_;  // its memory is used again
  Layouts fresh_;
  Layouts older_;
  std::size_t bytes_ = 0;  // of the fresh ones, about
};

}  // namespace wardroom::ui
