#include <iterator>
#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/commands.hpp"

namespace wardroom::ctl {

Result<void> call(const Context& context, const CallArguments& arguments) {
  std::string params = arguments.params;
  if (params == "-") params.assign(std::istreambuf_iterator<char>(context.in), {});
  const auto json = protocol::parse_json(params);
  if (!json || !json->is_object())
    return usage_error("The parameters must be a JSON object, for example '{\"room\":12}'." +
                       (json ? std::string() : " " + json.error().message));
  auto client = connect(context);
  if (!client) return client.error();
  const auto result = (*client)->call_raw(arguments.method, boost::json::serialize(*json));
  if (!result) return result.error();
  context.out << boost::json::serialize(*result) << "\n";
  return ok();
}

}  // namespace wardroom::ctl
