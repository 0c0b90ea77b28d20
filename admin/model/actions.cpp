#include "admin/model/actions.hpp"

#include "common/desk/model/action_list_definition.hpp"

template class wardroom::desk::ActionList<wardroom::admin::Action>;
template struct wardroom::desk::PushesOf<wardroom::admin::Action>;
