#include "tools/cli/submit.h"

#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "crypto/json.h"
#include "registry/log/leaf.h"
#include "registry/log/place.h"
#include "registry/log/receipt.h"
#include "tools/cli/chain_head.h"
#include "tools/cli/device.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/fetch.h"
#include "tools/cli/options.h"
#include "tools/cli/problem.h"
#include "tools/cli/trust.h"
#include "tools/client/author.h"
#include "tools/client/signer.h"
#include "tools/home/files.h"

namespace tools {
namespace {

using Json = nlohmann::json;
using registry::Submission;

Json read_payload(const std::string& from) {
  const std::string text = from == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {}) : read_file(from);
  auto read = crypto::read_json(text);
  if (const auto* error = std::get_if<crypto::JsonError>(&read))
    throw UsageError("the payload cannot be read: " + error->detail + " at " + error->pointer);
  if (!std::get<Json>(read).is_object()) throw UsageError("the payload is not an object");
  return std::get<Json>(std::move(read));
}

std::vector<crypto::PrivateValue> read_personal(const std::string& from) {
  std::vector<crypto::PrivateValue> out;
  if (from.empty()) return out;
  auto read = crypto::read_json(read_file(from));
  if (const auto* error = std::get_if<crypto::JsonError>(&read))
    throw UsageError("the personal values cannot be read: " + error->detail + " at " + error->pointer);
  const Json& values = std::get<Json>(read);
  if (!values.is_object()) throw UsageError("the personal values are not an object");
  for (const auto& [path, value] : values.items()) {
    if (!value.is_string()) throw UsageError("the personal value " + path + " is not a text");
    out.push_back({path, value.get<std::string>(), {}});
  }
  return out;
}

/// Throws IntegrityError unless the answer proves that exactly this entry stands in the log of that key.
registry::ProvenPlace check_receipt(const Json& answer, const Submission& entry, const crypto::NoteVerifier& log_key) {
  const std::string leaf_text = cell(answer, "leaf");
  const auto place = registry::verify_receipt(cell(answer, "receipt"), leaf_text, log_key);
  if (!place) throw IntegrityError("the receipt does not hold: " + place.error().fields.at(0).detail);
  const auto leaf = registry::parse_leaf(leaf_text);
  if (!leaf || leaf->header_text != entry.header_text) throw IntegrityError("the receipt is for another entry");
  if (crypto::sha256(cell(answer, "outcome")) != leaf->frame.outcome_hash)
    throw IntegrityError("the outcome is not the one that the receipt names");
  return *place;
}

/// The same step, whatever its nonce, time and place in the chain.
bool is_same_step(const Submission& entry, const Json& payload, const SubmitOptions& options) {
  Json sent = *entry.payload_json;
  if (!payload.contains("nonce")) sent.erase("nonce");
  return entry.header.type == options.type && entry.header.party == options.party && sent == payload;
}

std::filesystem::path memory_path(const SubmitOptions& options) {
  if (!options.memory.empty()) return options.memory;
  if (is_key_file(options.key)) return DeviceMemory::path_for(options.key);
  throw UsageError("a key in a token has no file beside it: say with --memory FILE where this device remembers");
}

/// One device that sends entries, with its memory on disk.
class Sender {
 public:
  explicit Sender(const SubmitOptions& options)
      : options_(options),
        key_(open_signer(options.key)),
        path_(memory_path(options)),
        memory_(DeviceMemory::load(path_)),
        link_(options.at.server, options.at.token, options.at.ca),
        head_(fetch_head(link_, parse_log_key(options.log_key), memory_.log_key)) {
    if (!options.second.empty()) second_ = open_signer(options.second);
    require_growth(link_, memory_.seen, head_);
    saw(head_.checkpoint);
  }

