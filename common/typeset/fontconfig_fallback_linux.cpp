#include <fontconfig/fontconfig.h>

#include "common/typeset/fallback_fonts.hpp"

namespace wardroom::typeset {

namespace {

const FcChar8* as_fc(const char* text) {
  return reinterpret_cast<const FcChar8*>(text);
}

// What HarfBuzz shapes and FreeType draws in any size; colour is the emoji font's alone.
bool is_usable(const FcPattern& font) {
  FcBool outline = FcFalse, colour = FcFalse;
  FcChar8* format = nullptr;
  if (FcPatternGetBool(&font, FC_OUTLINE, 0, &outline) != FcResultMatch || outline == FcFalse) return false;
  if (FcPatternGetBool(&font, FC_COLOR, 0, &colour) == FcResultMatch && colour != FcFalse) return false;
  if (FcPatternGetString(&font, FC_FONTFORMAT, 0, &format) != FcResultMatch) return false;
  const std::string_view name = reinterpret_cast<const char*>(format);
  return name == "TrueType" || name == "CFF";
}

class Fontconfig : public FallbackFonts {
 public:
  explicit Fontconfig(FcConfig* config) : config_(config), all_(FcCharSetCreate()) {
    const FcFontSet* fonts = FcConfigGetFonts(config_, FcSetSystem);
    for (int i = 0; fonts && i < fonts->nfont; ++i) {
      FcCharSet* has = nullptr;
      if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &has) == FcResultMatch)
        FcCharSetMerge(all_, has, nullptr);
    }
  }
  ~Fontconfig() override {
    FcCharSetDestroy(all_);
    FcConfigDestroy(config_);
  }
  Fontconfig(const Fontconfig&) = delete;
  Fontconfig& operator=(const Fontconfig&) = delete;

  std::vector<FontFile> list(char32_t character, std::string_view, bool bold) override {
    // Sorting takes a millisecond; a text full of characters that no font has doesn't cost one for each.
    if (FcCharSetHasChar(all_, static_cast<FcChar32>(character)) == FcFalse) return {};
    FcPattern* wish = FcPatternCreate();
    FcCharSet* needed = FcCharSetCreate();
    FcCharSetAddChar(needed, static_cast<FcChar32>(character));
    FcPatternAddCharSet(wish, FC_CHARSET, needed);
    FcPatternAddString(wish, FC_FAMILY, as_fc("sans-serif"));
    FcPatternAddInteger(wish, FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
    FcPatternAddInteger(wish, FC_SLANT, FC_SLANT_ROMAN);
    FcConfigSubstitute(config_, wish, FcMatchPattern);
    FcDefaultSubstitute(wish);
    FcResult result = FcResultNoMatch;
    FcFontSet* sorted = FcFontSort(config_, wish, FcFalse, nullptr, &result);
    std::vector<FontFile> found;
    for (int i = 0; sorted && i < sorted->nfont; ++i) add(*sorted->fonts[i], character, found);
    if (sorted) FcFontSetDestroy(sorted);
    FcCharSetDestroy(needed);
    FcPatternDestroy(wish);
    return found;
  }

 private:
  static void add(const FcPattern& font, char32_t character, std::vector<FontFile>& found) {
    FcCharSet* has = nullptr;
    FcChar8* file = nullptr;
    int index = 0;
    if (!is_usable(font) || FcPatternGetCharSet(&font, FC_CHARSET, 0, &has) != FcResultMatch ||
        FcCharSetHasChar(has, static_cast<FcChar32>(character)) == FcFalse ||
        FcPatternGetString(&font, FC_FILE, 0, &file) != FcResultMatch)
      return;
    FcPatternGetInteger(&font, FC_INDEX, 0, &index);
    // Above the 16 bits: which instance of a variable font; such a font is used as it comes.
    found.push_back({reinterpret_cast<const char*>(file), index & 0xFFFF});
  }

  FcConfig* config_;
  FcCharSet* all_;  // what any font has
};

}  // namespace

std::unique_ptr<FallbackFonts> open_fontconfig() {
  FcConfig* config = FcInitLoadConfigAndFonts();
  return config ? std::make_unique<Fontconfig>(config) : nullptr;
}

}  // namespace wardroom::typeset
