#include "tests/unit/catalogue/acts.hpp"

namespace wardroom::testing {
namespace {

using audit::Type;

// A message of tom's, and what somebody does about it.
object toms(Stage& s, object more = {}) {
  more["room"] = s.room;
  more["seq"] = s.post(s.tom, "hello");
  return more;
}

boost::json::value report(Stage& s) {
  return s.call(s.lena, "moderation.report", toms(s, {{"reason", "rude"}})).at("report");
}

}  // namespace

std::vector<Act> message_acts() {
  return {
      {Type::messages_committed, [](Stage& s) { s.post(s.tom, "hello"); }, "", ""},
      {Type::reactions_committed,
       [](Stage& s) {
         object reaction = toms(s, {{"emoji", "\U0001F44D"}, {"on", true}});
         s.call(s.lena, "message.react", reaction);
         s.call(s.tom, "message.react", reaction);
         reaction["on"] = false;
         s.call(s.lena, "message.react", reaction);
       },
       "", ""},
      {Type::message_deleted,
       [](Stage& s) {
         s.call(s.lena, "message.delete", toms(s, {{"reason", "rude"}}));
       },
       "lena", "message tom", true},
      {Type::message_restored,
       [](Stage& s) {
         const auto deleted = toms(s, {{"reason", "rude"}});
         s.call(s.lena, "message.delete", deleted);
         s.call(s.lena, "message.restore", deleted);
       },
       "lena", "message tom", true},
      {Type::message_pinned,
       [](Stage& s) {
         s.call(s.lena, "message.pin", toms(s, {{"on", true}}));
       },
       "lena", "message tom", true},
      {Type::versions_read,
       [](Stage& s) {
         object message = toms(s);
         message["text"] = "hello again";
         s.call(s.tom, "message.edit", message);
         message.erase("text");
         s.call(s.lena, "message.versions", message);
       },
       "lena", "message tom", true},
      {Type::report_filed, [](Stage& s) { report(s); }, "lena", "message", true},
      {Type::report_resolved,
       [](Stage& s) {
         s.call(s.mia, "moderation.resolve",
                {{"report", report(s)}, {"resolution", "dismissed"}, {"reason", "harmless"}});
       },
       "mia", "report", true},
      {Type::reports_read,
       [](Stage& s) {
         report(s);
         s.call(s.mia, "moderation.reports", {});
       },
       "mia", ""},
  };
}

}  // namespace wardroom::testing
