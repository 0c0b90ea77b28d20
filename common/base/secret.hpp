#pragma once

#include <string>
#include <string_view>

namespace wardroom {

// A password, token or key. It doesn't print, doesn't compare with ==, and is wiped when it goes.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
  Secret& operator=(const Secret& other) {
    if (this != &other) {
      wipe();
      text_ = other.text_;
    }
    return *this;
  }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe();
      text_ = std::move(other.text_);
      other.wipe();
    }
    return *this;
  }
  ~Secret() { wipe(); }

  // The one way to the contents; the name makes each use stand out.
  std::string_view reveal() const { return text_; }
  bool empty() const { return text_.empty(); }
  std::size_t size() const { return text_.size(); }

 private:
  void wipe() noexcept;
  std::string text_;
};

// Compares without telling by its duration where they differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace wardroom
