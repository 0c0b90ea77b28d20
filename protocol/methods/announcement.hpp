#pragma once

#include <string_view>

#include "protocol/methods/session.hpp"

// What the office has to know at once. One announcement stands at a time; it and its acknowledgements are
// records of the audit log, and nothing besides.
namespace wardroom::protocol {

struct Announcement {
  AuditIndex id;  // the record that made it
  std::string text;
  bool must_acknowledge = false;  // it stays on the screen until the person says that they have read it
  TimePoint at;
  TimePoint until;
};
BOOST_DESCRIBE_STRUCT(Announcement, (), (id, text, must_acknowledge, at, until))

struct AnnouncementGet {
  static constexpr std::string_view kName = "announcement.get";
  static constexpr std::string_view kSummary = "The announcement that stands, if one does.";
  using Params = Empty;
  struct Result {
    std::optional<Announcement> announcement;
    bool acknowledged = false;  // by the caller
  };
};
BOOST_DESCRIBE_STRUCT(AnnouncementGet::Result, (), (announcement, acknowledged))

struct AnnouncementAcknowledge {
  static constexpr std::string_view kName = "announcement.acknowledge";
  static constexpr std::string_view kSummary =
      "Says that the caller has read an announcement that asks for it. A second time changes nothing.";
  struct Params {
    AuditIndex announcement;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"announcement_over"};
};
BOOST_DESCRIBE_STRUCT(AnnouncementAcknowledge::Params, (), (announcement))

struct AdminAnnounce {
  static constexpr std::string_view kName = "admin.announce";
  static constexpr std::string_view kSummary =
      "Shows a text to everybody who is signed in, now and until it ends. It takes the place of the one "
      "before.";
  struct Params {
    std::string text;  // 1 to 1,000 bytes
    std::optional<bool> must_acknowledge;
    std::optional<std::int64_t> ends_in_s;  // 60 s to 60 days; 7 days when left out
  };
  struct Result {
    Announcement announcement;
  };
};
BOOST_DESCRIBE_STRUCT(AdminAnnounce::Params, (), (text, must_acknowledge, ends_in_s))
BOOST_DESCRIBE_STRUCT(AdminAnnounce::Result, (), (announcement))

struct AdminAnnounceEnd {
  static constexpr std::string_view kName = "admin.announce_end";
  static constexpr std::string_view kSummary = "Takes the announcement that stands off everybody's screen.";
  using Params = Empty;
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"no_announcement"};
};

struct AdminAnnounceStatus {
  static constexpr std::string_view kName = "admin.announce_status";
  static constexpr std::string_view kSummary =
      "The announcement that stands or was the last, and who acknowledged it, by name.";
  struct Params {
    std::optional<bool> missing;       // only those who haven't, or only those who have
    std::optional<std::string> after;  // the last name of the page before
    std::optional<std::int64_t> limit;
  };
  struct Entry {
    User user;
    std::optional<TimePoint> at;  // when they acknowledged it
  };
  struct Result {
    std::optional<Announcement> announcement;
    std::optional<User> by;
    bool stands = false;
    std::int64_t acknowledged = 0;
    std::int64_t people = 0;  // accounts that can sign in
    std::vector<Entry> entries;
    bool more = false;
  };
};
BOOST_DESCRIBE_STRUCT(AdminAnnounceStatus::Params, (), (missing, after, limit))
BOOST_DESCRIBE_STRUCT(AdminAnnounceStatus::Entry, (), (user, at))
BOOST_DESCRIBE_STRUCT(AdminAnnounceStatus::Result, (),
                      (announcement, by, stands, acknowledged, people, entries, more))

}  // namespace wardroom::protocol
