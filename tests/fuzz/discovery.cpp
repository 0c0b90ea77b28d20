#include "protocol/discovery.hpp"

#include <cstdlib>

#include "common/base/utf8.hpp"

// Any datagram as a question and as an answer: it isn't one, or composes to one that means the same.

using namespace wardroom;
using namespace wardroom::protocol;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto datagram = as_bytes({reinterpret_cast<const char*>(data), size});
  if (const auto question = decode_question(datagram)) {
    require(size == kQuestionBytes && question->heard.size() <= kMaxMarks);
    const auto again = decode_question(encode_question(*question));
    require(again && again->nonce == question->nonce && again->sequence == question->sequence &&
            again->heard == question->heard);
  }
  if (const auto answer = decode_answer(datagram)) {
    require(size < kQuestionBytes && can_be_offered(answer->offer));
    require(escape_unseen(answer->offer.name) == answer->offer.name);
    const auto composed = encode_answer(*answer);
    require(as_text(composed) == as_text(datagram));
  }
  return 0;
}
