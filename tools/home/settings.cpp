#include "tools/home/settings.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "api/http/https_get.h"
#include "api/http/networks.h"
#include "crypto/json.h"
#include "crypto/json_text.h"
#include "registry/base/limits.h"
#include "registry/log/submission.h"

namespace tools {
namespace {

using Json = nlohmann::json;
using api::Limits;
using Fault = std::optional<std::string>;

constexpr std::uint64_t kRateMax = 1'000'000;

/// Those that `init` writes even at their default, so that an operator finds them.
constexpr std::array<std::string_view, 7> kAlways{"ledger", "region", "address",      "port",
                                                  "anchor", "pack",   "personal_keys"};

template <class T>
T& of(HomeConfig& config, T HomeConfig::*member) {
  return config.*member;
}
template <class T>
T& of(HomeConfig& config, T Limits::*member) {
  return config.limits.*member;
}
template <class T>
const T& of(const HomeConfig& config, T HomeConfig::*member) {
  return config.*member;
}
template <class T>
const T& of(const HomeConfig& config, T Limits::*member) {
  return config.limits.*member;
}

template <class IsGood>
Setting text(std::string name, std::string about, std::string HomeConfig::*at, IsGood is_good, std::string wrong) {
  return {std::move(name), std::move(about),
          [=](const Json& value, HomeConfig& config) -> Fault {
            if (!value.is_string() || !is_good(value.get<std::string>())) return wrong;
            of(config, at) = value.get<std::string>();
            return {};
          },
          [=](const HomeConfig& config) { return Json(of(config, at)); }};
}

Setting text(std::string name, std::string about, std::string HomeConfig::*at) {
  return text(
      std::move(name), std::move(about), at, [](const std::string& value) { return !value.empty(); },
      "is not a text, or an empty one");
}

template <class Value, class Owner>
Setting number(std::string name, std::string about, Value Owner::*at, std::uint64_t least, std::uint64_t most) {
  return {std::move(name), std::move(about),
          [=](const Json& value, HomeConfig& config) -> Fault {
            if (!value.is_number_unsigned() || value.get<std::uint64_t>() < least || value.get<std::uint64_t>() > most)
              return "is not a whole number from " + std::to_string(least) + " to " + std::to_string(most);
            of(config, at) = static_cast<Value>(value.get<std::uint64_t>());
            return {};
          },
          [=](const HomeConfig& config) { return Json(of(config, at)); }};
}

Setting duration(std::string name, std::string about, std::chrono::milliseconds Limits::*at, std::uint64_t most_ms) {
  return {std::move(name), std::move(about),
          [=](const Json& value, HomeConfig& config) -> Fault {
            if (!value.is_number_unsigned() || value.get<std::uint64_t>() < 1 || value.get<std::uint64_t>() > most_ms)
              return "is not a whole number of milliseconds from 1 to " + std::to_string(most_ms);
            of(config, at) = std::chrono::milliseconds(value.get<std::uint64_t>());
            return {};
          },
          [=](const HomeConfig& config) { return Json(of(config, at).count()); }};
}

bool is_region(std::string_view text) {
  return text.size() == 6 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_port(std::string_view text, std::string_view standard) {
  if (text.empty() || text.size() > 5 || text.front() == '0' || text == standard) return false;
  if (text.find_first_not_of("0123456789") != std::string_view::npos) return false;
  return std::stoi(std::string(text)) <= 65'535;
}

bool is_host(std::string_view text) {
  if (text.starts_with('[')) {
    const auto rest = text.substr(1);
    return rest.size() > 2 && rest.find_first_not_of("0123456789abcdef:.") == rest.size() - 1 && rest.ends_with(']');
  }
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

/// As a browser writes it, for it is compared byte by byte: lower case, no path, no port that the scheme implies.
bool is_origin(std::string_view text) {
  const bool secure = text.starts_with("https://");
  if (!secure && !text.starts_with("http://")) return false;
  const std::string_view rest = text.substr(secure ? 8 : 7);
  const auto colon = rest.find(':', rest.starts_with('[') ? std::min(rest.find(']'), rest.size()) : 0);
  if (colon == std::string_view::npos) return is_host(rest);
  return is_host(rest.substr(0, colon)) && is_port(rest.substr(colon + 1), secure ? "443" : "80");
}

Fault read_proxies(const Json& value, HomeConfig& config) {
  const std::string wrong = "is not a list of addresses and networks, as [\"10.0.0.5\", \"10.1.0.0/16\"]";
  if (!value.is_array()) return wrong;
  api::Networks probe;
  std::vector<std::string> out;
  for (const Json& each : value) {
    if (!each.is_string() || !probe.add(each.get<std::string>())) return wrong;
    out.push_back(each.get<std::string>());
  }
  config.behind_proxy = std::move(out);
  return {};
}

std::vector<Setting> place_settings() {
  return {
      text(
          "ledger", "Origin of the log: registry.example/360300. Never changes.", &HomeConfig::ledger,
          [](const std::string& value) { return registry::is_ledger_name(value); }, "is no origin of a log"),
      text("region", "Region it serves, GB/T 2260.", &HomeConfig::region, is_region, "is not six digits"),
      text("pack", "Rule pack.", &HomeConfig::pack),
      text("anchor", "Anchor file, better on another volume; relative to the data folder.", &HomeConfig::anchor),
      text("personal_keys", "Keys of personal values, never in a backup of the database.", &HomeConfig::personal_keys),
      text(
          "ledger_key", "What signs the log: pkcs11:token=T;object=O?... or exec:/program; unset: keys/log.pem.",
          &HomeConfig::ledger_key,
          [](const std::string& value) { return value.starts_with("pkcs11:") || value.starts_with("exec:"); },
          "is no address of a key: pkcs11: or exec: begins one"),
      text("address", "Address to listen on; other than loopback only with tls or behind_proxy.", &HomeConfig::address),
      number("port", "Port to listen on.", &HomeConfig::port, 0, 65'535),
      text("tls.certificate", "Certificate chain, PEM; relative to the data folder.", &HomeConfig::tls_certificate),
      text("tls.key", "Private key of the certificate, PEM, readable by its owner only.", &HomeConfig::tls_key),
      text("origin", "Under which people reach it: https://registry.example; unset: the scheme and Host they ask for.",
           &HomeConfig::origin, is_origin, "is no origin as a browser writes it: https://registry.example"),
      {"behind_proxy",
       "Reverse proxies that speak TLS for us: only from these, and from this machine, is anything taken.",
       read_proxies, [](const HomeConfig& config) { return Json(config.behind_proxy); }},
  };
}

/// A member of OidcSettings.
template <class Value, class IsGood>
Setting of_oidc(std::string name, std::string about, Value api::OidcSettings::*at, IsGood is_good, std::string wrong) {
  return {std::move(name), std::move(about),
          [=](const Json& value, HomeConfig& config) -> Fault {
            if (!is_good(value)) return wrong;
            config.oidc.*at = value.template get<Value>();
            return {};
          },
          [=](const HomeConfig& config) { return Json(config.oidc.*at); }};
}

bool is_some_text(const Json& value) { return value.is_string() && !value.get_ref<const std::string&>().empty(); }

bool has_only(const Json& json, std::initializer_list<std::string_view> names) {
  if (!json.is_object()) return false;
  for (const auto& [name, value] : json.items())
    if (std::find(names.begin(), names.end(), name) == names.end() || !is_some_text(value)) return false;
  return true;
}

/// Nothing for a role that no claim can give, or an agency that is none.
std::optional<api::OidcRole> read_oidc_role(const Json& json) {
  if (!has_only(json, {"claim", "value", "role", "agency", "level", "region", "party"})) return {};
  const auto role = api::parse_role(crypto::text_of(json, "role"));
  api::OidcRole out{crypto::text_of(json, "claim"),
                    crypto::text_of(json, "value"),
                    role.value_or(api::Role::officer),
                    {crypto::text_of(json, "agency"), crypto::text_of(json, "level"), crypto::text_of(json, "region")},
                    crypto::text_of(json, "party")};
  constexpr std::string_view kKinds = "PS DA EM CO HC CU MR", kLevels = "NPCX";
  const bool is_agency = out.agency.role.size() == 2 && kKinds.find(out.agency.role) != kKinds.npos &&
                         out.agency.level.size() == 1 && kLevels.find(out.agency.level) != kLevels.npos &&
                         is_region(out.agency.region);
  if (!api::is_role_for_oidc(out.role) || !is_agency || out.claim.empty() || out.value.empty()) return {};
  return out;
}

Fault read_oidc_roles(const Json& value, HomeConfig& config) {
  const std::string wrong =
      "is not a list of {claim, value, role, agency, level, region} with a role of officials (inspector, issuer, "
      "approver, auditor, regulator, bureau)";
  if (!value.is_array()) return wrong;
  std::vector<api::OidcRole> out;
  for (const Json& each : value) {
    auto role = read_oidc_role(each);
    if (!role) return wrong;
    out.push_back(std::move(*role));
  }
  config.oidc.roles = std::move(out);
  return {};
}

Json print_oidc_roles(const HomeConfig& config) {
  Json out = Json::array();
  for (const api::OidcRole& each : config.oidc.roles) {
    out.push_back({{"claim", each.claim},
                   {"value", each.value},
                   {"role", api::name(each.role)},
                   {"agency", each.agency.role},
                   {"level", each.agency.level},
                   {"region", each.agency.region}});
    if (!each.party.empty()) out.back()["party"] = each.party;
  }
  return out;
}

std::vector<Setting> oidc_settings() {
  constexpr int kSkewMax = 300;
  return {
      of_oidc("oidc.issuer", "Issuer of bearer tokens of agencies (OpenID Connect), exactly as in iss; unset: none.",
              &api::OidcSettings::issuer, is_some_text, "is not a text, or an empty one"),
      of_oidc("oidc.audience", "What its tokens must be for, as in aud.", &api::OidcSettings::audience, is_some_text,
              "is not a text, or an empty one"),
      text(
          "oidc.jwks", "Its keys: a file, relative to the data folder, or an https address.", &HomeConfig::oidc_jwks,
          [](const std::string& value) {
            return !value.empty() && (value.find("://") == value.npos || api::is_fetched_safely(value));
          },
          "is neither a file nor an https address"),
      of_oidc(
          "oidc.rs256", "Takes RS256 too, beside EdDSA and ES256.", &api::OidcSettings::takes_rs256,
          [](const Json& value) { return value.is_boolean(); }, "is neither true nor false"),
      of_oidc(
          "oidc.skew_s", "Seconds that its clock may be off.", &api::OidcSettings::skew_s,
          [](const Json& value) { return value.is_number_unsigned() && value.get<std::uint64_t>() <= kSkewMax; },
          "is not a whole number of seconds up to 300"),
      {"oidc.roles", "Who has which role: a list of {claim, value, role, agency, level, region}; the first that fits.",
       read_oidc_roles, print_oidc_roles}};
}

std::vector<Setting> connection_settings() {
  return {
      number("limits.connections_max", "Open connections.", &Limits::connections_max, 1, 100'000),
      number("limits.connections_per_address_max",
             "Open connections of one address; all of them on loopback unless set.",
             &Limits::connections_per_address_max, 1, 100'000),
      number("limits.address_requests_per_minute",
             "Requests of one address that nobody has signed in for; 0: any. On loopback none unless set.",
             &Limits::address_requests_per_minute, 0, kRateMax),
      number("limits.session_requests_per_minute", "Requests of one signed-in person, or one token; 0: any.",
             &Limits::session_requests_per_minute, 0, kRateMax),
      number("limits.key_entries_per_minute", "Entries signed by one key; 0: any.", &Limits::key_entries_per_minute, 0,
             kRateMax),
      number("limits.failed_proof_cost", "Requests that a wrong signature, token or secret costs its address besides.",
             &Limits::failed_proof_cost, 0, kRateMax),
      number("limits.requests_per_connection_max", "Requests before a connection is closed.",
             &Limits::requests_per_connection_max, 1, 1'000'000'000),
      number("limits.head_bytes_max", "Bytes of a request's head.", &Limits::head_bytes_max, 1'024, 1'048'576),
      number("limits.fields_max", "Header fields of a request.", &Limits::fields_max, 8, 1'000),
      number("limits.target_bytes_max", "Bytes of path and query.", &Limits::target_bytes_max, 256, 1'048'576),
      duration("limits.idle_timeout_ms", "Wait for the next request; 30,000 on loopback unless set.",
               &Limits::idle_timeout, 3'600'000),
      duration("limits.head_deadline_ms", "Time for a whole head, and for a TLS handshake.", &Limits::head_deadline,
               600'000),
      duration("limits.body_deadline_ms", "Time for a whole body.", &Limits::body_deadline, 3'600'000),
      duration("limits.body_grace_ms", "Time before a slow body is given up.", &Limits::body_grace, 600'000),
      number("limits.body_bytes_per_second_min", "A body slower than this is given up.",
             &Limits::body_bytes_per_second_min, 1, 1'000'000'000),
      number("limits.body_bytes_total_max", "Bytes of all bodies held at once.", &Limits::body_bytes_total_max,
             16'777'216, std::uint64_t{1} << 40),
      duration("limits.write_deadline_ms", "Time for a whole answer.", &Limits::write_deadline, 3'600'000),
      number("limits.drain_bytes_max", "Bytes read and thrown away before closing.", &Limits::drain_bytes_max, 0,
             std::uint64_t{1} << 30),
      duration("limits.drain_deadline_ms", "Time to throw them away.", &Limits::drain_deadline, 60'000),
      duration("limits.stream_heartbeat_ms", "How often a silent event stream says that it lives.",
               &Limits::stream_heartbeat, 600'000),
      duration("limits.stream_write_deadline_ms", "Time until an event stream is cut whose client takes nothing.",
               &Limits::stream_write_deadline, 600'000),
  };
}

const Setting* find_setting(std::string_view name) {
  const auto& all = settings();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Setting& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

/// Old files have it at the top.
std::string current_name(const std::string& name) { return name == "connections_max" ? "limits." + name : name; }

void read_member(const std::string& name, const Json& value, HomeConfig& config, std::vector<std::string>& faults) {
  const std::string now = current_name(name);
  const Setting* setting = find_setting(now);
  if (!setting) return void(faults.push_back("unknown member " + name));
  if (const auto wrong = setting->read(value, config)) return void(faults.push_back(name + " " + *wrong));
  config.told.insert(now);
}

bool is_group(std::string_view name) {
  return std::any_of(settings().begin(), settings().end(),
                     [&](const Setting& each) { return each.name.starts_with(std::string(name) + "."); });
}

void check_together(const HomeConfig& config, std::vector<std::string>& faults) {
  for (const char* name : {"ledger", "region"})
    if (!config.tells(name)) faults.push_back(std::string(name) + " is missing");
  if (config.tls_certificate.empty() != config.tls_key.empty())
    faults.emplace_back("tls.certificate and tls.key go together: one is missing");
  if (!config.tls_certificate.empty() && !config.behind_proxy.empty())
    faults.emplace_back("tls and behind_proxy exclude each other: either this server speaks TLS, or the proxy does");
  const bool has_all = !config.oidc.issuer.empty() && !config.oidc.audience.empty() && !config.oidc_jwks.empty() &&
                       !config.oidc.roles.empty();
  const bool has_any = !config.oidc.issuer.empty() || !config.oidc.audience.empty() || !config.oidc_jwks.empty() ||
                       !config.oidc.roles.empty();
  if (has_any && !has_all)
    faults.emplace_back("oidc.issuer, oidc.audience, oidc.jwks and oidc.roles go together: one is missing");
  if (!config.behind_proxy.empty() && config.origin.starts_with("http://"))
    faults.emplace_back("origin begins with http:// and behind_proxy is set: the proxy speaks TLS to browsers");
  if (config.tells("limits.connections_per_address_max") &&
      config.limits.connections_per_address_max > config.limits.connections_max)
    faults.emplace_back("limits.connections_per_address_max is above limits.connections_max");
  if (config.limits.target_bytes_max >= config.limits.head_bytes_max)
    faults.emplace_back("limits.target_bytes_max is not below limits.head_bytes_max");
}

Json& place_in(Json& out, const std::string& name) {
  const auto dot = name.find('.');
  return dot == std::string::npos ? out[name] : out[name.substr(0, dot)][name.substr(dot + 1)];
}

/// What the format bounds, so that every registry takes the same entries; shown beside what can be set.
std::string describe_fixed(std::size_t width) {
  namespace fixed = registry::limits;
  const std::pair<std::string_view, std::uint64_t> bounds[] = {
      {"bytes of an entry", fixed::kEntryBodyBytesMax},
      {"bytes of a payload", fixed::kPayloadBytesMax},
      {"bytes of a batch", fixed::kBatchBodyBytesMax},
      {"entries of a batch", fixed::kBatchEntriesMax},
      {"entries that wait", fixed::kQueueMax},
      {"rows of a page", fixed::kPageMax},
      {"depth of JSON", static_cast<std::uint64_t>(crypto::JsonLimits{}.depth_max)}};
  std::string out;
  for (const auto& [name, most] : bounds) {
    std::string line =
        std::string(name) + std::string(width - std::min(width, name.size()), ' ') + " = " + std::to_string(most);
    line += std::string(line.size() < width + 14 ? width + 14 - line.size() : 1, ' ');
    out += line + "fixed\n";
  }
  return out;
}

}  // namespace

const std::vector<Setting>& settings() {
  static const std::vector<Setting> kAll = [] {
    std::vector<Setting> out = place_settings();
    for (Setting& each : oidc_settings()) out.push_back(std::move(each));
    for (Setting& each : connection_settings()) out.push_back(std::move(each));
    return out;
  }();
  return kAll;
}

HomeConfig parse_config(std::string_view text, std::vector<std::string>& faults) {
  HomeConfig config;
  auto read = crypto::read_json(text);
  if (const auto* error = std::get_if<crypto::JsonError>(&read)) {
    faults.push_back("cannot be read: " + error->detail);
    return config;
  }
  const Json& json = std::get<Json>(read);
  if (!json.is_object()) return faults.emplace_back("is not an object"), config;
  for (const auto& [name, value] : json.items()) {
    if (!is_group(name) || !value.is_object()) {
      read_member(name, value, config, faults);
      continue;
    }
    for (const auto& [inner, member] : value.items()) read_member(name + "." + inner, member, config, faults);
  }
  check_together(config, faults);
  return config;
}

std::string print_config(const HomeConfig& config) {
  static const HomeConfig kDefaults;
  Json out = Json::object();
  for (const Setting& each : settings()) {
    const bool always = std::find(kAlways.begin(), kAlways.end(), each.name) != kAlways.end();
    if (always || each.print(config) != each.print(kDefaults)) place_in(out, each.name) = each.print(config);
  }
  return out.dump(2) + '\n';
}

std::string describe_config(const HomeConfig& config) {
  std::size_t width = 0;
  for (const Setting& each : settings()) width = std::max(width, each.name.size());
  std::string out;
  for (const Setting& each : settings()) {
    std::string line = each.name + std::string(width - each.name.size(), ' ') + " = " + each.print(config).dump();
    line += std::string(line.size() < width + 14 ? width + 14 - line.size() : 1, ' ');
    out += line + (config.tells(each.name) ? "set      " : "default  ") + each.about + '\n';
  }
  return out + describe_fixed(width);
}

}  // namespace tools
