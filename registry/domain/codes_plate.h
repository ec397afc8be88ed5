#pragma once

#include <string_view>

namespace registry {

/// 机动车号牌, GA 36-2018, UTF-8: a province, a letter without I and O, then five (赣J00T01), four and 挂 for a trailer
/// (赣J0T01挂), or six for new energy (赣JD00001 small, 赣J00001D large). Form only; plates have no check digit.
bool is_vehicle_plate(std::string_view text);

}  // namespace registry
