#include "api/http/metrics.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>

#include "api/http/text.h"

namespace api {
namespace {

/// Microseconds as seconds, exactly.
std::string seconds(std::uint64_t us) {
  std::string fraction = std::to_string(us % 1'000'000);
  fraction.insert(0, 6 - fraction.size(), '0');
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return std::to_string(us / 1'000'000) + (fraction.empty() ? "" : "." + fraction);
}

bool is_name(std::string_view name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::string escape(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out.push_back('\\');
    if (c == '\n')
      out += "\\n";
    else
      out.push_back(c);
  }
  return out;
}

/// a="1",b="2" without braces.
std::string print(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    if (!is_name(name)) throw std::invalid_argument("a label is not allowed in Prometheus");
    out.append(out.empty() ? "" : ",").append(name).append("=\"").append(escape(value)).append("\"");
  }
  return out;
}

void line(std::string& out, std::string_view name, std::string_view labels, std::string_view value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

}  // namespace

void Histogram::observe_us(std::uint64_t us) {
  const auto at = std::lower_bound(kBoundsUs.begin(), kBoundsUs.end(), us) - kBoundsUs.begin();
  buckets_.at(static_cast<std::size_t>(at)).fetch_add(1, std::memory_order_relaxed);
  sum_us_.fetch_add(us, std::memory_order_relaxed);
}

struct Metrics::Families {
  struct Family {
    std::string kind, help;
    std::map<std::string, Counter> counters;
    std::map<std::string, Histogram> histograms;
    std::map<std::string, std::function<std::int64_t()>> gauges;
  };
  mutable std::mutex mutex;
  std::map<std::string, Family, std::less<>> all;

  Family& get(std::string_view name, std::string_view kind, std::string_view help) {
    if (!is_name(name)) throw std::invalid_argument("a metric name is not allowed in Prometheus");
    auto found = all.find(name);
    if (found == all.end()) {
      found = all.try_emplace(std::string(name)).first;
      found->second.kind = kind;
      found->second.help = help;
    }
    if (found->second.kind != kind) throw std::invalid_argument("a metric of another kind has this name");
    return found->second;
  }
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(std::string_view name, std::string_view help, const Labels& labels) {
  const std::string key = print(labels);
  const std::lock_guard lock(families_->mutex);
  return families_->get(name, "counter", help).counters[key];
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, const Labels& labels) {
  const std::string key = print(labels);
  const std::lock_guard lock(families_->mutex);
  return families_->get(name, "histogram", help).histograms[key];
}

void Metrics::gauge(std::string_view name, std::string_view help, std::function<std::int64_t()> read,
                    const Labels& labels) {
  const std::string key = print(labels);
  const std::lock_guard lock(families_->mutex);
  families_->get(name, "gauge", help).gauges[key] = std::move(read);
}

void Metrics::remove_gauge(std::string_view name, const Labels& labels) {
  const std::string key = print(labels);
  const std::lock_guard lock(families_->mutex);
  const auto found = families_->all.find(name);
  if (found != families_->all.end()) found->second.gauges.erase(key);
}

namespace {

void print_histogram(std::string& out, const std::string& name, const std::string& labels, const Histogram& histogram) {
  const std::string before = labels.empty() ? "" : labels + ",";
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < Histogram::kBoundsUs.size(); ++i) {
    total += histogram.bucket(i);
    line(out, name + "_bucket", before + "le=\"" + seconds(Histogram::kBoundsUs[i]) + "\"", std::to_string(total));
  }
  total += histogram.bucket(Histogram::kBoundsUs.size());
  line(out, name + "_bucket", before + "le=\"+Inf\"", std::to_string(total));
  line(out, name + "_sum", labels, seconds(histogram.sum_us()));
  line(out, name + "_count", labels, std::to_string(total));
}

}  // namespace

std::string Metrics::text() const {
  std::string out;
  const std::lock_guard lock(families_->mutex);
  for (const auto& [name, family] : families_->all) {
    out.append("# HELP ").append(name).append(" ").append(family.help).append("\n");
    out.append("# TYPE ").append(name).append(" ").append(family.kind).append("\n");
    for (const auto& [labels, counter] : family.counters) line(out, name, labels, std::to_string(counter.value()));
    for (const auto& [labels, read] : family.gauges) line(out, name, labels, std::to_string(read()));
    for (const auto& [labels, histogram] : family.histograms) print_histogram(out, name, labels, histogram);
  }
  return out;
}

}  // namespace api
