#pragma once

#include <span>

#include "tools/demo_city/cast.h"

namespace tools {

/// What the buyer shows when it buys.
enum class Buying {
  multi,     ///< 多次使用: one paper for many purchases
  once,      ///< 一次使用: a paper for each purchase
  standing,  ///< the licence or the seal card that a medicine dealer has anyway
  exempt,    ///< EX-16: a hospital buys ephedrine on its seal card
};

/// Two units that deal with each other the month long.
struct Trade {
  const char *seller, *buyer, *substance;
  /// Of one delivery.
  Milli low, high;
  /// Every so many working days, from the day `offset` on.
  int every, offset;
  /// Null: the seller brings it, or the buyer fetches it.
  const char* carrier;
  Buying buying;
};
std::span<const Trade> trades();

/// The deals of the story: acetic anhydride to Changsha, and permanganate that is refused at the gate.
const Trade& anhydride_to_changsha();
const Trade& permanganate_to_fireworks();

const char* vehicle_of(std::string_view carrier);

/// What a unit uses, and how often.
struct Usage {
  const char *unit, *substance;
  Milli low, high;
  int every;
  const char* purpose;
};
std::span<const Usage> usages();

/// What a producer makes; an input is used up in proportion of `input_permille`.
struct Making {
  const char *unit, *substance;
  Milli low, high;
  int every, offset;
  const char* input;
  int input_permille;
};
std::span<const Making> makings();

/// What a unit has when it comes into the registry.
struct OpeningStock {
  const char *unit, *substance;
  Milli amount;
};
std::span<const OpeningStock> opening_stocks();

}  // namespace tools
