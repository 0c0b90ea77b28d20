#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/result.hpp"
#include "protocol/codec.hpp"

namespace wardroom::desk {

// Of a call whose method has one asker.
struct NoPurpose {};

// What a call came to, for whoever made it: the parameters as they were sent, and what the caller wanted with
// them. The purpose is a type of the caller's own (with values, if it likes) and never leaves this program; a
// method with two askers has an answer of its own for each.
template <class M, class Purpose = NoPurpose>
struct Answer {
  typename M::Params params;
  Result<typename M::Result> result;
  Purpose purpose{};
};

// How an answer, still as JSON, gets into a program's model. Found where the call was made, so that the rest
// of the program needn't know the method.
template <class Turn>
using TakeAnswer = std::function<void(Turn&, const Result<boost::json::value>&)>;

// A request that the model wants sent while signed in. An effect, and answered by Answered.
template <class Turn>
struct Call {
  std::string_view method;
  std::string params;  // a JSON object
  TakeAnswer<Turn> take;
};
template <class Turn>
struct Answered {
  TakeAnswer<Turn> take;  // the call's
  Result<boost::json::value> answer;
};

// The program's fold(Turn&, const Answer<M, Purpose>&) must be declared where this is called.
template <class M, class Turn, class Purpose>
Call<Turn> make_call(typename M::Params params, Purpose purpose) {
  auto json = protocol::encode(params);
  return {M::kName, std::move(json),
          [params = std::move(params), purpose = std::move(purpose)](
              Turn& turn, const Result<boost::json::value>& answer) {
            auto result = answer ? protocol::decode<typename M::Result>(*answer, "result")
                                 : Result<typename M::Result>(answer.error());
            fold(turn, Answer<M, Purpose>{params, std::move(result), purpose});
          }};
}

template <class Turn>
void fold(Turn& turn, const Answered<Turn>& event) {
  event.take(turn, event.answer);
}

}  // namespace wardroom::desk
