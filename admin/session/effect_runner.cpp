#include "admin/session/effect_runner.hpp"

#include "admin/session/chosen_file.hpp"
#include "admin/session/invite_sheet.hpp"
#include "common/base/target_file.hpp"
#include "common/desk/session/file_dialog.hpp"

namespace wardroom::admin {
namespace {

// The server takes no more.
constexpr std::uintmax_t kMaxImportBytes = 8 * 1024 * 1024;

template <class... Es>
struct KnownEvents {
  static bool has(std::string_view method) { return ((method == Es::kName) || ...); }
  static void tell_if_known(const EffectRunner::Tell& tell, const protocol::Incoming& incoming) {
    const auto one = [&]<class E>(std::type_identity<E>) {
      if (incoming.method != E::kName) return;
      auto decoded = protocol::decode<E>(incoming.body, "params");
      // What can't be read still says that it happened.
      tell(decoded ? std::move(*decoded) : E{});
    };
    (one(std::type_identity<Es>{}), ...);
  }
};

// Of all events these concern the console; rooms and presence are the client's, and come here as well.
using ConsoleEvents = KnownEvents<protocol::SessionRevoked, protocol::AccountChanged, protocol::ReportFiled,
                                  protocol::AuditCheckpointSigned>;

desk::EffectRunner::Handlers handlers_for(const EffectRunner::Tell& tell,
                                          std::shared_ptr<const std::atomic<bool>> follows_log) {
  desk::EffectRunner::Handlers handlers;
  handlers.event = [&tell](desk::Event event) {
    std::visit([&](auto& one) { tell(std::move(one)); }, event);
  };
  handlers.server_event = [&tell](const protocol::Incoming& incoming) {
    ConsoleEvents::tell_if_known(tell, incoming);
  };
  handlers.wants_event = [follows_log = std::move(follows_log)](std::string_view method) {
    if (method == protocol::AuditCheckpointSigned::kName) return follows_log->load(std::memory_order_relaxed);
    return ConsoleEvents::has(method);
  };
  return handlers;
}

}  // namespace

EffectRunner::EffectRunner(desk::EffectRunner::Options options, std::string target, Inbox& inbox, Tell tell)
    : target_(std::move(target)),
      inbox_(inbox),
      tell_(std::move(tell)),
      common_(std::move(options), inbox, handlers_for(tell_, follows_log_)),
      evidence_(inbox, {[this](std::string method, std::string params, EvidenceMaker::Done done) {
                          common_.port().call(std::move(method), std::move(params), std::move(done));
                        },
                        tell_}) {
  inbox_.post([this] { start(); });
}

// Whoever makes a bundle waits for answers, which don't come any more.
EffectRunner::~EffectRunner() {
  evidence_.stop();
}

void EffectRunner::start() {
  Started event;
  event.target = target_;
  auto stored = common_.load_credentials();
  if (stored)
    event.credentials = std::move(*stored);
  else
    event.note = stored.error().message;
  tell_(std::move(event));
}

template <class E>
void EffectRunner::run(const E& effect) {
  common_.run(effect);
}

void EffectRunner::run(const desk::Call<Turn>& call) {
  common_.run(call, tell_);
}

void EffectRunner::run(const MakeEvidence& effect) {
  evidence_.begin(effect.scope, path_of(effect.target));
}

void EffectRunner::run(const StopEvidence&) {
  evidence_.stop();
}

// Told later: apply() runs while the model is being folded.
void EffectRunner::run(const ReadFile& effect) {
  inbox_.post([this, path = effect.path] {
    tell_(FileRead{path, load_chosen_file(path_of(path), kMaxImportBytes)});
  });
}

void EffectRunner::run(const WriteSheet& effect) {
  const auto path = path_of(effect.path);
  auto saved = save_invite_sheet(path, effect);
  inbox_.post([this, path = path.string(), saved = std::move(saved)] { tell_(SheetSaved{path, saved}); });
}

void EffectRunner::run(const WriteCsv& effect) {
  const auto path = path_of(effect.path);
  auto saved = write_target(path, effect.text);
  inbox_.post([this, path = path.string(), saved = std::move(saved)] { tell_(CsvSaved{path, saved}); });
}

// On a thread of its own: the person may take their time.
void EffectRunner::run(const ChoosePath& effect) {
  asked_ = effect.asked;
  dialogs_.enqueue([this, effect] {
    const auto is_stopping = [&] { return dialogs_.is_stopping() || asked_ != effect.asked; };
    if (is_stopping()) return;
    const auto paths = effect.name.empty()
                           ? desk::ask_for_files(effect.title, desk::HowMany::one, is_stopping)
                           : desk::ask_for_target(effect.title, effect.name, is_stopping);
    PathChosen chosen{effect.asked, paths && !paths->empty() ? paths->front() : "", !paths};
    inbox_.post([this, chosen = std::move(chosen)] { tell_(chosen); });
  });
}

void EffectRunner::run(const StopChoosing&) {
  asked_ = 0;
}

void EffectRunner::apply(const Effects& effects) {
  for (const auto& effect : effects) std::visit([this](const auto& one) { run(one); }, effect);
}

}  // namespace wardroom::admin
