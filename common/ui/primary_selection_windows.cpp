#include "common/ui/primary_selection.hpp"

namespace wardroom::ui {

std::unique_ptr<PrimarySelection> find_primary_selection() {
  return nullptr;
}

}  // namespace wardroom::ui
