#pragma once

#include "admin/model/props/console.hpp"

namespace wardroom::admin::sample {

ConsoleProps people_page();
ConsoleProps audit_page();

}  // namespace wardroom::admin::sample
