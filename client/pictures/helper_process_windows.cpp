#include "client/pictures/helper_process.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "client/pictures/helper.hpp"
#include "common/base/wide_text.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom::client::pictures {
namespace {

constexpr std::chrono::seconds kHelperPatience{10};
constexpr std::chrono::milliseconds kHelperLook{10};
constexpr DWORD kHelperPiece = 64 * 1024;
constexpr SIZE_T kMostMemory = SIZE_T{1536} << 20U;

class Handle {
 public:
  Handle() = default;
  explicit Handle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
  Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() { close(); }
  void close() {
    if (handle_) CloseHandle(std::exchange(handle_, nullptr));
  }
  HANDLE get() const { return handle_; }
  HANDLE* into() { return &handle_; }

 private:
  HANDLE handle_ = nullptr;
};

// The person's own token without privileges, at low integrity: what it may not write is everything but
// little.
Handle make_poor_token() {
  Handle own, poor;
  SID_IDENTIFIER_AUTHORITY authority = SECURITY_MANDATORY_LABEL_AUTHORITY;
  PSID low = nullptr;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, own.into()) ||
      !CreateRestrictedToken(own.get(), DISABLE_MAX_PRIVILEGE, 0, nullptr, 0, nullptr, 0, nullptr,
                             poor.into()) ||
      !AllocateAndInitializeSid(&authority, 1, SECURITY_MANDATORY_LOW_RID, 0, 0, 0, 0, 0, 0, 0, &low))
    return {};
  TOKEN_MANDATORY_LABEL label{};
  label.Label.Sid = low;
  label.Label.Attributes = SE_GROUP_INTEGRITY;
  const bool done =
      SetTokenInformation(poor.get(), TokenIntegrityLevel, &label, sizeof label + GetLengthSid(low)) != 0;
  FreeSid(low);
  return done ? std::move(poor) : Handle{};
}

// One process with limits, which ends with this object.
Handle make_cage() {
  Handle job(CreateJobObjectW(nullptr, nullptr));
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags =
      JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_ACTIVE_PROCESS | JOB_OBJECT_LIMIT_PROCESS_MEMORY |
      JOB_OBJECT_LIMIT_PROCESS_TIME | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
  limits.BasicLimitInformation.ActiveProcessLimit = 1;
  limits.BasicLimitInformation.PerProcessUserTimeLimit.QuadPart =
      std::chrono::duration_cast<std::chrono::nanoseconds>(kHelperPatience).count() / 100;
  limits.ProcessMemoryLimit = kMostMemory;
  if (!job.get() ||
      !SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits))
    return {};
  JOBOBJECT_BASIC_UI_RESTRICTIONS windows{};
  windows.UIRestrictionsClass = JOB_OBJECT_UILIMIT_DESKTOP | JOB_OBJECT_UILIMIT_DISPLAYSETTINGS |
                                JOB_OBJECT_UILIMIT_EXITWINDOWS | JOB_OBJECT_UILIMIT_GLOBALATOMS |
                                JOB_OBJECT_UILIMIT_HANDLES | JOB_OBJECT_UILIMIT_READCLIPBOARD |
                                JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS | JOB_OBJECT_UILIMIT_WRITECLIPBOARD;
  if (!SetInformationJobObject(job.get(), JobObjectBasicUIRestrictions, &windows, sizeof windows)) return {};
  return job;
}

struct Pipe {
  Handle reads, writes;
};

// `theirs`: the end that the helper inherits.
bool make_pipe(Pipe& pipe, Handle Pipe::*theirs) {
  return CreatePipe(pipe.reads.into(), pipe.writes.into(), nullptr, kHelperPiece) &&
         SetHandleInformation((pipe.*theirs).get(), HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
}

// Of all that this program holds open the helper inherits these two.
class Inheritance {
 public:
  explicit Inheritance(std::array<HANDLE, 2> handles) : handles_(handles) {
    SIZE_T size = 0;
    InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    memory_.resize(size);
    ready_ = InitializeProcThreadAttributeList(list(), 1, 0, &size) &&
             UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles_.data(),
                                       sizeof handles_, nullptr, nullptr);
  }
  ~Inheritance() {
    if (ready_) DeleteProcThreadAttributeList(list());
  }
  Inheritance(const Inheritance&) = delete;
  Inheritance& operator=(const Inheritance&) = delete;
  bool is_ready() const { return ready_; }
  LPPROC_THREAD_ATTRIBUTE_LIST list() {
    return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
  }

 private:
  std::array<HANDLE, 2> handles_;
  std::vector<std::byte> memory_;
  bool ready_ = false;
};

