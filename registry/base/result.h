#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "registry/base/ensure.h"
#include "registry/base/refusal.h"

namespace registry {

/// A value or the refusal that stands in its place. Members are named as in std::expected.
template <class T>
class [[nodiscard]] Result {
  static_assert(!std::is_reference_v<T>, "a Result owns its value");

 public:
  using value_type = T;
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Refusal refusal) : state_(std::in_place_index<1>, std::move(refusal)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return ensure(has_value(), "value of a refused Result"), *std::get_if<0>(&state_); }
  const T& value() const& { return ensure(has_value(), "value of a refused Result"), *std::get_if<0>(&state_); }
  T&& value() && { return ensure(has_value(), "value of a refused Result"), std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Refusal& error() & { return ensure(!has_value(), "error of a good Result"), *std::get_if<1>(&state_); }
  const Refusal& error() const& { return ensure(!has_value(), "error of a good Result"), *std::get_if<1>(&state_); }
  Refusal&& error() && { return ensure(!has_value(), "error of a good Result"), std::move(*std::get_if<1>(&state_)); }

  template <class F>
  auto map(F&& f) && -> Result<std::invoke_result_t<F, T&&>> {
    if (!has_value()) return std::move(*this).error();
    return std::forward<F>(f)(std::move(*this).value());
  }
  template <class F>
  auto and_then(F&& f) && -> std::invoke_result_t<F, T&&> {
    if (!has_value()) return std::move(*this).error();
    return std::forward<F>(f)(std::move(*this).value());
  }

 private:
  std::variant<T, Refusal> state_;
};

/// For checks that yield nothing but a yes.
struct Accepted {};
using Check = Result<Accepted>;

}  // namespace registry

#define TALLYSTICK_TRY(expression, name)       \
  (__extension__({                             \
    auto&& name = (expression);                \
    if (!name) return std::move(name).error(); \
    std::move(name).value();                   \
  }))
#define TALLYSTICK_TRY_NAMED(expression, number) TALLYSTICK_TRY(expression, try_result_##number)
#define TALLYSTICK_TRY_NUMBERED(expression, number) TALLYSTICK_TRY_NAMED(expression, number)

/// Unwraps a Result or returns its refusal from the enclosing function.
#define TRY(expression) TALLYSTICK_TRY_NUMBERED(expression, __COUNTER__)
