#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/time.h"

namespace registry {

/// A place in an embedded JSON file. Getters throw Fault naming the file and the JSON pointer of a mistake.
class JsonNode {
 public:
  /// Reads an embedded file, for instance "rules/cn.json".
  static JsonNode load(std::string_view path);
  static JsonNode parse(std::string_view path, std::string_view text);

  std::string text(std::string_view name) const;
  std::string text_or(std::string_view name, std::string_view fallback) const;
  std::int64_t integer(std::string_view name) const;
  std::int64_t integer_or(std::string_view name, std::int64_t fallback) const;
  bool flag_or(std::string_view name, bool fallback) const;
  Date date(std::string_view name) const;
  Date date_or(std::string_view name, Date fallback) const;
  std::vector<std::string> texts(std::string_view name) const;
  std::vector<std::string> texts_or_none(std::string_view name) const;

  bool has(std::string_view name) const;
  JsonNode member(std::string_view name) const;
  /// Elements of an array.
  std::vector<JsonNode> elements(std::string_view name) const;
  std::vector<JsonNode> elements_or_none(std::string_view name) const;
  /// Names of an object's members, sorted.
  std::vector<std::string> names() const;

  /// Refuses members that are not among `known`.
  void only(std::initializer_list<std::string_view> known) const;
  [[noreturn]] void fail(std::string_view what) const;

 private:
  JsonNode(std::shared_ptr<const nlohmann::json> root, const nlohmann::json* value, std::string place);
  const nlohmann::json& get(std::string_view name) const;

  std::shared_ptr<const nlohmann::json> root_;
  const nlohmann::json* value_;
  /// "rules/cn.json /permit_kinds/3"
  std::string place_;
};

}  // namespace registry
