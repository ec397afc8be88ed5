#include <algorithm>

#include "registry/rules/edition.h"

namespace registry {
namespace {

/// True if both lists share a code; an empty row list takes in all.
bool takes(const std::vector<std::string>& wanted, std::string_view kinds) {
  if (wanted.empty()) return true;
  while (!kinds.empty()) {
    const auto end = std::min(kinds.find(','), kinds.size());
    if (std::find(wanted.begin(), wanted.end(), kinds.substr(0, end)) != wanted.end()) return true;
    kinds.remove_prefix(std::min(end + 1, kinds.size()));
  }
  return false;
}

bool fits_region(RegionRelation relation, const ChannelQuestion& q) {
  if (relation == RegionRelation::any) return true;
  const bool same = q.seller_region.substr(0, 2) == q.buyer_region.substr(0, 2);
  return same == (relation == RegionRelation::same_province);
}

bool is_between(const Channel& row, const ChannelQuestion& q) {
  return takes(row.sellers, q.seller_kinds) && takes(row.buyers, q.buyer_kinds) && fits_region(row.region, q);
}

bool meets(const Channel& row, const ChannelQuestion& q) {
  if (!row.exemption.empty() && row.exemption != q.exemption) return false;
  return row.papers.empty() || std::find(row.papers.begin(), row.papers.end(), q.paper_kind) != row.papers.end();
}

/// The row that people should read when nothing allows the deal: between these two but for a condition, else of this
/// seller, else any of the goods.
int nearness(const Channel& row, const ChannelQuestion& q) {
  if (is_between(row, q)) return 3;
  if (takes(row.sellers, q.seller_kinds) && takes(row.buyers, q.buyer_kinds)) return 2;
  return takes(row.sellers, q.seller_kinds) ? 1 : 0;
}

}  // namespace

ChannelAnswer RulePack::judge_channel(const ChannelQuestion& q) const {
  const auto& goods = data_->base->goods_kinds;
  const auto kind = std::find_if(goods.begin(), goods.end(),
                                 [&](const GoodsKind& each) { return is_goods(each, q.substance, q.form); });
  if (kind == goods.end()) return {};
  const Channel *allows = nullptr, *nearest = nullptr;
  int near = -1;
  for (const Channel& row : data_->rows.channels) {
    if (row.goods != kind->code || data_->day < row.valid_from || row.valid_to < data_->day) continue;
    if (!row.allow) {
      if (is_between(row, q) && (row.exemption.empty() || row.exemption != q.exemption)) return {false, &row};
      continue;
    }
    if (!allows && is_between(row, q) && meets(row, q)) allows = &row;
    if (const int now = nearness(row, q); now > near) near = now, nearest = &row;
  }
  if (allows) return {true, allows};
  return {nearest == nullptr, nearest};
}

}  // namespace registry
