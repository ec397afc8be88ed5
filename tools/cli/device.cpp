#include "tools/cli/device.h"

#include <nlohmann/json.hpp>

#include "crypto/json.h"
#include "tools/home/files.h"
#include "tools/home/home.h"

namespace tools {
namespace {

using Json = nlohmann::json;

constexpr crypto::JsonLimits kLimits{std::size_t{4} << 20, 8, false};

Json chain_json(const registry::Chain& chain) {
  return {{"cseq", chain.cseq}, {"head", chain.head},   {"id", chain.id},
          {"key", chain.key},   {"party", chain.party}, {"seq", chain.seq}};
}

registry::Chain read_chain(const Json& json) {
  registry::Chain chain;
  chain.cseq = json.at("cseq").get<std::int64_t>();
  chain.head = json.at("head").get<std::string>();
  chain.id = json.at("id").get<std::string>();
  chain.key = json.at("key").get<std::string>();
  chain.party = json.at("party").get<std::string>();
  chain.seq = json.at("seq").get<std::int64_t>();
  return chain;
}

DeviceMemory read(const Json& json) {
  DeviceMemory out;
  out.ledger = json.at("ledger").get<std::string>();
  out.log_key = json.at("log_key").get<std::string>();
  if (!json.at("chain").is_null()) out.chain = read_chain(json.at("chain"));
  out.seen.size = json.at("seen").at("size").get<std::uint64_t>();
  out.seen.root = crypto::Digest::parse_base64(json.at("seen").at("root").get<std::string>()).value();
  out.pending = json.at("pending").get<std::string>();
  return out;
}

}  // namespace

std::filesystem::path DeviceMemory::path_for(const std::filesystem::path& key_file) {
  return key_file.string() + ".memory";
}

DeviceMemory DeviceMemory::load(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return {};
  auto json = crypto::read_json(read_file(path), kLimits);
  try {
    return read(std::get<Json>(json));
  } catch (const std::exception& error) {
    throw UsageError(path.string() + " cannot be read (" + error.what() +
                     "); move it aside and give --token, so that the registry tells how far the chain has come");
  }
}

void DeviceMemory::save(const std::filesystem::path& path) const {
  const Json json = {{"chain", chain ? chain_json(*chain) : Json()},
                     {"ledger", ledger},
                     {"log_key", log_key},
                     {"pending", pending},
                     {"seen", {{"root", seen.root.base64()}, {"size", seen.size}}}};
  write_file(path, json.dump(2) + '\n', Secrecy::owner_only);
}

}  // namespace tools
