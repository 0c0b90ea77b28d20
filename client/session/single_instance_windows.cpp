#include "client/session/single_instance.hpp"

#include <fstream>
#include <optional>
#include <thread>

#include <spdlog/spdlog.h>

#include "common/base/bytes.hpp"
#include "common/base/file_lock.hpp"
#include "common/base/random.hpp"
#include "common/base/wide_text.hpp"
#include "common/base/windows_api.hpp"
#include "common/link/private_file.hpp"

namespace wardroom::client {
namespace {

constexpr DWORD kMostHandedBytes = 4096;
constexpr DWORD kHandOverMs = 2000;

struct HandleCloser {
  using pointer = HANDLE;
  void operator()(HANDLE handle) const { CloseHandle(handle); }
};
using OwnedHandle = std::unique_ptr<HANDLE, HandleCloser>;

OwnedHandle owned(HANDLE handle) {
  return OwnedHandle(handle == INVALID_HANDLE_VALUE ? nullptr : handle);
}

// A pipe's name can be taken by any program of this PC first. So each run has another one, and it stands in
// the profile's folder, where only the person's programs read it.
bool hand_over_by_pipe(const std::filesystem::path& file, const std::string& message) {
  std::ifstream in(file, std::ios::binary);
  std::string name;
  if (!std::getline(in, name)) return false;
  const std::wstring wide = to_wide(name);
  // The message comes from this program alone; the other one mustn't act in its name.
  if (!WaitNamedPipeW(wide.c_str(), kHandOverMs)) return false;
  const auto pipe = owned(CreateFileW(wide.c_str(), GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                                      SECURITY_SQOS_PRESENT | SECURITY_ANONYMOUS, nullptr));
  DWORD written = 0;
  return pipe &&
         WriteFile(pipe.get(), message.data(), static_cast<DWORD>(message.size()), &written, nullptr) &&
         written == message.size();
}

class PipeInstance final : public SingleInstance {
 public:
  PipeInstance(FileLock lock, std::filesystem::path name_file)
      : lock_(std::move(lock)), name_file_(std::move(name_file)) {}
  ~PipeInstance() override {
    if (!thread_.joinable()) return;
    SetEvent(stop_.get());
    thread_.join();
    std::error_code gone;
    std::filesystem::remove(name_file_, gone);
  }
  void listen(std::function<void(std::string)> received) override {
    const std::string name = "\\\\.\\pipe\\wardroom-" + to_hex(random_bytes<16>());
    stop_ = owned(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    event_ = owned(CreateEventW(nullptr, TRUE, FALSE, nullptr));
    // By default others may read, and only the person, administrators and the system write.
    pipe_ = owned(CreateNamedPipeW(
        to_wide(name).c_str(), PIPE_ACCESS_INBOUND | FILE_FLAG_FIRST_PIPE_INSTANCE | FILE_FLAG_OVERLAPPED,
        PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS, 1, 0, kMostHandedBytes, 0, nullptr));
    if (!stop_ || !event_ || !pipe_ || !link::write_private_file(name_file_, Secret(name))) {
      spdlog::warn("instance.listen failed error={}", GetLastError());
      return;
    }
    thread_ = std::thread([this, received = std::move(received)] { serve(received); });
  }

 private:
  // Until it is done or has lasted too long, or the program ends: false.
  bool wait(OVERLAPPED& asked, DWORD milliseconds, DWORD& count) {
    const HANDLE events[] = {stop_.get(), event_.get()};
    const bool done = WaitForMultipleObjects(2, events, FALSE, milliseconds) == WAIT_OBJECT_0 + 1;
    if (!done) CancelIoEx(pipe_.get(), &asked);
    return GetOverlappedResult(pipe_.get(), &asked, &count, TRUE) && done;
  }

  std::string receive_bytes() {
    std::string text(kMostHandedBytes, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
      OVERLAPPED asked{};
      asked.hEvent = event_.get();
      DWORD count = 0;
      if (!ReadFile(pipe_.get(), text.data() + size, static_cast<DWORD>(text.size() - size), nullptr,
                    &asked) &&
          GetLastError() != ERROR_IO_PENDING)
        break;
      if (!wait(asked, kHandOverMs, count) || count == 0) break;
      size += count;
    }
    text.resize(size);
    return text;
  }

  void serve(const std::function<void(std::string)>& received) {
    while (WaitForSingleObject(stop_.get(), 0) == WAIT_TIMEOUT) {
      OVERLAPPED asked{};
      asked.hEvent = event_.get();
      DWORD count = 0;
      bool connected = ConnectNamedPipe(pipe_.get(), &asked) != 0;
      if (!connected) {
        const DWORD error = GetLastError();
        connected =
            error == ERROR_PIPE_CONNECTED || (error == ERROR_IO_PENDING && wait(asked, INFINITE, count));
        if (error != ERROR_PIPE_CONNECTED && error != ERROR_IO_PENDING && error != ERROR_NO_DATA) return;
      }
      if (connected) received(receive_bytes());
      DisconnectNamedPipe(pipe_.get());
    }
  }

  FileLock lock_;
  std::filesystem::path name_file_;
  OwnedHandle stop_, event_, pipe_;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<SingleInstance>> SingleInstance::claim(const std::filesystem::path& directory,
                                                              const std::string& message) {
  const auto file = directory / "lock";
  std::error_code failed;
  auto lock = FileLock::take(file, FileLock::Wait::no, failed);
  if (failed) return unavailable(file.string() + " can't be made: " + failed.message() + ".");
  if (lock) {
    std::unique_ptr<SingleInstance> instance =
        std::make_unique<PipeInstance>(std::move(*lock), directory / "handover");
    return instance;
  }
  if (!hand_over_by_pipe(directory / "handover", message))
    return unavailable(
        "Wardroom is already running with this profile. Use its window, or --profile for another.");
  return std::unique_ptr<SingleInstance>{};
}

}  // namespace wardroom::client
