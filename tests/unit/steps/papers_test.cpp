#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "goods.h"
#include "registry/domain/account.h"
#include "registry/rules/csv.h"

// The table of papers.csv: act, class, border, state of the paper, and the rule that the law leads to.
namespace goods {
namespace {

struct Row {
  std::string act, cls, border, paper, other_kind, state;
};

struct Goods {
  const char *cls, *substance, *other, *seller, *licence, *buyer, *buys;
};
constexpr Goods kGoods[] = {
    {"1", "CN1-03", "CN1-04", "SELLER", "C1-TRADE", "BUYER", "C1-BUY"},
    {"1P", "CN1-12a", "CN1-12b", "MAKER", "C1P-PROD", "BUYER", "C1P-BUY"},
    {"2", "CN2-02", "CN2-01", "SELLER", "C2T-FILE", "BUYER", "C23-BUY-N"},
    {"3", "CN3-02", "CN3-01", "SELLER", "C3T-FILE", "BUYER", "C23-BUY-1"},
    {"N", "N-18", "N-13", "WHOLESALER", "NP-TRADE", "HOSPITAL", "YJK"},
    {"P1", "P1-07", "P1-11", "WHOLESALER", "NP-TRADE", "HOSPITAL", "YJK"},
    {"P2", "P2-24", "P2-02", "WHOLESALER", "NP-TRADE", "HOSPITAL", ""},
    {"NP", "NP-001", "NP-002", "LAB", "NPR-UNIT", "LAB-2", "NPR-ITEM"},
};

const Goods& goods_of(const std::string& cls) {
  for (const Goods& each : kGoods)
    if (cls == each.cls) return each;
  FAIL("no class " << cls);
  return kGoods[0];
}

constexpr std::int64_t kSold = 10, kEnough = 1'000;

std::string amount(std::string_view substance, std::int64_t grams) {
  return quantity(std::to_string(grams) + (substance[0] == 'C' ? " kg" : " g"));
}
std::int64_t base(std::int64_t grams) { return grams * kKg; }

bool is_standing(const World& w, std::string_view kind) {
  return w.rules().permit_kind(kind)->uses == PermitUses::standing;
}

/// The paper P-1 in its state; nothing for "absent" and "unknown".
void lay(World& w, const Row& row, const std::string& holder, const Goods& goods) {
  if (row.state == "absent" || row.state == "unknown") return;
  const bool is_other_kind = row.state == "wrong-kind";
  const std::string kind = is_other_kind ? row.other_kind : row.paper;
  const std::int64_t granted = row.state == "exhausted" ? base(kSold) - 1 : base(kEnough);
  paper(w, "P-1", kind, row.state == "wrong-party" ? "CARRIER" : holder,
        row.state == "wrong-substance" ? goods.other : goods.substance, is_standing(w, kind) ? 0 : granted);
  edit(w, "P-1", [&](Permit& p) {
    if (row.state == "expired") p.valid_to = w.today().plus_days(-1);
    if (row.state == "not-yet") p.valid_from = w.today().plus_days(1);
    if (row.state == "first-day") p.valid_from = w.today();
    if (row.state == "last-day") p.valid_to = w.today();
    if (row.state == "revoked") p.status = PermitStatus::revoked;
    if (row.state == "suspended") p.status = PermitStatus::suspended;
    if (row.state == "closed") p.status = PermitStatus::closed;
    if (row.state == "lost") p.status = PermitStatus::lost;
  });
  if (row.state == "used") {
    w.add_balance(held_account("P-1"), goods.substance, "", 1);
    w.add_balance(permit_account("P-1"), goods.substance, "", base(kEnough) - 1);
  }
}

World place() {
  World w = market();
  for (const char* lab : {"LAB", "LAB-2"}) {
    w.unit(lab, "research,user", "360302");
    w.site("S-" + std::string(lab), lab, "360302");
  }
  return w;
}

std::string named(const Row& row) { return row.state == "absent" ? "" : "'P-1'"; }

/// What becomes of a move between two sites of one unit: the transport paper alone decides.
std::string moves(const Row& row) {
  World w = place();
  const Goods& goods = goods_of(row.cls);
  const std::string owner = goods.seller, from = "S-" + owner;
  const std::string region = row.border == "same-county"                                  ? "360302"
                             : row.border == "other-county" || row.border == "key-county" ? "360323"
                             : row.border == "other-city"                                 ? "360502"
                                                                                          : "430224";
  w.site("S-TO", owner, region);
  if (row.border == "key-county") w.add(Setting{"key_areas", "360323@2026-01-01..2026-12-31", 1});
  stock(w, from, "L-9", goods.substance, base(kEnough));
  lay(w, row, owner, goods);
  const Answer answer =
      w.submit("transfer.dispatch", owner,
               payload({{"consignment", "'C-9'"},
                        {"receiver", "'" + owner + "'"},
                        {"from_site", "'" + from + "'"},
                        {"to_site", "'S-TO'"},
                        {"lines", "[{'lot':'L-9','quantity':" + amount(goods.substance, kSold) + "}]"},
                        {"permit", named(row)}}),
               two(w, owner));
  return answer.refusal ? answer.refusal->rule + answer.wrong : "ok" + answer.wrong;
}

/// What becomes of a sale; the paper of the row is the buyer's, or the seller's licence.
std::string sells(const Row& row) {
  World w = place();
  const Goods& goods = goods_of(row.cls);
  const bool is_buying = row.act == "buy";
  lay(w, row, is_buying ? goods.buyer : goods.seller, goods);
  if (is_buying) paper(w, "LIC", goods.licence, goods.seller, goods.substance, 0);
  const std::string_view buys = goods.buys;
  if (!is_buying) paper(w, "BUY", buys, goods.buyer, goods.substance, is_standing(w, buys) ? 0 : base(kEnough));
  const Answer answer = w.submit("sale.record", goods.seller,
                                 payload({{"sale", "'X-9'"},
                                          {"buyer", "'" + std::string(goods.buyer) + "'"},
                                          {"substance", "'" + std::string(goods.substance) + "'"},
                                          {"quantity", amount(goods.substance, kSold)},
                                          {"licence", is_buying ? "'LIC'" : named(row)},
                                          {"permit", is_buying ? named(row) : "'BUY'"},
                                          {"payment", "'transfer'"},
                                          {"checks", "['paper-seen','identity-seen','copies-kept']"},
                                          {"sold_on", "'2026-03-02'"}}));
  return answer.refusal ? answer.refusal->rule + answer.wrong : "ok" + answer.wrong;
}

CsvTable table() {
  std::ifstream in(std::string(TALLYSTICK_SOURCE_DIR) + "/tests/unit/steps/papers.csv");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return CsvTable::parse("papers.csv", text);
}

}  // namespace

TEST_CASE("papers: who needs which paper, and in which state it serves", "[steps][papers]") {
  const CsvTable rows = table();
  CHECK(rows.rows() >= 700);
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const Row row{rows.at(i, "act"),   rows.at(i, "class"),      rows.at(i, "border"),
                  rows.at(i, "paper"), rows.at(i, "other_kind"), rows.at(i, "state")};
    CAPTURE(i + 2, row.act, row.cls, row.border, row.paper, row.state, rows.at(i, "law"));
    CHECK((row.act == "move" ? moves(row) : sells(row)) == rows.at(i, "expected"));
  }
}

}  // namespace goods
