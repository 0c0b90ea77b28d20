#include "common/desk/views/toasts.hpp"

#include "common/desk/views/ids.hpp"
#include "common/ui/notice.hpp"

namespace wardroom::desk::views {

std::optional<std::uint64_t> draw_toasts(const std::vector<ToastProps>& toasts, ui::FrameContext& f) {
  std::optional<std::uint64_t> dismissed;
  float top = ui::first_toast_top(f);
  for (const auto& item : toasts) {
    const ui::Id id{ids::kToast, static_cast<std::int64_t>(item.id)};
    const auto tone = item.bad ? ui::NoticeTone::bad : ui::NoticeTone::good;
    if (ui::toast(f, id, tone, item.text, top)) dismissed = item.id;
  }
  return dismissed;
}

}  // namespace wardroom::desk::views
