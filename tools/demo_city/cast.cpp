#include "tools/demo_city/cast.h"

#include <stdexcept>

namespace tools {
namespace {

using crypto::Suite;

constexpr AgencyCard kAgencies[] = {
    {"ps-jiangxi", "江西省公安厅", "Jiangxi public security", "PS", "P", "360000"},
    {"ps-pingxiang", "萍乡市公安局", "Pingxiang public security", "PS", "C", "360300"},
    {"ps-anyuan", "萍乡市公安局安源分局", "Anyuan public security", "PS", "X", "360302"},
    {"ps-xiangdong", "萍乡市公安局湘东分局", "Xiangdong public security", "PS", "X", "360313"},
    {"ps-lianhua", "莲花县公安局", "Lianhua public security", "PS", "X", "360321"},
    {"ps-shangli", "上栗县公安局", "Shangli public security", "PS", "X", "360322"},
    {"ps-luxi", "芦溪县公安局", "Luxi public security", "PS", "X", "360323"},
    {"ps-yuelu", "长沙市公安局岳麓分局", "Yuelu public security, Changsha", "PS", "X", "430104"},
    {"ps-xinjian", "南昌市公安局新建分局", "Xinjian public security, Nanchang", "PS", "X", "360112"},
    {"em-jiangxi", "江西省应急管理厅", "Jiangxi emergency management", "EM", "P", "360000"},
    {"em-pingxiang", "萍乡市应急管理局", "Pingxiang emergency management", "EM", "C", "360300"},
    {"da-jiangxi", "江西省药品监督管理局", "Jiangxi drug administration", "DA", "P", "360000"},
    {"da-pingxiang", "萍乡市市场监督管理局（药品）", "Pingxiang drug administration", "DA", "C", "360300"},
    {"hc-pingxiang", "萍乡市卫生健康委员会", "Pingxiang health commission", "HC", "C", "360300"},
    {"co-jiangxi", "江西省商务厅", "Jiangxi commerce", "CO", "P", "360000"},
    {"cu-nanchang", "南昌海关", "Nanchang customs", "CU", "C", "360100"},
};

constexpr UnitCard kUnits[] = {
    {"antai-chem", "萍乡市安泰化工有限公司", "Antai Chemical", "producer", "91360302MA770HY85A", "360302",
     "安源区后埠街工业一路3号", "plant", Suite::p256_sha256},
    {"yongning-acid", "上栗县永宁硫酸有限公司", "Yongning Acid Works", "producer", "91360322MABQUL7L8P", "360322",
     "上栗县金山镇新村18号", "plant", Suite::ed25519_sha256},
    {"fangyuan-aroma", "芦溪县芳源香料有限公司", "Fangyuan Aroma", "producer", "91360323MA80XQQW8T", "360323",
     "芦溪县工业园区兴业路9号", "plant", Suite::sm2_sm3},
    {"ganjiang-pharma", "江西赣江制药股份有限公司", "Ganjiang Pharma, Nanchang", "producer", "91360112MAFJ7ERY0Q",
     "360112", "南昌市新建区长堎工业园2号", "plant", Suite::sm2_sm3},
    {"anyuan-reagents", "萍乡市安源化学试剂有限公司", "Anyuan Reagents", "trader", "91360302MALYFG785G", "360302",
     "安源区跃进南路66号", "store", Suite::ed25519_sha256},
    {"xiangdong-chem", "萍乡市湘东化工贸易有限公司", "Xiangdong Chemicals", "trader", "91360313MAJ24AFX6F", "360313",
     "湘东区峡山口街滨河路5号", "store", Suite::ed25519_sha256},
    {"huaxin-changsha", "长沙华鑫化工有限公司", "Huaxin Chemical, Changsha", "trader", "91430104MAG6DXKU60", "430104",
     "长沙市岳麓区坪塘街道88号", "store", Suite::p256_sha256},
    {"ganxi-trade", "江西赣西进出口有限公司", "Ganxi Import & Export", "exporter,importer,trader", "91360313MA6F7N3202",
     "360313", "湘东区陶瓷产业基地1号", "yard", Suite::p256_sha256},
    {"lianhua-dye", "莲花县荷塘染料有限公司", "Lianhua Dyes", "user", "91360321MAM6M3T85M", "360321",
     "莲花县琴亭镇工业园7号", "store", Suite::ed25519_sha256},
    {"jinshan-fireworks", "上栗县金山烟花制造有限公司", "Jinshan Fireworks", "user", "91360322MA8X7Y0Y82", "360322",
     "上栗县金山镇花炮路21号", "store", Suite::ed25519_sha256},
    {"luxi-ceramics", "芦溪县电瓷制造有限公司", "Luxi Electroceramics", "user", "91360323MAJJA9A13W", "360323",
     "芦溪县芦溪镇电瓷路30号", "store", Suite::ed25519_sha256},
    {"pingxiang-college", "萍乡学院化学实验中心", "Pingxiang College laboratory", "user", "12360302814670678F",
     "360302", "安源区萍安北大道211号", "store", Suite::ed25519_sha256},
    {"xiangdong-flavour", "湘东区香精香料厂", "Xiangdong Flavours", "user", "91360313MA8NA56G3M", "360313",
     "湘东区下埠镇长红路4号", "store", Suite::sm2_sm3},
    {"city-hospital", "萍乡市人民医院", "Pingxiang People's Hospital", "hospital", "123603021385400014", "360302",
     "安源区武功山中大道8号", "pharmacy", Suite::sm2_sm3},
    {"ganxi-medicine", "江西赣西医药有限公司", "Ganxi Medicine wholesale", "wholesaler", "91360302MAYUN20K35", "360302",
     "安源区安源大道12号", "store", Suite::sm2_sm3},
    {"anyuan-freight", "萍乡市安源危货运输有限公司", "Anyuan Freight", "carrier", "91360302MAR06Q0C9Y", "360302",
     "安源区高坑镇物流园1号", nullptr, Suite::ed25519_sha256},
    {"xiangdong-haulage", "湘东区顺达危货运输有限公司", "Shunda Haulage", "carrier", "91360313MAEKU5LL6K", "360313",
     "湘东区排上镇公路街9号", nullptr, Suite::ed25519_sha256},
};

constexpr GoodCard kGoods[] = {
    {"CN1-03", "胡椒醛", "Piperonal", true, false, false},
    {"CN1-12a", "麻黄素", "Ephedrine", true, false, false},
    {"CN2-02", "醋酸酐", "Acetic anhydride", false, false, true},
    {"CN2-03", "三氯甲烷", "Chloroform", false, false, true},
    {"CN2-04", "乙醚", "Diethyl ether", false, false, true},
    {"CN3-01", "甲苯", "Toluene", false, false, true},
    {"CN3-02", "丙酮", "Acetone", false, false, true},
    {"CN3-04", "高锰酸钾", "Potassium permanganate", false, false, false},
    {"CN3-05", "硫酸", "Sulfuric acid", false, false, true},
    {"CN3-06", "盐酸", "Hydrochloric acid", false, false, true},
    {"N-18", "吗啡", "Morphine", true, true, false},
    {"P1-07", "氯胺酮", "Ketamine", true, true, false},
};

template <class T>
const T& find(std::span<const T> cards, const char* T::*member, std::string_view id) {
  for (const T& card : cards)
    if (card.*member == id) return card;
  throw std::logic_error("nobody and nothing in the demo is called " + std::string(id));
}

}  // namespace

std::span<const AgencyCard> agencies() { return kAgencies; }
std::span<const UnitCard> units() { return kUnits; }
std::span<const GoodCard> goods() { return kGoods; }
const UnitCard& unit(std::string_view id) { return find<UnitCard>(kUnits, &UnitCard::id, id); }
const GoodCard& good(std::string_view code) { return find<GoodCard>(kGoods, &GoodCard::code, code); }

std::string_view county_police(std::string_view region) {
  for (const AgencyCard& agency : kAgencies)
    if (region == agency.region && std::string_view(agency.role) == "PS") return agency.id;
  throw std::logic_error("no county police in " + std::string(region));
}

std::string store_of(std::string_view unit) { return std::string(unit) + "-1"; }

const char* second_store_kind(std::string_view unit) {
  if (unit == "city-hospital") return "ward";
  return unit == "lianhua-dye" || unit == "anyuan-reagents" ? "plant" : nullptr;
}
std::string second_store_of(std::string_view unit) { return std::string(unit) + "-2"; }

Json quantity(std::string_view substance, Milli amount) {
  std::string value = std::to_string(amount / 1000);
  if (amount % 1000 != 0) {
    std::string rest = std::to_string(1000 + amount % 1000).substr(1);
    rest.erase(rest.find_last_not_of('0') + 1);
    (value += '.') += rest;
  }
  return {{"unit", good(substance).medicine ? "g" : "kg"}, {"value", value}};
}

bool needs_road_paper(std::string_view from, std::string_view to) {
  if (from == to) return false;
  return from.substr(0, 4) != to.substr(0, 4) || from == kKeyArea || to == kKeyArea;
}

}  // namespace tools
