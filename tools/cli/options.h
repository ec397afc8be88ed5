#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/home/home.h"

// The commands and what each takes from the command line. Every one gives an exit code (exit_codes.h) and may throw
// UsageError, LinkError, RefusedError, IntegrityError and registry::Fault, which run_command turns into one.
namespace tools {

struct InitOptions {
  std::string data;
  HomeConfig config;
  /// Asks for everything instead.
  bool wizard = false;
};
/// Makes the data folder, its keys, the ledger with its first entry, and one token for each role that needs no party.
int run_init(const InitOptions& options);

struct TokenOptions {
  std::string data, role, party, note;
  /// What the agency answers for: PS DA EM CO HC CU MR, X C P N, six digits; all three or none.
  std::string agency, level, region;
};
/// Makes a bearer token and prints it, once.
int run_token_new(const TokenOptions& options);

struct ServeOptions {
  std::string data, address;
  /// -1: as configured; 0: any free one.
  int port = -1;
  bool quiet = false, check_config = false;
  /// PEM files and proxies; over those of the configuration.
  std::string tls_certificate, tls_key;
  std::vector<std::string> behind_proxy;
};
/// Serves until SIGTERM or SIGINT; SIGHUP reads the certificate again.
int run_serve(const ServeOptions& options);

struct KeyNewOptions {
  std::string suite = "ed25519-sha256", out;
};
int run_key_new(const KeyNewOptions& options);

struct KeyShowOptions {
  std::string file;
  bool json = false;
};
int run_key_show(const KeyShowOptions& options);

/// Of every command that speaks to a server.
struct ServerOptions {
  std::string server = "http://127.0.0.1:8360", token;
  /// PEM file of the authorities whose certificates are good for an https server; empty: those of the system.
  std::string ca;
  /// File of an enrolled key that signs what is read, instead of a token; and why an official looks.
  std::string key, purpose;
};

struct SubmitOptions {
  ServerOptions at;
  /// Keys as open_signer takes them.
  std::string key, second;
  std::string party, type, payload, log_key, out;
  /// Where the device of the key remembers; empty: beside the key's file.
  std::string memory;
  /// A file of personal values: a JSON object from the place in the payload to the value, {"/name": "..."}.
  std::string personal;
  /// The key has never signed anything.
  bool first = false;
};
int run_submit(const SubmitOptions& options);

struct EraseOptions {
  /// Who orders it, as for any other entry.
  SubmitOptions as;
  std::int64_t entry = -1;
  /// Numbers of the values in the entry, 1 first.
  std::vector<std::int64_t> values;
  std::string ground, remark;
};
/// Orders personal values of an entry to be erased; when it says so, they are gone.
int run_erase(const EraseOptions& options);

struct VerifyCommandOptions {
  /// A database, a data folder, a bundle, or the address of a server.
  std::string subject, log_key, ca;
  unsigned threads = 0;
  bool json = false;
};
int run_verify(const VerifyCommandOptions& options);

struct TraceOptions {
  ServerOptions at;
  std::string lot, site;
  bool backwards = false, json = false;
};
int run_trace(const TraceOptions& options);

struct BalanceOptions {
  ServerOptions at;
  std::string where = "site", party, place, substance, lot;
  /// The mass balance of a period instead of what is there now.
  bool mass = false;
  std::string region, from, to;
  bool json = false;
};
int run_balance(const BalanceOptions& options);

struct PermitOptions {
  ServerOptions at;
  std::string number;
  std::string bundle;
  bool json = false;
};
int run_permit(const PermitOptions& options);

struct DutiesOptions {
  ServerOptions at;
  std::string party, kind, region, seen_by;
  bool overdue = false, json = false;
};
int run_duties(const DutiesOptions& options);

struct CoverageOptions {
  ServerOptions at;
  std::string region;
  /// Those that were named and are not registered, instead of the rates.
  bool exceptions = false;
  bool json = false;
};
int run_coverage(const CoverageOptions& options);

struct BorderOptions {
  ServerOptions at;
  /// One case; empty for the list.
  std::string number, standing;
  bool json = false;
};
/// Two-way checks at the border: the list, or one with all its documents.
int run_border(const BorderOptions& options);

struct BorderLinkOptions {
  SubmitOptions submit;
  std::string border_case, purpose = "answer";
  int days = 14;
};
/// Draws the secret of a one-time link for a partner authority, signs the entry that issues it, and prints the link,
/// once.
int run_border_link(const BorderLinkOptions& options);

struct LetterOptions {
  SubmitOptions submit;
  std::string letter, to, tracking;
};
/// Draws the code of a letter to the legal address of a unit, signs the entry with what seals it, and prints the code,
/// once.
int run_letter(const LetterOptions& options);

struct ReportOptions {
  ServerOptions at;
  std::string kind, party, region, period, known_at, format = "csv", lang = "zh", out;
};
/// Writes a report to a file, or to the standard output.
int run_report(const ReportOptions& options);

struct AccessVerifyOptions {
  std::string data;
  /// A file with a head that somebody kept: the signed note of /v1/access-log/head.
  std::string head;
};
/// Checks the log of reads: its chain, against the anchor on the other volume, and against a kept head. kIntegrity, and
/// the first line that does not follow, when it was changed or cut off.
int run_access_verify(const AccessVerifyOptions& options);

struct RebuildOptions {
  std::string data;
  bool adopt = false;
};
int run_rebuild(const RebuildOptions& options);

struct AuditOptions {
  std::string data;
};
/// Decides every entry again by the rules of its day; kIntegrity when one comes out otherwise than it is stored.
int run_audit(const AuditOptions& options);

struct BackupOptions {
  std::string data, to;
  /// Where the keys of personal values go; empty for nowhere.
  std::string keys_to;
};
int run_backup(const BackupOptions& options);

struct RestoreOptions {
  std::string from, data;
  /// A copy of the keys of personal values; empty keeps those that are there.
  std::string keys_from;
};
int run_restore(const RestoreOptions& options);

}  // namespace tools