class CagedHelper final : public HelperProcess {
 public:
  CagedHelper(Handle job, Handle process, Handle to, Handle from)
      : job_(std::move(job)), process_(std::move(process)), to_(std::move(to)), from_(std::move(from)) {}
  ~CagedHelper() override {
    TerminateJobObject(job_.get(), 1);
    WaitForSingleObject(process_.get(), INFINITE);
    if (writer_.joinable()) writer_.join();
  }
  CagedHelper(const CagedHelper&) = delete;
  CagedHelper& operator=(const CagedHelper&) = delete;

  // A pipe can be looked into, but not written without waiting: that has a thread, which ends with the
  // helper.
  std::optional<std::string> exchange(std::string_view request, std::size_t most,
                                      const std::function<bool()>& is_unwanted) override {
    writer_ = std::thread([to = std::move(to_), bytes = std::string(request)]() mutable {
      for (std::string_view left = bytes; !left.empty();) {
        DWORD n = 0;
        const auto piece = static_cast<DWORD>(std::min<std::size_t>(left.size(), kHelperPiece));
        if (!WriteFile(to.get(), left.data(), piece, &n, nullptr)) return;
        left.remove_prefix(n);
      }
      to.close();  // the helper reads to the end
    });
    const auto end = std::chrono::steady_clock::now() + kHelperPatience;
    std::string reply;
    std::vector<char> piece(kHelperPiece);
    while (std::chrono::steady_clock::now() < end && !(is_unwanted && is_unwanted())) {
      DWORD there = 0, n = 0;
      if (!PeekNamedPipe(from_.get(), nullptr, 0, nullptr, &there, nullptr))
        return GetLastError() == ERROR_BROKEN_PIPE ? std::optional(reply) : std::nullopt;
      if (there == 0) {
        std::this_thread::sleep_for(kHelperLook);
        continue;
      }
      if (!ReadFile(from_.get(), piece.data(), std::min(there, kHelperPiece), &n, nullptr))
        return std::nullopt;
      reply.append(piece.data(), n);
      if (reply.size() > most) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  Handle job_, process_, to_, from_;
  std::thread writer_;
};

}  // namespace

std::unique_ptr<HelperProcess> HelperProcess::start() {
  std::wstring program(32768, L'\0');
  program.resize(GetModuleFileNameW(nullptr, program.data(), static_cast<DWORD>(program.size())));
  Pipe request, reply;
  Handle token = make_poor_token(), job = make_cage();
  if (program.empty() || !token.get() || !job.get() || !make_pipe(request, &Pipe::reads) ||
      !make_pipe(reply, &Pipe::writes))
    return nullptr;
  Inheritance inherited({request.reads.get(), reply.writes.get()});
  STARTUPINFOEXW about{};
  about.StartupInfo.cb = sizeof about;
  about.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  about.StartupInfo.hStdInput = request.reads.get();
  about.StartupInfo.hStdOutput = reply.writes.get();
  about.lpAttributeList = inherited.list();
  std::wstring line = L"wardroom " + to_wide(kHelperWord);
  PROCESS_INFORMATION made{};
  if (!inherited.is_ready() ||
      !CreateProcessAsUserW(token.get(), program.c_str(), line.data(), nullptr, nullptr, TRUE,
                            CREATE_SUSPENDED | EXTENDED_STARTUPINFO_PRESENT | DETACHED_PROCESS, nullptr,
                            nullptr, &about.StartupInfo, &made))
    return nullptr;
  Handle process(made.hProcess), thread(made.hThread);
  if (!AssignProcessToJobObject(job.get(), process.get()) ||
      ResumeThread(thread.get()) == static_cast<DWORD>(-1)) {
    TerminateProcess(process.get(), 1);
    return nullptr;
  }
  return std::make_unique<CagedHelper>(std::move(job), std::move(process), std::move(request.writes),
                                       std::move(reply.reads));
}

std::optional<std::string> read_helper_request() {
  std::string all;
  std::vector<char> piece(kHelperPiece);
  for (;;) {
    DWORD n = 0;
    if (!ReadFile(GetStdHandle(STD_INPUT_HANDLE), piece.data(), kHelperPiece, &n, nullptr))
      return GetLastError() == ERROR_BROKEN_PIPE ? std::optional(all) : std::nullopt;
    if (n == 0) return all;
    all.append(piece.data(), n);
  }
}

bool write_helper_reply(std::string_view reply) {
  while (!reply.empty()) {
    DWORD n = 0;
    const auto piece = static_cast<DWORD>(std::min<std::size_t>(reply.size(), kHelperPiece));
    if (!WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), reply.data(), piece, &n, nullptr)) return false;
    reply.remove_prefix(n);
  }
  return true;
}

}  // namespace wardroom::client::pictures
