#include "tests/harness/fake_clamd.hpp"
#include "tests/harness/transfers.hpp"
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
      {Type::file_uploaded, [](Stage& s) { upload(s.office, s.tom.account.token, s.room, "bytes"); }, "tom",
       "", true},
      {Type::file_infected,
       [](Stage& s) {
         const FakeClamd clamd(s.office.directory() / "clamd.ctl");
         s.office.services().settings.update(
             [&](commands::Settings& next) { next.files.scanner = clamd.path(); });
         auto request = create_request(s.tom.account.token, s.room, 8, "notes.txt");
         request.content_type = "application/offset+octet-stream";
         REQUIRE(s.office.request_file(request, "infected").status == 422);
       },
       "tom", "", true, "failure"},
      {Type::file_downloaded,
       [](Stage& s) {
         s.office.services().settings.update(
             [](commands::Settings& next) { next.files.records_downloads = true; });
         const auto id = upload(s.office, s.tom.account.token, s.room, "bytes");
         REQUIRE(download(s.office, s.tom.account.token, id).body == "bytes");
       },
       "tom", "", true},
      {Type::file_deleted,
       [](Stage& s) {
         const auto& token = s.tom.account.token;
         const auto id = upload(s.office, token, s.room, "bytes");
         REQUIRE(s.office.request_file(file_request("DELETE", "/api/v1/uploads/" + id, token)).status == 204);
       },
       "tom", "", true},
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
