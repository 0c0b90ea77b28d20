#include "client/pictures/give_up_rights.hpp"

#include "common/base/windows_api.hpp"

namespace wardroom::client::pictures {
namespace {

template <class Policy>
bool forbid(PROCESS_MITIGATION_POLICY which, Policy policy) {
  return SetProcessMitigationPolicy(which, &policy, sizeof policy) != 0;
}

// To the lowest level of trust: nothing of the person's can be changed from there.
bool become_untrusted() {
  SID_IDENTIFIER_AUTHORITY authority = SECURITY_MANDATORY_LABEL_AUTHORITY;
  PSID level = nullptr;
  if (!AllocateAndInitializeSid(&authority, 1, SECURITY_MANDATORY_UNTRUSTED_RID, 0, 0, 0, 0, 0, 0, 0, &level))
    return false;
  HANDLE token = nullptr;
  TOKEN_MANDATORY_LABEL label{};
  label.Label.Sid = level;
  label.Label.Attributes = SE_GROUP_INTEGRITY;
  const bool done =
      OpenProcessToken(GetCurrentProcess(), TOKEN_ADJUST_DEFAULT, &token) &&
      SetTokenInformation(token, TokenIntegrityLevel, &label, sizeof label + GetLengthSid(level));
  if (token) CloseHandle(token);
  FreeSid(level);
  return done;
}

}  // namespace

// helper_process_windows.cpp has taken away what can be taken before a process starts: privileges, windows of
// others, further processes, memory and time. Here no code that the picture brings can be run, and no library
// loaded.
bool give_up_rights() {
  PROCESS_MITIGATION_DYNAMIC_CODE_POLICY code{};
  code.ProhibitDynamicCode = 1;
  PROCESS_MITIGATION_IMAGE_LOAD_POLICY images{};
  images.NoRemoteImages = 1;
  images.NoLowMandatoryLabelImages = 1;
  return forbid(ProcessDynamicCodePolicy, code) && forbid(ProcessImageLoadPolicy, images) &&
         become_untrusted();
}

}  // namespace wardroom::client::pictures
