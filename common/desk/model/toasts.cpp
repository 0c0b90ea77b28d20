#include "common/desk/model/toasts.hpp"

namespace wardroom::desk {
namespace {

constexpr std::chrono::seconds kLasts{8};
constexpr std::size_t kMost = 4;

}  // namespace

void Toasts::show(std::string text, bool bad, TimePoint now) {
  std::erase_if(toasts_, [&](const Toast& toast) { return toast.props.text == text; });
  if (toasts_.size() == kMost) toasts_.erase(toasts_.begin());
  toasts_.push_back({{++last_, bad, std::move(text)}, now + kLasts});
}

void Toasts::dismiss(std::uint64_t id) {
  std::erase_if(toasts_, [&](const Toast& toast) { return toast.props.id == id; });
}

bool Toasts::drop_old(TimePoint now) {
  return std::erase_if(toasts_, [&](const Toast& toast) { return toast.until <= now; }) > 0;
}

std::optional<TimePoint> Toasts::next_end() const {
  // Each lasts as long as the others: the first one goes first.
  return toasts_.empty() ? std::nullopt : std::optional(toasts_.front().until);
}

std::vector<ToastProps> Toasts::props() const {
  std::vector<ToastProps> all;
  for (const auto& toast : toasts_) all.push_back(toast.props);
  return all;
}

}  // namespace wardroom::desk
