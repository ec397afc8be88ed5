#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/api/city.h"

namespace city {

/// What somebody who asks for everything has been told.
struct Visit {
  std::string target;
  Answer answer;
};

/// Values for the parameters of operations, in paths and queries, by the parameter's name. Grows with each answer: a
/// member of that name, and ids for all.
class Values {
 public:
  /// The past is asked for as it was known from entry `since` on.
  Values(City& city, std::int64_t since);
  void learn(const Json& answer);
  /// Of a parameter as the OpenAPI document has it; empty when nobody knows what to ask with.
  std::vector<std::string> of(const Json& parameter) const;

 private:
  void add(std::set<std::string>& out, const std::string& name) const;
  void learn_member(const std::string& member, const Json& value);
  std::map<std::string, std::set<std::string>> by_name_;
  std::set<std::string> ids_;
};

/// Asks every GET operation of /openapi.json: with every id in its path, with every parameter of its query alone and
/// with pages of one row, from the first page to the last.
class Crawl {
 public:
  using Ask = std::function<Answer(const std::string& target)>;
  /// False ends the crawl.
  using Look = std::function<bool(const Visit&)>;

  Crawl(City& city, std::int64_t since, Ask ask, Look look);
  /// Goes through all. Twice, so that what the first round named is asked for in the second.
  void run();

  std::size_t asked() const { return asked_.size(); }
  /// GET operations of the document that were asked, and of them those that answered well at least once.
  const std::set<std::string>& visited() const { return visited_; }
  const std::set<std::string>& answered() const { return answered_; }
  /// Operations and parameters that it does not know how to ask for.
  const std::set<std::string>& unknown() const { return unknown_; }

 private:
  void ask_operation(const std::string& path, const Json& operation);
  std::vector<std::string> targets(const std::string& path, const Json& parameters);
  void ask_with_query(const std::string& target, const std::string& operation, const Json& parameters);
  void ask_pages(const std::string& target, const std::string& operation);
  Answer ask(const std::string& target, const std::string& operation);

  Ask ask_;
  Look look_;
  Json document_;
  Values values_;
  std::set<std::string> visited_, answered_, unknown_;
  std::map<std::string, Answer> asked_;
  bool is_over_ = false;
};

/// Operations of the document that are no GET: "submitEntry".
std::set<std::string> operations_that_write(City& city);

}  // namespace city
