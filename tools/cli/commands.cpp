#include "tools/cli/commands.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <memory>

#include "registry/base/fault.h"
#include "tools/bench/bench.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/fetch.h"
#include "tools/cli/options.h"
#include "tools/cli/problem.h"
#include "tools/demo_city/demo.h"

namespace tools {
namespace {

constexpr const char* kAbout =
    "Tallystick 合符: a tamper-evident registry of controlled chemicals.\n"
    "易制毒、易制爆化学品流向登记。";
constexpr const char* kExamples =
    "Examples:\n"
    "  tallystick demo                                       # a small city, in a folder of its own\n"
    "  tallystick init --data DIR --ledger registry.example/360300 --region 360300\n"
    "  tallystick serve --data DIR\n"
    "  tallystick key new --suite sm2-sm3 --out officer.pem\n"
    "  tallystick submit --key officer.pem --party P-1 --type stock.count count.json --token TOKEN\n"
    "  tallystick verify DIR                                 # or a backup, a bundle, http://host:port\n"
    "  tallystick backup --data DIR --to 2026-03-01.db\n"
    "Exit codes: 0 good, 1 refused or not found, 2 usage or configuration, 3 cannot open or reach,\n"
    "            4 something is not what was signed.";

/// Set while the command line is read, called afterwards.
using Run = std::function<int()>;

/// A command whose options live as long as its callback.
template <class Options>
class Command {
 public:
  Command(CLI::App& app, const char* name, const char* help, Run& run, int (*function)(const Options&))
      : app_(*app.add_subcommand(name, help)), options_(std::make_shared<Options>()) {
    app_.callback([&run, function, options = options_] { run = [=] { return function(*options); }; });
  }
  Options* operator->() { return options_.get(); }
  template <class T>
  CLI::Option* needs(const char* name, T& value, const char* help) {
    return app_.add_option(name, value, help)->required();
  }
  template <class T>
  CLI::Option* may(const char* name, T& value, const char* help) {
    return app_.add_option(name, value, help)->capture_default_str();
  }
  void flag(const char* name, bool& value, const char* help) { app_.add_flag(name, value, help); }
  void json(bool& value) { flag("--json", value, "Print JSON."); }
  void data(std::string& value) { needs("--data", value, "Data folder."); }
  void server(ServerOptions& at) {
    may("--server", at.server, "Address of the registry.");
    may("--token", at.token, "Bearer token.")->envname("TALLYSTICK_TOKEN");
    may("--ca", at.ca, "PEM file of the authorities to trust for https; else those of the system.")
        ->envname("TALLYSTICK_CA");
  }
  void reader(ServerOptions& at) {
    server(at);
    may("--key", at.key, "Enrolled key that signs what is asked, instead of a token.");
    may("--purpose", at.purpose, "Why an official looks: case NUMBER, inspection NUMBER or routine.");
  }
  void examples(const char* text) { app_.footer(text); }

