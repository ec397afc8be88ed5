#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/base/time.h"
#include "registry/domain/rows.h"
#include "registry/rules/pack.h"
#include "registry/store/store.h"

// Between which two signatures, in whose hands, and how much.
namespace registry {

/// A signature on an entry, as a person: the name of the officer is a private value.
struct SigningKey {
  std::string key, party, officer;
};

/// An amount of the goods that somebody measured and signed.
struct SignedMeasurement {
  std::int64_t index = 0;
  std::string type, party;
  /// As the author claims, and by the registry.
  UtcTime time, rtime;
  std::vector<SigningKey> keys;
  std::int64_t amount = 0;
  /// What was to be there: on the road the amount before it in custody, in stock the book.
  std::int64_t expected = 0;
  /// What an instrument may be off by at this amount.
  std::int64_t tolerance = 0;
  /// `amount` is `expected` within its tolerance.
  bool agrees = true;
};

enum class CustodianRole { owner, sender, carrier, receiver };
template <>
struct EnumNames<CustodianRole> {
  static constexpr std::string_view names[] = {"owner", "sender", "carrier", "receiver"};
};
/// Somebody who had the goods, or one end of them, in the interval.
struct Custodian {
  std::string party;
  CustodianRole role = CustodianRole::owner;
  /// The goods were its to keep in the interval.
  bool liable = false;
};

/// What a signature says about the seals.
struct SealState {
  std::int64_t index = 0;
  std::string party;
  /// Numbers, where they are given.
  std::string seals;
  /// "applied" when sent; later "intact", "broken", "none" or empty where nothing is said.
  std::string state;
};

/// An entry in the interval that moves the lot.
struct LotEvent {
  std::int64_t index = 0;
  std::string type, party;
  UtcTime rtime;
  std::string from, to;
  std::int64_t amount = 0;
  /// At the place in question, or elsewhere.
  bool here = false;
};
inline constexpr std::size_t kLotEventsMax = 500;
/// Entries of a party that are looked through for measurements of one lot, the newest first.
inline constexpr std::size_t kEntriesSearchedMax = 10'000;

struct Localisation {
  /// "consignment:C-1" or "site:S-1"; another subject of a finding has no measurements.
  std::string subject;
  std::string lot, substance;
  /// Empty where nobody asked about a finding.
  std::optional<Finding> finding;
  /// In order of custody.
  std::vector<SignedMeasurement> measurements;
  /// Places in `measurements`: the last one that agrees before the first that does not; nothing where all agree.
  std::optional<std::size_t> last_agreeing, first_disagreeing;
  /// It happened after the entry `from_index` and not after `to_index`; kNone where there is no interval.
  std::int64_t from_index = kNone, to_index = kNone;
  /// Missing, positive, or surplus, negative, and its bounds by the tolerances of both measurements.
  std::int64_t missing = 0, lo = 0, hi = 0;
  std::vector<Custodian> custodians;
  std::string vehicle;
  std::vector<SealState> seals;
  /// Papers of the goods, without repetition.
  std::vector<std::string> permits;
  /// In log order.
  std::vector<LotEvent> events;
  /// There are more events, or older measurements, than are looked at.
  bool truncated = false;

  bool has_interval() const { return to_index != kNone; }
};

/// Every line of a consignment; empty when there is no such consignment.
std::vector<Localisation> localise_consignment(Reader& reader, const RulePack& rules, const std::string& consignment);

/// A lot at a site: the newest measurement that does not agree, or no interval. Nothing when it was never there.
std::optional<Localisation> localise_stock(Reader& reader, const RulePack& rules, const std::string& site,
                                           const std::string& lot);

/// The interval of a finding; nothing when there is no such finding.
std::optional<Localisation> localise_finding(Reader& reader, const RulePack& rules, const std::string& finding);

}  // namespace registry
