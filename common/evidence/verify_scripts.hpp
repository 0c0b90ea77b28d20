#pragma once

#include <string_view>

namespace wardroom::evidence {

// The verifiers that lie in every bundle: verify/verify.sh and verify/verify.py, compiled in.
std::string_view verify_sh();
std::string_view verify_py();

}  // namespace wardroom::evidence
