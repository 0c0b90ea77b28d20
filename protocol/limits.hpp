#pragma once

#include <chrono>
#include <cstddef>

namespace wardroom::protocol {

// Bounds of the wire that don't depend on configuration. Those that an office may set stand in
// server/app/options.
inline constexpr std::size_t kMaxRequestBytes = 64 * 1024;
inline constexpr std::size_t kMaxRequestBytesBeforeSignIn = 4 * 1024;
inline constexpr std::size_t kMaxJsonDepth = 16;
inline constexpr std::size_t kMaxTextBytes = 16 * 1024;
inline constexpr std::size_t kMaxDisplayNameBytes = 64;
inline constexpr std::size_t kMaxTopicBytes = 512;
inline constexpr std::size_t kMaxStatusTextBytes = 100;
inline constexpr std::size_t kMinPasswordBytes = 8;
inline constexpr std::size_t kMaxPasswordBytes = 1024;
inline constexpr std::size_t kMaxDirectMembers = 8;
inline constexpr std::size_t kMaxWatched = 1000;
inline constexpr std::size_t kMaxPage = 200;
inline constexpr std::size_t kDefaultPage = 50;
inline constexpr std::size_t kMaxReactionBytes = 64;
inline constexpr std::size_t kMaxReactions = 50;  // different ones on one message
inline constexpr std::size_t kMaxPins = 100;      // of one room
inline constexpr std::size_t kMaxFiles = 10;      // of one message
inline constexpr std::size_t kMaxFileNameBytes = 255;
inline constexpr std::size_t kMaxRepliers = 5;     // that are named under a thread's root
inline constexpr std::size_t kMaxFollowed = 5000;  // threads of one person
inline constexpr std::size_t kMaxSaved = 1000;     // messages of one person
inline constexpr std::size_t kMaxDrafts = 100;     // of one person
inline constexpr std::size_t kMaxSections = 50;    // of one side bar
inline constexpr std::size_t kMaxPlacedRooms = 2000;
inline constexpr std::size_t kMaxSectionNameBytes = 64;
inline constexpr std::size_t kMaxProfileBytes = 64;  // title, pronouns, time zone
inline constexpr std::size_t kMaxSeenBy = 30;        // people in a room that tells who has read a message
inline constexpr std::size_t kMaxVersions = 100;     // of one message, by its author's hand
// session.resume answers too_far for a room with more changes than this; the client then pages history.
inline constexpr std::size_t kMaxCatchUp = 500;
inline constexpr unsigned kDefaultPort = 7443;
inline constexpr const char* kWebSocketPath = "/api/v1/ws";
inline constexpr const char* kSubprotocol = "wardroom.v1";

}  // namespace wardroom::protocol
