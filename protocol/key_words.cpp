#include "protocol/key_words.hpp"

#include <algorithm>
#include <string_view>

namespace wardroom::protocol {
namespace {

// A word for each byte. No two differ by one letter only, or begin with the same four. The order is for ever:
// what stands on paper must stay right.
// clang-format off
constexpr std::array<std::string_view, 256> kWords{
    "acorn", "album", "almond", "amber", "anchor", "ankle", "apple", "apron", "arrow", "atlas", "autumn",
    "avenue", "badge", "bamboo", "banjo", "barley", "basket", "beacon", "beaver", "bench", "bicycle",
    "biscuit", "blanket", "bottle", "bracket", "branch", "bridge", "bronze", "bucket", "buffalo", "button",
    "cabin", "cactus", "camel", "candle", "canoe", "canvas", "carpet", "castle", "cedar", "cello", "chalk",
    "cherry", "chimney", "circus", "citrus", "clover", "cobalt", "coconut", "coffee", "comet", "copper",
    "coral", "cotton", "coyote", "cradle", "crayon", "cricket", "crystal", "cushion", "cypress", "daisy",
    "dancer", "desert", "diamond", "dolphin", "donkey", "dragon", "drawer", "eagle", "easel", "eclipse",
    "elbow", "elephant", "emerald", "engine", "envelope", "ermine", "fabric", "falcon", "feather", "ferry",
    "fiddle", "flannel", "fossil", "fountain", "fox", "fruit", "furnace", "galaxy", "garden", "garlic",
    "ginger", "giraffe", "glacier", "goblet", "gondola", "gorilla", "granite", "gravel", "guitar", "hammer",
    "harbour", "harvest", "hazel", "hedge", "helmet", "hermit", "honey", "hornet", "hotel", "hunter",
    "hurdle", "icicle", "igloo", "indigo", "iron", "island", "ivory", "jacket", "jaguar", "jasmine", "jelly",
    "jersey", "jigsaw", "jockey", "jungle", "kayak", "kennel", "kettle", "kitchen", "kiwi", "koala", "ladder",
    "lagoon", "lantern", "lasso", "lavender", "lemon", "lentil", "leopard", "lettuce", "lilac", "lizard",
    "lobster", "lotus", "lumber", "magnet", "mango", "maple", "marble", "meadow", "melon", "mermaid",
    "mirror", "mitten", "mosaic", "muffin", "mustard", "napkin", "nectar", "needle", "nickel", "noodle",
    "nugget", "nutmeg", "oasis", "ocean", "octopus", "olive", "onion", "opal", "orange", "orchid", "osprey",
    "otter", "oven", "oyster", "paddle", "panther", "paper", "parrot", "pebble", "pelican", "pencil",
    "pepper", "piano", "picnic", "pigeon", "pirate", "planet", "plum", "pony", "poppy", "potato", "prairie",
    "pretzel", "pumpkin", "puppet", "pyramid", "quartz", "quilt", "rabbit", "radish", "raven", "reindeer",
    "ribbon", "river", "robin", "rocket", "rooster", "rubber", "saffron", "salmon", "sandal", "saucer",
    "scarf", "school", "seagull", "shadow", "shovel", "silver", "sparrow", "spider", "spinach", "squirrel",
    "starfish", "statue", "summer", "sunset", "swallow", "temple", "thunder", "tiger", "timber", "tomato",
    "tornado", "trumpet", "tulip", "turtle", "umbrella", "valley", "vanilla", "velvet", "violin", "volcano",
    "waffle", "walnut", "walrus", "whistle", "willow", "window", "winter", "yogurt", "zebra", "zipper",
};
// clang-format on

}  // namespace

KeyWords key_words(const Digest& ca_pin) {
  KeyWords words{};
  std::copy_n(ca_pin.begin(), words.size(), words.begin());
  return words;
}

std::string spell(const KeyWords& words) {
  std::string text;
  for (const std::byte byte : words) {
    if (!text.empty()) text += ' ';
    text += kWords[std::to_integer<std::size_t>(byte)];
  }
  return text;
}

}  // namespace wardroom::protocol