  int run(const Json& payload) {
    if (const auto before = send_pending()) {
      const bool same = before->first && is_same_step(*before->first, payload, options_);
      if (same || !memory_.pending.empty()) return before->second;
      std::cerr << "that was the entry of the last run, which had got no answer; now the new one:\n";
    }
    return send(make(payload));
  }

 private:
  using Sent = std::pair<std::optional<Submission>, int>;

  std::optional<Sent> send_pending() {
    if (memory_.pending.empty()) return {};
    auto entry = registry::parse_submission(memory_.pending);
    if (!entry) throw UsageError(path_.string() + " holds an entry that cannot be read");
    const int code = send(*entry);
    return Sent{std::move(*entry), code};
  }

  Submission make(const Json& payload) {
    Author author(head_.checkpoint.origin, options_.party, key_);
    ServerLink reader = chain_reader();
    if (const auto chain = find_chain_head(reader, key_.public_key(), memory_.chain, options_.first))
      author.resume(*chain);
    author.saw(memory_.seen);
    std::vector<const crypto::PrivateKey*> others;
    if (second_) others.push_back(&*second_);
    return author.make(options_.type, payload, others, read_personal(options_.personal));
  }

  /// Without a token the key asks for its own chain.
  ServerLink chain_reader() const {
    ServerLink out(options_.at.server, options_.at.token, options_.at.ca);
    if (options_.at.token.empty()) out.sign_with(key_);
    out.say_purpose("routine");
    return out;
  }

  int send(const Submission& entry) {
    remember_pending(registry::format_submission(entry));
    const Answer answer = link_.post("/v1/entries", "application/json", memory_.pending);
    if (answer.status >= 500) return print_problem(answer, std::cerr), kRefused;
    if (!answer.good()) {
      remember_pending({});
      return print_problem(answer, std::cerr), kRefused;
    }
    accept(entry, json_of(answer));
    return kGood;
  }

  void accept(const Submission& entry, const Json& answer) {
    const auto place = check_receipt(answer, entry, head_.log_key);
    registry::Chain before = memory_.chain.value_or(registry::Chain{});
    memory_.chain = registry::extended(entry.header, entry.entry_id, &before, static_cast<std::int64_t>(place.index));
    saw(place.checkpoint);
    remember_pending({});
    if (!options_.out.empty()) write_file(options_.out, cell(answer, "receipt"), Secrecy::open, false);
    std::cout << "index " << place.index << '\n';
    if (answer.value("known", false)) std::cout << "it was stored before; nothing new happened\n";
    std::cout << "entry " << entry.entry_id.hex() << "\ntime  " << cell(answer, "rtime")
              << "\nproof holds under the checkpoint of " << place.checkpoint.size << " entries 回执已验证\n";
    print_outcome(Json::parse(cell(answer, "outcome")));
  }

  void print_outcome(const Json& outcome) {
    if (const auto put = outcome.find("put"); put != outcome.end() && put->contains("finding"))
      for (const Json& finding : (*put)["finding"])
        std::cout << "finding 异常: " << cell(finding, "kind") << " " << cell(finding, "subject") << '\n';
  }

  void saw(const crypto::Checkpoint& checkpoint) {
    if (checkpoint.size > memory_.seen.size) memory_.seen = {checkpoint.size, checkpoint.root};
    memory_.ledger = checkpoint.origin;
    memory_.log_key = head_.log_key.vkey();
  }

  void remember_pending(std::string entry) {
    memory_.pending = std::move(entry);
    memory_.save(path_);
  }

  const SubmitOptions& options_;
  crypto::PrivateKey key_;
  std::optional<crypto::PrivateKey> second_;
  std::filesystem::path path_;
  DeviceMemory memory_;
  ServerLink link_;
  TrustedHead head_;
};

}  // namespace

int submit_payload(const SubmitOptions& options, const Json& payload) { return Sender(options).run(payload); }

int run_submit(const SubmitOptions& options) { return submit_payload(options, read_payload(options.payload)); }

}  // namespace tools
