#include "tests/api/city.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "crypto/digest.h"
#include "crypto/encoding.h"
#include "registry/log/place.h"
#include "registry/steps/border_link.h"
#include "registry/store/sqlite/access_file.h"
#include "registry/store/sqlite/sqlite_store.h"

namespace city {
namespace {

using namespace registry;

constexpr const char* kSuite = "ed25519-sha256";

std::filesystem::path new_folder() {
  static std::atomic<int> number{0};
  auto folder = std::filesystem::temp_directory_path() /
                ("tallystick-api-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
  std::filesystem::create_directories(folder);
  return folder;
}

crypto::PrivateKey key_of(std::string_view name) {
  return crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, crypto::sha256(name).view());
}

LedgerIdentity identity() {
  auto key = key_of("the log");
  auto signer = crypto::NoteSigner::make(City::kLedger, key);
  return {City::kLedger, key, std::move(*signer)};
}

api::TokenBook tokens() {
  Json list = Json::array();
  const auto add = [&](const std::string& token, const char* role, const std::string& party,
                       const std::string& region = {}) {
    Json entry{{"token_hash", crypto::sha256(token).hex()}, {"role", role}, {"note", "test"}};
    if (!party.empty()) entry["party"] = party;
    if (!region.empty()) entry.update({{"agency", "PS"}, {"level", "C"}, {"region", region}});
    list.push_back(std::move(entry));
  };
  for (const char* role : {"regulator", "bureau", "auditor", "operator"}) add(role, role, "");
  for (const char* role : {"regulator", "bureau"})
    for (const char* region : {"360300", "360400"}) add(std::string(role) + "-" + region, role, "", region);
  for (const char* party : {"maker-1", "user-1", "carrier-1", "other-1"})
    add(std::string("officer-") + party, "officer", party);
  return api::TokenBook::parse(list.dump());
}

/// Each unit has a code of its own.
std::string uscc_of(const std::string& party) {
  constexpr std::string_view kUnits[] = {"maker-1", "user-1", "carrier-1", "other-1", "exporter-1"};
  const auto at = std::find(std::begin(kUnits), std::end(kUnits), party) - std::begin(kUnits);
  return "91360300MA35K0000" + std::to_string(at);
}

Json lot_line(std::string_view lot, std::string_view amount) { return {{"lot", lot}, {"quantity", quantity(amount)}}; }

}  // namespace

Person::Person(std::string ledger, std::string party, std::string_view name)
    : ledger_(std::move(ledger)), party_(std::move(party)), key_(key_of(name)) {}

std::string Person::chain() const { return first_chain_of(key_.public_key().id()); }

Json Person::key_json() const { return {{"spki", crypto::to_base64(key_.public_key().spki())}, {"suite", kSuite}}; }

Submission Person::make(UtcTime time, std::string_view type, Json payload,
                        const std::vector<const Person*>& others) const {
  const AuthorPlace place{ledger_, party_, head_ ? &*head_ : nullptr, SeenCheckpoint::none(), time};
  Submission entry = make_entry(place, key_, type, std::move(payload));
  for (const Person* each : others)
    entry.signatures.push_back({each->key_.public_key().id(), each->key_.sign(entry.header_text), {}});
  return entry;
}

void Person::stored(const Submission& entry) {
  head_ = extended(entry.header, entry.entry_id, head_ ? &*head_ : nullptr, 0);
}

Json quantity(std::string_view value, std::string_view unit) { return {{"value", value}, {"unit", unit}}; }

City::City()
    : operator_(kLedger, "operator", "operator"),
      police(kLedger, "ps-jx", "police"),
      safety(kLedger, "em-jx", "safety"),
      maker(kLedger, "maker-1", "maker"),
      user(kLedger, "user-1", "user"),
      carrier(kLedger, "carrier-1", "carrier"),
      other(kLedger, "other-1", "other"),
      folder_(new_folder()),
      clock_(*UtcTime::parse("2026-03-02T02:00:00.000Z")),
      rules_(RulePack::load()),
      store_(SqliteStore::create((folder_ / "ledger.db").string())),
      anchor_(std::make_unique<AnchorFile>((folder_ / "anchor").string())),
      registry_(std::make_unique<Registry>(*store_, *anchor_, rules_, clock_, identity())) {
  api::ServerConfig config;
  config.idle_timeout = std::chrono::milliseconds{60'000};
  access_ = std::make_unique<AccessFile>(access_file());
  const auto log = [this](std::string_view line) {
    const std::lock_guard guard(log_lock_);
    log_text_.append(line).append("\n");
  };
  server_ = std::make_unique<api::ServiceServer>(*registry_, tokens(), config, log, std::string(), api::Routes{},
                                                 access_.get());
  server_->start();
  link_ = std::make_unique<Link>(server_->port());
  open();
}

City::~City() {
  link_.reset();
  server_->stop(std::chrono::milliseconds{0});
  server_.reset();
  registry_.reset();
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string City::log_text() {
  const std::lock_guard guard(log_lock_);
  return log_text_;
}

void City::open() {
  must(operator_, "ledger.open",
       {{"ledger", kLedger},
        {"log_key", registry_->log_key().vkey()},
        {"operator_key", operator_.key_json()},
        {"region", "360000"},
        {"pack", "cn"},
        {"suites", Json::array({kSuite, "p256-sha256", "sm2-sm3"})}});
  const auto agency = [&](Person& who, const char* name, const char* role) {
    must(operator_, "agency.enrol",
         {{"agency", who.party()},
          {"name", name},
          {"role", role},
          {"level", "P"},
          {"region", "360000"},
          {"key", who.key_json()}},
         {&who});
  };
  agency(police, "江西省公安厅", "PS");
  agency(safety, "江西省应急管理厅", "EM");
  enrol(maker, "producer,trader", "360302");
  enrol(user, "user", "360102");
  enrol(carrier, "carrier", "360302");
  enrol(other, "user", "360302");
}

void City::enrol(Person& party, std::string_view kinds, std::string_view region) {
  Json list = Json::array();
  for (std::size_t at = 0; at < kinds.size();) {
    const auto comma = std::min(kinds.find(',', at), kinds.size());
    list.push_back(kinds.substr(at, comma - at));
    at = comma + 1;
  }
  must(party, "party.register",
       {{"name", "萍乡化工 " + party.party()},
        {"kinds", list},
        {"uscc", uscc_of(party.party())},
        {"region", region},
        {"address", "安源区一号"},
        {"key", party.key_json()}});
  must(police, "party.verify", {{"party", party.party()}, {"method", "in-person"}});
  must(party, "site.add",
       {{"site", "S-" + party.party()},
        {"name", "一号库"},
        {"kind", "store"},
        {"region", region},
        {"address", "安源区一号"}});
}

Answer City::send(const Submission& entry) { return link().post("/v1/entries", format_submission(entry)); }

Answer City::submit(Person& author, std::string_view type, Json payload, const std::vector<const Person*>& others) {
  const Submission entry = author.make(now(), type, std::move(payload), others);
  Answer answer = send(entry);
  if (answer.status == 201) author.stored(entry);
  return answer;
}

Json City::must(Person& author, std::string_view type, Json payload, const std::vector<const Person*>& others) {
  const Answer answer = submit(author, type, std::move(payload), others);
  if (answer.status != 201) throw std::runtime_error(std::string(type) + ": " + answer.body);
  return answer.json();
}

void City::open_trade() {
  const std::string today = local_date(now()).str();
  const auto permit = [&](Person& issuer, const char* no, const char* kind, const Person& holder, int months,
                          bool bound) {
    Json line{{"substance", "CN2-02"}};
    if (bound) line["quantity"] = quantity("100");
    Json paper{{"permit", no},
               {"kind", kind},
               {"holder", holder.party()},
               {"lines", Json::array({line})},
               {"valid_from", today},
               {"valid_to", local_date(now()).plus_months(months).plus_days(-1).str()},
               {"purpose", "乙酰化反应"}};
    if (months < 36) paper["clean_since"] = local_date(now()).plus_months(-13).str();
    if (std::string_view(kind) == "C2-TRAN-12")
      for (const auto& [member, value] : {std::pair("origin", "360302"), std::pair("destination", "360000"),
                                          std::pair("consignee", "user-1"), std::pair("carrier", "carrier-1")})
        paper[member] = value;
    must(issuer, "permit.issue", std::move(paper));
  };
  permit(safety, "L-1", "C2T-FILE", maker, 36, false);
  permit(police, "B-1", "C23-BUY-N", user, 6, true);
  permit(police, "T-1", "C2-TRAN-12", maker, 12, true);
  Json line = lot_line("LOT-1", "500");
  line["substance"] = "CN2-02";
  must(maker, "stock.open", {{"site", "S-maker-1"}, {"lines", Json::array({line})}});
}

void City::sell(const std::string& sale, std::string_view amount) {
  must(maker, "sale.record",
       {{"sale", sale},
        {"buyer", "user-1"},
        {"substance", "CN2-02"},
        {"quantity", quantity(amount)},
        {"permit", "B-1"},
        {"licence", "L-1"},
        {"payment", "transfer"},
        {"checks", Json::array({"copies-kept"})},
        {"sold_on", local_date(now()).str()}});
  must(user, "sale.confirm", {{"sale", sale}, {"quantity", quantity(amount)}});
}

void City::dispatch(const std::string& consignment, const std::string& sale, std::string_view amount) {
  must(maker, "transfer.dispatch",
       {{"consignment", consignment},
        {"receiver", "user-1"},
        {"from_site", "S-maker-1"},
        {"to_site", "S-user-1"},
        {"lines", Json::array({lot_line("LOT-1", amount)})},
        {"carrier", "carrier-1"},
        {"vehicle", "赣J12345"},
        {"sale", sale},
        {"permit", "T-1"}});
}

void City::count(const std::string& consignment, std::string_view amount) {
  must(user, "transfer.count",
       {{"consignment", consignment}, {"lines", Json::array({lot_line("LOT-1", amount)})}, {"seals_intact", "none"}});
}

void City::open_border() {
  Person commerce(kLedger, "co-jx", "commerce"), exporter(kLedger, "exporter-1", "exporter");
  must(operator_, "agency.enrol",
       {{"agency", "co-jx"},
        {"name", "江西省商务厅"},
        {"role", "CO"},
        {"level", "P"},
        {"region", "360000"},
        {"key", commerce.key_json()}},
       {&commerce});
  enrol(exporter, "exporter", "360302");
  Json notice{{"border_case", "PEN-1"}, {"direction", "export"},       {"party", "exporter-1"},
              {"country", "SG"},        {"substance", "CN3-02"},       {"quantity", quantity("7")},
              {"mode", "sea"},          {"dispatch_on", "2026-03-20"}, {"reply_by", "2026-03-17"}};
  for (const char* member : {"authority", "exporter_name", "exporter_address", "importer_name", "importer_address",
                             "end_use", "port_exit", "port_entry"})
    notice[member] = "-";
  must(commerce, "border.notify", std::move(notice));
  must(commerce, "border.link",
       {{"border_case", "PEN-1"},
        {"link", "K-1"},
        {"purpose", "answer"},
        {"secret_hash", link_secret_hash(LinkToken::parse(border_token())->secret)},
        {"expires", now().plus_ms(86'400'000).str()}});
}

std::string border_token() { return LinkToken{"K-1", crypto::sha256("K-1").hex()}.str(); }

City& traded_city() {
  static City city;
  static const bool filled = [] {
    city.open_trade();
    city.sell("SALE-1", "20");
    city.dispatch("C-1", "SALE-1", "20");
    city.count("C-1", "20");
    city.must(city.user, "transfer.accept", {{"consignment", "C-1"}});
    city.sell("SALE-2", "40");
    city.dispatch("C-2", "SALE-2", "31.337");
    const Json asked{{"substance", "CN2-02"}, {"quantity", quantity("7")}};
    city.must(city.user, "permit.apply",
              {{"application", "A-1"},
               {"agency", city.police.party()},
               {"kind", "C23-BUY-1"},
               {"lines", Json::array({asked})},
               {"purpose", "乙酰化反应"}});
    city.must(
        city.maker, "stock.count",
        {{"site", "S-maker-1"}, {"lines", Json::array({lot_line("LOT-1", "440")})}, {"counted_on", "2026-03-02"}});
    city.open_border();
    return true;
  }();
  return filled ? city : throw std::logic_error("not filled");
}

}  // namespace city
