#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/ask.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/consignment.h"
#include "registry/steps/dispatch_rules.h"
#include "registry/steps/naming.h"
#include "registry/steps/paper.h"
#include "registry/steps/read_step.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kPlateMax = 16, kSealsMax = 200;
constexpr std::int64_t kPackagesMax = 1'000'000;

/// Goods leave a site of the sender. An intention: nothing leaves without the papers.
class TransferDispatch : public Step {
 public:
  explicit TransferDispatch(PayloadReader& in) {
    consignment_ = in.id("consignment");
    receiver_ = in.id("receiver");
    from_ = in.id("from_site");
    to_ = in.id("to_site");
    read_lines(in);
    carrier_ = in.optional_id("carrier");
    vehicle_ = carrier_.empty() ? in.optional_text("vehicle", kPlateMax) : in.text("vehicle", kPlateMax);
    seals_ = in.optional_text("seals", kSealsMax);
    sale_ = in.optional_id("sale");
    permit_ = in.optional_id("permit");
    exemption_ = in.optional_id("exemption");
    returns_ = in.optional_id("returns");
    if (!returns_.empty() && !sale_.empty())
      in.fault("returns", "with_sale", "goods go out on a sale or back, not both");
    if (!to_.empty() && from_ == to_) in.fault("to_site", "same_site");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Consignment>(consignment_);
    for (const std::string_view party : {author, std::string_view(receiver_), std::string_view(carrier_)})
      if (!party.empty()) keys.want<Party>(party);
    keys.want<Site>(from_);
    keys.want<Site>(to_);
    keys.want<Setting>("key_areas");
    want_named(plate_id(vehicle_), keys);
    for (const LotLine& line : lines_) want_stock(known, site_account(from_), line.lot, keys);
    want_paper(known, permit_, keys);
    for (const std::string* id : {&sale_, &returns_}) {
      const Sale* sale = id->empty() ? nullptr : ask<Sale>(known, keys, *id);
      if (sale) want_paper(known, sale->permit, keys);
    }
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_new_id<Consignment>(facts, consignment_, "/consignment"));
    const Party* sender = TRY(check_author(facts, context));
    const Party* receiver = TRY(check_partner(facts, receiver_, "/receiver"));
    TRY(check_carrier(facts));
    const Site* from = TRY(check_own_site(facts, from_, context.party, "/from_site"));
    const Site* to = TRY(check_own_site(facts, to_, receiver_, "/to_site"));
    TRY(check_in_use(*from, "/from_site"));
    TRY(check_in_use(*to, "/to_site"));
    const std::vector<LotAmount> lots = TRY(find_lots(facts, rules, lines_));
    const Departure departure{*sender,  *receiver, *from,   *to,        lots,
                              carrier_, sale_,     permit_, exemption_, local_date(context.rtime),
                              returns_};
    const Sale* sale = TRY(returns_.empty() ? check_sale(facts, departure) : check_return(facts, departure));
    Outcome out;
    TRY(draw_transport(facts, rules, departure, sale, key_areas(facts), out));
    TRY(check_stocks(facts, context, rules, lots));
    TRY(check_delivery(rules, departure));
    send(lots, out);
    if (sale) count_shipped(*sale, lots, returns_.empty() ? &Sale::dispatched : &Sale::returned, out);
    record(context, out);
    note_plate(facts, context, rules, vehicle_, sender->region, out);
    open_obligation(out, rules, context, "receive", consignment_subject(consignment_), receiver_);
    if (!carrier_.empty()) open_obligation(out, rules, context, "carry", consignment_subject(consignment_), carrier_);
    return out;
  }

 private:
  void read_lines(PayloadReader& in) {
    for (PayloadReader& line : in.lines("lines")) {
      LotLine read = read_lot_line(line, Zero::refused, {"lines", lines_.size()});
      line.optional_integer("packages", 1, kPackagesMax);
      for (const LotLine& other : lines_)
        if (!read.lot.empty() && other.lot == read.lot) line.fault("lot", "duplicate");
      lines_.push_back(std::move(read));
    }
  }

  Check check_carrier(const Facts& facts) const {
    if (carrier_.empty()) return Accepted{};
    const Party* carrier = TRY(check_partner(facts, carrier_, "/carrier"));
    if (has_code(carrier->kinds, "carrier")) return Accepted{};
    return refuse("not-a-carrier").with("party", carrier_).at("/carrier");
  }

  Check check_stocks(const Facts& facts, const StepContext& context, const RulePack& rules,
                     const std::vector<LotAmount>& lots) const {
    const std::string account = site_account(from_);
    for (std::size_t i = 0; i < lots.size(); ++i) {
      const LotAmount& lot = lots[i];
      TRY(check_two_persons(rules, context, *lot.substance, Act::out));
      TRY(check_whole_pieces(*lot.lot, *lot.substance, lot.amount, lines_[i].place.pointer("quantity")));
      TRY(check_stock(facts, account, lot, lines_[i].place));
    }
    return Accepted{};
  }

  void send(const std::vector<LotAmount>& lots, Outcome& out) const {
    const std::string from = site_account(from_), to = transit_account(consignment_);
    for (const LotAmount& lot : lots) {
      out.move(lot.substance->code, lot.lot->id, from, to, lot.amount);
      ConsignmentLine line;
      line.consignment = consignment_;
      line.n = line_number(out.changes<ConsignmentLine>().size() + 1);
      line.lot = lot.lot->id;
      line.substance = lot.substance->code;
      line.shipped = lot.amount;
      line.piece = lot.lot->piece;
      out.put(std::move(line));
    }
  }

  static void count_shipped(const Sale& sale, const std::vector<LotAmount>& lots, std::int64_t Sale::*amount,
                            Outcome& out) {
    Sale after = sale;
    for (const LotAmount& lot : lots) after.*amount += lot.amount;
    out.update(sale, std::move(after));
  }

  void record(const StepContext& context, Outcome& out) const {
    Consignment head;
    head.id = consignment_;
    head.sender = context.party;
    head.receiver = receiver_;
    head.carrier = carrier_;
    head.from_site = from_;
    head.to_site = to_;
    head.sale = sale_;
    head.permit = permit_;
    head.exemption = exemption_;
    head.returns = returns_;
    head.vehicle = vehicle_;
    head.seals = seals_;
    head.lines = static_cast<std::int64_t>(lines_.size());
    head.dispatched = context.index;
    head.dispatched_at = context.rtime;
    out.put(std::move(head));
  }

  std::string consignment_, receiver_, from_, to_, carrier_, vehicle_, seals_, sale_, permit_, exemption_, returns_;
  std::vector<LotLine> lines_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_transfer_dispatch(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<TransferDispatch>(payload, rules);
}

}  // namespace registry
