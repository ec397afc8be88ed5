#include "tests/api/signed_in.h"

#include "crypto/encoding.h"

namespace city {

SignedIn::SignedIn(City& city, Person& admin, const std::string& duty)
    : person_(City::kLedger, admin.party(), admin.party() + duty), link_(city.port()) {
  const std::string officer = "O-" + admin.party() + "-" + duty;
  city.must(admin, "officer.appoint", {{"officer", officer}, {"duty", duty}});
  city.must(admin, "key.enrol", {{"key", person_.key_json()}, {"role", "officer"}, {"officer", officer}}, {&person_});
  sign_in();
}

SignedIn::SignedIn(City& city, const Person& who) : person_(who), link_(city.port()) { sign_in(); }

void SignedIn::sign_in() {
  link_.set_header("Sec-Fetch-Site", "same-origin");
  link_.set_header("Tallystick-Purpose", "routine");
  const Json challenge = link_.post("/v1/session/challenges", Json{{"key", person_.key_id()}}.dump()).json();
  const std::string signature = crypto::to_base64(person_.key().sign(text(challenge, "text")));
  const Answer session =
      link_.post("/v1/session", Json{{"challenge", challenge["challenge"]}, {"signature", signature}}.dump());
  link_.set_header("Cookie", session.cookie.substr(0, session.cookie.find(';')));
}

Person agency(City& city, const std::string& id, const std::string& level, const std::string& region,
              const std::string& kind) {
  Person out(City::kLedger, id, id);
  city.must(
      city.operator_, "agency.enrol",
      {{"agency", id}, {"name", id}, {"role", kind}, {"level", level}, {"region", region}, {"key", out.key_json()}},
      {&out});
  return out;
}

}  // namespace city
