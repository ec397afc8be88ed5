#include "operations.h"
#include "registry/domain/account.h"

namespace property {

using namespace registry;

namespace {

using Made = std::optional<Submission>;

std::string today(City& city) { return city.driver().today().str(); }

std::string commitment(City& city) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (int i = 0; i < 64; ++i) out += digits[city.dice(16)];
  return out;
}

const char* some_site(City& city) { return city.chance(50) ? "S-PHARMACY" : "S-WARD"; }

Made dispense(City& city) {
  const char* site = some_site(city);
  const auto held = city.held(site);
  if (!held || !held->row->piece) return {};
  const std::int64_t pieces = held->amount / held->row->piece;
  if (pieces == 0) return {};
  const std::int64_t given = 1 + city.dice(pieces < 4 ? pieces : 4);
  const bool inside = city.chance(50);
  return Submission{"use.dispense",
                    "HOSPITAL",
                    {{"site", site},
                     {"prescription", commitment(city)},
                     {"written_on", today(city)},
                     {"dispensed_on", today(city)},
                     {"patient", inside ? "inpatient" : "cancer-pain"},
                     {"given", inside ? "inside" : "home"},
                     {"minor", "no"},
                     {"permit", "YJK-1"},
                     {"pharmacist", "PH-HOSPITAL"},
                     {"lines", Json::array({{{"lot", held->lot},
                                             {"quantity", city.quantity(given * held->row->piece, *held->row)},
                                             {"days", 1 + city.dice(8)},
                                             {"doses", given}}})}}};
}

/// Part of one ampoule is given, the rest poured away.
Made residue(City& city) {
  const auto held = city.held("S-WARD");
  if (!held || held->row->piece < 2 || held->amount < held->row->piece) return {};
  const std::int64_t used = 1 + city.dice(held->row->piece - 1);
  const std::string unit(name(city.driver().rules().substance(held->row->substance)->unit));
  const auto exact = [&](std::int64_t n) { return Json{{"unit", unit}, {"value", std::to_string(n)}}; };
  return Submission{"destruction.record",
                    "HOSPITAL",
                    {{"site", "S-WARD"},
                     {"lot", held->lot},
                     {"quantity", exact(held->row->piece - used)},
                     {"used", exact(used)},
                     {"method", "倒入下水道"},
                     {"destroyed_on", today(city)}}};
}

Made empties(City& city) {
  const auto held = city.held(some_site(city));
  if (!held) return {};
  const Empties* now = city.driver().row<Empties>("HOSPITAL", held->lot);
  if (!now || now->due == 0) return {};
  return Submission{"use.empties",
                    "HOSPITAL",
                    {{"site", "S-PHARMACY"},
                     {"received_on", today(city)},
                     {"lines", Json::array({{{"lot", held->lot}, {"pieces", 1 + city.dice(now->due)}}})}}};
}

Made destroy_empties(City& city) {
  const auto held = city.held(some_site(city));
  if (!held) return {};
  const Empties* now = city.driver().row<Empties>("HOSPITAL", held->lot);
  if (!now || now->held == 0) return {};
  return Submission{"destruction.record",
                    "HOSPITAL",
                    {{"site", "S-PHARMACY"},
                     {"lot", held->lot},
                     {"empties", 1 + city.dice(now->held)},
                     {"method", "粉碎"},
                     {"destroyed_on", today(city)}}};
}

}  // namespace

std::vector<Operation> hospital_operations() {
  return {{"use.dispense", 10, dispense},
          {"destruction.record (residue)", 5, residue},
          {"use.empties", 3, empties},
          {"destruction.record (empties)", 2, destroy_empties}};
}

}  // namespace property
