#include "client/model/actions.hpp"

#include "common/desk/model/action_list_definition.hpp"

template class wardroom::desk::ActionList<wardroom::client::Action>;
template struct wardroom::desk::PushesOf<wardroom::client::Action>;
