#include "client/pictures/give_up_rights.hpp"

#include <array>
#include <cstddef>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

namespace wardroom::client::pictures {
namespace {

// Of a picture at its limits: its pixels twice, and what libjpeg keeps of a progressive one.
constexpr rlim_t kMostMemory = rlim_t{1536} << 20;
constexpr rlim_t kMostSeconds = 10;
constexpr int kNice = 10;

// AddressSanitizer reserves more than any machine has. GCC tells of it by a macro, Clang by a feature.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kIsSanitized = true;
#elif defined(__has_feature)
constexpr bool kIsSanitized = __has_feature(address_sanitizer);
#else
constexpr bool kIsSanitized = false;
#endif

bool limit(int what, rlim_t most) {
  const rlimit wanted{most, most};
  return ::setrlimit(what, &wanted) == 0;
}

#if defined(__x86_64__)
constexpr unsigned kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = AUDIT_ARCH_AARCH64;
#else
constexpr unsigned kMachine = 0;  // not known here: then no picture is decoded
#endif

constexpr sock_filter load(unsigned offset) {
  return {static_cast<unsigned short>(BPF_LD | BPF_W | BPF_ABS), 0, 0, offset};
}
constexpr sock_filter answer(unsigned action) {
  return {static_cast<unsigned short>(BPF_RET | BPF_K), 0, 0, action};
}
// Skips the next instruction unless the loaded number is this one.
constexpr sock_filter unless(unsigned number) {
  return {static_cast<unsigned short>(BPF_JMP | BPF_JEQ | BPF_K), 0, 1, number};
}

// Everything that isn't named fails as if the process had no right to it: EPERM, and not its end, since the
// C library asks for more than it needs.
bool filter_calls() {
  if (kMachine == 0) return false;
  constexpr unsigned kAllow = SECCOMP_RET_ALLOW;
  constexpr unsigned kRefuse = SECCOMP_RET_ERRNO | 1U;  // EPERM
  std::array program = {
      load(offsetof(seccomp_data, arch)),
      unless(kMachine),
      load(offsetof(seccomp_data, nr)),  // of another machine: its own kind's number, which matches nothing
      unless(SYS_read),
      answer(kAllow),
      unless(SYS_write),
      answer(kAllow),
      unless(SYS_brk),
      answer(kAllow),
      unless(SYS_mmap),
      answer(kAllow),
      unless(SYS_munmap),
      answer(kAllow),
      unless(SYS_mremap),
      answer(kAllow),
      unless(SYS_madvise),
      answer(kAllow),
      unless(SYS_futex),
      answer(kAllow),
      unless(SYS_clock_gettime),
      answer(kAllow),
      unless(SYS_rt_sigreturn),
      answer(kAllow),
      unless(SYS_sigaltstack),  // the sanitizers ask where the stack is before a process ends
      answer(kAllow),
      unless(SYS_exit),
      answer(kAllow),
      unless(SYS_exit_group),
      answer(kAllow),
      answer(kRefuse),
  };
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

}  // namespace

bool give_up_rights() {
  // What the program that started this one held open and forgot to close.
  if (::syscall(SYS_close_range, 3U, ~0U, 0U) != 0) return false;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return false;
  if (!limit(RLIMIT_CPU, kMostSeconds) || !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CORE, 0) ||
      !limit(RLIMIT_NOFILE, 3))
    return false;
  if (!kIsSanitized && !limit(RLIMIT_AS, kMostMemory)) return false;
  // The window's frames come first. Where that is refused, nothing is lost but smoothness.
  (void)::setpriority(PRIO_PROCESS, 0, kNice);
  return filter_calls();
}

}  // namespace wardroom::client::pictures
