#include <catch2/catch.hpp>
#include <functional>

#include "crypto/encoding.h"
#include "registry/log/place.h"
#include "tests/api/city.h"

using namespace city;
using registry::Submission;

namespace {

Json a_site(const std::string& id) {
  return {{"site", id}, {"name", "三号库"}, {"kind", "store"}, {"region", "360302"}, {"address", "湘东区三号"}};
}

Json a_sale(const std::string& id, const Json& quantity_json) {
  return {{"sale", id},      {"buyer", "user-1"}, {"substance", "CN2-02"}, {"quantity", quantity_json},
          {"permit", "B-1"}, {"licence", "L-1"},  {"payment", "transfer"}, {"sold_on", "2026-03-02"}};
}

/// What the server says, with a mark when the log has grown.
std::string says(City& city, const Answer& answer, std::int64_t size) {
  return answer.says() + (city.log_size() == size ? "" : " BUT STORED");
}

std::string refusal_of(City& city, const Person& author, std::string_view type, Json payload) {
  const auto size = city.log_size();
  return says(city, city.send(author.make(city.now(), type, std::move(payload))), size);
}

std::string refusal_of(City& city, const std::string& body) {
  const auto size = city.log_size();
  return says(city, city.link().post("/v1/entries", body), size);
}

/// A body whose payload is these bytes, signed as they are.
std::string body_with_payload(City& city, const std::string& payload) {
  Submission entry = city.maker.make(city.now(), "site.add", a_site("S-9"));
  entry.payload = payload;
  entry.header.payload_bytes = payload.size();
  entry.header.payload_hash = crypto::sha256(payload);
  entry.header_text = registry::format_header(entry.header);
  entry.signatures.front().signature = city.maker.key().sign(entry.header_text);
  return registry::format_submission(entry);
}

/// The same entry with another header, signed as it stands.
std::string signed_anew(Submission entry, const std::function<void(registry::Header&)>& change) {
  change(entry.header);
  entry.header_text = registry::format_header(entry.header);
  entry.signatures.front().signature = traded_city().maker.key().sign(entry.header_text);
  return registry::format_submission(entry);
}

std::string with_member(const Json& payload, const std::string& raw) {
  Json copy = payload;
  copy["nonce"] = "00112233445566778899aabbccddeeff";
  std::string text = copy.dump();
  return text.substr(0, text.size() - 1) + "," + raw + "}";
}

}  // namespace

