#include "common/link/resume_batches.hpp"

#include <iterator>

#include "protocol/limits.hpp"

namespace wardroom::link {
namespace {

// `"1234567890123456789":1234567890123456789,` at its longest.
constexpr std::size_t kRoomBytes = 42;
// The request around the rooms: token, epoch, JSON-RPC.
constexpr std::size_t kFrameBytes = 512;

constexpr std::size_t rooms_within(std::size_t bytes) {
  return (bytes - kFrameBytes) / kRoomBytes;
}

}  // namespace

std::vector<protocol::SessionResume::Params> make_resume_batches(const Secret& token,
                                                                 const ResumePoint& point) {
  std::vector<protocol::SessionResume::Params> batches;
  std::size_t capacity = rooms_within(protocol::kMaxRequestBytesBeforeSignIn);
  for (auto room = point.rooms.begin();;) {
    auto& batch = batches.emplace_back(protocol::SessionResume::Params{token, point.epoch, {}});
    for (std::size_t n = 0; n < capacity && room != point.rooms.end(); ++n, ++room) {
      if (!batch.rooms) batch.rooms.emplace();
      batch.rooms->insert(*room);
    }
    if (room == point.rooms.end()) return batches;
    capacity = rooms_within(protocol::kMaxRequestBytes);
  }
}

void merge_resumed(std::optional<protocol::SessionResume::Result>& whole,
                   protocol::SessionResume::Result part) {
  if (!whole) {
    whole = std::move(part);
    return;
  }
  std::ranges::move(part.rooms, std::back_inserter(whole->rooms));
  std::ranges::move(part.users, std::back_inserter(whole->users));
}

}  // namespace wardroom::link
