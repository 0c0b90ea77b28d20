#pragma once

#include "common/desk/model/effects.hpp"
#include "common/desk/model/events.hpp"
#include "common/desk/model/props/sign_in.hpp"

// From an invite link or an address to a session. The server's key is looked at before a name or a password
// is asked for.
namespace wardroom::desk {

// A server that a person has named, by a link or by an address and a fingerprint. What it shows is compared
// with that before anything else.
struct WantedServer {
  protocol::Introduction server;  // its key: the link's; by an address, none until it was found to be right
  std::string fingerprint;        // as it was typed, for an address
  Secret invite;                  // of a link; empty: it introduces, but invites nobody

  bool by_link() const { return fingerprint.empty(); }
};

// Every start without a session. Props: the program's SignInForm, with what only it shows.
template <class Props>
struct SignInState {
  Props props;
  std::optional<WantedServer> wanted;
};

// The form waits for an answer, or no longer does.
void start(SignInForm& form, std::string progress);
void refuse(SignInForm& form, SignInField field, std::string why);
void stop_waiting(SignInForm& form);

// The server that the person names, to be asked for its key. Nothing: the form says why.
std::optional<WantedServer> wanted_by(SignInForm& form, const UseInviteLink& action);
// `who_tells` ends the sentence "Type the fingerprint that …".
std::optional<WantedServer> wanted_by(SignInForm& form, const UseAddress& action, std::string_view who_tells);
FetchPin look_at(SignInForm& form, const WantedServer& wanted);

// Takes the key that the server shows. Nothing: it wasn't asked for, or the form says why there is none;
// false: it is another server's, and nothing more may be sent there.
std::optional<bool> take_key(SignInForm& form, std::optional<WantedServer>& wanted, const PinFetched& event);

// Nothing: the form says what is missing.
std::optional<OpenSession> open_session(SignInForm& form, const protocol::Introduction& server,
                                        const SignIn& action);
// The server refused the name, the password, the code or the new account.
void fail_sign_in(SignInForm& form, const Error& error);

}  // namespace wardroom::desk
