#include "registry/steps/report.h"

#include <algorithm>

#include "registry/base/limits.h"
#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/families.h"
#include "registry/steps/findings.h"
#include "registry/steps/forms.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/recurring.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kHashDigits = 64, kRemarkMax = 500, kPeriodMax = 7, kKindMax = 40;

/// The city of a region: its first four digits.
std::string city_of(std::string_view region) { return std::string(region.substr(0, 4)) + "00"; }

/// Files a report: a fact, so a late one is stored and marked. What it says is a file of which the hash is signed.
class FileReport : public Step {
 public:
  FileReport(PayloadReader& in, const RulePack& rules) {
    kind_ = rules.duties().report(in.text("kind", kKindMax));
    if (!kind_ && in.has("kind")) in.fault("kind", "not_allowed", "a kind of report of the rule pack");
    read_subject(in);
    if (kind_ && kind_->to_agency) to_ = in.id("to");
    if (kind_ && kind_->answers) answers_ = in.id("answers");
    if (kind_ && !kind_->clocks.empty()) happened_on_ = in.date("happened_on");
    hash_ = in.text("hash", kHashDigits);
    if (!hash_.empty() && !is_lower_hex(hash_, kHashDigits)) in.fault("hash", "bad_hash", "64 lowercase hex digits");
    at_index_ = in.integer("at_index", 0, limits::kIndexMax);
    in.optional_text("remark", kRemarkMax);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_duties(known, author, keys);
    if (!to_.empty()) keys.want<Party>(to_);
    if (!answers_.empty()) keys.want<Party>(answers_);
    keys.want<Report>(author, kind_->code, subject_);
    want_subject(keys);
    want_closed(known, author, keys);
    want_ahead(known, author, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* author = TRY(check_party(facts, context.party, "header/party"));
    TRY(check_by(facts, context, *author));
    TRY(check_subject(facts, context));
    if (happened_on_ != Date{}) TRY(check_not_future(happened_on_, context, "/happened_on"));
    if (at_index_ >= context.index)
      return refuse("index-in-future").with("index", std::to_string(at_index_)).at("/at_index");
    const Party* to = to_.empty() ? nullptr : TRY(check_agency_named(facts, to_, "/to"));
    if (!answers_.empty()) TRY(check_party(facts, answers_, "/answers"));
    Outcome out;
    const std::optional<UtcTime> due = close(facts, context, rules, to, out);
    put(facts, context, due.value_or(UtcTime{}), out);
    open(facts, context, rules, out);
    if (due && context.rtime >= *due && !filed_before(facts, context.party)) mark_late(context, *due, out);
    return out;
  }

 private:
  void read_subject(PayloadReader& in) {
    if (!kind_) return;
    if (kind_->subject != ReportSubject::period) {
      subject_ = in.id("about");
      return;
    }
    subject_ = in.text("period", kPeriodMax);
    period_ = CivilPeriod::parse(subject_);
    if (!subject_.empty() && !period_) in.fault("period", "bad_period", "2026, 2026-Q1 or 2026-03");
  }

  void want_subject(FactKeys& keys) const {
    switch (kind_->subject) {
      case ReportSubject::permit:
        return keys.want<Permit>(subject_);
      case ReportSubject::sale:
        return keys.want<Sale>(subject_);
      case ReportSubject::consignment:
        return keys.want<Consignment>(subject_);
      case ReportSubject::site:
        return keys.want<Site>(subject_);
      case ReportSubject::period:
      case ReportSubject::free:
        return;
    }
  }

  /// A report of a period answers its recurring duty, but for the one that goes to each city by itself.
  bool is_recurring() const { return period_ && !kind_->closes.empty() && to_.empty() && answers_.empty(); }

  /// What an obligation that this report closes is about.
  std::string closed_subject(std::string_view author, const Party* to) const {
    std::string id(author);
    if (!answers_.empty()) return id + ":" + answers_ + ":" + subject_;
    switch (kind_->subject) {
      case ReportSubject::permit:
        return "permit:" + subject_;
      case ReportSubject::sale:
        return "sale:" + subject_ + ":" + id;
      case ReportSubject::consignment:
        return "consignment:" + subject_;
      case ReportSubject::site:
        return "site:" + subject_;
      case ReportSubject::period:
        return id + ":" + subject_ + (to ? ":" + city_of(to->region) : "");
      case ReportSubject::free:
        break;
    }
    return id + ":" + subject_;
  }

  void want_closed(const Facts& known, std::string_view author, FactKeys& keys) const {
    if (kind_->closes.empty() || is_recurring()) return;
    if (!to_.empty() && !known.knows<Party>(to_)) return;
    const Party* to = to_.empty() ? nullptr : known.find<Party>(to_);
    keys.want<Obligation>(obligation_id(kind_->closes, closed_subject(author, to)));
  }

  /// Reports of later periods that are in already.
  void want_ahead(const Facts& known, std::string_view author, FactKeys& keys) const {
    if (!is_recurring()) return;
    for (CivilPeriod next = period_->next();; next = next.next()) {
      keys.want<Report>(author, kind_->code, next.str());
      if (!known.knows<Report>(author, kind_->code, next.str())) return;
      if (!known.find<Report>(author, kind_->code, next.str())) return;
    }
  }

  Check check_by(const Facts& facts, const StepContext& context, const Party& author) const {
    const bool is_agency = has_code(author.kinds, "agency");
    if (kind_->by == "agency") TRY(check_agency(facts, context));
    if (kind_->by == "unit" && is_agency)
      return refuse("report-of-units").with("kind", kind_->name_en).with("kind_zh", kind_->name_zh).at("/kind");
    return Accepted{};
  }

  static Result<const Party*> check_agency_named(const Facts& facts, const std::string& id, std::string pointer) {
    const Party* party = TRY(check_party(facts, id, pointer));
    if (has_code(party->kinds, "agency")) return party;
    return refuse("not-an-agency").with("party", id).at(std::move(pointer));
  }

  Refusal not_yours() const { return refuse("report-about-another").with("about", subject_).at("/about"); }

  Check check_subject(const Facts& facts, const StepContext& context) const {
    const std::string& me = context.party;
    switch (kind_->subject) {
      case ReportSubject::period:
        return check_over(context);
      case ReportSubject::permit: {
        const Permit* permit = facts.find<Permit>(subject_);
        if (!permit) return refuse("unknown-permit").with("permit", subject_).at("/about");
        if (permit->holder != me && permit->issuer != me) return not_yours();
        return Accepted{};
      }
      case ReportSubject::sale: {
        const Sale* sale = facts.find<Sale>(subject_);
        if (!sale) return refuse("unknown-sale").with("sale", subject_).at("/about");
        if (sale->seller != me && sale->buyer != me) return not_yours();
        return Accepted{};
      }
      case ReportSubject::consignment: {
        const Consignment* head = facts.find<Consignment>(subject_);
        if (!head) return refuse("unknown-consignment").with("consignment", subject_).at("/about");
        if (head->sender != me && head->receiver != me) return not_yours();
        return Accepted{};
      }
      case ReportSubject::site:
        return site_check(facts, me);
      case ReportSubject::free:
        break;
    }
    return Accepted{};
  }

  Check site_check(const Facts& facts, std::string_view me) const {
    TRY(check_own_site(facts, subject_, me, "/about"));
    return Accepted{};
  }

  /// What is not over cannot be reported on.
  Check check_over(const StepContext& context) const {
    if (period_->last() < local_date(context.rtime)) return Accepted{};
    return refuse("period-not-over").with("period", subject_).with("last", period_->last().str()).at("/period");
  }

  /// Closes what it answers, and gives the moment by which it was due; nothing where no clock runs.
  std::optional<UtcTime> close(const Facts& facts, const StepContext& context, const RulePack& rules, const Party* to,
                               Outcome& out) const {
    if (is_recurring()) return close_recurring(facts, context, rules, out);
    if (!kind_->closes.empty()) {
      const std::string id = obligation_id(kind_->closes, closed_subject(context.party, to));
      const Obligation* open = facts.find<Obligation>(id);
      end(facts, context, id, out);
      if (open) return open->due;
    }
    return clock(facts, rules);
  }

  /// The obligation, and the duty that stands for it where there is one.
  static void end(const Facts& facts, const StepContext& context, const std::string& id, Outcome& out) {
    for (const Duty* duty : open_duties(facts, context.party))
      if (duty->obligation == id) return end_duty(facts, *duty, context.index, out);
    close_obligation(facts, id, context.index, out);
  }

  std::optional<UtcTime> close_recurring(const Facts& facts, const StepContext& context, const RulePack& rules,
                                         Outcome& out) const {
    const RecurringRule* rule = recurring_rule(rules, kind_->closes);
    const Duty* duty = rule ? find_duty(facts, context.party, kind_->closes, context.party) : nullptr;
    if (!duty || period_->kind != rule->period) return {};
    if (open_period(facts, *duty) == period_)
      close_period(
          facts, context, rules, *rule, *duty,
          [&](const CivilPeriod& next) { return is_filed(facts, context.party, next.str()); }, out);
    return rules.due(rules.deadline(rule->deadline), period_->first);
  }

  bool is_filed(const Facts& facts, std::string_view party, const std::string& period) const {
    return facts.knows<Report>(party, kind_->code, period) && facts.find<Report>(party, kind_->code, period);
  }
  bool filed_before(const Facts& facts, std::string_view party) const {
    return facts.find<Report>(party, kind_->code, subject_) != nullptr;
  }

  /// The period of a report that no obligation announced runs from the day of what it tells.
  std::optional<UtcTime> clock(const Facts& facts, const RulePack& rules) const {
    const Permit* permit = kind_->subject == ReportSubject::permit ? facts.find<Permit>(subject_) : nullptr;
    for (const ReportClock& clock : kind_->clocks) {
      const bool fits = clock.scope.permit_kinds.empty() || (permit && clock.scope.names_permit(permit->kind));
      if (fits) return rules.due(rules.deadline(clock.deadline), happened_on_);
    }
    return {};
  }

  void put(const Facts& facts, const StepContext& context, UtcTime due, Outcome& out) const {
    const Report* before = facts.find<Report>(context.party, kind_->code, subject_);
    Report row = before ? *before : Report{context.party, kind_->code, subject_, {}, 0, due, {}, context.index, 0, 0};
    row.hash = hash_;
    row.at_index = at_index_;
    row.filed_on = local_date(context.rtime);
    row.filed = context.index;
    ++row.times;
    if (before)
      out.update(*before, std::move(row));
    else
      out.put(std::move(row));
  }

  /// What the agency it goes to has to do now.
  void open(const Facts& facts, const StepContext& context, const RulePack& rules, Outcome& out) const {
    if (kind_->opens.empty() || filed_before(facts, context.party)) return;
    const UtcTime due = rules.due(rules.deadline(kind_->opens), local_date(context.rtime));
    const std::string subject = kind_->subject == ReportSubject::site
                                    ? "site:" + subject_ + ":" + std::to_string(context.index)
                                    : to_ + ":" + context.party + ":" + subject_;
    if (kind_->subject == ReportSubject::site)
      open_once(context, kind_->opens, subject, to_, due, "site:" + subject_, out);
    else
      out.put(make_obligation(kind_->opens, subject, to_, due, context.index));
  }

  void mark_late(const StepContext& context, UtcTime due, Outcome& out) const {
    Finding finding = make_finding("late-report", context.party, kind_->code + ":" + subject_, kind_->late);
    finding.to_index = context.index;
    finding.lo = finding.hi = local_date(context.rtime).days - local_date(due.plus_ms(-1)).days;
    add_finding(out, context, std::move(finding));
  }

  const ReportKind* kind_ = nullptr;
  std::string subject_, to_, answers_, hash_;
  std::optional<CivilPeriod> period_;
  Date happened_on_;
  std::int64_t at_index_ = 0;
};

/// An agency wants to see a site counted, by a day or within the time the pack sets.
class DemandCount : public Step {
 public:
  explicit DemandCount(PayloadReader& in) : site_(in.id("site")), by_(in.optional_date("by")) {
    in.text("reason", kRemarkMax);
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Site>(site_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const Site* site = facts.find<Site>(site_);
    if (!site) return refuse("unknown-site").with("site", site_).at("/site");
    TRY(check_covers(*agency, site->region, "/site"));
    TRY(check_in_use(*site, "/site"));
    const Date today = local_date(context.rtime);
    if (by_ && *by_ < today) return refuse("day-in-past").with("day", by_->str()).with("today", today.str()).at("/by");
    const UtcTime due = by_ ? end_of(*by_) : rules.due(rules.deadline("count-demand"), today);
    Outcome out;
    open_once(context, "count-demand", site_ + ":" + std::to_string(context.index), site->party, due, "site:" + site_,
              out);
    return out;
  }

 private:
  std::string site_;
  std::optional<Date> by_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_report_file(const nlohmann::json& payload, const RulePack& rules) {
  PayloadReader in(payload);
  auto step = std::make_unique<FileReport>(in, rules);
  TRY(in.finish());
  return std::unique_ptr<Step>(std::move(step));
}

Result<std::unique_ptr<Step>> parse_count_demand(const nlohmann::json& payload, const RulePack&) {
  PayloadReader in(payload);
  auto step = std::make_unique<DemandCount>(in);
  TRY(in.finish());
  return std::unique_ptr<Step>(std::move(step));
}

std::span<const StepType> reporting_steps() {
  static constexpr StepType kSteps[] = {
      {"report.file", 1, parse_report_file},
      {"count.demand", 1, parse_count_demand},
  };
  return kSteps;
}

}  // namespace registry
