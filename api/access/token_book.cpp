#include "api/access/token_book.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "api/http/text.h"
#include "crypto/json.h"
#include "registry/base/fault.h"

namespace api {
namespace {

/// Each request compares with all of them.
constexpr std::size_t kTokensMax = 10'000;
constexpr std::size_t kNoteMax = 200;

[[noreturn]] void fail(const std::string& what) { throw registry::Fault("tokens: " + what); }

std::string text(const Json& json, const char* member, const std::string& place) {
  const auto at = json.find(member);
  if (at == json.end()) return {};
  if (!at->is_string()) fail(place + "/" + member + " is not a text");
  return at->get<std::string>();
}

/// All of the two values, wherever they differ.
bool equal(const crypto::Digest& a, const crypto::Digest& b) {
  unsigned differ = 0;
  for (std::size_t i = 0; i < a.bytes.size(); ++i) differ |= static_cast<unsigned>(a.bytes[i] ^ b.bytes[i]);
  return differ == 0;
}

void only_known(const Json& json, const std::string& place) {
  if (!json.is_object()) fail(place + " is not an object");
  for (const auto& [member, value] : json.items())
    if (member != "token_hash" && member != "role" && member != "party" && member != "note" && member != "agency" &&
        member != "level" && member != "region")
      fail(place + "/" + member + " is not known");
}

/// Bounds a regulator's or bureau's token as its agency is bounded.
std::optional<Agency> read_agency(const Json& json, Role role, const std::string& place) {
  Agency out{text(json, "agency", place), text(json, "level", place), text(json, "region", place)};
  if (out == Agency{}) return {};
  constexpr std::string_view kRoles = "PS DA EM CO HC CU MR", kLevels = "NPCX";
  if (role != Role::regulator && role != Role::bureau) fail(place + "/agency belongs to a regulator or bureau");
  if (out.role.size() != 2 || kRoles.find(out.role) == kRoles.npos)
    fail(place + "/agency is none of " + std::string(kRoles));
  if (out.level.size() != 1 || kLevels.find(out.level) == kLevels.npos) fail(place + "/level is none of N P C X");
  if (out.region.size() != 6 || !is_digits(out.region)) fail(place + "/region is not six digits");
  return out;
}

}  // namespace

TokenBook TokenBook::load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) fail(path + " cannot be read");
  return parse(bytes.str());
}

TokenBook::Entry TokenBook::read_entry(const Json& json, const std::string& place) {
  only_known(json, place);
  const auto hash = crypto::Digest::parse_hex(text(json, "token_hash", place));
  if (!hash) fail(place + "/token_hash is not 64 lowercase hex digits");
  const auto role = parse_role(text(json, "role", place));
  if (!role || *role > Role::operator_) fail(place + "/role is none of regulator, bureau, auditor, officer, operator");
  std::string party = text(json, "party", place), note = text(json, "note", place);
  auto agency = read_agency(json, *role, place);
  if ((*role == Role::officer) == party.empty()) fail(place + "/party belongs to an officer, and to nobody else");
  if (note.size() > kNoteMax) fail(place + "/note is too long");
  return {*hash, std::make_shared<const Caller>(*role, std::move(party), std::move(note), std::move(agency))};
}

TokenBook TokenBook::parse(std::string_view json) {
  const auto read = crypto::read_json(json, {std::size_t{8} << 20, 4, false});
  if (const auto* error = std::get_if<crypto::JsonError>(&read)) fail(error->pointer + ": " + error->detail);
  const Json& list = std::get<Json>(read);
  if (!list.is_array()) fail("the file is not a list");
  if (list.size() > kTokensMax) fail("more than " + std::to_string(kTokensMax) + " tokens");
  TokenBook book;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Entry entry = read_entry(list[i], "/" + std::to_string(i));
    for (const Entry& other : book.entries_)
      if (other.hash == entry.hash) fail("/" + std::to_string(i) + " is there twice");
    book.entries_.push_back(std::move(entry));
  }
  return book;
}

std::shared_ptr<const Caller> TokenBook::find(std::string_view token) const {
  const crypto::Digest hash = crypto::sha256(token);
  std::shared_ptr<const Caller> found;
  for (const Entry& entry : entries_)
    if (equal(entry.hash, hash)) found = entry.caller;
  return found;
}

}  // namespace api
