#include <set>

#include "shared_pack.h"

using namespace registry;

TEST_CASE("permits: every kind names issuer, validity, rule, article and a tag", "[rules][permits]") {
  const std::set<std::string> roles = {"PS", "DA", "EM", "CO", "HC", "CU", "MR"}, levels = {"N", "P", "C", "X"};
  const std::set<std::string> tags = {"S", "S2", "M", "L", "D"};
  for (const PermitKind& k : pack().permit_kinds()) {
    CAPTURE(k.code);
    CHECK(roles.count(k.issuer_role) == 1);
    CHECK(levels.count(k.issuer_level) == 1);
    CHECK(k.months_max > 0);
    CHECK_FALSE(k.rule.empty());
    CHECK_FALSE(k.article.empty());
    CHECK(tags.count(k.confidence) == 1);
    CHECK_FALSE(k.name_zh.empty());
    CHECK_FALSE(k.name_en.empty());
    CHECK_FALSE(k.classes.empty());
  }
}

TEST_CASE("permits: what is used up has a quantity, what stands has none", "[rules][permits]") {
  for (const PermitKind& k : pack().permit_kinds()) {
    CAPTURE(k.code);
    CHECK(k.quantity_bound == (k.uses != PermitUses::standing));
  }
}

TEST_CASE("permits: every act and class has the papers the law names", "[rules][permits]") {
  struct Case {
    PermitPurpose purpose;
    const char *substance, *kinds;
  };
  const char *pharma = "CN1-12a", *other = "CN1-01", *two = "CN2-02", *three = "CN3-01";
  using P = PermitPurpose;
  for (const Case& c : {
           Case{P::produce, pharma, "C1P-PROD"},
           Case{P::produce, other, "C1-PROD"},
           Case{P::produce, two, "C2P-FILE"},
           Case{P::produce, three, "C3P-FILE"},
           Case{P::trade, pharma, "C1P-TRADE"},
           Case{P::trade, other, "C1-TRADE"},
           Case{P::trade, two, "C2T-FILE"},
           Case{P::trade, three, "C3T-FILE"},
           Case{P::purchase, pharma, "C1P-BUY"},
           Case{P::purchase, other, "C1-BUY"},
           Case{P::purchase, two, "C23-BUY-1, C23-BUY-N"},
           Case{P::purchase, three, "C23-BUY-1, C23-BUY-N"},
           Case{P::transport, pharma, "C1-TRAN"},
           Case{P::transport, other, "C1-TRAN"},
           Case{P::transport, two, "C2-TRAN-3, C2-TRAN-12"},
           Case{P::transport, three, "C3-TRAN-3, C3-TRAN-12"},
           Case{P::import_goods, pharma, "IMP"},
           Case{P::import_goods, two, "IMP"},
           Case{P::export_goods, other, "EXP"},
           Case{P::export_goods, three, "EXP"},
           Case{P::hold, three, ""},
           Case{P::produce, "N-18", "NP-PROD"},
           Case{P::trade, "P2-24", "NP-TRADE"},
           Case{P::purchase, "N-18", "NP-PROD, NP-TRADE, YJK"},
           Case{P::purchase, "P1-07", "NP-PROD, NP-TRADE, YJK"},
           Case{P::purchase, "P2-24", ""},
           Case{P::transport, "N-18", "NP-TRAN"},
           Case{P::transport, "P2-24", ""},
           Case{P::import_goods, "P2-24", "IMP-DRUG"},
           Case{P::export_goods, "N-18", "EXP-DRUG"},
           Case{P::hold, "P1-07", "YJK"},
       }) {
    CAPTURE(c.substance, c.kinds);
    CHECK(pack().kinds_for(c.purpose, substance(c.substance)) == c.kinds);
    CHECK(pack().needs_permit(c.purpose, substance(c.substance)) == (c.kinds[0] != '\0'));
  }
}

TEST_CASE("permits: purchase and transport papers end as the law says", "[rules][permits]") {
  struct Case {
    const char *code, *role, *level;
    int months;
    PermitUses uses;
  };
  for (const Case& c : {
           Case{"C1-BUY", "PS", "P", 1, PermitUses::once},
           Case{"C1P-BUY", "DA", "C", 3, PermitUses::once},
           Case{"C23-BUY-1", "PS", "X", 1, PermitUses::once},
           Case{"C23-BUY-N", "PS", "X", 6, PermitUses::multi},
           Case{"C1-TRAN", "PS", "C", 1, PermitUses::once},
           Case{"C2-TRAN-3", "PS", "X", 3, PermitUses::multi},
           Case{"C3-TRAN-12", "PS", "X", 12, PermitUses::multi},
           Case{"C1-PROD", "EM", "P", 36, PermitUses::standing},
           Case{"C3T-FILE", "EM", "X", 36, PermitUses::standing},
           Case{"YJK", "HC", "C", 36, PermitUses::standing},
           Case{"NP-TRAN", "DA", "C", 12, PermitUses::multi},
           Case{"IMP-DRUG", "DA", "N", 12, PermitUses::once},
       }) {
    CAPTURE(c.code);
    CHECK(kind(c.code).issuer_role == c.role);
    CHECK(kind(c.code).issuer_level == c.level);
    CHECK(kind(c.code).months_max == c.months);
    CHECK(kind(c.code).uses == c.uses);
  }
  CHECK(kind("NP-TRAN").within_calendar_year);
  CHECK_FALSE(kind("C2-TRAN-12").within_calendar_year);
  CHECK(pack().permit_kind("C9-BUY") == nullptr);
}

TEST_CASE("exemptions: a seal card stands for the purchase licence of pharmaceutical precursors only",
          "[rules][permits]") {
  const Exemption* card = pack().exemption("EX-16");
  REQUIRE(card);
  CHECK(card->instead == "YJK");
  CHECK(pack().covers(*card, PermitPurpose::purchase, substance("CN1-12a")));
  CHECK_FALSE(pack().covers(*card, PermitPurpose::transport, substance("CN1-12a")));
  CHECK_FALSE(pack().covers(*card, PermitPurpose::purchase, substance("CN1-01")));
  CHECK_FALSE(pack().covers(*card, PermitPurpose::purchase, substance("CN2-02")));
}

TEST_CASE("exemptions: 5 kg of potassium permanganate at a time and 50 kg a year, for persons", "[rules][permits]") {
  const Exemption* small = pack().exemption("EX-17");
  REQUIRE(small);
  CHECK(small->once_max == 5'000'000);
  CHECK(small->year_max == 50'000'000);
  CHECK(small->holder_kinds == std::vector<std::string>{"person"});
  CHECK(pack().covers(*small, PermitPurpose::purchase, substance("CN3-04")));
  CHECK_FALSE(pack().covers(*small, PermitPurpose::purchase, substance("CN3-05")));
  CHECK(pack().exemption("EX-99") == nullptr);
}

TEST_CASE("exemptions: the paper that stands in is a known kind", "[rules][permits]") {
  for (const Exemption& e : pack().exemptions()) {
    CAPTURE(e.id);
    CHECK((e.instead.empty() || pack().permit_kind(e.instead)));
    for (const std::string& code : e.substances) CHECK(pack().covers(e, e.waives, substance(code)));
  }
}