TEST_CASE("Bad bytes are refused as such, and nothing is stored") {
  City& city = traded_city();
  CHECK(refusal_of(city, "") == "400 malformed-request :bad_syntax");
  CHECK(refusal_of(city, "{\"header\":\"\xff\"}") == "400 malformed-request /header:bad_utf8");
  CHECK(refusal_of(city, "{\"header\":\"a\",\"header\":\"b\"}") == "400 malformed-request /header:duplicate_key");
  CHECK(refusal_of(city, "{\"header\":1.5}") == "400 malformed-request /header:float_number");
  CHECK(refusal_of(city, "{\"header\":1e400}") == "400 malformed-request /header:float_number");
  CHECK(refusal_of(city, std::string(10'000, '[') + std::string(10'000, ']')).starts_with("400 malformed-request"));
  CHECK(refusal_of(city, "{\"header\":\"a\"} x").starts_with("400 malformed-request"));
  CHECK(refusal_of(city, "[]") == "400 malformed-request :wrong_type");
  CHECK(refusal_of(city, "{\"extra\":1,\"header\":7,\"payload\":\"{}\",\"signatures\":[]}") ==
        "400 malformed-request /extra:unknown_field /header:wrong_type /signatures:too_few");
}

TEST_CASE("A body over the limit is refused before it is read") {
  City& city = traded_city();
  const auto size = city.log_size();
  Link link(city.port());
  CHECK(says(city, link.post("/v1/entries", std::string((std::size_t{1} << 20) + 1, ' ')), size) ==
        "413 body-too-large");
  Link another(city.port());
  CHECK(says(city, another.post("/v1/entries", "{}", "text/plain"), size) == "415 unsupported-media-type");
}

TEST_CASE("A payload is refused with a pointer to each bad place") {
  City& city = traded_city();
  const Json good = a_site("S-9");
  Json unknown = good, wrong = good;
  unknown["colour"] = "red";
  wrong["name"] = 7;
  wrong["kind"] = "cave";
  CHECK(refusal_of(city, city.maker, "site.add", unknown) == "422 payload-form /colour:unknown_field");
  CHECK(refusal_of(city, city.maker, "site.add", wrong) == "422 payload-form /name:wrong_type /kind:not_allowed");
  CHECK(refusal_of(city, body_with_payload(city, with_member(good, "\"name\":\"x\""))) ==
        "422 payload-form /name:duplicate_key");
  CHECK(refusal_of(city, body_with_payload(city, with_member(good, "\"z\":1.5"))) ==
        "422 payload-form /z:float_number");
  CHECK(refusal_of(city, body_with_payload(city, with_member(good, "\"z\":1e400"))) ==
        "422 payload-form /z:float_number");
  CHECK(refusal_of(city, body_with_payload(city, "{ }")).starts_with("422 payload-not-canonical"));
  std::string deep = with_member(good, "\"z\":" + std::string(10'000, '[') + std::string(10'000, ']'));
  CHECK(refusal_of(city, body_with_payload(city, deep)).starts_with("422 payload-form"));
}

TEST_CASE("Quantities and codes that are not exact are refused where they stand") {
  City& city = traded_city();
  CHECK(refusal_of(city, city.maker, "sale.record", a_sale("X-1", quantity("1.2345678"))) ==
        "422 quantity-too-fine /quantity");
  CHECK(refusal_of(city, city.maker, "sale.record", a_sale("X-1", quantity("12345678901234567"))) ==
        "422 payload-form /quantity/value:bad_quantity");
  Json other = a_sale("X-1", quantity("1"));
  other["substance"] = "CN9-99";
  CHECK(refusal_of(city, city.maker, "sale.record", other) == "422 unknown-substance /substance");
}

TEST_CASE("A signature counts for the key, the party and the ledger it was made for") {
  City& city = traded_city();
  Submission forged = city.maker.make(city.now(), "site.add", a_site("S-9"));
  forged.signatures.front().signature[3] = static_cast<char>(forged.signatures.front().signature[3] ^ 1);
  CHECK(refusal_of(city, registry::format_submission(forged)) == "422 bad-signature /signatures/0/signature");

  const Person stranger(City::kLedger, "maker-1", "nobody knows this key");
  CHECK(refusal_of(city, stranger, "site.add", a_site("S-9")).starts_with("422 unknown-key"));

  const Person impostor(City::kLedger, "maker-1", "user");
  CHECK(refusal_of(city, impostor, "site.add", a_site("S-9")) == "422 key-of-other-party header/party");

  const Person elsewhere("registry.example/other", "maker-1", "maker");
  CHECK(refusal_of(city, elsewhere, "site.add", a_site("S-9")).starts_with("422 wrong-ledger"));
}

TEST_CASE("Time may not run ahead, and an unknown step is no step") {
  City& city = traded_city();
  const auto size = city.log_size();
  const Submission early = city.maker.make(city.now().plus_ms(6 * 60'000), "site.add", a_site("S-9"));
  CHECK(says(city, city.send(early), size) == "422 time-in-future header/time");
  CHECK(refusal_of(city, city.maker, "site.burn", a_site("S-9")).starts_with("422 unknown-step"));
  CHECK(refusal_of(city, signed_anew(city.maker.make(city.now(), "site.add", a_site("S-9")),
                                     [](registry::Header& header) { header.version = 9; })) ==
        "422 step-version header/type");
}

TEST_CASE("A checkpoint that this log never had tells of another log") {
  City& city = traded_city();
  const Submission entry = city.maker.make(city.now(), "site.add", a_site("S-9"));
  const auto seen = [&](std::uint64_t size, crypto::Digest root) {
    return refusal_of(city, signed_anew(entry, [&](registry::Header& header) { header.seen = {size, root}; }));
  };
  const crypto::Digest other = crypto::sha256("the root of another log");
  CHECK(seen(3, other) == "422 seen-unknown header/seen");
  CHECK(seen(1'000'000, other) == "422 seen-unknown header/seen");
}

TEST_CASE("A chain takes its next entry only") {
  City city;
  const Person before = city.maker;
  city.must(city.maker, "site.add", a_site("S-5"));
  const Submission second = city.maker.make(city.now(), "site.add", a_site("S-6"));
  Person ahead = city.maker;
  ahead.stored(second);
  const auto size = city.log_size();
  CHECK(says(city, city.send(ahead.make(city.now(), "site.add", a_site("S-7"))), size).starts_with("409 chain-gap"));

  // A second, different entry for a place that is taken: evidence is stored and the chain stands still.
  const Answer fork = city.send(before.make(city.now(), "site.add", a_site("S-8")));
  CHECK(fork.says() == "409 chain-fork header/cseq");
  CHECK(city.log_size() == size + 1);
  CHECK(city.send(second).says().starts_with("409 chain-frozen"));
  CHECK(city.log_size() == size + 1);
  CHECK(city.get("/v1/chains/" + city.maker.chain()).json()["state"] == "frozen");
}

TEST_CASE("A revoked key signs nothing more") {
  City city;
  city.must(city.police, "key.revoke", {{"key", city.maker.key_id()}, {"reason", "lost"}});
  const auto size = city.log_size();
  CHECK(says(city, city.send(city.maker.make(city.now(), "site.add", a_site("S-9"))), size)
            .starts_with("422 key-revoked"));
  const auto index = size - 1;
  const Json key = city.get("/v1/keys/" + city.maker.key_id() + "?at=" + std::to_string(index - 1)).json();
  CHECK(key["state"] == "revoked");
  CHECK(key["state_at"] == "active");
}

TEST_CASE("Intentions that break a rule are refused before goods move") {
  City city;
  city.open_trade();
  CHECK(refusal_of(city, city.maker, "sale.record", a_sale("X-1", quantity("100.001")))
            .starts_with("409 permit-exhausted"));
  city.sell("SALE-1", "20");
  const Json line{{"lot", "LOT-1"}, {"quantity", quantity("20")}};
  Json goods{{"consignment", "C-9"},   {"receiver", "other-1"},        {"from_site", "S-maker-1"},
             {"to_site", "S-other-1"}, {"lines", Json::array({line})}, {"sale", "SALE-1"},
             {"permit", "T-1"}};
  CHECK(refusal_of(city, city.maker, "transfer.dispatch", goods) == "403 sale-of-others /sale");
  goods["receiver"] = "user-1", goods["to_site"] = "S-user-1";
  goods["lines"][0]["quantity"] = quantity("600");
  CHECK(refusal_of(city, city.maker, "transfer.dispatch", goods) == "409 sale-exceeded /sale");

  city.go_to(city.now().plus_ms(std::int64_t{200} * 86'400'000));
  Json late = a_sale("X-2", quantity("1"));
  late["sold_on"] = registry::local_date(city.now()).str();
  CHECK(refusal_of(city, city.maker, "sale.record", late) == "409 permit-expired /permit");
}
