#pragma once

#include <initializer_list>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "registry/store/store.h"

namespace api {

/// Names beside ids. Whoever may see a row may read whom it names, also where the party itself is out of sight: a
/// receiver must know who sends. Looks each id up once; borrows the reader.
class PartyNames {
 public:
  explicit PartyNames(registry::Reader& reader) : reader_(reader) {}

  /// {"P-1": "萍乡市安泰化工有限公司"}; ids that are empty or not registered are left out.
  nlohmann::json of(std::initializer_list<std::string_view> ids);
  /// Empty for an id that is not registered.
  const std::string& of(std::string_view id);

 private:
  registry::Reader& reader_;
  std::map<std::string, std::string, std::less<>> known_;
};

/// Of such an object.
inline constexpr std::string_view kNamesSchema = R"({"type":"object","additionalProperties":{"type":"string"},
  "description":"Names of the parties that the row names, by id."})";

}  // namespace api
