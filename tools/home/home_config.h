#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "api/access/oidc.h"
#include "api/http/limits.h"

namespace tools {

/// What the one configuration file of a server may say, config.json in its data folder. Each member, what it is for and
/// its bounds stand in settings.cpp.
struct HomeConfig {
  /// Origin of the log: "registry.example/360300".
  std::string ledger;
  /// GB/T 2260 code of the region it serves.
  std::string region;
  /// Rule pack: cn, eu.
  std::string pack = "cn";
  std::string address = "127.0.0.1";
  std::uint16_t port = 8360;
  /// Better on another volume; relative to the data folder.
  std::string anchor = "anchor";
  /// Keys of personal values: never in the same backup as the database; relative to the data folder.
  std::string personal_keys = "keys/personal.db";

  /// What signs the log, as open_signer takes it: "pkcs11:..." or "exec:..."; empty: keys/log.pem.
  std::string ledger_key;

  /// PEM files, relative to the data folder; both empty: no TLS.
  std::string tls_certificate, tls_key;
  /// Addresses and networks of reverse proxies that speak TLS for this server.
  std::vector<std::string> behind_proxy;

  /// Under which people reach the server: "https://registry.example"; empty: the scheme and Host they ask for.
  std::string origin;

  /// Bearer tokens of agencies' own sign-in service; an empty issuer: none are taken.
  api::OidcSettings oidc;
  /// Where its keys are: a file, relative to the data folder, or an address beginning with https://.
  std::string oidc_jwks;

  api::Limits limits;

  /// Members that stand in the file, by name; what does not is free to depend on the others.
  std::set<std::string> told;
  bool tells(const std::string& name) const { return told.contains(name); }
};

}  // namespace tools
