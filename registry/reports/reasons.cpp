#include "registry/reports/reasons.h"

#include <algorithm>
#include <iterator>

#include "registry/domain/account.h"

namespace registry {
namespace {

enum class Way { in, out, both };

/// With `both`, the second name is that of what goes out.
struct Known {
  std::string_view account;
  Way way;
  std::string_view in_name, in_zh, in_en, out_name, out_zh, out_en;
};

constexpr Known kKnown[] = {
    {"opening", Way::in, "opened", "建账", "Opened", "", "", ""},
    {"produced", Way::in, "produced", "生产", "Produced", "", "", ""},
    {"transit:", Way::both, "received", "购进（签收）", "Received", "dispatched", "销售（发出）", "Dispatched"},
    {"imported", Way::in, "imported", "进口", "Imported", "", "", ""},
    {"found", Way::in, "found", "溢余找回", "Found", "", "", ""},
    {"site:", Way::both, "moved_in", "移入", "Moved in", "moved_out", "移出", "Moved out"},
    {"used", Way::out, "", "", "", "used", "使用", "Used"},
    {"dispensed", Way::out, "", "", "", "dispensed", "调配使用", "Dispensed"},
    {"exported", Way::out, "", "", "", "exported", "出口", "Exported"},
    {"destroyed", Way::out, "", "", "", "destroyed", "销毁", "Destroyed"},
    {"lost", Way::both, "recovered", "追回", "Recovered", "lost", "流失", "Lost"},
    {"seized", Way::both, "handed_back", "收缴发还", "Handed back", "seized", "收缴", "Seized"},
    {"process-loss", Way::out, "", "", "", "process_loss", "合理损耗", "Process loss"},
    {"counted", Way::both, "count_surplus", "盘盈", "Surplus at count", "count_shortage", "盘亏", "Shortage at count"},
};

const Known* find(std::string_view other) {
  for (const Known& known : kKnown)
    if (known.account == other || (known.account.ends_with(':') && other.starts_with(known.account))) return &known;
  return nullptr;
}

StockReason unknown(std::string_view other, bool is_in) {
  const std::string name(other.substr(0, other.find(':')));
  if (is_in) return {"in_" + name, {"其他收入：" + name, "In: " + name}, true, 1};
  return {"out_" + name, {"其他支出：" + name, "Out: " + name}, false, 1};
}

StockReason in_reason(const Known& known, std::int64_t sign) {
  return {std::string(known.in_name), {std::string(known.in_zh), std::string(known.in_en)}, true, sign};
}
StockReason out_reason(const Known& known, std::int64_t sign) {
  return {std::string(known.out_name), {std::string(known.out_zh), std::string(known.out_en)}, false, sign};
}

}  // namespace

StockReason reason_of(std::string_view other, bool is_in) {
  const Known* known = find(other);
  if (!known) return unknown(other, is_in);
  if (known->way == Way::both) return is_in ? in_reason(*known, 1) : out_reason(*known, 1);
  if (known->way == Way::in) return in_reason(*known, is_in ? 1 : -1);
  return out_reason(*known, is_in ? -1 : 1);
}

int place_of(std::string_view reason) {
  int place = 0;
  for (const Known& known : kKnown) {
    if (known.in_name == reason || known.out_name == reason) return place;
    ++place;
  }
  return place;
}

}  // namespace registry
