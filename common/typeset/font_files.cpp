#include "common/typeset/font_files.hpp"

#include <array>
#include <span>
#include <string_view>

namespace wardroom::typeset {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kRegular{"NotoSans-Regular.ttf", "DejaVuSans.ttf", "segoeui.ttf",
                                                   "arial.ttf", "tahoma.ttf"};
constexpr std::array<std::string_view, 5> kBold{"NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "segoeuib.ttf",
                                                "arialbd.ttf", "tahomabd.ttf"};
constexpr std::array<std::string_view, 4> kItalic{"NotoSans-Italic.ttf", "DejaVuSans-Oblique.ttf",
                                                  "segoeuii.ttf", "ariali.ttf"};
constexpr std::array<std::string_view, 3> kMono{"NotoSansMono-Regular.ttf", "DejaVuSansMono.ttf",
                                                "consola.ttf"};
constexpr std::array<std::string_view, 2> kEmoji{"NotoColorEmoji.ttf", "seguiemj.ttf"};

fs::path first_of(const InstalledFonts& installed, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto it = installed.find(name); it != installed.end()) return it->second;
  }
  return {};
}

}  // namespace

InstalledFonts list_fonts(const std::vector<fs::path>& folders) {
  InstalledFonts found;
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

InstalledFonts list_installed_fonts() {
  return list_fonts(font_folders());
}

Result<FontFiles> find_font_files(const InstalledFonts& installed) {
  FontFiles files{first_of(installed, kRegular), first_of(installed, kBold), first_of(installed, kItalic),
                  first_of(installed, kMono), first_of(installed, kEmoji)};
  if (files.regular.empty()) {
    return not_found("No usable font is installed. " + std::string(font_remedy()));
  }
  // A program with one plain face is better than none.
  if (files.bold.empty()) files.bold = files.regular;
  if (files.italic.empty()) files.italic = files.regular;
  if (files.mono.empty()) files.mono = files.regular;
  return files;
}

Result<FontFiles> find_font_files() {
  return find_font_files(list_installed_fonts());
}

}  // namespace wardroom::typeset
