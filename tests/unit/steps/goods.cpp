#include "goods.h"

#include "registry/domain/account.h"

namespace goods {

World market() {
  World w;
  const std::pair<const char*, const char*> units[] = {
      {"MAKER", "producer"},  {"SELLER", "trader"},     {"BUYER", "user"},           {"FAR", "user"},
      {"CARRIER", "carrier"}, {"HOSPITAL", "hospital"}, {"WHOLESALER", "wholesaler"}};
  for (const auto& [id, kinds] : units) {
    const std::string region = std::string_view(id) == "FAR"     ? "360102"
                               : std::string_view(id) == "BUYER" ? "360323"
                                                                 : "360302";
    w.unit(id, kinds, region);
    w.site("S-" + std::string(id), id, region, std::string_view(id) == "HOSPITAL" ? "pharmacy" : "store");
  }
  w.site("S-SELLER-2", "SELLER", "360302");
  w.site("S-SELLER-FAR", "SELLER", "360102");
  w.agency("DA-CITY", "DA", "C", "360300");
  return w;
}

void paper(World& w, std::string_view no, std::string_view kind, std::string_view holder, std::string_view substance,
           std::int64_t amount) {
  Permit row;
  row.no = no;
  row.kind = kind;
  row.issuer = "PSB";
  row.holder = holder;
  row.substances = substance;
  row.valid_from = Date::of(2026, 3, 1);
  row.valid_to = Date::of(2026, 3, 31);
  const PermitKind* known = w.rules().permit_kind(kind);
  ensure(known, "a test names a kind of paper that exists");
  row.uses = known->uses;
  w.add(row);
  if (amount > 0) {
    w.add_balance(permit_account(no), substance, "", amount);
    const std::int64_t granted = w.balance(outside::kGranted, substance);
    w.add_balance(outside::kGranted, substance, "", granted - amount);
  }
  Obligation due;
  due.id = "write-off:permit:" + row.no;
  due.party = holder;
  due.kind = due.rule = "write-off";
  due.subject = "permit:" + row.no;
  w.add(due);
}

void stock(World& w, std::string_view site, std::string_view lot, std::string_view substance, std::int64_t amount) {
  w.lot(lot, substance);
  w.add_balance(site_account(site), substance, lot, amount);
  w.add_balance(outside::kOpening, substance, lot, -amount);
  w.add(Measurement{site_account(site), std::string(lot), amount, 7, w.now()});
}

std::string quantity(std::string_view text) {
  const auto blank = text.find(' ');
  return "{'unit':'" + std::string(text.substr(blank + 1)) + "','value':'" + std::string(text.substr(0, blank)) + "'}";
}

std::string line(std::string_view lot, std::string_view amount) {
  return "{'lot':'" + std::string(lot) + "','quantity':" + quantity(amount) + "}";
}

std::string payload(Members members, const Members& changes) {
  for (const auto& [name, value] : changes) members[name] = value;
  std::string text = "{";
  for (const auto& [name, value] : members)
    if (!value.empty()) text += (text.size() > 1 ? ",'" : "'") + name + "':" + value;
  return text + "}";
}

std::string sale(const Members& changes) {
  return payload({{"sale", "'X-1'"},
                  {"buyer", "'BUYER'"},
                  {"substance", "'CN2-02'"},
                  {"quantity", quantity("10 kg")},
                  {"licence", "'TR-1'"},
                  {"permit", "'GB-1'"},
                  {"payment", "'transfer'"},
                  {"checks", "['paper-seen','identity-seen','copies-kept']"},
                  {"sold_on", "'2026-03-02'"}},
                 changes);
}

std::string dispatch(const Members& changes) {
  return payload({{"consignment", "'C-1'"},
                  {"receiver", "'BUYER'"},
                  {"from_site", "'S-SELLER'"},
                  {"to_site", "'S-BUYER'"},
                  {"lines", "[" + line("L-1", "10 kg") + "]"},
                  {"carrier", "'CARRIER'"},
                  {"vehicle", "'赣J00T01'"},
                  {"seals", "'K-17'"},
                  {"sale", "'X-1'"}},
                 changes);
}

World trade() {
  World w = market();
  stock(w, "S-SELLER", "L-1", kAnhydride, 500 * kKg);
  paper(w, "TR-1", "C2T-FILE", "SELLER", kAnhydride, 0);
  paper(w, "GB-1", "C23-BUY-N", "BUYER", kAnhydride, 100 * kKg);
  return w;
}

World on_the_road(const Members& changes) {
  World w = trade();
  ensure(does(w, "sale.record", "SELLER", sale()) == "ok", "the sale is recorded");
  ensure(does(w, "transfer.dispatch", "SELLER", dispatch(changes)) == "ok", "the goods are sent");
  return w;
}

World far_trade(std::int64_t transport) {
  World w = trade();
  paper(w, "GB-F", "C23-BUY-N", "FAR", kAnhydride, 100 * kKg);
  if (transport > 0) paper(w, "TP-1", "C2-TRAN-3", "SELLER", kAnhydride, transport);
  ensure(does(w, "sale.record", "SELLER", sale({{"buyer", "'FAR'"}, {"permit", "'GB-F'"}})) == "ok", "sold");
  return w;
}

Members far(const Members& changes) {
  Members all = {{"receiver", "'FAR'"}, {"to_site", "'S-FAR'"}, {"permit", "'TP-1'"}};
  for (const auto& [name, value] : changes) all[name] = value;
  return all;
}

std::string sends(World& w, const Members& changes) {
  return does(w, "transfer.dispatch", "SELLER", dispatch(changes));
}

namespace {

std::string unbalanced(World& w) {
  std::map<std::string, std::int64_t> sums;
  for (const auto& [key, slot] : w.facts().slots<Balance>())
    if (slot.row) sums[slot.row->substance + (is_quota_account(slot.row->account) ? " quota" : "")] += slot.row->amount;
  std::string out;
  for (const auto& [name, sum] : sums)
    if (sum != 0) out += " [" + name + " sums to " + std::to_string(sum) + "]";
  return out;
}

}  // namespace

std::string verdict(World& w, const Answer& answer) {
  return (answer.accepted() ? "ok" + answer.wrong : answer.says()) + unbalanced(w);
}

std::string does(World& w, std::string_view type, std::string_view author, std::string_view text,
                 std::vector<Signer> signers) {
  return verdict(w, w.submit(type, author, text, std::move(signers)));
}

std::vector<Signer> two(World& w, std::string_view party) { return {w.officer(party, 1), w.officer(party, 2)}; }

std::string findings(const Answer& answer) {
  std::string out;
  for (const auto& change : answer.outcome.changes<Finding>()) {
    if (change.before) continue;
    const Finding& f = change.after;
    if (!out.empty()) out += "; ";
    out += f.kind + " " + std::string(name_of(f.severity)) + " [" + std::to_string(f.lo) + "," + std::to_string(f.hi) +
           "] (" + std::to_string(f.from_index) + "," + std::to_string(f.to_index) + "] " + f.custodian;
    if (!f.vehicle.empty()) out += " " + f.vehicle;
    if (!f.seals.empty()) out += " " + f.seals;
  }
  return out;
}

}  // namespace goods
