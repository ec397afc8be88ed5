#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"

namespace registry {

/// Goods may come back on it (WO-8): a paper for many uses that is still within its days and was neither taken back nor
/// closed.
bool can_take_back(const Permit& permit, Date today);

/// The quota of one permit while one entry draws on it. Moves go into the outcome at once; the status of the permit and
/// its write-off follow once, in `finish`. Standing papers have no quota: nothing happens to them. The facts are those
/// of want_paper.
class Quota {
 public:
  Quota(const Facts& facts, const Permit& permit, Outcome& out);

  /// Refuses when the paper is for one use and has been used or promised, or when less is left than `amount`.
  Check check(const Substance& substance, std::int64_t amount, std::string_view pointer) const;
  std::int64_t left(std::string_view substance) const;
  /// Something of it has been promised to a sale or transport, or used.
  bool touched() const;

  /// Free -> held, after `check`.
  void hold(std::string_view substance, std::int64_t amount);
  /// Free -> used; never more than is left. The amount that was used.
  std::int64_t use(std::string_view substance, std::int64_t amount);
  /// Held -> used and held -> free; never more than is held.
  void settle(std::string_view substance, std::int64_t used, std::int64_t released);
  /// Used -> free, for goods that came back; never more than was used. A paper that was used up lives again.
  void give_back(std::string_view substance, std::int64_t amount);

  /// Closes the paper and its write-off when nothing is left of it, or when it was for one delivery and that is over:
  /// then the rest lapses.
  enum class Delivery { none, over };
  void finish(Delivery delivery, std::int64_t index);

 private:
  struct Line {
    std::string_view substance;
    std::int64_t left = 0, held = 0, used = 0;
  };
  Line* find(std::string_view substance);
  void lapse();
  bool is_empty() const;

  const Facts& facts_;
  const Permit& permit_;
  Outcome& out_;
  std::vector<Line> lines_;
};

}  // namespace registry
