#pragma once

#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/client/server_link.h"

namespace tools {

/// The server answered with a problem. Exit code 1.
class RefusedError : public std::runtime_error {
 public:
  explicit RefusedError(Answer answer) : std::runtime_error("refused"), answer_(std::move(answer)) {}
  const Answer& answer() const { return answer_; }

 private:
  Answer answer_;
};

/// The answer's JSON; throws RefusedError for a problem, LinkError for what is no JSON.
nlohmann::json json_of(const Answer& answer);
nlohmann::json get_json(ServerLink& link, std::string_view path);
/// All rows of a list, page after page.
nlohmann::json get_rows(ServerLink& link, const std::string& path);

/// path?name=value&… of those that are not empty.
std::string with_query(std::string path, const std::vector<std::pair<std::string, std::string>>& parameters);

/// A member for people: text, number, amount, joined list; "" where there is nothing.
std::string cell(const nlohmann::json& row, std::string_view member);

}  // namespace tools
