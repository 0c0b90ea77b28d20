#include "common/ui/theme.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace wardroom::ui {
namespace {

constexpr Theme kDark{
    .kind = ThemeKind::dark,
    .surface0 = rgb(0x16181d),
    .surface1 = rgb(0x1c1f26),
    .surface2 = rgb(0x232730),
    .surface3 = rgb(0x2c313c),
    .line = rgb(0x31363f),
    .text0 = rgb(0xe8eaef),
    .text1 = rgb(0xb4bac6),
    .text2 = rgb(0x838b9a),
    .accent = rgb(0x5b9cf5),
    .accent_soft = rgb(0x27466f),
    .on_accent = rgb(0x10141b),
    .ok = rgb(0x4cb782),
    .warn = rgb(0xe0a13c),
    .bad = rgb(0xe5645f),
    .on_bad = rgb(0x16181d),
    .mention = rgb(0x3a3420),
    .scrim = rgb(0x08090b, 150),
};

constexpr Theme kLight{
    .kind = ThemeKind::light,
    .surface0 = rgb(0xf4f5f7),
    .surface1 = rgb(0xffffff),
    .surface2 = rgb(0xf0f2f5),
    .surface3 = rgb(0xe4e8ee),
    .line = rgb(0xdcdfe5),
    .text0 = rgb(0x1b1f27),
    .text1 = rgb(0x454c59),
    .text2 = rgb(0x69717f),
    .accent = rgb(0x2563c9),
    .accent_soft = rgb(0xd6e4fb),
    .on_accent = rgb(0xffffff),
    .ok = rgb(0x1b7d4c),
    .warn = rgb(0x9a6a09),
    .bad = rgb(0xc0382f),
    .on_bad = rgb(0xffffff),
    .mention = rgb(0xfdf3d3),
    .scrim = rgb(0x1b1f27, 110),
};

// Each at least 4.5:1 against white.
constexpr std::array<Colour, 10> kAvatars{rgb(0x7a57c8), rgb(0x257e72), rgb(0xb0592f), rgb(0x4f64d0),
                                          rgb(0x8a6420), rgb(0x2f7390), rgb(0xb0487c), rgb(0x4c7a33),
                                          rgb(0x8a5a8f), rgb(0x5c6b85)};

double linear(std::uint32_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) {
  return 0.2126 * linear(c & 0xff) + 0.7152 * linear((c >> 8) & 0xff) + 0.0722 * linear((c >> 16) & 0xff);
}

}  // namespace

const Theme& theme(ThemeKind kind) {
  return kind == ThemeKind::dark ? kDark : kLight;
}

Colour mix(Colour under, Colour over, float part) {
  Colour out = 0xff000000U;
  for (const int shift : {0, 8, 16}) {
    const auto u = static_cast<float>((under >> shift) & 0xff);
    const auto o = static_cast<float>((over >> shift) & 0xff);
    out |= static_cast<std::uint32_t>(std::lround(u + (o - u) * part)) << shift;
  }
  return out;
}

Colour avatar_colour(std::string_view name) {
  // FNV-1a: std::hash may differ between two builds, and then a colleague changes colour.
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return kAvatars[(hash ^ (hash >> 15)) % kAvatars.size()];
}

double contrast(Colour a, Colour b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

}  // namespace wardroom::ui
