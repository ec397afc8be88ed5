#pragma once

#include <optional>
#include <utility>

#include "registry/base/result.h"

namespace registry {

/// Several checks whose refusals are told together: the first gives the rule and its text, every one gives its fields.
class Objections {
 public:
  void add(Refusal refusal) {
    if (!first_) {
      first_ = std::move(refusal);
      return;
    }
    for (auto& field : refusal.fields) first_->fields.push_back(std::move(field));
  }
  void check(Check check) {
    if (!check) add(std::move(check).error());
  }
  /// The value, or nothing after an objection.
  template <class T>
  std::optional<T> take(Result<T> result) {
    if (result) return std::move(result).value();
    add(std::move(result).error());
    return {};
  }
  Check finish() && {
    if (first_) return *std::move(first_);
    return Accepted{};
  }

 private:
  std::optional<Refusal> first_;
};

}  // namespace registry
