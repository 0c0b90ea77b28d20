#pragma once

#include "client/model/props/person.hpp"
#include "common/ui/draw.hpp"

namespace wardroom::client::views {

constexpr ui::Dot dot_of(PresenceMark mark) {
  switch (mark) {
    case PresenceMark::online:
      return ui::Dot::online;
    case PresenceMark::away:
      return ui::Dot::away;
    case PresenceMark::busy:
      return ui::Dot::busy;
    case PresenceMark::offline:
      return ui::Dot::offline;
  }
  return ui::Dot::offline;
}

}  // namespace wardroom::client::views
