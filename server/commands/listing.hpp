#pragma once

#include "server/commands/command.hpp"

// Readings of other people's data that leave a record.
namespace wardroom::commands {
namespace detail {

// A list that was asked for: which, and what narrows it, without the place in it.
struct Listing {
  std::string_view method;  // of the catalogue
  std::optional<domain::Right> right;
  std::optional<RoomId> room;
  std::string filter;  // JSON
};

// Reads on a reader thread, records on the writer, and answers when the record is durable. The same list
// asked for by the same session again within the hour, its further pages included, stands in the log already.
void submit_listing(const Invocation& in, Listing listing, Reading reading);

template <class Params>
Listing describe_listing(const Command& command, Params params) {
  Listing listing{command.method, command.right, std::nullopt, {}};
  if constexpr (requires { params.after = std::nullopt; }) params.after = std::nullopt;
  if constexpr (requires { params.limit = std::nullopt; }) params.limit = std::nullopt;
  if constexpr (requires { params.room; }) listing.room = params.room;
  listing.filter = protocol::encode(params);
  return listing;
}

template <class M, auto Handler>
void start_list(const Command& command, Invocation in) {
  auto params = decode_params<M>(in);
  if (!params) return;
  auto listing = describe_listing(command, *params);
  submit_listing(in, std::move(listing), [params = std::move(*params)](ReadContext& context) {
    return encode_result<typename M::Result>(Handler(context, params));
  });
}

}  // namespace detail

// Handler: Result<M::Result>(ReadContext&, const M::Params&); each reading is an access.listed record.
template <class M, auto Handler>
Row<M> lists(Gate gate) {
  return {{M::kName,
           gate.door,
           gate.right,
           gate.act,
           gate.cost,
           {audit::Type::access_listed},
           {},
           false,
           &detail::start_list<M, Handler>,
           true}};
}

}  // namespace wardroom::commands
