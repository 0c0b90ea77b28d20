#pragma once

#include "protocol/methods/room.hpp"

// Rooms of two to eight people. With the office's policy `request` one asks, everybody else accepts or one
// declines; with `open` they may write at once.
namespace wardroom::protocol {

struct DirectOpen {
  static constexpr std::string_view kName = "direct.open";
  static constexpr std::string_view kSummary =
      "The direct room of the caller and these people (1 to 7 others); made when there is none yet, asked "
      "for again when it had ended.";
  struct Params {
    std::vector<UserId> users;
  };
  using Result = RoomResult;
  static constexpr std::string_view kErrors[] = {"declined_recently"};
};
BOOST_DESCRIBE_STRUCT(DirectOpen::Params, (), (users))

struct DirectAccept {
  static constexpr std::string_view kName = "direct.accept";
  static constexpr std::string_view kSummary =
      "Says yes to a direct room that was asked for. When everybody has, all are told that they may chat.";
  using Params = RoomParams;
  using Result = RoomResult;
  static constexpr std::string_view kErrors[] = {"direct_ended"};
};

struct DirectDecline {
  static constexpr std::string_view kName = "direct.decline";
  static constexpr std::string_view kSummary =
      "Says no to a direct room that was asked for. Who asked may ask again after a week.";
  using Params = RoomParams;
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"not_requested"};
};

struct DirectEnd {
  static constexpr std::string_view kName = "direct.end";
  static constexpr std::string_view kSummary =
      "Closes a direct room for all its people; it can still be read. direct.open opens it again.";
  using Params = RoomParams;
  using Result = Empty;
};

}  // namespace wardroom::protocol
