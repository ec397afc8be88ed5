#include "tools/cli/token_file.h"

#include <nlohmann/json.hpp>

#include "crypto/digest.h"
#include "crypto/encoding.h"
#include "crypto/json.h"
#include "crypto/random.h"
#include "registry/base/fault.h"
#include "tools/home/files.h"

namespace tools {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kTokenBytes = 32;

Json read_list(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return Json::array();
  auto read = crypto::read_json(read_file(path), {std::size_t{8} << 20, 4, false});
  const auto* list = std::get_if<Json>(&read);
  if (!list || !list->is_array()) throw UsageError(path.string() + " is no list of tokens");
  return *list;
}

}  // namespace

std::string add_token(const Home& home, api::Role role, const std::string& party, const std::string& note,
                      const std::optional<api::Agency>& agency) {
  std::string token = crypto::to_base64url(crypto::random_bytes(kTokenBytes));
  Json entry = {{"note", note}, {"role", std::string(api::name(role))}, {"token_hash", crypto::sha256(token).hex()}};
  if (!party.empty()) entry["party"] = party;
  if (agency) entry.update({{"agency", agency->role}, {"level", agency->level}, {"region", agency->region}});
  Json list = read_list(home.tokens());
  list.push_back(std::move(entry));
  const std::string text = list.dump(2) + '\n';
  try {
    api::TokenBook::parse(text);
  } catch (const registry::Fault& fault) {
    throw UsageError(fault.what());
  }
  write_file(home.tokens(), text, Secrecy::owner_only);
  return token;
}

api::TokenBook load_tokens(const std::filesystem::path& path) {
  return std::filesystem::exists(path) ? api::TokenBook::load(path.string()) : api::TokenBook();
}

}  // namespace tools
