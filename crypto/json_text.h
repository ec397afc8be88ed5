#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace crypto {

/// The text that an object has under this name; empty where there is none, and for what is no object.
std::string text_of(const nlohmann::json& object, const char* member);

}  // namespace crypto
