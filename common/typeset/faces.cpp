#include "common/typeset/faces.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <unicode/uchar.h>

#include "common/typeset/font_file_view.hpp"

namespace wardroom::typeset {
namespace {

// An emoji's picture is a quarter higher than the em of the text that it stands in; Noto Color Emoji's, at
// its own em, by 128 to 109.
constexpr float kEmojiEm = 1.25F * 109 / 128;
// Opened at most for one character that the fonts in use lack.
constexpr std::size_t kMostTried = 4;
constexpr std::size_t kMostAsked = 10'000;

bool is_unseen(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

}  // namespace

struct Faces::Impl {
  struct Sized {
    FontFileView* file;
    float em;
    HbFont shaper;
  };
  struct Chain {
    std::vector<FontFileView*> files;
    std::set<char32_t> asked;
  };

  FT_Library library = nullptr;
  std::vector<std::unique_ptr<FontFileView>> files;
  std::array<FontFileView*, kStyles> own{};
  FontFileView* emoji = nullptr;
  std::unique_ptr<FallbackFonts> fallbacks;
  std::map<std::pair<std::string, bool>, Chain> chains;  // by script and weight
  std::vector<Sized> fonts;
  std::map<std::pair<FontFileView*, long>, FontId> ids;  // by file and em, 26.6

