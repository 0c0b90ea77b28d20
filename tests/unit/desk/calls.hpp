#pragma once

#include <algorithm>
#include <stdexcept>
#include <variant>
#include <vector>

#include "common/desk/model/call.hpp"

// What a model asks of the server, as tests look at it and answer it.
namespace wardroom::desk::testing {

// The call in this effect, if it is one of this method.
template <class M, class Turn, class Effect>
const Call<Turn>* call_in(const Effect& effect) {
  const auto* call = std::get_if<Call<Turn>>(&effect);
  return call && call->method == M::kName ? call : nullptr;
}

template <class M, class Turn>
typename M::Params params_of(const Call<Turn>& call) {
  auto params = protocol::decode<typename M::Params>(boost::json::parse(call.params), "params");
  if (!params) throw std::logic_error("The model asked for what no server understands: " + call.params);
  return std::move(*params);
}

template <class M, class Turn>
Answered<Turn> answered(const Call<Turn>& call, const Result<typename M::Result>& result) {
  if (!result) return {call.take, result.error()};
  return {call.take, boost::json::parse(protocol::encode(*result))};
}

// Every call that a model has made, so that a test can answer one whenever it likes, also twice.
template <class Turn>
class Asked {
 public:
  template <class Effect>
  void note(const std::vector<Effect>& effects) {
    for (const auto& effect : effects)
      if (const auto* call = std::get_if<Call<Turn>>(&effect)) calls_.push_back(*call);
  }
  // To the last call with these parameters. Where the test takes it for granted that there was one, an answer
  // with these parameters.
  template <class M>
  Answered<Turn> answer(const typename M::Params& params, const Result<typename M::Result>& result) const {
    const auto json = protocol::encode(params);
    const auto call = std::find_if(calls_.rbegin(), calls_.rend(), [&](const Call<Turn>& one) {
      return one.method == M::kName && one.params == json;
    });
    if (call != calls_.rend()) return answered<M>(*call, result);
    if constexpr (requires(Turn & turn, const Answer<M>& answer) { fold(turn, answer); })
      return answered<M>(make_call<M, Turn>(params, NoPurpose{}), result);
    else
      throw std::logic_error("The model didn't ask for that.");
  }

 private:
  std::vector<Call<Turn>> calls_;
};

}  // namespace wardroom::desk::testing
