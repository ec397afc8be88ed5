#include "registry/steps/payload.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "registry/steps/payload_values.h"

namespace registry {

using Json = nlohmann::json;

namespace {
/// More faults than a form has fields help nobody, and an answer must stay small.
constexpr std::size_t kFaultsMax = 100;
}  // namespace

/// What the readers of one payload have in common.
struct PayloadReader::Shared {
  struct Object {
    const Json* object;
    std::string pointer;
    std::vector<const Json*> read;
  };
  std::vector<Object> objects;
  std::vector<FieldError> faults;

  void add(std::string pointer, std::string code, std::string detail) {
    if (faults.size() < kFaultsMax) faults.push_back({std::move(pointer), std::move(code), std::move(detail)});
  }
  void report_unknown(const Object& of) {
    if (of.read.size() == of.object->size()) return;
    for (const auto& [name, value] : of.object->get_ref<const Json::object_t&>()) {
      if (std::find(of.read.begin(), of.read.end(), &value) != of.read.end()) continue;
      add(of.pointer + "/" + values::pointer_part(name), "unknown_field", {});
    }
  }
};

PayloadReader::PayloadReader(const Json& payload) : PayloadReader(payload, {}, std::make_shared<Shared>()) {
  values::read_nonce(*this, "nonce", member("nonce", true));
}

PayloadReader::PayloadReader(const Json& object, std::string pointer, std::shared_ptr<Shared> shared)
    : object_(object.is_object() ? &object : nullptr),
      pointer_(std::move(pointer)),
      shared_(std::move(shared)),
      self_(shared_->objects.size()) {
  if (!object_) {
    shared_->add(pointer_, "wrong_type", "an object");
    return;
  }
  shared_->objects.push_back({object_, pointer_, {}});
  shared_->objects.back().read.reserve(object.size());
}

const Json* PayloadReader::member(std::string_view name, bool required) {
  // What is no object has been reported; its members are not missing one by one.
  if (!object_) return nullptr;
  const auto at = object_->find(name);
  if (at == object_->end()) {
    if (required) fault(name, "required");
    return nullptr;
  }
  const Json* value = &*at;
  auto& read = shared_->objects[self_].read;
  if (std::find(read.begin(), read.end(), value) == read.end()) read.push_back(value);
  return value;
}

std::string PayloadReader::id(std::string_view name) { return values::read_id(*this, name, member(name, true)); }

std::string PayloadReader::optional_id(std::string_view name) {
  return values::read_id(*this, name, member(name, false));
}

std::string PayloadReader::text(std::string_view name, std::size_t max) {
  return values::read_text(*this, name, member(name, true), max);
}

std::string PayloadReader::optional_text(std::string_view name, std::size_t max) {
  return values::read_text(*this, name, member(name, false), max);
}

std::string PayloadReader::ascii_lines(std::string_view name, std::size_t max) {
  return values::read_ascii_lines(*this, name, member(name, true), max);
}

std::string PayloadReader::one_of(std::string_view name, std::initializer_list<std::string_view> allowed) {
  return values::read_word(*this, name, member(name, true), allowed);
}

std::vector<std::string> PayloadReader::list_of(std::string_view name,
                                                std::initializer_list<std::string_view> allowed) {
  return values::read_words(*this, name, member(name, true), allowed);
}

std::vector<std::string> PayloadReader::optional_ids(std::string_view name) {
  return values::read_ids(*this, name, member(name, false));
}

std::string PayloadReader::region(std::string_view name) {
  return values::read_region(*this, name, member(name, true));
}

std::string PayloadReader::optional_region(std::string_view name) {
  return values::read_region(*this, name, member(name, false));
}

Date PayloadReader::date(std::string_view name) {
  return values::read_date(*this, name, member(name, true)).value_or(Date{});
}

std::optional<Date> PayloadReader::optional_date(std::string_view name) {
  return values::read_date(*this, name, member(name, false));
}

UtcTime PayloadReader::time(std::string_view name) {
  return values::read_time(*this, name, member(name, true)).value_or(UtcTime{});
}

std::optional<Quantity> PayloadReader::quantity(std::string_view name, Zero zero) {
  return values::read_quantity(*this, name, member(name, true), zero);
}

std::optional<Quantity> PayloadReader::optional_quantity(std::string_view name) {
  return values::read_quantity(*this, name, member(name, false), Zero::refused);
}

std::int64_t PayloadReader::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  return values::read_integer(*this, name, member(name, true), min, max).value_or(min);
}

std::optional<std::int64_t> PayloadReader::optional_integer(std::string_view name, std::int64_t min, std::int64_t max) {
  return values::read_integer(*this, name, member(name, false), min, max);
}

std::optional<crypto::PublicKey> PayloadReader::key(std::string_view name) {
  return values::read_key(*this, name, member(name, true));
}

std::vector<PayloadReader> PayloadReader::lines(std::string_view name, bool optional) {
  std::vector<PayloadReader> out;
  const Json* list = member(name, !optional);
  const std::size_t size = list ? values::read_list_size(*this, name, *list, "a list of 1 to 200 objects") : 0;
  out.reserve(size);
  shared_->objects.reserve(shared_->objects.size() + size);
  for (std::size_t i = 0; i < size; ++i) {
    out.push_back(PayloadReader((*list)[i], pointer(values::element(name, i)), shared_));
  }
  return out;
}

std::optional<PayloadReader> PayloadReader::optional_object(std::string_view name) {
  const Json* value = member(name, false);
  if (!value) return {};
  return PayloadReader(*value, pointer(name), shared_);
}

bool PayloadReader::has(std::string_view name) const { return object_ && object_->find(name) != object_->end(); }

void PayloadReader::fault(std::string_view name, std::string code, std::string detail) {
  shared_->add(pointer(name), std::move(code), std::move(detail));
}

std::string PayloadReader::pointer(std::string_view name) const { return pointer_ + "/" + std::string(name); }

Check PayloadReader::finish() {
  for (const auto& object : shared_->objects) shared_->report_unknown(object);
  if (shared_->faults.empty()) return Accepted{};
  Refusal refusal = refuse("payload-form");
  refusal.fields = std::move(shared_->faults);
  return refusal;
}

}  // namespace registry
