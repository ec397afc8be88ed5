#include "registry/steps/lots.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/ask.h"
#include "registry/steps/checks.h"

namespace registry {
namespace {

/// Repetition within one list would make "the amount of this lot" two amounts.
bool has_lot(const std::vector<LotLine>& lines, std::string_view lot) {
  return std::any_of(lines.begin(), lines.end(), [&](const LotLine& line) { return line.lot == lot; });
}

/// What the author states of a new lot, with what its package comes to.
Lot lot_row(const NewLot& lot, const NewAmount& amount) {
  Lot row;
  row.id = lot.id;
  row.substance = lot.substance;
  row.purity_ppm = lot.purity_ppm;
  row.expiry = lot.expiry;
  if (!amount.package) return row;
  row.purity_ppm = amount.package->purity_ppm;
  row.piece = amount.package->piece;
  row.strip = lot.pack->strip;
  row.box = lot.pack->box;
  return row;
}

}  // namespace

std::string Place::pointer(std::string_view member) const {
  std::string out;
  if (!list.empty()) ((out += '/') += list) += "/" + std::to_string(index);
  return (out += '/') += member;
}

LotLine read_lot_line(PayloadReader& in, Zero zero, Place place) {
  return {in.id("lot"), in.quantity("quantity", zero), place};
}

std::vector<LotLine> read_lot_lines(PayloadReader& in, std::string_view list, Zero zero, bool optional) {
  std::vector<LotLine> out;
  for (PayloadReader& line : in.lines(list, optional)) {
    LotLine read = read_lot_line(line, zero, {list, out.size()});
    if (!read.lot.empty() && has_lot(out, read.lot)) line.fault("lot", "duplicate");
    out.push_back(std::move(read));
  }
  return out;
}

void want_stock(const Facts& known, std::string_view account, std::string_view lot, FactKeys& keys) {
  if (const Lot* row = ask<Lot>(known, keys, lot)) keys.want<Balance>(account, row->substance, lot);
}

Result<LotAmount> find_lot(const Facts& facts, const RulePack& rules, const LotLine& line) {
  const Lot* lot = facts.find<Lot>(line.lot);
  if (!lot) return refuse("unknown-lot").with("lot", line.lot).at(line.place.pointer("lot"));
  const Substance* substance = rules.substance(lot->substance);
  ensure(substance, "a lot that was entered has a substance of the pack");
  const std::int64_t amount = TRY(check_goods_amount(*line.quantity, *substance, *lot, line.place.pointer("quantity")));
  return LotAmount{lot, substance, amount};
}

Result<std::vector<LotAmount>> find_lots(const Facts& facts, const RulePack& rules, const std::vector<LotLine>& lines) {
  std::vector<LotAmount> out;
  out.reserve(lines.size());
  for (const LotLine& line : lines) out.push_back(TRY(find_lot(facts, rules, line)));
  return out;
}

NewLot read_new_lot(PayloadReader& in, Place place) {
  NewLot lot;
  lot.id = in.id("lot");
  lot.substance = in.id("substance");
  lot.quantity = in.quantity("quantity");
  lot.purity_ppm = in.optional_integer("purity_ppm", 1, 1'000'000).value_or(1'000'000);
  lot.expiry = in.optional_date("expiry").value_or(Date{});
  lot.pack = read_pack(in);
  if (lot.pack && in.has("purity_ppm")) in.fault("purity_ppm", "not_with_pack", "the salt of a package tells it");
  lot.place = place;
  return lot;
}

void want_new_lot(const NewLot& lot, std::string_view site, FactKeys& keys) {
  keys.want<Lot>(lot.id);
  keys.want<Balance>(site_account(site), lot.substance, lot.id);
}

Result<NewAmount> check_new_lot(const Facts& facts, const RulePack& rules, const NewLot& lot, Date today) {
  TRY(check_new_id<Lot>(facts, lot.id, lot.place.pointer("lot")));
  const Substance* substance = TRY(check_substance(rules, lot.substance, today, lot.place.pointer("substance")));
  NewAmount out{substance, 0, {}};
  if (lot.pack) out.package = TRY(check_package(rules, *lot.pack, *substance, lot.id, lot.place.pointer("pack")));
  out.amount = TRY(check_goods_amount(*lot.quantity, *substance, lot_row(lot, out), lot.place.pointer("quantity")));
  TRY(check_whole_pieces(lot_row(lot, out), *substance, out.amount, lot.place.pointer("quantity")));
  return out;
}

void enter_lot(Outcome& out, const StepContext& context, const NewLot& lot, const NewAmount& amount,
               std::string_view site, LotOrigin origin) {
  Lot row = lot_row(lot, amount);
  row.maker = origin.maker;
  row.parents = std::move(origin.parents);
  row.seq = context.index;
  out.put(std::move(row));
  if (amount.package) out.put(amount.package->row);
  std::string account = site_account(site);
  out.move(lot.substance, lot.id, origin.account, account, amount.amount);
  out.put(Measurement{std::move(account), lot.id, amount.amount, context.index, context.rtime});
}

void enter_part(const Facts& facts, Outcome& out, const StepContext& context, Lot row, const Lot& like,
                std::int64_t amount, const std::string& account) {
  row.substance = like.substance;
  row.maker = like.maker;
  row.piece = like.piece;
  row.strip = like.strip;
  row.box = like.box;
  row.seq = context.index;
  if (const Pack* pack = facts.find<Pack>(like.id)) {
    Pack own = *pack;
    own.lot = row.id;
    out.put(std::move(own));
  }
  out.move(row.substance, row.id, outside::kRepacked, account, amount);
  out.put(Measurement{account, row.id, amount, context.index, context.rtime});
  out.put(std::move(row));
}

Check check_two_persons(const RulePack& rules, const StepContext& context, const Substance& substance, Act act) {
  if (!rules.needs_two_persons(substance, act)) return Accepted{};
  return check_second_signature(context, context.party);
}

Check check_stock(const Facts& facts, std::string_view account, const LotAmount& lot, const Place& place) {
  const std::int64_t book = facts.balance(account, lot.substance->code, lot.lot->id);
  if (book >= lot.amount) return Accepted{};
  return refuse("insufficient-stock")
      .with("lot", lot.lot->id)
      .with("book", format_goods(*lot.lot, *lot.substance, book))
      .with("wanted", format_goods(*lot.lot, *lot.substance, lot.amount))
      .at(place.pointer("quantity"));
}

void measure(const Facts& facts, Outcome& out, const StepContext& context, std::string_view account,
             std::string_view lot, std::int64_t amount, std::int64_t uncertainty) {
  Measurement after{std::string(account), std::string(lot), amount, context.index, context.rtime, uncertainty};
  if (const auto* before = facts.find<Measurement>(account, lot))
    out.update(*before, std::move(after));
  else
    out.put(std::move(after));
}

}  // namespace registry
