#include "common/ui/font_files.hpp"

#include <array>
#include <cstdlib>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace wardroom::ui {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kRegular{"NotoSans-Regular.ttf", "DejaVuSans.ttf", "segoeui.ttf"};
constexpr std::array<std::string_view, 3> kBold{"NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "segoeuib.ttf"};
constexpr std::array<std::string_view, 3> kItalic{"NotoSans-Italic.ttf", "DejaVuSans-Oblique.ttf",
                                                  "segoeuii.ttf"};
constexpr std::array<std::string_view, 3> kMono{"NotoSansMono-Regular.ttf", "DejaVuSansMono.ttf",
                                                "consola.ttf"};
constexpr std::array<std::string_view, 1> kEmoji{"NotoColorEmoji.ttf"};
constexpr std::array<std::string_view, 12> kFallbacks{"NotoSansSymbols2-Regular.ttf",
                                                      "NotoSansSymbols-Regular.ttf",
                                                      "NotoSansMath-Regular.ttf",
                                                      "DejaVuSans.ttf",
                                                      "NotoSansCJK-Regular.ttc",
                                                      "NotoSansCJKsc-Regular.otf",
                                                      "wqy-zenhei.ttc",
                                                      "wqy-microhei.ttc",
                                                      "DroidSansFallbackFull.ttf",
                                                      "NotoSansThai-Regular.ttf",
                                                      "NotoSansGeorgian-Regular.ttf",
                                                      "NotoSansArmenian-Regular.ttf"};

using Found = std::map<std::string, fs::path, std::less<>>;

Found list_fonts(const std::vector<fs::path>& folders) {
  Found found;
  for (const fs::path& folder : folders) {
    std::error_code failed;
    for (fs::recursive_directory_iterator it{folder, fs::directory_options::skip_permission_denied, failed},
         end;
         !failed && it != end; it.increment(failed)) {
      found.try_emplace(it->path().filename().string(), it->path());
    }
  }
  return found;
}

fs::path first_of(const Found& found, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto it = found.find(name); it != found.end()) return it->second;
  }
  return {};
}

}  // namespace

Result<FontFiles> find_font_files(const std::vector<fs::path>& folders) {
  const Found found = list_fonts(folders);
  FontFiles files{first_of(found, kRegular), first_of(found, kBold),  first_of(found, kItalic),
                  first_of(found, kMono),    first_of(found, kEmoji), {}};
  if (files.regular.empty()) {
    return not_found(
        "No usable font is installed. Install the packages fonts-noto-core and fonts-noto-mono.");
  }
  // A program with one plain face is better than none.
  if (files.bold.empty()) files.bold = files.regular;
  if (files.italic.empty()) files.italic = files.regular;
  if (files.mono.empty()) files.mono = files.regular;
  for (const std::string_view name : kFallbacks) {
    if (const auto it = found.find(name); it != found.end()) files.fallbacks.push_back(it->second);
  }
  return files;
}

Result<FontFiles> find_font_files() {
  std::vector<fs::path> folders{"/usr/share/fonts", "/usr/local/share/fonts", "C:/Windows/Fonts"};
  if (const char* home = std::getenv("HOME")) {
    folders.emplace_back(fs::path{home} / ".local/share/fonts");
    folders.emplace_back(fs::path{home} / ".fonts");
  }
  return find_font_files(folders);
}

}  // namespace wardroom::ui
