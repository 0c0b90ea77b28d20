#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/props/certificates.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::admin::views {

// The chain that the server shows, until when it holds, who renews it, and what people notice.
void draw_certificates(const CertificatesProps& props, ui::FrameContext& f, Actions& actions,
                       const ui::Rect& area);

}  // namespace wardroom::admin::views
