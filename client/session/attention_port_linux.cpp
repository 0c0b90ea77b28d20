#include "client/session/attention_port.hpp"

#include "client/session/bus_attention.hpp"

namespace wardroom::client {

std::unique_ptr<AttentionPort> open_attention(AttentionPort::Tell tell) {
  return std::make_unique<BusAttention>(std::move(tell));
}

}  // namespace wardroom::client
