#include "city.h"

#include <algorithm>

#include "registry/domain/account.h"

namespace property {

using namespace registry;

namespace {

constexpr const char* kAnyuan = "360302";

std::string_view unit_of(const Substance& substance) { return name(substance.unit); }

}  // namespace

City::City(const RulePack& rules, std::uint64_t seed) : driver_(rules), random_(seed) {
  unit("MAKER", "producer"), unit("SELLER", "trader,exporter"), unit("BUYER", "user,importer");
  unit("WHOLESALER", "wholesaler"), unit("HOSPITAL", "hospital"), unit("CARRIER", "carrier"), unit("DA", "agency");
  site("S-MAKER", "MAKER", "plant"), site("S-SELLER", "SELLER", "store"), site("S-SELLER-2", "SELLER", "store");
  site("S-BUYER", "BUYER", "store"), site("S-WHOLESALER", "WHOLESALER", "store");
  site("S-PHARMACY", "HOSPITAL", "pharmacy"), site("S-WARD", "HOSPITAL", "ward"), site("S-DA", "DA", "store");
  constexpr std::int64_t kMuch = 1'000'000'000'000;
  paper("TR-2", "C2T-FILE", "SELLER", "CN2-02", 0);
  paper("GB-2", "C23-BUY-N", "BUYER", "CN2-02", kMuch);
  paper("PR-2", "C2P-FILE", "MAKER", "CN2-02", 0);
  paper("IM-2", "IMP", "BUYER", "CN2-02", kMuch);
  paper("WT-N", "NP-TRADE", "WHOLESALER", "N-18", 0);
  paper("YJK-1", "YJK", "HOSPITAL", "N-18", 0);
  Officer pharmacist{"PH-HOSPITAL", "HOSPITAL", "pharmacist", 0};
  driver_.facts().store(pharmacist);
}

void City::unit(const char* id, const char* kinds) {
  Party row;
  row.id = row.name = id;
  row.kinds = kinds;
  row.uscc = "91110000600037341L";
  row.region = kAnyuan;
  row.status = PartyStatus::verified;
  if (std::string_view(kinds) == "agency") row.agency_role = "DA", row.agency_level = "C", row.region = "360300";
  driver_.facts().store(row);
}

void City::site(const char* id, const char* party, const char* kind) {
  driver_.facts().store(Site{id, party, id, kind, kAnyuan, "-", 0});
}

void City::paper(const char* no, const char* kind, const char* holder, const char* substance, std::int64_t amount) {
  Permit row;
  row.no = no;
  row.kind = kind;
  row.issuer = "DA";
  row.holder = holder;
  row.substances = substance;
  row.valid_from = Date::of(2026, 3, 1);
  row.valid_to = Date::of(2026, 3, 31);
  row.uses = driver_.rules().permit_kind(kind)->uses;
  driver_.facts().store(row);
  if (amount == 0) return;
  driver_.facts().store(Balance{permit_account(no), substance, "", amount});
  const std::int64_t granted = driver_.balance(std::string(outside::kGranted), substance, "");
  driver_.facts().store(Balance{std::string(outside::kGranted), substance, "", granted - amount});
}

std::int64_t City::dice(std::int64_t end) {
  return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(end));
}

std::optional<Held> City::held(const std::string& site, const std::string& substance) {
  const std::string account = site_account(site);
  std::vector<std::string>& lots = lots_[account];
  for (int tries = 0; tries < 8 && !lots.empty(); ++tries) {
    const auto at = static_cast<std::size_t>(dice(static_cast<std::int64_t>(lots.size())));
    const Lot* row = driver_.row<Lot>(lots[at]);
    const std::int64_t amount = driver_.balance(account, row->substance, row->id);
    if (amount > 0 && (substance.empty() || substance == row->substance)) return Held{account, row->id, row, amount};
    if (amount > 0) continue;
    lots[at] = lots.back();
    lots.pop_back();
  }
  return {};
}

Json City::some(const Held& held) {
  const std::int64_t step = held.row->piece ? held.row->piece : 1, steps = held.amount / step;
  if (steps == 0) return quantity(held.amount, *held.row);
  const std::int64_t many = chance(20) ? steps : 1 + dice(std::max<std::int64_t>(steps / 3, 1));
  return quantity(many * step, *held.row);
}

Json City::quantity(std::int64_t amount, const Lot& lot) const {
  if (lot.piece && amount % lot.piece == 0) {
    const std::int64_t pieces = amount / lot.piece;
    if (lot.box && pieces && pieces % lot.box == 0)
      return {{"unit", "box"}, {"value", std::to_string(pieces / lot.box)}};
    return {{"unit", "pcs"}, {"value", std::to_string(pieces)}};
  }
  return {{"unit", unit_of(*driver_.rules().substance(lot.substance))}, {"value", std::to_string(amount)}};
}

void City::learn() {
  for (const Move& move : driver_.outcome().moves) {
    if (!move.to.starts_with("site:")) continue;
    std::vector<std::string>& lots = lots_[move.to];
    if (std::find(lots.begin(), lots.end(), move.lot) == lots.end()) lots.push_back(move.lot);
  }
}

}  // namespace property
