#include "common/ui/fonts.hpp"

#include <bitset>
#include <cmath>
#include <fstream>
#include <imgui.h>
#include <imgui_freetype.h>
#include <iterator>
#include <map>
#include <unordered_map>

#include "common/base/utf8.hpp"
#include "common/ui/emoji_sequence.hpp"
#include "common/ui/glyph_painter.hpp"

namespace wardroom::ui {
namespace {

// Latin, Greek, Cyrillic, punctuation, currency, letter-like signs, arrows; pairs, ended by 0.
constexpr ImWchar kRanges[] = {0x0020, 0x024F, 0x0370, 0x03FF, 0x0400, 0x052F, 0x1E00, 0x1EFF, 0x2010, 0x205E,
                               0x20A0, 0x20BF, 0x2100, 0x214F, 0x2190, 0x21FF, 0xFFFD, 0xFFFD, 0};
// They join, separate or style other characters and take no room themselves.
constexpr ImWchar kInvisible[] = {0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF};

constexpr char32_t kPrivateFirst = 0xE000;
constexpr char32_t kPrivateLast = 0xF8FF;
constexpr float kTextEm = 14;
// The part of the atlas kept free for what texts need later.
constexpr int kLaterWidth = 512;
constexpr int kLaterHeight = 128;
constexpr int kLaterHeightMost = 4096;

struct FaceSpec {
  std::filesystem::path FontFiles::*file;
  float em;
};
constexpr std::array<FaceSpec, kFontRoles> kFaces{{{&FontFiles::regular, 14},
                                                   {&FontFiles::bold, 14},
                                                   {&FontFiles::italic, 14},
                                                   {&FontFiles::mono, 13},
                                                   {&FontFiles::regular, 12},
                                                   {&FontFiles::bold, 12},
                                                   {&FontFiles::bold, 16},
                                                   {&FontFiles::bold, 18}}};

bool is_private(char32_t c) {
  return c >= kPrivateFirst && c <= kPrivateLast;
}

std::vector<char> read_file(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

struct Fonts::Later {
  explicit Later(const FontFiles& files) : painter(files) {}

  GlyphPainter painter;
  std::unordered_map<std::string, char32_t> private_of;  // sequence to the character that stands for it
  std::vector<std::string> sequences;                    // the reverse, from kPrivateFirst on
  std::bitset<0x10000> asked;                            // needs no further look
  std::vector<char32_t> made;                            // again after a rebuild
  std::vector<char32_t> wanted;
  std::vector<GlyphUpload> uploads;
  int rect = -1;  // in the atlas
  int height = kLaterHeight;
  int x = 0, y = 0, row = 0;  // where the next picture goes

  std::string sequence(char32_t c) const {
    if (is_private(c) && c - kPrivateFirst < sequences.size()) return sequences[c - kPrivateFirst];
    std::string text;
    append_code_point(text, c);
    return text;
  }
  char32_t private_for(std::string_view sequence_text);
  void want(char32_t c) {
    if (asked[c]) return;
    asked.set(c);
    wanted.push_back(c);
  }
  // A free place in the part kept free; false when there is none.
  bool place(int width, int high, int scale_width);
  std::optional<GlyphPicture> paint(char32_t c, float scale);
};

char32_t Fonts::Later::private_for(std::string_view sequence_text) {
  const auto [it, fresh] = private_of.try_emplace(std::string{sequence_text}, 0);
  if (fresh) {
    // 6,400 different emoji in one run of a program: the rest is one box.
    if (sequences.size() > kPrivateLast - kPrivateFirst) {
      private_of.erase(it);
      return 0xFFFD;
    }
    it->second = kPrivateFirst + static_cast<char32_t>(sequences.size());
    sequences.emplace_back(sequence_text);
  }
  want(it->second);
  return it->second;
}

bool Fonts::Later::place(int width, int high, int scale_width) {
  if (x + width > scale_width) {
    x = 0;
    y += row + 1;
    row = 0;
  }
  if (width > scale_width || y + high > height) return false;
  row = std::max(row, high);
  return true;
}

std::optional<GlyphPicture> Fonts::Later::paint(char32_t c, float scale) {
  const std::string text = sequence(c);
  if (emoji_sequence_length(text, 0) == text.size()) {
    return painter.paint_emoji(text, static_cast<int>(std::lround(kTextEm * 1.25F * scale)));
  }
  std::size_t at = 0;
  return painter.paint_character(next_code_point(text, at), kTextEm * scale);
}

Fonts::Fonts(ImFontAtlas& atlas, FontFiles files, float scale)
    : atlas_(atlas), files_(std::move(files)), scale_(scale), later_(std::make_unique<Later>(files_)) {}

Fonts::~Fonts() = default;

Result<std::unique_ptr<Fonts>> Fonts::load(ImFontAtlas& atlas, FontFiles files, float scale) {
  std::unique_ptr<Fonts> fonts{new Fonts(atlas, std::move(files), scale)};
  if (auto built = fonts->build(); !built) return built.error();
  return fonts;
}

Result<void> Fonts::build() {
  atlas_.Clear();
  atlas_.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas_.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
  atlas_.Flags |= ImFontAtlasFlags_NoMouseCursors;
  // Read once a file, not once a face, and only until the atlas is built.
  std::map<std::filesystem::path, std::vector<char>> contents;
  for (std::size_t i = 0; i < kFontRoles; ++i) {
    const std::filesystem::path& file = files_.*kFaces[i].file;
    std::vector<char>& data = contents[file];
    if (data.empty()) data = read_file(file);
    const float ratio = later_->painter.line_height_ratio(file);
    if (data.empty() || ratio <= 0) {
      return unavailable("The font file " + file.string() +
                         " can't be used. Install the package fonts-noto-core again.");
    }
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.PixelSnapH = true;
    faces_[i] = atlas_.AddFontFromMemoryTTF(data.data(), static_cast<int>(data.size()),
                                            std::round(kFaces[i].em * ratio * scale_), &config, kRanges);
  }
  later_->rect = atlas_.AddCustomRectRegular(kLaterWidth, later_->height);
  // The builder picks four bytes a pixel only when it is told that colours come.
  atlas_.TexPixelsUseColors = true;
  if (!atlas_.Build())
    return unavailable("The fonts can't be prepared. Install the package fonts-noto-core again.");
  for (ImFont* face : faces_) {
    for (const ImWchar c : kInvisible) {
      if (!face->FindGlyphNoFallback(c)) face->AddGlyph(nullptr, c, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
    face->BuildLookupTable();
  }
  later_->x = later_->y = later_->row = 0;
  needs_rebuild_ = false;
  return ok();
}

Result<void> Fonts::set_scale(float scale) {
  scale_ = scale;
  return rebuild();
}

Result<void> Fonts::rebuild() {
  if (needs_rebuild_) later_->height = std::min(later_->height * 2, kLaterHeightMost);
  later_->wanted.insert(later_->wanted.begin(), later_->made.begin(), later_->made.end());
  later_->made.clear();
  later_->uploads.clear();
  return build();
}

std::string Fonts::to_screen(std::string_view wire) {
  std::string out;
  out.reserve(wire.size());
  bool plain = true;
  for (const char c : wire) plain = plain && static_cast<unsigned char>(c) < 0x80;
  if (plain) return std::string{wire};
  for (std::size_t at = 0; at < wire.size();) {
    const std::size_t good = valid_utf8_prefix(wire.substr(at));
    const std::string_view part = wire.substr(at, good);
    for (std::size_t i = 0; i < part.size();) {
      if (const std::size_t length = emoji_sequence_length(part, i); length != 0) {
        append_code_point(out, later_->private_for(part.substr(i, length)));
        i += length;
        continue;
      }
      const std::size_t start = i;
      const char32_t c = next_code_point(part, i);
      if (c > 0xFFFF || is_private(c)) {
        append_code_point(out, later_->private_for(part.substr(start, i - start)));
        continue;
      }
      if (c >= 0x80 && !later_->asked[c]) {
        if (faces_[0]->FindGlyphNoFallback(static_cast<ImWchar>(c))) {
          later_->asked.set(c);
        } else {
          later_->want(c);
        }
      }
      out.append(part.substr(start, i - start));
    }
    at += good;
    if (at < wire.size()) {
      append_code_point(out, 0xFFFD);
      ++at;
    }
  }
  return out;
}

std::string Fonts::from_screen(std::string_view screen) const {
  std::string out;
  out.reserve(screen.size());
  for (std::size_t i = 0; i < screen.size();) {
    if (static_cast<unsigned char>(screen[i]) < 0x80) {
      out += screen[i++];
      continue;
    }
    const char32_t c = next_code_point(screen, i);
    out += later_->sequence(c);
  }
  return out;
}

bool Fonts::wants_glyphs() const {
  return !later_->wanted.empty() && !needs_rebuild_;
}

bool Fonts::make_wanted_glyphs() {
  if (later_->wanted.empty() || needs_rebuild_) return false;
  const ImFontAtlasCustomRect& rect = *atlas_.GetCustomRectByIndex(later_->rect);
  std::size_t done = 0;
  for (; done < later_->wanted.size(); ++done) {
    const char32_t c = later_->wanted[done];
    std::optional<GlyphPicture> picture = later_->paint(c, scale_);
    if (!picture) continue;  // no font has it: the fallback character stands for it
    if (!later_->place(picture->width, picture->height, rect.Width)) {
      needs_rebuild_ = later_->height < kLaterHeightMost;
      if (needs_rebuild_) break;
      continue;
    }
    const auto u0 = static_cast<float>(rect.X + later_->x);
    const auto v0 = static_cast<float>(rect.Y + later_->y);
    const ImVec2 uv = atlas_.TexUvScale;
    for (std::size_t i = 0; i < kFontRoles; ++i) {
      ImFont* face = faces_[i];
      const float part = kFaces[i].em / kTextEm;
      const float x0 = picture->left * part;
      const float y0 = std::round(face->Ascent - picture->top * part);
      face->AddGlyph(nullptr, static_cast<ImWchar>(c), x0, y0, x0 + static_cast<float>(picture->width) * part,
                     y0 + static_cast<float>(picture->height) * part, u0 * uv.x, v0 * uv.y,
                     (u0 + static_cast<float>(picture->width)) * uv.x,
                     (v0 + static_cast<float>(picture->height)) * uv.y, std::round(picture->advance * part));
      face->Glyphs.back().Colored = picture->coloured;
    }
    later_->uploads.push_back({rect.X + later_->x, rect.Y + later_->y, picture->width, picture->height,
                               std::move(picture->pixels)});
    later_->x += picture->width + 1;
    later_->made.push_back(c);
  }
  later_->wanted.erase(later_->wanted.begin(), later_->wanted.begin() + static_cast<std::ptrdiff_t>(done));
  for (ImFont* face : faces_) face->BuildLookupTable();
  return true;
}

std::vector<GlyphUpload> Fonts::take_uploads() {
  return std::exchange(later_->uploads, {});
}

}  // namespace wardroom::ui
