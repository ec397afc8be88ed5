#include "tools/demo_city/trades.h"

namespace tools {
namespace {

constexpr const char *kAnyuanFreight = "anyuan-freight", *kHaulage = "xiangdong-haulage";

constexpr Trade kTrades[] = {
    {"antai-chem", "anyuan-reagents", "CN2-02", 300'000, 600'000, 2, 0, nullptr, Buying::multi},
    {"antai-chem", "lianhua-dye", "CN2-02", 100'000, 200'000, 2, 1, kAnyuanFreight, Buying::multi},
    {"yongning-acid", "xiangdong-chem", "CN3-05", 3'000'000, 5'000'000, 2, 0, kHaulage, Buying::multi},
    {"yongning-acid", "luxi-ceramics", "CN3-05", 900'000, 1'800'000, 1, 0, kHaulage, Buying::multi},
    {"yongning-acid", "luxi-ceramics", "CN3-06", 500'000, 900'000, 2, 1, kHaulage, Buying::multi},
    {"yongning-acid", "lianhua-dye", "CN3-05", 800'000, 1'500'000, 2, 0, kHaulage, Buying::multi},
    {"fangyuan-aroma", "xiangdong-flavour", "CN1-03", 5'000, 10'000, 3, 1, nullptr, Buying::once},
    {"ganjiang-pharma", "ganxi-medicine", "N-18", 20'000, 40'000, 5, 1, kHaulage, Buying::standing},
    {"ganjiang-pharma", "ganxi-medicine", "P1-07", 20'000, 40'000, 5, 2, kHaulage, Buying::standing},
    {"ganjiang-pharma", "ganxi-medicine", "CN1-12a", 300, 900, 6, 3, kHaulage, Buying::once},
    {"anyuan-reagents", "huaxin-changsha", "CN3-02", 400'000, 800'000, 2, 0, kAnyuanFreight, Buying::multi},
    {"anyuan-reagents", "lianhua-dye", "CN3-01", 500'000, 900'000, 1, 0, kAnyuanFreight, Buying::multi},
    {"anyuan-reagents", "pingxiang-college", "CN3-02", 5'000, 10'000, 2, 0, nullptr, Buying::multi},
    {"anyuan-reagents", "pingxiang-college", "CN2-03", 2'000, 5'000, 3, 0, nullptr, Buying::once},
    {"anyuan-reagents", "pingxiang-college", "CN2-04", 2'000, 5'000, 3, 2, nullptr, Buying::multi},
    {"anyuan-reagents", "jinshan-fireworks", "CN3-02", 50'000, 100'000, 1, 0, nullptr, Buying::multi},
    {"anyuan-reagents", "xiangdong-flavour", "CN3-02", 30'000, 60'000, 2, 0, nullptr, Buying::multi},
    {"anyuan-reagents", "ganxi-trade", "CN3-02", 900'000, 1'200'000, 5, 3, kAnyuanFreight, Buying::multi},
    {"xiangdong-chem", "jinshan-fireworks", "CN3-04", 50'000, 100'000, 1, 0, nullptr, Buying::multi},
    {"xiangdong-chem", "pingxiang-college", "CN3-05", 5'000, 10'000, 3, 1, nullptr, Buying::once},
    {"ganxi-trade", "anyuan-reagents", "CN3-01", 2'000'000, 4'000'000, 3, 0, kHaulage, Buying::multi},
    {"ganxi-trade", "xiangdong-chem", "CN3-04", 300'000, 500'000, 4, 2, nullptr, Buying::multi},
    {"ganxi-medicine", "city-hospital", "N-18", 4'000, 8'000, 1, 0, nullptr, Buying::standing},
    {"ganxi-medicine", "city-hospital", "P1-07", 4'000, 8'000, 2, 0, nullptr, Buying::standing},
    {"ganxi-medicine", "city-hospital", "CN1-12a", 20, 60, 3, 1, nullptr, Buying::exempt},
};

constexpr Trade kAnhydride{"antai-chem",   "huaxin-changsha", "CN2-02", 25'000, 40'000, 0, 0,
                           kAnyuanFreight, Buying::multi};
constexpr Trade kPermanganate{"xiangdong-chem", "jinshan-fireworks", "CN3-04", 50'000, 100'000, 0, 0,
                              kHaulage,         Buying::multi};

constexpr Usage kUsages[] = {
    {"lianhua-dye", "CN3-01", 350'000, 600'000, 1, "染料合成溶剂"},
    {"lianhua-dye", "CN3-05", 400'000, 700'000, 1, "磺化反应"},
    {"lianhua-dye", "CN2-02", 50'000, 100'000, 1, "乙酰化反应"},
    {"jinshan-fireworks", "CN3-02", 30'000, 60'000, 1, "粘合剂配制"},
    {"jinshan-fireworks", "CN3-04", 40'000, 70'000, 1, "氧化剂配料"},
    {"luxi-ceramics", "CN3-05", 600'000, 1'100'000, 1, "瓷件酸洗"},
    {"luxi-ceramics", "CN3-06", 200'000, 400'000, 2, "镀前活化"},
    {"pingxiang-college", "CN3-02", 2'000, 4'000, 1, "器皿清洗"},
    {"pingxiang-college", "CN2-03", 500, 1'200, 2, "萃取实验教学"},
    {"pingxiang-college", "CN2-04", 500, 1'200, 2, "有机合成实验教学"},
    {"pingxiang-college", "CN3-05", 1'500, 3'000, 2, "分析化学实验教学"},
    {"xiangdong-flavour", "CN1-03", 1'500, 3'000, 1, "香精调配"},
    {"xiangdong-flavour", "CN3-02", 15'000, 30'000, 2, "提取溶剂"},
    {"huaxin-changsha", "CN3-02", 200'000, 400'000, 2, "包装容器清洗"},
    {"city-hospital", "N-18", 2'000, 4'500, 1, "住院患者镇痛"},
    {"city-hospital", "P1-07", 1'500, 3'000, 1, "手术麻醉"},
    {"city-hospital", "CN1-12a", 5, 15, 2, "制剂配制"},
};

constexpr Making kMakings[] = {
    {"antai-chem", "CN2-02", 450'000, 700'000, 2, 0, "CN3-02", 620},
    {"yongning-acid", "CN3-05", 5'000'000, 7'500'000, 1, 0, nullptr, 0},
    {"yongning-acid", "CN3-06", 800'000, 1'200'000, 3, 1, nullptr, 0},
    {"fangyuan-aroma", "CN1-03", 10'000, 16'000, 7, 2, nullptr, 0},
    {"ganjiang-pharma", "N-18", 40'000, 70'000, 9, 3, nullptr, 0},
    {"ganjiang-pharma", "P1-07", 40'000, 70'000, 9, 4, nullptr, 0},
};

constexpr OpeningStock kOpeningStocks[] = {
    {"antai-chem", "CN2-02", 3'000'000},       {"antai-chem", "CN3-02", 9'000'000},
    {"yongning-acid", "CN3-05", 40'000'000},   {"yongning-acid", "CN3-06", 8'000'000},
    {"fangyuan-aroma", "CN1-03", 200'000},     {"ganjiang-pharma", "N-18", 300'000},
    {"ganjiang-pharma", "P1-07", 300'000},     {"ganjiang-pharma", "CN1-12a", 20'000},
    {"anyuan-reagents", "CN2-02", 1'200'000},  {"anyuan-reagents", "CN2-03", 150'000},
    {"anyuan-reagents", "CN2-04", 150'000},    {"anyuan-reagents", "CN3-01", 30'000'000},
    {"anyuan-reagents", "CN3-02", 40'000'000}, {"xiangdong-chem", "CN3-04", 4'000'000},
    {"xiangdong-chem", "CN3-05", 12'000'000},  {"huaxin-changsha", "CN3-02", 1'500'000},
    {"ganxi-trade", "CN3-01", 20'000'000},     {"ganxi-trade", "CN3-02", 6'000'000},
    {"ganxi-trade", "CN3-04", 5'000'000},      {"lianhua-dye", "CN3-01", 1'500'000},
    {"lianhua-dye", "CN3-05", 2'000'000},      {"lianhua-dye", "CN2-02", 300'000},
    {"jinshan-fireworks", "CN3-02", 200'000},  {"jinshan-fireworks", "CN3-04", 250'000},
    {"luxi-ceramics", "CN3-05", 4'000'000},    {"luxi-ceramics", "CN3-06", 1'500'000},
    {"pingxiang-college", "CN3-02", 15'000},   {"pingxiang-college", "CN2-03", 6'000},
    {"pingxiang-college", "CN2-04", 6'000},    {"pingxiang-college", "CN3-05", 12'000},
    {"xiangdong-flavour", "CN1-03", 15'000},   {"xiangdong-flavour", "CN3-02", 90'000},
    {"city-hospital", "N-18", 20'000},         {"city-hospital", "P1-07", 20'000},
    {"city-hospital", "CN1-12a", 120},         {"ganxi-medicine", "N-18", 160'000},
    {"ganxi-medicine", "P1-07", 120'000},      {"ganxi-medicine", "CN1-12a", 1'500},
};

}  // namespace

std::span<const Trade> trades() { return kTrades; }
const Trade& anhydride_to_changsha() { return kAnhydride; }
const Trade& permanganate_to_fireworks() { return kPermanganate; }
const char* vehicle_of(std::string_view carrier) { return carrier == kHaulage ? "赣JB5260" : "赣JA3718"; }
std::span<const Usage> usages() { return kUsages; }
std::span<const Making> makings() { return kMakings; }
std::span<const OpeningStock> opening_stocks() { return kOpeningStocks; }

}  // namespace tools
