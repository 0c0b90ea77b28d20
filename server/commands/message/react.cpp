#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/message/target.hpp"
#include "server/domain/reaction.hpp"
#include "server/store/reactions.hpp"

namespace wardroom::commands {
namespace {

// A click is less than a message, but everybody in the room is told of it.
constexpr double kCost = 0.5;

}  // namespace

Result<MessageChanged> react_to_message(WriteContext& context, const MessageReact::Params& params) {
  const auto emoji = domain::check_reaction("params.emoji", params.emoji);
  if (params.on && !emoji) return emoji.error();
  const UserId caller = context.caller().user;
  if (auto slow = context.services.message_rates.charge(context.services.settings->message_rate, caller,
                                                        context.services.clock.steady(), kCost);
      !slow)
    return slow.error();
  const auto target = find_target(context, params.room, params.seq, domain::RoomAct::react);
  if (!target) return target.error();
  if (target->message.deleted) return forbidden("deleted", "This message was deleted.");

  store::ReactionKey key{params.room, params.seq, params.emoji, caller};
  // What was stored before each emoji had one spelling can be taken back as it is.
  if (emoji && (params.on || !store::has_reaction(context.db(), key))) key.emoji = *emoji;
  if (store::has_reaction(context.db(), key) == params.on) return unchanged(context, *target);
  if (params.on && !store::has_emoji(context.db(), params.room, params.seq, key.emoji) &&
      store::count_emoji(context.db(), params.room, params.seq) >= static_cast<std::int64_t>(kMaxReactions))
    return forbidden("too_many_reactions", "This message has 50 different reactions already.");

  const auto [seq, bound] = params.on ? store::insert_reaction(context.db(), key, context.now())
                                      : store::delete_reaction(context.db(), key, context.now());
  context.tx.reactions.push_back(bound);
  tell_readers(
      context, params.room, params.seq,
      MessageReacted{params.room, seq, context.now(), params.seq, caller, std::string(key.emoji), params.on});
  return changed(context, *target, seq);
}

}  // namespace wardroom::commands
