#include "common/ui/textures.hpp"

#include <array>
#include <set>

#include <catch2/catch.hpp>

using namespace wardroom::ui;

namespace {

constexpr wardroom::TimePoint kNow = wardroom::from_unix_ms(1'000'000);

// A graphics card with nothing but a count.
class CountingCard final : public Textures::Card {
 public:
  void* make(int, int, const std::uint8_t*) override {
    if (is_full) return nullptr;
    auto* id = &names_.at(made++);
    held.insert(id);
    return id;
  }
  void destroy(void* id) override { held.erase(id); }

  std::set<void*> held;
  std::size_t made = 0;
  bool is_full = false;

 private:
  std::array<char, 32> names_{};
};

// Each takes 4 * 10 * 10 bytes.
void put_ten(Textures& textures, const std::string& name) {
  const std::array<std::uint8_t, 400> rgba{};
  static_cast<void>(textures.put(name, 10, 10, rgba.data()));
}

}  // namespace

TEST_CASE("pictures go when others need their room, those first that weren't drawn for longest") {
  CountingCard card;
  {
    Textures textures(card, 1'200);
    for (const char* name : {"a", "b", "c"}) put_ten(textures, name);
    CHECK(textures.bytes() == 1'200);
    for (int frame = 0; frame < 3; ++frame) {
      textures.begin_frame();
      CHECK(textures.find("a", kNow));
      if (frame == 0) CHECK(textures.find("c", kNow));
    }
    put_ten(textures, "d");
    CHECK_FALSE(textures.find("b", kNow));
    CHECK(textures.find("a", kNow));
    put_ten(textures, "e");
    CHECK_FALSE(textures.find("c", kNow));
    CHECK(textures.bytes() == 1'200);
    CHECK(card.held.size() == 3);
    // Under the same name it is the same one, with other pixels.
    put_ten(textures, "e");
    CHECK(card.held.size() == 3);
  }
  CHECK(card.held.empty());
}

TEST_CASE("what is on the screen doesn't make room for itself in turns") {
  CountingCard card;
  Textures textures(card, 800);
  for (const char* name : {"a", "b", "c"}) put_ten(textures, name);
  textures.begin_frame();
  for (const char* name : {"a", "b", "c"}) CHECK(textures.find(name, kNow));
  CHECK(textures.find("a", kNow)->width == 10);
}

TEST_CASE("of a picture that moves the frame of that time is shown, and when the next is due") {
  CountingCard card;
  {
    Textures textures(card);
    const std::array<std::uint8_t, 8> rgba{};
    const std::array<int, 2> delays{100, 500};
    CHECK(textures.put("a", 1, 1, rgba.data(), delays));
    CHECK(card.held.size() == 2);
    CHECK(textures.bytes() == 8);
    const auto at = [&](std::int64_t ms) { return *textures.find("a", wardroom::from_unix_ms(ms)); };
    CHECK(at(600'000).changes_in.count() == 100);
    CHECK(at(600'099).id == at(600'000).id);
    CHECK(at(600'099).changes_in.count() == 1);
    CHECK(at(600'100).id != at(600'000).id);
    CHECK(at(600'100).changes_in.count() == 500);
    CHECK(at(600'599).changes_in.count() == 1);
    CHECK(at(600'600).id == at(600'000).id);
    CHECK(at(-1).changes_in.count() == 1);
  }
  CHECK(card.held.empty());
}

TEST_CASE("a card without room shows nothing, and nothing breaks") {
  CountingCard card;
  card.is_full = true;
  Textures textures(card);
  const std::array<std::uint8_t, 4> rgba{};
  CHECK_FALSE(textures.put("a", 1, 1, rgba.data()));
  CHECK_FALSE(textures.find("a", kNow));
  CHECK(textures.bytes() == 0);
}
