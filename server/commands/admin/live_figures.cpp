#include "server/commands/admin/live_figures.hpp"

#include "server/commands/handlers.hpp"

namespace wardroom::commands {

void show_stats(LiveContext& context, Empty, Reply<AdminStats> reply) {
  const LiveFigures* figures = context.services.figures;
  if (!figures) return reply(unavailable("This server counts nothing."));
  reply(figures->load());
}

}  // namespace wardroom::commands
