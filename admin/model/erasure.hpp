#pragma once

#include <string>
#include <vector>

#include "admin/model/actions.hpp"
#include "admin/model/turn.hpp"

// Erasing what a person wrote: counted first, then done for a reason.
namespace wardroom::admin {

void begin_erasure(Turn& turn, UserId person);
std::vector<std::string> erasure_lines(const protocol::AdminEraseTexts::Result& count);

void fold(Turn& turn, const EraseTexts& action);
void fold(Turn& turn, const Answer<protocol::AdminEraseTexts>& answer);

}  // namespace wardroom::admin
