#include "registry/rules/row_texts.h"

namespace registry {
namespace {

/// Unless the id has a text; keeps the list sorted.
void add(Texts& texts, RuleText text) {
  auto& list = texts.rules;
  const auto place = std::lower_bound(list.begin(), list.end(), text,
                                      [](const RuleText& a, const RuleText& b) { return a.rule < b.rule; });
  if (place == list.end() || place->rule != text.rule) list.insert(place, std::move(text));
}

template <class T>
RuleText head_of(const T& row, std::string rule, std::string_view kind) {
  RuleText text;
  text.rule = std::move(rule);
  text.kind = kind;
  text.status = 0;
  text.article = row.article;
  text.confidence = row.confidence;
  text.title = row.name_en;
  text.title_zh = row.name_zh;
  return text;
}

std::string joined(const std::vector<std::string>& list, std::string_view none) {
  std::string out;
  for (const std::string& each : list) out += (out.empty() ? "" : ", ") + each;
  return out.empty() ? std::string(none) : out;
}

std::string days_of(const auto& row, bool zh) {
  const bool open = row.valid_to == Date::of(9999, 12, 31);
  const std::string from = row.valid_from.str(), to = row.valid_to.str();
  if (zh) return "自 " + from + " 起施行" + (open ? "。" : "，至 " + to + " 止。");
  return "In force from " + from + (open ? "." : " to " + to + ".");
}

RuleText paper(const PermitKind& kind) {
  RuleText text = head_of(kind, kind.code, "paper");
  const std::string issuer = kind.issuer_role + " " + kind.issuer_level, months = std::to_string(kind.months_max);
  text.detail = "Issued by " + issuer + " or above, valid for at most " + months +
                " months, uses: " + std::string(name_of(kind.uses)) + ", classes " + joined(kind.classes, "-") + ". " +
                days_of(kind, false);
  text.detail_zh = "由 " + issuer + " 及以上机关核发，有效期最长 " + months + " 个月，使用方式 " +
                   std::string(name_of(kind.uses)) + "，适用类别 " + joined(kind.classes, "-") + "。" +
                   days_of(kind, true);
  text.what_to_do = "Apply to this agency before the act that needs the paper.";
  text.what_to_do_zh = "在需要该证件的行为之前向上述机关申请。";
  return text;
}

RuleText deadline(const Deadline& row) {
  RuleText text = head_of(row, row.rule, "deadline");
  const std::string days = std::to_string(row.days);
  text.detail = "Due " + days + (row.working_days ? " working" : "") +
                " days after the event; the day of the event is day 0, the end is 24:00. " + days_of(row, false);
  text.detail_zh = "期限为 " + days + (row.working_days ? " 个工作日" : " 日") +
                   "，事件当日为第 0 日，末日 24 时届满。" + days_of(row, true);
  text.what_to_do = "Do it before the end of the last day.";
  text.what_to_do_zh = "请在末日 24 时之前办理。";
  return text;
}

RuleText exemption(const Exemption& row) {
  RuleText text = head_of(row, row.id, "exemption");
  const std::string paper = row.instead.empty() ? "-" : row.instead;
  text.detail = "No paper is asked in this case. Kinds of unit: " + joined(row.holder_kinds, "any") +
                "; classes: " + joined(row.classes, "-") + "; paper in its stead: " + paper + ". " +
                days_of(row, false);
  text.detail_zh = "此情形免予办理相应证件。单位种类：" + joined(row.holder_kinds, "不限") + "；类别：" +
                   joined(row.classes, "-") + "；替代证件：" + paper + "。" + days_of(row, true);
  text.what_to_do = "Name the exemption in the entry; its use is kept on record.";
  text.what_to_do_zh = "在记录中填写该豁免编号，使用情况将留痕备查。";
  return text;
}

RuleText channel(const Channel& row) {
  RuleText text = head_of(row, row.id, "channel");
  text.detail = std::string(row.allow ? "Allowed" : "Forbidden") + ": goods " + row.goods + ", seller " +
                joined(row.sellers, "any") + ", buyer " + joined(row.buyers, "any") + ". " + days_of(row, false);
  text.detail_zh = std::string(row.allow ? "允许" : "禁止") + "：货物 " + row.goods + "，销售方 " +
                   joined(row.sellers, "不限") + "，购买方 " + joined(row.buyers, "不限") + "。" + days_of(row, true);
  text.what_to_do = "Trade through the channels that the regulation names.";
  text.what_to_do_zh = "请按规定的渠道购销。";
  return text;
}

const SubstanceClass& class_of(const Substance& row, std::span<const SubstanceClass> classes) {
  return classes[row.cls_index];
}

std::string listed_days(const Substance& row, bool zh) {
  const std::string from = row.effective_from.str(), to = row.effective_to.str();
  const bool open = row.effective_to == Date::of(9999, 12, 31), stated = row.effective_from != Date{};
  if (zh) return (stated ? "自 " + from + " 起列管" : "首次列管日期未载明") + (open ? "。" : "，至 " + to + " 止。");
  return (stated ? "Controlled from " + from : "First day of control not stated") + (open ? "." : " to " + to + ".");
}

RuleText listing(const Substance& row, std::span<const SubstanceClass> classes) {
  const SubstanceClass& cls = class_of(row, classes);
  RuleText text;
  text.rule = row.code;
  text.kind = "listing";
  text.status = 0;
  text.article = cls.article;
  text.confidence = row.confidence;
  text.title = row.name_en;
  // Some names are the same in Chinese: 2C-B.
  text.title_zh = cls.name_zh + "：" + row.name_zh;
  const std::string cas = row.cas.empty() ? "-" : row.cas;
  text.detail = cls.name_en + ", CAS " + cas + ". " + listed_days(row, false);
  text.detail_zh = cls.name_zh + "，CAS " + cas + "。" + listed_days(row, true);
  text.what_to_do = "Handle it by the rules of its class.";
  text.what_to_do_zh = "请按所属类别的规定管理。";
  return text;
}

}  // namespace

void add_row_texts(const DatedRows& rows, std::span<const SubstanceClass> classes, Texts& texts) {
  for (const Substance& row : rows.substances) add(texts, listing(row, classes));
  for (const PermitKind& row : rows.permit_kinds) add(texts, paper(row));
  for (const Deadline& row : rows.deadlines) add(texts, deadline(row));
  for (const Exemption& row : rows.exemptions) add(texts, exemption(row));
  for (const Channel& row : rows.channels) add(texts, channel(row));
}

}  // namespace registry
