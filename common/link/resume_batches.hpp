#pragma once

#include <optional>
#include <vector>

#include "common/link/connection.hpp"

namespace wardroom::link {

// The requests that say where the owner stands: one for most people. Before sign-in the server reads 4 KiB,
// later 64 KiB, so someone with hundreds of rooms needs more than one. Never empty.
std::vector<protocol::SessionResume::Params> make_resume_batches(const Secret& token,
                                                                 const ResumePoint& point);

// Adds a further answer to those before.
void merge_resumed(std::optional<protocol::SessionResume::Result>& whole,
                   protocol::SessionResume::Result part);

}  // namespace wardroom::link
