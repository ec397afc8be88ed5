#include "tests/unit/views/filled_store.h"

#include "registry/domain/account.h"
#include "registry/store/sqlite/sqlite_store.h"

namespace views {
namespace {

using namespace registry;

constexpr std::int64_t kAtOnce = 2'000;

std::string id(const char* prefix, std::int64_t n) { return prefix + std::to_string(1'000'000 + n); }

struct Rows {
  std::vector<Party> parties;
  std::vector<Site> sites;
  std::vector<Permit> permits;
  std::vector<PermitLine> permit_lines;
  std::vector<Lot> lots;
  std::vector<Balance> balances;
  std::vector<Measurement> measurements;
  std::vector<Sale> sales;
  std::vector<Consignment> consignments;
  std::vector<ConsignmentLine> lines;
  std::vector<Obligation> obligations;
  std::vector<Finding> findings;
};

void add_party(Rows& out, std::int64_t n) {
  Party party;
  party.id = id("P-", n);
  party.name = "单位 " + std::to_string(n);
  party.kinds = n % 3 ? "user" : "producer,trader";
  party.region = n % 2 ? "360302" : "110101";
  party.status = n % 5 ? PartyStatus::verified : PartyStatus::registered;
  party.registered = n;
  out.parties.push_back(party);
  out.sites.push_back({id("S-", n), party.id, "库", "store", party.region, "路", n});
}

void add_permit(Rows& out, std::int64_t n, const std::string& holder) {
  Permit permit;
  permit.no = id("B-", n);
  permit.kind = n % 2 ? "C23-BUY-N" : "C2-TRAN-12";
  permit.holder = holder;
  permit.substances = "CN2-02";
  permit.valid_from = Date::of(2026, 1, 1);
  permit.valid_to = n % 4 ? Date::of(2026, 12, 31) : Date::of(2026, 2, 1);
  permit.status = n % 10 ? PermitStatus::issued : PermitStatus::closed;
  permit.issued = n;
  out.permits.push_back(permit);
  out.permit_lines.push_back({permit.no, "CN2-02", 1'000});
  out.balances.push_back({permit_account(permit.no), "CN2-02", "", 600});
  out.balances.push_back({used_account(permit.no), "CN2-02", "", 400});
}

void add_movement(Rows& out, std::int64_t n, const std::string& from, const std::string& to, std::int64_t parties) {
  Sale sale;
  sale.id = id("SALE-", n);
  sale.seller = from, sale.buyer = to, sale.substance = "CN2-02";
  sale.amount = 1'000, sale.seq = 3 * n;
  sale.state = n % 2 ? SaleState::delivered : SaleState::confirmed;
  out.sales.push_back(sale);
  Consignment head;
  head.id = id("C-", n);
  head.sender = from, head.receiver = to, head.carrier = id("P-", n * 7 % parties), head.sale = sale.id;
  head.lines = 1, head.dispatched = 3 * n + 1;
  head.state = n % 2 ? ConsignmentState::accepted : ConsignmentState::dispatched;
  if (n % 2) head.counted = head.settled = 3 * n + 2;
  out.consignments.push_back(head);
  out.lines.push_back({head.id, "001", id("LOT-", n / 10), "CN2-02", 1'000, kNone, n % 2 ? 1'000 : kNone});
  if (n % 2 == 0) out.balances.push_back({transit_account(head.id), "CN2-02", id("LOT-", n / 10), 1'000});
}

void add_duties(Rows& out, std::int64_t n, const std::string& party) {
  Obligation duty;
  duty.id = "receive:consignment:" + id("C-", n);
  duty.party = party, duty.kind = duty.rule = "receive", duty.subject = "consignment:" + id("C-", n);
  duty.due = UtcTime{1'000'000 + n * 1'000};
  duty.opened = 3 * n + 1;
  if (n % 2) duty.closed = 3 * n + 2;
  out.obligations.push_back(duty);
  if (n % 10) return;
  Finding finding;
  finding.id = "F-" + std::to_string(3 * n + 2) + "-1";
  finding.kind = finding.rule = "loss-in-transit";
  finding.party = finding.custodian = party, finding.subject = duty.subject, finding.substance = "CN2-02";
  finding.severity = n % 20 ? Severity::medium : Severity::high;
  finding.state = n % 30 ? FindingState::open : FindingState::closed;
  finding.opened = 3 * n + 2;
  out.findings.push_back(finding);
}

Rows rows(std::int64_t from, std::int64_t to, std::int64_t scale) {
  Rows out;
  const std::int64_t parties = std::max<std::int64_t>(scale / 10, 10);
  for (std::int64_t n = from; n < to; ++n) {
    const std::string seller = id("P-", n % parties), buyer = id("P-", (n + 1) % parties);
    if (n < parties) add_party(out, n);
    if (n % 10 == 0) {
      out.lots.push_back({id("LOT-", n / 10), n % 20 ? "CN2-02" : "CN3-01", seller, "", 1'000'000, Date{}, 3 * n});
      out.balances.push_back({site_account(id("S-", n % parties)), "CN2-02", id("LOT-", n / 10), 5'000});
      out.measurements.push_back({site_account(id("S-", n % parties)), id("LOT-", n / 10), 5'000, n, UtcTime{n}});
    }
    if (n % 5 == 0) add_permit(out, n, buyer);
    add_movement(out, n, seller, buyer, parties);
    add_duties(out, n, buyer);
  }
  return out;
}

void store(AppendTx& tx, const Rows& out) {
  put(tx, out.parties), put(tx, out.sites), put(tx, out.permits), put(tx, out.permit_lines), put(tx, out.lots);
  put(tx, out.balances), put(tx, out.measurements), put(tx, out.sales), put(tx, out.consignments);
  put(tx, out.lines), put(tx, out.obligations), put(tx, out.findings);
}

}  // namespace

std::unique_ptr<Store> filled_store(std::int64_t scale) {
  auto made = SqliteStore::scratch();
  for (std::int64_t from = 0; from < scale; from += kAtOnce) {
    auto tx = made->begin_append();
    store(*tx, rows(from, std::min(from + kAtOnce, scale), scale));
    tx->commit();
  }
  return made;
}

}  // namespace views
