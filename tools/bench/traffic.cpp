#include "tools/bench/traffic.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "crypto/batch_signature.h"
#include "registry/base/time.h"
#include "registry/domain/codes.h"
#include "registry/domain/number_key.h"
#include "registry/log/submission.h"

namespace tools {
namespace {

using Json = nlohmann::json;
using registry::Submission;

constexpr const char* kRegion = "360302";
constexpr const char* kSubstance = "CN3-02";
constexpr std::size_t kDeal = 5;

/// Each unit has a code of its own, with its check digit.
std::string uscc_of(std::int64_t unit) {
  std::string code = registry::index_key(unit);
  code = "91360302" + code.substr(code.size() - 9) + "0";
  for (const char check : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
    code.back() = check;
    if (registry::check_uscc(code) == registry::CodeCheck::ok) break;
  }
  return code;
}

Json quantity(const char* value, const char* unit) { return {{"unit", unit}, {"value", value}}; }

Author new_author(const std::string& ledger, std::string party, crypto::Suite suite) {
  return Author(ledger, std::move(party), crypto::PrivateKey::generate(suite));
}

std::string today_plus(int days) { return registry::local_date(registry::SystemClock().now()).plus_days(days).str(); }

std::string request(std::string_view path, std::string_view type, const std::string& body) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Numbers rise with time, as waybill numbers do: "00000123-7" is the 123rd deal of pair 7.
std::string deal_number(const TradePair& pair, std::size_t n) {
  const std::string digits = std::to_string(n / kDeal + 1);
  return std::string(8 - std::min<std::size_t>(8, digits.size()), '0') + digits + '-' + pair.id;
}

/// Entry number `n` of a pair's endless row of deals.
Submission next_entry(TradePair& pair, std::size_t n) {
  const std::string deal = deal_number(pair, n);
  const Json line = {{"lot", "L-" + pair.id}, {"quantity", quantity("25", "kg")}};
  switch (n % kDeal) {
    case 0:
      return pair.seller.make("sale.record", {{"sale", "S-" + deal},
                                              {"buyer", pair.buyer.party()},
                                              {"substance", kSubstance},
                                              {"quantity", quantity("25", "kg")},
                                              {"permit", "BUY-" + pair.id},
                                              {"licence", "LIC-" + pair.id},
                                              {"payment", "transfer"},
                                              {"checks", Json::array({"copies-kept"})},
                                              {"sold_on", today_plus(0)}});
    case 1:
      return pair.buyer.make("sale.confirm", {{"sale", "S-" + deal}, {"quantity", quantity("25", "kg")}});
    case 2:
      return pair.seller.make("transfer.dispatch", {{"consignment", "C-" + deal},
                                                    {"receiver", pair.buyer.party()},
                                                    {"from_site", "store-s" + pair.id},
                                                    {"to_site", "store-b" + pair.id},
                                                    {"lines", Json::array({line})},
                                                    {"seals", "A" + deal},
                                                    {"sale", "S-" + deal}});
    case 3:
      return pair.buyer.make("transfer.count",
                             {{"consignment", "C-" + deal}, {"lines", Json::array({line})}, {"seals_intact", "yes"}});
    default:
      return pair.buyer.make("transfer.accept", {{"consignment", "C-" + deal}});
  }
}

/// Replaces the signatures of one author's entries by one signature over them all.
void sign_together(std::vector<Submission*> entries, const Author& author, const std::string& ledger) {
  const auto& key = author.key().public_key();
  std::vector<crypto::Digest> ids;
  for (const Submission* entry : entries) ids.push_back(entry->entry_id);
  const crypto::BatchHead head{ledger, ids.size(), crypto::batch_root(key.suite(), ids)};
  const std::string signature = author.key().sign(crypto::batch_message(key, head));
  for (std::size_t i = 0; i < entries.size(); ++i)
    entries[i]->signatures = {
        {key.id(), {}, crypto::BatchSignature{ids.size(), i, crypto::batch_path(key.suite(), ids, i), signature}}};
}

std::string ndjson(std::vector<Submission>& entries) {
  std::string body;
  for (const Submission& entry : entries) (body += registry::format_submission(entry)) += '\n';
  return body;
}

}  // namespace

Traffic::Traffic(ServerLink& link, std::string ledger, Author operator_author)
    : link_(link),
      ledger_(std::move(ledger)),
      operator_(std::move(operator_author)),
      police_(new_author(ledger_, "bench-ps", crypto::Suite::ed25519_sha256)),
      safety_(new_author(ledger_, "bench-em", crypto::Suite::ed25519_sha256)) {
  for (Author* agency : {&police_, &safety_})
    send(operator_.make("agency.enrol",
                        {{"agency", agency->party()},
                         {"name", agency == &police_ ? "公安分局" : "应急管理局"},
                         {"role", agency == &police_ ? "PS" : "EM"},
                         {"level", "X"},
                         {"region", kRegion},
                         {"key", agency->key_json()}},
                        {&agency->key()}));
}

void Traffic::send(const Submission& entry) {
  const Answer answer = link_.post("/v1/entries", "application/json", registry::format_submission(entry));
  if (!answer.good()) throw std::runtime_error("the bench's " + entry.header.type + " was refused: " + answer.body);
}

TradePair Traffic::make_pair(crypto::Suite suite) {
  const std::string n = std::to_string(++pairs_);
  TradePair pair{new_author(ledger_, "seller-" + n, suite), new_author(ledger_, "buyer-" + n, suite), n, 0};
  for (Author* unit : {&pair.seller, &pair.buyer}) {
    const bool seller = unit == &pair.seller;
    send(unit->make("party.register", {{"name", seller ? "经营单位" + n : "使用单位" + n},
                                       {"kinds", {seller ? "trader" : "user"}},
                                       {"uscc", uscc_of(static_cast<std::int64_t>(2 * pairs_ + (seller ? 1 : 0)))},
                                       {"region", kRegion},
                                       {"address", "安源区"},
                                       {"key", unit->key_json()}}));
    send(police_.make("party.verify", {{"party", unit->party()}, {"method", "in-person"}}));
    send(unit->make("site.add", {{"site", (seller ? "store-s" : "store-b") + n},
                                 {"name", "仓库"},
                                 {"kind", "store"},
                                 {"region", kRegion},
                                 {"address", "安源区"}}));
  }
  send(safety_.make("permit.issue", {{"permit", "LIC-" + n},
                                     {"kind", "C3T-FILE"},
                                     {"holder", pair.seller.party()},
                                     {"lines", {{{"substance", kSubstance}}}},
                                     {"valid_from", today_plus(0)},
                                     {"valid_to", today_plus(900)},
                                     {"purpose", "经营"}}));
  send(police_.make("permit.issue", {{"permit", "BUY-" + n},
                                     {"kind", "C23-BUY-N"},
                                     {"holder", pair.buyer.party()},
                                     {"lines", {{{"substance", kSubstance}, {"quantity", quantity("1000000", "t")}}}},
                                     {"valid_from", today_plus(0)},
                                     {"valid_to", today_plus(150)},
                                     {"clean_since", today_plus(-400)},
                                     {"purpose", "清洗"}}));
  send(pair.seller.make(
      "stock.open",
      {{"site", "store-s" + n},
       {"lines", {{{"lot", "L-" + n}, {"substance", kSubstance}, {"quantity", quantity("1000000", "t")}}}}}));
  return pair;
}

Script Traffic::singles(TradePair& pair, std::size_t entries) {
  Script script;
  for (std::size_t i = 0; i < entries; ++i)
    script.requests.push_back(
        request("/v1/entries", "application/json", registry::format_submission(next_entry(pair, pair.sales++))));
  return script;
}

Script Traffic::batches(TradePair& pair, std::size_t batches, std::size_t each, Signing signing) {
  Script script;
  script.entries_each = each;
  for (std::size_t b = 0; b < batches; ++b) {
    std::vector<Submission> entries;
    for (std::size_t i = 0; i < each; ++i) entries.push_back(next_entry(pair, pair.sales++));
    if (signing == Signing::batch) {
      for (const Author* author : {&pair.seller, &pair.buyer}) {
        std::vector<Submission*> own;
        for (Submission& entry : entries)
          if (entry.header.party == author->party()) own.push_back(&entry);
        sign_together(own, *author, entries.front().header.ledger);
      }
    }
    script.requests.push_back(request("/v1/entries:batch", "application/x-ndjson", ndjson(entries)));
  }
  return script;
}

}  // namespace tools
