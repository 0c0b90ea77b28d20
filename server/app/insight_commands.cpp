#include "server/app/insight_commands.hpp"

#include <iostream>

#include "common/base/target_file.hpp"
#include "common/base/trimmed.hpp"
#include "server/app/diagnosis.hpp"
#include "server/app/local_question.hpp"
#include "server/app/metrics_token.hpp"
#include "server/app/run_program.hpp"
#include "server/app/shell.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::app {

int run_metrics(const MetricsArguments& arguments) {
  const auto dir = ops::open_data_dir(arguments.data);
  if (!dir) return fail(dir.error());
  if (arguments.token) {
    const auto token = ops::read_small_file(metrics_token_file(*dir), 256);
    if (!token) return fail(token.error());
    std::cout << trimmed(*token) << "\n";
    return printed();
  }
  const auto answer = ask_server(*dir, {.act = LocalQuestion::Act::metrics});
  if (!answer) return fail(answer.error());
  std::cout << answer->text;
  return printed();
}

int run_diagnose(const DiagnoseArguments& arguments) {
  const auto dir = ops::open_data_dir(arguments.data);
  if (!dir) return fail(dir.error());
  // Before anything is looked up, which may take its time.
  if (const auto target = check_target(arguments.to); !target) return fail(target.error());
  const TimePoint now = SystemClock().now();
  const auto entries = collect_diagnosis({*dir, now, arguments.with_names, run_program});
  if (const auto written = write_tar(arguments.to, entries, now); !written) return fail(written.error());
  if (const auto given = ops::give_to_owner(*dir); !given) return fail(given.error());
  std::cout << "Wrote " << arguments.to << ", "
            << (arguments.with_names ? "with names: don't give it to strangers.\n"
                                     : "without messages, names and addresses.\n");
  return printed();
}

}  // namespace wardroom::app
