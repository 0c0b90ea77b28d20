#include "common/ui/textures.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace wardroom::ui {

std::optional<Texture> Textures::find(std::string_view name, TimePoint now) {
  const auto at = held_.find(name);
  if (at == held_.end()) return std::nullopt;
  Held& held = at->second;
  held.drawn = frame_;
  Texture texture{held.ids.front(), held.width, held.height, {}};
  const std::int64_t round = std::accumulate(held.delays_ms.begin(), held.delays_ms.end(), std::int64_t{0});
  if (held.ids.size() < 2 || round <= 0) return texture;
  std::int64_t left = to_unix_ms(now) % round;
  if (left < 0) left += round;
  std::size_t frame = 0;
  while (frame + 1 < held.ids.size() && left >= held.delays_ms[frame]) left -= held.delays_ms[frame++];
  texture.id = held.ids[frame];
  texture.changes_in = std::chrono::milliseconds{std::max<std::int64_t>(1, held.delays_ms[frame] - left)};
  return texture;
}

void Textures::drop(HeldByName::iterator held) {
  for (void* id : held->second.ids) card_.destroy(id);
  bytes_ -= held->second.bytes;
  held_.erase(held);
}

bool Textures::put(const std::string& name, int width, int height, const std::uint8_t* rgba,
                   std::span<const int> delays_ms) {
  if (const auto before = held_.find(name); before != held_.end()) drop(before);
  const std::size_t frame = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  const std::size_t frames = std::max<std::size_t>(1, delays_ms.size());
  while (!held_.empty() && bytes_ + frame * frames > most_bytes_) {
    const auto oldest = std::min_element(held_.begin(), held_.end(), [](const auto& a, const auto& b) {
      return a.second.drawn < b.second.drawn;
    });
    // All of them are on the screen: rather too much for a moment than a picture that comes and goes.
    if (oldest->second.drawn + 1 >= frame_) break;
    drop(oldest);
  }
  Held held;
  held.width = static_cast<float>(width);
  held.height = static_cast<float>(height);
  held.drawn = frame_;
  for (std::size_t i = 0; i < frames; ++i) {
    void* id = card_.make(width, height, rgba + i * frame);
    // No room for more: what there is of it moves, or stands.
    if (!id) break;
    held.ids.push_back(id);
    if (i < delays_ms.size()) held.delays_ms.push_back(delays_ms[i]);
  }
  if (held.ids.empty()) return false;
  held.bytes = frame * held.ids.size();
  bytes_ += held.bytes;
  held_.emplace(name, std::move(held));
  return true;
}

void Textures::clear() {
  while (!held_.empty()) drop(held_.begin());
}

}  // namespace wardroom::ui
