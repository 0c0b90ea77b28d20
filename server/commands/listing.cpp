#include "server/commands/listing.hpp"

#include "server/commands/audit/recorded.hpp"
#include "server/commands/denial.hpp"

namespace wardroom::commands::detail {
namespace {

// How long one record speaks for the same list: a console that refreshes doesn't fill the log.
constexpr std::chrono::hours kSpeaksFor{1};

audit::Record describe(const Call& call, const Listing& listing) {
  audit::Record record = call.record(audit::Type::access_listed);
  record.target = {"method", 0, std::string(listing.method)};
  if (listing.room) record.room = *listing.room;
  if (listing.filter != "{}")
    record.after = audit::Details(protocol::RawJson{"{\"filter\":" + listing.filter + "}"});
  return record;
}

// Target, room and what was asked for, as they stand in the record's line.
std::string needle_of(const Listing& listing) {
  std::string text = "\"target\":{\"type\":\"method\",\"name\":\"" + std::string(listing.method) + "\"},";
  if (listing.room) text += "\"room\":" + std::to_string(listing.room->value) + ",";
  if (listing.filter != "{}") text += "\"after\":{\"filter\":" + listing.filter + "},";
  return text + "\"request\":";
}

// Only for its record; what it gives was read before.
class ListingJob final : public ChangeJob {
 public:
  ListingJob(Services& services, GroupBatch& batch, JsonReply reply, Listing listing, std::string result)
      : ChangeJob(services, batch, std::move(reply), listing.method, listing.right),
        listing_(std::move(listing)),
        result_json_(std::move(result)) {}

 private:
  Result<std::string> work(WriteContext& context) override {
    context.append(describe(context.call, listing_));
    return std::move(result_json_);
  }

  Listing listing_;
  std::string result_json_;
};

}  // namespace

void submit_listing(const Invocation& in, Listing listing, Reading reading) {
  const JsonReply reply(in.services.hub, in.call);
  in.services.readers.submit(
      [&services = in.services, &batch = in.batch, reply, listing = std::move(listing),
       reading = std::move(reading)](sqlite::Connection& db) {
        ReadContext context{db, reply.call(), services};
        Result<std::string> result = reading(context);
        const RecordSearch search{audit::Type::access_listed, *reply.call().caller, needle_of(listing),
                                  services.clock.now(), kSpeaksFor};
        const bool recorded = result && is_recorded(db, search);
        if (db.failure()) return reply.send(*db.failure());
        if (!result) record_denial(services, reply.call(), listing.method, result.error());
        if (!result || recorded) return reply.send(result);
        services.writer.submit(
            std::make_unique<ListingJob>(services, batch, reply, listing, std::move(*result)));
      },
      [reply](const Error& error) { reply.send(error); });
}

}  // namespace wardroom::commands::detail