 private:
  CLI::App& app_;
  std::shared_ptr<Options> options_;
};

void add_init(CLI::App& app, Run& run) {
  Command<InitOptions> init(app, "init", "Make a data folder: keys, the first entry, and tokens, shown once.", run,
                            run_init);
  init.data(init->data);
  init.may("--ledger", init->config.ledger, "Name of the ledger: registry.example/360300.");
  init.may("--region", init->config.region, "Region it serves, six digits (GB/T 2260).");
  init.may("--pack", init->config.pack, "Rule pack: cn (unless told), eu.");
  init.may("--address", init->config.address, "Address to listen on.");
  init.may("--port", init->config.port, "Port to listen on.");
  init.flag("--wizard", init->wizard, "Ask for everything; answers may come through a pipe.");
  init.may("--ledger-key", init->config.ledger_key,
           "Token that signs the log, pkcs11:... or exec:...; unless told, a file is made. The PIN never stands here.");
  init.may("--anchor", init->config.anchor, "Anchor file; better on another volume.");
}

void add_token(CLI::App& app, Run& run) {
  CLI::App* token = app.add_subcommand("token", "Bearer tokens: who may read over HTTP.")->require_subcommand(1);
  Command<TokenOptions> make(*token, "new", "Make a token and print it, once.", run, run_token_new);
  make.data(make->data);
  make.needs("--role", make->role, "regulator, bureau, auditor, officer or operator.");
  make.may("--party", make->party, "Party of an officer.");
  make.may("--note", make->note, "Whom it is for.");
  make.may("--agency", make->agency, "Of a regulator or bureau: PS DA EM CO HC CU MR; with --level and --region.");
  make.may("--level", make->level, "How far it answers: X county, C city, P province, N nation.");
  make.may("--region", make->region, "Its region, six digits; without these three it reads the whole ledger.");
  make.examples(
      "Example: tallystick token new --data DIR --role officer --party P-1 --note 'front desk'\n"
      "         tallystick token new --data DIR --role regulator --agency PS --level C --region 360300");
}

void add_access(CLI::App& app, Run& run) {
  CLI::App* access = app.add_subcommand("access", "Who read what of others.")->require_subcommand(1);
  Command<AccessVerifyOptions> verify(*access, "verify", "Check that no record of a read was changed or taken out.",
                                      run, run_access_verify);
  verify.data(verify->data);
  verify.may("--head", verify->head, "File with the note of /v1/access-log/head that somebody kept.");
  verify.examples("Needs no server. Exit code 0: all records stand; 4: the first that does not follow is named.");
}

void add_serve(CLI::App& app, Run& run) {
  Command<ServeOptions> serve(app, "serve", "Run the registry until SIGTERM or Ctrl-C.", run, run_serve);
  serve.data(serve->data);
  serve.may("--port", serve->port, "Port; 0 takes a free one; as configured unless told.")
      ->check(CLI::Range(-1, 65'535));
  serve.may("--address", serve->address, "Address; as configured unless told.");
  serve.may("--tls-cert", serve->tls_certificate, "Certificate chain, PEM; SIGHUP reads it again.");
  serve.may("--tls-key", serve->tls_key, "Its private key, PEM, readable by its owner only.");
  serve.may("--behind-proxy", serve->behind_proxy,
            "Address or network of a proxy that speaks TLS for us; may be given more than once.");
  serve.flag("--quiet", serve->quiet, "No access log on standard error.");
  serve.flag("--check-config", serve->check_config, "Print what is in effect, or every mistake, and end.");
}

void add_key(CLI::App& app, Run& run) {
  CLI::App* key = app.add_subcommand("key", "Signing keys.")->require_subcommand(1);
  Command<KeyNewOptions> make(*key, "new", "Make a key on the device where it will stay.", run, run_key_new);
  make.may("--suite", make->suite, "ed25519-sha256, p256-sha256 or sm2-sm3.");
  make.needs("--out", make->out, "New file, readable by its owner only.");
  Command<KeyShowOptions> show(*key, "show", "Its suite, id, chain and public key.", run, run_key_show);
  show.needs("file", show->file, "Key file, pkcs11:token=T;object=O?module-path=..., or exec:/path/to/program.");
  show.json(show->json);
}

void add_submit(CLI::App& app, Run& run) {
  Command<SubmitOptions> submit(app, "submit", "Sign an entry, send it, check its receipt.", run, run_submit);
  submit.server(submit->at);
  submit.needs(
      "--key", submit->key,
      "Key that signs: a file, pkcs11:... or exec:...; FILE.memory beside it remembers how far its chain has come.");
  submit.may("--memory", submit->memory, "Where the device remembers; needed with a token.");
  submit.may("--second", submit->second, "Key of a second person.");
  submit.needs("--party", submit->party, "Party that the key belongs to.");
  submit.may("--personal", submit->personal,
             "File of names, identity numbers, phones: {\"/name\": \"...\"}; never part of the payload.");
  submit.needs("--type", submit->type, "Step: stock.count, transfer.dispatch, ...");
  submit.needs("payload", submit->payload, "Payload as JSON; - reads standard input. The nonce is filled in.");
  submit.may("--log-key", submit->log_key, "Log key from paper; else that of the first contact.");
  submit.may("--out", submit->out, "Where the receipt goes.");
  submit.flag("--first", submit->first, "The key has never signed: it is not enrolled yet.");
  submit.examples(
      "Example: tallystick submit --key officer.pem --party P-1 --type party.register unit.json --first\n"
      "An entry that got no answer is sent again at the next run; it is stored once.");
}

void add_erase(CLI::App& app, Run& run) {
  Command<EraseOptions> erase(app, "erase", "Erase personal values of an entry for good.", run, run_erase);
  erase.server(erase->as.at);
  erase.needs("--key", erase->as.key, "Administrator key of the unit whose entry it was, or of the operator.");
  erase.needs("--party", erase->as.party, "Party that the key belongs to.");
  erase.needs("--entry", erase->entry, "Log index of the entry that committed to the values.");
  erase.needs("--value", erase->values, "Number of the value in the entry, 1 first; may be given again.");
  erase.needs("--ground", erase->ground, "retention-ended, consent-withdrawn, unlawful, court-order or mistake.");
  erase.may("--remark", erase->remark, "Why, without the value itself.");
  erase.may("--log-key", erase->as.log_key, "Log key from paper; else that of the first contact.");
  erase.examples("The log keeps that, when and why a value was erased, and its proofs hold as before.");
}

void add_verify(CLI::App& app, Run& run) {
  Command<VerifyCommandOptions> verify(app, "verify", "Check a database, a backup, a bundle or a server's public log.",
                                       run, run_verify);
  verify.needs("what", verify->subject, "Database file, data folder, bundle (.json), or http(s)://host:port.");
  verify.may("--log-key", verify->log_key, "Log key from paper: whose log it must be.");
  verify.may("--ca", verify->ca, "PEM file of the authorities to trust for https; else those of the system.")
      ->envname("TALLYSTICK_CA");
  verify.may("--threads", verify->threads, "Threads; 0 takes one a core.");
  verify.json(verify->json);
  verify.examples("Changes nothing. Exit code 0: clean; 4: not clean, every defect named.");
}

void add_show(CLI::App& app, Run& run) {
  Command<TraceOptions> trace(app, "trace", "A lot: what it is, where it is, how it went.", run, run_trace);
  trace.reader(trace->at);
  trace.needs("lot", trace->lot, "Number of the lot.");
  trace.flag("--backwards", trace->backwards, "What it came from, instead of where it went.");
  trace.may("--site", trace->site, "Only what went on from this site, or came to it.");
  trace.json(trace->json);
  Command<BalanceOptions> balance(app, "balance", "What is where, by the book.", run, run_balance);
  balance.reader(balance->at);
  balance.may("--where", balance->where, "site or transit.");
  balance.may("--party", balance->party, "Owner of the site.");
  balance.may("--place", balance->place, "Id of the site or consignment.");
  balance.may("--substance", balance->substance, "Code of the substance.");
  balance.may("--lot", balance->lot, "Number of the lot.");
  balance.flag("--mass", balance->mass, "opening + in = out + closing of a period, and what is unaccounted for.");
  balance.may("--region", balance->region, "With --mass: a region, 2 to 6 digits.");
  balance.may("--from", balance->from, "With --mass: first day, 2026-01-31.");
  balance.may("--to", balance->to, "With --mass: last day.");
  balance.json(balance->json);
  Command<PermitOptions> permit(app, "permit", "A permit and its write-off, line by line.", run, run_permit);
  permit.reader(permit->at);
  permit.needs("number", permit->number, "Number of the permit.");
  permit.may("--bundle", permit->bundle, "Write the statement with its proofs into this file; verify checks it.");
  permit.json(permit->json);
}

void add_duties(CLI::App& app, Run& run) {
  Command<DutiesOptions> duties(app, "duties", "What is still to be done, by when, and how late it is.", run,
                                run_duties);
  duties.reader(duties->at);
  duties.may("--party", duties->party, "Who has to do it.");
  duties.may("--kind", duties->kind, "For instance annual-report.");
  duties.may("--region", duties->region, "A region, 2 to 6 digits.");
  duties.may("--seen-by", duties->seen_by, "officer, responsible-person, county, city or province.");
  duties.flag("--overdue", duties->overdue, "Only what is overdue.");
  duties.json(duties->json);
  Command<CoverageOptions> coverage(app, "coverage", "How many units are registered and verified, by region.", run,
                                    run_coverage);
  coverage.reader(coverage->at);
  coverage.may("--region", coverage->region, "A region, 2 to 6 digits.");
  coverage.flag("--exceptions", coverage->exceptions, "Who was named and is not registered.");
  coverage.json(coverage->json);
}

void add_border(CLI::App& app, Run& run) {
  Command<BorderOptions> border(app, "border", "Two-way checks at the border: open ones, or one with its documents.",
                                run, run_border);
  border.reader(border->at);
  border.may("number", border->number, "Number of the notification.");
  border.may("--standing", border->standing, "open, closed, silent or mismatched; open unless told.");
  border.json(border->json);
  Command<BorderLinkOptions> link(app, "border-link", "Issue a one-time link for a partner authority.", run,
                                  run_border_link);
  link.server(link->submit.at);
  link.needs("--key", link->submit.key, "Key of the agency.");
  link.needs("--party", link->submit.party, "The agency.");
  link.needs("--case", link->border_case, "Number of the notification.");
  link.may("--purpose", link->purpose, "answer, or confirm: that the goods arrived.");
  link.may("--days", link->days, "Days that it lives.")->check(CLI::Range(1, 365));
  link.may("--log-key", link->submit.log_key, "Log key from paper; else that of the first contact.");
  link.flag("--first", link->submit.first, "The key has never signed: it is not enrolled yet.");
  link.examples("The link is printed once, and only its hash is in the log. Hand it over on a safe way.");
}

void add_letter(CLI::App& app, Run& run) {
  Command<LetterOptions> letter(app, "letter", "Draw the code of a letter to the legal address of a unit.", run,
                                run_letter);
  letter.server(letter->submit.at);
  letter.needs("--key", letter->submit.key, "Key of the agency.");
  letter.needs("--party", letter->submit.party, "The agency.");
  letter.needs("--to", letter->to, "The unit.");
  letter.needs("--letter", letter->letter, "Number of the letter.");
  letter.may("--tracking", letter->tracking, "Number of the registered mail.");
  letter.may("--log-key", letter->submit.log_key, "Log key from paper; else that of the first contact.");
  letter.flag("--first", letter->submit.first, "The key has never signed: it is not enrolled yet.");
  letter.examples(
      "The code is printed once, and the log does not hold it before the unit answers. Print it into the letter.");
}

void add_report(CLI::App& app, Run& run) {
  Command<ReportOptions> report(app, "report", "A report or ledger of a period, made from the log alone.", run,
                                run_report);
  report.reader(report->at);
  report.needs("kind", report->kind,
               "annual, monthly, sales-filings, sales-ledger, use-ledger, stock-ledger, count-sheet, write-offs, "
               "corrections or city.");
  report.may("--party", report->party, "Of one party.");
  report.may("--region", report->region, "Of a region, 2 to 6 digits.");
  report.needs("--period", report->period, "2026, 2026-H1, 2026-Q3, 2026-03 or 2026-01-15/2026-02-14.");
  report.may("--known-at", report->known_at, "Log index from which it is made; the newest unless told.");
  report.may("--format", report->format, "csv, xlsx or json.");
  report.may("--lang", report->lang, "Language of the headings, zh or en.");
  report.may("--out", report->out, "File; the standard output unless told.");
  report.examples("The report states the index and root hash it was made at; with --known-at it is the same for ever.");
}

void add_care(CLI::App& app, Run& run) {
  Command<RebuildOptions> rebuild(app, "rebuild", "Fold the read tables again from the log and compare.", run,
                                  run_rebuild);
  rebuild.data(rebuild->data);
  rebuild.flag("--adopt", rebuild->adopt, "Replace those that differ; the server must be stopped.");
  Command<BackupOptions> backup(app, "backup", "Copy the database while the server runs, and verify the copy.", run,
                                run_backup);
  backup.data(backup->data);
  backup.needs("--to", backup->to, "New file; personal values go beside it, sealed.");
  backup.may("--keys-to", backup->keys_to, "New file for the keys of personal values, on another medium.");
  Command<RestoreOptions> restore(app, "restore", "Verify a backup and put it into a data folder.", run, run_restore);
  restore.needs("--from", restore->from, "Backup.");
  restore.may("--keys-from", restore->keys_from, "Copy of the keys of personal values; else those here stay.");
  restore.data(restore->data);
  restore.examples("A database that is there is moved aside, never overwritten. Keys, tokens and anchor stay.");
}

void add_demo(CLI::App& app, Run& run) {
  Command<DemoOptions> demo(app, "demo", "A small city that lives for a minute, in a folder of its own.", run,
                            run_demo);
  demo.flag("--once", demo->once, "Play the month and end.");
  demo.may("--port", demo->port, "Port to listen on.");
  demo.may("--data", demo->data_dir, "Folder; a temporary one unless told.");
}

struct BenchLine {
  std::vector<std::string> suites;
  BenchOptions options;
};

int run_bench_line(const BenchLine& line) {
  BenchOptions options = line.options;
  if (!line.suites.empty()) options.suites.clear();
  for (const std::string& name : line.suites) {
    const auto suite = crypto::parse_suite(name);
    if (!suite) throw UsageError("--suites are among ed25519-sha256, p256-sha256, sm2-sm3");
    options.suites.push_back(*suite);
  }
  return run_bench(options);
}

void add_audit(CLI::App& app, Run& run) {
  Command<AuditOptions> audit(app, "audit", "Decide every entry again by the rules of its day, and compare.", run,
                              run_audit);
  audit.data(audit->data);
}

void add_bench(CLI::App& app, Run& run) {
  Command<BenchLine> bench(app, "bench", "How many entries a second this machine takes.", run, run_bench_line);
  bench.may("--suites", bench->suites, "Signature suites, joined by commas; all unless told.")->delimiter(',');
  bench.may("--connections", bench->options.connections, "Connections of each run, joined by commas.")->delimiter(',');
  bench.may("--entries", bench->options.entries, "Entries of each run of single entries.");
  bench.may("--batch", bench->options.batch, "Entries in a batch request, a multiple of five.");
  bench.may("--batches", bench->options.batches, "Batch requests in a run.");
  bench.may("--grow-to", bench->options.grow_to, "Grow the log to this size and measure again.");
  bench.flag("--reports", bench->options.reports, "At the end, make the large reports and state time and memory.");
  bench.may("--pack", bench->options.pack, "Rule pack: cn, or bare to see what the rules cost.");
  bench.may("--compare", bench->options.compare, "Run --pack and this pack in turns and compare their rates.");
  bench.may("--rounds", bench->options.rounds, "Runs of each pack of a comparison.")->check(CLI::Range(1, 1'000));
  bench.may("--seconds", bench->options.seconds_max, "Bound of each run.");
  bench.may("--json", bench->options.json_file, "File for the figures.");
}

/// What a command may throw, as an exit code.
int guarded(const Run& run) {
  try {
    return run();
  } catch (const UsageError& error) {
    return std::cerr << error.what() << '\n', kUsage;
  } catch (const RefusedError& refusal) {
    return print_problem(refusal.answer(), std::cerr), kRefused;
  } catch (const IntegrityError& error) {
    return std::cerr << error.what() << '\n', kIntegrity;
  } catch (const registry::StoreFault& fault) {
    return std::cerr << fault.what() << '\n',
           fault.error() == registry::StoreError::corrupt ? kIntegrity : kUnreachable;
  } catch (const std::exception& error) {
    return std::cerr << error.what() << '\n', kUnreachable;
  }
}

}  // namespace

int run_command(int argc, char** argv) {
  CLI::App app(kAbout, "tallystick");
  app.set_version_flag("--version", std::string("tallystick ") + TALLYSTICK_VERSION);
  app.footer(kExamples);
  app.require_subcommand(1);
  Run run;
  for (const auto add :
       {add_init, add_token, add_access, add_serve, add_key, add_submit, add_erase, add_verify, add_show, add_duties,
        add_border, add_letter, add_report, add_care, add_audit, add_demo, add_bench})
    add(app, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kGood : kUsage;
  }
  return guarded(run);
}

}  // namespace tools
