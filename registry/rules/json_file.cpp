#include "registry/rules/json_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "crypto/json.h"
#include "registry/base/fault.h"
#include "registry/rules/data_file.h"

namespace registry {

using nlohmann::json;

JsonNode::JsonNode(std::shared_ptr<const json> root, const json* value, std::string place)
    : root_(std::move(root)), value_(value), place_(std::move(place)) {}

JsonNode JsonNode::load(std::string_view path) { return parse(path, data_file(path)); }

JsonNode JsonNode::parse(std::string_view path, std::string_view text) {
  auto result = crypto::read_json(text);
  if (const auto* error = std::get_if<crypto::JsonError>(&result)) {
    const auto before = text.substr(0, error->offset);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    fail_data(path, static_cast<std::size_t>(line), error->pointer + " " + error->detail);
  }
  auto root = std::make_shared<const json>(std::get<json>(std::move(result)));
  const json* value = root.get();
  return JsonNode(std::move(root), value, std::string(path) + " ");
}

void JsonNode::fail(std::string_view what) const { throw Fault(place_ + ": " + std::string(what)); }

bool JsonNode::has(std::string_view name) const { return value_->is_object() && value_->contains(name); }

const json& JsonNode::get(std::string_view name) const {
  if (!has(name)) fail("no member " + std::string(name));
  return (*value_)[std::string(name)];
}

JsonNode JsonNode::member(std::string_view name) const {
  return JsonNode(root_, &get(name), place_ + "/" + std::string(name));
}

std::string JsonNode::text(std::string_view name) const {
  const json& value = get(name);
  if (!value.is_string()) fail(std::string(name) + " is no text");
  return value.get<std::string>();
}

std::string JsonNode::text_or(std::string_view name, std::string_view fallback) const {
  return has(name) ? text(name) : std::string(fallback);
}

std::int64_t JsonNode::integer(std::string_view name) const {
  const json& value = get(name);
  if (!value.is_number_integer()) fail(std::string(name) + " is no whole number");
  return value.get<std::int64_t>();
}

std::int64_t JsonNode::integer_or(std::string_view name, std::int64_t fallback) const {
  return has(name) ? integer(name) : fallback;
}

bool JsonNode::flag_or(std::string_view name, bool fallback) const {
  if (!has(name)) return fallback;
  const json& value = get(name);
  if (!value.is_boolean()) fail(std::string(name) + " is neither true nor false");
  return value.get<bool>();
}

Date JsonNode::date(std::string_view name) const {
  const auto date = Date::parse(text(name));
  if (!date) fail(std::string(name) + " is no date");
  return *date;
}

Date JsonNode::date_or(std::string_view name, Date fallback) const { return has(name) ? date(name) : fallback; }

std::vector<std::string> JsonNode::texts(std::string_view name) const {
  const json& list = get(name);
  if (!list.is_array()) fail(std::string(name) + " is no list");
  std::vector<std::string> out;
  for (const json& value : list) {
    if (!value.is_string()) fail(std::string(name) + " holds something that is no text");
    out.push_back(value.get<std::string>());
  }
  return out;
}

std::vector<std::string> JsonNode::texts_or_none(std::string_view name) const {
  return has(name) ? texts(name) : std::vector<std::string>{};
}

std::vector<JsonNode> JsonNode::elements_or_none(std::string_view name) const {
  return has(name) ? elements(name) : std::vector<JsonNode>{};
}

std::vector<JsonNode> JsonNode::elements(std::string_view name) const {
  const json& list = get(name);
  if (!list.is_array()) fail(std::string(name) + " is no list");
  std::vector<JsonNode> out;
  for (std::size_t i = 0; i < list.size(); ++i)
    out.push_back(JsonNode(root_, &list[i], place_ + "/" + std::string(name) + "/" + std::to_string(i)));
  return out;
}

std::vector<std::string> JsonNode::names() const {
  if (!value_->is_object()) fail("is no object");
  std::vector<std::string> out;
  for (const auto& item : value_->items()) out.push_back(item.key());
  return out;
}

void JsonNode::only(std::initializer_list<std::string_view> known) const {
  for (const std::string& name : names())
    if (std::find(known.begin(), known.end(), name) == known.end()) fail("unknown member " + name);
}

}  // namespace registry
