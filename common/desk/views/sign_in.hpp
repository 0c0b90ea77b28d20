#pragma once

#include <variant>

#include "common/desk/model/props/sign_in.hpp"
#include "common/ui/frame_context.hpp"

// What the sign-ins of both programs are drawn with.
namespace wardroom::desk::views {

// What is typed.
struct SignInFields {
  bool filled = false;  // what the props know already was taken over
  bool focus_first = true;
  std::size_t tab = 0;  // 0: invite link, 1: address and fingerprint
  std::string link;
  std::string address;
  std::string fingerprint;
  std::string name;
  std::string password;
  std::string code;
  bool code_shown = false;  // the field was there in the frame before
  std::string new_password;

  // The next step begins with empty fields but the name.
  void begin_step(const SignInForm& form);
};

// The program's own; tests and the end-to-end driver click by them.
struct SignInIds {
  std::string_view tab, link, address, fingerprint, go;
};

std::string_view error_at(const SignInForm& form, SignInField field);
// Pressed, or, after Enter in a field, `submitted`; only when `ready` and nothing is awaited.
bool continue_button(const SignInForm& form, ui::FrameContext& f, std::string_view id, std::string_view label,
                     bool ready, bool submitted);

// Which server: by a link, or by an address and its fingerprint. What the person named.
std::variant<std::monostate, UseInviteLink, UseAddress> draw_introduce(const SignInForm& form,
                                                                       SignInFields& fields,
                                                                       const SignInIds& ids,
                                                                       std::string_view fingerprint_help,
                                                                       ui::FrameContext& f);

}  // namespace wardroom::desk::views
