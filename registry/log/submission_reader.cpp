#include "registry/log/submission_reader.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

#include "registry/base/limits.h"

namespace registry {
namespace {

constexpr std::size_t kNameShownMax = 64;

void append_escaped(std::string& out, std::string_view name) {
  for (const char c : name.substr(0, kNameShownMax)) {
    if (c == '~')
      out.append("~0");
    else if (c == '/')
      out.append("~1");
    else
      out.push_back(c);
  }
}

}  // namespace

std::string JsonPlace::pointer() const {
  if (up == nullptr) return {};
  auto out = up->pointer();
  out.push_back('/');
  if (index)
    out.append(std::to_string(*index));
  else
    append_escaped(out, name);
  return out;
}

bool MemberReader::has(const crypto::Json& object, std::string_view name) { return object.contains(name); }

crypto::Json* MemberReader::member(crypto::Json& object, const JsonPlace& at, std::string_view name) {
  const auto found = object.find(name);
  if (found != object.end()) return &*found;
  bad(at.member(name), "required");
  return nullptr;
}

std::string* MemberReader::text(crypto::Json& object, const JsonPlace& at, std::string_view name,
                                std::size_t bytes_max) {
  auto* value = member(object, at, name);
  if (value == nullptr) return nullptr;
  auto* text = value->get_ptr<std::string*>();
  if (text == nullptr) return bad(at.member(name), "wrong_type", "a string is expected"), nullptr;
  if (text->size() > bytes_max) return bad(at.member(name), "too_long"), nullptr;
  return text;
}

crypto::Json* MemberReader::array(crypto::Json& object, const JsonPlace& at, std::string_view name, std::size_t min,
                                  std::size_t max) {
  auto* value = member(object, at, name);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) return bad(at.member(name), "wrong_type", "an array is expected"), nullptr;
  if (value->size() < min) return bad(at.member(name), "too_few"), nullptr;
  if (value->size() > max) return bad(at.member(name), "too_many"), nullptr;
  return value;
}

std::optional<std::uint64_t> MemberReader::number(crypto::Json& object, const JsonPlace& at, std::string_view name) {
  const auto* value = member(object, at, name);
  if (value == nullptr) return {};
  if (!value->is_number_integer())
    return bad(at.member(name), "wrong_type", "a whole number is expected"), std::nullopt;
  const auto number = value->get<std::int64_t>();
  if (number < 0 || number > limits::kIndexMax) return bad(at.member(name), "out_of_range"), std::nullopt;
  return static_cast<std::uint64_t>(number);
}

bool MemberReader::object(const crypto::Json& value, const JsonPlace& at,
                          std::initializer_list<std::string_view> known) {
  if (!value.is_object()) return bad(at, "wrong_type", "an object is expected"), false;
  for (const auto& [name, ignored] : value.items())
    if (std::find(known.begin(), known.end(), name) == known.end()) bad(at.member(name), "unknown_field");
  return true;
}

void MemberReader::bad(const JsonPlace& at, std::string_view code, std::string_view detail) {
  malformed_ = true;
  errors_.push_back({at.pointer(), std::string(code), std::string(detail)});
}

void MemberReader::bad_signature(const JsonPlace& at, std::string_view code, std::string_view detail) {
  errors_.push_back({at.pointer(), std::string(code), std::string(detail)});
}

void MemberReader::bad_header(std::vector<FieldError> errors) {
  header_ = true;
  for (auto& error : errors) errors_.push_back(std::move(error));
}

Refusal MemberReader::refusal() && {
  auto refusal = refuse(malformed_ ? "malformed-request" : header_ ? "header-form" : "signature-form");
  refusal.fields = std::move(errors_);
  return refusal;
}

}  // namespace registry
