#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/certificates.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

struct CertificatesViewState {
  std::string typed;  // a name that may be added
  std::uint64_t added = 0;
};

// The chain that the server shows, until when it holds, who renews it, what people notice, and one more name.
void draw_certificates(const CertificatesProps& props, CertificatesViewState& state, ui::FrameContext& f,
                       Actions& actions, const ui::Rect& area);

}  // namespace wardroom::admin::views