  ~Impl();
  FontFileView* open(const FontFile& file);
  FontId sized(FontFileView* file, float em);
  void ask(Chain& chain, char32_t missing, std::string_view script, bool bold);
  FontFileView* choose(Pen pen, std::u32string_view character, bool wants_emoji, std::string_view script,
                       FontFileView* previous);
};

Faces::Impl::~Impl() {
  fonts.clear();
  files.clear();
  if (library) FT_Done_FreeType(library);
}

FontFileView* Faces::Impl::open(const FontFile& file) {
  const auto known = std::ranges::find_if(files, [&](const std::unique_ptr<FontFileView>& one) {
    return one->file().path == file.path && one->file().index == file.index;
  });
  if (known != files.end()) return known->get();
  auto opened = FontFileView::open(library, file);
  if (!opened) return nullptr;
  return files.emplace_back(std::move(opened)).get();
}

FontId Faces::Impl::sized(FontFileView* file, float em) {
  const auto [at, fresh] = ids.try_emplace({file, std::lround(em * 64)}, static_cast<FontId>(fonts.size()));
  // 65,536 files and sizes in one run of a program: the rest is written as large as the first.
  if (fresh && fonts.size() > UINT16_MAX) return at->second = 0;
  if (fresh) fonts.push_back({file, em, file->make_shaper(em)});
  return at->second;
}

namespace {

bool has_all(const FontFileView& file, std::u32string_view character) {
  return std::ranges::all_of(character, [&](char32_t c) { return is_unseen(c) || file.has(c); });
}

}  // namespace

void Faces::Impl::ask(Chain& chain, char32_t missing, std::string_view script, bool bold) {
  if (chain.asked.size() >= kMostAsked) chain.asked.clear();
  if (!fallbacks || !chain.asked.insert(missing).second) return;
  std::size_t tried = 0;
  for (const FontFile& one : fallbacks->list(missing, script, bold)) {
    FontFileView* file = open(one);
    if (file && file->has(missing)) {
      if (std::ranges::find(chain.files, file) == chain.files.end()) chain.files.push_back(file);
      return;
    }
    if (++tried == kMostTried) return;
  }
}

FontFileView* Faces::Impl::choose(Pen pen, std::u32string_view character, bool wants_emoji,
                                  std::string_view script, FontFileView* previous) {
  FontFileView* mine = own[static_cast<std::size_t>(pen.style)];
  const auto seen = std::ranges::find_if_not(character, is_unseen);
  if (seen == character.end()) return previous && previous != emoji ? previous : mine;
  const char32_t first = *seen;
  if (wants_emoji && emoji && emoji->has(first)) return emoji;
  // A space within a line of Arabic is as wide as Arabic wants it.
  const bool takes_previous = previous && previous != emoji &&
                              std::ranges::find(own, previous) == own.end() && has_all(*previous, character);
  if (takes_previous && (first == ' ' || first == 0xA0)) return previous;
  if (has_all(*mine, character)) return mine;
  if (takes_previous && script == "Zyyy") return previous;
  const bool bold = pen.style == Style::bold;
  Chain& chain = chains[{std::string(script), bold}];
  const auto find_all = [&]() -> FontFileView* {
    const auto at =
        std::ranges::find_if(chain.files, [&](const FontFileView* one) { return has_all(*one, character); });
    return at == chain.files.end() ? nullptr : *at;
  };
  if (FontFileView* known = find_all()) return known;
  const auto missing =
      std::ranges::find_if(character, [&](char32_t c) { return !is_unseen(c) && !mine->has(c); });
  ask(chain, *missing, script, bold);
  if (FontFileView* found = find_all()) return found;
  // No font has all of it: the letter counts more than its marks.
  if (mine->has(first)) return mine;
  const auto some =
      std::ranges::find_if(chain.files, [&](const FontFileView* one) { return one->has(first); });
  return some == chain.files.end() ? mine : *some;
}

Faces::Faces(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Faces::~Faces() = default;

Result<std::unique_ptr<Faces>> Faces::open(FontFiles files, std::unique_ptr<FallbackFonts> fallbacks) {
  auto impl = std::make_unique<Impl>();
  if (FT_Init_FreeType(&impl->library) != 0) {
    impl->library = nullptr;
    return unavailable("FreeType, which draws the letters, can't be used. Install the package libfreetype6.");
  }
  const std::array<const std::filesystem::path*, kStyles> wanted{&files.regular, &files.bold, &files.italic,
                                                                 &files.mono};
  for (std::size_t i = 0; i < kStyles; ++i) {
    impl->own[i] = impl->open({*wanted[i], 0});
    if (!impl->own[i]) {
      return unavailable("The font file " + wanted[i]->string() +
                         " can't be used. Install the package fonts-noto-core again.");
    }
  }
  if (!files.emoji.empty()) impl->emoji = impl->open({files.emoji, 0});
  impl->fallbacks = std::move(fallbacks);
  return std::unique_ptr<Faces>{new Faces(std::move(impl))};
}

Result<std::unique_ptr<Faces>> Faces::open_installed() {
  InstalledFonts installed = list_installed_fonts();
  auto files = find_font_files(installed);
  if (!files) return files.error();
  auto fallbacks = open_fontconfig();
  if (!fallbacks) fallbacks = make_font_table(std::move(installed));
  return open(*std::move(files), std::move(fallbacks));
}

FontId Faces::font_of(Pen pen, std::u32string_view character, bool emoji, std::string_view script,
                      std::optional<FontId> previous) {
  FontFileView* before = previous ? impl_->fonts[*previous].file : nullptr;
  FontFileView* file = impl_->choose(pen, character, emoji, script, before);
  return impl_->sized(file, file == impl_->emoji ? pen.em * kEmojiEm : pen.em);
}

FontId Faces::own_font(Pen pen) {
  return impl_->sized(impl_->own[static_cast<std::size_t>(pen.style)], pen.em);
}

bool Faces::is_emoji(FontId font) const {
  return impl_->emoji && impl_->fonts[font].file == impl_->emoji;
}

hb_font_t* Faces::shaper(FontId font) const {
  return impl_->fonts[font].shaper.get();
}

FontMetrics Faces::metrics(FontId font) const {
  const auto& one = impl_->fonts[font];
  return one.file->metrics(one.em);
}

std::optional<GlyphPicture> Faces::paint(FontId font, std::uint32_t glyph, int quarter) {
  const auto& one = impl_->fonts[font];
  return one.file->paint(glyph, one.em, quarter, one.file == impl_->emoji);
}

bool Faces::has_emoji(std::string_view sequence) {
  if (!impl_->emoji || sequence.empty()) return false;
  const FontId font = impl_->sized(impl_->emoji, 16);
  const HbBuffer buffer{hb_buffer_create(), &hb_buffer_destroy};
  const auto length = static_cast<int>(sequence.size());
  hb_buffer_add_utf8(buffer.get(), sequence.data(), length, 0, length);
  hb_buffer_guess_segment_properties(buffer.get());
  hb_shape(shaper(font), buffer.get(), nullptr, 0);
  unsigned count = 0;
  const hb_glyph_info_t* glyphs = hb_buffer_get_glyph_infos(buffer.get(), &count);
  return count == 1 && glyphs[0].codepoint != 0;
}

}  // namespace wardroom::typeset
