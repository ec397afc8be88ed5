#include "registry/service/registry.h"

#include <mutex>
#include <nlohmann/json.hpp>

#include "crypto/checkpoint.h"
#include "registry/log/receipt.h"
#include "registry/service/proofs.h"
#include "registry/service/startup.h"

namespace registry {

namespace {

constexpr std::string_view kErase = "personal.erase";

}  // namespace

/// What is left of an entry once it is queued, as far as its personal values go.
struct Registry::Handled {
  crypto::Digest id;
  bool has_values = false, erases = false;
};

Registry::Registry(Store& store, AnchorFile& anchor, const RulePack& rules, const Clock& clock, LedgerIdentity identity,
                   PersonalStore* personal)
    : store_(store),
      rules_(rules),
      clock_(clock),
      name_(identity.name),
      log_key_(identity.signer.verifier()),
      keys_(store),
      seen_(store),
      past_(store),
      preparer_(identity.name, rules, keys_, seen_) {
  StartReport start = check_at_start(store, anchor, log_key_, clock);
  quarantine_ = start.quarantine;
  published_.state = start.state;
  if (const auto newest = store.begin_log_read()->checkpoint())
    published_.checkpoint = std::make_shared<const std::string>(newest->note);
  if (personal) personal_ = std::make_unique<PersonalValues>(store, *personal);
  if (quarantine_) return;
  sequencer_ =
      std::make_unique<Sequencer>(BatchWriter(store, rules, std::move(identity), start.state, std::move(start.tree)),
                                  store, anchor, clock, [this](const Published& published) { publish(published); });
  // It reads tables that the sequencer folds when they are asked for.
  if (personal_) personal_->settle();
}

Registry::~Registry() = default;

void Registry::publish(const Published& published) {
  seen_.add(static_cast<std::uint64_t>(published.state.size), published.state.root);
  {
    const std::unique_lock lock(mutex_);
    published_ = published;
  }
  const std::lock_guard lock(wake_mutex_);
  if (wake_) wake_();
}

void Registry::on_published(std::function<void()> wake) {
  const std::lock_guard lock(wake_mutex_);
  wake_ = std::move(wake);
}

std::optional<Refusal> Registry::refusal_to_write() const {
  if (quarantine_) return refuse("quarantine").with("reason", *quarantine_);
  if (sequencer_->stopped()) return refuse("writer-stopped");
  return {};
}

Result<Receipt> Registry::submit(std::string_view json) {
  if (auto refusal = refusal_to_write()) return std::move(*refusal);
  std::vector<Prepared> one;
  one.push_back(TRY(preparer_.prepare(json)));
  const Handled handled = keep_values(one.front());
  auto queued = sequencer_->submit(std::move(one));
  if (!queued) return settle_values(handled, queued.error()), std::move(queued).error();
  auto answers = queued->get();
  settle_values(handled, answers.front());
  return receipt_for(std::move(answers.front()));
}

Registry::Handled Registry::keep_values(const Prepared& prepared) {
  const Submission& entry = prepared.submission;
  if (personal_) personal_->keep(entry);
  return {entry.entry_id, !entry.private_values.empty(), entry.header.type == kErase};
}

/// Nothing is answered before values that are erased are gone.
void Registry::settle_values(const Handled& handled, const Result<Appended>& answer) {
  if (!personal_) return;
  if (!answer && handled.has_values) personal_->forget(handled.id);
  if (answer && handled.erases) personal_->erase_ordered(answer->index);
}

std::vector<PersonalView> Registry::personal_values(std::int64_t index) {
  return personal_ ? personal_->view(index) : std::vector<PersonalView>();
}

Result<Receipt> Registry::record_own(std::string_view type, crypto::Json payload) {
  if (auto refusal = refusal_to_write()) return std::move(*refusal);
  std::vector<Prepared> one;
  one.push_back(TRY(prepare_own(type, std::move(payload), rules_)));
  auto answers = TRY(sequencer_->submit(std::move(one))).get();
  return receipt_for(std::move(answers.front()));
}

std::vector<Result<Receipt>> Registry::submit_all(const std::vector<std::string_view>& lines) {
  if (auto refusal = refusal_to_write()) return std::vector<Result<Receipt>>(lines.size(), *refusal);
  std::vector<Result<Receipt>> out(lines.size(), Result<Receipt>(refuse("writer-stopped")));
  std::vector<Prepared> good;
  std::vector<std::size_t> places;
  std::vector<Handled> handled;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto prepared = preparer_.prepare(lines[i]);
    if (!prepared) {
      out[i] = std::move(prepared).error();
      continue;
    }
    handled.push_back(keep_values(*prepared));
    good.push_back(std::move(prepared).value());
    places.push_back(i);
  }
  if (good.empty()) return out;
  auto queued = sequencer_->submit(std::move(good));
  if (!queued) {
    for (const Handled& each : handled) settle_values(each, queued.error());
    for (const std::size_t place : places) out[place] = queued.error();
    return out;
  }
  auto answers = queued->get();
  for (std::size_t i = 0; i < answers.size(); ++i) settle_values(handled[i], answers[i]);
  auto receipts = receipts_for(std::move(answers));
  for (std::size_t i = 0; i < places.size(); ++i) out[places[i]] = std::move(receipts[i]);
  return out;
}

std::vector<Result<Receipt>> Registry::receipts_for(std::vector<Result<Appended>> answers) {
  std::vector<Result<Receipt>> receipts;
  receipts.reserve(answers.size());
  for (auto& answer : answers) receipts.push_back(receipt_for(std::move(answer)));
  return receipts;
}

Result<Receipt> Registry::receipt_for(Result<Appended> answer) {
  if (!answer) return std::move(answer).error();
  Appended entry = std::move(answer).value();
  if (!entry.checkpoint) {
    Receipt known = TRY(receipt(entry.index));
    known.known = true;
    return known;
  }
  std::string proof = format_receipt(static_cast<std::uint64_t>(entry.index), entry.path, *entry.checkpoint);
  return Receipt{entry.index,     entry.known, entry.rtime, entry.id, std::move(entry.leaf), std::move(entry.outcome),
                 std::move(proof)};
}

Result<Receipt> Registry::receipt(std::int64_t index) {
  const auto reader = store_.begin_log_read();
  auto row = index < 0 ? std::nullopt : reader->entry(index);
  const auto newest = reader->checkpoint();
  if (!row || !newest) return refuse("not-found").with("what", "entry " + std::to_string(index));
  const auto path =
      TRY(inclusion_proof(*reader, static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(newest->size)));
  return Receipt{index,
                 false,
                 row->rtime,
                 row->id,
                 std::move(row->leaf),
                 std::move(row->outcome),
                 format_receipt(static_cast<std::uint64_t>(index), path, newest->note)};
}

RegistryStatus Registry::status() const {
  RegistryStatus status;
  status.quarantine = quarantine_;
  if (sequencer_) {
    status.stopped = sequencer_->stopped();
    status.waiting = sequencer_->waiting();
  }
  const std::shared_lock lock(mutex_);
  status.state = published_.state;
  return status;
}

std::string Registry::checkpoint() const {
  const std::shared_lock lock(mutex_);
  return published_.checkpoint ? *published_.checkpoint : std::string();
}

}  // namespace registry
