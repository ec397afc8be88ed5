#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/home/home_config.h"

namespace tools {

/// One member of config.json, as data: reading, printing and the page of settings all come from it.
struct Setting {
  /// "tls.key": the member `key` of the object `tls`.
  std::string name;
  /// One sentence, with the unit.
  std::string about;
  /// Takes the value, or says what is wrong with it: "is not a number from 1 to 65535".
  std::function<std::optional<std::string>(const nlohmann::json&, HomeConfig&)> read;
  std::function<nlohmann::json(const HomeConfig&)> print;
};

const std::vector<Setting>& settings();

/// Reads config.json; every mistake goes into `faults`, one sentence each, unknown members and what does not go
/// together among them.
HomeConfig parse_config(std::string_view text, std::vector<std::string>& faults);

/// As a file holds it: the first members always, the others where they differ from their defaults.
std::string print_config(const HomeConfig& config);

/// One line a member: name, value, "default" or "set", and what it is for. For people.
std::string describe_config(const HomeConfig& config);

}  // namespace tools
