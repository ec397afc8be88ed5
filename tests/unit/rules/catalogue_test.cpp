#include <algorithm>
#include <set>

#include "registry/domain/codes.h"
#include "shared_pack.h"

using namespace registry;

namespace {

std::size_t rows_of(std::string_view cls) {
  const auto all = pack().substances();
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& s) { return s.cls == cls; }));
}

/// CN1-12a to CN1-12g are one item of the law.
std::size_t legal_items() {
  std::set<std::string> items;
  for (const Substance& s : pack().substances())
    if (!s.is_medicine()) items.insert(s.code.substr(0, 6));
  return items.size();
}

}  // namespace

TEST_CASE("catalogue: 47 legal precursor items in 53 rows and 128 medicines", "[rules][catalogue]") {
  CHECK(rows_of("1") + rows_of("2") + rows_of("3") == 53);
  CHECK(legal_items() == 47);
  CHECK(rows_of("N") == 32);
  CHECK(rows_of("P1") == 18);
  CHECK(rows_of("P2") == 79);
}

TEST_CASE("catalogue: every CAS number passes its check digit", "[rules][catalogue]") {
  for (const Substance& s : pack().substances()) {
    CAPTURE(s.code, s.cas);
    CHECK((s.cas.empty() || check_cas(s.cas) == CodeCheck::ok));
  }
}

TEST_CASE("catalogue: names with commas and Chinese names are read whole", "[rules][catalogue]") {
  CHECK(substance("CN1-02").name_zh == "3,4-亚甲基二氧苯基-2-丙酮");
  CHECK(substance("CN1-02").name_en == "3,4-Methylenedioxyphenyl-2-propanone (3,4-MDP-2-P)");
  CHECK(substance("CN2-02").name_zh == "醋酸酐");
  CHECK(pack().substance("CN9-01") == nullptr);
  CHECK(pack().substance("") == nullptr);
}

TEST_CASE("catalogue: medicines are booked in micrograms, precursors in milligrams", "[rules][catalogue]") {
  for (const Substance& s : pack().substances()) CHECK(s.unit == (s.is_medicine() ? BaseUnit::ug : BaseUnit::mg));
  CHECK(substance("CN1-12a").pharma);
  CHECK_FALSE(substance("CN1-01").pharma);
}

TEST_CASE("catalogue: a listing holds from its day on", "[rules][catalogue]") {
  const Substance& ap = substance("CN2-12");
  CHECK_FALSE(pack().in_force(ap, Date::of(2024, 8, 31)));
  CHECK(pack().in_force(ap, Date::of(2024, 9, 1)));
  CHECK(pack().in_force(substance("N-18"), Date::of(2020, 1, 1)));
}

TEST_CASE("regions: the districts of Pingxiang are known", "[rules][regions]") {
  for (const char* code : {"360302", "360313", "360321", "360322", "360323"}) {
    CAPTURE(code);
    REQUIRE(pack().region(code));
    CHECK(pack().region(code)->prefecture == "萍乡市");
    CHECK(pack().region(code)->province == "江西省");
    CHECK(pack().region(code)->to_year == 9999);
  }
  CHECK(pack().region("360300")->level == "地级");
  CHECK(pack().region("000000")->name == "全国");
  for (const char* code : {"360399", "360301", "36030", "", "3603020"}) CHECK(pack().region(code) == nullptr);
}

TEST_CASE("regions: a code with an older name gives the present one", "[rules][regions]") {
  CHECK(pack().region("360302")->name == "安源区");
  CHECK(pack().region("360311")->to_year == 1997);
}

TEST_CASE("regions: a transport paper is asked for across a prefecture border, and at key counties",
          "[rules][regions]") {
  struct Case {
    const char *from, *to, *key_areas;
    bool crosses;
  };
  for (const Case& c : {
           Case{"360302", "360302", "", false},
           Case{"360302", "360321", "", false},
           Case{"360302", "360321", "360321", true},
           Case{"360302", "360321", "360313,360302", true},
           Case{"360302", "360321", "360313", false},
           Case{"360321", "360321", "360321", false},
           Case{"360302", "360502", "", true},
           Case{"360302", "430224", "", true},
           Case{"360300", "360302", "", false},
           Case{"310101", "310115", "", false},
           Case{"500101", "500230", "", false},
           Case{"110101", "120101", "", true},
           Case{"429004", "429005", "", true},
           Case{"429004", "429004", "", false},
       }) {
    CAPTURE(c.from, c.to, c.key_areas);
    CHECK(pack().crosses_border(c.from, c.to, c.key_areas, Date::of(2026, 3, 2)) == c.crosses);
    CHECK(pack().crosses_border(c.to, c.from, c.key_areas, Date::of(2026, 3, 2)) == c.crosses);
  }
}

TEST_CASE("regions: a county lies in its city, its province and the country", "[rules][regions]") {
  for (const char* root : {"360302", "360300", "360000", "000000"}) CHECK(RulePack::lies_in("360302", root));
  for (const char* root : {"360303", "360500", "430000"}) CHECK_FALSE(RulePack::lies_in("360302", root));
  CHECK_FALSE(RulePack::lies_in("360300", "360302"));
}
