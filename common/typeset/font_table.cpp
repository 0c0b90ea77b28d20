#include <algorithm>
#include <array>
#include <utility>

#include "common/typeset/fallback_fonts.hpp"

namespace wardroom::typeset {
namespace {

struct TableRow {
  std::string_view script;
  std::array<std::string_view, 3> files;  // of Noto, then what Windows brings
};

constexpr TableRow kTable[] = {
    {"Arab", {"NotoSansArabic-Regular.ttf", "segoeui.ttf", ""}},
    {"Armn", {"NotoSansArmenian-Regular.ttf", "segoeui.ttf", "sylfaen.ttf"}},
    {"Beng", {"NotoSansBengali-Regular.ttf", "Nirmala.ttf", ""}},
    {"Cher", {"NotoSansCherokee-Regular.ttf", "gadugi.ttf", ""}},
    {"Deva", {"NotoSansDevanagari-Regular.ttf", "Nirmala.ttf", ""}},
    {"Ethi", {"NotoSansEthiopic-Regular.ttf", "ebrima.ttf", ""}},
    {"Geor", {"NotoSansGeorgian-Regular.ttf", "segoeui.ttf", "sylfaen.ttf"}},
    {"Gujr", {"NotoSansGujarati-Regular.ttf", "Nirmala.ttf", ""}},
    {"Guru", {"NotoSansGurmukhi-Regular.ttf", "Nirmala.ttf", ""}},
    {"Hang", {"NotoSansCJK-Regular.ttc", "malgun.ttf", "DroidSansFallbackFull.ttf"}},
    {"Hani", {"NotoSansCJK-Regular.ttc", "msyh.ttc", "DroidSansFallbackFull.ttf"}},
    {"Hebr", {"NotoSansHebrew-Regular.ttf", "segoeui.ttf", ""}},
    {"Hira", {"NotoSansCJK-Regular.ttc", "YuGothM.ttc", "DroidSansFallbackFull.ttf"}},
    {"Kana", {"NotoSansCJK-Regular.ttc", "YuGothM.ttc", "DroidSansFallbackFull.ttf"}},
    {"Khmr", {"NotoSansKhmer-Regular.ttf", "LeelawUI.ttf", ""}},
    {"Knda", {"NotoSansKannada-Regular.ttf", "Nirmala.ttf", ""}},
    {"Laoo", {"NotoSansLao-Regular.ttf", "LeelawUI.ttf", ""}},
    {"Mlym", {"NotoSansMalayalam-Regular.ttf", "Nirmala.ttf", ""}},
    {"Mong", {"NotoSansMongolian-Regular.ttf", "monbaiti.ttf", ""}},
    {"Mymr", {"NotoSansMyanmar-Regular.ttf", "mmrtext.ttf", ""}},
    {"Orya", {"NotoSansOriya-Regular.ttf", "Nirmala.ttf", ""}},
    {"Sinh", {"NotoSansSinhala-Regular.ttf", "Nirmala.ttf", ""}},
    {"Syrc", {"NotoSansSyriac-Regular.ttf", "estre.ttf", "seguihis.ttf"}},
    {"Taml", {"NotoSansTamil-Regular.ttf", "Nirmala.ttf", ""}},
    {"Telu", {"NotoSansTelugu-Regular.ttf", "Nirmala.ttf", ""}},
    {"Thaa", {"NotoSansThaana-Regular.ttf", "mvboli.ttf", ""}},
    {"Thai", {"NotoSansThai-Regular.ttf", "LeelawUI.ttf", "tahoma.ttf"}},
    {"Tibt", {"NotoSerifTibetan-Regular.ttf", "himalaya.ttf", ""}}};
// Asked last, for every script: signs of mathematics, arrows, rare letters.
constexpr std::array<std::string_view, 6> kForAll{"NotoSansSymbols2-Regular.ttf",
                                                  "NotoSansSymbols-Regular.ttf",
                                                  "NotoSansMath-Regular.ttf",
                                                  "DejaVuSans.ttf",
                                                  "seguisym.ttf",
                                                  "DroidSansFallbackFull.ttf"};

class FontTable : public FallbackFonts {
 public:
  explicit FontTable(InstalledFonts installed) : installed_(std::move(installed)) {}

  std::vector<FontFile> list(char32_t, std::string_view script, bool bold) override {
    std::vector<FontFile> found;
    const auto row = std::ranges::find(kTable, script, &TableRow::script);
    if (row != std::end(kTable)) {
      for (const std::string_view name : row->files) {
        if (bold) add(bold_of(name), found);
        add(name, found);
      }
    }
    for (const std::string_view name : kForAll) add(name, found);
    return found;
  }

 private:
  // Noto's are named alike; where no bold one is installed, the regular one follows.
  static std::string bold_of(std::string_view name) {
    std::string bold(name);
    if (const auto at = bold.find("-Regular"); at != std::string::npos) bold.replace(at, 8, "-Bold");
    return bold;
  }
  void add(std::string_view name, std::vector<FontFile>& found) const {
    if (const auto it = installed_.find(name); it != installed_.end()) found.push_back({it->second, 0});
  }

  InstalledFonts installed_;
};

}  // namespace

std::unique_ptr<FallbackFonts> make_font_table(InstalledFonts installed) {
  return std::make_unique<FontTable>(std::move(installed));
}

}  // namespace wardroom::typeset
