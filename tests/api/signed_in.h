#pragma once

#include <string>

#include "tests/api/city.h"

namespace city {

/// A browser of somebody who signed in with a key and says why they look.
class SignedIn {
 public:
  /// An officer of a unit or a person of an agency, appointed for this.
  SignedIn(City& city, Person& admin, const std::string& duty);
  /// The person as such.
  SignedIn(City& city, const Person& who);

  Answer get(const std::string& path) { return link_.get(path); }
  Link& link() { return link_; }
  const Person& person() const { return person_; }

 private:
  void sign_in();
  Person person_;
  Link link_;
};

/// An agency for one region, of public security unless told.
Person agency(City& city, const std::string& id, const std::string& level, const std::string& region,
              const std::string& kind = "PS");

}  // namespace city
