#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.hpp"

namespace wardroom::ui {

// A picture in the graphics card's memory; `id` is ImGui's ImTextureID.
struct Texture {
  void* id = nullptr;
  float width = 0;  // pixels
  float height = 0;
  std::chrono::milliseconds changes_in{0};  // of one that moves: when another frame is due; 0: it stands
};

// The pictures that views draw by name. Bounded: what wasn't drawn for the longest time goes when a new one
// needs its room, and is put in again by whoever wants it. The window's thread.
class Textures {
 public:
  // The graphics card, for a window; tests count.
  class Card {
   public:
    virtual ~Card() = default;
    // Four bytes a pixel, red first. Null: it has no room.
    virtual void* make(int width, int height, const std::uint8_t* rgba) = 0;
    virtual void destroy(void* id) = 0;
  };
  // Without a graphics card it is the program's own memory. Some sixty pictures as rooms show them: ten
  // screens.
  static constexpr std::size_t kMostBytes = std::size_t{32} << 20;

  // `card` outlives it.
  explicit Textures(Card& card, std::size_t most_bytes = kMostBytes) : card_(card), most_bytes_(most_bytes) {}
  ~Textures() { clear(); }
  Textures(const Textures&) = delete;
  Textures& operator=(const Textures&) = delete;

  // For this frame of the window; of one that moves, the picture of that time.
  std::optional<Texture> find(std::string_view name, TimePoint now);
  // With delays: so many frames, one behind the other, each shown so many milliseconds. False: the card has
  // no room for it.
  bool put(const std::string& name, int width, int height, const std::uint8_t* rgba,
           std::span<const int> delays_ms = {});
  void clear();
  // Once for each frame, before it is drawn: what is drawn in it stays.
  void begin_frame() { ++frame_; }
  std::size_t bytes() const { return bytes_; }

 private:
  struct Held {
    std::vector<void*> ids;  // of its frames
    float width = 0;
    float height = 0;
    std::vector<int> delays_ms;
    std::size_t bytes = 0;
    std::uint64_t drawn = 0;  // in which frame
  };
  using HeldByName = std::map<std::string, Held, std::less<>>;
  void drop(HeldByName::iterator held);

  Card& card_;
  const std::size_t most_bytes_;
  HeldByName held_;
  std::size_t bytes_ = 0;
  std::uint64_t frame_ = 1;
};

}  // namespace wardroom::ui
